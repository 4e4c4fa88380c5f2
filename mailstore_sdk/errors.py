"""Everything that can go wrong, in one tree.

::

    MailStoreError
    ├── ArgumentError (ValueError)          a value that cannot be sent; nothing was
    ├── ConfigurationError (ValueError)     a client that cannot be built as asked
    ├── NotSupportedError                   the connected server lacks a function or an argument; nothing was sent
    ├── TransportError                      the server gave no whole reply
    │   ├── NotSentError                    it certainly did not get the request
    │   │   ├── HostNotFoundError           no such host
    │   │   ├── ServerUnreachableError      nobody listens there, or the way is closed
    │   │   └── CertificateError            its certificate is not trusted
    │   ├── ReplyTimeoutError               no whole reply in time, to a call that changes nothing
    │   ├── ReplyLostError                  the connection broke, in a call that changes nothing
    │   └── OutcomeUnknownError             no reply to a call that may have changed something
    ├── ReplyError                          a reply that is none of the API's
    │   ├── AuthenticationError             401: user or password
    │   ├── AccessDeniedError               403
    │   ├── FunctionNotFoundError           404: the server has no such function
    │   ├── ServerError                     any other HTTP status
    │   ├── ReplyFormatError                not JSON, or not an envelope
    │   └── ResultSchemaError               a result that does not fit its schema (``strict=True`` only)
    ├── FunctionFailedError                 the function answered that it failed
    │   └── JobFailedError                  so did long-running work (also a JobError)
    ├── RefusedWindowsError                 parts of a long span of time that the server would not tell
    └── JobError                            about long-running work; carries its token
        ├── JobFailedError
        ├── JobCancelledError               it was cancelled
        ├── JobTimeoutError                 it is still running; the wait is over
        └── JobLostError                    the server does not know its token any more

Every error knows the function and its arguments without secrets, can be pickled, and holds no object of the HTTP library.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple


class MailStoreError(Exception):
    """Base of all errors of this package.

    Attributes:
        message: What happened and what to do.
        function: Wire name of the function, None outside a call.
        arguments: Its arguments, secrets masked.
    """

    def __init__(self, message: str, *, function: str | None = None, arguments: Mapping[str, object] | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.function = function
        self.arguments = dict(arguments or {})


class ArgumentError(MailStoreError, ValueError):
    """A value that the API does not take, or a missing one. Nothing was sent."""


class ConfigurationError(MailStoreError, ValueError):
    """A client that cannot be built from what was given."""


class NotSupportedError(MailStoreError):
    """The connected server is known to lack a function, or an argument that would matter. Nothing was sent.

    Attributes:
        needs: Oldest version that the catalogue knows it of; None where it knows none.
        has: Version of the server; None where it has not told.
    """

    def __init__(
        self,
        message: str,
        *,
        needs: str | None = None,
        has: str | None = None,
        function: str | None = None,
        arguments: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(message, function=function, arguments=arguments)
        self.needs = needs
        self.has = has


class TransportError(MailStoreError):
    """The server gave no whole reply."""


class NotSentError(TransportError):
    """The server certainly did not get the request; calling again is safe."""


class HostNotFoundError(NotSentError):
    """The host name has no address."""


class ServerUnreachableError(NotSentError):
    """Nobody accepts connections there, or not in time."""


class CertificateError(NotSentError):
    """The server's certificate is not trusted, or not the one that was pinned."""


class ReplyTimeoutError(TransportError):
    """The server did not answer in time. The call changes nothing, so calling again is safe."""


class ReplyLostError(TransportError):
    """The connection broke before the whole reply was there. The call changes nothing, so calling again is safe."""


class OutcomeUnknownError(TransportError):
    """No whole reply to a call that may have changed something: look at the server before calling again."""


class ReplyError(MailStoreError):
    """The server answered, but not as the API does.

    Attributes:
        status: HTTP status.
        body: The first bytes of the reply as text.
        retry_after: Seconds for which the server asks to be left alone; None where it does not.
    """

    def __init__(
        self,
        message: str,
        *,
        status: int = 200,
        body: str = "",
        retry_after: float | None = None,
        function: str | None = None,
        arguments: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(message, function=function, arguments=arguments)
        self.status = status
        self.body = body
        self.retry_after = retry_after


class AuthenticationError(ReplyError):
    """401: the server does not accept user and password."""


class AccessDeniedError(ReplyError):
    """403: the user may not use the API."""


class FunctionNotFoundError(ReplyError):
    """404: the server has no such function."""


class ServerError(ReplyError):
    """Any other HTTP status that is not a success; from 500 on the server may have acted."""


class ReplyFormatError(ReplyError):
    """The reply is not JSON, or not the envelope that every function answers with; the server may have acted."""


class ResultSchemaError(ReplyError):
    """A result that does not fit its schema; only with ``strict=True``.

    Attributes:
        result: The result as received.
    """

    def __init__(
        self,
        message: str,
        *,
        result: object = None,
        function: str | None = None,
        arguments: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(message, function=function, arguments=arguments)
        self.result = result


class FunctionFailedError(MailStoreError):
    """The function answered that it failed.

    Attributes:
        server_message: The server's message.
        details: Its details, a .NET exception text, or None.
    """

    def __init__(
        self,
        message: str,
        *,
        server_message: str = "",
        details: str | None = None,
        function: str | None = None,
        arguments: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(message, function=function, arguments=arguments)
        self.server_message = server_message
        self.details = details


class Window(NamedTuple):
    """A span of time, its end not in it."""

    start: datetime
    end: datetime


class RefusedWindowsError(MailStoreError):
    """Parts of a long span of time that the server would not tell, however short; the rows of all others have been given.

    Attributes:
        windows: The parts that are missing.
    """

    def __init__(
        self,
        message: str,
        *,
        windows: Sequence[Window] = (),
        function: str | None = None,
        arguments: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(message, function=function, arguments=arguments)
        self.windows = list(windows)


class JobError(MailStoreError):
    """About long-running work.

    Attributes:
        token: What `SPEClient.resume` takes to go on with the work.
        log: Its whole log so far.
    """

    def __init__(
        self,
        message: str,
        *,
        token: str | None = None,
        log: str = "",
        function: str | None = None,
        arguments: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(message, function=function, arguments=arguments)
        self.token = token
        self.log = log


class JobFailedError(JobError, FunctionFailedError):
    """Long-running work failed; `server_message` and `details` are the server's."""

    def __init__(
        self,
        message: str,
        *,
        server_message: str = "",
        details: str | None = None,
        token: str | None = None,
        log: str = "",
        function: str | None = None,
        arguments: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(message, token=token, log=log, function=function, arguments=arguments)
        self.server_message = server_message
        self.details = details


class JobCancelledError(JobError):
    """Long-running work was cancelled."""


class JobTimeoutError(JobError, TimeoutError):
    """The wait is over; the work goes on at the server and can be waited for again."""


class JobLostError(JobError):
    """The server does not know the token: it was restarted, or has forgotten finished work."""


class ReadablePasswordWarning(UserWarning):
    """A file with profiles holds a password, and other users of the machine can read it."""


class SchemaDriftWarning(UserWarning):
    """A reply differs from the catalogue; the value was kept as received."""


class UnverifiedServerWarning(UserWarning):
    """A client was made that accepts any certificate."""
