"""Reset what a forked process must not share with its parent: locks, connections and sessions."""

from __future__ import annotations

import os
from typing import Any
from weakref import WeakSet

_alive: WeakSet[Any] = WeakSet()


def reset_for_each_process(thing: Any) -> None:
    """Call ``thing._reset()`` now, and in every child of this process as long as the object exists."""
    thing._reset()
    _alive.add(thing)


def _reset_all() -> None:
    for thing in list(_alive):
        thing._reset()


if hasattr(os, "register_at_fork"):  # pragma: no branch - Windows does not fork
    os.register_at_fork(after_in_child=_reset_all)
