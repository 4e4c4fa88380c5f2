"""A typed SDK for the Management API of MailStore Service Provider Edition (SPE).

Every public name is here. Clients, jobs, models and enums are loaded when they are first used, so that importing the
package costs next to nothing.
"""

import sys as _sys
from contextlib import suppress as _suppress
from importlib import import_module as _import_module
from typing import TYPE_CHECKING

from mailstore_sdk import errors
from mailstore_sdk.errors import *

if TYPE_CHECKING:
    from mailstore_sdk._generated.aio import AsyncInstance, AsyncSPEClient
    from mailstore_sdk._generated.models import *
    from mailstore_sdk._generated.sync import Instance, SPEClient
    from mailstore_sdk.aio.jobs import AsyncJob
    from mailstore_sdk.bulk import Failure, Outcome, Success
    from mailstore_sdk.jobs import Job
    from mailstore_sdk.raw import RawReply
    from mailstore_sdk.runtime._options.options import CallOptions, Options
    from mailstore_sdk.runtime._protocol.job_status import JobState, JobStatus, JobToken
    from mailstore_sdk.runtime.hooks import FailureEvent, Hooks, RequestEvent, ResponseEvent, RetryEvent, StatusEvent

__version__ = "0.1.0"

__all__ = [
    "AsyncInstance",
    "AsyncJob",
    "AsyncSPEClient",
    "CallOptions",
    "Failure",
    "FailureEvent",
    "Hooks",
    "Instance",
    "Job",
    "JobState",
    "JobStatus",
    "JobToken",
    "Options",
    "Outcome",
    "RawReply",
    "RequestEvent",
    "ResponseEvent",
    "RetryEvent",
    "SPEClient",
    "StatusEvent",
    "Success",
    "preload",
]
__all__ += errors.__all__

_HOMES: dict[str, tuple[str, ...]] = {
    "_generated.aio": ("AsyncInstance", "AsyncSPEClient"),
    "_generated.sync": ("Instance", "SPEClient"),
    "bulk": ("Failure", "Outcome", "Success"),
    "aio.jobs": ("AsyncJob",),
    "jobs": ("Job",),
    "raw": ("RawReply",),
    "runtime._options.options": ("CallOptions", "Options"),
    "runtime._protocol.job_status": ("JobState", "JobStatus", "JobToken"),
    "runtime.hooks": ("FailureEvent", "Hooks", "RequestEvent", "ResponseEvent", "RetryEvent", "StatusEvent"),
}

with _suppress(ModuleNotFoundError):  # `mailstore-codegen` works without its own output
    from mailstore_sdk._generated import models

    __all__ += models.__all__
    _HOMES["_generated.models"] = tuple(models.__all__)


def preload() -> None:
    """Load everything now that is otherwise loaded on first use: clients, groups, models and enums.

    For servers, which would rather start a little later than answer their first request late, and for processes that fork
    others, which then share what is loaded.
    """
    for name in __all__:
        getattr(_sys.modules[__name__], name)


if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        home = next((home for home, names in _HOMES.items() if name in names), None)
        if home is None:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = globals()[name] = getattr(_import_module(f"{__name__}.{home}"), name)
        return value

    def __dir__() -> list[str]:
        return sorted([*__all__, "__doc__", "__file__", "__name__", "__path__", "__version__"])
