"""The user's own HTTP clients: used for every request, not closed, and with the same errors."""

from __future__ import annotations

import asyncio
import logging
import ssl
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from mailstore_sdk import AsyncSPEClient, ConfigurationError, SPEClient, errors
from mailstore_sdk.simulator import Simulator
from tests.support.raw_server import NOTHING, SUCCESS, Answer, RawServer, answer, drip_body, hang_up, stay_silent
from tests.support.sockets import refusing_port

ADMIN = {"username": "a", "password": "b"}


def trusting(server: RawServer) -> dict[str, Any]:
    return {"verify": ssl.create_default_context(cafile=server.ca_file), "trust_env": False}


def test_the_given_client_is_used_and_stays_open(raw_server: RawServer) -> None:
    raw_server.answers = [answer(), answer(NOTHING), answer(b"", "302 Found", b"Location: /elsewhere\r\n")]
    with httpx.Client(**trusting(raw_server), headers={"X-Theirs": "1"}, follow_redirects=True, auth=("x", "y")) as theirs:
        with SPEClient("localhost", port=raw_server.port, http_client=theirs, **ADMIN) as spe:
            assert spe.instance("test01").get_users() == []
            spe.instance("test01").delete_user("alice")
            with pytest.raises(errors.ServerError, match="redirects are not followed"):
                spe.instance("test01").get_users()
        assert not theirs.is_closed
        with pytest.raises(ConfigurationError, match="http_client decides about TLS"):
            SPEClient("localhost", http_client=theirs, thumbprint="A" * 40, **ADMIN)
    assert b"Authorization: Basic YTpi" in raw_server.requests[0], "the credentials are the SDK's"
    assert raw_server.connections == 1
    with SPEClient("localhost", port=raw_server.port, http_client=theirs, **ADMIN) as spe:
        with pytest.raises(ConfigurationError, match="closed"):
            spe.get_environment_info()


@pytest.mark.parametrize(
    ("client", "given", "expected"),
    [
        (SPEClient, httpx.AsyncClient(), "Client"),
        (AsyncSPEClient, httpx.Client(), "AsyncClient"),
        (SPEClient, "x", "Client"),
        (SPEClient, 0, "Client"),
    ],
)
def test_a_client_of_another_kind_is_refused(client: Any, given: object, expected: str) -> None:
    with pytest.raises(ConfigurationError, match=f"http_client cannot be .*; expected an httpx.{expected}$"):
        client("localhost", http_client=given, **ADMIN)


def test_the_address_of_a_host_without_a_name() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        asked.append((str(request.url), request.headers["host"]))
        return httpx.Response(200, content=SUCCESS)

    asked: list[tuple[str, str]] = []
    with httpx.Client(transport=httpx.MockTransport(answer)) as theirs, SPEClient("::1", http_client=theirs, **ADMIN) as spe:
        spe.instance("test01").get_users()
    assert asked == [("https://[::1]:8474/api/invoke/GetUsers", "[::1]:8474")]


def test_a_given_async_client_is_used_and_stays_open(raw_server: RawServer) -> None:
    async def call() -> bool:
        async with httpx.AsyncClient(**trusting(raw_server)) as theirs:
            async with AsyncSPEClient("localhost", port=raw_server.port, http_client=theirs, **ADMIN) as spe:
                assert await spe.instance("test01").get_users() == []
            return theirs.is_closed

    assert not asyncio.run(call())


def test_the_log_of_httpx_shows_no_session_cookie(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with (
        Simulator(spe_version="8.5", clock="immediate") as server,
        httpx.Client(verify=ssl.create_default_context(cafile=server.ca_file), trust_env=False) as theirs,
        SPEClient(server.url, username="admin", password="admin", protocol="session", http_client=theirs) as spe,
    ):
        assert spe.instance("test01").get_users()
    message = [record.getMessage() for record in caplog.records if "MSWEB_MGM_AUTH=" in record.getMessage()]
    assert message
    assert all("MSWEB_MGM_AUTH=***" in line for line in message)


def call_with_theirs(**options: Any) -> Callable[..., None]:
    def call(theirs: dict[str, Any], *timeouts: float) -> None:
        with httpx.Client(**theirs) as client, SPEClient(http_client=client, **options) as spe:
            for timeout in timeouts or (60,):
                spe.with_options(timeout=timeout).call("GetEnvironmentInfo")

    return call


def call_with_theirs_async(**options: Any) -> Callable[..., None]:
    async def run(theirs: dict[str, Any], *timeouts: float) -> None:
        async with httpx.AsyncClient(**theirs) as client, AsyncSPEClient(http_client=client, **options) as spe:
            for timeout in timeouts or (60,):
                await spe.with_options(timeout=timeout).call("GetEnvironmentInfo")

    return lambda theirs, *timeouts: asyncio.run(run(theirs, *timeouts))


@pytest.mark.parametrize("calling", [call_with_theirs, call_with_theirs_async])
class TestErrors:
    def test_errors_of_replies(self, calling: Any, raw_server: RawServer) -> None:
        call = calling(host="localhost", port=raw_server.port, retries=0, **ADMIN)
        raw_server.answers = [hang_up, answer(b"no gzip", headers=b"Content-Encoding: gzip\r\n")]
        for _ in range(2):
            with pytest.raises(errors.ReplyLostError, match="broke before the reply was complete"):
                call(trusting(raw_server))

    @pytest.mark.parametrize("act", [stay_silent, drip_body])
    def test_a_reply_has_the_deadline_of_the_call(self, calling: Any, raw_server: RawServer, act: Answer) -> None:
        call = calling(host="localhost", port=raw_server.port, retries=0, **ADMIN)
        raw_server.answers = [answer(), act]
        with pytest.raises(errors.ReplyTimeoutError, match=r"sent no complete reply within 0\.4 s"):
            call(trusting(raw_server), 60, 0.4)  # the first call opens the connection, which may take longer

    def test_errors_of_connections(self, calling: Any, raw_server: RawServer) -> None:
        here = {"retries": 0, **ADMIN}
        with refusing_port() as port:
            for where, kind in (
                ({"host": "localhost", "port": raw_server.port}, errors.CertificateError),
                ({"host": "localhost", "port": port}, errors.ServerUnreachableError),
                ({"host": "spe.invalid"}, errors.HostNotFoundError),
            ):
                with pytest.raises(kind):
                    calling(**where, **here)({"trust_env": False})

    def test_errors_of_a_proxy_and_of_a_full_pool(self, calling: Any) -> None:
        def refuse(kind: type[httpx.TransportError]) -> Callable[[httpx.Request], httpx.Response]:
            def handle(request: httpx.Request) -> httpx.Response:
                raise kind("for the test", request=request)

            return handle

        for kind, message in (
            (httpx.ProxyError, "the proxy does not connect to spe:8474"),
            (httpx.PoolTimeout, "connections to spe:8474 were in use"),
            (httpx.ConnectTimeout, "did not accept a connection"),
        ):
            with pytest.raises(errors.NotSentError, match=message):
                calling(host="spe", retries=0, **ADMIN)({"transport": httpx.MockTransport(refuse(kind))})
