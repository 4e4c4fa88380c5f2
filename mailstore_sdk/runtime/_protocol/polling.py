"""A job's polling: what is known of the job, how long each poll waits, what is retried, and what ends the wait."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Generic, TypeVar, cast

from pydantic import JsonValue

from mailstore_sdk import errors
from mailstore_sdk.runtime._protocol.actions import Operation, Reply, Sleep
from mailstore_sdk.runtime._protocol.exchange import Exchanges
from mailstore_sdk.runtime._protocol.forks import forget_after_fork
from mailstore_sdk.runtime._protocol.form import Call
from mailstore_sdk.runtime._protocol.job_status import JobState, JobStatus, JobToken
from mailstore_sdk.runtime._protocol.replies import Envelope, ServerMessage
from mailstore_sdk.runtime._protocol.retries import may_poll_again
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


class JobRecord(Generic[T]):
    """A job: the call that started it, its token, its newest status and, in the end, its result."""

    def __init__(self, function: Function[T], call: Call, first: Envelope) -> None:
        self.function = function
        self.call = call
        # Later replies may hold no token or another's; the first one is the job's.
        self.token = first.token or ""
        self.status = JobStatus(JobState.RUNNING)
        self._log: list[str] = []
        self._newest = first
        self.advance(first)

    @classmethod
    def resumed(cls, function: Function[T], token: str) -> JobRecord[T]:
        """A job that was started elsewhere; its first poll brings the whole log so far."""
        return cls(function, Call(function, "", b"", {}), Envelope(token=token, statusVersion=0, statusCode="running"))

    @property
    def job_token(self) -> str:
        """What `SPEClient.resume` accepts."""
        return str(JobToken(self.function.name, self.token))

    @property
    def done(self) -> bool:
        """Whether the job has ended, well or not."""
        return self.status.state is not JobState.RUNNING

    @property
    def log(self) -> str:
        """All log lines so far, each ended by a newline."""
        return "".join(self._log)

    def advance(self, envelope: Envelope) -> bool:
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
        self.status = now
        self._log.append(now.log)
        self._newest = envelope
        return True

    def result(self) -> T:
        """The result of a job that has ended.

        Raises:
            FunctionFailedError: The function failed without having become a job.
            JobFailedError: The job failed.
            JobCancelledError: The job was cancelled.
        """
        if self.status.state is JobState.CANCELLED:
            raise self.error(errors.JobCancelledError, "was cancelled")
        if self.status.state is JobState.FAILED or self._newest.error:
            raise self._failed()
        return cast("T", self._newest.result)

    def error(self, kind: type[E], what: str) -> E:
        """An error about this job."""
        return kind(f"{self.function.name} {what}", log=self.log, **self.call.context("yes", self.job_token))

    def _failed(self) -> errors.FunctionFailedError:
        said = self._newest.error or ServerMessage()
        reason = said.message or f"the server gave no reason (status {self._newest.status_code!r})"
        if self.token:
            failed: errors.FunctionFailedError = self.error(errors.JobFailedError, f"failed: {reason}")
        else:
            failed = errors.FunctionFailedError(f"{self.function.name} failed: {reason}", **self.call.context("maybe"))
        failed.server_message, failed.details = reason, said.details
        return failed

    @contextmanager
    def named_in_errors(self) -> Generator[None]:
        """Let nothing but errors of this job leave: the job was started, whatever became of a request about it.

        Anything else, such as Ctrl-C, leaves with a note that has the token.
        """
        try:
            yield
        except (errors.JobError, errors.ResultSchemaError) as error:
            error.token = self.job_token
            raise
        except errors.FunctionNotFoundError:
            raise self.error(
                errors.JobLostError,
                "is no longer known to the server, which was restarted or has forgotten a finished job; how it ended is not known",
            ) from None
        except errors.MailStoreError as error:
            problem = f"was started, but a request about it failed: {error}. Follow it with resume(error.token)"
            raise self.error(errors.JobRequestError, problem) from error
        except BaseException as interrupt:
            follow = f"resume({self.job_token!r}) follows it, and cancel() of that job stops it"
            interrupt.add_note(f"{self.function.name} is still running on the server: {follow}")
            raise


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
class Polling(Exchanges):
    """Follows the jobs of one client."""

    crowd: PollShare = field(default_factory=PollShare)

    def finish(self, job: JobRecord[T], timeout: float) -> Operation[None]:
        """Poll until the job has ended.

        Raises:
            JobTimeoutError: It is still running after `timeout` seconds.
        """
        deadline = time.monotonic() + timeout
        while not job.done:
            yield from self.poll(job, deadline)

    def poll(self, job: JobRecord[T], deadline: float | None = None, longest: float | None = None) -> Operation[bool]:
        """Ask once for news, which the server holds back until there are some; return whether there were.

        Args:
            job: The job.
            deadline: When the caller gives up; until then a poll without a usable reply is retried. If None, the client's
                ``retries`` limit that.
            longest: Seconds that the server may hold the poll; by default the client's own, or less while there are many.
        """
        asked = time.monotonic()
        wait = self.options.poll_wait * self.crowd.share if longest is None else longest
        envelope = yield from self.ask_status(job, lambda reply: self.read(job.call, reply), job.status.version, wait, deadline)
        news = job.advance(envelope)
        if news:
            self.report_status(job)
        elif time.monotonic() - asked < wait / 2:
            with job.named_in_errors():
                yield Sleep(UNHELD_POLL_PAUSE)
        return news

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
