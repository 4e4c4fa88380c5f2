"""A typed SDK for the Management API of MailStore Service Provider Edition (SPE).

Every public name is here. Clients, jobs, models and enums are loaded when they are first used, so that importing the
package costs next to nothing.
"""

import sys
from importlib import import_module
from typing import TYPE_CHECKING

from mailstore_sdk._generated import models
from mailstore_sdk.errors import (
    AccessDeniedError,
    ArgumentError,
    AuthenticationError,
    CertificateError,
    ConfigurationError,
    FunctionFailedError,
    FunctionNotFoundError,
    HostNotFoundError,
    JobCancelledError,
    JobError,
    JobFailedError,
    JobLostError,
    JobRequestError,
    JobTimeoutError,
    MailStoreError,
    NotSentError,
    NotSupportedError,
    OutcomeUnknownError,
    ReadablePasswordWarning,
    RefusedWindowsError,
    ReplyError,
    ReplyFormatError,
    ReplyLostError,
    ReplyTimeoutError,
    ReplyTooLargeError,
    ResultSchemaError,
    SchemaDriftWarning,
    ServerError,
    ServerUnreachableError,
    TransportError,
    UnverifiedServerWarning,
    Window,
)

if TYPE_CHECKING:
    from mailstore_sdk._generated.aio import AsyncInstance, AsyncSPEClient
    from mailstore_sdk._generated.models import *
    from mailstore_sdk._generated.sync import Instance, SPEClient
    from mailstore_sdk.bulk import Failure, Outcome, Success
    from mailstore_sdk.jobs import AsyncJob, Job
    from mailstore_sdk.raw import RawReply
    from mailstore_sdk.runtime._options.options import CallOptions, Options
    from mailstore_sdk.runtime._protocol.job_status import JobState, JobStatus, JobToken
    from mailstore_sdk.runtime.hooks import FailureEvent, Hooks, RequestEvent, ResponseEvent, RetryEvent, StatusEvent

__version__ = "0.1.0"

__all__ = [
    "AccessDeniedError",
    "ArgumentError",
    "AsyncInstance",
    "AsyncJob",
    "AsyncSPEClient",
    "AuthenticationError",
    "CallOptions",
    "CertificateError",
    "ConfigurationError",
    "Failure",
    "FailureEvent",
    "FunctionFailedError",
    "FunctionNotFoundError",
    "Hooks",
    "HostNotFoundError",
    "Instance",
    "Job",
    "JobCancelledError",
    "JobError",
    "JobFailedError",
    "JobLostError",
    "JobRequestError",
    "JobState",
    "JobStatus",
    "JobTimeoutError",
    "JobToken",
    "MailStoreError",
    "NotSentError",
    "NotSupportedError",
    "Options",
    "Outcome",
    "OutcomeUnknownError",
    "RawReply",
    "ReadablePasswordWarning",
    "RefusedWindowsError",
    "ReplyError",
    "ReplyFormatError",
    "ReplyLostError",
    "ReplyTimeoutError",
    "ReplyTooLargeError",
    "RequestEvent",
    "ResponseEvent",
    "ResultSchemaError",
    "RetryEvent",
    "SPEClient",
    "SchemaDriftWarning",
    "ServerError",
    "ServerUnreachableError",
    "StatusEvent",
    "Success",
    "TransportError",
    "UnverifiedServerWarning",
    "Window",
    "preload",
]
__all__ += models.__all__

_HOMES = {
    "AsyncInstance": "mailstore_sdk._generated.aio",
    "AsyncJob": "mailstore_sdk.jobs",
    "AsyncSPEClient": "mailstore_sdk._generated.aio",
    "CallOptions": "mailstore_sdk.runtime._options.options",
    "Failure": "mailstore_sdk.bulk",
    "FailureEvent": "mailstore_sdk.runtime.hooks",
    "Hooks": "mailstore_sdk.runtime.hooks",
    "Instance": "mailstore_sdk._generated.sync",
    "Job": "mailstore_sdk.jobs",
    "JobState": "mailstore_sdk.runtime._protocol.job_status",
    "JobStatus": "mailstore_sdk.runtime._protocol.job_status",
    "JobToken": "mailstore_sdk.runtime._protocol.job_status",
    "Options": "mailstore_sdk.runtime._options.options",
    "Outcome": "mailstore_sdk.bulk",
    "RawReply": "mailstore_sdk.raw",
    "RequestEvent": "mailstore_sdk.runtime.hooks",
    "ResponseEvent": "mailstore_sdk.runtime.hooks",
    "RetryEvent": "mailstore_sdk.runtime.hooks",
    "SPEClient": "mailstore_sdk._generated.sync",
    "StatusEvent": "mailstore_sdk.runtime.hooks",
    "Success": "mailstore_sdk.bulk",
}


def preload() -> None:
    """Load everything now that is otherwise loaded on first use: clients, groups, models and enums.

    For servers, which would rather start a little later than answer their first request late, and for processes that fork
    others, which then share what is loaded.
    """
    for name in __all__:
        getattr(sys.modules[__name__], name)


if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        home = import_module(_HOMES.get(name, models.__name__))
        value = globals()[name] = getattr(home, name)
        return value

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
