"""Output does not fail because of its environment, and files are read as Windows writes them: real processes."""

from __future__ import annotations

import csv
import errno
import io
import os
import pwd
import ssl
import subprocess
import sys
from pathlib import Path

import pytest

from mailstore_sdk.cli import terminal
from mailstore_sdk.simulator import Simulator
from tests.cli.conftest import Shell
from tests.support.processes import environ

LUKASZ = "Łukasz 🗄"
CREATE = "users create-user test01 dora login"


def process(shell: Shell, line: str, **env: str) -> subprocess.CompletedProcess[bytes]:
    """Run ``mailstore`` with words and redirections as a shell reads them."""
    command = f'"$PYTHON" -m mailstore_sdk.cli {line}'
    return subprocess.run(
        ["sh", "-c", command], env=environ(**shell.env, PYTHON=sys.executable) | env, capture_output=True, check=False, timeout=60
    )


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "utf-8:strict"])
def test_files_and_pipes_get_utf8(shell: Shell, server: Simulator, tmp_path: Path, encoding: str) -> None:
    server.estate.instances["test01"].users["alice"].full_name = LUKASZ
    done = process(shell, "users get-users test01 -o csv > f", PYTHONIOENCODING=encoding)
    assert (done.returncode, done.stderr) == (0, b"")
    rows = csv.DictReader(io.StringIO((tmp_path / "f").read_bytes().decode("utf-8")))
    assert LUKASZ in [row["fullName"] for row in rows]
    done = process(shell, f"users get-user-info test01 '{LUKASZ}'", PYTHONIOENCODING=encoding)
    assert LUKASZ in done.stderr.decode("utf-8")


@pytest.mark.parametrize("redirection", [">&-", ">&- 2>&-", "<&- >&- 2>&-", ">/dev/full", "| true"])
def test_a_write_succeeds_even_if_its_result_cannot_be_printed(shell: Shell, server: Simulator, redirection: str) -> None:
    done = process(shell, f"{CREATE} {redirection}")
    assert done.returncode == 0, done.stderr
    assert "dora" in server.estate.instances["test01"].users


@pytest.mark.parametrize("redirection", [">&-", ">/dev/full"])
def test_an_unprintable_result_of_a_write(shell: Shell, server: Simulator, redirection: str) -> None:
    done = process(shell, f"administrators create-system-administrator-api-password {redirection}")
    assert done.returncode == 0
    assert "Traceback" not in done.stderr.decode()
    assert server.calls[-1].function == "CreateSystemAdministratorAPIPassword"
    if redirection == ">/dev/full":
        shown = "Warning: CreateSystemAdministratorAPIPassword is done, but its result cannot be printed: No space left on device\n"
        assert done.stderr.decode() == shown


def test_an_unprintable_token(shell: Shell) -> None:
    done = process(shell, "stores verify-store test01 1 --no-wait >/dev/full")
    shown = done.stderr.decode()
    assert done.returncode == 0
    assert shown.startswith("Warning: The token cannot be printed: No space left on device\nVerifyStore is still running on the server.\n")
    assert "mailstore jobs wait " in shown


def test_an_unprintable_result_of_a_read_is_an_error(shell: Shell) -> None:
    done = process(shell, "users get-users test01 >/dev/full")
    assert done.returncode == 1
    assert b"No space left on device" in done.stderr
    assert b"Traceback" not in done.stderr


def test_a_user_without_a_home_folder(nowhere: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(_: int) -> None:
        raise KeyError

    monkeypatch.setattr(pwd, "getpwuid", unknown)
    gone = dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "MAILSTORE_SPE_CONFIG"))
    for words in (("profile", "list"), ("users", "get-users", "test01")):
        assert "set HOME or XDG_CONFIG_HOME, or MAILSTORE_SPE_CONFIG to the path of the file" in nowhere.fails(2, *words, **gone)


ENCODINGS = ["utf-8", "utf-8-sig", "utf-16"]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_passwords_documents_and_tokens_from_windows(shell: Shell, server: Simulator, tmp_path: Path, encoding: str) -> None:
    users = server.estate.instances["test01"].users
    (tmp_path / "pw.txt").write_bytes("New-Pw-ü\r\n".encode(encoding))
    assert shell.run("users", "set-user-password", "test01", "alice", "--password", "file:pw.txt").exit_code == 0
    assert users["alice"].password == "New-Pw-ü"
    assert (
        shell.run("users", "set-user-password", "test01", "bob", "--password", "stdin", stdin=(tmp_path / "pw.txt").read_bytes()).exit_code
        == 0
    )
    assert users["bob"].password == "New-Pw-ü"
    (tmp_path / "a.yaml").write_bytes("instanceID: test01\r\noldUserName: carol\r\nnewUserName: käthe\r\n".encode(encoding))
    assert shell.run("users", "rename-user", "--from-file", "a.yaml").exit_code == 0
    assert "käthe" in server.estate.instances["test01"].users
    token = shell.run("stores", "verify-store", "test01", "1", "--no-wait").stdout
    assert shell.run("jobs", "wait", "-", stdin=token.replace("\n", "\r\n").encode(encoding)).exit_code == 0


@pytest.mark.parametrize("encoding", [*ENCODINGS, "der", "utf-8 with comments"])
def test_a_certificate_authority_exported_by_windows(shell: Shell, server: Simulator, tmp_path: Path, encoding: str) -> None:
    pem = Path(server.ca_file).read_text("ascii")
    if encoding == "der":
        data = ssl.PEM_cert_to_DER_cert(pem)
    else:
        data = f"{'# Zertifizierungsstelle für SPE' if ' ' in encoding else ''}\r\n{pem}".encode(encoding.partition(" ")[0])
    (tmp_path / "ca.cer").write_bytes(data)
    env = {"MAILSTORE_SPE_THUMBPRINT": ""}
    assert shell.run("system", "ping", "--ca-file", "ca.cer", **env).exit_code == 0
    (tmp_path / "ca.cer").write_bytes(b"0nonsense")
    assert "cannot be used" in shell.fails(2, "system", "ping", "--ca-file", "ca.cer", **env)
    (tmp_path / "ca.cer").write_bytes(b"\xfc")
    assert "cannot be used" in shell.fails(2, "system", "ping", "--ca-file", "ca.cer", **env)


def test_a_file_in_another_encoding(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "pw.txt").write_bytes("ü".encode("cp1252"))
    shown = shell.fails(2, "users", "set-user-password", "test01", "alice", "--password", "file:pw.txt")
    assert "password cannot be read from the file pw.txt: expected UTF-8 or UTF-16." in shown


@pytest.mark.parametrize("name", ["stdin", "stdout", "stderr"])
def test_a_closed_stream_is_replaced_by_the_null_device(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(sys, name, None)
    terminal.prepare()
    with getattr(sys, name) as stream:
        assert stream.name == os.devnull


def test_what_is_buffered_is_dropped_with_output_that_failed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with (tmp_path / "out").open("w") as full:
        monkeypatch.setattr(sys, "stdout", full)
        with terminal.survived("The result", "Read it again."):
            full.write("half a result")
            raise OSError(errno.ENOSPC, "No space left on device")
    assert (tmp_path / "out").read_text() == ""
    assert capsys.readouterr().err == "Warning: The result cannot be printed: No space left on device\nRead it again.\n"
