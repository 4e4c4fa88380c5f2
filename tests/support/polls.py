"""Polls that a simulator holds."""

from mailstore_sdk.simulator import Simulator
from tests.support.processes import wait_until


def wait_for_open_polls(server: Simulator, count: int = 1) -> None:
    """Wait until the server has read as many polls that it has not answered."""
    wait_until(
        lambda: sum(call.function == "get-status" and call.arguments != {} and call.seconds is None for call in server.calls) == count
    )
