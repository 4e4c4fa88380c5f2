"""A client that calls functions by their wire names, as a catalogue describes them.

It does not use the generated clients, which may be missing, broken or of another version.
"""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import JsonValue

from mailstore_codegen.catalogue import schema
from mailstore_codegen.catalogue.model import Catalogue
from mailstore_sdk.client import SyncClientBase
from mailstore_sdk.runtime.function import Argument, Effect, Function

GET_METADATA: Function[JsonValue] = Function("get-metadata", Effect.READ, lambda: JsonValue)


class Server(SyncClientBase):
    """A client without methods for functions. Unknown functions are called with the arguments as given, and never retried."""

    _functions: Mapping[str, Function[object]] = {}

    def __init__(self, profile: str | None = None, **arguments: object) -> None:
        self._open(arguments, profile=profile)

    def know(self, catalogue: Catalogue) -> None:
        """Use a catalogue's descriptions of functions from now on."""
        self._functions = {function.name: _descriptor(function) for function in catalogue.functions}

    def get_metadata(self) -> JsonValue:
        """Return the server's own list of its functions, unchecked."""
        return self._get_metadata(GET_METADATA)


def _descriptor(function: schema.Function) -> Function[JsonValue]:
    arguments = tuple(Argument(item.name, item.type, item.required, secret=item.secret) for item in function.args)
    return Function(function.name, Effect(function.effect), lambda: JsonValue, arguments, long_running=function.long_running)
