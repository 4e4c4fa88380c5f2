"""Facts about the connected server: its version and functions. No input or output happens here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from typing import cast

from pydantic import BaseModel, OnErrorOmit, TypeAdapter, ValidationError

from mailstore_sdk.errors import NotSupportedError, ReplyFormatError
from mailstore_sdk.runtime.function import Argument, Function

SESSION_VERSION = "8.5"
"""The one version that has the session protocol."""


@dataclass(eq=False)
class ServerFeatures:
    """Facts that one client has learned about its server; copies of the client share them.

    The catalogue has the version in which a source first shows a function; the function may be older. So
    these versions refuse nothing: they only say when to request the server's own list, which decides.

    Attributes:
        version: As reported by the server, or given by its protocol; None before that.
        functions: The arguments of each function of the server; None before it was asked, and empty if it gives no list.
    """

    version: str | None = None
    functions: Mapping[str, frozenset[str]] | None = None

    def observe(self, function: str, result: object) -> None:
        """Learn the version from the result of GetEnvironmentInfo."""
        if function == "GetEnvironmentInfo":
            version = cast("dict[str, object]", result).get("version") if isinstance(result, dict) else getattr(result, "version", None)
            self.version = version if isinstance(version, str) and version else self.version

    def require_version(self) -> str:
        """Return the version, after it was requested from the server.

        Raises:
            ReplyFormatError: The server did not report it.
        """
        if self.version is None:
            raise ReplyFormatError("GetEnvironmentInfo: the server does not report its version", function="GetEnvironmentInfo")
        return self.version

    def learn_functions(self, metadata: object = ()) -> None:
        """Store the server's list of functions; None if it has no such list."""
        self.functions = self.functions or {}
        with suppress(ValidationError):
            listed = TypeAdapter(list[OnErrorOmit[_Listed]]).validate_python(metadata)
            functions = {function.name: frozenset(argument.name for argument in function.args or ()) for function in listed}
            self.functions = functions or self.functions

    def needs_function_list(self, function: Function[object], values: Mapping[str, object]) -> bool:
        """Return whether the server may lack the function or an argument, and its list was not yet requested."""
        if self.functions is not None or self.version is None:
            return False
        given = (argument for argument in function.arguments if values.get(argument.name) is not None)
        versions = [(function.since, function.until), *((argument.since, argument.until) for argument in given)]
        return not all(self._fits(since, until) for since, until in versions)

    def arguments(self, function: Function[object], values: Mapping[str, object]) -> list[Argument]:
        """Return the arguments for the server's version, without those that it lacks if the value is the server's default.

        Raises:
            NotSupportedError: The server lacks the function, or an argument with another value.
        """
        found: dict[str, Argument] = {}
        for argument in function.arguments:
            differs = bool(argument.since or argument.until)
            fits = not differs or self._fits(argument.since, argument.until)
            # If only some versions require an argument and this server's version is unknown, it is not missing.
            decided = not differs or self.version is not None
            # Entries of one name are in the order of their versions; one that does not fit is kept if no other does.
            if fits or argument.name not in found:
                found[argument.name] = argument._replace(required=argument.required and fits and decided)
        listed = self.functions.get(function.name) if self.functions else None
        if self.functions and listed is None:
            raise self._refusal(function, function.name + function.hint, function.since)
        # Without a list, the versions at least decide about values that are the server's default anyway.
        for argument in [*found.values()]:
            lacks = not self._fits(argument.since) if listed is None else argument.name not in listed
            if lacks and values.get(argument.name) in (None, argument.default):
                del found[argument.name]
            elif lacks and listed is not None:
                raise self._refusal(function, f"{argument.name} of {function.name}", argument.since)
        return [*found.values()]

    def _fits(self, since: str | None, until: str | None = None) -> bool:
        """Return whether the server has one of these versions; True if its version is not known."""
        has = _order(self.version)
        return not has or (_order(since) <= has and (until is None or has[: len(_order(until))] <= _order(until)))

    def _refusal(self, function: Function[object], what: str, needs: str | None) -> NotSupportedError:
        here = f"the server (SPE {self.version})" if self.version else "the server"
        known = f"; it is known since SPE {needs}" if needs else ""
        message = f"{function.name}: {here} does not have {what}{known}. Nothing was sent"
        return NotSupportedError(message, function=function.name, needs=needs, has=self.version)


class _Named(BaseModel, defer_build=True, from_attributes=True):
    name: str


class _Listed(_Named):
    args: list[OnErrorOmit[_Named]] | None = None


@cache
def _order(version: str | None) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"[0-9]{1,9}", version or "")[:4])
