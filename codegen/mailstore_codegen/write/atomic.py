"""Replace a folder atomically: a reader always finds the old one or the new one, even if the process dies."""

import ctypes
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

_MARK = "mailstore-codegen"
_LINUX_EXCHANGE = 2  # RENAME_EXCHANGE of renameat2
_MACOS_SWAP = 2  # RENAME_SWAP of renamex_np
_AT_FDCWD = -100


def replace_folder(files: Mapping[str, str], folder: Path) -> None:
    """Let `folder` hold just these files.

    Where the system can exchange two folders at once (Linux, macOS) there is no moment without one. Elsewhere the old
    folder is renamed away first: a process that dies just then leaves none, and the next run makes it.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    prefix = f".{folder.name}.{_MARK}-"
    for left in folder.parent.glob(f"{prefix}*"):  # left by a killed run
        shutil.rmtree(left, ignore_errors=True)
    fresh = Path(tempfile.mkdtemp(prefix=prefix, dir=folder.parent))
    try:
        for path, text in files.items():
            target = fresh / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8", newline="\n")
        fresh.chmod(0o755)
        _put(fresh, folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def replace_file(text: str, path: Path) -> None:
    """Let the file hold this text; a reader finds the old text or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=path.parent, prefix=f".{path.name}.", delete=False, encoding="utf-8", newline="\n") as file:
        file.write(text)
    Path(file.name).chmod(0o644)
    Path(file.name).replace(path)


def _put(fresh: Path, folder: Path) -> None:
    if not folder.exists():
        fresh.rename(folder)
    elif not exchange(fresh, folder):
        old = fresh.with_name(f"{fresh.name}-old")
        folder.rename(old)
        fresh.rename(folder)
        shutil.rmtree(old, ignore_errors=True)


def exchange(one: Path, other: Path) -> bool:
    """Swap two folders in one step; False where the system or its file system cannot."""
    call = _exchange_call()
    return call is not None and call(os.fsencode(one), os.fsencode(other)) == 0


@cache
def _exchange_call() -> Callable[[bytes, bytes], int] | None:
    try:
        library = ctypes.CDLL(None)
        if sys.platform == "darwin":
            swap = library.renamex_np
            return lambda one, other: int(swap(one, other, ctypes.c_uint(_MACOS_SWAP)))
        rename = library.renameat2
        return lambda one, other: int(rename(_AT_FDCWD, one, _AT_FDCWD, other, ctypes.c_uint(_LINUX_EXCHANGE)))
    except (AttributeError, OSError, TypeError):
        return None
