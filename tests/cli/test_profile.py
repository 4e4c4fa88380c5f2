"""``mailstore profile``: first contact, trust, the file, the keyring, the default."""

from __future__ import annotations

import stat
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import NoKeyringError, PasswordDeleteError, PasswordSetError

from mailstore_sdk.simulator import Simulator
from tests.cli.conftest import Shell
from tests.support.proxy_server import ProxyServer

pytestmark = pytest.mark.usefixtures("memory")


class Memory(KeyringBackend):
    """A keyring that forgets."""

    priority = 1.0

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.locked = False

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def delete_password(self, service: str, username: str) -> None:
        if self.locked:
            raise PasswordDeleteError
        del self.kept[service, username]

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.locked:
            raise PasswordSetError
        self.kept[service, username] = password


@pytest.fixture
def memory() -> Any:
    before, mine = keyring.get_keyring(), Memory()
    keyring.set_keyring(mine)
    yield mine
    keyring.set_keyring(before)


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("click.testing._NamedTextIOWrapper.isatty", lambda self: self.name == "<stdin>", raising=False)


def added(shell: Shell, server: Simulator, *words: object, stdin: str | None = None) -> str:
    result = shell.run(
        "profile", "add", "sim", "--url", server.url, "--user", "admin", "--password", "env:PW", *words, stdin=stdin, PW=server.password
    )
    assert result.exit_code == 0, result.output
    return result.stderr


def profiles(folder: Path) -> dict[str, Any]:
    return tomllib.loads((folder / "config.toml").read_text())


def test_the_first_connection_shows_the_thumbprint_and_asks(
    nowhere: Shell, server: Simulator, tmp_path: Path, memory: Memory, terminal: None
) -> None:
    reported = added(nowhere, server, "-i", "test01", stdin="y\n")
    assert f"  SHA-1    {server.thumbprint}\n  SHA-256  " in reported
    assert "Are they the same, and do you trust the certificate? [y/N]" in reported
    assert "Logged in to spe.example.com as admin: SPE 25.3" in reported
    profile = profiles(tmp_path)["profiles"]["sim"]
    assert profile.pop("thumbprint") in reported
    assert profile == {"url": server.url, "username": "admin", "instance": "test01", "password_keyring": True}
    assert memory.kept == {("mailstore-sdk", "admin@localhost"): "admin"}
    assert stat.S_IMODE((tmp_path / "config.toml").stat().st_mode) == 0o600
    assert nowhere.data("-p", "sim", "users", "get-user-info", "alice", "--query", "userName") == "alice"
    assert "Logged in to spe.example.com as admin" in nowhere.run("profile", "test", "sim").stderr


def test_an_untrusted_server_gets_no_profile(nowhere: Shell, server: Simulator, tmp_path: Path, terminal: None) -> None:
    words = ("profile", "add", "sim", "--url", server.url, "--user", "admin", "--password", "pass:admin")
    assert "Nothing was written." in nowhere.fails(10, *words, stdin="n\n")
    assert not (tmp_path / "config.toml").exists()


def test_without_a_terminal_the_thumbprint_must_be_an_option(nowhere: Shell, server: Simulator, tmp_path: Path) -> None:
    words = ("profile", "add", "sim", "--url", server.url, "--user", "admin", "--password", "pass:admin")
    assert "Compare the thumbprint and pass it as --thumbprint" in nowhere.fails(10, *words)
    added(nowhere, server, "--thumbprint", server.thumbprint, "--keep", "nowhere")
    assert profiles(tmp_path)["profiles"]["sim"] == {"url": server.url, "username": "admin", "thumbprint": server.thumbprint}
    added(nowhere, server, "--ca-file", server.ca_file, "--keep", "file", "--protocol", "basic")
    profile = profiles(tmp_path)["profiles"]["sim"]
    assert (profile["ca_file"], profile["password"], profile["protocol"]) == (str(server.ca_file), "admin", "basic")
    added(nowhere, server, "--yes", "--no-test", "--keep", "nowhere")
    assert len(profiles(tmp_path)["profiles"]["sim"]["thumbprint"]) == 64


def test_a_certificate_trusted_by_the_system_needs_no_question(
    nowhere: Shell, server: Simulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(server.ca_file))
    assert "is not trusted" not in added(nowhere, server, "--keep", "nowhere")
    assert profiles(tmp_path)["profiles"]["sim"] == {"url": server.url, "username": "admin"}


def test_missing_settings_are_asked_for(nowhere: Shell, server: Simulator, tmp_path: Path, terminal: None) -> None:
    words = ("profile", "add", "sim", "--ca-file", server.ca_file, "--keep", "file")
    result = nowhere.run(*words, stdin=f"{server.url}\nadmin\nadmin\n")
    assert result.exit_code == 0, result.output
    assert profiles(tmp_path)["profiles"]["sim"]["password"] == "admin"


def test_missing_settings_without_a_terminal(nowhere: Shell) -> None:
    assert "Server is missing, and there is no terminal for a prompt" in nowhere.fails(2, "profile", "add", "sim")


def test_a_program_that_prints_the_password(nowhere: Shell, server: Simulator, tmp_path: Path, memory: Memory) -> None:
    script = tmp_path / "password.py"
    script.write_text("print('admin')")
    added(nowhere, server, "--thumbprint", server.thumbprint, "--password-command", f"'{sys.executable}' '{script}'")
    assert profiles(tmp_path)["profiles"]["sim"]["password_command"] == [sys.executable, str(script)]
    assert nowhere.run("-p", "sim", "system", "ping").exit_code == 0
    assert not memory.kept


def test_a_profile_named_by_the_environment_can_be_added(nowhere: Shell, server: Simulator, tmp_path: Path) -> None:
    nowhere.env["MAILSTORE_SPE_PROFILE"] = "sim"
    added(nowhere, server, "--yes", "--keep", "file")
    assert nowhere.run("system", "ping").exit_code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["config.toml"], "nothing else is left"


def test_a_profile_that_does_not_work_is_not_written(nowhere: Shell, server: Simulator, tmp_path: Path, memory: Memory) -> None:
    words = ("profile", "add", "sim", "--url", server.url, "--user", "admin", "--thumbprint", server.thumbprint)
    reported = nowhere.fails(3, *words, "--password", "pass:wrong")
    assert "does not accept the user name or password" in reported
    assert "was not written, because the login failed; --no-test" in reported
    memory.locked = True
    assert "the keyring rejects the password (PasswordSetError)" in nowhere.fails(2, *words, "--password", "pass:admin")
    assert "cannot be run" in nowhere.fails(2, *words, "--password-command", "/nowhere/pass")
    assert not list(tmp_path.iterdir())


def test_comments_and_other_profiles_stay(nowhere: Shell, server: Simulator, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("# mine\n[profiles.prod] # keep\nurl = 'spe.example.com'\nusername = 'admin'\n")
    added(nowhere, server, "--thumbprint", server.thumbprint, "--keep", "nowhere", "-i", "test01")
    nowhere.run("profile", "use", "prod")
    nowhere.run("profile", "use", "sim")
    text = (tmp_path / "config.toml").read_text()
    assert "# mine" in text
    assert "# keep" in text
    assert profiles(tmp_path)["default_profile"] == "sim"
    assert nowhere.data("profile", "list") == [
        {"name": "prod", "default": False, "url": "spe.example.com", "user": "admin", "trust": "system", "proxy": None, "instance": None},
        {
            "name": "sim",
            "default": True,
            "url": server.url,
            "user": "admin",
            "trust": server.thumbprint,
            "proxy": None,
            "instance": "test01",
        },
    ]


def test_the_default_profile_is_used_if_no_server_is_named(nowhere: Shell, server: Simulator, tmp_path: Path) -> None:
    added(nowhere, server, "--thumbprint", server.thumbprint, "--keep", "file", "-i", "test01")
    assert nowhere.run("profile", "use", "sim").stderr == "sim is the default profile.\n"
    assert nowhere.data("users", "get-user-info", "alice", "--query", "userName") == "alice"
    assert "Logged in" in nowhere.run("profile", "test").stderr
    assert "no user is set" in nowhere.fails(2, "system", "ping", MAILSTORE_SPE_URL="spe.invalid")
    assert "Logged in" in nowhere.run("profile", "test", MAILSTORE_SPE_PROFILE="sim").stderr


def test_the_first_profile_is_the_default_one(nowhere: Shell, server: Simulator, tmp_path: Path) -> None:
    assert f"Profile sim is in {tmp_path / 'config.toml'} and is the default.\n" in added(nowhere, server, "--yes", "--keep", "file")
    assert nowhere.run("system", "ping").exit_code == 0, "it is used at once"
    words = ("profile", "add", "b", "--url", "b.example", "--user", "u", "--password", "pass:p", "--thumbprint", "00" * 20)
    assert nowhere.run(*words, "--keep", "nowhere", "--no-test").stderr == f"Profile b is in {tmp_path / 'config.toml'}.\n"
    assert nowhere.data("profile", "list", "--query", "[].[name, default]") == [["sim", True], ["b", False]]
    added(nowhere, server, "--yes", "--keep", "file")
    assert profiles(tmp_path)["default_profile"] == "sim"
    assert (tmp_path / "config.toml").read_text().count("default_profile") == 1


def test_a_file_that_cannot_be_written(nowhere: Shell, server: Simulator, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    place = str(tmp_path / "file" / "config.toml")
    words = ("profile", "add", "sim", "--url", server.url, "--user", "admin", "--password", "pass:admin", "--keep", "file")
    reported = nowhere.fails(2, *words, "--thumbprint", server.thumbprint, MAILSTORE_SPE_CONFIG=place)
    assert reported == f"Error: file {place!r} cannot be written: File exists\n"


def test_a_profile_is_shown_without_its_password(nowhere: Shell, server: Simulator, tmp_path: Path) -> None:
    assert "there is no default" in nowhere.fails(2, "profile", "show")
    added(nowhere, server, "--thumbprint", server.thumbprint, "--keep", "file", "-i", "test01")
    shown = nowhere.data("profile", "show", "sim")
    assert shown == nowhere.data("profile", "show") == nowhere.data("profile", "list", "--query", "[0]")
    assert isinstance(shown, dict)
    assert "password" not in shown
    assert f"there is no profile 'x' in '{tmp_path / 'config.toml'}'; expected sim." in nowhere.fails(2, "profile", "show", "x")


def test_a_profile_is_renamed(nowhere: Shell, server: Simulator, tmp_path: Path, memory: Memory) -> None:
    (tmp_path / "config.toml").write_text("# mine\n[profiles.other] # keep\nurl = 'spe.example.com'\n")
    added(nowhere, server, "--thumbprint", server.thumbprint)
    nowhere.run("profile", "use", "sim")
    assert "profile 'other' already exists" in nowhere.fails(2, "profile", "rename", "sim", "other")
    assert nowhere.run("profile", "rename", "sim", "prod").stderr == "Profile sim is now prod.\n"
    assert profiles(tmp_path)["default_profile"] == "prod"
    assert "# keep" in (tmp_path / "config.toml").read_text()
    assert "Logged in" in nowhere.run("profile", "test", "prod").stderr, "its password is still found"
    nowhere.run("profile", "rename", "other", "else")
    assert profiles(tmp_path)["default_profile"] == "prod"


def test_a_profile_is_removed_with_its_password(nowhere: Shell, server: Simulator, tmp_path: Path, memory: Memory, terminal: None) -> None:
    added(nowhere, server, "--thumbprint", server.thumbprint)
    nowhere.run("profile", "rename", "sim", "one")
    added(nowhere, server, "--thumbprint", server.thumbprint)
    assert "Nothing was removed." in nowhere.fails(10, "profile", "remove", "sim", stdin="n\n")
    assert nowhere.run("profile", "remove", "sim", "-y").stderr == "Profile sim is removed.\n"
    assert memory.kept, "another profile uses it"
    assert nowhere.run("profile", "remove", "one", stdin="y\n").stderr.endswith("removed. There is no default profile now.\n")
    assert not memory.kept
    assert not profiles(tmp_path).get("profiles")
    added(nowhere, server, "--thumbprint", server.thumbprint)
    memory.locked = True
    assert (
        "could not be deleted from the keyring: service mailstore-sdk, user admin@localhost"
        in nowhere.run("profile", "remove", "sim", "-y").stderr
    )


def test_a_missing_keyring_is_reported_before_the_first_question(nowhere: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: str) -> None:
        raise NoKeyringError

    monkeypatch.setattr(keyring, "get_password", fail)
    reported = nowhere.fails(2, "profile", "add", "sim")
    assert reported.startswith("Error: no keyring is available (NoKeyringError), so nothing was written. Use --password-command,")
    assert "Server" not in reported


def test_a_changed_server_is_tested_with_the_same_user(nowhere: Shell, server: Simulator) -> None:
    added(nowhere, server, "--thumbprint", server.thumbprint, "--keep", "file")
    first, *_ = nowhere.run("doctor", "--url", "spe.invalid").stdout.splitlines()
    assert first == "ok       Configuration: admin at spe.invalid:8474"
    reported = nowhere.fails(2, "system", "ping", "--url", server.url)
    assert "no password is set" in reported, "the profile's is for its own server"


def test_missing_profiles(nowhere: Shell, tmp_path: Path) -> None:
    assert nowhere.data("profile", "list") == []
    assert "there is no profile 'x'" in nowhere.fails(2, "profile", "use", "x")
    (tmp_path / "config.toml").write_text("nonsense = 1")
    assert "has nonsense where only" in nowhere.fails(2, "profile", "list")


def test_a_password_that_is_not_stored_is_asked_for(nowhere: Shell, server: Simulator, terminal: None) -> None:
    added(nowhere, server, "--thumbprint", server.thumbprint, "--keep", "nowhere")
    result = nowhere.run("-p", "sim", "system", "ping", stdin="admin\n")
    assert result.exit_code == 0, result.output
    assert f"Password of admin at {server.url}" in result.stderr
    env = {"MAILSTORE_SPE_URL": server.url, "MAILSTORE_SPE_USER": "admin", "MAILSTORE_SPE_THUMBPRINT": server.thumbprint}
    assert nowhere.run("system", "ping", stdin="admin\n", **env).exit_code == 0


def test_options_take_precedence_over_the_profile(nowhere: Shell, server: Simulator) -> None:
    words = ("--url", server.url, "--user", "admin", "--password", "stdin", "--ca-file", server.ca_file, "system", "ping")
    assert nowhere.run(*words, stdin="admin\n").exit_code == 0


class TestThroughAProxy:
    """The name of the server means nothing here; only the proxy knows it."""

    WORDS = ("profile", "add", "sim", "--url", "spe.internal", "--user", "admin", "--password", "pass:admin", "--keep", "file")

    @pytest.fixture
    def proxy(self, server: Simulator) -> Iterator[ProxyServer]:
        with ProxyServer(port=server.port) as proxy:
            yield proxy

    def test_the_proxy_is_used_for_every_connection(
        self, nowhere: Shell, server: Simulator, tmp_path: Path, proxy: ProxyServer, terminal: None
    ) -> None:
        result = nowhere.run(*self.WORDS, "--proxy", f"http://{proxy.address}", stdin="y\n")
        assert result.exit_code == 0, result.output
        assert "The certificate of spe.internal:8474 is not trusted by this system: unable to get local issuer" in result.stderr
        assert f"  SHA-1    {server.thumbprint}\n" in result.stderr
        assert "Logged in to spe.example.com as admin: SPE 25.3" in result.stderr
        assert profiles(tmp_path)["profiles"]["sim"]["proxy"] == f"http://{proxy.address}"
        assert {request.split()[1] for request in proxy.requests} == {b"spe.internal:8474"}
        asked = len(proxy.requests)
        assert "Logged in to spe.example.com as admin: SPE 25.3" in nowhere.run("profile", "test", "sim").stderr
        assert nowhere.run("-p", "sim", "system", "ping").exit_code == 0
        assert len(proxy.requests) == asked + 2
        assert nowhere.data("profile", "list", "--query", "[].proxy") == [f"http://{proxy.address}"]

    def test_a_proxy_from_the_environment_is_not_saved(self, nowhere: Shell, tmp_path: Path, proxy: ProxyServer) -> None:
        env = {"MAILSTORE_SPE_PROXY": f"http://{proxy.address}"}
        assert nowhere.run(*self.WORDS, "--yes", **env).exit_code == 0
        assert "proxy" not in profiles(tmp_path)["profiles"]["sim"]
        assert nowhere.run("profile", "test", "sim", **env).exit_code == 0
        nowhere.fails(8, "profile", "test", "sim")

    def test_the_proxys_password_is_not_an_argument(self, nowhere: Shell, tmp_path: Path, proxy: ProxyServer) -> None:
        url = f"http://me:canary@{proxy.address}"
        reported = nowhere.fails(2, *self.WORDS, "--yes", "--proxy", url)
        assert "use prompt, stdin" in reported
        assert "canary" not in reported
        assert nowhere.run(*self.WORDS, "--yes", "--proxy", "stdin", stdin=f"{url}\n").exit_code == 0
        assert profiles(tmp_path)["profiles"]["sim"]["proxy"] == url
        assert all(b"Proxy-Authorization: Basic bWU6Y2FuYXJ5\r\n" in request for request in proxy.requests)
        assert nowhere.data("profile", "list", "--query", "[].proxy") == [f"http://***@{proxy.address}"]
        shown = nowhere.run("-p", "sim", "system", "ping", "--dry-run").stdout
        assert f"--proxy 'http://***@{proxy.address}'" in shown
        assert nowhere.run("system", "ping", "--proxy", f"pass:{url}", "-p", "sim").exit_code == 0

    def test_a_proxy_that_does_not_connect_to_the_server(self, nowhere: Shell, tmp_path: Path) -> None:
        with ProxyServer("403 Forbidden") as proxy:
            reported = nowhere.fails(8, *self.WORDS, "--proxy", f"http://{proxy.address}")
        assert reported.startswith(f"Error: the proxy {proxy.address} does not connect to spe.internal:8474: 403 Forbidden\n")
        assert not (tmp_path / "config.toml").exists()


def test_a_profile_without_a_password_in_the_keyring_is_removed(nowhere: Shell, server: Simulator, tmp_path: Path) -> None:
    added(nowhere, server, "--thumbprint", server.thumbprint, "--keep", "file")
    assert nowhere.run("profile", "remove", "sim", "-y").stderr.startswith("Profile sim is removed.")
    assert not profiles(tmp_path).get("profiles")
