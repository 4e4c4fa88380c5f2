"""Calls under gevent or eventlet, which replace sockets, locks and threads; run as a program, as they do so for a whole process.

``python -m tests.contract.green_threads gevent|eventlet PORT CA_FILE`` prints what was found as JSON.
"""

from __future__ import annotations

import json
import random
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

AT_ONCE = 4


def replace(library: str) -> object:
    """Replace sockets, locks and threads; return what starts a green thread."""
    if library == "gevent":
        import gevent
        from gevent import monkey

        monkey.patch_all()
        return gevent.spawn
    import eventlet

    eventlet.monkey_patch()
    return eventlet.spawn


def main() -> None:
    """Call from a thread, from several, and from green threads that are killed at random moments."""
    start: Any = replace(sys.argv[1])
    from mailstore_sdk import SPEClient  # after the modules that it uses are replaced

    login = {"port": int(sys.argv[2]), "ca_file": sys.argv[3], "username": "admin", "password": "admin"}
    with SPEClient("localhost", **login, max_connections=AT_ONCE) as spe, ThreadPoolExecutor(10) as threads:
        archive = spe.instance("test01")

        def name(_: object) -> str:
            return archive.get_user_info("alice").user_name

        found: dict[str, object] = {
            "one after the other": [name(number) for number in range(3)],
            "at once": list(threads.map(name, range(20))),
            "job": archive.verify_store(1).result(timeout=60),
        }
        for _ in range(50):
            killed = start(lambda: name(0))
            time.sleep(random.random() / 100)
            killed.kill()
        found["after kills"] = name(0)
        found["free slots"] = spe._transport._slots._free.qsize()
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
