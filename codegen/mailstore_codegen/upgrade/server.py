"""A server whose functions are called by their wire names, as a catalogue describes them.

The generated clients are not used: they may be missing, broken or of another version, and these calls help to make them.
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
    """A client without methods of its own. What it does not know is called as it is, and never retried."""

    _functions: Mapping[str, Function[object]] = {}

    def know(self, catalogue: Catalogue) -> None:
        """Call functions as a catalogue describes them from now on."""
        self._functions = {function.name: _descriptor(function) for function in catalogue.functions}

    def get_metadata(self) -> JsonValue:
        """The server's own list of its functions, unchecked."""
        return self._get_metadata(GET_METADATA)


def _descriptor(function: schema.Function) -> Function[JsonValue]:
    arguments = tuple(Argument(item.name, item.type, item.required, secret=item.secret) for item in function.args)
    return Function(function.name, Effect(function.effect), lambda: JsonValue, arguments, long_running=function.long_running)
