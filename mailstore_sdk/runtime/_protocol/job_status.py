"""What is known of one job: its state, its newest status, the token that finds it again, and in the end its result."""

from __future__ import annotations

import base64
import json
from collections.abc import Generator
from contextlib import contextmanager
from enum import StrEnum
from typing import Generic, Literal, NamedTuple, TypeVar, cast

from pydantic import BaseModel, Field

from mailstore_sdk import errors
from mailstore_sdk.runtime._protocol.form import Call
from mailstore_sdk.runtime._protocol.replies import Envelope, ServerMessage

T = TypeVar("T")
E = TypeVar("E", bound=errors.JobError)


class JobState(StrEnum):
    """The state of long-running work. Anything but RUNNING is final."""

    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @classmethod
    def _missing_(cls, value: object) -> JobState:  # noqa: ARG003 - whatever it is
        # Not documented whether others exist; one that is neither running nor a success is a failure.
        return cls.FAILED


class JobStatus(NamedTuple):
    """One change of long-running work.

    Attributes:
        state: The state of the work.
        version: Number of the change; grows.
        percent: Progress from 0 to 100, None where the server does not say.
        text: The current step, None where the server does not say.
        log: The log lines that are new with this change, each ended by a newline.
    """

    state: JobState
    version: int = 0
    percent: int | None = None
    text: str | None = None
    log: str = ""


class JobToken(NamedTuple):
    """The data to follow a job from anywhere, without secrets, for a file, a queue or a command line.

    As a string it consists of letters, digits, `-` and `_`, so that no shell needs quotes around it.

    Attributes:
        function: Wire name of the function that started the work.
        token: The server's name for it.
    """

    function: str
    token: str

    def __str__(self) -> str:
        content = json.dumps({"version": 1, "function": self.function, "token": self.token}, separators=(",", ":"))
        return base64.urlsafe_b64encode(content.encode()).decode("ascii").rstrip("=")

    @classmethod
    def parse(cls, text: str) -> JobToken:
        """Read what ``str`` of a token wrote, in this version or as JSON in the first one.

        Raises:
            ArgumentError: It is something else, or of a version that this SDK does not know.
        """
        try:
            content = text if text.lstrip().startswith("{") else base64.urlsafe_b64decode(f"{text.strip()}==")
            fields = _Fields.model_validate_json(content)
        except (AttributeError, TypeError, ValueError):
            problem = f"token {text!r:.100} is not one of a job (version 1); expected the text that job.token gave"
            raise errors.ArgumentError(problem) from None
        return cls(fields.function, fields.token)


class _Fields(BaseModel):
    # A token may come from anywhere, and the name in it is shown in messages, tables and progress bars.
    version: Literal[1]
    function: str = Field(pattern="^[A-Za-z_][A-Za-z0-9_]*$")
    token: str = Field(min_length=1)


class JobRecord(Generic[T]):
    """A job: the call that started it, its token, its newest status and, in the end, its result.

    Attributes:
        function: The function that was called.
        call: The call.
        token: The server's name for the job; empty if there is none.
        job_token: What `SPEClient.resume` accepts.
        status: The newest status.
    """

    def __init__(self, call: Call, first: Envelope) -> None:
        self.function = call.function
        self.call = call
        # Later replies may hold no token or another's; the first one is the job's.
        self.token = first.token or ""
        self.job_token = str(JobToken(self.function.name, self.token)) if self.token else ""
        self.status = JobStatus(JobState.RUNNING)
        self._log: list[str] = []
        self._newest = first
        self.advance(first)

    @property
    def done(self) -> bool:
        """Whether the job has ended, successfully or not."""
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
