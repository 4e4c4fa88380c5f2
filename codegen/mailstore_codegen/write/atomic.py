"""Replace a folder atomically: a reader always finds the old one or the new one, even if the process dies."""

import ctypes
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path

_MARK = "mailstore-codegen"
_ABANDONED = 3600
"""Age in seconds at which a temporary folder is that of a killed run; a younger one may be that of a run in progress."""
_LINUX_EXCHANGE = 2  # RENAME_EXCHANGE of renameat2
_MACOS_SWAP = 2  # RENAME_SWAP of renamex_np
_AT_FDCWD = -100


def replace_folder(files: Mapping[str, str], folder: Path) -> None:
    """Let `folder` hold just these files.

    Where the system can exchange two folders at once (Linux, macOS) there is no moment without one. Elsewhere the old
    folder is renamed away first: a process that dies just then leaves none, and the next run makes it.
    """
    target = _made_ready(folder)
    prefix = f".{target.name}.{_MARK}-"
    for left in target.parent.glob(f"{prefix}*"):
        if left.stat().st_mtime < time.time() - _ABANDONED:
            shutil.rmtree(left, ignore_errors=True)
    with _named(folder):
        fresh = Path(tempfile.mkdtemp(prefix=prefix, dir=target.parent))
        try:
            for name, text in files.items():
                path = fresh / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8", newline="\n")
            fresh.chmod(0o755)
            _put(fresh, target)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)


def replace_file(text: str, path: Path) -> None:
    """Let the file hold this text; a reader finds the old text or the new one. Line ends and mode stay as they were."""
    target = _made_ready(path)
    with _named(path):
        windows = target.exists() and b"\r\n" in target.read_bytes()
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        fresh = Path(name)
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\r\n" if windows else "\n") as file:
                file.write(text)
            fresh.chmod(target.stat().st_mode if target.exists() else 0o644)
            fresh.replace(target)
        finally:
            fresh.unlink(missing_ok=True)


def _made_ready(path: Path) -> Path:
    """Return the place that a path or its symbolic link names, in a folder that exists."""
    target = Path(os.path.realpath(path))
    target.parent.mkdir(parents=True, exist_ok=True)
    return target


@contextmanager
def _named(path: Path) -> Generator[None]:
    """Name the path in errors, which would name a temporary one, or none if the disk is full."""
    try:
        yield
    except OSError as error:
        raise OSError(error.errno, error.strerror or str(error), str(path)) from error


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
