"""Whether a request is sent again, and after which pause. No input or output happens here."""

from __future__ import annotations

import random
import time
from email.utils import parsedate_to_datetime
from http import HTTPStatus

from mailstore_sdk import errors
from mailstore_sdk.runtime._protocol.actions import Failure, Reply
from mailstore_sdk.runtime.function import Function

_BUSY = (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.BAD_GATEWAY, HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.GATEWAY_TIMEOUT)


def may_repeat(function: Function[object], outcome: Reply | Failure) -> bool:
    """Whether a request may be sent again after this."""
    if isinstance(outcome, Reply):
        return outcome.status in _BUSY and function.repeatable
    return not issubclass(outcome.error, errors.CertificateError) and (not outcome.sent or function.repeatable)


def reason_of(outcome: Reply | Failure) -> str:
    """Why an attempt brought nothing, in words."""
    return f"HTTP status {outcome.status}" if isinstance(outcome, Reply) else outcome.message


def backoff(first: float, attempt: int) -> float:
    """Seconds before the next try: half of `first` to all of it, then twice as much, ... so that many clients do not come back at once."""
    return first * 2.0 ** (attempt - 1) * random.uniform(0.5, 1.0)  # noqa: S311 - no secret


def retry_after(outcome: Reply | Failure) -> float | None:
    """Seconds that the server asks to be left alone; None where it does not, or in a form that is none."""
    text = outcome.headers.get("retry-after", "") if isinstance(outcome, Reply) else ""
    if text.isascii() and text.isdecimal():
        return float(text)
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - time.time())
    except (ValueError, OverflowError):
        return None
