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

    OK = 0, "Success."
    OTHER = 1, "An error without a status of its own; the message explains it."
    USAGE = 2, "An invalid command, argument or setting. Nothing was sent."
    AUTHENTICATION = 3, "The server does not accept the user or the password, or the user may not use the API."
    FUNCTION_FAILED = 4, "The server reports that the function failed, or does not have it."
    JOB_FAILED = 5, "The job failed or was cancelled."
    TIMEOUT = 6, "The timeout expired: the job is still running, or a call that is safe to repeat got no reply."
    OUTCOME_UNKNOWN = 7, "The server acted or may have acted, and the outcome is not known: check its state before you call again."
    NOT_SENT = 8, "The server cannot be reached or is not trusted. The request did not reach it."
    BAD_REPLY = 9, "The reply is not a valid one of the API, or was cut, and the call is safe to repeat."
    DECLINED = 10, "A question was answered with no, or could not be asked. Nothing was changed."
    INTERRUPTED = 130, "Ctrl-C. A job that was started is still running at the server."


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
"""The status for each error that says how the call ended, or that calling again is safe; the first that fits."""


def status_of(error: errors.MailStoreError) -> Exit:
    """The exit status for an error of the SDK; where its class does not say enough, whether the server acted decides."""
    if status := next((status for kind, status in ANSWERS if isinstance(error, kind)), None):
        return status
    if error.server_acted != "no":
        return Exit.OUTCOME_UNKNOWN
    return Exit.BAD_REPLY if isinstance(error, errors.ReplyError | errors.JobError) else Exit.OTHER
