"""A server's list of functions against the catalogue: what differs, and the entries that say so."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from pydantic import JsonValue

from mailstore_codegen.catalogue import naming
from mailstore_codegen.catalogue.model import Catalogue, Group
from mailstore_codegen.catalogue.schema import Argument, Effect, Function
from mailstore_codegen.catalogue.server_functions import WIRE_TYPES, Told, ToldArgument, ToldFunction
from mailstore_codegen.catalogue.versions import at, before, number
from mailstore_codegen.upgrade.changes import Change, Kind, Severity, ordered
from mailstore_codegen.upgrade.edit import Edit, Editor, append_entry, flow, inline, quoted

VERBS = {
    Effect.READ: ("Get", "List", "Find", "Is", "Can", "Has", "Ping", "Test"),
    Effect.IDEMPOTENT: ("Set", "Enable", "Disable", "Start", "Stop", "Lock", "Unlock", "Cancel", "Initialize", "Select"),
    Effect.DESTRUCTIVE: ("Delete", "Remove", "Purge", "Clear", "Drop", "Truncate"),
}
"""First words of names -> effect; what is not here is proposed as mutating, which is never sent twice."""

LONG_VERBS = ("Verify", "Compact", "Rebuild", "Repair", "Recover", "Recreate", "Upgrade", "Transfer", "Run", "Sync", "Merge", "Move")
"""First words of names of which work that takes long is proposed."""

SAMPLES: Mapping[str, str] = {
    "string": '"text"',
    "integer": "1",
    "number": "1",
    "boolean": "true",
    "json": "{}",
    "datetime": '"2026-01-01T00:00:00"',
    "list": "[]",
}
"""JSON of values for examples that nobody has written yet."""


@dataclass(frozen=True)
class Comparison:
    """What differs between a server and the catalogue, and how the catalogue is made to agree."""

    version: str
    changes: list[Change] = field(default_factory=list[Change])
    edits: list[Edit] = field(default_factory=list[Edit])

    def add(self, change: Change, edit: Edit | None) -> None:
        """One more difference."""
        self.changes.append(change)
        if edit:
            self.edits.append(edit)


def compare(catalogue: Catalogue, version: str, told: Told) -> Comparison:
    """Compare the server's list with what the catalogue says of its version."""
    found = Comparison(version)
    offered = {function.name: function for function in at(catalogue, version).functions}
    known = {function.name: function for function in catalogue.functions}
    place = Places(catalogue, version)
    for name, function in told.items():
        if name in offered:
            _compare_arguments(found, place, (offered[name], known[name]), function)
        elif name in known:
            change = Change(Severity.COMPATIBLE, Kind.ADDED, name, f"the catalogue has it{_span(known[name])}")
            found.add(change, place.widen(known[name], None))
        else:
            found.add(Change(Severity.COMPATIBLE, Kind.ADDED, name, _signature(function)), place.add_function(function))
    for name, gone in offered.items():
        if name not in told:
            found.add(Change(Severity.BREAKING, Kind.REMOVED, name, f"{gone.method}()"), place.end(gone, None))
    return Comparison(version, ordered(found.changes), found.edits)


def _compare_arguments(found: Comparison, place: "Places", entries: tuple[Function, Function], told: ToldFunction) -> None:
    function, whole = entries
    offered = {argument.name: argument for argument in function.args}
    known = {argument.name: argument for argument in whole.args}
    for argument in told.args:
        where = f"{function.name}({argument.name})"
        severity = Severity.COMPATIBLE if argument.nullable else Severity.BREAKING
        if argument.name in offered:
            _compare_argument(found, place, (function, offered[argument.name]), argument)
        elif argument.name in known:
            change = Change(severity, Kind.ADDED, where, f"the catalogue has it{_span(known[argument.name])}")
            found.add(change, place.widen(whole, known[argument.name]))
        else:
            found.add(Change(severity, Kind.ADDED, where, _shown(argument)), place.add_argument(function, argument))
    names = {argument.name for argument in told.args}
    for name, entry in offered.items():
        if name not in names:
            found.add(Change(Severity.BREAKING, Kind.REMOVED, f"{function.name}({name})", entry.type), place.end(whole, entry))


def _compare_argument(found: Comparison, place: "Places", entries: tuple[Function, Argument], told: ToldArgument) -> None:
    function, argument = entries
    where = f"{function.name}({argument.name})"
    kinds = WIRE_TYPES[told.type]
    if argument.type not in kinds:
        change = Change(Severity.BREAKING, Kind.CHANGED, where, f"type: {argument.type} -> {told.type}")
        found.add(change, place.set_argument(function, argument, type=kinds[0], enum=None, shape=None, default=None, wrapper_default=None))
    if argument.required and told.nullable:
        change = Change(Severity.COMPATIBLE, Kind.CHANGED, where, "required -> optional")
        found.add(change, place.set_argument(function, argument, required=None, default=None))
    elif not argument.required and not told.nullable:
        severity = Severity.BREAKING if argument.default is None else Severity.COMPATIBLE
        found.add(Change(severity, Kind.CHANGED, where, "optional -> required"), place.set_argument(function, argument, required=True))


@dataclass(frozen=True)
class Places:
    """Makes the edits: knows where each function stands, and from which version the list is."""

    catalogue: Catalogue
    version: str

    def add_function(self, told: ToldFunction) -> Edit:
        """A complete entry; what the list does not tell is proposed or said to be unknown."""
        group = propose_group(self.catalogue, told.name)

        def edit(editor: Editor) -> None:
            self._add_version(editor)
            append_entry(editor.functions(group), _entry(told, self.version))

        return edit

    def add_argument(self, function: Function, told: ToldArgument) -> Edit:
        """An argument behind the others."""

        def edit(editor: Editor) -> None:
            self._add_version(editor)
            entry = self._entry(editor, function)
            new = _argument(told) | {"since": quoted(self.version), "evidence": "observed"}
            if told.name == "instanceID":
                entry.setdefault("args", []).insert(0, flow(new))
            elif "args" in entry:
                entry["args"].append(flow(new))
            else:
                entry.insert(list(entry).index("result"), "args", [flow(new)])
            if not told.nullable:
                _example(entry)[told.name] = _sample(WIRE_TYPES[told.type][0])

        return edit

    def set_argument(self, function: Function, argument: Argument, **values: object) -> Edit:
        """Other facts of an argument; None takes one away."""

        def edit(editor: Editor) -> None:
            function_entry = self._entry(editor, function)
            entry = next(item for item in function_entry["args"] if item["name"] == argument.name)
            for key, value in {**values, "evidence": "observed"}.items():
                if value is not None:
                    entry[key] = value
                elif key in entry:
                    del entry[key]
            if "type" in values or (values.get("required") and argument.default is None):
                _example(function_entry)[argument.name] = _sample(str(entry["type"]))

        return edit

    def end(self, function: Function, argument: Argument | None) -> Edit | None:
        """``until``, at the newest version before; None where that contradicts ``since``, which a person has to settle."""
        last = before(self.version, self.catalogue.protocol.versions)
        entry = argument or function
        if last is None or (entry.since and number(last) < number(entry.since)):
            return None
        return self._date(function, argument, until=last)

    def widen(self, function: Function, argument: Argument | None) -> Edit:
        """``since`` or ``until`` so that the version of the list is in between."""
        entry = argument or function
        early = entry.since is not None and number(self.version) < number(entry.since)
        return self._date(function, argument, **({"since": self.version} if early else {"until": None}))

    def _date(self, function: Function, argument: Argument | None, **dates: str | None) -> Edit:
        def edit(editor: Editor) -> None:
            self._add_version(editor)
            entry = self._entry(editor, function)
            place = entry if argument is None else next(item for item in entry["args"] if item["name"] == argument.name)
            for key, version in dates.items():
                if version is None:
                    del place[key]
                elif key in place or argument is not None:
                    place[key] = quoted(version)
                else:
                    place.insert(list(place).index("access"), key, quoted(version))

        return edit

    def _entry(self, editor: Editor, function: Function) -> Any:
        group = next(group for group in self.catalogue.groups if function.name in {item.name for item in group.functions})
        return editor.function(group.name, function.name)

    def _add_version(self, editor: Editor) -> None:
        versions = editor.protocol()["versions"]
        if self.version not in versions:
            later = [index for index, other in enumerate(versions) if number(other) > number(self.version)]
            versions.insert(later[0] if later else len(versions), quoted(self.version))


def propose_group(catalogue: Catalogue, name: str) -> str:
    """The group whose functions share most words with a name, the rarest counting most."""
    wanted = set(naming.words(name)[1:])
    score = {group.name: _likeness(wanted, group) for group in catalogue.groups if group.functions}
    fallback = "system" if "system" in score else min(score)
    best = max(sorted(score), key=lambda group: score[group])
    return best if score[best] else fallback


def _likeness(words: set[str], group: Group) -> float:
    """How many of the words the functions of a group have in their names, on average and by the length of those."""
    names = [naming.words(function.name) for function in group.functions]
    return sum(len(words & set(name[1:])) / len(name) for name in names) / len(names)


def propose_effect(name: str) -> Effect:
    """What a function does to the server, going by the first word of its name."""
    return next((effect for effect, verbs in VERBS.items() if _verb(name) in verbs), Effect.MUTATING)


def _verb(name: str) -> str:
    return next(iter(re.findall(r"^[A-Z][a-z]+", name)), "")


def _entry(told: ToldFunction, version: str) -> dict[str, Any]:
    effect = propose_effect(told.name)
    args = sorted(told.args, key=lambda argument: argument.name != "instanceID")
    entry: dict[str, Any] = {"name": told.name, "summary": f"{told.name}, which nobody has described yet."}
    if effect is Effect.DESTRUCTIVE:
        entry["details"] = "Going by its name it deletes data; what is lost is not described yet."
    entry["effect"] = str(effect)
    if _verb(told.name) in LONG_VERBS:
        entry["long_running"] = True
    entry |= {
        "proposed": inline(["group", "effect", "long_running", "access"]),
        "since": quoted(version),
        "access": "provider" if any(argument.name == "instanceID" for argument in args) else "admin",
    }
    if args:
        entry["args"] = [flow(_argument(argument)) for argument in args]
    example = {argument.name: _sample(WIRE_TYPES[argument.type][0]) for argument in args if not argument.nullable}
    return entry | {
        "result": flow({}),
        "evidence": flow({"args": "observed", "result": "unknown", "sources": inline([f"metadata{version}"])}),
        "example": flow({"args": flow(example)} if example else {}),
    }


def _argument(told: ToldArgument) -> dict[str, Any]:
    required = {} if told.nullable else {"required": True}
    secret = {"secret": True} if naming.sounds_secret(told.name) else {}
    return {"name": told.name, "type": WIRE_TYPES[told.type][0]} | required | secret


def _sample(kind: str) -> JsonValue:
    """A value of a wire type; a new one each time, since YAML would write the same one as an alias."""
    return cast("JsonValue", json.loads(SAMPLES[kind]))


def _example(entry: Any) -> Any:
    if "args" not in entry["example"]:
        entry["example"]["args"] = flow({})
    return entry["example"]["args"]


def _signature(told: ToldFunction) -> str:
    return f"({', '.join(_shown(argument) for argument in told.args)})"


def _shown(argument: ToldArgument) -> str:
    return f"{argument.name}: {argument.type}{'' if argument.nullable else ', required'}"


def _span(entry: Function | Argument) -> str:
    since = f" since {entry.since}" if entry.since else ""
    return since + (f" until {entry.until}" if entry.until else "")
