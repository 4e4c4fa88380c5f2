"""``mailstore profile``: first contact, trust, the file, the keyring, the default."""

from __future__ import annotations

import stat
import sys
import tomllib
from pathlib import Path
from typing import Any

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import PasswordSetError

from mailstore_sdk.simulator import Simulator
from tests.cli.conftest import Shell

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


def test_first_contact_shows_the_thumbprint_and_asks(
    nowhere: Shell, server: Simulator, tmp_path: Path, memory: Memory, terminal: None
) -> None:
    told = added(nowhere, server, "-i", "test01", stdin="y\n")
    assert f"  SHA-1    {server.thumbprint}\n  SHA-256  " in told
    assert "Is it the same, and do you trust it? [y/N]" in told
    assert "answers: SPE 25.3" in told
    profile = profiles(tmp_path)["profiles"]["sim"]
    assert profile.pop("thumbprint") in told
    assert profile == {"url": server.url, "username": "admin", "instance": "test01", "password_keyring": True}
    assert memory.kept == {("mailstore-sdk", "admin@localhost"): "admin"}
    assert stat.S_IMODE((tmp_path / "config.toml").stat().st_mode) == 0o600
    assert nowhere.data("-p", "sim", "users", "get-user-info", "alice", "--query", "userName") == "alice"
    assert "logged in as admin" in nowhere.run("profile", "test", "sim").stderr


def test_no_trust_no_profile(nowhere: Shell, server: Simulator, tmp_path: Path, terminal: None) -> None:
    words = ("profile", "add", "sim", "--url", server.url, "--user", "admin", "--password", "pass:admin")
    assert "Nothing was written." in nowhere.fails(10, *words, stdin="n\n")
    assert not (tmp_path / "config.toml").exists()


def test_without_a_terminal_the_thumbprint_is_compared_by_somebody_else(nowhere: Shell, server: Simulator, tmp_path: Path) -> None:
    words = ("profile", "add", "sim", "--url", server.url, "--user", "admin", "--password", "pass:admin")
    assert "Give --thumbprint after you have compared it" in nowhere.fails(10, *words)
    added(nowhere, server, "--thumbprint", server.thumbprint, "--keep", "nowhere")
    assert profiles(tmp_path)["profiles"]["sim"] == {"url": server.url, "username": "admin", "thumbprint": server.thumbprint}
    added(nowhere, server, "--ca-file", server.ca_file, "--keep", "file", "--protocol", "basic")
    profile = profiles(tmp_path)["profiles"]["sim"]
    assert (profile["ca_file"], profile["password"], profile["protocol"]) == (str(server.ca_file), "admin", "basic")
    added(nowhere, server, "--yes", "--no-test", "--keep", "nowhere")
    assert len(profiles(tmp_path)["profiles"]["sim"]["thumbprint"]) == 64


def test_what_the_system_trusts_needs_no_question(
    nowhere: Shell, server: Simulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(server.ca_file))
    assert "is not trusted" not in added(nowhere, server, "--keep", "nowhere")
    assert profiles(tmp_path)["profiles"]["sim"] == {"url": server.url, "username": "admin"}


def test_questions_where_nothing_is_given(nowhere: Shell, server: Simulator, tmp_path: Path, terminal: None) -> None:
    words = ("profile", "add", "sim", "--ca-file", server.ca_file, "--keep", "file")
    result = nowhere.run(*words, stdin=f"{server.url}\nadmin\nadmin\n")
    assert result.exit_code == 0, result.output
    assert profiles(tmp_path)["profiles"]["sim"]["password"] == "admin"


def test_nobody_to_ask(nowhere: Shell) -> None:
    assert "Server is missing, and there is no terminal to ask at" in nowhere.fails(2, "profile", "add", "sim")


def test_a_program_that_prints_the_password(nowhere: Shell, server: Simulator, tmp_path: Path) -> None:
    script = tmp_path / "password.py"
    script.write_text("print('admin')")
    added(nowhere, server, "--thumbprint", server.thumbprint, "--password-command", f"'{sys.executable}' '{script}'")
    assert profiles(tmp_path)["profiles"]["sim"]["password_command"] == [sys.executable, str(script)]
    assert nowhere.data("-p", "sim", "system", "ping") is None


def test_what_does_not_work_is_not_written(nowhere: Shell, server: Simulator, tmp_path: Path, memory: Memory) -> None:
    words = ("profile", "add", "sim", "--url", server.url, "--user", "admin", "--thumbprint", server.thumbprint)
    assert "does not accept the user name or password" in nowhere.fails(3, *words, "--password", "pass:wrong")
    memory.locked = True
    assert "the keyring does not take the password (PasswordSetError)" in nowhere.fails(2, *words, "--password", "pass:admin")
    assert "cannot be run" in nowhere.fails(2, *words, "--password-command", "/nowhere/pass")
    assert not (tmp_path / "config.toml").exists()


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
        {"name": "prod", "default": False, "url": "spe.example.com", "user": "admin", "trust": "system", "instance": None},
        {"name": "sim", "default": True, "url": server.url, "user": "admin", "trust": server.thumbprint, "instance": "test01"},
    ]


def test_the_default_profile_is_used_where_nothing_names_a_server(nowhere: Shell, server: Simulator, tmp_path: Path) -> None:
    added(nowhere, server, "--thumbprint", server.thumbprint, "--keep", "file", "-i", "test01")
    assert nowhere.run("profile", "use", "sim").stderr == "sim is the default profile.\n"
    assert nowhere.data("users", "get-user-info", "alice", "--query", "userName") == "alice"
    assert "answers" in nowhere.run("profile", "test").stderr
    assert "username is missing" in nowhere.fails(2, "system", "ping", MAILSTORE_SPE_URL="spe.invalid")
    assert "answers" in nowhere.run("profile", "test", MAILSTORE_SPE_PROFILE="sim").stderr


def test_profiles_that_are_not_there(nowhere: Shell, tmp_path: Path) -> None:
    assert nowhere.data("profile", "list") == []
    assert "cannot be read" in nowhere.fails(2, "profile", "use", "x")
    (tmp_path / "config.toml").write_text("nonsense = 1")
    assert "has nonsense where only" in nowhere.fails(2, "profile", "list")


def test_a_password_is_asked_for_where_none_is_kept(nowhere: Shell, server: Simulator, terminal: None) -> None:
    added(nowhere, server, "--thumbprint", server.thumbprint, "--keep", "nowhere")
    result = nowhere.run("-p", "sim", "system", "ping", stdin="admin\n")
    assert result.exit_code == 0, result.output
    assert f"Password of admin at {server.url}" in result.stderr
    env = {"MAILSTORE_SPE_URL": server.url, "MAILSTORE_SPE_USER": "admin", "MAILSTORE_SPE_THUMBPRINT": server.thumbprint}
    assert nowhere.run("system", "ping", stdin="admin\n", **env).exit_code == 0


def test_options_come_before_everything(nowhere: Shell, server: Simulator) -> None:
    words = ("--url", server.url, "--user", "admin", "--password", "stdin", "--ca-file", server.ca_file, "system", "ping")
    assert nowhere.run(*words, stdin="admin\n").exit_code == 0
