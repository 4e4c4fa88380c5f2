"""The protocol without input and output: what to send next, given what came back."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import TypeVar

from pydantic import JsonValue

from mailstore_sdk import errors
from mailstore_sdk.runtime._options.options import CallOptions
from mailstore_sdk.runtime._protocol.actions import Exchange, Failure, Operation, Reply, Send, Sleep
from mailstore_sdk.runtime._protocol.form import Call, ad_hoc_function
from mailstore_sdk.runtime._protocol.job_status import JobToken
from mailstore_sdk.runtime._protocol.polling import JobRecord, PollShare
from mailstore_sdk.runtime._protocol.replies import (
    BOM,
    NOT_KNOWN,
    Decoder,
    DriftError,
    Envelope,
    NotAnEnvelopeError,
    excerpt,
    raise_for_status,
    reply_or_raise,
)
from mailstore_sdk.runtime._protocol.retries import backoff, may_repeat, reason_of, retry_after
from mailstore_sdk.runtime._protocol.server_features import ServerFeatures
from mailstore_sdk.runtime._protocol.session import Auth
from mailstore_sdk.runtime.function import Argument, Effect, Function
from mailstore_sdk.runtime.hooks import RequestEvent, ResponseEvent, RetryEvent, StatusEvent, notify

T = TypeVar("T")

_logger = logging.getLogger("mailstore_sdk")

GET_STATUS: Function[JsonValue] = Function(
    "get-status",
    Effect.READ,
    result=lambda: JsonValue,
    arguments=(
        Argument("token", "string", required=True),
        Argument("lastKnownStatusVersion", "integer", required=True),
        Argument("millisecondsTimeout", "integer", required=True),
    ),
)
CANCEL_ASYNC: Function[JsonValue] = Function(
    "cancel-async",
    Effect.IDEMPOTENT,
    result=lambda: JsonValue,
    arguments=(Argument("token", "string", required=True),),
)

GET_METADATA: Function[JsonValue] = Function("get-metadata", Effect.READ, result=lambda: JsonValue)

GRACE = 2.0
"""Seconds that a server gets beyond a deadline to deliver the reply it was asked for in time."""

LOG_OUT_TIMEOUT = 5.0
"""Seconds that a client may take to say goodbye."""

UNHELD_POLL_PAUSE = 0.2
"""Seconds of rest after a server answered a poll at once though nothing was new, which SPE never does."""


@dataclass(frozen=True, eq=False)
class Operations:
    """The operations of one client."""

    auth: Auth
    options: CallOptions = field(default_factory=CallOptions)
    decoder: Decoder = field(default_factory=Decoder)
    server: ServerFeatures = field(default_factory=ServerFeatures)
    crowd: PollShare = field(default_factory=PollShare)
    record: Callable[[Exchange], object] | None = None

    def call(self, function: Function[T], values: Mapping[str, object]) -> Operation[T]:
        """Call a function and return its result, waiting where the server made it long-running."""
        work = yield from self.start(function, values)
        yield from self.finish(work, self.options.job_timeout)
        result = work.result()
        self.server.observe(function.name, result)
        return result

    def start(self, function: Function[T], values: Mapping[str, object]) -> Operation[JobRecord[T]]:
        """Call a function and return what came back first: finished work, or work that is running.

        Raises:
            NotSupportedError: The connected server is known to lack the function or one of the arguments.
        """
        if self.server.needs_function_list(function, values):
            yield from self._learn_functions()
        call = Call.of(function, values, self.server.arguments_to_omit(function, values))
        reply = yield from self.exchange(call, self.options.timeout)
        envelope = self._read(call, function, reply)
        if envelope.status_code == "running" and not envelope.token:
            raise errors.ReplyFormatError(
                f"{function.name}: the server says running but gives no token to follow the work",
                function=function.name,
                arguments=call.arguments,
            )
        work = JobRecord(function, call.arguments, envelope)
        if envelope.token:
            self._tell_status(work)
        else:
            work.result()  # a function that failed without having become work says so at once
        return work

    def resume(self, token: str, functions: Mapping[str, Function[object]]) -> JobRecord[object]:
        """Work that was started elsewhere; what the catalogue does not know has a result of JSON."""
        job = JobToken.parse(token)
        unknown: Function[object] = Function(job.function, Effect.MUTATING, result=lambda: JsonValue)
        return JobRecord[object].resumed(functions.get(job.function, unknown), job.token)

    def ad_hoc_function(self, name: str, values: Mapping[str, object], functions: Mapping[str, Function[object]]) -> Function[JsonValue]:
        """A function by its wire name, also one that the catalogue does not know; its result is JSON."""
        return ad_hoc_function(name, functions.get(name), values, lambda: JsonValue)

    def with_options(self, options: CallOptions) -> Operations:
        """The same with other options."""
        return replace(self, options=options, decoder=replace(self.decoder, strict=options.strict))

    def finish(self, work: JobRecord[T], timeout: float) -> Operation[None]:
        """Poll until the work is done.

        Raises:
            JobTimeoutError: It is still running after `timeout` seconds.
        """
        deadline = time.monotonic() + timeout
        while not work.done:
            yield from self.poll(work, deadline)

    def get_metadata(self, function: Function[T]) -> Operation[T]:
        """The server's own list of its functions, bare or, as notes of a 26.1 have it, in an envelope."""
        call = Call.low_level(function, {})
        reply = yield from self.exchange(call, self.options.timeout)
        body = reply.body.removeprefix(BOM)
        if not body.lstrip().startswith(b"{"):
            body = b'{"statusCode": "succeeded", "result": %s}' % body
        functions = JobRecord(function, call.arguments, self._read(call, function, reply._replace(body=body))).result()
        self.server.learn_functions(json.loads(body)["result"])
        return functions

    def _learn_functions(self) -> Operation[None]:
        """Ask what the server has; one that does not tell leaves the question open."""
        try:
            yield from self.get_metadata(GET_METADATA)
        except errors.ReplyError:
            self.server.learn_functions(None)

    def poll(self, work: JobRecord[T], deadline: float = float("inf"), longest: float | None = None) -> Operation[bool]:
        """Ask once for news, which the server holds back until there are some; tell whether there were.

        Args:
            work: What to ask about.
            deadline: When the caller gives up.
            longest: Seconds that the server may hold the question; where None, the client's own, or less in a crowd.
        """
        asked = time.monotonic()
        if asked >= deadline:
            raise work.timed_out()
        wait = min(self.options.poll_wait * self.crowd.share if longest is None else longest, deadline - asked)
        values = {
            "token": work.token,
            "lastKnownStatusVersion": work.status.version,
            "millisecondsTimeout": int(wait * 1000),
        }
        call = Call.low_level(GET_STATUS, values)
        limit = min(wait + self.options.timeout, deadline - asked + GRACE)
        try:
            reply = yield from self.exchange(call, limit, deadline)
        except errors.TransportError as error:
            if time.monotonic() < deadline:
                raise
            raise work.timed_out() from error
        self._refuse_lost(work, reply)
        news = work.advance(self._read(call, work.function, reply))
        if news:
            self._tell_status(work)
        if not news and time.monotonic() - asked < wait / 2:
            yield Sleep(UNHELD_POLL_PAUSE)
        return news

    def cancel(self, work: JobRecord[T]) -> Operation[None]:
        """Ask the server to stop the work; its status tells when it has."""
        if work.done:
            return
        call = Call.low_level(CANCEL_ASYNC, {"token": work.token})
        reply = yield from self.exchange(call, self.options.timeout)
        self._refuse_lost(work, reply)
        if reply.status != HTTPStatus.OK:
            raise_for_status(call, reply)

    def log_out(self) -> Operation[None]:
        """Say goodbye, where the dialect has a way to."""
        yield from self.auth.log_out(min(self.options.timeout, LOG_OUT_TIMEOUT))

    def exchange(self, call: Call, timeout: float, deadline: float = float("inf")) -> Operation[Reply]:
        """One request, repeated where the server certainly did not act, or where acting twice does no harm."""
        attempt = 1
        while True:
            request = RequestEvent(call.function.name, call.arguments, attempt, timeout)
            outcome = yield from self._attempt(call, request)
            pause = self._pause_after(call.function, outcome, attempt)
            if pause is None:
                return reply_or_raise(call, outcome)
            pause = max(0.0, min(pause, deadline - time.monotonic()))
            notify(self.options.hooks.on_retry, RetryEvent(request, reason_of(outcome), pause))
            yield Sleep(pause)
            if time.monotonic() >= deadline:
                return reply_or_raise(call, outcome)
            attempt += 1

    def _attempt(self, call: Call, request: RequestEvent) -> Operation[Reply | Failure]:
        hooks = self.options.hooks
        if hooks.on_request:
            hooks.on_request(request)
        began = time.monotonic()
        outcome = yield from self.auth.exchange(Send(call.path, call.form, request.timeout))
        seconds = time.monotonic() - began
        log_exchange(call, outcome, seconds)
        if isinstance(outcome, Reply):
            notify(hooks.on_response, ResponseEvent(request, outcome.status, len(outcome.body), seconds))
            notify(self.record, Exchange(outcome, seconds))
        return outcome

    def _pause_after(self, function: Function[object], outcome: Reply | Failure, attempt: int) -> float | None:
        """Seconds until the request is sent again; None where it is not."""
        if attempt > self.options.retries or not may_repeat(function, outcome):
            return None
        asked_for = retry_after(outcome) or 0.0
        if asked_for > self.options.max_backoff:
            return None
        return max(asked_for, min(backoff(self.options.backoff, attempt), self.options.max_backoff))

    def _read(self, call: Call, function: Function[T], reply: Reply) -> Envelope[T]:
        if reply.status != HTTPStatus.OK:
            raise_for_status(call, reply)
        try:
            return self.decoder.read(function, reply.body)
        except NotAnEnvelopeError as error:
            raise errors.ReplyFormatError(
                f"{function.name}: the reply is not one of the Management API: {error}{'' if function.repeatable else NOT_KNOWN}. "
                "Is this the API's port (8474), and nothing between that answers instead?",
                body=excerpt(reply.body),
                function=function.name,
                arguments=call.arguments,
            ) from None
        except DriftError as error:
            raise errors.ResultSchemaError(
                f"{function.name}: the result does not fit its schema: {error}",
                result=error.result,
                function=function.name,
                arguments=call.arguments,
            ) from None

    def _tell_status(self, work: JobRecord[T]) -> None:
        _logger.info("%s: %s, %s %%", work.function.name, work.status.state, "?" if work.status.percent is None else work.status.percent)
        notify(self.options.hooks.on_status, StatusEvent(work.function.name, str(work.job_token), work.status))

    def _refuse_lost(self, work: JobRecord[T], reply: Reply) -> None:
        if reply.status == HTTPStatus.NOT_FOUND:
            raise work.lost()


def log_exchange(call: Call, outcome: Reply | Failure, seconds: float) -> None:
    """One line for each request: what and how it went, never an argument or a result."""
    if _logger.isEnabledFor(logging.DEBUG):
        told = f"HTTP {outcome.status}, {len(outcome.body)} bytes" if isinstance(outcome, Reply) else outcome.error.__name__
        _logger.debug("%s: POST %s, %s, %.1f ms", call.function.name, call.path, told, seconds * 1000)
