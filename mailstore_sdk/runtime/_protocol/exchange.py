"""One request and its reply: sent, retried if safe, and read."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from http import HTTPStatus
from typing import Self

from mailstore_sdk import errors
from mailstore_sdk.runtime._options.options import CallOptions
from mailstore_sdk.runtime._protocol.actions import Compute, Exchange, Failure, Operation, Reply, Send, Sleep
from mailstore_sdk.runtime._protocol.form import Call, zone_of
from mailstore_sdk.runtime._protocol.outcomes import error_of, format_error
from mailstore_sdk.runtime._protocol.replies import Decoder, DriftError, Envelope, NotAnEnvelopeError
from mailstore_sdk.runtime._protocol.retries import backoff, may_retry
from mailstore_sdk.runtime._protocol.session import Auth
from mailstore_sdk.runtime.hooks import FailureEvent, RequestEvent, ResponseEvent, RetryEvent, notify
from mailstore_sdk.runtime.sanitize import mask_values

LARGE = 1_000_000
"""Bytes of a reply from which on reading it would hold up an event loop for more than some milliseconds."""

_logger = logging.getLogger("mailstore_sdk")


@dataclass(frozen=True, eq=False, kw_only=True)
class Exchanges:
    """Sends the requests of one client, and reads their replies."""

    auth: Auth
    options: CallOptions = field(default_factory=CallOptions)
    decoder: Decoder = field(default_factory=Decoder)
    record: Callable[[Exchange], object] | None = None

    def with_options(self, options: CallOptions) -> Self:
        """The same with other options."""
        return replace(self, options=options, decoder=replace(self.decoder, strict=options.strict))

    def exchange(self, call: Call, timeout: float) -> Operation[Reply]:
        """Send a request, again where the server certainly did not act or acting twice does no harm; return the reply of status 200.

        Raises:
            TransportError: No complete reply came.
            ReplyError: A reply of another status came.
        """
        attempt, doubt = 1, None
        while True:
            request = RequestEvent(call.function.name, call.arguments, attempt, timeout)
            try:
                return (yield from self.send_once(call, request))
            except errors.MailStoreError as error:
                problem, pause = error, self.pause_after(error, attempt)
                doubt = doubt if error.server_acted == "no" else error
            if attempt > self.options.retries or pause > self.options.max_backoff or not may_retry(call.function, problem):
                raise doubt or problem  # A retry that was not sent says nothing about the attempts before.
            yield from self.wait_to_retry(request, problem, pause)
            attempt += 1

    def send_once(self, call: Call, request: RequestEvent) -> Operation[Reply]:
        """Send a request once and return its reply of status 200. The hooks see exactly one end of it."""
        hooks = self.options.hooks
        if hooks.on_request:
            hooks.on_request(request)
        began = time.monotonic()
        try:
            outcome = yield from self.auth.exchange(Send(call.path, call.form, request.timeout))
        except BaseException as error:
            notify(hooks.on_failure, FailureEvent(request, type(error).__name__, time.monotonic() - began))
            raise
        seconds = time.monotonic() - began
        if isinstance(outcome, Failure):
            shown = outcome.error.__name__
            notify(hooks.on_failure, FailureEvent(request, self.mask(call)(outcome.message), seconds))
        else:
            shown = f"HTTP {outcome.status}, {len(outcome.body)} bytes"
            notify(hooks.on_response, ResponseEvent(request, outcome.status, len(outcome.body), seconds))
            notify(self.record, Exchange(outcome, seconds))
        _logger.debug("%s: POST %s, %s, %.1f ms", call.function.name, call.path, shown, seconds * 1000)
        if isinstance(outcome, Reply) and outcome.status == HTTPStatus.OK:
            return outcome
        raise error_of(call, outcome, self.mask(call))

    def pause_after(self, error: errors.MailStoreError, attempt: int) -> float:
        """Seconds before the next attempt: by backoff, or what the server asks for if that is longer."""
        asked_for = error.retry_after if isinstance(error, errors.ReplyError) else None
        return max(asked_for or 0.0, backoff(self.options.backoff, self.options.max_backoff, attempt))

    def wait_to_retry(self, request: RequestEvent, error: errors.MailStoreError, pause: float) -> Operation[None]:
        """Report a retry to log and hooks, and wait."""
        _logger.info("%s. Trying again in %.1f s (attempt %d)", error, pause, request.attempt + 1)
        notify(self.options.hooks.on_retry, RetryEvent(request, error.message, pause))
        yield Sleep(pause)

    def read(self, call: Call, reply: Reply) -> Operation[Envelope]:
        """Read a reply to a call, the secrets of the call masked in the server's texts.

        Raises:
            ReplyFormatError: It is not an envelope.
            ResultSchemaError: The result does not fit, and the client is strict.
        """
        decode = partial(self.decoder.read, call.function, reply.body, zone_of(call.arguments))
        try:
            envelope: Envelope = (yield Compute(decode)) if len(reply.body) > LARGE else decode()
        except NotAnEnvelopeError as problem:
            raise format_error(call, problem, reply.body, self.mask(call)) from None
        except DriftError as problem:
            message = f"{call.function.name}: the result does not fit its schema: {problem}"
            raise errors.ResultSchemaError(message, result=problem.result, **call.context("yes")) from None
        return envelope.masked(self.mask(call))

    def mask(self, call: Call) -> Callable[[str], str]:
        """What masks the secrets that were sent with a call, wherever a server echoes them."""
        return partial(mask_values, secrets=(*call.secrets, *self.auth.secrets))
