"""Reset what a forked process must not share with its parent: locks, connections and sessions."""

from __future__ import annotations

import os
from typing import Any
from weakref import WeakSet

_alive: WeakSet[Any] = WeakSet()


def forget_after_fork(thing: Any) -> None:
    """Call ``thing._after_fork()`` in every child of this process as long as the object exists."""
    _alive.add(thing)


def _forget() -> None:
    for thing in list(_alive):
        thing._after_fork()  # noqa: SLF001 - a method that users must not see


if hasattr(os, "register_at_fork"):  # not on Windows, which does not fork
    os.register_at_fork(after_in_child=_forget)
