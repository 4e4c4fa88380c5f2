"""What a client does, as operations without input and output: call, start a job, log out; each request with its retries, log and hooks."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping, MutableMapping
from dataclasses import dataclass, field, replace
from functools import partial
from http import HTTPStatus
from typing import Any, Self, TypeVar

from pydantic import JsonValue

from mailstore_sdk import errors
from mailstore_sdk.runtime._options.options import CallOptions
from mailstore_sdk.runtime._protocol.actions import Compute, Exchange, Operation, Reply, Send, Sleep
from mailstore_sdk.runtime._protocol.form import Call, forget_secrets, safe_arguments, zone_of
from mailstore_sdk.runtime._protocol.job_status import JobToken
from mailstore_sdk.runtime._protocol.outcomes import format_error, status_error, transport_error
from mailstore_sdk.runtime._protocol.polling import BaseJob, PollShare
from mailstore_sdk.runtime._protocol.replies import Decoder, Envelope
from mailstore_sdk.runtime._protocol.retries import backoff, may_retry
from mailstore_sdk.runtime._protocol.server_features import ServerFeatures
from mailstore_sdk.runtime._protocol.session import Auth
from mailstore_sdk.runtime.function import Effect, Function
from mailstore_sdk.runtime.hooks import FailureEvent, RequestEvent, ResponseEvent, RetryEvent, notify
from mailstore_sdk.runtime.sanitize import mask_values

T = TypeVar("T")
J = TypeVar("J", bound=BaseJob[Any])

_logger = logging.getLogger("mailstore_sdk")
_POSTED = "%s: POST %s, %s, %.1f ms"

GET_METADATA: Function[JsonValue] = Function("get-metadata", Effect.READ, result=lambda: JsonValue)

LOG_OUT_TIMEOUT = 5.0
"""Seconds that logging out may take."""

LARGE = 1_000_000
"""Size of a reply in bytes above which decoding it would block an event loop for more than some milliseconds."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Operations:
    """The operations of one client."""

    auth: Auth
    options: CallOptions = field(default_factory=CallOptions)
    decoder: Decoder = field(default_factory=Decoder)
    server: ServerFeatures = field(default_factory=ServerFeatures)
    crowd: PollShare = field(default_factory=PollShare)
    record: Callable[[Exchange], object] | None = None

    def with_options(self, options: CallOptions) -> Self:
        """Return a copy with other options."""
        return replace(self, options=options, decoder=replace(self.decoder, strict=options.strict))

    def call(self, function: Function[T], values: MutableMapping[str, object]) -> Operation[T]:
        """Call a function and return its result, waiting if the server made it a job."""
        job = yield from self.start(function, values, BaseJob[T])
        yield from job._finish(self.options.job_deadline(None))
        result = job._result()
        self.server.observe(function.name, result)
        return result

    def start(
        self, function: Function[object], values: MutableMapping[str, object], kind: Callable[[Operations, Call, Envelope], J]
    ) -> Operation[J]:
        """Call a function and return its job, which may have ended already.

        Raises:
            NotSupportedError: The connected server is known to lack the function or one of the arguments.
        """
        try:
            if self.server.needs_function_list(function, values):
                yield from self._learn_functions(function, values)
            call = Call.of(function, values, self.server.arguments(function, values))
        finally:
            forget_secrets(function, values)
        reply = yield from self.exchange(call)
        envelope = yield from self.read(call, reply)
        if envelope.status_code == "running" and not envelope.token:
            raise errors.ReplyFormatError(f"{function.name} is running, but the server gave no token to follow it", **call.context("yes"))
        job = kind(self, call, envelope)
        if envelope.token:
            job._report()
        else:
            job._result()  # raises immediately if the function failed without becoming a job
        return job

    def resumed(self, token: str, functions: Mapping[str, Function[object]], result: object = None) -> tuple[Self, Call, Envelope]:
        """Return what is needed to follow a job that was started elsewhere; the result of an unknown function is JSON."""
        job = JobToken.parse(token)
        unknown: Function[object] = Function(job.function, Effect.MUTATING, result=lambda: JsonValue)
        function = functions.get(job.function, unknown)
        call = Call(function if result is None else replace(function, result=lambda: result), "", b"", {})
        # The first poll, with version 0, returns the whole log so far.
        return self, call, Envelope(token=job.token, statusVersion=0, statusCode="running")

    def get_metadata(self, function: Function[T]) -> Operation[T]:
        """Return the server's own list of its functions; it is bare or, according to notes about 26.1, in an envelope."""
        call = Call.low_level(function, {})
        reply = yield from self.exchange(call)
        functions = BaseJob[T](self, call, (yield from self.read(call, reply)))._result()
        self.server.learn_functions(functions)
        return functions

    def log_out(self) -> Operation[None]:
        """End the session, if there is one."""
        yield from self.auth.log_out(min(self.options.timeout, LOG_OUT_TIMEOUT))

    def _learn_functions(self, function: Function[object], values: Mapping[str, object]) -> Operation[None]:
        """Read the server's list of functions before a call that may need it; continue if the server has none."""
        try:
            yield from self.get_metadata(GET_METADATA)
        except (errors.AuthenticationError, errors.TransportError) as error:
            error.function, error.arguments = function.name, safe_arguments(function, values)
            raise
        except errors.ReplyError:
            self.server.learn_functions()

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
                problem, pause = error, self.pause_after(error, attempt)
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

    def pause_after(self, error: errors.MailStoreError, attempt: int) -> float:
        """Return the seconds before the next attempt: the backoff, or the server's Retry-After if that is longer."""
        asked_for = error.retry_after if isinstance(error, errors.ReplyError) else None
        return max(asked_for or 0.0, backoff(self.options.backoff, self.options.max_backoff, attempt))

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
        decode = partial(self.decoder.read, call.function, reply.body, zone_of(call.arguments))
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
