"""A replaced folder is the old one or the new one at any moment, even if the writer is interrupted."""

import errno
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from unittest.mock import Mock

import pytest
from mailstore_codegen.write import atomic
from mailstore_codegen.write.atomic import exchange, replace_file, replace_folder
from mailstore_codegen.write.tree import compare_folder, write_package

from tests.support.processes import environ

WRITER = """
import sys
from pathlib import Path
from mailstore_codegen.write.atomic import replace_folder

folder = Path(sys.argv[1])
print("ready", flush=True)
while True:
    for text in ("one", "other"):
        replace_folder({f"part{n % 5}/{text}{n}.txt": text * 100 for n in range(40)}, folder)
"""


def content(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()}


def whole(text: str) -> dict[str, str]:
    return {f"part{n % 5}/{text}{n}.txt": text * 100 for n in range(40)}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot exchange two folders in one step, as the docstring says")
@pytest.mark.parametrize("moment", [0.0, 0.003, 0.011, 0.023, 0.05])
def test_a_killed_writer_leaves_a_complete_folder(tmp_path: Path, moment: float) -> None:
    folder = tmp_path / "package"
    replace_folder(whole("one"), folder)
    with subprocess.Popen([sys.executable, "-c", WRITER, str(folder)], stdout=subprocess.PIPE, env=environ()) as writer:
        assert writer.stdout
        writer.stdout.readline()
        end = time.monotonic() + moment
        while time.monotonic() < end:
            assert folder.is_dir()
        writer.send_signal(signal.SIGKILL)
    found = content(folder)
    assert found in (whole("one"), whole("other"))
    assert len(list(tmp_path.iterdir())) <= 2
    for left in tmp_path.glob(".package.*"):
        os.utime(left, (0, 0))
    replace_folder(whole("one"), folder)
    assert [path.name for path in tmp_path.iterdir()] == ["package"]
    assert content(folder) == whole("one")


def test_a_folder_that_cannot_be_exchanged_is_renamed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "package"
    replace_folder({"a.txt": "a"}, folder)
    monkeypatch.setattr(atomic, "exchange", lambda *_: False)
    replace_folder({"b/c.txt": "c"}, folder)
    assert content(folder) == {"b/c.txt": "c"}
    assert [path.name for path in tmp_path.iterdir()] == ["package"]


def test_an_exchange_is_one_step(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}.txt").touch()
    if sys.platform in ("linux", "darwin"):
        assert exchange(tmp_path / "a", tmp_path / "b")
        assert (tmp_path / "a" / "b.txt").exists()
    assert not exchange(tmp_path / "a", tmp_path / "missing")


def test_a_failure_leaves_the_old_folder(tmp_path: Path) -> None:
    folder = tmp_path / "package"
    replace_folder({"a.txt": "a"}, folder)
    with pytest.raises(OSError):
        replace_folder({"b": "b", "b/c": "c"}, folder)
    assert content(folder) == {"a.txt": "a"}
    assert [path.name for path in tmp_path.iterdir()] == ["package"]


def test_a_run_in_progress_keeps_its_temporary_folder(tmp_path: Path) -> None:
    files: Mapping[str, str] = Mock(spec=dict)

    def while_another_run_ends() -> Iterator[tuple[str, str]]:
        yield "a.txt", "a"
        replace_folder({"b.txt": "b"}, tmp_path / "package")
        yield "c.txt", "c"

    files.items = while_another_run_ends  # type: ignore[method-assign, assignment] # a test's double
    replace_folder(files, tmp_path / "package")
    assert content(tmp_path / "package") == {"a.txt": "a", "c.txt": "c"}


@pytest.mark.skipif(sys.platform == "win32", reason="symbolic links need a privilege there")
@pytest.mark.parametrize("exists", [True, False])
def test_a_symbolic_link_stays_one(tmp_path: Path, *, exists: bool) -> None:
    (tmp_path / "real").mkdir()
    if exists:
        replace_folder({"old.txt": "old"}, tmp_path / "real" / "package")
        (tmp_path / "real" / "file.txt").write_text("old")
    for name in ("package", "file.txt"):
        (tmp_path / name).symlink_to(Path("real", name))
    replace_folder({"a.txt": "a"}, tmp_path / "package")
    replace_file("new", tmp_path / "file.txt")
    assert all((tmp_path / name).is_symlink() for name in ("package", "file.txt"))
    assert content(tmp_path / "real") == {"package/a.txt": "a", "file.txt": "new"}
    assert len(list(tmp_path.iterdir())) == 3


def test_a_full_disk_is_reported_with_the_place_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.txt"
    file.write_text("old")
    full = OSError(errno.ENOSPC, "No space left on device")
    monkeypatch.setattr(Path, "write_text", Mock(side_effect=full))
    with pytest.raises(OSError) as caught:
        replace_folder({"b.txt": "b"}, tmp_path / "package")
    assert caught.value.filename == str(tmp_path / "package")
    monkeypatch.setattr(Path, "replace", Mock(side_effect=full))
    with pytest.raises(OSError) as caught:
        replace_file("new", file)
    assert caught.value.filename == str(file)
    assert content(tmp_path) == {"a.txt": "old"}


def test_line_ends_and_mode_of_a_file_stay(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"one\r\ntwo\r\n")
    file.chmod(0o640)
    mode = file.stat().st_mode
    replace_file("one\nthree\n", file)
    assert file.read_bytes() == b"one\r\nthree\r\n"
    assert file.stat().st_mode == mode


def test_files_of_a_checkout_on_windows_are_up_to_date(tmp_path: Path) -> None:
    files = {"catalogue.json": "{}\n", "models.py": '"""Models.\n\nGenerated from spec/.\n"""\n'}
    write_package(files, tmp_path / "acme")
    for path in (tmp_path / "acme").iterdir():
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert compare_folder(files, tmp_path / "acme") == []
    write_package({"catalogue.json": "{}\n"}, tmp_path / "acme")  # a module that is no longer generated is not the user's
    assert content(tmp_path / "acme") == {"catalogue.json": "{}\n"}


def test_a_file_is_replaced(tmp_path: Path) -> None:
    file = tmp_path / "new" / "a.json"
    for text in ("one\n", "other\r\n"):
        replace_file(text, file)
        assert file.read_bytes() == text.encode()
    assert [path.name for path in file.parent.iterdir()] == ["a.json"]
