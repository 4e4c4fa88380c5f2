"""What the wrapper's calls send and take back, over the runtime's protocol. No input or output happens here."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import replace
from http import HTTPStatus
from typing import Any, NoReturn, TypeAlias, cast

from mailstore_sdk import errors
from mailstore_sdk.compat.errors import MailStoreNoTokenError
from mailstore_sdk.runtime._protocol.actions import Operation, Reply, Sleep
from mailstore_sdk.runtime._protocol.form import Call, encode_form, kind_of, safe_arguments
from mailstore_sdk.runtime._protocol.operations import CANCEL_ASYNC, GET_METADATA, GET_STATUS, UNHELD_POLL_PAUSE, Operations
from mailstore_sdk.runtime._protocol.replies import BOM, excerpt, raise_for_status
from mailstore_sdk.runtime.function import Argument, Function

Envelope: TypeAlias = dict[str, Any]


def call_of(function: Function[object], values: Mapping[str, object]) -> Call:
    """A call with its arguments as the wrappers take them.

    A text goes out as it is, whatever the argument is; 0, False and "" go out; None does not, and what is missing then is
    for the server to say.
    """
    arguments = tuple(_as_given(argument, values.get(argument.name)) for argument in function.arguments)
    form = encode_form(replace(function, arguments=arguments), values)
    return Call(function, f"/api/invoke/{function.name}", form, safe_arguments(function, values))


def invoke(protocol: Operations, call: Call) -> Operation[Envelope]:
    """Call a function once; its first reply, whatever that says."""
    return _envelope(call, (yield from protocol.exchange(call, protocol.options.timeout)))


def poll(protocol: Operations, values: Envelope, milliseconds: int) -> Operation[Envelope]:
    """Ask how work stands; the server holds the answer back until there is news, at most this long."""
    version = values.get("statusVersion")
    asked, wait = time.monotonic(), milliseconds / 1000
    known = version if isinstance(version, int) else 0
    form = {"token": token_of(values), "lastKnownStatusVersion": known, "millisecondsTimeout": milliseconds}
    call = Call.low_level(GET_STATUS, form)
    status = _about_work(call, (yield from protocol.exchange(call, protocol.options.timeout + wait)))
    is_unchanged = status.get("statusCode") == "running" and status.get("statusVersion") == version
    if is_unchanged and time.monotonic() - asked < wait / 2:
        yield Sleep(UNHELD_POLL_PAUSE)
    return status


def cancel(protocol: Operations, values: Envelope) -> Operation[Envelope]:
    """Ask the server to stop work."""
    call = Call.low_level(CANCEL_ASYNC, {"token": token_of(values)})
    return _about_work(call, (yield from protocol.exchange(call, protocol.options.timeout)))


def get_metadata(protocol: Operations) -> Operation[list[dict[str, Any]]]:
    """The server's own list of its functions."""
    call = Call.low_level(GET_METADATA, {})
    content = _json(call, (yield from protocol.exchange(call, protocol.options.timeout)))
    if isinstance(content, dict):
        content = cast("Envelope", content).get("result")
    if not isinstance(content, list) or not all(isinstance(entry, dict) for entry in cast("list[object]", content)):
        _refuse(call, "is not a list of functions")
    return cast("list[dict[str, Any]]", content)


def log_of(values: Mapping[str, object]) -> str:
    """The log lines of a status."""
    text = values.get("logOutput")
    return text if isinstance(text, str) else ""


def has_token(values: Mapping[str, object]) -> bool:
    """Whether a reply is that of work that can be followed."""
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


def _as_given(argument: Argument, value: object) -> Argument:
    kind = kind_of(value)
    if kind is None or (kind == "list" and argument.kind == "json"):
        kind = argument.kind
    # JSON that comes as text may hold passwords, so no error may show it.
    return Argument(argument.name, kind, secret=argument.secret or argument.kind == "json")


def _about_work(call: Call, reply: Reply) -> Envelope:
    if reply.status == HTTPStatus.NOT_FOUND:
        raise errors.JobLostError(
            f"{call.function.name}: the token is not known to the server any more (it was restarted, or has forgotten finished work)",
            function=call.function.name,
        )
    return _envelope(call, reply)


def _envelope(call: Call, reply: Reply) -> Envelope:
    content = _json(call, reply)
    if not isinstance(content, dict):
        _refuse(call, "is not an envelope")
    return cast("Envelope", content)


def _json(call: Call, reply: Reply) -> object:
    if reply.status != HTTPStatus.OK:
        raise_for_status(call, reply)
    try:
        content: object = json.loads(reply.body.removeprefix(BOM))
    except (ValueError, RecursionError):
        _refuse(call, "is not JSON", excerpt(reply.body))
    return content


def _refuse(call: Call, what: str, body: str = "") -> NoReturn:
    raise errors.ReplyFormatError(
        f"{call.function.name}: the reply {what}. Is this the API's port, and nothing between that answers instead?",
        body=body,
        function=call.function.name,
        arguments=call.arguments,
    )
