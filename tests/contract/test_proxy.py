"""Connections through a proxy."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from mailstore_sdk import ConfigurationError, ServerUnreachableError, SPEClient, errors
from tests.support.both_clients import Connect
from tests.support.proxy_server import ProxyServer, SocksServer
from tests.support.raw_server import RawServer, answer, authority, drip_body


@pytest.fixture
def proxy() -> Iterator[ProxyServer]:
    server = ProxyServer()
    yield server
    server.close()


def options(server: RawServer, proxy: str) -> dict[str, object]:
    common = {"port": server.port, "ca_file": server.ca_file, "username": "a", "password": "b", "retries": 0}
    return {**common, "proxy": proxy}


def test_calls_go_through_one_tunnel(connect: Connect, raw_server: RawServer, proxy: ProxyServer) -> None:
    with connect("localhost", **options(raw_server, f"http://me:S3cret@{proxy.address}")) as spe:
        for _ in range(3):
            assert spe.instance("test01").get_users() == []
        assert "S3cret" not in repr(spe)
    (request,) = proxy.requests
    assert request.startswith(b"CONNECT localhost:%d HTTP/1.1\r\n" % raw_server.port)
    assert re.search(rb"(?i)proxy-authorization: Basic bWU6UzNjcmV0\r\n", request)
    assert b"Authorization: Basic YTpi" not in request, "the server's credentials stay inside"
    assert raw_server.connections == 1


def test_a_proxy_that_refuses(connect: Connect, raw_server: RawServer) -> None:
    proxy = ProxyServer("407 Proxy Authentication Required")
    with connect("localhost", **options(raw_server, f"http://{proxy.address}")) as spe, pytest.raises(ServerUnreachableError) as caught:
        spe.instance("test01").delete_user("alice")
    proxy.close()
    assert f"the proxy {proxy.address} does not connect to localhost" in str(caught.value)
    assert raw_server.connections == 0


def test_a_proxy_that_speaks_tls(connect: Connect, raw_server: RawServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    authority().cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    with (
        ProxyServer(tls=True) as proxy,
        connect("localhost", **options(raw_server, f"https://me:S3cret@localhost:{proxy.port}")) as spe,
    ):
        for _ in range(3):
            assert spe.instance("test01").get_users() == []
    assert (len(proxy.requests), raw_server.connections) == (1, 1)


def test_the_thumbprint_of_an_untrusted_certificate(connect: Connect, raw_server: RawServer, proxy: ProxyServer) -> None:
    here = {**options(raw_server, f"http://{proxy.address}"), "ca_file": None}
    with connect("localhost", **here) as spe, pytest.raises(errors.CertificateError) as caught:
        spe.get_environment_info()
    assert raw_server.thumbprints[1] in str(caught.value)
    assert len(proxy.requests) == 2, "what the server shows is read through the proxy, too"


def test_a_proxy_that_answers_with_something_else(connect: Connect, raw_server: RawServer) -> None:
    with ProxyServer("Welcome") as proxy, connect("localhost", **options(raw_server, f"http://{proxy.address}")) as spe:
        with pytest.raises(
            ServerUnreachableError, match="the proxy .* does not connect to localhost:.*: its answer is not valid HTTP: illegal status line"
        ):
            spe.instance("test01").delete_user("alice")


def test_a_proxy_whose_tls_fails_is_reported_as_the_proxys_fault(connect: Connect, raw_server: RawServer) -> None:
    with ProxyServer(tls=True) as proxy, connect("localhost", **options(raw_server, f"https://localhost:{proxy.port}")) as spe:
        with pytest.raises(
            ServerUnreachableError, match="proxy localhost:.* does not connect to localhost:.*: TLS with the proxy fails: unable to get"
        ):
            spe.instance("test01").delete_user("alice")
    assert raw_server.connections == 0


def test_an_unreachable_proxy(connect: Connect, raw_server: RawServer, proxy: ProxyServer) -> None:
    proxy.close()
    with connect("localhost", **options(raw_server, f"http://{proxy.address}")) as spe, pytest.raises(ServerUnreachableError) as caught:
        spe.get_environment_info()
    assert f"the proxy {proxy.address} to localhost:{raw_server.port} refuses connections" in str(caught.value)


def test_deadlines_apply_through_a_proxy(connect: Connect, raw_server: RawServer, proxy: ProxyServer) -> None:
    raw_server.answers = [answer(), drip_body]
    with connect("localhost", **options(raw_server, f"http://{proxy.address}")) as spe:
        spe.instance("test01").get_users()  # opens the connection, which may take longer
        with pytest.raises(errors.ReplyTimeoutError):
            spe.with_options(timeout=0.5).get_environment_info()


@pytest.mark.parametrize(
    "proxy",
    [
        "proxy:S3cret",
        "http://",
        "http://u:S3cret@proxy:port",
        "http://u:S3cret@proxy/path",
        "http://[::1",
        "http://u:S3cret@proxy..example",
        "http://u:S3cret\0@proxy:3128",
        "http://u:S3cret@proxy:3128\n",
    ],
)
def test_an_invalid_proxy_is_refused_without_being_shown(proxy: str) -> None:
    with pytest.raises(ConfigurationError, match="proxy is not the URL of an HTTP proxy: expected http://") as caught:
        SPEClient("localhost", username="a", password="b", proxy=proxy)
    assert "S3cret" not in str(caught.value)


class TestEnvironment:
    @pytest.fixture(autouse=True)
    def unset(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for name in ("https_proxy", "all_proxy", "no_proxy"):
            monkeypatch.delenv(name, raising=False)
            monkeypatch.delenv(name.upper(), raising=False)

    @pytest.mark.parametrize("name", ["HTTPS_PROXY", "https_proxy", "ALL_PROXY"])
    def test_the_environments_proxy_is_used(
        self, connect: Connect, raw_server: RawServer, proxy: ProxyServer, monkeypatch: pytest.MonkeyPatch, name: str
    ) -> None:
        monkeypatch.setenv(name, f"http://:token@{proxy.address}")
        with connect("localhost", **{**options(raw_server, ""), "proxy": None}) as spe:
            assert spe.instance("test01").get_users() == []
        assert b"Proxy-Authorization: Basic OnRva2Vu" in proxy.requests[0], "a login may be a password alone"

    @pytest.mark.parametrize("name", ["HTTPS_PROXY", "ALL_PROXY"])
    def test_an_invalid_url_is_reported_with_its_variable_and_not_shown(self, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
        monkeypatch.setenv(name, "ftp://:S3cret@proxy")
        with pytest.raises(ConfigurationError, match=f"^{name} is not the URL of an HTTP proxy: expected http://") as caught:
            SPEClient("localhost", username="a", password="b")
        assert "S3cret" not in str(caught.value)

    @pytest.mark.parametrize(("no_proxy", "own"), [("localhost", None), ("", "")])
    def test_the_environments_proxy_is_not_used_for_excluded_hosts_or_with_an_empty_option(
        self, connect: Connect, raw_server: RawServer, proxy: ProxyServer, monkeypatch: pytest.MonkeyPatch, no_proxy: str, own: str | None
    ) -> None:
        monkeypatch.setenv("HTTPS_PROXY", f"http://{proxy.address}")
        monkeypatch.setenv("NO_PROXY", no_proxy)
        with connect("localhost", **{**options(raw_server, ""), "proxy": own}) as spe:
            assert spe.instance("test01").get_users() == []
        assert not proxy.requests


def test_a_proxy_that_requires_ntlm(connect: Connect, raw_server: RawServer) -> None:
    with ProxyServer("407 Proxy Authentication Required\r\nProxy-Authenticate: NTLM\r\nProxy-Authenticate: Negotiate") as proxy:
        with connect("localhost", **options(raw_server, f"http://{proxy.address}")) as spe, pytest.raises(ServerUnreachableError) as caught:
            spe.instance("test01").delete_user("alice")
    assert "it requires a login with NTLM, Negotiate, and this client can only use Basic" in str(caught.value)


def test_a_reply_of_a_proxy_with_an_illegal_header(connect: Connect, raw_server: RawServer) -> None:
    with ProxyServer("200 OK\r\nX Powered By: ASP") as proxy:
        with connect("localhost", **options(raw_server, f"http://{proxy.address}")) as spe, pytest.raises(ServerUnreachableError) as caught:
            spe.instance("test01").delete_user("alice")
    assert f"the proxy {proxy.address} does not connect to localhost:{raw_server.port}: its answer is not valid HTTP: illegal" in str(
        caught.value
    )


def test_a_socks_proxy(connect: Connect, raw_server: RawServer) -> None:
    with SocksServer() as proxy, connect("localhost", **options(raw_server, f"socks5://127.0.0.1:{proxy.port}")) as spe:
        assert [spe.instance("test01").get_users() for _ in range(2)] == [[], []]
    assert proxy.targets == [("localhost", raw_server.port)]


def test_a_socks_proxy_without_its_extra(connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "socksio", None)
    with pytest.raises(ConfigurationError, match=r"pip install 'mailstore-sdk\[socks\]'"):
        connect("localhost", username="admin", password="x", proxy="socks5://127.0.0.1:1080")


@pytest.mark.parametrize("reply", [b"HTTP/1.1 400 Bad Request\r\n\r\n", b"\x05", b"\x05\x00\x05\x00"])
def test_a_proxy_that_does_not_speak_socks(connect: Connect, raw_server: RawServer, reply: bytes) -> None:
    with SocksServer(greeting=reply) as proxy, connect("localhost", **options(raw_server, f"socks5://127.0.0.1:{proxy.port}")) as spe:
        with pytest.raises(
            ServerUnreachableError, match=f"the proxy {proxy.address} does not connect to localhost:.*: its answer is not valid SOCKS"
        ) as caught:
            spe.instance("test01").delete_user("alice")
    assert caught.value.server_acted == "no"
    assert raw_server.connections == 0


def test_a_server_by_its_ipv6_address(connect: Connect, proxy: ProxyServer) -> None:
    with connect("::1", port=8474, proxy=f"http://{proxy.address}", username="a", password="b", retries=0) as spe:
        with pytest.raises(errors.MailStoreError):
            spe.instance("test01").delete_user("alice")
    request, *_ = proxy.requests
    assert request.startswith(b"CONNECT [::1]:8474 HTTP/1.1\r\nHost: [::1]:8474\r\n")
