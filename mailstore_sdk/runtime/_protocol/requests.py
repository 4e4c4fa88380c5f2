"""One request of a client, without input and output: its login, retries, log and hooks, and its reply."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from weakref import WeakSet

from mailstore_sdk import errors
from mailstore_sdk.runtime._options.options import CallOptions
from mailstore_sdk.runtime._protocol.actions import Compute, Exchange, Operation, Reply, Send, Sleep
from mailstore_sdk.runtime._protocol.forks import reset_for_each_process
from mailstore_sdk.runtime._protocol.form import Call, zone_of
from mailstore_sdk.runtime._protocol.outcomes import format_error, status_error, transport_error
from mailstore_sdk.runtime._protocol.replies import Decoder, Envelope
from mailstore_sdk.runtime._protocol.retries import may_retry, pause_after
from mailstore_sdk.runtime._protocol.session import Auth
from mailstore_sdk.runtime.hooks import FailureEvent, RequestEvent, ResponseEvent, RetryEvent, notify
from mailstore_sdk.runtime.sanitize import mask_values

_logger = logging.getLogger("mailstore_sdk")
_POSTED = "%s: POST %s, %s, %.1f ms"

LARGE = 1_000_000
"""Size of a reply in bytes above which decoding it would block an event loop for more than some milliseconds."""


class PollShare:
    """The jobs that are being polled, so that the server holds each poll only for its share of the connections.

    A job that an interrupt leaves in the set is counted until its next poll or its end, and not for ever.
    """

    def __init__(self, connections: int = 100) -> None:
        self._connections = connections
        reset_for_each_process(self)

    def _reset(self) -> None:
        """Count no polls of the parent process."""
        self.jobs = WeakSet[object]()  # its length needs no lock, even in threads

    @property
    def share(self) -> float:
        """1 if every poll has a connection, less if they take turns."""
        return min(1.0, self._connections / max(1, len(self.jobs)))


@dataclass(frozen=True, eq=False, kw_only=True)
class Requests:
    """The requests of one client."""

    auth: Auth
    options: CallOptions = field(default_factory=CallOptions)
    decoder: Decoder = field(default_factory=Decoder)
    polls: PollShare = field(default_factory=PollShare)
    record: Callable[[Exchange], object] | None = None

    def exchange(self, call: Call, timeout: float | None = None) -> Operation[Reply]:
        """Send a request, retry it if that is safe, and return the reply of status 200.

        Raises:
            TransportError: No complete reply came.
            ReplyError: A reply of another status came.
        """
        attempt, doubt = 1, None
        while True:
            request = RequestEvent(call.function.name, call.arguments, attempt, self.options.timeout if timeout is None else timeout)
            try:
                return (yield from self.send_once(call, request))
            except errors.MailStoreError as error:
                problem, pause = error, pause_after(error, self.options, attempt)
                doubt = doubt if error.server_acted == "no" else error
            if attempt > self.options.retries or pause > self.options.max_backoff or not may_retry(call.function, problem):
                raise doubt or problem  # A retry that was not sent says nothing about earlier attempts.
            yield from self.wait_to_retry(request, problem, pause)
            attempt += 1

    def send_once(self, call: Call, request: RequestEvent) -> Operation[Reply]:
        """Send a request once and return its reply of status 200. The hooks are called exactly once for its end."""
        hooks = self.options.hooks
        if hooks.on_request:
            hooks.on_request(request)
        began = time.monotonic()
        try:
            reply: Reply = yield self.auth.request(Send(call.path, call.form, request.timeout))
        except BaseException as error:
            seconds = time.monotonic() - began
            _logger.debug(_POSTED, call.function.name, call.path, type(error).__name__, seconds * 1000)
            if not isinstance(error, errors.TransportError):
                notify(hooks.on_failure, FailureEvent(request, type(error).__name__, seconds))
                raise
            notify(hooks.on_failure, FailureEvent(request, self.mask(call)(error.message), seconds))
            raise transport_error(call, error, self.mask(call)) from error.__cause__
        seconds = time.monotonic() - began
        _logger.debug(_POSTED, call.function.name, call.path, f"HTTP {reply.status}, {len(reply.body)} bytes", seconds * 1000)
        notify(hooks.on_response, ResponseEvent(request, reply.status, len(reply.body), seconds))
        notify(self.record, Exchange(reply, seconds))
        if reply.status == HTTPStatus.OK:
            return reply
        raise status_error(call, reply, self.mask(call))

    def wait_to_retry(self, request: RequestEvent, error: errors.MailStoreError, pause: float) -> Operation[None]:
        """Report a retry to log and hooks, then wait."""
        _logger.info("%s. Trying again in %.1f s (attempt %d)", error, pause, request.attempt + 1)
        notify(self.options.hooks.on_retry, RetryEvent(request, error.message, pause))
        yield Sleep(pause)

    def read(self, call: Call, reply: Reply) -> Operation[Envelope]:
        """Decode a reply to a call, with the secrets of the call masked in the server's texts.

        Raises:
            ReplyFormatError: The reply is not an envelope.
            ResultSchemaError: The result does not fit its schema, and the client is strict.
        """
        decode = partial(self.decoder.read, call.function, reply.body, zone_of(call.arguments), strict=self.options.strict)
        try:
            envelope: Envelope = (yield Compute(decode)) if len(reply.body) > LARGE else decode()
        except errors.ReplyFormatError as problem:
            raise format_error(call, problem.message, reply.body, self.mask(call)) from None
        except errors.ResultSchemaError as problem:
            message = f"{call.function.name}: the result does not fit its schema: {problem}"
            raise errors.ResultSchemaError(message, result=problem.result, **call.context("yes")) from None
        return envelope.masked(self.mask(call))

    def mask(self, call: Call) -> Callable[[str], str]:
        """Return a function that masks the secrets of a call, wherever a server echoes them."""
        return partial(mask_values, secrets=(*call.secrets, *self.auth.secrets))
