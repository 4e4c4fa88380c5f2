"""Calls one after the other and many at once, to a server that costs next to nothing."""

from __future__ import annotations

import asyncio
import json
import ssl
import time
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
from httpx_aiohttp import AiohttpTransport

from benchmarks.decode import peak_memory
from benchmarks.measure import Rounds, Row, Server, in_turns, in_turns_async, number_of_rounds, serving
from benchmarks.wrapper import Wrapper
from mailstore_sdk import AsyncSPEClient, SPEClient

ROUNDS = number_of_rounds(9)
CALLS = 150
WRAPPED_CALLS = 30
SECONDS = 3.0
"""How long each turn of many calls at once lasts, after one call of each connection that does not count."""

FORM = {"instanceID": "test01", "userName": "alice"}
LOGIN = {"Authorization": "Basic YWRtaW46YWRtaW4="}
PATH = "/api/invoke/GetUserInfo"


def measure() -> Iterator[Row]:
    """One server for all."""
    with serving("benchmarks.server") as server:
        yield from sequential(server)
        yield from bulk(server)
        yield from asyncio.run(at_once(server))


def sequential(server: Server) -> Iterator[Row]:
    """One call after the other over one connection, or over one for each where that is how the peer works."""
    with SPEClient(**server.login) as spe, _httpx(server) as plain, httpx.HTTPTransport(_context(server)) as transport:
        archive = spe.instance("test01")
        prepared = plain.build_request("POST", PATH, data=FORM, headers=LOGIN)
        polite, impolite = Wrapper(server, asked=False), Wrapper(server, asked=True)

        def times(count: int, act: Callable[[], object]) -> Callable[[], None]:
            def run() -> None:
                for _ in range(count):
                    act()

            return run

        taken = in_turns(
            {
                "typed": times(CALLS, lambda: archive.get_user_info("alice")),
                "transport": times(CALLS, lambda: transport.handle_request(prepared).read()),
                "post": times(CALLS, lambda: plain.post(PATH, data=FORM).content),
                "loads": times(CALLS, lambda: json.loads(plain.post(PATH, data=FORM).content)),
                "wrapper": times(WRAPPED_CALLS, lambda: polite.call("GetUserInfo", **FORM)),
                "wrapper, asked": times(WRAPPED_CALLS, lambda: impolite.call("GetUserInfo", **FORM)),
            },
            ROUNDS,
        )
    more = CALLS / WRAPPED_CALLS
    yield Row("a typed call", taken.seconds("typed") / CALLS * 1e6, "µs")
    yield Row("a typed call / httpx.Client.post without parsing", taken.ratio("typed", "post"), at_most=0.75)
    yield Row(
        "httpx's transport alone / httpx.Client.post", taken.ratio("transport", "post"), note="the floor: a request that is there already"
    )
    yield Row("a typed call / httpx.Client.post and json.loads", taken.ratio("typed", "loads"))
    yield Row("calls a second / those of a wrapper that waits for the 401", more * taken.ratio("wrapper, asked", "typed"))
    yield Row("calls a second / those of a wrapper that does not", more * taken.ratio("wrapper", "typed"))


def bulk(server: Server) -> Iterator[Row]:
    """Ten calls at once from threads."""
    with SPEClient(**server.login) as spe, _httpx(server) as plain, ThreadPoolExecutor(10) as threads:
        archive = spe.instance("test01")
        names = ["alice"] * CALLS

        def ours() -> None:
            assert all(outcome.value for outcome in spe.map(archive.get_user_info, names))

        def theirs() -> None:
            list(threads.map(lambda _: json.loads(plain.post(PATH, data=FORM).content), names))

        taken = in_turns({"map": ours, "httpx": theirs}, ROUNDS)
    yield Row("map, ten at once: calls a second / httpx in ten threads and json.loads", taken.ratio("httpx", "map"))


async def at_once(server: Server) -> list[Row]:
    """From one event loop."""

    def ours(count: int) -> Callable[[], Awaitable[float]]:
        async def run() -> float:
            async with AsyncSPEClient(**server.login, max_connections=count) as spe:
                archive = spe.instance("test01")
                return await _per_second(lambda: archive.get_user_info("alice"), count)

        return run

    async def over_aiohttp() -> float:
        context = ssl.create_default_context(cafile=server.ca_file)
        transport = AiohttpTransport(verify=context, limits=httpx.Limits(max_connections=200))
        login = {"username": "admin", "password": "admin", "max_connections": 200}
        async with httpx.AsyncClient(transport=transport) as given, AsyncSPEClient(server.url, http_client=given, **login) as spe:
            archive = spe.instance("test01")
            return await _per_second(lambda: archive.get_user_info("alice"), 200)

    async def theirs() -> float:
        async with _async_httpx(server, 200) as plain:
            return await _per_second(lambda: plain.post(PATH, data=FORM), 200)

    async def transports() -> float:
        context, plain = _context(server), _async_httpx(server, 1)
        prepared = plain.build_request("POST", PATH, data=FORM, headers=LOGIN)
        idle = [httpx.AsyncHTTPTransport(context, trust_env=False) for _ in range(200)]

        async def call() -> None:
            transport = idle.pop()
            await (await transport.handle_async_request(prepared)).aread()
            idle.append(transport)

        try:
            return await _per_second(call, 200)
        finally:
            for transport in idle:
                await transport.aclose()

    before = peak_memory()
    await ours(1000)()
    memory = peak_memory() - before
    acts = {
        "10": ours(10),
        "200": ours(200),
        "1000": ours(1000),
        "aiohttp": over_aiohttp,
        "transports": transports,
        "httpx": theirs,
    }
    taken: Rounds = await in_turns_async(acts, number_of_rounds(3))
    return [
        Row(
            "200 at once: calls a second / those of httpx.AsyncClient",
            taken.ratio("200", "httpx"),
            at_least=45,
            note="both with a connection for each",
        ),
        Row("200 at once, httpx's transports alone: the same", taken.ratio("transports", "httpx"), note="the ceiling for them"),
        Row("1,000 at once: calls a second / those of 10 at once", taken.ratio("1000", "10"), at_least=0.75),
        Row("200 at once over httpx-aiohttp / over the SDK's own transport, calls a second", taken.ratio("aiohttp", "200")),
        Row("1,000 at once: memory for their connections", memory, "MB", at_most=100),
        *(Row(f"{int(count):,} at once", taken.seconds(count), "calls/s") for count in ("10", "200", "1000")),
        Row("httpx.AsyncClient, 200 at once", taken.seconds("httpx"), "calls/s"),
    ]


async def _per_second(call: Callable[[], Awaitable[object]], count: int) -> float:
    """Calls a second with so many at once, once each has a connection."""
    done = 0
    began = end = float("inf")

    async def work() -> None:
        nonlocal done
        await call()
        ready.release()
        await start.wait()
        while time.perf_counter() < end:
            await call()
            done += 1

    ready, start = asyncio.Semaphore(0), asyncio.Event()
    async with asyncio.TaskGroup() as workers:
        for _ in range(count):
            workers.create_task(work())
        for _ in range(count):
            await ready.acquire()
        began = time.perf_counter()
        end = began + SECONDS
        start.set()
    return done / (time.perf_counter() - began)


def _httpx(server: Server) -> httpx.Client:
    return httpx.Client(base_url=server.url, auth=("admin", "admin"), timeout=60, verify=_context(server))


def _async_httpx(server: Server, count: int) -> httpx.AsyncClient:
    limits = httpx.Limits(max_connections=count, max_keepalive_connections=count)
    return httpx.AsyncClient(base_url=server.url, auth=("admin", "admin"), timeout=600, verify=_context(server), limits=limits)


def _context(server: Server) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=server.ca_file)
