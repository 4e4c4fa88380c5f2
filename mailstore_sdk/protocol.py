"""The protocol without input and output: what to send next, given what came back."""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import NoReturn, TypeVar, cast

from pydantic import JsonValue

from mailstore_sdk import errors
from mailstore_sdk.commands import Fault, Operation, Pause, Reply, Send
from mailstore_sdk.function import Argument, Effect, Function, encode_form, improvised, safe_arguments
from mailstore_sdk.results import BOM, Decoder, DriftError, Envelope, NotAnEnvelopeError
from mailstore_sdk.session import Dialect
from mailstore_sdk.work import JobToken, Work

T = TypeVar("T")

_logger = logging.getLogger(__name__)

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

GRACE = 2.0
"""Seconds that a server gets beyond a deadline to deliver the reply it was asked for in time."""

LEAVE_TIMEOUT = 5.0
"""Seconds that a client may take to say goodbye."""

UNHELD_POLL_PAUSE = 0.2
"""Seconds of rest after a server answered a poll at once though nothing was new, which SPE never does."""


@dataclass(frozen=True)
class Options:
    """How calls are made; every client has its own.

    Attributes:
        timeout: Seconds for one request from connecting to the last byte; a poll gets its wait on top.
        retries: How often a request is repeated where that is safe.
        poll_wait: Seconds that the server may hold one poll for news.
        job_timeout: Seconds that `Job.result` waits at most unless told otherwise.
        strict: Raise `ResultSchemaError` where a result differs from the catalogue.
    """

    timeout: float = 60.0
    retries: int = 2
    poll_wait: float = 5.0
    job_timeout: float = 86_400.0
    strict: bool = False

    def __post_init__(self) -> None:
        for name in ("timeout", "job_timeout"):
            if not getattr(self, name) > 0:
                raise errors.ConfigurationError(f"{name} cannot be {getattr(self, name)!r}: expected seconds above 0")
        for name in ("retries", "poll_wait"):
            if not getattr(self, name) >= 0:
                raise errors.ConfigurationError(f"{name} cannot be {getattr(self, name)!r}: expected 0 or more")


@dataclass(frozen=True)
class Call:
    """One function with the arguments of one call, encoded."""

    function: Function[object]
    path: str
    form: bytes = field(repr=False)
    arguments: Mapping[str, object]

    @classmethod
    def of(cls, function: Function[object], values: Mapping[str, object]) -> Call:
        """A call of a function under ``/api/invoke/``."""
        return cls(function, f"/api/invoke/{function.name}", encode_form(function, values), safe_arguments(function, values))

    @classmethod
    def low_level(cls, function: Function[object], values: Mapping[str, object]) -> Call:
        """A call of one of the functions right under ``/api/``."""
        return cls(function, f"/api/{function.name}", encode_form(function, values), {})


@dataclass(frozen=True)
class Protocol:
    """The operations of one client."""

    dialect: Dialect
    options: Options = Options()
    decoder: Decoder = field(default_factory=Decoder)

    def call(self, function: Function[T], values: Mapping[str, object]) -> Operation[T]:
        """Call a function and return its result, waiting where the server made it long-running."""
        work = yield from self.start(function, values)
        yield from self.finish(work, self.options.job_timeout)
        return work.result()

    def start(self, function: Function[T], values: Mapping[str, object]) -> Operation[Work[T]]:
        """Call a function and return what came back first: finished work, or work that is running."""
        call = Call.of(function, values)
        reply = yield from self.exchange(call, self.options.timeout)
        envelope = self._read(call, function, reply)
        if envelope.status_code == "running" and not envelope.token:
            raise errors.ReplyFormatError(
                f"{function.name}: the server says running but gives no token to follow the work",
                function=function.name,
                arguments=call.arguments,
            )
        work = Work(function, call.arguments, envelope)
        if not envelope.token:
            work.result()  # a function that failed without having become work says so at once
        return work

    def resume(self, token: str, functions: Mapping[str, Function[object]]) -> Work[object]:
        """Work that was started elsewhere; what the catalogue does not know has a result of JSON."""
        job = JobToken.parse(token)
        unknown: Function[object] = Function(job.function, Effect.MUTATING, result=lambda: JsonValue)
        return Work[object].resumed(functions.get(job.function, unknown), job.token)

    def improvise(self, name: str, values: Mapping[str, object], functions: Mapping[str, Function[object]]) -> Function[JsonValue]:
        """A function by its wire name, also one that the catalogue does not know; its result is JSON."""
        return improvised(name, functions.get(name), values, lambda: JsonValue)

    def with_options(self, changes: Mapping[str, object]) -> Protocol:
        """The same with other options; None leaves one as it is."""
        given = {name: value for name, value in changes.items() if value is not None}
        options = replace(self.options, **given)  # type: ignore[arg-type] # names and types are those of the caller's signature
        return replace(self, options=options, decoder=replace(self.decoder, strict=options.strict))

    def finish(self, work: Work[T], timeout: float) -> Operation[None]:
        """Poll until the work is done.

        Raises:
            JobTimeoutError: It is still running after `timeout` seconds.
        """
        deadline = time.monotonic() + timeout
        while not work.done:
            yield from self.poll(work, deadline)

    def call_bare(self, function: Function[T]) -> Operation[T]:
        """Call a function right under ``/api/`` that answers with its result alone, without an envelope."""
        call = Call.low_level(function, {})
        reply = yield from self.exchange(call, self.options.timeout)
        enveloped = b'{"statusCode": "succeeded", "result": %s}' % reply.body.removeprefix(BOM)
        return cast("T", self._read(call, function, replace(reply, body=enveloped)).result)

    def poll(self, work: Work[T], deadline: float = float("inf"), longest: float | None = None) -> Operation[bool]:
        """Ask once for news, which the server holds back until there are some; tell whether there were.

        Args:
            work: What to ask about.
            deadline: When the caller gives up.
            longest: Seconds that the server may hold the question; the client's own where None.
        """
        asked = time.monotonic()
        if asked >= deadline:
            raise work.timed_out()
        wait = min(self.options.poll_wait if longest is None else longest, deadline - asked)
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
        if not news and time.monotonic() - asked < wait / 2:
            yield Pause(UNHELD_POLL_PAUSE)
        return news

    def cancel(self, work: Work[T]) -> Operation[None]:
        """Ask the server to stop the work; its status tells when it has."""
        if work.done:
            return
        call = Call.low_level(CANCEL_ASYNC, {"token": work.token})
        reply = yield from self.exchange(call, self.options.timeout)
        self._refuse_lost(work, reply)
        if reply.status != HTTPStatus.OK:
            raise_for_status(call, reply)

    def leave(self) -> Operation[None]:
        """Say goodbye, where the dialect has a way to."""
        yield from self.dialect.leave(min(self.options.timeout, LEAVE_TIMEOUT))

    def exchange(self, call: Call, timeout: float, deadline: float = float("inf")) -> Operation[Reply]:
        """One request, repeated where the server certainly did not act, or where acting twice does no harm."""
        attempt = 0
        while True:
            began = time.monotonic()
            outcome = yield from self.dialect.exchange(Send(call.path, call.form, timeout))
            log_exchange(call, outcome, time.monotonic() - began)
            if isinstance(outcome, Reply):
                return outcome
            if attempt >= self.options.retries or not may_repeat(call.function, outcome):
                raise_fault(call, outcome)
            yield Pause(min(backoff(attempt), max(0.0, deadline - time.monotonic())))
            if time.monotonic() >= deadline:
                raise_fault(call, outcome)
            attempt += 1

    def _read(self, call: Call, function: Function[T], reply: Reply) -> Envelope[T]:
        if reply.status != HTTPStatus.OK:
            raise_for_status(call, reply)
        try:
            return self.decoder.read(function, reply.body)
        except NotAnEnvelopeError as error:
            raise errors.ReplyFormatError(
                f"{function.name}: the reply is not one of the Management API: {error}. "
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

    def _refuse_lost(self, work: Work[T], reply: Reply) -> None:
        if reply.status == HTTPStatus.NOT_FOUND:
            raise work.lost()


def log_exchange(call: Call, outcome: Reply | Fault, seconds: float) -> None:
    """One line for each request: what and how it went, never an argument or a result."""
    if _logger.isEnabledFor(logging.DEBUG):
        told = f"HTTP {outcome.status}, {len(outcome.body)} bytes" if isinstance(outcome, Reply) else outcome.kind.name.lower()
        _logger.debug("%s: %s, %.1f ms", call.function.name, told, seconds * 1000)


def may_repeat(function: Function[object], fault: Fault) -> bool:
    """Whether a request may be sent again after this fault."""
    return fault.kind.passing and (not fault.kind.sent or function.repeatable)


def backoff(attempt: int) -> float:
    """Seconds before the next try: 0.1 to 0.2, 0.2 to 0.4, ... so that many clients do not come back at once."""
    return 0.2 * 2.0**attempt * random.uniform(0.5, 1.0)  # noqa: S311 - no secret


def excerpt(body: bytes) -> str:
    """The beginning of a reply, for an error."""
    return body[:500].decode("utf-8", errors="replace")


def raise_fault(call: Call, fault: Fault) -> NoReturn:
    """The error for a request without a reply."""
    function = call.function
    kind = fault.kind.value
    message = f"{function.name}: {fault.message}"
    if fault.kind.sent and not function.repeatable:
        kind = errors.OutcomeUnknownError
        message += ". Whether the server has acted is not known: look at it before you call again"
    raise kind(message, function=function.name, arguments=call.arguments)


_REDIRECTS = range(300, 400)
_STATUS_ERRORS: Mapping[int, tuple[type[errors.ReplyError], str]] = {
    401: (
        errors.AuthenticationError,
        "the server does not accept the user name or password. An administrator with two-factor login needs the API password",
    ),
    403: (errors.AccessDeniedError, "the user may not use the Management API"),
    404: (errors.FunctionNotFoundError, "the server does not have this function; its version may be older or newer than the SDK's"),
}


def raise_for_status(call: Call, reply: Reply) -> NoReturn:
    """The error for a reply with another HTTP status than 200."""
    redirect = "; redirects are not followed" if reply.status in _REDIRECTS else ""
    other = (errors.ServerError, f"the server answered with HTTP status {reply.status}{redirect}: {excerpt(reply.body)!r:.200}")
    kind, message = _STATUS_ERRORS.get(reply.status, other)
    raise kind(
        f"{call.function.name}: {message}",
        status=reply.status,
        body=excerpt(reply.body),
        function=call.function.name,
        arguments=call.arguments,
    )
