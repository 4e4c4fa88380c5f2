"""What a simulator saw of the verifications of its stores, and its time."""

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from mailstore_sdk.simulator import Simulator


def started(server: Simulator) -> Counter[tuple[str, str]]:
    """How often each store's verification was asked for."""
    return Counter((call.arguments["instanceID"], call.arguments["id"]) for call in server.calls if call.function == "VerifyStore")


ONCE = {("test01", "1"): 1, ("test01", "2"): 1, **{("test02", str(store)): 1 for store in (1, 2, 4, 5, 6)}}


@contextmanager
def time_passing(server: Simulator) -> Iterator[None]:
    """The clock of the simulator moves on."""
    end = threading.Event()

    def tick() -> None:
        while not end.wait(0.02):
            server.advance()

    thread = threading.Thread(target=tick)
    thread.start()
    try:
        yield
    finally:
        end.set()
        thread.join()
