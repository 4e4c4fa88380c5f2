"""A door for tests that are not written in Python: plain HTTP on this machine's loopback, with JSON.

| call | does |
|---|---|
| ``GET /state``, ``PUT /state`` | tells the state, passwords included; replaces it |
| ``POST /reset`` | goes back to the start |
| ``POST /advance`` | lets all work take a step, or ``{"steps": 3}``; tells how much still runs |
| ``GET /calls`` | tells the requests so far, without secrets |
| ``POST /faults``, ``DELETE /faults`` | lets something go wrong: the arguments of `Faults.add` by name; or nothing more |
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from http import HTTPStatus
from typing import Any, cast

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from mailstore_sdk.simulator.state import snapshot
from mailstore_sdk.simulator.world import World

_HOSTS = ("localhost", "127.0.0.1", "::1")
_Endpoint = Callable[[Request], Awaitable[Response]]


def control(world: World) -> Starlette:
    """The application, which changes this world. It has to run on the world's event loop."""
    steers = _Control(world)
    routes = {
        ("GET", "/state"): steers.tell_state,
        ("PUT", "/state"): steers.replace_state,
        ("POST", "/reset"): steers.reset,
        ("POST", "/advance"): steers.advance,
        ("GET", "/calls"): steers.tell_calls,
        ("POST", "/faults"): steers.add_fault,
        ("DELETE", "/faults"): steers.clear_faults,
    }
    return Starlette(routes=[Route(path, _checked(endpoint), methods=[method]) for (method, path), endpoint in routes.items()])


def _checked(endpoint: _Endpoint) -> _Endpoint:
    """Refuse what was sent to another name, as a web page may make a browser do, and explain what cannot be read."""

    async def serve(request: Request) -> Response:
        if request.url.hostname not in _HOSTS:
            return PlainTextResponse("This is for localhost only.", HTTPStatus.FORBIDDEN)
        try:
            return await endpoint(request)
        except (ValueError, TypeError) as error:
            return PlainTextResponse(str(error), HTTPStatus.BAD_REQUEST)

    return serve


class _Control:
    def __init__(self, world: World) -> None:
        self._world = world

    async def tell_state(self, request: Request) -> Response:
        del request
        return Response(snapshot.dump(self._world.estate), media_type="application/json")

    async def replace_state(self, request: Request) -> Response:
        self._world.replace(snapshot.load(await request.body()))
        return _nothing()

    async def reset(self, request: Request) -> Response:
        del request
        self._world.reset()
        return _nothing()

    async def advance(self, request: Request) -> Response:
        steps = (await _options(request)).get("steps", 1)
        if not isinstance(steps, int) or steps < 1:
            raise ValueError("steps: expected a number from 1 on")
        return JSONResponse({"running": self._world.advance(steps)})

    async def tell_calls(self, request: Request) -> Response:
        del request
        return JSONResponse([asdict(call) for call in self._world.calls])

    async def add_fault(self, request: Request) -> Response:
        self._world.faults.add(**await _options(request))
        return _nothing()

    async def clear_faults(self, request: Request) -> Response:
        del request
        self._world.faults.clear()
        return _nothing()


async def _options(request: Request) -> dict[str, Any]:
    body = await request.body()
    options: Any = json.loads(body) if body else {}
    if not isinstance(options, dict):
        raise TypeError("expected a JSON object")
    return cast("dict[str, Any]", options)


def _nothing() -> Response:
    return Response(status_code=HTTPStatus.NO_CONTENT)
