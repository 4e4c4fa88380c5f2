"""The Management API as an ASGI application: authentication, routing and replies."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import re
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from http import HTTPStatus

from pydantic import JsonValue
from starlette.requests import ClientDisconnect, Request
from starlette.types import Receive, Scope, Send

from mailstore_sdk.simulator.arguments import Arguments, MalformedFormError, masked, parse_form, shortened, typed
from mailstore_sdk.simulator.catalogue import Endpoint, Function
from mailstore_sdk.simulator.dialects import Visit
from mailstore_sdk.simulator.errors import Refusal
from mailstore_sdk.simulator.faults import Fault
from mailstore_sdk.simulator.functions import invoke
from mailstore_sdk.simulator.functions.invocation import Invocation
from mailstore_sdk.simulator.replies import Envelope, Envelopes, HttpRefusalError, Reply, json_reply, text_reply, web_page
from mailstore_sdk.simulator.tasks import Plan, Task
from mailstore_sdk.simulator.world import Call, World

MAX_BODY = 10 * 2**20
"""Largest body in bytes; the limit of SPE is unknown."""

_log = logging.getLogger(__name__)
_ORIGIN = re.compile(r"\Ahttps?://[^/]*/?", re.IGNORECASE)
_PATH = re.compile(r"/api/(invoke/)?([^/]+)")
_Fields = list[tuple[str, str]]
_Target = Function | Endpoint

_READABLE = "get-metadata"
"""The endpoint that accepts GET too, since a client was seen to use it."""


class Application:
    """Answers requests from the state of a `World`."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._envelopes = Envelopes(world.catalogue.envelope_keys)
        self._endpoints: Mapping[str, Callable[[_Fields], Awaitable[JsonValue]]] = {
            "get-metadata": self._get_metadata,
            "get-status": self._get_status,
            "cancel-async": self._cancel_async,
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            return
        # The client is gone, or the server is stopping and has closed the connection: no one waits for a reply.
        with contextlib.suppress(ClientDisconnect, asyncio.CancelledError):
            await self._exchange(Request(scope, receive), send)

    async def _exchange(self, request: Request, send: Send) -> None:
        world = self._world
        call = world.came(shortened(self._name(request)))
        began = time.monotonic()
        fault: Fault | None = None
        try:
            _check_length(request)
            with world.dialect.admit(_path(request), request.headers) as visit:
                target, fields = await self._read(request, call)
                fault = world.faults.take(call.function, dict(fields))
                call.fault = fault.kind if fault else None
                reply = await self._reply(target, fields, visit, call, fault)
        except HttpRefusalError as refusal:
            reply = refusal.reply
        except ClientDisconnect:
            raise
        except Exception:  # noqa: BLE001 - whatever it is, no traceback goes over the wire
            _log.exception("%s failed in the simulator itself", call.function)
            reply = text_reply(HTTPStatus.INTERNAL_SERVER_ERROR)
        call.seconds = round(time.monotonic() - began, 4)
        await _deliver(reply, fault, request, send, call)

    def _name(self, request: Request) -> str:
        """Return what a request calls, by the name that the log and the faults use."""
        path = _path(request)
        match = _PATH.fullmatch(path)
        endpoint = self._world.dialect.endpoints.get(path)
        return endpoint.name if endpoint else match[2] if match else path

    async def _read(self, request: Request, call: Call) -> tuple[_Target, _Fields]:
        """Return the endpoint and the form of a request, after all checks that do not depend on the function."""
        target = self._target(request)
        if request.method == "GET" and target.name == _READABLE:
            return target, []
        if request.method != "POST":
            raise HttpRefusalError(text_reply(HTTPStatus.METHOD_NOT_ALLOWED, headers={"Allow": "POST"}))
        fields = await _form(request)
        call.arguments = masked(self._world.catalogue, target.args, fields)
        return target, fields

    def _target(self, request: Request) -> _Target:
        catalogue = self._world.catalogue
        path = _path(request)
        if path in self._world.dialect.endpoints:
            return self._world.dialect.endpoints[path]
        match = _PATH.fullmatch(path)
        known: Mapping[str, _Target] = catalogue.functions if match and match[1] else catalogue.endpoints
        target = known.get(match[2]) if match else None
        if target is None:
            raise HttpRefusalError(text_reply(HTTPStatus.NOT_FOUND))
        return target

    async def _reply(self, target: _Target, fields: _Fields, visit: Visit, call: Call, fault: Fault | None) -> Reply:
        """Execute the call, unless a fault prevents it, and make the reply."""
        kind = fault.kind if fault else None
        if fault and kind == "status":
            return text_reply(fault.status)
        if kind == "drop_before":
            return text_reply(HTTPStatus.OK)
        if kind == "expire_session":
            return visit.end()
        if fault and kind == "delay":
            await self._wait(fault.seconds)
        if kind == "lose_token":
            self._world.tasks.forget(dict(fields).get("token", ""))
        reply = await self._act(target, fields, visit, call, fault)
        if kind == "bad_json":
            return replace(reply, body=reply.body[: len(reply.body) // 2])
        return web_page(reply.headers) if kind == "not_json" else reply

    async def _wait(self, seconds: float) -> None:
        """Delay a call, and refuse it as soon as the state is replaced, since it belongs to the former one."""
        estate = self._world.estate
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._world.next_state()
        if self._world.estate is not estate:
            raise HttpRefusalError(text_reply(HTTPStatus.SERVICE_UNAVAILABLE))

    async def _act(self, target: _Target, fields: _Fields, visit: Visit, call: Call, fault: Fault | None) -> Reply:
        dialect = self._world.dialect
        failure = fault if fault and fault.kind == "fail" else None
        if target in dialect.endpoints.values():
            return text_reply(HTTPStatus.OK, f"-ERR {failure.message}") if failure else dialect.answer(target.name, dict(fields), visit)
        answer = await self._answer(target, fields, visit.caller, failure)
        if not isinstance(answer, dict):
            return json_reply(answer, bom=self._world.bom)
        call.status_code = _text(answer.get("statusCode"))
        if fault and fault.kind == "lose_token":
            self._world.tasks.forget(_text(answer.get("token")) or "")
        renewal = visit.renew()
        return json_reply({**renewal.keys, **answer}, renewal.headers, bom=self._world.bom)

    async def _answer(self, target: _Target, fields: _Fields, caller: str, failure: Fault | None) -> JsonValue:
        failed = self._envelopes.failed(Refusal(failure.message)) if failure else None
        if failure and not failure.percent:
            return failed
        try:
            if isinstance(target, Endpoint):
                answer = await self._endpoints[target.name](fields)
            else:
                answer = self._invoke(target, fields, caller, failure)
        except Refusal as refusal:
            return self._envelopes.failed(refusal)
        return answer if failed is None or _is_running(answer) else failed

    def _invoke(self, function: Function, fields: _Fields, caller: str, failure: Fault | None) -> Envelope:
        world = self._world
        arguments = typed(world.catalogue, function.args, fields)
        world.tasks.tick()
        answer = invoke(function, Invocation(world.catalogue, world.estate, arguments, caller, world.tasks))
        if not isinstance(answer, Plan):
            return self._envelopes.succeeded(answer)
        plan = answer.failing(failure.percent, Refusal(failure.message)) if failure else answer
        return self._envelopes.status(world.tasks.start(plan, *_described(function, masked(world.catalogue, function.args, fields))))

    async def _get_metadata(self, fields: _Fields) -> JsonValue:
        self._endpoint_arguments("get-metadata", fields)
        return self._world.catalogue.metadata()

    async def _get_status(self, fields: _Fields) -> JsonValue:
        form = dict(fields)
        if not {"lastKnownStatusVersion", "millisecondsTimeout"} <= form.keys():
            # The message of a .NET server that reads a missing number.
            raise Refusal("Nullable object must have a value.", "System.InvalidOperationException")
        arguments = self._endpoint_arguments("get-status", fields)
        task = self._task(arguments)
        known = arguments.integer("lastKnownStatusVersion")
        status = await self._world.tasks.poll(task, known, arguments.integer("millisecondsTimeout") / 1000)
        return self._envelopes.status(status, with_token=self._world.dialect.repeats_token(known, status.code))

    async def _cancel_async(self, fields: _Fields) -> JsonValue:
        self._world.tasks.cancel(self._task(self._endpoint_arguments("cancel-async", fields)))
        return self._envelopes.empty()

    def _endpoint_arguments(self, name: str, fields: _Fields) -> Arguments:
        return typed(self._world.catalogue, self._world.catalogue.endpoints[name].args, fields)

    def _task(self, arguments: Arguments) -> Task:
        task = self._world.tasks.find(arguments.text("token"))
        if task is None:
            raise HttpRefusalError(text_reply(HTTPStatus.NOT_FOUND))
        return task


def _path(request: Request) -> str:
    # Every HTTP server must also accept an absolute URL (RFC 9112, 3.2.2).
    path = _ORIGIN.sub("/", request.scope["path"])
    # A client of 2014 requests /api//get-status, and scripts in use /api/invoke/GetWorkerResults/: the server accepted both.
    return re.sub("/+", "/", path).removesuffix("/") or "/"


def _check_length(request: Request) -> None:
    if request.method == "POST" and "content-length" not in request.headers:
        raise HttpRefusalError(text_reply(HTTPStatus.LENGTH_REQUIRED))


async def _form(request: Request) -> _Fields:
    # The HTTP library has checked the header: it is a number, and the body is not longer.
    if int(request.headers["content-length"]) > MAX_BODY:
        raise HttpRefusalError(text_reply(HTTPStatus.REQUEST_ENTITY_TOO_LARGE))
    body = await request.body()
    try:
        return parse_form(request.headers.get("content-type", ""), body)
    except MalformedFormError as error:
        raise HttpRefusalError(text_reply(HTTPStatus.BAD_REQUEST, str(error))) from None


def _described(function: Function, arguments: Mapping[str, str]) -> tuple[str, str]:
    """Describe work for display: the function with its instance, and its other arguments except JSON."""
    where = next((arguments[name] for name in ("instanceID", "instanceFilter") if name in arguments), "")
    plain = [argument.name for argument in function.args if argument.type != "json" and not argument.name.startswith("instance")]
    return f"{function.name} {where}".rstrip(), ", ".join(f"{name} {arguments[name]}" for name in plain if name in arguments)


def _is_running(answer: JsonValue) -> bool:
    return isinstance(answer, dict) and answer.get("statusCode") == "running"


def _text(value: JsonValue) -> str | None:
    return value if isinstance(value, str) else None


async def _deliver(reply: Reply, fault: Fault | None, request: Request, send: Send, call: Call) -> None:
    kind = fault.kind if fault else None
    transport = request.state.transport
    if kind in ("drop_before", "drop_after"):
        transport.abort()
        await _until_closed(request)
        return
    call.status = int(reply.status)
    await send({"type": "http.response.start", "status": call.status, "headers": reply.raw_headers()})
    if kind != "cut_body":
        await send({"type": "http.response.body", "body": reply.body})
        return
    await send({"type": "http.response.body", "body": reply.body[: len(reply.body) // 2], "more_body": True})
    transport.close()
    await _until_closed(request)


async def _until_closed(request: Request) -> None:
    # If it returned earlier, the HTTP server would report an application that did not answer.
    while (await request.receive())["type"] != "http.disconnect":
        pass
