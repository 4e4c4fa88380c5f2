"""A request of the command line: one function with the values of its arguments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailstore_sdk.cli.secrets import Source, mask
from mailstore_sdk.cli.table import INSTANCE, Argument, Entry, arguments, positional
from mailstore_sdk.runtime.sanitize import MASK, looks_secret

if TYPE_CHECKING:
    from mailstore_sdk.runtime.function import Function


@dataclass(frozen=True)
class Request:
    """One function with the values of its arguments; secrets may still be where they come from.

    Attributes:
        function: Its name on the wire.
        values: By wire names.
        entry: What the table knows of it; None for a function that is newer.
    """

    function: str
    values: Mapping[str, object]
    entry: Entry | None

    @classmethod
    def of(cls, function: str, values: Mapping[str, object], entry: Entry | None) -> Request:
        """A request with the defaults of arguments that are not given."""
        known = arguments(entry) if entry else []
        defaults = {item["name"]: item["default"] for item in known if "default" in item}
        order = {item["name"]: None for item in known}
        return cls(function, {name: value for name, value in {**order, **defaults, **values}.items() if value is not None}, entry)

    @property
    def secrets(self) -> set[str]:
        """The arguments whose values are secret."""
        known = {item["name"]: item["secret"] for item in self.arguments}
        return {name for name, value in self.values.items() if known.get(name, looks_secret(name)) or isinstance(value, Source)}

    @property
    def missing_secrets(self) -> list[str]:
        """The arguments that must be given and are to be asked for."""
        secret = (item["name"] for item in self.arguments if item["secret"] and item["required"])
        return [name for name in secret if self.values.get(name) is None]

    def masked(self) -> dict[str, object]:
        """The values as they may be shown."""
        fields = {item["name"]: item.get("secret_fields", []) for item in self.arguments}
        shown = {name: mask(value, fields.get(name, ())) for name, value in self.values.items()}
        return shown | dict.fromkeys([*self.secrets, *self.missing_secrets], MASK)

    def revealed(self) -> dict[str, object]:
        """The values as they are sent: secrets are fetched, and asked for."""
        asked = {name: Source("prompt") for name in self.missing_secrets}
        given = {**self.values, **asked}
        return {name: value.read(name) if isinstance(value, Source) else value for name, value in given.items()}

    def descriptor(self) -> Function[object]:
        """The function as the SDK knows it, or as the values suggest."""
        from mailstore_sdk._generated.functions import FUNCTIONS
        from mailstore_sdk.runtime._protocol.form import ad_hoc_function

        return ad_hoc_function(self.function, FUNCTIONS, self.masked(), object)

    @property
    def reads(self) -> bool:
        """Whether it changes nothing, as far as is known."""
        return self.entry["effect"] == "read" if self.entry else self.function.startswith("Get")

    @property
    def label(self) -> str:
        """The function with what it works on, for a line of progress."""
        named = (item["name"] for item in (positional(self.entry) if self.entry else []))
        given = {name: self.values[name] for name in named if name in self.values}
        target = ", ".join(str(value) if name == INSTANCE else f"{name} {value}" for name, value in given.items())
        return f"{self.function} {target}".rstrip()

    @property
    def arguments(self) -> list[Argument]:
        """What the table knows of its arguments."""
        return arguments(self.entry) if self.entry else []
