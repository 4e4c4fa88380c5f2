"""Guess facts that a server's list does not contain, from names and from similar entries of the catalogue.

A guess never allows retries: a new function is `mutating` or `destructive` until a person changes that.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

from pydantic import JsonValue

from mailstore_codegen.catalogue import naming
from mailstore_codegen.catalogue.model import Catalogue, Group, referenced
from mailstore_codegen.catalogue.schema import Argument, Effect
from mailstore_codegen.catalogue.server_functions import WIRE_TYPES, ServerArgument, ServerFunction
from mailstore_codegen.upgrade.edit import flow, inline, quoted

DESTRUCTIVE_VERBS = ("Delete", "Remove", "Purge", "Clear", "Drop", "Truncate")
LONG_VERBS = ("Verify", "Compact", "Rebuild", "Repair", "Recover", "Recreate", "Upgrade", "Transfer", "Run", "Sync", "Merge", "Move")
"""First words of function names for which `long_running` is proposed."""

SAMPLES: Mapping[str, str] = {
    "string": '"text"',
    "integer": "1",
    "number": "1",
    "boolean": "true",
    "json": "{}",
    "datetime": '"2026-01-01T00:00:00"',
    "list": "[]",
}
"""JSON values for generated examples."""


@dataclass(frozen=True)
class Guesses:
    """Guesses based on one catalogue."""

    catalogue: Catalogue

    @cached_property
    def _arguments(self) -> tuple[Argument, ...]:
        return tuple(argument for function in self.catalogue.functions for argument in function.args)

    @cached_property
    def _examples(self) -> Mapping[str, JsonValue]:
        return {name: value for function in self.catalogue.functions for name, value in function.example.args.items()}

    def wire_type(self, reported: ServerArgument) -> str:
        """Return the most frequent type of the arguments with this name, else of all arguments."""
        kinds = WIRE_TYPES[reported.type]
        for known in (self._named(reported.name), self._arguments):
            counted = Counter(argument.type for argument in known if argument.type in kinds)
            if counted:
                return counted.most_common(1)[0][0]
        return kinds[0]

    def facts(self, reported: ServerArgument) -> dict[str, Any]:
        """Create the entry of an argument, with the enum and `secret` of all others with its name and type."""
        kind = self.wire_type(reported)
        like = [argument for argument in self._named(reported.name) if argument.type == kind]
        enums = {argument.enum for argument in like}
        enum = next(iter(enums)) if len(enums) == 1 else None
        entry: dict[str, Any] = {"name": reported.name, "type": kind}
        entry |= {} if reported.nullable else {"required": True}
        entry |= {"secret": True} if naming.sounds_secret(reported.name) or (like and all(item.secret for item in like)) else {}
        return entry | ({"enum": enum} if enum else {})

    def sample(self, entry: Mapping[str, Any]) -> JsonValue:
        """Return a new object for an example each time, since YAML would write the same object as an alias."""
        if "enum" in entry:
            value: JsonValue = (self.catalogue.types[referenced(entry["enum"])].enum or ("",))[0]
            return [value] if entry["type"] == "list" else value
        known = self._examples.get(entry["name"])
        fits = known is not None and any(item.type == entry["type"] and not item.shape for item in self._named(entry["name"]))
        return cast("JsonValue", json.loads(json.dumps(known) if fits else SAMPLES[entry["type"]]))

    def function(self, reported: ServerFunction, version: str) -> dict[str, Any]:
        """Create a complete entry; facts that the list lacks are proposed or marked as unknown."""
        effect = propose_effect(reported.name)
        args = sorted(reported.args, key=lambda argument: argument.name != "instanceID")
        entry: dict[str, Any] = {"name": reported.name, "summary": f"{reported.name}; not described yet."}
        if effect is Effect.DESTRUCTIVE:
            entry["details"] = "Judging by its name, it deletes data; what is lost is not described yet."
        entry["effect"] = str(effect)
        if _verb(reported.name) in LONG_VERBS:
            entry["long_running"] = True
        entry |= {
            "proposed": inline(["group", "effect", "long_running", "access"]),
            "since": quoted(version),
            "access": "provider" if any(argument.name == "instanceID" for argument in args) else "admin",
        }
        facts = [self.facts(argument) for argument in args]
        if facts:
            entry["args"] = list(map(flow, facts))
        example = {fact["name"]: self.sample(fact) for fact in facts if fact.get("required")}
        return entry | {
            "result": flow({}),
            "evidence": flow({"args": "observed", "result": "unknown", "sources": inline([f"metadata{version}"])}),
            "example": flow({"args": flow(example)} if example else {}),
        }

    def group(self, name: str) -> str:
        """Return the group whose functions share most words with a name."""
        wanted = set(naming.words(name)[1:])
        score = {group.name: _likeness(wanted, group) for group in self.catalogue.groups if group.functions}
        best = max(sorted(score), key=lambda group: score[group], default="system")
        return best if score.get(best) else ("system" if "system" in score or not score else min(score))

    def _named(self, name: str) -> Iterator[Argument]:
        return (argument for argument in self._arguments if argument.name == name)


def propose_effect(name: str) -> Effect:
    """Guess the effect of a function from the first word of its name."""
    return Effect.DESTRUCTIVE if _verb(name) in DESTRUCTIVE_VERBS else Effect.MUTATING


def to_confirm(catalogue: Catalogue) -> list[tuple[str, str]]:
    """Return the guessed facts that no person has confirmed yet, by function."""
    return [(function.name, ", ".join(function.proposed)) for function in catalogue.functions if function.proposed]


def _likeness(words: set[str], group: Group) -> float:
    """Return how many of the words the names in a group contain, on average and relative to their length."""
    names = [naming.words(function.name) for function in group.functions]
    return sum(len(words & set(name[1:])) / len(name) for name in names) / len(names)


def _verb(name: str) -> str:
    return next(iter(re.findall(r"^[A-Z][a-z]+", name)), "")
