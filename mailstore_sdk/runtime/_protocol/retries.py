"""Decide whether to retry a request, and after which delay. Does no input or output."""

from __future__ import annotations

import random
import time
from email.utils import parsedate_to_datetime
from http import HTTPStatus

from mailstore_sdk import errors
from mailstore_sdk.runtime._options.options import CallOptions
from mailstore_sdk.runtime._protocol.actions import Reply
from mailstore_sdk.runtime.function import Function

_BUSY = (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.BAD_GATEWAY, HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.GATEWAY_TIMEOUT)


def may_retry(function: Function[object], error: errors.MailStoreError) -> bool:
    """Return whether a call may be retried: the server did not act, or acting twice does no harm."""
    if isinstance(error, errors.NotSentError):
        return not isinstance(error, errors.CertificateError)
    busy = isinstance(error, errors.ServerError) and error.status in _BUSY
    return function.repeatable and (busy or isinstance(error, errors.ReplyTimeoutError | errors.ReplyLostError))


def may_poll_again(error: errors.MailStoreError) -> bool:
    """Return whether a poll may succeed later. It changes nothing, so it is repeated while a server, a proxy or the network restarts."""
    if isinstance(error, errors.ServerError):
        return error.status >= HTTPStatus.INTERNAL_SERVER_ERROR or error.status in (HTTPStatus.REQUEST_TIMEOUT, *_BUSY)
    return isinstance(error, errors.TransportError | errors.ReplyFormatError) and not isinstance(error, errors.CertificateError)


def pause_after(error: errors.MailStoreError, options: CallOptions, attempt: int) -> float:
    """Return the seconds before the next attempt: the backoff, or the server's Retry-After if that is longer.

    The backoff is random between half of ``backoff`` and all of it, and doubled after each attempt up to ``max_backoff``.
    """
    backoff = options.backoff * 2.0 ** min(attempt - 1, 30) * random.uniform(0.5, 1.0)  # noqa: S311 - no secret
    return max(getattr(error, "retry_after", None) or 0.0, min(backoff, options.max_backoff))


def retry_after(reply: Reply) -> float | None:
    """Delay from Retry-After in seconds; None if absent or unparsable."""
    text = reply.headers.get("retry-after", "")
    if text.isascii() and text.isdecimal():
        return float(text)
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - time.time())
    except (ValueError, OverflowError):
        return None
