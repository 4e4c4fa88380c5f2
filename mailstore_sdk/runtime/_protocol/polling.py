"""The state of long-running work as its replies tell it. No input or output happens here."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Generic, TypeVar, cast

from mailstore_sdk import errors
from mailstore_sdk.runtime._protocol.job_status import JobState, JobStatus, JobToken
from mailstore_sdk.runtime._protocol.replies import Envelope
from mailstore_sdk.runtime.function import Function

T = TypeVar("T")
E = TypeVar("E", bound=errors.JobError)


class JobRecord(Generic[T]):
    """Work that a function started: its token, the newest status and, in the end, its outcome."""

    def __init__(self, function: Function[T], arguments: Mapping[str, object], first: Envelope[T]) -> None:
        self.function = function
        self.arguments = arguments
        # Later replies may hold no token or another's; the first one is the work's.
        self.token = first.token or ""
        self.status = JobStatus(JobState.RUNNING)
        self._log: list[str] = []
        self._newest = first
        self.advance(first)

    @classmethod
    def resumed(cls, function: Function[T], token: str) -> JobRecord[T]:
        """Work that was started elsewhere; its first poll tells the whole log so far."""
        return cls(function, {}, Envelope[T](token=token, statusVersion=0, statusCode="running"))

    @property
    def job_token(self) -> JobToken:
        """What it takes to follow the work from anywhere."""
        return JobToken(self.function.name, self.token)

    @property
    def done(self) -> bool:
        """Whether the work has ended, well or not."""
        return self.status.state is not JobState.RUNNING

    @property
    def log(self) -> str:
        """All log lines so far, each ended by a newline."""
        return "".join(self._log)

    def advance(self, envelope: Envelope[T]) -> bool:
        """Take in a reply; tell whether it brought news."""
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
        """The result of work that has ended.

        Raises:
            FunctionFailedError: The function failed without having become long-running.
            JobFailedError: It failed later.
            JobCancelledError: It was cancelled.
        """
        if self.status.state is JobState.CANCELLED:
            raise self._error(errors.JobCancelledError, "was cancelled")
        if self.status.state is JobState.FAILED or self._newest.error:
            raise self._failure()
        return cast("T", self._newest.result)

    def timed_out(self) -> errors.JobTimeoutError:
        """The error for a wait that is over before the work."""
        return self._error(
            errors.JobTimeoutError,
            "is still running; wait for it again with a longer timeout, from anywhere with resume(error.token), or cancel it",
        )

    def lost(self) -> errors.JobLostError:
        """The error for a token that the server does not know."""
        return self._error(
            errors.JobLostError,
            "is not known to the server any more (it was restarted, or has forgotten finished work); its outcome is unknown",
        )

    def _failure(self) -> errors.FunctionFailedError:
        name = self.function.name
        said = self._newest.error
        reason = said.message if said and said.message else f"the server gave no reason (status {self._newest.status_code!r})"
        details = said.details if said else None
        if not self.token:
            return errors.FunctionFailedError(
                f"{name} failed: {reason}", server_message=reason, details=details, function=name, arguments=self.arguments
            )
        return errors.JobFailedError(
            f"{name} failed: {reason}",
            server_message=reason,
            details=details,
            token=str(self.job_token),
            log=self.log,
            function=name,
            arguments=self.arguments,
        )

    def _error(self, kind: type[E], what: str) -> E:
        name = self.function.name
        return kind(f"{name} {what}", token=str(self.job_token), log=self.log, function=name, arguments=self.arguments)


class PollShare:
    """How many questions about work are under way, so that the server holds each only for its share of the connections."""

    def __init__(self, connections: int = 100) -> None:
        self._connections = connections
        self._size = 0
        self._lock = threading.Lock()

    @property
    def share(self) -> float:
        """1 where everybody has a connection, less where they take turns."""
        return min(1.0, self._connections / max(1, self._size))

    def __enter__(self) -> None:
        with self._lock:
            self._size += 1

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._size -= 1
