"""A pinned certificate is checked before anything is sent, whatever has replaced the TLS library's classes."""

from __future__ import annotations

import asyncio
import ssl
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
import truststore

from mailstore_sdk import errors
from mailstore_sdk.runtime._transport.aio_connection import AsyncConnection
from mailstore_sdk.runtime._transport.connections import NotPinnedError
from mailstore_sdk.runtime._transport.endpoint import Endpoint, Route
from mailstore_sdk.runtime._transport.sync_connection import Connection
from mailstore_sdk.runtime._transport.tls import TLSConfig
from tests.support.both_clients import Connect
from tests.support.processes import environ, wait_until
from tests.support.proxy_server import ProxyServer
from tests.support.raw_server import HangUpError, RawServer, answer

ADMIN = {"username": "admin", "password": "S3cret!", "retries": 0}
OTHER = "AB" * 20


@pytest.fixture(params=[False, True], ids=["plain", "truststore"], autouse=True)
def injected(request: pytest.FixtureRequest) -> Iterator[None]:
    if request.param:
        truststore.inject_into_ssl()
    yield
    if request.param:
        truststore.extract_from_ssl()


@pytest.mark.parametrize("through_proxy", [False, True])
def test_another_certificate_gets_no_request(connect: Connect, raw_server: RawServer, through_proxy: bool) -> None:
    with ProxyServer() as proxy:
        here: dict[str, Any] = {**ADMIN, "port": raw_server.port, "proxy": f"http://{proxy.address}" if through_proxy else None}
        with connect("localhost", **here, thumbprint=OTHER) as spe, pytest.raises(errors.CertificateError, match="is not the one pinned"):
            spe.get_environment_info()
        assert not raw_server.requests
        with connect("localhost", **here, thumbprint=raw_server.thumbprints[0]) as spe:
            assert spe.instance("test01").get_users() == []


def test_another_certificate_after_the_server_has_closed_the_connection(connect: Connect, raw_server: RawServer) -> None:
    def answer_and_leave(connection: ssl.SSLSocket) -> None:
        answer()(connection)
        raise HangUpError

    raw_server.answers = [answer_and_leave]
    with connect("localhost", port=raw_server.port, **ADMIN, thumbprint=raw_server.thumbprints[1]) as spe:
        spe.instance("test01").get_users()
        wait_until(lambda: all(idle.has_ended for idle in spe._transport._idle))
        raw_server.show_another_certificate()
        with pytest.raises(errors.CertificateError, match="is not the one pinned"):
            spe.instance("test01").get_users()
    assert (len(raw_server.requests), raw_server.connections) == (1, 2)


def test_the_certificate_of_a_proxy_is_not_compared_with_the_pin(
    connect: Connect, raw_server: RawServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(raw_server.ca_file))
    with ProxyServer(tls=True) as proxy:
        here = {**ADMIN, "port": raw_server.port, "proxy": f"https://localhost:{proxy.port}"}
        with connect("localhost", **here, thumbprint=raw_server.thumbprints[1]) as spe:
            assert spe.instance("test01").get_users() == []


def test_the_command_line(raw_server: RawServer, injected: None) -> None:
    code = "import truststore; truststore.inject_into_ssl(); from mailstore_sdk.cli import main; main()"
    login = {"MAILSTORE_SPE_URL": f"https://localhost:{raw_server.port}", "MAILSTORE_SPE_USER": "admin", "MAILSTORE_SPE_PASSWORD": "x"}
    done = subprocess.run(
        [sys.executable, "-c", code, "system", "ping", "--thumbprint", OTHER],
        capture_output=True,
        text=True,
        check=False,
        env=environ(**login),
    )
    assert done.returncode
    assert "is not the one pinned" in done.stderr
    assert not raw_server.requests


class TestAPinThatCannotBeChecked:
    @pytest.fixture(params=[Connection, AsyncConnection])
    def connection(self, request: pytest.FixtureRequest) -> Any:
        return request.param(Route(Endpoint("localhost", 8474, TLSConfig(thumbprint=OTHER))))

    def test_without_a_handshake(self, connection: Any) -> None:
        with pytest.raises(NotPinnedError, match="could not be compared with the one pinned"):
            note(connection, "http11.send_request_headers.started", {"request": _Request(b"POST")})

    def test_with_a_handshake_of_another_context(self, connection: Any) -> None:
        note(connection, "connection.start_tls.started", {"ssl_context": ssl.create_default_context()})
        note(connection, "connection.start_tls.complete", {"return_value": None})
        with pytest.raises(NotPinnedError):
            note(connection, "http11.send_request_headers.started", {"request": _Request(b"POST")})

    @pytest.mark.parametrize("shown", [None, b""])
    def test_without_a_certificate(self, connection: Any, shown: bytes | None) -> None:
        note(connection, "connection.start_tls.started", {"ssl_context": connection.route.context})
        with pytest.raises(NotPinnedError):
            note(connection, "connection.start_tls.complete", {"return_value": _Stream(shown)})


def note(connection: Any, event: str, info: dict[str, Any]) -> None:
    done = connection.note(event, info)
    if done is not None:
        asyncio.run(done)


class _Request:
    def __init__(self, method: bytes) -> None:
        self.method = method


class _Stream:
    """A stream whose TLS object shows a certificate, or has no certificate."""

    def __init__(self, shown: bytes | None) -> None:
        self._shown = shown

    def get_extra_info(self, _: str) -> Any:
        return None if self._shown is None else self

    def getpeercert(self, _binary: bool) -> bytes | None:
        return self._shown
