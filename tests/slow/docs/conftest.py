"""Fixtures for a page: a folder, a terminal, servers."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from mailstore_sdk.simulator import Simulator
from tests.slow.docs.terminal import Terminal
from tests.support.inbox import Inbox


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which a page is run."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def open_terminal(folder: Path, tmp_path: Path, wheel: Path) -> Iterator[Callable[[], Terminal]]:
    """A function that opens a terminal there; it is closed after the test."""
    with ExitStack() as stack:

        def open_() -> Terminal:
            if shutil.which("bash") is None:
                pytest.skip("there is no bash on this machine")
            home = tmp_path / "home"
            home.mkdir()
            server, inbox = stack.enter_context(Simulator(clock="immediate")), stack.enter_context(Inbox())
            terminal = Terminal(folder, home, wheel.parent, server, inbox)
            stack.callback(terminal.close)
            return terminal

        yield open_
