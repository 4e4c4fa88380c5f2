"""Callbacks that observe calls: an event for each attempt, and one for each change of a job."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple, TypeVar

if TYPE_CHECKING:
    from mailstore_sdk.runtime._protocol.job_status import JobStatus

__all__ = ["FailureEvent", "Hooks", "RequestEvent", "ResponseEvent", "RetryEvent", "StatusEvent"]

_logger = logging.getLogger("mailstore_sdk")

E = TypeVar("E")


class RequestEvent(NamedTuple):
    """A request that is about to be sent, including a login of the session protocol if necessary.

    Attributes:
        function: Wire name; ``get-status`` for a poll of a job.
        arguments: The call's arguments, secrets masked.
        attempt: 1 for the first attempt, more for retries.
        timeout: Time limit in seconds.
    """

    function: str
    arguments: Mapping[str, object]
    attempt: int
    timeout: float


class ResponseEvent(NamedTuple):
    """A complete reply with any HTTP status, including one that reports that the function failed.

    Attributes:
        request: The request that it answers.
        http_status: HTTP status; the API itself always uses 200.
        size: Bytes of the body.
        seconds: Duration from sending to the last byte.
    """

    request: RequestEvent
    http_status: int
    size: int
    seconds: float


class FailureEvent(NamedTuple):
    """A request that ended without a complete reply.

    Attributes:
        request: The attempt.
        reason: Why it failed.
        seconds: Duration from sending to the failure.
    """

    request: RequestEvent
    reason: str
    seconds: float


class RetryEvent(NamedTuple):
    """A request that will be retried.

    Attributes:
        request: The failed attempt.
        reason: Why it is retried.
        pause: Seconds until the next attempt.
    """

    request: RequestEvent
    reason: str
    pause: float


class StatusEvent(NamedTuple):
    """A change of a job's status that a call of this client has received.

    Attributes:
        function: Wire name of the function that started it.
        token: The job's token, for `SPEClient.resume`.
        status: The new status.
    """

    function: str
    token: str
    status: JobStatus


class Hooks(NamedTuple):
    """Your functions to call on events, in the thread or event loop of the call. They are not async.

    Keep them short, as the call waits for them. `on_request` may reject a request by raising; the caller gets its
    exception. Exceptions of the others are only logged, since the server has already acted.

    Attributes:
        on_request: Before each attempt.
        on_response: After each whole reply.
        on_retry: Before the pause before a retry.
        on_status: At each change of a job's status.
    """

    on_request: Callable[[RequestEvent], object] | None = None
    on_response: Callable[[ResponseEvent], object] | None = None
    on_retry: Callable[[RetryEvent], object] | None = None
    on_status: Callable[[StatusEvent], object] | None = None
    on_failure: Callable[[FailureEvent], object] | None = None


def notify(hook: Callable[[E], object] | None, event: E) -> None:
    """Call a hook, if there is one; log its exceptions."""
    try:
        if hook is not None:
            hook(event)
    except Exception:
        _logger.exception("the hook %r failed", hook)
