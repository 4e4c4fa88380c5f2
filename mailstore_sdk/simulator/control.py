"""The control port on this machine's loopback: a page for people, and plain HTTP with JSON for programs in any language.

| call | does |
|---|---|
| ``GET /`` | is the page |
| ``GET /overview`` | returns what the page shows: instances, work, faults, messages |
| ``GET /state``, ``PUT /state`` | returns the state, including passwords; replaces it |
| ``POST /reset`` | restores the initial state |
| ``GET /clock``, ``PUT /clock`` | returns how new work advances; ``{"clock": "polls:3"}`` sets it |
| ``POST /advance`` | advances all work by one step, or ``{"steps": 3}``; returns how much is still running |
| ``GET /calls`` | returns the requests so far, without secrets; ``?after=7`` those after number 7 |
| ``GET /faults`` | returns the pending faults |
| ``POST /faults`` | adds a fault: the arguments of `Faults.add` by name; returns its number |
| ``DELETE /faults``, ``DELETE /faults/7`` | removes all faults, or this one |
| ``GET /functions`` | returns the names of the functions |
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import asdict
from http import HTTPStatus
from importlib import resources
from typing import Any, cast
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from mailstore_sdk.simulator.overview import get_faults, overview
from mailstore_sdk.simulator.state import snapshot
from mailstore_sdk.simulator.world import World

MAX_STATE = 64 * 2**20
"""Largest state in bytes; the state of ``--size 100`` has 48 MB."""

_MAX_OPTIONS = 2**16
_HOSTS = ("localhost", "127.0.0.1", "::1")
_PAGE = {"/": "text/html", "/page.css": "text/css", "/page.js": "text/javascript"}
_PAGE_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}
_Endpoint = Callable[[Request], Awaitable[Response]]


def control(world: World) -> Starlette:
    """Create the ASGI application that controls this world. It must run on the world's event loop."""
    steers = _Control(world)
    routes = {
        ("GET", "/overview"): steers.get_overview,
        ("GET", "/state"): steers.get_state,
        ("PUT", "/state"): steers.replace_state,
        ("POST", "/reset"): steers.reset,
        ("GET", "/clock"): steers.get_clock,
        ("PUT", "/clock"): steers.set_clock,
        ("POST", "/advance"): steers.advance,
        ("GET", "/calls"): steers.get_calls,
        ("GET", "/faults"): steers.get_faults,
        ("POST", "/faults"): steers.add_fault,
        ("DELETE", "/faults"): steers.clear_faults,
        ("DELETE", "/faults/{number:int}"): steers.remove_fault,
        ("GET", "/functions"): steers.get_functions,
        **{("GET", path): _page for path in _PAGE},
    }
    return Starlette(routes=[Route(path, _checked(endpoint), methods=[method]) for (method, path), endpoint in routes.items()])


def _checked(endpoint: _Endpoint) -> _Endpoint:
    """Reject requests that a foreign web page can make a browser send, and explain invalid ones."""

    async def serve(request: Request) -> Response:
        try:
            if _is_foreign(request):
                return PlainTextResponse("This is for localhost only.", HTTPStatus.FORBIDDEN)
            return await endpoint(request)
        except ClientDisconnect:
            return _nothing()  # the connection is closed
        except RecursionError:
            return PlainTextResponse("the JSON is nested too deeply", HTTPStatus.BAD_REQUEST)
        except (ValueError, TypeError) as error:
            return PlainTextResponse(str(error), HTTPStatus.BAD_REQUEST)

    return serve


def _is_foreign(request: Request) -> bool:
    """Return whether the request was sent to another host name, or by a page of another server."""
    # The framework's own URL names this machine if the header is invalid.
    host, origin = request.headers.get("host", ""), request.headers.get("origin")
    return urlsplit(f"//{host}").hostname not in _HOSTS or (origin is not None and urlsplit(origin).netloc != host)


async def _page(request: Request) -> Response:
    name = "index.html" if request.url.path == "/" else request.url.path[1:]
    text = (resources.files("mailstore_sdk.simulator") / "page" / name).read_bytes()
    return Response(text, headers=_PAGE_HEADERS, media_type=_PAGE[request.url.path])


class _Control:
    def __init__(self, world: World) -> None:
        self._world = world

    async def get_overview(self, request: Request) -> Response:
        del request
        return JSONResponse(overview(self._world))

    async def get_state(self, request: Request) -> Response:
        del request
        return Response(snapshot.dump(self._world.estate), media_type="application/json")

    async def replace_state(self, request: Request) -> Response:
        self._world.replace(snapshot.load(await _body(request, MAX_STATE)))
        return _nothing()

    async def reset(self, request: Request) -> Response:
        del request
        self._world.reset()
        return _nothing()

    async def get_clock(self, request: Request) -> Response:
        del request
        return JSONResponse({"clock": str(self._world.tasks.clock)})

    async def set_clock(self, request: Request) -> Response:
        options = await _options(request, "clock")
        if "clock" not in options:
            raise ValueError('expected a clock, such as {"clock": "polls:3"}')
        self._world.set_clock(str(options["clock"]))
        return _nothing()

    async def advance(self, request: Request) -> Response:
        steps = (await _options(request, "steps")).get("steps", 1)
        if not isinstance(steps, int) or isinstance(steps, bool) or steps < 1:
            raise ValueError("steps: expected a number from 1 on")
        return JSONResponse({"running": self._world.advance(steps)})

    async def get_calls(self, request: Request) -> Response:
        _check_names(request.query_params, "after")
        after = request.query_params.get("after", "0")
        if not after.isdecimal():
            raise ValueError(f"after cannot be {after!r:.80}: expected the number of a call")
        return JSONResponse([asdict(call) for call in self._world.calls if call.number > int(after)])

    async def get_faults(self, request: Request) -> Response:
        del request
        return JSONResponse(get_faults(self._world))

    async def add_fault(self, request: Request) -> Response:
        return JSONResponse({"number": self._world.faults.add_described(await _options(request))})

    async def clear_faults(self, request: Request) -> Response:
        del request
        self._world.faults.clear()
        return _nothing()

    async def remove_fault(self, request: Request) -> Response:
        number: int = request.path_params["number"]
        if not self._world.faults.remove(number):
            return PlainTextResponse(f"there is no fault {number}", HTTPStatus.NOT_FOUND)
        return _nothing()

    async def get_functions(self, request: Request) -> Response:
        del request
        return JSONResponse([*self._world.functions])


async def _options(request: Request, *names: str) -> dict[str, Any]:
    """Read a JSON object; if names are given, with no others."""
    body = await _body(request, _MAX_OPTIONS)
    options: Any = json.loads(body) if body else {}
    if not isinstance(options, dict):
        raise TypeError("expected a JSON object")
    if names:
        _check_names(cast("dict[str, Any]", options), *names)
    return cast("dict[str, Any]", options)


def _check_names(given: Iterable[str], *names: str) -> None:
    for name in given:
        if name not in names:
            raise ValueError(f"there is no {name!r:.80}: expected {', '.join(names)}")


async def _body(request: Request, most: int) -> bytes:
    """Read the whole body; a larger one is rejected as soon as its size is known."""
    body = bytearray()
    if int(request.headers.get("content-length", "0")) > most:
        raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    return bytes(body)


def _nothing() -> Response:
    return Response(status_code=HTTPStatus.NO_CONTENT)
