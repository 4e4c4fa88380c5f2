"""Calls that fail in every way, and what tools that show variables make of their tracebacks; run as a program.

Prints the secrets that were in what was shown, by tool and by call.
"""

from __future__ import annotations

import asyncio
import io
import json
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from typing import Any

import sentry_sdk
from rich.console import Console
from rich.traceback import Traceback

from mailstore_sdk import AsyncSPEClient, SPEClient
from mailstore_sdk.compat import mgmt
from mailstore_sdk.simulator import Simulator
from tests.support.processes import wait_until
from tests.support.raw_server import RawServer, answer, hang_up, stay_silent

LOGIN = {"username": "admin", "password": "L0gin-Canary"}
CREDENTIALS = "YWRtaW46TDBnaW4tQ2FuYXJ5"
SECRETS = {"the password": "L0gin-Canary", "the credentials": CREDENTIALS, "an argument": "Arg-Canary", "an unknown argument": "Key-Canary"}


class Interrupted(Exception):  # noqa: N818 - as Celery's SoftTimeLimitExceeded is raised
    """What a signal's handler raises, wherever the program is."""


def alarm(*_: object) -> None:
    raise Interrupted


def keep_session(spe: SPEClient) -> None:
    """Add what the session has now to the secrets."""
    for name in ("_cookie", "_token"):
        SECRETS[f"session {len(SECRETS)}"] = getattr(spe._operations.auth, name)


def calls(server: RawServer, session: Simulator) -> dict[str, Callable[[], object]]:
    """The calls; what they pass is in no variable of their own."""
    here = {"port": server.port, "ca_file": server.ca_file, "retries": 0}

    def client(**options: Any) -> SPEClient:
        return SPEClient("localhost", **{**here, **options}, **LOGIN)

    def answering(*acts: Any) -> None:
        server.answers = list(acts)

    def set_password(act: Any, **options: Any) -> object:
        answering(act)
        with client(**options) as spe:
            return spe.instance("test01").set_user_password("alice", SECRETS["an argument"])

    def interrupted() -> object:
        def interrupt(connection: Any) -> None:
            os.kill(os.getpid(), signal.SIGALRM)
            stay_silent(connection)

        return set_password(interrupt)

    def refused_by_form() -> object:
        with client() as spe:
            privileges: Any = [object()]  # which no form can hold
            return spe.instance("test01").create_user("alice", privileges=privileges, password=SECRETS["an argument"])

    def unknown(name: str) -> object:
        answering(hang_up)
        with client() as spe:
            return getattr(spe, name)("SetSomething", apiKey=SECRETS["an unknown argument"])

    def raw() -> object:
        answering(hang_up)
        with client() as spe:
            return spe.instance("test01").raw.set_user_password("alice", SECRETS["an argument"])

    def wrapper() -> object:
        answering(hang_up, hang_up, hang_up)
        old = mgmt.SPEClient(**LOGIN, host="localhost", port=server.port, ca_file=server.ca_file, instanceID="test01")
        return old.SetUserPassword("alice", SECRETS["an argument"])

    async def asynchronous(timeout: float) -> object:
        async with AsyncSPEClient("localhost", **here, **LOGIN) as spe:
            return await asyncio.wait_for(spe.instance("test01").set_user_password("alice", SECRETS["an argument"]), timeout)

    def in_loop(act: Any, timeout: float) -> object:
        answering(act)
        return asyncio.run(asynchronous(timeout))

    def in_session() -> object:
        options = {"port": None, "ca_file": session.ca_file, "protocol": "session"}
        with SPEClient(session.url, username="admin", **options, password="admin") as spe:
            archive = spe.instance("test01")
            archive.get_users()
            keep_session(spe)
            try:
                return archive.get_user_info("zoe")
            finally:
                keep_session(spe)

    def interrupted_session() -> object:
        def interrupt() -> None:
            wait_until(lambda: len(session.calls) > before)
            os.kill(os.getpid(), signal.SIGALRM)

        before = len(session.calls)
        session.faults.add("*", "delay", seconds=30)
        threading.Thread(target=interrupt).start()
        return in_session()

    return {
        "refused login": lambda: set_password(answer(b"", "401 Unauthorized")),
        "lost reply": lambda: set_password(hang_up),
        "late reply": lambda: set_password(stay_silent, timeout=0.3),
        "no server": lambda: set_password(hang_up, port=1),
        "another certificate": lambda: set_password(hang_up, ca_file=None, thumbprint="AB" * 20),
        "interrupted": interrupted,
        "invalid argument": refused_by_form,
        "call by name": lambda: unknown("call"),
        "start by name": lambda: unknown("start"),
        "whole reply": raw,
        "vendor wrapper": wrapper,
        "async": lambda: in_loop(hang_up, 10),
        "async cancelled": lambda: in_loop(stay_silent, 0.3),
        "session": in_session,
        "session interrupted": interrupted_session,
        "invalid client": lambda: client(timeout=-1),
    }


class Events(sentry_sdk.transport.Transport):
    """Keeps what would be sent to Sentry."""

    def __init__(self, options: Any) -> None:
        super().__init__(options)
        self.kept = ""

    def capture_envelope(self, envelope: Any) -> None:
        self.kept += envelope.serialize().decode("utf-8", "replace")


def shown(error: BaseException) -> dict[str, str]:
    """What each tool shows of an error."""
    events = sentry_sdk.get_client().transport
    events.kept = ""
    sentry_sdk.capture_exception(error)
    sentry_sdk.flush()
    console = Console(file=io.StringIO(), width=300)
    console.print(Traceback.from_exception(type(error), error, error.__traceback__, show_locals=True))
    library = "".join(traceback.TracebackException.from_exception(error, capture_locals=True).format())
    return {"Sentry": events.kept, "rich": console.file.getvalue(), "traceback": library}


def error_of(call: Callable[[], object]) -> BaseException:
    """The error of a call; what this frame has is shown too."""
    try:
        call()
    except BaseException as error:  # noqa: BLE001 - also interrupts
        return error
    return Exception("no error")


def main() -> None:
    """Make each call and print what was found."""
    sentry_sdk.init(dsn="https://key@sentry.invalid/1", transport=Events, traces_sample_rate=1.0)
    signal.signal(signal.SIGALRM, alarm)
    found = {}
    with RawServer() as server, Simulator(spe_version="8.5", clock="immediate") as session:
        for name, call in calls(server, session).items():
            for tool, text in shown(error_of(call)).items():
                found[f"{name}, {tool}"] = [secret for secret, value in SECRETS.items() if value in text]
                if "mailstore_sdk" not in text:
                    found[f"{name}, {tool}"] = ["nothing is shown"]
    json.dump({place: secrets for place, secrets in found.items() if secrets}, sys.stdout, indent=1)


if __name__ == "__main__":
    main()
