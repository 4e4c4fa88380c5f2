"""Exit statuses of ``mailstore``; the numbers never change."""

from __future__ import annotations

from enum import IntEnum
from typing import Self

from mailstore_sdk import errors


class Exit(IntEnum):
    """The exit status, each with its meaning for scripts."""

    meaning: str

    def __new__(cls, status: int, meaning: str) -> Self:
        """Create an int with a meaning."""
        member = int.__new__(cls, status)
        member._value_ = status
        member.meaning = meaning
        return member

    OK = 0, "Success."
    OTHER = 1, "Any other error; the message explains it."
    USAGE = 2, "An invalid command, argument or setting. Nothing was sent."
    AUTHENTICATION = 3, "The server does not accept the user or the password, or the user may not use the API."
    FUNCTION_FAILED = 4, "The server reports that the function failed, or the server does not have the function."
    JOB_FAILED = 5, "The job failed or was cancelled."
    TIMEOUT = 6, "The timeout expired: the job is still running, or a call that is safe to retry got no reply."
    OUTCOME_UNKNOWN = 7, "The server acted or may have acted, and the outcome is unknown: check its state before you call again."
    NOT_SENT = 8, "The server cannot be reached or is not trusted. The request did not reach it."
    BAD_REPLY = 9, "The reply is invalid or incomplete, and the call is safe to retry."
    DECLINED = 10, "You answered a question with no, or it could not be asked. Nothing was changed."
    INTERRUPTED = 130, "Ctrl-C. A job that was started is still running on the server."


ANSWERS: tuple[tuple[type[errors.MailStoreError], Exit], ...] = (
    (errors.ArgumentError, Exit.USAGE),
    (errors.ConfigurationError, Exit.USAGE),
    (errors.AuthenticationError, Exit.AUTHENTICATION),
    (errors.AccessDeniedError, Exit.AUTHENTICATION),
    (errors.JobTimeoutError, Exit.TIMEOUT),
    (errors.JobFailedError, Exit.JOB_FAILED),
    (errors.JobCancelledError, Exit.JOB_FAILED),
    (errors.FunctionFailedError, Exit.FUNCTION_FAILED),
    (errors.NotSupportedError, Exit.FUNCTION_FAILED),
    (errors.FunctionNotFoundError, Exit.FUNCTION_FAILED),
    (errors.NotSentError, Exit.NOT_SENT),
    (errors.ReplyTimeoutError, Exit.TIMEOUT),
    (errors.ReplyLostError, Exit.BAD_REPLY),
)
"""The status for errors that say how the call ended, or that a retry is safe; the first match applies."""


def status_of(error: errors.MailStoreError) -> Exit:
    """Return the exit status for an error of the SDK: by its class, otherwise by whether the server acted."""
    if status := next((status for kind, status in ANSWERS if isinstance(error, kind)), None):
        return status
    if error.server_acted != "no":
        return Exit.OUTCOME_UNKNOWN
    return Exit.BAD_REPLY if isinstance(error, errors.ReplyError | errors.JobError) else Exit.OTHER
