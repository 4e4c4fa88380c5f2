"""Recorded shapes against the catalogue: what they add to its types, and where they contradict it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from mailstore_codegen.catalogue import naming
from mailstore_codegen.catalogue.model import Catalogue, referenced
from mailstore_codegen.catalogue.schema import Evidence, Function, Schema
from mailstore_codegen.upgrade.changes import Change, Kind, Severity
from mailstore_codegen.upgrade.edit import Edit, Editor, flow, inline
from mailstore_codegen.upgrade.propose import Proposals, as_field, open_value
from mailstore_codegen.upgrade.recorded_shapes import OTHER, Shape, merge

SURE = (Evidence.OBSERVED, Evidence.PRINTED_SAMPLE)
"""Evidence that a recorded reply cannot raise."""

Path = tuple[str, ...]


@dataclass(frozen=True)
class Place:
    """One shape in the catalogue: its readable name, and the location of its YAML.

    Attributes:
        name: ``Store.name`` or ``GetStores``.
        group: The file.
        path: The keys of its location, from the name of the type or the function on.
        is_type: Whether it is under ``types/``.
    """

    name: str
    group: str
    path: Path
    is_type: bool

    def inside(self, name: str, *steps: str) -> "Place":
        """A shape in it."""
        return Place(self.name + name, self.group, (*self.path, *steps), self.is_type)

    def entry(self, editor: Editor) -> Any:
        """Its YAML."""
        node: Any = editor.types(self.group, "")[self.path[0]] if self.is_type else editor.function(self.group, self.path[0])
        for step in self.path[1:]:
            node = node[step]
        return node


@dataclass
class Learned:
    """What follows from the shapes.

    Attributes:
        changes: What is proposed.
        conflicts: Where catalogue and replies contradict each other: a person decides.
        edits: The changes, as edits of the files.
    """

    changes: list[Change] = field(default_factory=list[Change])
    conflicts: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    edits: list[Edit] = field(default_factory=list[Edit])

    def add(self, change: Change, edit: Edit) -> None:
        """One more proposal."""
        self.changes.append(change)
        self.edits.append(edit)


def learn(catalogue: Catalogue, shapes: Mapping[str, Shape], source: str) -> Learned:
    """Compare all shapes with the catalogue; `source` is the tag that new evidence names."""
    return _Learning(catalogue, source).learn(shapes)


class _Learning:
    def __init__(self, catalogue: Catalogue, source: str) -> None:
        self._catalogue = catalogue
        self._source = source
        self._found = Learned()
        self._proposals = Proposals(catalogue, source)

    def learn(self, shapes: Mapping[str, Shape]) -> Learned:
        functions = {function.name: (group.name, function) for group in self._catalogue.groups for function in group.functions}
        observed: dict[str, Shape] = {}
        for name, shape in shapes.items():
            if name not in functions:
                self._conflict(name, "the catalogue has no such function; `pull` adds it")
                continue
            group, function = functions[name]
            self._gather(function.result, shape, observed, name)
            self._result(group, function, shape)
        for name, shape in sorted(observed.items()):
            self._type(name, shape)
        for place, detail in self._proposals.conflicts:
            self._conflict(place, detail)
        return self._found

    def _gather(self, schema: Schema, shape: Shape, observed: dict[str, Shape], where: str) -> None:
        """Merge what was seen of each named type, wherever it occurs."""
        target = _only_arm(schema)
        if target is None:
            self._conflict(where, "one of several types: recorded shapes do not distinguish them")
            return
        if target.ref:
            name = referenced(target.ref)
            observed[name] = merge(observed[name], shape) if name in observed else shape
            target = self._catalogue.types[name]
            if target.any_of:
                self._conflict(where, f"{name} is one of several types: recorded shapes do not distinguish them")
                del observed[name]
                return
        if target.items and shape.items:
            self._gather(target.items, shape.items, observed, where)
        for key, inner in shape.fields.items():
            child = target.properties.get(key) or (None if target.properties else target.additional_properties)
            if child:
                self._gather(child, inner, observed, f"{where}.{key}")

    def _result(self, group: str, function: Function, shape: Shape) -> None:
        place = Place(function.name, group, (function.name, "result"), is_type=False)
        raised = function.evidence.result not in SURE
        if open_value(function.result) and not shape.seen and function.effect == "read":
            return  # a question that was answered with nothing says nothing
        hint = "".join(_cap_words(function.name)[1:]) or f"{function.name}Result"
        if (
            self._compare(place, function.result, shape, hint)
            and raised
            and (shape.seen or function.result.types == ("null",) or open_value(function.result))
        ):
            place = Place(function.name, group, (function.name, "evidence"), is_type=False)

            def edit(editor: Editor) -> None:
                entry = place.entry(editor)
                entry["result"] = str(Evidence.OBSERVED)
                if self._source not in entry.setdefault("sources", inline([])):
                    entry["sources"].append(self._source)

            change = Change(
                Severity.WORDING, Kind.CHANGED, function.name, f"evidence of the result: {function.evidence.result} -> observed"
            )
            self._found.add(change, edit)

    def _type(self, name: str, shape: Shape) -> None:
        schema = self._catalogue.types[name]
        place = Place(name, self._catalogue.group_of_type[name], (name,), is_type=True)
        if schema.enum is not None:
            self._values(place, schema, shape)
            return
        for key, inner in shape.fields.items():
            if key == OTHER:
                self._conflict(name, "it had keys that do not look like names")
            elif key in schema.properties:
                self._field(place, schema, key, inner)
            else:
                self._new_field(place, key, inner)
        for key in schema.required:
            if shape.types.get("object") and key not in shape.always:
                change = Change(Severity.BREAKING, Kind.CHANGED, f"{name}.{key}", "not in every reply: required -> optional")
                self._found.add(change, partial(_remove_required, place, key))

    def _values(self, place: Place, schema: Schema, shape: Shape) -> None:
        for value in sorted(set(shape.values) - set(schema.enum or ())):
            self._found.add(Change(Severity.COMPATIBLE, Kind.ADDED, place.name, f"value {value}"), partial(_add_value, place, value))

    def _field(self, place: Place, schema: Schema, key: str, shape: Shape) -> None:
        child = schema.properties[key]
        inside = place.inside(f".{key}", "properties", key)
        fits = self._compare(inside, child, shape, f"{place.name}{_capital(key)}")
        known = child.evidence or schema.evidence or Evidence.UNKNOWN
        if fits and shape.seen and known not in SURE:

            def edit(editor: Editor) -> None:
                entry = inside.entry(editor)
                entry["evidence"] = str(Evidence.OBSERVED)
                entry["sources"] = inline(dict.fromkeys((*(child.sources or schema.sources), self._source)))

            self._found.add(Change(Severity.WORDING, Kind.CHANGED, inside.name, f"evidence: {known} -> observed"), edit)

    def _new_field(self, place: Place, key: str, shape: Shape) -> None:
        try:
            naming.field(key)
        except naming.UnusableNameError as error:
            self._conflict(f"{place.name}.{key}", f"a new field, but {error}")
            return
        proposed = self._proposals.schema(shape, f"{place.name}{_capital(key)}", place.group)
        if proposed is None:
            self._conflict(f"{place.name}.{key}", f"a new field of several types: {', '.join(sorted(shape.seen))}")
            return

        def edit(editor: Editor) -> None:
            self._proposals.write(editor)
            entry = place.entry(editor)
            entry.setdefault("properties", {})[key] = flow(
                {**as_field(key, proposed), "evidence": "observed", "sources": inline([self._source])}
            )

        self._found.add(Change(Severity.COMPATIBLE, Kind.ADDED, f"{place.name}.{key}", f"field: {self._proposals.shown(proposed)}"), edit)

    def _compare(self, place: Place, schema: Schema, shape: Shape, hint: str) -> bool:
        """Compare one place; say whether what was seen does not contradict it."""
        if open_value(schema):
            return self._close(place, shape, hint)
        arm = _only_arm(schema)
        if arm is None:
            return False
        unexpected = sorted(shape.seen - _types(self._catalogue, arm))
        if unexpected:
            self._conflict(place.name, f"the catalogue says {_said(arm)}, replies had {', '.join(unexpected)}")
            return False
        if shape.nullable and not _allows_null(schema):
            change = Change(Severity.BREAKING, Kind.CHANGED, place.name, "null was seen: it may be null")
            self._found.add(change, lambda editor: _make_nullable(place.entry(editor)))
        if arm.format and shape.types.get("string") and not shape.is_datetime:
            self._conflict(place.name, "the catalogue says a date with a time, replies had other texts")
            return False
        if arm.items and shape.items and arm is schema:
            return self._compare(place.inside("[]", "items"), arm.items, shape.items, hint.removesuffix("s") or hint)
        return True

    def _close(self, place: Place, shape: Shape, hint: str) -> bool:
        """An open value gets the type that it was seen with."""
        if not shape.types or (not shape.seen and place.is_type):
            return False
        proposed = self._proposals.schema(shape, hint, place.group)
        if proposed is None:
            self._conflict(place.name, f"an open value of several types: {', '.join(sorted(shape.seen))}")
            return False
        if not proposed:
            return False

        def edit(editor: Editor) -> None:
            self._proposals.write(editor)
            place.entry(editor).update(proposed)

        change = Change(Severity.BREAKING, Kind.CHANGED, place.name, f"type: any value -> {self._proposals.shown(proposed)}")
        self._found.add(change, edit)
        return True

    def _conflict(self, place: str, detail: str) -> None:
        if (place, detail) not in self._found.conflicts:
            self._found.conflicts.append((place, detail))


def _only_arm(schema: Schema) -> Schema | None:
    """The shape itself, or the only non-null type of a union; None if there are several."""
    if not schema.any_of:
        return schema
    arms = [arm for arm in schema.any_of if arm.types != ("null",)]
    return arms[0] if len(arms) == 1 else None


def _types(catalogue: Catalogue, schema: Schema) -> frozenset[str]:
    """The JSON types that fit, null aside."""
    target = catalogue.types[referenced(schema.ref)] if schema.ref else schema
    if target.enum is not None:
        return frozenset({"string"})
    if target.any_of:
        return frozenset({"object"})
    kinds = frozenset[str](target.types)
    return kinds | {"integer"} if "number" in kinds else kinds


def _said(schema: Schema) -> str:
    return referenced(schema.ref) if schema.ref else " or ".join(schema.types)


def _allows_null(schema: Schema) -> bool:
    return "null" in schema.types or any("null" in arm.types for arm in schema.any_of)


def _remove_required(place: Place, key: str, editor: Editor) -> None:
    entry = place.entry(editor)
    entry["required"].remove(key)
    if not entry["required"]:
        del entry["required"]


def _add_value(place: Place, value: str, editor: Editor) -> None:
    place.entry(editor)["enum"].append(value)


def _make_nullable(entry: Any) -> None:
    if "$ref" in entry:
        entry.insert(0, "anyOf", inline([flow({"$ref": entry.pop("$ref")}), flow({"type": "null"})]))
    else:
        kinds = entry["type"] if isinstance(entry["type"], list) else [entry["type"]]
        entry["type"] = inline([*kinds, "null"])


def _cap_words(name: str) -> list[str]:
    return [word.capitalize() for word in naming.words(name)]


def _capital(key: str) -> str:
    return key[:1].upper() + key[1:]
