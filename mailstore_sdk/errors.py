"""All errors of this package, in one tree.

``error.server_acted`` answers the first question after any error: may you call again?

==========  ===========================================================================================
``"no"``    The server did not act on the call, or the call only reads. Calling again is safe.
``"yes"``   The server acted. The error says how it ended; ``error.token`` is the job's, if there is one.
``"maybe"`` Not known. Check the server's state before you call a function again that changes something.
==========  ===========================================================================================

::

    MailStoreError
    ├── ArgumentError (ValueError)          invalid argument; nothing was sent
    ├── ConfigurationError (ValueError)     invalid client configuration; nothing was sent
    ├── NotSupportedError                   the connected server lacks a function or an argument; nothing was sent
    ├── TransportError                      the server sent no complete reply
    │   ├── NotSentError                    the request certainly did not reach the server
    │   │   ├── HostNotFoundError           the host name cannot be resolved
    │   │   ├── ServerUnreachableError      no connection
    │   │   └── CertificateError            the server's certificate is not trusted
    │   ├── ReplyTimeoutError               no complete reply in time; calling again is safe
    │   ├── ReplyLostError                  the connection broke; calling again is safe
    │   ├── ReplyTooLargeError              the reply has more bytes than the client accepts
    │   └── OutcomeUnknownError             no reply to a call that may have changed something
    ├── ReplyError                          not a valid API reply
    │   ├── AuthenticationError             401: wrong user name or password
    │   ├── AccessDeniedError               403: the user may not use the API
    │   ├── FunctionNotFoundError           404: the server has no such function
    │   ├── ServerError                     any other HTTP status except 200
    │   ├── ReplyFormatError                not JSON, or not an envelope
    │   └── ResultSchemaError               a result that does not fit its schema (``strict=True`` only)
    ├── FunctionFailedError                 the server reports that the function failed
    │   └── JobFailedError                  the same, for a job (also a JobError)
    ├── RefusedWindowsError                 the server rejected some time windows, even at the minimum size
    └── JobError                            an error about a started job; has its token
        ├── JobFailedError
        ├── JobCancelledError               the job was cancelled
        ├── JobTimeoutError                 the timeout expired; the job is still running
        ├── JobLostError                    the server no longer knows the job
        └── JobRequestError                 the job was started, but its status cannot be read

Every error has the function and its arguments without secrets. Errors can be pickled and contain no objects of the HTTP library.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal, NamedTuple, TypedDict, Unpack

from mailstore_sdk.runtime.sanitize import printable

__all__ = [
    "AccessDeniedError",
    "ArgumentError",
    "AuthenticationError",
    "CertificateError",
    "ConfigurationError",
    "FunctionFailedError",
    "FunctionNotFoundError",
    "HostNotFoundError",
    "JobCancelledError",
    "JobError",
    "JobFailedError",
    "JobLostError",
    "JobRequestError",
    "JobTimeoutError",
    "MailStoreError",
    "NotSentError",
    "NotSupportedError",
    "OutcomeUnknownError",
    "ReadablePasswordWarning",
    "RefusedWindowsError",
    "ReplyError",
    "ReplyFormatError",
    "ReplyLostError",
    "ReplyTimeoutError",
    "ReplyTooLargeError",
    "ResultSchemaError",
    "SchemaDriftWarning",
    "ServerError",
    "ServerUnreachableError",
    "TransportError",
    "UnverifiedServerWarning",
    "Window",
]

ServerActed = Literal["no", "yes", "maybe"]
"""Whether the server acted on a call: certainly not, certainly, or not known."""


class ErrorContext(TypedDict, total=False):
    """The keyword arguments of every error; see `MailStoreError`."""

    function: str | None
    arguments: Mapping[str, object]
    token: str | None
    server_acted: ServerActed


class MailStoreError(Exception):
    """Base of all errors of this package.

    Attributes:
        message: What happened and what to do. Control characters are escaped.
        function: Wire name of the function that you called; None outside a call.
        arguments: Its arguments, secrets masked.
        token: The job's token for `SPEClient.resume`; None if there is no job.
        server_acted: ``"no"``, ``"yes"`` or ``"maybe"``. A call that only reads has ``"no"`` unless it became a job.
    """

    server_acted: ServerActed = "maybe"

    def __init__(self, message: str, **context: Unpack[ErrorContext]) -> None:
        self.message = printable(message)
        super().__init__(self.message)
        self.function = context.get("function")
        self.arguments = context.get("arguments", {})
        self.token = context.get("token")
        self.server_acted = context.get("server_acted", self.server_acted)


class ArgumentError(MailStoreError, ValueError):
    """An invalid or missing argument. Nothing was sent."""

    server_acted = "no"


class ConfigurationError(MailStoreError, ValueError):
    """Invalid client configuration. Nothing was sent."""

    server_acted = "no"


class NotSupportedError(MailStoreError):
    """The connected server lacks a function or an argument. Nothing was sent.

    Attributes:
        needs: Oldest version that is known to have it; None if no version is.
        has: Version of the connected server; None if unknown.
    """

    server_acted = "no"

    def __init__(self, message: str, *, needs: str | None = None, has: str | None = None, **context: Unpack[ErrorContext]) -> None:
        super().__init__(message, **context)
        self.needs = needs
        self.has = has


class TransportError(MailStoreError):
    """The server sent no complete reply."""


class NotSentError(TransportError):
    """The request certainly did not reach the server; calling again is safe."""

    server_acted = "no"


class HostNotFoundError(NotSentError):
    """The host name cannot be resolved."""


class ServerUnreachableError(NotSentError):
    """The connection was refused, or not accepted in time."""


class CertificateError(NotSentError):
    """The server's certificate is not trusted, or is not the pinned one."""


class ReplyTimeoutError(TransportError):
    """The server did not reply in time. Calling again is safe: the function changes nothing, or the same as before."""


class ReplyLostError(TransportError):
    """The connection broke before the reply was complete. Calling again is safe: the function changes nothing, or the same as before."""


class ReplyTooLargeError(TransportError):
    """The reply is larger than the client's ``max_response_size`` and was discarded."""


class OutcomeUnknownError(TransportError):
    """No complete reply to a call that may have changed something: check the server's state before you call again."""


class ReplyError(MailStoreError):
    """The server replied, but the reply is not a valid API reply.

    Attributes:
        status: HTTP status.
        body: The beginning of the reply, secrets masked.
        retry_after: Delay from Retry-After in seconds; None if absent or unparsable.
    """

    def __init__(
        self, message: str, *, status: int = 200, body: str = "", retry_after: float | None = None, **context: Unpack[ErrorContext]
    ) -> None:
        super().__init__(message, **context)
        self.status = status
        self.body = body
        self.retry_after = retry_after


class AuthenticationError(ReplyError):
    """401: the server does not accept the user name or the password."""

    server_acted = "no"


class AccessDeniedError(ReplyError):
    """403: the user may not use the API."""

    server_acted = "no"


class FunctionNotFoundError(ReplyError):
    """404: the server has no such function."""

    server_acted = "no"


class ServerError(ReplyError):
    """Any other HTTP status except 200. The server may have acted."""


class ReplyFormatError(ReplyError):
    """The reply is not JSON, or not the envelope of an API reply. The server may have acted."""


class ResultSchemaError(ReplyError):
    """The function succeeded, but its result does not fit the schema; only with ``strict=True``.

    Attributes:
        result: The result as received.
    """

    server_acted = "yes"

    def __init__(self, message: str, *, result: object = None, **context: Unpack[ErrorContext]) -> None:
        super().__init__(message, **context)
        self.result = result


class FunctionFailedError(MailStoreError):
    """The server reports that the function failed. It may have completed part of its work.

    Attributes:
        server_message: The server's message.
        details: The server's stack trace, or None.
    """

    def __init__(self, message: str, *, server_message: str = "", details: str | None = None, **context: Unpack[ErrorContext]) -> None:
        super().__init__(message, **context)
        self.server_message = server_message
        self.details = details


class Window(NamedTuple):
    """A half-open interval: includes `start`, excludes `end`."""

    start: datetime
    end: datetime


class RefusedWindowsError(MailStoreError):
    """The server rejected some time windows even at the minimum size; the rows of all others have been yielded.

    Attributes:
        windows: The windows that are missing.
    """

    server_acted = "no"

    def __init__(self, message: str, *, windows: Sequence[Window] = (), **context: Unpack[ErrorContext]) -> None:
        super().__init__(message, **context)
        self.windows = list(windows)


class JobError(MailStoreError):
    """An error about a job that the server has started.

    Attributes:
        log: The job's log so far.
    """

    server_acted = "yes"

    def __init__(self, message: str, *, log: str = "", **context: Unpack[ErrorContext]) -> None:
        super().__init__(message, **context)
        self.log = log


class JobFailedError(JobError, FunctionFailedError):
    """The job failed; `server_message` and `details` are the server's."""

    def __init__(
        self, message: str, *, server_message: str = "", details: str | None = None, log: str = "", **context: Unpack[ErrorContext]
    ) -> None:
        super().__init__(message, log=log, **context)
        self.server_message = server_message
        self.details = details


class JobCancelledError(JobError):
    """The job was cancelled."""


class JobTimeoutError(JobError, TimeoutError):
    """The timeout expired but the job is still running; you can wait again."""


class JobLostError(JobError):
    """The server no longer knows the job: it was restarted, or has forgotten a finished job. How the job ended is not known."""


class JobRequestError(JobError):
    """The job was started, but a request about it failed, so its status is not known; `__cause__` is the reason."""


class ReadablePasswordWarning(UserWarning):
    """A file with profiles contains a password and is readable by other users of the machine."""


class SchemaDriftWarning(UserWarning):
    """A result does not fit its type, from the catalogue or from ``result=``; the value was kept as received."""


class UnverifiedServerWarning(UserWarning):
    """The client accepts any certificate."""
