"""The errors for requests that brought no usable reply. No input or output happens here."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import NoReturn

from mailstore_sdk import errors
from mailstore_sdk.runtime._protocol.actions import Fault, Reply
from mailstore_sdk.runtime._protocol.retries import retry_after
from mailstore_sdk.runtime.function import Call

NOT_KNOWN = ". Whether the server has acted is not known: look at it before you call again"


def settled(call: Call, outcome: Reply | Fault) -> Reply:
    """The reply, whatever it says; the error where there is none."""
    if isinstance(outcome, Reply):
        return outcome
    function = call.function
    kind = outcome.kind.value
    message = f"{function.name}: {outcome.message}"
    if outcome.kind.sent and not function.repeatable:
        kind = errors.OutcomeUnknownError
        message += NOT_KNOWN
    raise kind(message, function=function.name, arguments=call.arguments)


def excerpt(body: bytes) -> str:
    """The beginning of a reply, for an error."""
    return body[:500].decode("utf-8", errors="replace")


_STATUS_ERRORS: Mapping[int, tuple[type[errors.ReplyError], str]] = {
    401: (
        errors.AuthenticationError,
        "the server does not accept the user name or password. An administrator with two-factor login needs the API password",
    ),
    403: (errors.AccessDeniedError, "the user may not use the Management API"),
    404: (errors.FunctionNotFoundError, "the server does not have this function; its version may be older or newer than the SDK's"),
}


def raise_for_status(call: Call, reply: Reply) -> NoReturn:
    """The error for a reply with another HTTP status than 200."""
    kind, message = _STATUS_ERRORS.get(reply.status) or (errors.ServerError, _unusual(call, reply))
    raise kind(
        f"{call.function.name}: {message}",
        status=reply.status,
        body=excerpt(reply.body),
        retry_after=retry_after(reply),
        function=call.function.name,
        arguments=call.arguments,
    )


def _unusual(call: Call, reply: Reply) -> str:
    redirect = "; redirects are not followed" if HTTPStatus.MULTIPLE_CHOICES <= reply.status < HTTPStatus.BAD_REQUEST else ""
    unknown = NOT_KNOWN if reply.status >= HTTPStatus.INTERNAL_SERVER_ERROR and not call.function.repeatable else ""
    return f"the server answered with HTTP status {reply.status}{redirect}: {excerpt(reply.body)!r:.200}{unknown}"
