"""``mailstore doctor``: each possible problem, and its advice."""

from __future__ import annotations

import json
from typing import Any

import pytest

from mailstore_sdk.cli import probe, table
from mailstore_sdk.cli.doctor import STEPS
from mailstore_sdk.errors import CertificateError, ServerUnreachableError
from mailstore_sdk.runtime._transport.endpoint import Endpoint
from mailstore_sdk.runtime._transport.tls import TLSConfig
from mailstore_sdk.simulator import Simulator
from tests.cli.conftest import Shell, environment
from tests.support.proxy_server import ProxyServer
from tests.support.raw_server import RawServer, answer, authority
from tests.support.sockets import refusing_port


def findings(shell: Shell, status: int = 0, *words: object, **env: str | None) -> dict[str, Any]:
    result = shell.run(*words, "doctor", "-o", "json", **env)
    assert result.exit_code == status, result.output
    rows = json.loads(result.stdout)
    assert [row["step"] for row in rows] == list(STEPS)
    return {row["step"]: row for row in rows}


def test_all_is_well(shell: Shell, server: Simulator) -> None:
    result = shell.run("doctor")
    assert result.exit_code == 0
    assert [line.split()[0] for line in result.stdout.splitlines()] == ["ok"] * len(STEPS)
    assert f"SHA-1 {server.thumbprint}" in result.stdout
    assert "Service provider access: on for test01, test02" in result.stdout
    assert {call.function for call in server.calls} == {"GetEnvironmentInfo", "get-metadata", "GetInstances", "GetArchiveAdminEnabled"}


def test_no_server_is_named(nowhere: Shell) -> None:
    found = findings(nowhere, 2)
    assert found["Configuration"]["found"] == "no server is set"
    assert "mailstore profile add" in found["Configuration"]["advice"]
    assert {found[step]["state"] for step in list(STEPS)[1:]} == {"skipped"}
    assert findings(nowhere, 2, "--url", "spe")["Configuration"]["found"] == "no user is set"
    assert "is not an address" in findings(nowhere, 2, "--url", "a b/c", "--user", "x")["Configuration"]["found"]


def test_the_text_says_what_to_do(nowhere: Shell) -> None:
    shown = nowhere.run("doctor").stdout.splitlines()
    assert shown[0] == "failed   Configuration: no server is set"
    assert shown[1].startswith("         Create a profile with mailstore profile add NAME,")
    assert shown[2] == "skipped  Name: requires the previous steps"


def test_an_unknown_host_name(shell: Shell) -> None:
    assert "check the name and your DNS" in findings(shell, 8, MAILSTORE_SPE_URL="spe.invalid")["Name"]["found"]


def test_a_closed_port(shell: Shell) -> None:
    with refusing_port() as port:
        found = findings(shell, 8, MAILSTORE_SPE_URL=f"localhost:{port}")
    assert "that the Management API is switched on" in found["Port"]["found"]


def test_a_firewall_that_drops_packets(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def silence(*_: object, **__: object) -> None:
        raise TimeoutError

    monkeypatch.setattr("socket.socket.connect", silence)
    assert "check the host, the port and the firewall" in findings(shell, 8)["Port"]["found"]


def test_a_server_without_tls(shell: Shell) -> None:
    with RawServer(tls=False) as mail:
        found = findings(shell, 8, MAILSTORE_SPE_URL=f"localhost:{mail.port}")
    assert "does not speak TLS" in found["TLS"]["found"]


def test_an_untrusted_certificate(shell: Shell, server: Simulator) -> None:
    found = findings(shell, 8, MAILSTORE_SPE_THUMBPRINT=None)["Certificate"]
    assert found["found"].startswith("not trusted: ")
    assert "mailstore profile add" in found["advice"]
    found = findings(shell, 8, MAILSTORE_SPE_THUMBPRINT="00" * 20)["Certificate"]
    assert found["found"] == "the certificate does not match the trusted thumbprint"
    with RawServer("other.example.com") as other:
        words = ("--ca-file", other.ca_file, "--url", f"localhost:{other.port}")
        assert "Hostname mismatch" in findings(shell, 8, *words)["Certificate"]["found"]
    assert findings(shell, 0, "--ca-file", server.ca_file)["Certificate"]["found"] == f"trusted by {server.ca_file}"
    assert findings(shell, 0, "--thumbprint", server.thumbprint)["Certificate"]["found"] == "trusted by its thumbprint"


class TestMFA:
    """What can be known of it: a login that is accepted is not hindered; one that is refused does not say why."""

    def test_off(self, shell: Shell) -> None:
        found = findings(shell)["MFA"]
        assert (found["state"], found["advice"]) == ("ok", "")
        assert found["found"] == "no obstacle for admin: it is off, or this is the API password; the API does not report which"

    def test_on_with_the_normal_password(self, shell: Shell, server: Simulator) -> None:
        server.estate.administrators["admin"].mfa = True
        found = findings(shell, 3)
        assert found["Login"]["found"] == "the server does not accept the user name or the password"
        assert found["MFA"]["state"] == "warning"
        assert "rejects the normal password like a wrong one" in found["MFA"]["found"]
        assert "mailstore administrators deactivate-mfa admin" in found["MFA"]["advice"]
        assert found["API"]["state"] == "skipped"

    def test_on_with_the_api_password(self, shell: Shell, server: Simulator) -> None:
        password = shell.data("administrators", "create-system-administrator-api-password")
        server.estate.administrators["admin"].mfa = True
        assert findings(shell, MAILSTORE_SPE_PASSWORD=str(password))["MFA"]["state"] == "ok"

    def test_a_wrong_password_says_the_same(self, shell: Shell) -> None:
        assert findings(shell, 3, MAILSTORE_SPE_PASSWORD="wrong")["MFA"]["state"] == "warning"

    def test_no_login_was_tried(self, shell: Shell) -> None:
        assert findings(shell, 2, MAILSTORE_SPE_PASSWORD=None)["MFA"]["state"] == "skipped"
        assert findings(shell, 8, MAILSTORE_SPE_URL="spe.invalid")["MFA"]["state"] == "skipped"


def test_no_password(shell: Shell) -> None:
    found = findings(shell, 2, MAILSTORE_SPE_PASSWORD=None)["Login"]
    assert found["found"].startswith("no password is set, and there is no terminal for a prompt: use --password, MAILSTORE_SPE_PASSWORD")


def test_a_server_that_is_not_the_api(shell: Shell) -> None:
    with RawServer() as web:
        web.answers = [answer(b"<html>")] * 3
        env = {"MAILSTORE_SPE_URL": f"localhost:{web.port}", "MAILSTORE_SPE_THUMBPRINT": web.thumbprints[0]}
        assert "is not from the Management API" in findings(shell, 9, **env)["Login"]["found"]


def test_an_api_without_a_list_of_functions(shell: Shell, server: Simulator) -> None:
    server.faults.add("get-metadata", "status", status=404)
    assert findings(shell)["API"]["state"] == "warning"


def test_a_server_that_is_newer_than_the_catalogue(shell: Shell, server: Simulator, monkeypatch: pytest.MonkeyPatch) -> None:
    server.estate.version = "31.1.0.1"
    assert "a newer mailstore-sdk may know them" in findings(shell)["Version"]["advice"]
    functions = {name: group for name, group in table.index()["functions"].items() if name != "GetUsers"}
    monkeypatch.setitem(table.index(), "functions", functions)
    assert findings(shell)["Version"]["found"].endswith("not GetUsers")


def test_disabled_provider_access(shell: Shell, server: Simulator) -> None:
    shell.run("provider-access", "set-archive-admin-enabled", "test01", "--no-enabled")
    found = findings(shell)["Service provider access"]
    assert (found["state"], found["found"]) == ("warning", "off for test01")
    assert findings(shell, 0, "-i", "test02")["Service provider access"]["found"] == "on for test02"
    found = findings(shell, 0, "-i", "nowhere")["Service provider access"]
    assert (found["state"], found["found"][:8]) == ("warning", "nowhere:")


def test_a_profile_is_named(nowhere: Shell, server: Simulator, tmp_path: Any) -> None:
    (tmp_path / "config.toml").write_text(
        f"[profiles.p]\nurl = '{server.url}'\nusername = 'admin'\npassword = 'admin'\nca_file = '{server.ca_file}'\n"
    )
    assert findings(nowhere, 0, "-p", "p")["Configuration"]["found"] == f"admin at localhost:{server.port}, profile p"


class TestThroughAProxy:
    """Each step uses the same route as calls."""

    def test_all_is_well(self, shell: Shell, server: Simulator) -> None:
        with ProxyServer() as proxy:
            found = findings(shell, MAILSTORE_SPE_PROXY=f"http://me:S3cret@{proxy.address}")
        assert {row["state"] for row in found.values()} == {"ok"}
        assert (
            found["Configuration"]["found"]
            == f"admin at localhost:{server.port}, through the proxy http://***@{proxy.address} (proxy option)"
        )
        assert found["Name"]["found"] == "the proxy 127.0.0.1 resolves to 127.0.0.1"
        assert found["Port"]["found"] == f"{server.port} accepts connections, and the proxy connects to it"
        assert f"SHA-1 {server.thumbprint}" in found["TLS"]["found"]
        assert found["Certificate"]["found"] == "trusted by its thumbprint"
        assert len(proxy.requests) > 3
        assert {request.split()[1] for request in proxy.requests} == {b"localhost:%d" % server.port}
        assert all(b"Proxy-Authorization: Basic bWU6UzNjcmV0\r\n" in request for request in proxy.requests)

    def test_of_a_profile(self, nowhere: Shell, server: Simulator, tmp_path: Any) -> None:
        with ProxyServer() as proxy:
            (tmp_path / "config.toml").write_text(
                f"[profiles.p]\nurl = '{server.url}'\nusername = 'admin'\npassword = 'admin'\nca_file = '{server.ca_file}'\n"
                f"proxy = 'http://{proxy.address}'\n"
            )
            assert "the proxy connects to it" in findings(nowhere, 0, "-p", "p")["Port"]["found"]
            assert proxy.requests

    def test_an_unknown_proxy_name(self, shell: Shell) -> None:
        found = findings(shell, 8, "--proxy", "http://proxy.invalid:3128")["Name"]
        assert found["found"] == "the proxy 'proxy.invalid' has no address; check the name and your DNS"

    def test_an_unreachable_proxy(self, shell: Shell) -> None:
        found = findings(shell, 8, "--proxy", "http://127.0.0.1:1")["Port"]
        assert found["found"].startswith("the proxy 127.0.0.1:1 to localhost:")

    def test_a_proxy_that_refuses(self, shell: Shell, server: Simulator) -> None:
        with ProxyServer("407 Proxy Authentication Required") as proxy:
            found = findings(shell, 8, "--proxy", f"http://{proxy.address}")["Port"]
        assert found["found"] == f"the proxy {proxy.address} does not connect to localhost:{server.port}: 407 Proxy Authentication Required"

    def test_a_server_that_is_not_a_proxy(self, shell: Shell) -> None:
        assert "is not the URL of an HTTP proxy" in findings(shell, 2, "--proxy", "socks://proxy")["Configuration"]["found"]

    def test_a_proxy_that_speaks_tls(self, shell: Shell, server: Simulator, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        authority().cert_pem.write_to_path(tmp_path / "ca.pem")
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
        with ProxyServer(tls=True) as proxy:
            found = findings(shell, 0, "--proxy", f"https://localhost:{proxy.port}")
        assert f"SHA-1 {server.thumbprint}" in found["TLS"]["found"]


def test_a_broken_handshake_is_not_reported_as_a_trust_problem(server: Simulator, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> ServerUnreachableError:
        return ServerUnreachableError("broken")

    endpoint = Endpoint("localhost", server.port, TLSConfig(verify=False))
    assert probe.refusal(endpoint) is None
    monkeypatch.setattr(probe, "certificate", lambda _: b"")
    monkeypatch.setattr(probe, "_reach", broken)
    with pytest.raises(CertificateError, match="broken"):
        probe.refusal(endpoint)


def test_the_session_of_older_servers(tmp_path: Any) -> None:
    with Simulator(spe_version="8.5", clock="immediate") as old:
        shell = Shell(environment(old, tmp_path / "config.toml") | {"MAILSTORE_SPE_PROTOCOL": "session"})
        result = shell.run("doctor")
    assert "ok       Login: logged in as admin" in result.stdout, result.output
