"""The states of a job, one change of its status, and the token that finds it again."""

from __future__ import annotations

import base64
import json
from enum import StrEnum
from typing import Literal, NamedTuple

from pydantic import BaseModel, Field

from mailstore_sdk import errors
from mailstore_sdk.runtime.sanitize import VALUE_ERRORS, shown_value

__all__ = ["JobState", "JobStatus", "JobToken"]


class JobState(StrEnum):
    """The state of long-running work. Anything but RUNNING is final."""

    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @classmethod
    def _missing_(cls, value: object) -> JobState:  # noqa: ARG003 - whatever it is
        # Other states are not documented; any state that is neither running nor a success is a failure.
        return cls.FAILED


class JobStatus(NamedTuple):
    """One change of long-running work.

    Attributes:
        state: The state of the work.
        version: Number of the change; grows.
        percent: Progress from 0 to 100; None if the server does not report it.
        text: The current step; None if the server does not report it.
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
        token: The server's identifier of the work.
    """

    function: str
    token: str

    def __str__(self) -> str:
        content = json.dumps({"version": 1, "function": self.function, "token": self.token}, separators=(",", ":"))
        return base64.urlsafe_b64encode(content.encode()).decode("ascii").rstrip("=")

    @classmethod
    def parse(cls, text: str) -> JobToken:
        """Parse the string of a token, in this version or as JSON in the first one.

        Raises:
            ArgumentError: The string is not a token, or has a version that this SDK does not know.
        """
        try:
            content = text if text.lstrip().startswith("{") else base64.urlsafe_b64decode(f"{text.strip()}==")
            fields = _Fields.model_validate_json(content)
        except VALUE_ERRORS:
            raise errors.ArgumentError(f"{shown_value(text)} is not a job token (version 1); expected the string from job.token") from None
        return cls(fields.function, fields.token)


class _Fields(BaseModel):
    # A token is untrusted, and the name in it is shown in messages, tables and progress bars.
    version: Literal[1]
    function: str = Field(pattern="^[A-Za-z_][A-Za-z0-9_]*$")
    token: str = Field(min_length=1)
