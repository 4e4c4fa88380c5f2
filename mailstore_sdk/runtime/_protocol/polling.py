"""One job: its state, and its polls as operations without input and output."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any, Generic, NoReturn, Self, TypeVar, cast

from pydantic import JsonValue

from mailstore_sdk import errors
from mailstore_sdk.runtime._options.options import YEAR, refuse_async
from mailstore_sdk.runtime._protocol.actions import Operation, Reply, RunExclusively, Sleep
from mailstore_sdk.runtime._protocol.form import Call
from mailstore_sdk.runtime._protocol.job_status import JobState, JobStatus, JobToken
from mailstore_sdk.runtime._protocol.replies import Envelope, ServerMessage
from mailstore_sdk.runtime._protocol.requests import Requests
from mailstore_sdk.runtime._protocol.retries import may_poll_again, pause_after
from mailstore_sdk.runtime.function import Effect, Function
from mailstore_sdk.runtime.hooks import RequestEvent, StatusEvent, notify

T = TypeVar("T")
R = TypeVar("R")
E = TypeVar("E", bound=errors.JobError)

_logger = logging.getLogger("mailstore_sdk")

GET_STATUS: Function[JsonValue] = Function("get-status", Effect.READ, result=lambda: JsonValue)
CANCEL_ASYNC: Function[JsonValue] = Function("cancel-async", Effect.IDEMPOTENT, result=lambda: JsonValue)

GRACE = 2.0
"""Seconds after a deadline in which the reply to the last poll may still arrive."""

UNHELD_POLL_PAUSE = 0.2
"""Seconds to wait after a server replied to a poll at once without news, which SPE never does."""


class BaseJob(Generic[T]):
    """Long-running work and its latest state. `Job` and `AsyncJob` carry out its operations."""

    function: str
    """Wire name of the function that started the work."""

    token: str
    """A short string without secrets; `SPEClient.resume` continues with it in another process or on another machine."""

    status: JobStatus
    """The latest status received."""

    log: str
    """All log lines received so far, each with a final newline."""

    def __init__(self, requests: Requests, call: Call, first: Envelope, runner: Any = None) -> None:
        self._requests, self._call, self._newest, self._runner = requests, call, first, runner
        self._callbacks: list[Callable[[Self], object]] = []
        # Later replies may have no token or another one; the first is the job's.
        self._server_token = first.token or ""
        self.function = call.function.name
        self.token = str(JobToken(self.function, self._server_token)) if self._server_token else ""
        self.status, self.log = JobStatus(JobState.RUNNING), ""
        self._advance(first)

    @property
    def percent(self) -> int | None:
        """Progress from 0 to 100; None if unknown."""
        return self.status.percent

    @property
    def done(self) -> bool:
        """Whether the latest status received is final. Sends no request."""
        return self.status.state is not JobState.RUNNING

    def add_done_callback(self, callback: Callable[[Self], object]) -> None:
        """Register a callback. It runs in the thread or task that notices completion, or immediately if the job is already done.

        Its exceptions are logged and not raised.

        Raises:
            ArgumentError: It is an async function, which would not be awaited.
        """
        refuse_async("a callback", callback)
        self._callbacks.append(callback)
        self._call_back()

    def _call_back(self: Self) -> None:
        while self.done and self._callbacks:
            notify(self._callbacks.pop(0), self)

    def __repr__(self) -> str:
        percent = "" if self.percent is None else f" {self.percent} %"
        return f"<{type(self).__name__} {self.function} {self.status.state}{percent}>"

    def __reduce__(self) -> NoReturn:
        raise TypeError(f"{type(self).__name__} cannot be pickled or copied; keep its token and resume(token)")

    def _finish(self, deadline: float) -> Operation[None]:
        """Poll until the job has ended.

        Raises:
            JobTimeoutError: It is still running at the deadline.
        """
        while not self.done:
            yield from self._poll(deadline)

    def _poll(self, deadline: float | None = None, longest: float | None = None) -> Operation[None]:
        """Ask once for the status, which the server delays until it changes; or use the answer to another thread or task.

        Args:
            deadline: When the caller gives up; until then a poll without a usable reply is retried. If None, the client's
                ``retries`` and ``max_backoff`` limit that.
            longest: Seconds that the server may hold the poll; by default the client's own, or less while there are many.
        """
        try:
            yield RunExclusively(self, self._poll_in_turn(self.status, deadline, longest), _left(deadline))
        except errors.NotSentError:  # Other threads or tasks used all the time; errors of the poll itself are those of the job.
            raise self._timed_out() from None

    def _poll_in_turn(self, known: JobStatus, deadline: float | None, longest: float | None) -> Operation[JobStatus]:
        if self.status is known and not self.done:
            try:
                self._requests.polls.jobs.add(self)
                yield Sleep(0)  # so that tasks that start together count each other
                asked = time.monotonic()
                wait = self._requests.options.poll_wait * self._requests.polls.share if longest is None else longest
                envelope = yield from self._ask(lambda reply: self._requests.read(self._call, reply), known.version, wait, deadline)
            finally:
                self._requests.polls.jobs.discard(self)
            if self._advance(envelope):
                self._report()
            elif time.monotonic() - asked < wait / 2:
                with self._named_in_errors():
                    yield Sleep(UNHELD_POLL_PAUSE)
        return self.status

    def _ask(self, read: Callable[[Reply], Operation[R]], version: int, wait: float, deadline: float | None) -> Operation[R]:
        """Poll until there is a usable reply or the deadline is over; return what `read` makes of the reply.

        Raises:
            JobTimeoutError: The deadline is over.
            JobLostError: The server does not know the job.
            JobRequestError: The poll failed for a reason that a later poll would not change.
        """
        options = self._requests.options
        problem: errors.MailStoreError | None = None
        attempt = 1
        with self._named_in_errors():
            while (left := _left(deadline)) > 0:
                held = min(wait, left)
                values = {"token": self._server_token, "lastKnownStatusVersion": version, "millisecondsTimeout": int(held * 1000)}
                request = RequestEvent(GET_STATUS.name, {}, attempt, min(held + options.timeout, left + GRACE))
                try:
                    reply = yield from self._requests.send_once(Call.low_level(GET_STATUS, values, self._call.secrets), request)
                    return (yield from read(reply))
                except errors.MailStoreError as error:
                    problem, pause = error, pause_after(error, options, attempt)
                    gives_up = deadline is None and (attempt > options.retries or pause > options.max_backoff)
                    if gives_up or not may_poll_again(error):
                        raise
                yield from self._requests.wait_to_retry(request, problem, min(pause, _left(deadline)))
                attempt += 1
            raise self._timed_out(problem) from problem

    def _cancel(self) -> Operation[None]:
        """Ask the server to stop the job; its status shows when it has stopped."""
        if not self.done:
            with self._named_in_errors():
                yield from self._requests.exchange(Call.low_level(CANCEL_ASYNC, {"token": self._server_token}))

    def _advance(self, envelope: Envelope) -> bool:
        """Apply a reply; return whether it brought news."""
        before = self.status
        now = JobStatus(
            state=JobState(envelope.status_code or JobState.FAILED),
            version=before.version if envelope.status_version is None else envelope.status_version,
            percent=before.percent if envelope.percent is None else envelope.percent,
            text=envelope.text,
            log=(envelope.log or "").replace("\r\n", "\n"),
        )
        if not now.log and before._replace(log="") == now:
            return False
        self.log += now.log
        self.status, self._newest = now, envelope
        return True

    def _report(self) -> None:
        """Report a change to log and hooks."""
        _logger.info("%s: %s, %s %%", self.function, self.status.state, "?" if self.percent is None else self.percent)
        notify(self._requests.options.hooks.on_status, StatusEvent(self.function, self.token, self.status))

    def _result(self) -> T:
        """Return the result of a job that has ended.

        Raises:
            FunctionFailedError: The function failed without having become a job.
            JobFailedError: The job failed.
            JobCancelledError: The job was cancelled.
        """
        if self.status.state is JobState.CANCELLED:
            raise self._error(errors.JobCancelledError, "was cancelled")
        if self.status.state is JobState.FAILED or self._newest.error:
            raise self._failed()
        return cast("T", self._newest.result)

    def _error(self, kind: type[E], what: str) -> E:
        return kind(f"{self.function} {what}", log=self.log, **self._call.context("yes", self.token))

    def _failed(self) -> errors.FunctionFailedError:
        said = self._newest.error or ServerMessage()
        reason = said.message or f"the server gave no reason (status {self._newest.status_code!r})"
        if self.token:
            failed: errors.FunctionFailedError = self._error(errors.JobFailedError, f"failed: {reason}")
        else:
            failed = errors.FunctionFailedError(f"{self.function} failed: {reason}", **self._call.context("maybe"))
        failed.server_message, failed.details = reason, said.details
        return failed

    def _timed_out(self, problem: errors.MailStoreError | None = None) -> errors.JobTimeoutError:
        failed = f". The last poll failed: {problem}" if problem else ""
        advice = "wait for it again with a longer timeout, from anywhere with resume(error.token), or cancel it"
        return self._error(errors.JobTimeoutError, f"is still running; {advice}{failed}")

    @contextmanager
    def _named_in_errors(self) -> Generator[None]:
        """Turn any error into one of this job, since the job was started even if a request about it failed.

        Other exceptions, such as KeyboardInterrupt, get a note with the token.
        """
        try:
            yield
        except (errors.JobError, errors.ResultSchemaError) as error:
            error.token = self.token
            raise
        except errors.FunctionNotFoundError:
            lost = "is no longer known to the server, which was restarted or has forgotten a finished job; how it ended is not known"
            raise self._error(errors.JobLostError, lost) from None
        except errors.MailStoreError as error:
            problem = f"was started, but a request about it failed: {error}. Follow it with resume(error.token)"
            raise self._error(errors.JobRequestError, problem) from error
        except BaseException as interrupt:
            follow = f"resume({self.token!r}) follows it, and cancel() of that job stops it"
            interrupt.add_note(f"{self.function} is still running on the server: {follow}")
            raise


def _left(deadline: float | None) -> float:
    return YEAR if deadline is None else max(0.0, deadline - time.monotonic())
