"""Requests and replies of the wrapper's calls, over the runtime's protocol. No input or output happens here."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeAlias, cast

from mailstore_sdk.compat.errors import MailStoreNoTokenError
from mailstore_sdk.runtime._protocol.actions import Operation, Reply, Sleep
from mailstore_sdk.runtime._protocol.form import Call, encode_form, kind_of, safe_arguments, secrets_of
from mailstore_sdk.runtime._protocol.operations import GET_METADATA, Operations
from mailstore_sdk.runtime._protocol.outcomes import format_error
from mailstore_sdk.runtime._protocol.polling import CANCEL_ASYNC, UNHELD_POLL_PAUSE, BaseJob
from mailstore_sdk.runtime._protocol.replies import BOM
from mailstore_sdk.runtime._protocol.replies import Envelope as Status
from mailstore_sdk.runtime.function import Argument, Effect, Function

Envelope: TypeAlias = dict[str, Any]

NO_PRIVILEGE = "none"

UNKNOWN: Function[object] = Function("Job", Effect.MUTATING, result=lambda: object)
"""The function of a job that another client has started."""

NO_CALL = Call(UNKNOWN, "", b"", {})
"""The call that started such a job, of which nothing is known."""


def call_of(function: Function[object], values: Mapping[str, object]) -> Call:
    """A call with its arguments as the wrappers accept them.

    A string is sent as it is, whatever the argument is, but for ``True`` and ``False``; 0, False and "" are sent; None is not,
    and the server reports what is missing then. Where privileges are needed, none at all are sent as ``none``.
    """
    values = {**values, **{argument.name: _as_sent(argument, values.get(argument.name)) for argument in function.arguments}}
    arguments = tuple(_as_given(argument, values.get(argument.name)) for argument in function.arguments)
    form = encode_form(replace(function, arguments=arguments), values)
    parsed = {argument.name: _parsed(argument, values.get(argument.name)) for argument in function.arguments}
    return Call(function, f"/api/invoke/{function.name}", form, safe_arguments(function, values), secrets_of(function, parsed))


def invoke(protocol: Operations, call: Call) -> Operation[Envelope]:
    """Call a function once; its first reply, whatever that says."""
    return _envelope(protocol, call, (yield from protocol.exchange(call)))


def job_of(protocol: Operations, call: Call | None, values: Mapping[str, object]) -> BaseJob[object]:
    """The job of a reply, and the call that started it; None if some other client did.

    Raises:
        MailStoreNoTokenError: The reply has no token.
    """
    return BaseJob(protocol, call or NO_CALL, Status(token=token_of(values), statusCode="running"))


def poll(protocol: Operations, job: BaseJob[object], version: object, milliseconds: int, deadline: float | None) -> Operation[Envelope]:
    """Ask for a job's status, which the server holds back until there is news, at most this long; again until the deadline is over."""
    asked, wait = time.monotonic(), milliseconds / 1000
    known = version if isinstance(version, int) else 0

    def read(reply: Reply) -> Operation[Envelope]:
        yield from ()
        return _envelope(protocol, job._call, reply)

    status = yield from job._ask(read, known, wait, deadline)
    is_unchanged = status.get("statusCode") == "running" and status.get("statusVersion") == version
    if is_unchanged and time.monotonic() - asked < wait / 2:
        with job._named_in_errors():
            yield Sleep(UNHELD_POLL_PAUSE)
    return status


def cancel(protocol: Operations, job: BaseJob[object]) -> Operation[Envelope]:
    """Ask the server to stop a job."""
    with job._named_in_errors():
        call = Call.low_level(CANCEL_ASYNC, {"token": job._server_token})
        return _envelope(protocol, call, (yield from protocol.exchange(call)))


def low_level(protocol: Operations, name: str, values: Mapping[str, object]) -> Operation[Any]:
    """Call one of the functions next to ``/api/invoke/``, such as get-status; its reply, whatever that is."""
    arguments = tuple(_as_given(Argument(key, "string"), value) for key, value in values.items())
    function: Function[object] = Function(name, Effect.READ, result=lambda: object, arguments=arguments)
    call = Call.low_level(function, values)
    seconds = protocol.options.timeout + float(str(values.get("millisecondsTimeout") or 0)) / 1000
    return _json(protocol, call, (yield from protocol.exchange(call, seconds)))


def get_metadata(protocol: Operations) -> Operation[list[dict[str, Any]]]:
    """The server's own list of its functions."""
    call = Call.low_level(GET_METADATA, {})
    reply = yield from protocol.exchange(call)
    content = _json(protocol, call, reply)
    if isinstance(content, dict):
        content = cast("Envelope", content).get("result")
    if not isinstance(content, list) or not all(isinstance(entry, dict) for entry in cast("list[object]", content)):
        raise format_error(call, "it is not a list of functions", reply.body, protocol.mask(call))
    return cast("list[dict[str, Any]]", content)


def log_of(values: Mapping[str, object]) -> str:
    """The log lines of a status."""
    text = values.get("logOutput")
    return text if isinstance(text, str) else ""


def status_of(values: object) -> Mapping[str, object]:
    """Check that a script passed a status.

    Raises:
        MailStoreNoTokenError: It is something else, such as the result in it.
    """
    if not isinstance(values, Mapping):
        found = type(values).__name__
        raise MailStoreNoTokenError(f"there is no token to follow: expected what a long-running call returned, a dict, found {found}")
    return cast("Mapping[str, object]", values)


def has_token(values: Mapping[str, object]) -> bool:
    """Whether a reply belongs to a job that can be followed."""
    return values.get("token") is not None


def token_of(values: Mapping[str, object]) -> str:
    """The token of a reply.

    Raises:
        MailStoreNoTokenError: It has none.
    """
    if not has_token(values):
        raise MailStoreNoTokenError(
            f"there is no token to follow: expected what a long-running call returned, found statusCode {values.get('statusCode')!r:.40}"
        )
    return str(values["token"])


def _as_sent(argument: Argument, value: object) -> object:
    if argument.kind == "boolean" and isinstance(value, int):
        return bool(value)
    if argument.kind == "boolean" and isinstance(value, str) and value.lower() in ("true", "false"):
        return value.lower()
    if argument.kind == "list" and argument.required and not value and argument.enum and NO_PRIVILEGE in list(argument.enum()):
        return NO_PRIVILEGE
    return value


def _as_given(argument: Argument, value: object) -> Argument:
    kind = kind_of(value)
    if kind is None or (kind == "list" and argument.kind == "json"):
        kind = argument.kind
    # JSON given as a string may contain passwords, so no error may show it.
    return Argument(argument.name, kind, secret=argument.secret or argument.kind == "json")


def _parsed(argument: Argument, value: object) -> object:
    """An argument of JSON that came as text, as the data that it is, for the secrets in it."""
    if argument.kind != "json" or not isinstance(value, str):
        return value
    try:
        parsed: object = json.loads(value)
    except (ValueError, RecursionError):
        return value
    return parsed


def _envelope(protocol: Operations, call: Call, reply: Reply) -> Envelope:
    content = _json(protocol, call, reply)
    if not isinstance(content, dict):
        raise format_error(call, "it is not an envelope", reply.body, protocol.mask(call))
    return cast("Envelope", content)


def _json(protocol: Operations, call: Call, reply: Reply) -> object:
    try:
        content: object = json.loads(reply.body.removeprefix(BOM))
    except (ValueError, RecursionError):
        raise format_error(call, "it is not JSON", reply.body, protocol.mask(call)) from None
    return content
