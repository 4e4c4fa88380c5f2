"""What the exit status of ``mailstore`` means; the numbers never change."""

from __future__ import annotations

from enum import IntEnum
from typing import Self

from mailstore_sdk import errors


class Exit(IntEnum):
    """The exit status, each with its meaning for scripts."""

    meaning: str

    def __new__(cls, status: int, meaning: str) -> Self:
        """A status is an int that knows what it means."""
        member = int.__new__(cls, status)
        member._value_ = status
        member.meaning = meaning
        return member

    OK = 0, "It worked."
    OTHER = 1, "Something that has no status of its own; the message tells."
    USAGE = 2, "A command, argument or setting that cannot be meant. Nothing was sent."
    AUTHENTICATION = 3, "The server does not accept the user or the password, or the user may not use the API."
    FUNCTION_FAILED = 4, "The function answered that it failed, or the server has no such function."
    JOB_FAILED = 5, "Long-running work failed or was cancelled."
    TIMEOUT = 6, "Time is up: no reply to a call that changes nothing, or work that is still running."
    OUTCOME_UNKNOWN = 7, "Whether the server has acted is not known: look at it before you call again."
    NOT_SENT = 8, "The server cannot be reached or is not trusted. It did not get the request."
    BAD_REPLY = 9, "The reply is none of the API: read whether the server may have acted. Or it broke off in a call that changes nothing."
    DECLINED = 10, "A question was answered with no, or could not be asked. Nothing was changed."
    INTERRUPTED = 130, "Ctrl-C. Long-running work goes on at the server."


ERRORS: tuple[tuple[type[errors.MailStoreError], Exit], ...] = (
    (errors.ArgumentError, Exit.USAGE),
    (errors.ConfigurationError, Exit.USAGE),
    (errors.AuthenticationError, Exit.AUTHENTICATION),
    (errors.AccessDeniedError, Exit.AUTHENTICATION),
    (errors.JobTimeoutError, Exit.TIMEOUT),
    (errors.ReplyTimeoutError, Exit.TIMEOUT),
    (errors.JobLostError, Exit.OUTCOME_UNKNOWN),
    (errors.OutcomeUnknownError, Exit.OUTCOME_UNKNOWN),
    (errors.JobError, Exit.JOB_FAILED),
    (errors.FunctionFailedError, Exit.FUNCTION_FAILED),
    (errors.NotSupportedError, Exit.FUNCTION_FAILED),
    (errors.FunctionNotFoundError, Exit.FUNCTION_FAILED),
    (errors.NotSentError, Exit.NOT_SENT),
    (errors.ReplyError, Exit.BAD_REPLY),
    (errors.ReplyLostError, Exit.BAD_REPLY),
)
"""The status for each error; the first that fits."""


def status_of(error: errors.MailStoreError) -> Exit:
    """The exit status for an error of the SDK."""
    return next((status for kind, status in ERRORS if isinstance(error, kind)), Exit.OTHER)
