"""The generator writes the same bytes everywhere."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.processes import environ
from tests.support.project import GENERATED, ROOT, SPEC


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc"
    }


@pytest.mark.parametrize("seed", ["0", "4711"])
def test_the_same_bytes_under_any_hash_seed_locale_and_folder(tmp_path: Path, seed: str) -> None:
    elsewhere = tmp_path / "somewhere else" / "näh"
    shutil.copytree(SPEC, elsewhere / "spec")
    command = [sys.executable, "-m", "mailstore_codegen", "generate", "--root", str(elsewhere)]
    # In the locale C, Python does not start from a virtual environment whose path is not ASCII.
    locale = "C" if str(ROOT).isascii() else "C.UTF-8"
    subprocess.run(command, check=True, env=environ(PYTHONHASHSEED=seed, LC_ALL=locale, TZ="Asia/Tokyo"), cwd="/")
    assert files(elsewhere / "mailstore_sdk" / "_generated") == files(GENERATED)
    assert files(elsewhere / "generated") == files(ROOT / "generated")
