"""Exit statuses, and errors as sentences on stderr."""

from __future__ import annotations

import errno
import re
import subprocess
import sys
from pathlib import Path

import pytest

from mailstore_sdk import errors
from mailstore_sdk.cli import main
from mailstore_sdk.cli.exit_codes import Exit, status_of
from mailstore_sdk.simulator import Simulator
from tests.cli.conftest import Shell
from tests.support.processes import PATIENCE, environ
from tests.support.project import ROOT
from tests.support.raw_server import SUCCESS, RawServer, answer, cut_body


def test_every_status_is_on_the_page() -> None:
    page = (ROOT / "docs" / "cli.md").read_text()
    assert re.findall(r"^\| (\d+) \| (.+?) \|$", page, re.MULTILINE) == [(str(int(status)), status.meaning) for status in Exit]


def test_every_error_has_the_status_of_its_kind() -> None:
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.MailStoreError)]
    other = {kind.__name__ for kind in kinds if status_of(kind("x")) is Exit.OTHER}
    assert other == {"RefusedWindowsError"}
    assert status_of(errors.JobFailedError("x")) is Exit.JOB_FAILED
    assert status_of(errors.JobLostError("x")) is Exit.OUTCOME_UNKNOWN


def test_a_rejected_login(shell: Shell) -> None:
    shown = shell.fails(3, "system", "ping", MAILSTORE_SPE_PASSWORD="wrong")
    assert "needs the API password" in shown
    assert "mailstore doctor shows more" in shown


def test_a_function_that_fails(shell: Shell) -> None:
    result = shell.run("users", "get-user-info", "test01", "zoe")
    assert (result.exit_code, result.stdout) == (4, "")
    assert result.stderr == "Error: GetUserInfo failed: User zoe does not exist.\n"


def test_debug_shows_the_traceback(shell: Shell) -> None:
    result = shell.run("--debug", "users", "get-user-info", "test01", "zoe", "--debug")
    assert result.stderr.count("mailstore_sdk: GetUserInfo") == 1
    assert "Traceback (most recent call last)" in result.stderr
    assert "mailstore_sdk: GetUserInfo: POST /api/invoke/GetUserInfo, HTTP 200" in result.stderr
    assert "   at " in result.stderr, "the server's details"
    assert "mailstore_sdk: " not in shell.run("users", "get-user-info", "test01", "zoe").stderr


def test_an_incomplete_reply(shell: Shell, raw_server: RawServer) -> None:
    env = {"MAILSTORE_SPE_URL": f"https://localhost:{raw_server.port}", "MAILSTORE_SPE_THUMBPRINT": raw_server.thumbprints[1]}
    raw_server.answers = [cut_body] * 9
    assert "broke before the reply was complete" in shell.fails(9, "users", "get-users", "test01", **env)
    shown = shell.fails(7, "users", "rename-user", "test01", "alice", "bob", **env)
    assert "The server may have processed the request" in shown


def test_an_expired_timeout(shell: Shell, server: Simulator) -> None:
    server.faults.add("GetUsers", "delay", times="always", seconds=10 * PATIENCE)
    for seconds in ("0.2", "3", "30"):  # a busy machine needs more for the connection alone
        result = shell.run("users", "get-users", "test01", "--timeout", seconds, MAILSTORE_SPE_RETRIES="0")
        if server.requests:
            break
    assert result.exit_code == 6
    assert f"sent no complete reply within {seconds} s" in result.stderr


def test_an_unreachable_and_an_untrusted_server(shell: Shell) -> None:
    assert "no address is known" in shell.fails(8, "system", "ping", MAILSTORE_SPE_URL="spe.invalid")
    assert "refuses connections" in shell.fails(8, "system", "ping", MAILSTORE_SPE_URL="localhost:1")
    shown = shell.fails(8, "system", "ping", MAILSTORE_SPE_THUMBPRINT="00" * 20)
    assert "is not trusted" in shown
    assert "set thumbprint to one of the two, or ca_file to" in shown, "as in a profile"
    assert shown.endswith("\nTrust it with --thumbprint or --ca-file, or run mailstore profile add, which asks and remembers.\n")
    report = shell.fails(3, "report", MAILSTORE_SPE_THUMBPRINT="00" * 20)
    assert "set thumbprint to one of the two, or ca_file to" in report
    assert not re.search(r"\w=|\w\(|\bpass\b", shown + report), "that is for programs"


def test_no_server_is_named(nowhere: Shell) -> None:
    assert nowhere.fails(2, "system", "ping").startswith("Error: no server is set: create a profile with mailstore profile add NAME,")
    assert "no user is set: use --user" in nowhere.fails(2, "system", "ping", "--url", "spe.invalid")
    words = ("system", "ping", "--url", "spe.invalid", "--user", "admin")
    assert "no password is set, and there is no terminal for a prompt: use --password" in nowhere.fails(2, *words)


def test_an_invalid_option(shell: Shell, server: Simulator) -> None:
    assert shell.fails(2, "system", "ping", "--thumbprint", "abc").startswith("Error: 'abc' is not a valid thumbprint: expected 40 (SHA-1)")
    assert "uses http; the API requires https" in shell.fails(2, "system", "ping", "--url", "http://localhost")
    assert server.requests == 0


def test_no_such_profile(nowhere: Shell, tmp_path: Path) -> None:
    wanted = f"there is no profile 'prod' in '{tmp_path / 'config.toml'}'"
    shown = f"Error: {wanted}. Create one with mailstore profile add\n"
    for words in (
        ("-p", "prod", "system", "ping"),
        ("-p", "prod", "users", "get-users"),
        ("profile", "test", "prod"),
        ("profile", "use", "prod"),
    ):
        assert nowhere.fails(2, *words) == shown
    assert nowhere.fails(2, "system", "ping", MAILSTORE_SPE_PROFILE="prod") == shown
    assert nowhere.fails(2, "users", "get-users", MAILSTORE_SPE_PROFILE="prod") == shown
    (tmp_path / "config.toml").write_text("[profiles.a]\n[profiles.b]\n")
    found = nowhere.fails(2, "-p", "prod", "system", "ping")
    assert f"{wanted}; expected one of a, b. Create one with mailstore profile add" in found


def test_an_unexpected_error(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def surprise(*_: object) -> None:
        raise RuntimeError("surprise")

    monkeypatch.setattr("mailstore_sdk.cli.run.execute", surprise)
    assert shell.fails(1, "system", "ping") == "Error: RuntimeError; use --debug for details.\n"
    result = shell.run("system", "ping", "--debug")
    assert "Error: RuntimeError: surprise" in result.stderr


def test_an_error_of_the_operating_system(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("mailstore_sdk.cli.run.execute", full)
    shown = shell.fails(1, "users", "get-users", "test01")
    assert shown == "Error: No space left on device\n"
    assert "Error: OSError: [Errno 28] No space left on device" in shell.run("users", "get-users", "test01", "--debug").stderr


def test_a_missing_extra(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "yaml", None)
    shown = shell.fails(2, "users", "get-users", "test01", "-o", "yaml")
    assert shown == "Error: this command needs yaml: pip install 'mailstore-sdk[cli]'\n"


def test_ctrl_c_before_anything_was_sent(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("mailstore_sdk.cli.run.execute", interrupt)
    assert shell.fails(130, "system", "ping") == "Interrupted.\n"


def test_ctrl_c_during_the_request(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("mailstore_sdk._generated.sync.SPEClient.start", interrupt)
    shown = shell.fails(130, "users", "rename-user", "test01", "alice", "eve")
    assert shown == "Interrupted while RenameUser was sent: the server may have started it.\n"


def loaded_by(*words: str, **env: str) -> set[str]:
    """The modules that a command loads, and their packages."""
    code = (
        f"import sys; sys.argv = ['mailstore', *{words!r}]\n"
        "from mailstore_sdk.cli import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        "print(*{part for name, module in sys.modules.items() if module for part in (name, name.partition('.')[0])})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environ(**env))
    return set(done.stdout.splitlines()[-1].split())


ON_DEMAND = {"rich", "pygments", "yaml", "jmespath", "tomlkit", "keyring"}


def test_help_does_not_load_the_client() -> None:
    loaded = loaded_by("users", "--help")
    assert "mailstore_sdk.cli.functions" in loaded
    assert not loaded & {"pydantic", "httpx", "ssl", "importlib.resources", "mailstore_sdk.client", *ON_DEMAND}


def test_a_call_loads_only_what_it_needs(shell: Shell) -> None:
    loaded = loaded_by("users", "show", "test01", "alice", **shell.env)
    assert {"httpx", "mailstore_sdk.client"} <= loaded
    assert not loaded & {"mailstore_sdk.cli.report", "mailstore_sdk._generated.aio", "mailstore_sdk.aio", *ON_DEMAND}


def test_a_missing_extra_is_named() -> None:
    code = "import sys; sys.modules['click'] = None; from mailstore_sdk.cli import main; main()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, env=environ())
    assert done.returncode == 1
    assert done.stderr == "mailstore needs click: pip install 'mailstore-sdk[cli]'\n"


def test_the_process_is_the_program(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("PYDANTIC_DISABLE_PLUGINS", "")
    monkeypatch.setattr(sys, "argv", ["mailstore", "--version"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith("mailstore, version ")
    monkeypatch.setitem(sys.modules, "mailstore_sdk.cli.app", None)
    with pytest.raises(SystemExit, match="pip install 'mailstore-sdk\\[cli\\]'"):
        main()


def test_schema_drift_is_a_warning(shell: Shell, raw_server: RawServer) -> None:
    env = {"MAILSTORE_SPE_URL": f"https://localhost:{raw_server.port}", "MAILSTORE_SPE_THUMBPRINT": raw_server.thumbprints[1]}
    raw_server.answers = [answer(SUCCESS.replace(b"[]", b'{"version": 25}'))]
    result = shell.run("profile", "test", **env)
    assert "Warning: GetEnvironmentInfo" in result.stderr


def test_a_closed_pipe_is_not_an_error(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def close(*_: object) -> None:
        raise BrokenPipeError(errno.EPIPE, "Broken pipe")

    monkeypatch.setattr("mailstore_sdk.cli.run.execute", close)
    assert shell.fails(1, "system", "ping") == ""


def test_the_version(shell: Shell) -> None:
    assert shell.run("--version").stdout.startswith("mailstore, version ")
