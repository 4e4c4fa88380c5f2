"""A large reply does not hold up the event loop while it is read into typed values."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from mailstore_sdk import AsyncSPEClient
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


def test_the_event_loop_is_not_blocked_while_a_large_reply_is_read(raw_server: RawServer) -> None:
    async def main() -> tuple[int, int]:
        async def tick() -> None:
            nonlocal ticks
            while True:
                ticks += 1
                await asyncio.sleep(0)

        ticks = 0
        async with AsyncSPEClient("localhost", port=raw_server.port, ca_file=raw_server.ca_file, username="a", password="b") as spe:
            decoder = spe._operations.decoder
            during: list[int] = []

            def read(*args: Any) -> Any:
                before = ticks
                envelope = type(decoder).read(decoder, *args)
                during.append(ticks - before)
                return envelope

            object.__setattr__(decoder, "read", read)
            ticker = asyncio.create_task(tick())
            rows = await spe.instance("test01").get_users()
            ticker.cancel()
            return len(rows), during[0]

    raw_server.answers = [answer(SUCCESS.replace(b"[]", json.dumps([USER] * COUNT).encode()))]
    rows, ticks = asyncio.run(main())
    assert rows == COUNT
    assert ticks > 5, "also where pydantic's own code reads each row"
