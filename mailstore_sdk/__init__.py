"""A typed SDK for the Management API of MailStore Service Provider Edition (SPE).

Every public name is here. Clients, jobs, errors, models and enums are loaded when they are first used, so that importing
the package costs next to nothing. A hand-written name is public if the module that defines it lists it in ``__all__``;
`mailstore_sdk._generated` has the list of all names.
"""

import sys as _sys
import typing as _typing
from contextlib import suppress as _suppress
from importlib import import_module as _import_module

__version__ = "0.1.0"


def preload() -> None:
    """Load everything now that is otherwise loaded on first use: clients, groups, models and enums.

    For servers, which would rather start a little later than answer their first request late, and for processes that fork
    others, which then share what is loaded.
    """
    for name in dir(this := _sys.modules[__name__]):
        getattr(this, name)


if _typing.TYPE_CHECKING:
    from mailstore_sdk import errors as errors
    from mailstore_sdk._generated import *
else:
    __all__ = ["preload"]
    with _suppress(ImportError):  # `mailstore-codegen` works without its own output
        from mailstore_sdk import _generated

        __all__ += _generated.__all__

    def __getattr__(name: str) -> object:
        if name == "errors":
            return _import_module("mailstore_sdk.errors")
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return globals().setdefault(name, getattr(_generated, name))

    def __dir__() -> list[str]:
        return sorted([*__all__, "__doc__", "__file__", "__name__", "__path__", "__version__"])
