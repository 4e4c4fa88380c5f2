"""What a client does, as operations without input and output: call, start, poll, cancel, log out."""

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
from mailstore_sdk.runtime._protocol.forks import forget_after_fork
from mailstore_sdk.runtime._protocol.form import Call, forget_secrets, safe_arguments, zone_of
from mailstore_sdk.runtime._protocol.job_status import JobRecord, JobToken
from mailstore_sdk.runtime._protocol.outcomes import format_error, status_error, transport_error
from mailstore_sdk.runtime._protocol.replies import Decoder, Envelope
from mailstore_sdk.runtime._protocol.retries import backoff, may_poll_again, may_retry
from mailstore_sdk.runtime._protocol.server_features import ServerFeatures
from mailstore_sdk.runtime._protocol.session import Auth
from mailstore_sdk.runtime.function import Effect, Function
from mailstore_sdk.runtime.hooks import FailureEvent, RequestEvent, ResponseEvent, RetryEvent, StatusEvent, notify
from mailstore_sdk.runtime.sanitize import mask_values

T = TypeVar("T")
R = TypeVar("R")

_logger = logging.getLogger("mailstore_sdk")
_POSTED = "%s: POST %s, %s, %.1f ms"

GET_METADATA: Function[JsonValue] = Function("get-metadata", Effect.READ, result=lambda: JsonValue)
GET_STATUS: Function[JsonValue] = Function("get-status", Effect.READ, result=lambda: JsonValue)
CANCEL_ASYNC: Function[JsonValue] = Function("cancel-async", Effect.IDEMPOTENT, result=lambda: JsonValue)

LOG_OUT_TIMEOUT = 5.0
"""Seconds that logging out may take."""

LARGE = 1_000_000
"""Bytes of a reply from which on reading it would hold up an event loop for more than some milliseconds."""

GRACE = 2.0
"""Seconds after a deadline in which the reply to the last poll may still arrive."""

UNHELD_POLL_PAUSE = 0.2
"""Seconds to wait after a server replied to a poll at once without news, which SPE never does."""


class PollShare:
    """How many polls are in progress, so that the server holds each only for its share of the connections."""

    def __init__(self, connections: int = 100) -> None:
        self._connections = connections
        self._after_fork()
        forget_after_fork(self)

    def _after_fork(self) -> None:
        """Count no polls of the parent process."""
        self._polls: list[None] = []  # whose length is counted without a lock, also in threads

    @property
    def share(self) -> float:
        """1 if every poll has a connection, less if they take turns."""
        return min(1.0, self._connections / max(1, len(self._polls)))

    def __enter__(self) -> None:
        self._polls.append(None)

    def __exit__(self, *_: object) -> None:
        self._polls.pop()


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
        """The same with other options."""
        return replace(self, options=options, decoder=replace(self.decoder, strict=options.strict))

    def call(self, function: Function[T], values: MutableMapping[str, object]) -> Operation[T]:
        """Call a function and return its result, waiting if the server made it a job."""
        job = yield from self.start(function, values)
        yield from self.finish(job, self.options.job_timeout)
        result = job.result()
        self.server.observe(function.name, result)
        return result

    def start(self, function: Function[T], values: MutableMapping[str, object]) -> Operation[JobRecord[T]]:
        """Call a function and return what came back first: a job that has ended, or one that is running.

        Raises:
            NotSupportedError: The connected server is known to lack the function or one of the arguments.
        """
        try:
            if self.server.needs_function_list(function, values):
                yield from self._learn_functions(function, values)
            call = Call.of(function, values, self.server.arguments(function, values))
        finally:
            forget_secrets(function, values)
        reply = yield from self.exchange(call, self.options.timeout)
        envelope = yield from self.read(call, reply)
        if envelope.status_code == "running" and not envelope.token:
            raise errors.ReplyFormatError(f"{function.name} is running, but the server gave no token to follow it", **call.context("yes"))
        job = JobRecord[T](call, envelope)
        if envelope.token:
            self.report_status(job)
        else:
            job.result()  # a function that failed without having become a job says so at once
        return job

    def resume(self, token: str, functions: Mapping[str, Function[object]], result: object = None) -> JobRecord[Any]:
        """A job that was started elsewhere; the result of a function that the catalogue does not know is JSON."""
        job = JobToken.parse(token)
        unknown: Function[object] = Function(job.function, Effect.MUTATING, result=lambda: JsonValue)
        function = functions.get(job.function, unknown)
        call = Call(function if result is None else replace(function, result=lambda: result), "", b"", {})
        # The first poll, with version 0, brings the whole log so far.
        return JobRecord[Any](call, Envelope(token=job.token, statusVersion=0, statusCode="running"))

    def get_metadata(self, function: Function[T]) -> Operation[T]:
        """The server's own list of its functions, bare or, as notes of a 26.1 have it, in an envelope."""
        call = Call.low_level(function, {})
        reply = yield from self.exchange(call, self.options.timeout)
        functions = JobRecord[T](call, (yield from self.read(call, reply))).result()
        self.server.learn_functions(functions)
        return functions

    def log_out(self) -> Operation[None]:
        """End the session, if there is one."""
        yield from self.auth.log_out(min(self.options.timeout, LOG_OUT_TIMEOUT))

    def _learn_functions(self, function: Function[object], values: Mapping[str, object]) -> Operation[None]:
        """Read the server's list of functions before a call that may need it; a server without one leaves the question open."""
        try:
            yield from self.get_metadata(GET_METADATA)
        except (errors.AuthenticationError, errors.TransportError) as error:
            error.function, error.arguments = function.name, safe_arguments(function, values)
            raise
        except errors.ReplyError:
            self.server.learn_functions()

    def finish(self, job: JobRecord[T], timeout: float) -> Operation[None]:
        """Poll until the job has ended.

        Raises:
            JobTimeoutError: It is still running after `timeout` seconds.
        """
        deadline = time.monotonic() + timeout
        while not job.done:
            yield from self.poll(job, deadline)

    def poll(self, job: JobRecord[T], deadline: float | None = None, longest: float | None = None) -> Operation[None]:
        """Ask once for news, which the server holds back until there are some.

        Args:
            job: The job.
            deadline: When the caller gives up; until then a poll without a usable reply is retried. If None, the client's
                ``retries`` limit that.
            longest: Seconds that the server may hold the poll; by default the client's own, or less while there are many.
        """
        asked = time.monotonic()
        wait = self.options.poll_wait * self.crowd.share if longest is None else longest
        envelope = yield from self.ask_status(job, lambda reply: self.read(job.call, reply), job.status.version, wait, deadline)
        if job.advance(envelope):
            self.report_status(job)
        elif time.monotonic() - asked < wait / 2:
            with job.named_in_errors():
                yield Sleep(UNHELD_POLL_PAUSE)

    def ask_status(
        self, job: JobRecord[T], read: Callable[[Reply], Operation[R]], version: int, wait: float, deadline: float | None
    ) -> Operation[R]:
        """Send one poll, again until there is a usable reply or the deadline is over; return what `read` makes of it.

        Raises:
            JobTimeoutError: The deadline is over.
            JobLostError: The server does not know the job.
            JobRequestError: The poll failed for a reason that time does not change.
        """
        until = float("inf") if deadline is None else deadline
        problem: errors.MailStoreError | None = None
        attempt = 1
        with job.named_in_errors():
            while (left := until - time.monotonic()) > 0:
                held = min(wait, left)
                values = {"token": job.token, "lastKnownStatusVersion": version, "millisecondsTimeout": int(held * 1000)}
                request = RequestEvent(GET_STATUS.name, {}, attempt, min(held + self.options.timeout, left + GRACE))
                try:
                    reply = yield from self.send_once(Call.low_level(GET_STATUS, values, job.call.secrets), request)
                    return (yield from read(reply))
                except errors.MailStoreError as error:
                    if not may_poll_again(error) or (deadline is None and attempt > self.options.retries):
                        raise
                    problem = error
                yield from self.wait_to_retry(request, problem, min(self.pause_after(problem, attempt), max(0.0, until - time.monotonic())))
                attempt += 1
            raise self.timed_out(job, problem) from problem

    def cancel(self, job: JobRecord[T]) -> Operation[None]:
        """Ask the server to stop the job; its status shows when it has stopped."""
        if not job.done:
            with job.named_in_errors():
                yield from self.exchange(Call.low_level(CANCEL_ASYNC, {"token": job.token}), self.options.timeout)

    def report_status(self, job: JobRecord[T]) -> None:
        """Report a change to log and hooks."""
        name, status = job.function.name, job.status
        _logger.info("%s: %s, %s %%", name, status.state, "?" if status.percent is None else status.percent)
        notify(self.options.hooks.on_status, StatusEvent(name, job.job_token, status))

    def timed_out(self, job: JobRecord[T], problem: errors.MailStoreError | None = None) -> errors.JobTimeoutError:
        """The error for a wait that is over before the job."""
        failed = f". The last poll failed: {problem}" if problem else ""
        advice = "wait for it again with a longer timeout, from anywhere with resume(error.token), or cancel it"
        return job.error(errors.JobTimeoutError, f"is still running; {advice}{failed}")

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
        """Seconds before the next attempt: the backoff, or the server's Retry-After if that is longer."""
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
        except errors.ReplyFormatError as problem:
            raise format_error(call, problem.message, reply.body, self.mask(call)) from None
        except errors.ResultSchemaError as problem:
            message = f"{call.function.name}: the result does not fit its schema: {problem}"
            raise errors.ResultSchemaError(message, result=problem.result, **call.context("yes")) from None
        return envelope.masked(self.mask(call))

    def mask(self, call: Call) -> Callable[[str], str]:
        """What masks the secrets that were sent with a call, wherever a server echoes them."""
        return partial(mask_values, secrets=(*call.secrets, *self.auth.secrets))
