"""A typed SDK for the Management API of MailStore Service Provider Edition (SPE).

Every public name is here. Clients, jobs, models and enums are loaded when they are first used, so that importing the
package costs next to nothing.
"""

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
    JobTimeoutError,
    MailStoreError,
    NotSentError,
    OutcomeUnknownError,
    ReplyError,
    ReplyFormatError,
    ReplyLostError,
    ReplyTimeoutError,
    ResultSchemaError,
    SchemaDriftWarning,
    ServerError,
    ServerUnreachableError,
    TransportError,
    UnverifiedServerWarning,
)

if TYPE_CHECKING:
    from mailstore_sdk._generated.models import *
    from mailstore_sdk.client import AsyncInstance, AsyncSPEClient, Instance, SPEClient
    from mailstore_sdk.jobs import AsyncJob, Job
    from mailstore_sdk.work import JobState, JobStatus, JobToken

__version__ = "0.1.0"

__all__ = [
    "AccessDeniedError",
    "ArgumentError",
    "AsyncInstance",
    "AsyncJob",
    "AsyncSPEClient",
    "AuthenticationError",
    "CertificateError",
    "ConfigurationError",
    "FunctionFailedError",
    "FunctionNotFoundError",
    "HostNotFoundError",
    "Instance",
    "Job",
    "JobCancelledError",
    "JobError",
    "JobFailedError",
    "JobLostError",
    "JobState",
    "JobStatus",
    "JobTimeoutError",
    "JobToken",
    "MailStoreError",
    "NotSentError",
    "OutcomeUnknownError",
    "ReplyError",
    "ReplyFormatError",
    "ReplyLostError",
    "ReplyTimeoutError",
    "ResultSchemaError",
    "SPEClient",
    "SchemaDriftWarning",
    "ServerError",
    "ServerUnreachableError",
    "TransportError",
    "UnverifiedServerWarning",
]
__all__ += models.__all__

_HOMES = {
    "AsyncInstance": "mailstore_sdk.client",
    "AsyncJob": "mailstore_sdk.jobs",
    "AsyncSPEClient": "mailstore_sdk.client",
    "Instance": "mailstore_sdk.client",
    "Job": "mailstore_sdk.jobs",
    "JobState": "mailstore_sdk.work",
    "JobStatus": "mailstore_sdk.work",
    "JobToken": "mailstore_sdk.work",
    "SPEClient": "mailstore_sdk.client",
}

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        home = import_module(_HOMES.get(name, models.__name__))
        value = globals()[name] = getattr(home, name)
        return value

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
