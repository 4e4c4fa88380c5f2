"""A large reply does not hold up the event loop while it is decoded."""

from __future__ import annotations

import asyncio
import gc
import json
import time
from collections.abc import Callable, Coroutine, Sized
from itertools import pairwise
from typing import Any, cast

import pytest

from mailstore_sdk import AsyncSPEClient, raw
from mailstore_sdk.runtime._protocol.replies import Decoder
from tests.support.raw_server import SUCCESS, RawServer, answer

COUNT = 20_000
USER = {
    "userName": "alice",
    "fullName": "Alice Example",
    "distinguishedName": None,
    "authentication": "integrated",
    "emailAddresses": ["alice@test01.example.com"],
    "pop3UserNames": [],
    "privileges": ["login"],
    "privilegesOnFolders": [{"folder": "alice", "privileges": ["read", "write"]}],
}


async def get_users(spe: AsyncSPEClient) -> Sized:
    return await spe.instance("test01").get_users()


async def whole_reply(spe: AsyncSPEClient) -> Sized:
    return (await spe.instance("test01").raw.get_users()).result


async def call_without_a_type(spe: AsyncSPEClient) -> Sized:
    return cast("Sized", await spe.call("GetUsersOfTomorrow"))


@pytest.mark.parametrize(
    ("call", "result"),
    [
        (get_users, [USER] * COUNT),
        (call_without_a_type, [USER] * COUNT),
        (call_without_a_type, {"users": [USER] * COUNT}),
        (whole_reply, [USER] * COUNT),
    ],
    ids=["typed", "list", "object", "whole"],
)
def test_the_event_loop_is_not_blocked_while_a_large_reply_is_read(
    raw_server: RawServer, monkeypatch: pytest.MonkeyPatch, call: Callable[[AsyncSPEClient], Coroutine[Any, Any, Sized]], result: Sized
) -> None:
    during: list[tuple[float, float]] = []

    def timed(function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            began = time.perf_counter()
            value = function(*args, **kwargs)
            during.append((began, time.perf_counter()))
            return value

        return call

    monkeypatch.setattr(Decoder, "read", timed(Decoder.read))
    monkeypatch.setattr(raw, "raw_reply", timed(raw.raw_reply))

    async def main() -> tuple[int, float]:
        """Return the number of rows, and the longest pause of the event loop as a share of the time that decoding took."""

        async def tick() -> None:
            while True:
                ticks.append(time.perf_counter())
                await asyncio.sleep(0)

        ticks: list[float] = []
        async with AsyncSPEClient("localhost", port=raw_server.port, ca_file=raw_server.ca_file, username="a", password="b") as spe:
            await call(spe)  # creates the decoder of this type, in Python
            ticker = asyncio.create_task(tick())
            rows = await call(spe)
            ticker.cancel()
        began, ended = during[-1]
        moments = [began, *(tick for tick in ticks if began <= tick <= ended), ended]
        return len(rows), max(later - earlier for earlier, later in pairwise(moments)) / (ended - began)

    large = answer(SUCCESS.replace(b"[]", json.dumps(result).encode()))
    for _ in range(10):  # another program may have stopped the event loop, but not each time
        raw_server.answers = [answer(SUCCESS), large]
        gc.disable()  # a collection holds the interpreter's lock, too
        try:
            rows, longest = asyncio.run(main())
        finally:
            gc.enable()
        assert rows == len(result)
        if longest < 0.7:  # also where code in C reads each row
            return
    pytest.fail("the event loop is blocked while the reply is decoded")
