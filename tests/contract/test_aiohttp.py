"""A transport of aiohttp for httpx, as the guide to thousands of calls recommends: outcomes are as true as with the client's own."""

from __future__ import annotations

import asyncio
import ssl

import httpx
import pytest
from httpx_aiohttp import AiohttpTransport

from mailstore_sdk import AsyncSPEClient, errors
from tests.support.raw_server import Answer, RawServer, answer, cut_body, hang_up, reset, stay_silent
from tests.support.sockets import refusing_port

# aiohttp closes TLS after the client is closed.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")

ADMIN = {"username": "a", "password": "b", "retries": 1, "backoff": 0.01}


async def delete_user(server: RawServer, port: int, *before: str, timeout: float = 60) -> None:
    transport = AiohttpTransport(verify=ssl.create_default_context(cafile=server.ca_file))
    async with (
        httpx.AsyncClient(transport=transport) as theirs,
        AsyncSPEClient("localhost", port=port, http_client=theirs, **ADMIN) as spe,
    ):
        for function in before:
            await spe.call(function)
        await spe.with_options(timeout=timeout).instance("test01").delete_user("alice")


@pytest.mark.parametrize("act", [hang_up, reset, cut_body, answer(b"", "302 Found")])
def test_a_call_that_may_have_acted_is_not_retried(raw_server: RawServer, act: Answer) -> None:
    raw_server.answers = [act]
    with pytest.raises((errors.OutcomeUnknownError, errors.ServerError)) as caught:
        asyncio.run(delete_user(raw_server, raw_server.port))
    assert caught.value.server_acted == "maybe"
    assert len(raw_server.requests) == 1


def test_a_reply_that_takes_too_long(raw_server: RawServer) -> None:
    raw_server.answers = [answer(), stay_silent]
    with pytest.raises(errors.OutcomeUnknownError) as caught:  # the first call opens the connection, which may take longer
        asyncio.run(delete_user(raw_server, raw_server.port, "Unknown", timeout=0.5))
    assert caught.value.server_acted == "maybe"
    assert len(raw_server.requests) == 2


def test_an_untrusted_certificate(raw_server: RawServer) -> None:
    async def call() -> None:
        async with (
            httpx.AsyncClient(transport=AiohttpTransport(verify=ssl.create_default_context())) as theirs,
            AsyncSPEClient("localhost", port=raw_server.port, http_client=theirs, **ADMIN) as spe,
        ):
            await spe.instance("test01").delete_user("alice")

    with pytest.raises(errors.CertificateError, match="is not trusted"):
        asyncio.run(call())
    assert not raw_server.requests


def test_a_call_that_was_not_sent(raw_server: RawServer) -> None:
    with refusing_port() as port, pytest.raises(errors.ServerUnreachableError, match="did not accept a connection"):
        asyncio.run(delete_user(raw_server, port))
