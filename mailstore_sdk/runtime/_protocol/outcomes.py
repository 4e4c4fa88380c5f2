"""Choose the error for a reply or failure, and whether the server acted. No input or output happens here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from http import HTTPStatus

from mailstore_sdk import errors
from mailstore_sdk.runtime._protocol.actions import Reply
from mailstore_sdk.runtime._protocol.form import Call
from mailstore_sdk.runtime._protocol.retries import retry_after

CHECK_FIRST = ". The server may have processed the request; check its state before you call again"

_STATUS_ERRORS: Mapping[int, tuple[type[errors.ReplyError], str]] = {
    401: (
        errors.AuthenticationError,
        "the server does not accept the user name or password. An administrator with two-factor login needs the API password",
    ),
    403: (errors.AccessDeniedError, "the user may not use the Management API"),
    404: (errors.FunctionNotFoundError, "the server does not have this function; its version may be older or newer than the SDK's"),
}


def transport_error(call: Call, failure: errors.TransportError, mask: Callable[[str], str]) -> errors.TransportError:
    """Return the error for a call without a complete reply; `mask` masks the secrets of call and login in a text."""
    context = call.context(failure.server_acted)
    advice = _advice(call, context)
    kind = errors.OutcomeUnknownError if advice else type(failure)
    return kind(f"{call.function.name}: {mask(failure.message)}{advice}", **context)


def status_error(call: Call, reply: Reply, mask: Callable[[str], str]) -> errors.ReplyError:
    """Return the error for a reply whose status is not 200."""
    kind, message = _STATUS_ERRORS.get(reply.status, (errors.ServerError, ""))
    body = excerpt(reply.body, mask)
    rejected = reply.status == HTTPStatus.LENGTH_REQUIRED  # 411 is sent before the request is processed
    context = call.context("no" if rejected else kind.server_acted)
    if not message:
        redirect = "; redirects are not followed" if HTTPStatus.MULTIPLE_CHOICES <= reply.status < HTTPStatus.BAD_REQUEST else ""
        message = f"the server replied with HTTP status {reply.status}{redirect}: {body!r:.200}{_advice(call, context)}"
    hint = call.function.hint if kind is errors.FunctionNotFoundError else ""
    return kind(f"{call.function.name}: {message}{hint}", status=reply.status, body=body, retry_after=retry_after(reply), **context)


def format_error(call: Call, problem: str, body: bytes, mask: Callable[[str], str]) -> errors.ReplyFormatError:
    """Return the error for a reply of status 200 that is not an envelope."""
    context = call.context(errors.ReplyFormatError.server_acted)
    question = "Is this the API's port (8474), or does something in between reply?"
    message = f"{call.function.name}: the reply is not from the Management API: {problem}{_advice(call, context)}. {question}"
    # Truncated JSON may be a result, and a result may be a new password.
    shown = "" if body.lstrip()[:1] in (b"{", b"[") else excerpt(body, mask)
    return errors.ReplyFormatError(message, body=shown, **context)


def excerpt(body: bytes, mask: Callable[[str], str]) -> str:
    """Return the beginning of a reply; secrets are masked before it is cut."""
    return mask(body.decode("utf-8", errors="replace"))[:500]


def _advice(call: Call, context: errors.ErrorContext) -> str:
    return CHECK_FIRST if context.get("server_acted") == "maybe" and not call.function.repeatable else ""
