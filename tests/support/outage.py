"""A server that is restarted while its jobs are followed, and keeps them."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from unittest.mock import patch

from mailstore_sdk.simulator import Simulator


@contextmanager
def outage(server: Simulator, seconds: float) -> Generator[None]:
    """Stop a server with the clock ``manual`` at the first poll of a job; it comes back with its jobs, which then end.

    `pytest --outage SECONDS` makes it longer than by default.
    """
    failed: list[BaseException] = []

    def restart() -> None:
        try:
            while not any(call.function == "get-status" for call in server.calls):
                time.sleep(0.01)
            stop_and_start(server, seconds)
            server.advance(1000)
        except BaseException as error:  # noqa: BLE001 - raised again where the test waits
            failed.append(error)

    thread = threading.Thread(target=restart, daemon=True)
    thread.start()
    yield
    thread.join()
    if failed:
        raise failed[0]


def stop_and_start(server: Simulator, seconds: float) -> None:
    """A restart on the same port after which the jobs are known; the simulator's own forgets them, as SPE's may."""
    server._bind = (server._bind[0], server.port)
    tasks = server._world.tasks
    with patch.object(tasks, "clear"):
        server.stop()
    for task in tasks.all():
        task._news = asyncio.Event()  # the client belongs to an event loop
    time.sleep(seconds)
    server.start()
