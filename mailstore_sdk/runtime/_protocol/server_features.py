"""What is known of the connected server: its version, and what it can do. No input or output happens here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import cast

from mailstore_sdk.errors import NotSupportedError, ReplyFormatError
from mailstore_sdk.runtime._protocol.form import newest
from mailstore_sdk.runtime.function import Argument, Function

SESSION_VERSION = "8.5"
"""The one version that has the session protocol."""


@dataclass(eq=False)
class ServerFeatures:
    """What one client has learnt about its server; copies of the client share it.

    The versions of the catalogue are those where a source first shows a function, which may be later than its birth. So
    nothing is refused by them: they only say when it is worth asking for the server's own list, which decides.

    Attributes:
        version: As reported by the server; None before that.
        assumed: Version to go by until then.
        functions: The arguments of each function of the server; None if not known yet.
        asked: Whether it was asked for its functions.
    """

    version: str | None = None
    assumed: str | None = None
    functions: Mapping[str, frozenset[str]] | None = None
    asked: bool = False

    @property
    def known_version(self) -> str | None:
        """The version to go by."""
        return self.version or self.assumed

    def observe(self, function: str, result: object) -> None:
        """Learn the version from the result of GetEnvironmentInfo."""
        if function == "GetEnvironmentInfo":
            fields = cast("Mapping[str, object]", result if isinstance(result, dict) else getattr(result, "__dict__", {}))
            version = fields.get("version")
            self.version = version if isinstance(version, str) and version else self.version

    def require_version(self) -> str:
        """The version, after the server was asked for it; 8.5 does not report its own.

        Raises:
            ReplyFormatError: The server did not report it.
        """
        if self.known_version is None:
            raise ReplyFormatError("GetEnvironmentInfo: the server does not report its version", function="GetEnvironmentInfo")
        return self.known_version

    def learn_functions(self, metadata: object) -> None:
        """Take in the server's list of its functions, or that it gives none."""
        self.asked = True
        self.functions = dict(_functions(metadata)) or self.functions

    def needs_function_list(self, function: Function[object], values: Mapping[str, object]) -> bool:
        """Whether the server may lack the function or an argument, and has not been asked."""
        if self.asked or self.known_version is None:
            return False
        given = (argument for argument in function.arguments if values.get(argument.name) is not None)
        versions = [(function.since, function.until), *((argument.since, argument.until) for argument in given)]
        return any(self._is_newer(since) or self._is_older(until) for since, until in versions)

    def arguments(self, function: Function[object], omitted: frozenset[str] = frozenset()) -> Iterable[Argument]:
        """Return the arguments as the server's version has them, without those to omit."""
        if self.known_version is None or not any(argument.since or argument.until for argument in function.arguments):
            return [argument for argument in newest(function.arguments) if argument.name not in omitted]
        found: dict[str, Argument] = {}
        for argument in function.arguments:
            # Entries of one name are in the order of their versions; one that does not fit is kept where no other does.
            fits = not (self._is_newer(argument.since) or self._is_older(argument.until))
            if fits or argument.name not in found:
                found[argument.name] = argument._replace(required=argument.required and fits, since=None, until=None)
        return [argument for name, argument in found.items() if name not in omitted]

    def _is_newer(self, since: str | None) -> bool:
        return None not in (since, self.known_version) and _order(since) > _order(self.known_version)

    def _is_older(self, until: str | None) -> bool:
        return None not in (until, self.known_version) and _order(until) < _order(self.known_version)[: len(_order(until))]

    def arguments_to_omit(self, function: Function[object], values: Mapping[str, object]) -> frozenset[str]:
        """Arguments to leave out: those that the server lacks, where the value is what the server would take anyway.

        Raises:
            NotSupportedError: The server lacks the function, or an argument with another value.
        """
        if not self.asked:
            return frozenset()
        given = [argument for argument in function.arguments if values.get(argument.name) is not None]
        unasked = frozenset(argument.name for argument in given if values[argument.name] == argument.default)
        if self.functions is None:
            return unasked.intersection(argument.name for argument in given if self._is_newer(argument.since))
        takes = self.functions.get(function.name)
        if takes is None:
            raise self._refusal(function, function.name, function.since)
        for argument in given:
            if argument.name not in takes | unasked:
                raise self._refusal(function, f"{argument.name} of {function.name}", argument.since)
        return unasked - takes

    def _refusal(self, function: Function[object], what: str, needs: str | None) -> NotSupportedError:
        has = self.known_version
        here = f"the server (SPE {has})" if has else "the server"
        known = f"; it is known since SPE {needs}" if needs else ""
        return NotSupportedError(
            f"{function.name}: {here} does not have {what}{known}. Nothing was sent", function=function.name, needs=needs, has=has
        )


def _functions(metadata: object) -> Iterator[tuple[str, frozenset[str]]]:
    """Names and arguments, as far as the list is one; what a server sends is not to be trusted."""
    for function in _dicts(metadata):
        name = function.get("name")
        if isinstance(name, str):
            arguments = (argument.get("name") for argument in _dicts(function.get("args")))
            yield name, frozenset(argument for argument in arguments if isinstance(argument, str))


def _dicts(value: object) -> Iterator[dict[str, object]]:
    if isinstance(value, list):
        yield from (cast("dict[str, object]", item) for item in cast("list[object]", value) if isinstance(item, dict))


@cache
def _order(version: str | None) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"[0-9]{1,9}", version or "")[:4])
