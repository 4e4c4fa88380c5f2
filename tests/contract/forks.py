"""Clients that are used on both sides of a fork; run as a program, as a fork takes all threads of a test run with it.

Prints what each way of forking found; every answer names the user that was asked for.
"""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import billiard

from mailstore_sdk import AsyncSPEClient, SPEClient
from mailstore_sdk.compat import mgmt
from mailstore_sdk.simulator import Simulator
from tests.support.processes import wait_until

CALLS = 6
NAMES: list[str] = []
clients: dict[str, Any] = {}


def ask(client: str, name: str) -> str:
    """One call of one of the clients; the name that its answer has."""
    spe = clients[client]
    if client == "vendor wrapper":
        return spe.GetUserInfo(name)["result"]["userName"]
    if client == "async":
        return asyncio.run(spe.instance("test01").get_user_info(name)).user_name
    return spe.instance("test01").get_user_info(name).user_name


def wrong_answers(client: str, name: str) -> int:
    """How many of some calls got another's answer."""
    return sum(ask(client, name) != name for _ in range(CALLS))


def in_pool(context: Any, client: str) -> object:
    """Calls from several children at once and from the parent, after the parent has called."""
    wrong_answers(client, NAMES[0])
    with context.Pool(4) as pool:
        results = [pool.apply_async(wrong_answers, (client, name)) for name in NAMES * 4]
        ours = wrong_answers(client, NAMES[0]) if client != "async" else 0
        return ours + sum(result.get(60) for result in results)


def in_child(act: Callable[[], object]) -> object:
    """What an action returns in a child of this process."""
    reading, writing = os.pipe()
    if os.fork() == 0:
        try:
            result: object = act()
        except BaseException as error:  # noqa: BLE001 - the child must end here
            result = repr(error)
        os.write(writing, json.dumps(result).encode())
        os._exit(0)
    os.close(writing)
    os.wait()
    with os.fdopen(reading) as pipe:
        return json.load(pipe)


def during_a_call(server: Simulator, login: dict[str, Any]) -> object:
    """A fork while a thread has the only connection, and its reply is pending."""
    with SPEClient(server.url, **login, max_connections=1) as clients["busy"], ThreadPoolExecutor(1) as threads:
        ask("busy", NAMES[0])
        asked = len(server.calls)
        server.faults.add("GetUserInfo", "delay", seconds=2)
        slow = threads.submit(ask, "busy", NAMES[1 % len(NAMES)])
        wait_until(lambda: len(server.calls) > asked)
        return [in_child(lambda: ask("busy", NAMES[2 % len(NAMES)])), slow.result()]


def during_a_poll(server: Simulator, spe: SPEClient) -> object:
    """A fork while a thread waits for a job."""
    job = spe.instance("test01").verify_store(1)
    thread = threading.Thread(target=job.wait)
    thread.start()
    wait_until(lambda: server.calls[-1].function == "get-status")
    try:
        return in_child(lambda: job.refresh().state)
    finally:
        job.cancel()
        thread.join()


def session_of(client: str) -> object:
    """What a child has of its parent's session before it calls, and whose answer it gets."""
    ask(client, NAMES[0])
    auth = clients[client]._operations.auth
    return [in_child(lambda: [auth._cookie, auth._token, ask(client, NAMES[1 % len(NAMES)])]), ask(client, NAMES[2 % len(NAMES)])]


def main() -> None:
    """Fork in every way."""
    fork = multiprocessing.get_context("fork")
    found: dict[str, object] = {}
    with Simulator(clock="manual") as server, Simulator(spe_version="8.5", clock="immediate") as old:
        login = {"username": "admin", "password": "admin", "ca_file": server.ca_file}
        session = {**login, "ca_file": old.ca_file, "protocol": "session"}
        with SPEClient(old.url, **session) as spe:
            NAMES.extend(sorted(user.user_name for user in spe.instance("test01").get_users()))
        host, port = server.url.removeprefix("https://").split(":")
        clients["basic"] = SPEClient(server.url, **login)
        clients["session"] = SPEClient(old.url, **session)
        clients["async"] = AsyncSPEClient(server.url, **login)
        clients["vendor wrapper"] = mgmt.SPEClient("admin", "admin", host, int(port), ca_file=str(server.ca_file), instanceID="test01")
        for client in ("basic", "session", "vendor wrapper"):
            found[f"multiprocessing, {client}"] = in_pool(fork, client)
        found["Celery's pool, basic"] = in_pool(billiard.get_context("fork"), "basic")
        asyncio.run(clients["async"].instance("test01").get_user_info(NAMES[0]))
        found["async"] = in_child(lambda: ask("async", NAMES[1 % len(NAMES)]))
        found["during a call"] = during_a_call(server, login)
        found["during a poll"] = during_a_poll(server, clients["basic"])
        found["session"] = session_of("session")
    json.dump(found, sys.stdout)
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
