"""What turns the generated methods of an edition, which only give their arguments, into calls of their functions."""

from __future__ import annotations

import keyword
from collections.abc import Callable, MutableMapping
from functools import wraps
from typing import Any, Protocol, cast

from mailstore_sdk.runtime.function import Function


class Invoker(Protocol):
    """A client of either edition."""

    def _invoke(
        self, function: Function[object], arguments: MutableMapping[str, object], *, auto_handle_token: bool | None
    ) -> dict[str, Any]:
        """Call a function with arguments by wire names and return its envelope; None is omitted."""
        ...


def calling(function: Function[object], arguments_of: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    """Make a method that calls a function, with the signature and the documentation of the one that gives its arguments."""
    names = {python_name(argument.name): argument.name for argument in function.arguments}

    @wraps(arguments_of)
    def method(*args: object, **kwargs: object) -> dict[str, Any]:
        try:
            values = arguments_of(*args, **kwargs)
        finally:
            del args, kwargs  # Tracebacks that show variables must not show secrets.
        client, automatic = cast("Invoker", values.pop("self")), values.pop("autoHandleToken")
        arguments = {wire_name: values.pop(name) for name, wire_name in names.items() if name in values}
        return client._invoke(function, arguments, auto_handle_token=automatic)

    return method


def python_name(wire_name: str) -> str:
    """The name of a method or parameter: that of the wire, unless it is a keyword."""
    return f"{wire_name}_" if keyword.iskeyword(wire_name) else wire_name
