"""A replaced folder is the old one or the new one at any moment, even if the writer is interrupted."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from mailstore_codegen.write import atomic
from mailstore_codegen.write.atomic import exchange, replace_file, replace_folder

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


def test_a_file_is_replaced(tmp_path: Path) -> None:
    file = tmp_path / "new" / "a.json"
    for text in ("one\n", "other\r\n"):
        replace_file(text, file)
        assert file.read_bytes() == text.encode()
    assert [path.name for path in file.parent.iterdir()] == ["a.json"]
