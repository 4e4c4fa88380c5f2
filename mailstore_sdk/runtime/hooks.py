"""What a program can see of its calls while they happen: one event for each attempt, and one for each change of a job."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple, TypeVar

if TYPE_CHECKING:
    from mailstore_sdk.runtime._protocol.job_status import JobStatus

_logger = logging.getLogger("mailstore_sdk")

E = TypeVar("E")


class RequestEvent(NamedTuple):
    """A request that is about to be sent; the login that the session protocol may need first is part of it.

    Attributes:
        function: Wire name; ``get-status`` for a question about long-running work.
        arguments: The call's arguments, secrets masked.
        attempt: 1 for the first attempt, more for retries.
        timeout: Seconds that it may take.
    """

    function: str
    arguments: Mapping[str, object]
    attempt: int
    timeout: float


class ResponseEvent(NamedTuple):
    """A whole reply that came, of any HTTP status; a call that failed in the server's words is one, too.

    Attributes:
        request: What it answers.
        http_status: 200 for everything that the API itself says.
        size: Bytes of the body.
        seconds: From sending to the last byte.
    """

    request: RequestEvent
    http_status: int
    size: int
    seconds: float


class FailureEvent(NamedTuple):
    """A request that ended without a complete reply.

    Attributes:
        request: The attempt.
        reason: Why.
        seconds: From sending to its end.
    """

    request: RequestEvent
    reason: str
    seconds: float


class RetryEvent(NamedTuple):
    """A request that will be retried.

    Attributes:
        request: The attempt that brought nothing.
        reason: Why, in words.
        pause: Seconds until the next attempt.
    """

    request: RequestEvent
    reason: str
    pause: float


class StatusEvent(NamedTuple):
    """A change of long-running work that some call of this client has seen.

    Attributes:
        function: Wire name of the function that started it.
        token: What `SPEClient.resume` takes.
        status: The change.
    """

    function: str
    token: str
    status: JobStatus


class Hooks(NamedTuple):
    """Functions of yours that are called as things happen, in the thread or on the event loop of the call.

    Keep them short, as the call waits for them. `on_request` may refuse a request by raising, which goes through to the
    caller; what the others raise is logged and goes no further, since the server has acted already.

    Attributes:
        on_request: Before each attempt.
        on_response: After each whole reply.
        on_retry: Before the pause that comes before another attempt.
        on_status: At each change of long-running work.
    """

    on_request: Callable[[RequestEvent], object] | None = None
    on_response: Callable[[ResponseEvent], object] | None = None
    on_retry: Callable[[RetryEvent], object] | None = None
    on_status: Callable[[StatusEvent], object] | None = None
    on_failure: Callable[[FailureEvent], object] | None = None


def notify(hook: Callable[[E], object] | None, event: E) -> None:
    """Call a hook, if there is one; what it raises is logged."""
    if hook is None:
        return
    try:
        hook(event)
    except Exception:
        _logger.exception("the hook %r failed", hook)
