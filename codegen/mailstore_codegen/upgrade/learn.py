"""Compare recorded shapes with the catalogue: additions to its types, and contradictions."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from mailstore_codegen.catalogue import naming
from mailstore_codegen.catalogue.model import Catalogue, referenced
from mailstore_codegen.catalogue.schema import Evidence, Function, Schema
from mailstore_codegen.catalogue.server_functions import Aside
from mailstore_codegen.upgrade.changes import Change, Kind, Severity
from mailstore_codegen.upgrade.edit import Edit, Editor, flow, inline
from mailstore_codegen.upgrade.keys import ITEMS, folded, merged
from mailstore_codegen.upgrade.propose import (
    CHOICE,
    Decided,
    Proposals,
    Spot,
    as_field,
    as_member,
    counted,
    field_names,
    open_value,
    singular,
)
from mailstore_codegen.upgrade.recorded_shapes import OTHER, Shape, merge

SURE = (Evidence.OBSERVED, Evidence.PRINTED_SAMPLE)
"""Levels of evidence that a recorded reply cannot improve."""

Path = tuple[str | int, ...]
"""The location of a shape: keys and list indexes."""


@dataclass(frozen=True)
class Place:
    """A shape in the catalogue: its readable name, and the location of its YAML.

    Attributes:
        name: ``Store.name`` or ``GetStores``.
        group: The file.
        path: The location, starting with the name of the type or function.
        is_type: Whether the file is under ``types/``.
    """

    name: str
    group: str
    path: Path
    is_type: bool

    def inside(self, name: str, *steps: str | int) -> "Place":
        """Return the place of an inner shape."""
        return Place(self.name + name, self.group, (*self.path, *steps), self.is_type)

    def entry(self, editor: Editor) -> Any:
        """Return the YAML of this place."""
        name = str(self.path[0])
        node: Any = editor.types(self.group, "")[name] if self.is_type else editor.function(self.group, name)
        for step in self.path[1:]:
            node = node[step]
        return node


@dataclass
class Learned:
    """The results of comparing shapes with the catalogue.

    Attributes:
        changes: The proposed changes.
        aside: Questions for a person: contradictions between catalogue and replies, unions, keys that may be data.
        unused: Observations that say nothing about a type: place and reason.
        edits: The changes as edits of the files.
    """

    changes: list[Change] = field(default_factory=list[Change])
    aside: list[Aside] = field(default_factory=list[Aside])
    unused: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    edits: list[Edit] = field(default_factory=list[Edit])

    def add(self, change: Change, edit: Edit) -> None:
        """Add a proposal."""
        self.changes.append(change)
        self.edits.append(edit)


def learn(catalogue: Catalogue, shapes: Mapping[str, Shape], source: str, decided: Decided) -> Learned:
    """Compare all shapes with the catalogue.

    Args:
        catalogue: The current catalogue.
        shapes: The recorded shape of each function's result.
        source: The tag for new evidence.
        decided: A person's decisions about keys.
    """
    return _Learning(catalogue, source, decided).learn(shapes)


class _Learning:
    def __init__(self, catalogue: Catalogue, source: str, decided: Decided) -> None:
        self._catalogue = catalogue
        self._source = source
        self._found = Learned()
        self._proposals = Proposals(catalogue, source, decided, self._found.aside)
        self._aside = self._proposals.put_aside

    def learn(self, shapes: Mapping[str, Shape]) -> Learned:
        functions = {function.name: (group.name, function) for group in self._catalogue.groups for function in group.functions}
        observed: dict[str, Shape] = {}
        for name, shape in shapes.items():
            if name not in functions:
                self._aside(name, "the catalogue has no such function; `pull` adds it")
                continue
            group, function = functions[name]
            self._gather(function.result, shape, observed)
            self._result(group, function, shape)
        for name, shape in sorted(observed.items()):
            self._type(name, shape)
        decided = self._proposals.decided
        for place in sorted({*decided.names, *decided.data} - self._proposals.places):
            self._found.unused.append((place, "no object with keys was recorded there"))
        return self._found

    def _gather(self, schema: Schema, shape: Shape, observed: dict[str, Shape]) -> None:
        """Merge the observations of each named type, wherever it occurs."""
        if schema.ref:
            name = referenced(schema.ref)
            observed[name] = merge(observed[name], shape) if name in observed else shape
            schema = self._catalogue.types[name]
        elif schema.any_of:
            for arm in schema.any_of:
                if shape.seen & _types(self._catalogue, arm):
                    self._gather(arm, shape, observed)
            return
        if schema.items and shape.items:
            self._gather(schema.items, shape.items, observed)
        for key, inner in shape.fields.items():
            found = self._children(schema, key)
            if len(found) == 1:
                self._gather(found[0], inner, observed)

    def _children(self, schema: Schema, key: str) -> list[Schema]:
        """Return what the catalogue says about a key, in each type of a union by tag; shapes do not distinguish these."""
        arms = [self._catalogue.types[referenced(arm.ref)] for arm in schema.any_of if arm.ref] or [schema]
        found = [arm.properties.get(key) or (None if arm.properties else arm.additional_properties) for arm in arms]
        return [child for place, child in enumerate(found) if child and child not in found[:place]]

    def _result(self, group: str, function: Function, shape: Shape) -> None:
        place = Place(function.name, group, (function.name, "result"), is_type=False)
        raised = function.evidence.result not in SURE
        if open_value(function.result) and not shape.seen and function.effect == "read":
            return  # an empty answer says nothing
        hint = "".join(word.capitalize() for word in naming.words(function.name)[1:]) or f"{function.name}Result"
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
        new = {key: inner for key, inner in shape.fields.items() if not self._children(schema, key)}
        if new and not shape.fields.keys() - new.keys():
            self._aside(name, f"replies had none of its fields, but {counted(new, 'other')}")
            return
        data = self._proposals.data_among(new, name)
        if data and schema.additional_properties is None:
            self._aside(name, f"{counted(data, 'key')} that may be data, not names; decide with additionalProperties: {{}}, or " + CHOICE)
        new = {key: inner for key, inner in new.items() if key not in data}
        if schema.any_of:
            self._union(place, schema, shape, new)
            return
        shape = folded(shape, name, new)
        names = field_names(new, (child.field_name(key) for key, child in schema.properties.items()))
        for key, inner in shape.fields.items():
            if key in schema.properties:
                self._field(place, schema, key, inner)
            elif key in new:
                self._new_field(place, key, inner, names[key])
        for key in schema.required:
            if shape.types.get("object") and key not in shape.always:
                change = Change(Severity.BREAKING, Kind.CHANGED, f"{name}.{key}", "not in every reply: required -> optional")
                self._found.add(change, partial(_remove_required, place, key))

    def _union(self, place: Place, schema: Schema, shape: Shape, new: dict[str, Shape]) -> None:
        """Compare a shape with all types of a union by tag together."""
        arms = ", ".join(referenced(arm.ref) for arm in schema.any_of if arm.ref)
        for key, inner in shape.fields.items():
            where = f"{place.name}.{key}"
            expected = frozenset[str]().union(*(_types(self._catalogue, child) for child in self._children(schema, key)))
            if key in new:
                spot = Spot(where, f"{place.name}{_capital(key)}", place.group)
                made = partial(self._proposed_field, key, inner, spot, field_names([key])[key])
                self._aside(where, f"a new field of one of {arms}", self._proposals.snippet(made))
            elif unexpected := sorted(inner.seen - expected):
                self._aside(where, f"the catalogue says {' or '.join(sorted(expected))}, replies had {', '.join(unexpected)}")

    def _values(self, place: Place, schema: Schema, shape: Shape) -> None:
        taken = set(map(schema.member_name, schema.enum or ()))
        for value in sorted(set(shape.values) - set(schema.enum or ())):
            if value == OTHER:
                self._found.unused.append((place.name, f"{shape.values[OTHER]} values that may be data, so they are not recorded"))
                continue
            member = as_member(value, taken)
            detail = f"value {value or repr(value)}" + (f", {member} in Python" if member else "")
            self._found.add(Change(Severity.COMPATIBLE, Kind.ADDED, place.name, detail), partial(_add_value, place, value, member))

    def _field(self, place: Place, schema: Schema, key: str, shape: Shape) -> None:
        child = schema.properties[key]
        inside = place.inside(f".{key}", "properties", key)
        known = child.evidence or schema.evidence or Evidence.UNKNOWN
        if known not in SURE and child.additional_properties == Schema():
            child = child.model_copy(update={"additional_properties": None})  # a placeholder
        fits = self._compare(inside, child, shape, f"{place.name}{_capital(key)}")
        if fits and shape.seen and known not in SURE:

            def edit(editor: Editor) -> None:
                entry = inside.entry(editor)
                entry["evidence"] = str(Evidence.OBSERVED)
                entry["sources"] = inline(dict.fromkeys((*(child.sources or schema.sources), self._source)))

            self._found.add(Change(Severity.WORDING, Kind.CHANGED, inside.name, f"evidence: {known} -> observed"), edit)

    def _proposed_field(self, key: str, shape: Shape, spot: Spot, python_name: str | None) -> dict[str, Any]:
        return {key: flow(as_field(key, self._proposals.schema(shape, spot), python_name))}

    def _new_field(self, place: Place, key: str, shape: Shape, python_name: str | None) -> None:
        spot = Spot(f"{place.name}.{key}", f"{place.name}{_capital(key)}", place.group)
        proposed = self._proposed_field(key, shape, spot, python_name)[key]
        proposed |= {"evidence": str(Evidence.OBSERVED), "sources": inline([self._source])}

        def edit(editor: Editor) -> None:
            self._proposals.write(editor)
            place.entry(editor).setdefault("properties", {})[key] = proposed

        self._found.add(Change(Severity.COMPATIBLE, Kind.ADDED, spot.place, f"field: {self._proposals.shown(proposed)}"), edit)

    def _compare(self, place: Place, schema: Schema, shape: Shape, hint: str) -> bool:
        """Compare one place; return whether the observations do not contradict it."""
        if shape.seen - _types(self._catalogue, schema):
            self._contradicted(place, schema, shape, hint)
            return False
        if open_value(schema):
            return self._close(place, schema, shape, hint)
        if shape.nullable and not _allows_null(schema):
            change = Change(Severity.BREAKING, Kind.CHANGED, place.name, "null was seen: it may be null")
            self._found.add(change, lambda editor: _make_nullable(place.entry(editor)))
        inner = [self._compare(*each) for each in _inside(place, schema, shape, hint)]
        if _format(schema) and shape.types.get("string") and not shape.is_datetime:
            self._aside(place.name, "the catalogue says a date with a time, replies had other texts")
            return False
        return all(inner)

    def _contradicted(self, place: Place, schema: Schema, shape: Shape, hint: str) -> None:
        """Put aside a schema that fits both catalogue and replies."""
        unexpected = sorted(shape.seen - _types(self._catalogue, schema))
        rest = shape.model_copy(update={"types": {kind: shape.types[kind] for kind in unexpected}})

        def union() -> dict[str, Any]:
            arms = [arm.model_dump(by_alias=True, exclude_defaults=True, include=SHAPE) for arm in schema.any_of or (schema,)]
            made = self._proposals.schema(rest, Spot(place.name, hint, place.group))
            return {place.name: flow({"anyOf": inline(flow(arm) for arm in (*arms, made))})}

        reason = f"the catalogue says {_said(schema)}, replies had {', '.join(unexpected)}"
        self._aside(place.name, reason, self._proposals.snippet(union))

    def _close(self, place: Place, schema: Schema, shape: Shape, hint: str) -> bool:
        """Replace an open value by the observed type."""
        if not shape.types or (not shape.seen and place.is_type):
            return False
        proposed = self._proposals.schema(shape, Spot(place.name, hint, place.group))
        if not proposed or (schema.type and Schema.model_validate(proposed) == Schema(type=schema.type)):
            return bool(proposed)

        def edit(editor: Editor) -> None:
            self._proposals.write(editor)
            entry = place.entry(editor)
            for key in ("type", "additionalProperties"):
                entry.pop(key, None)
            entry.update(proposed)

        was = "object" if schema.type else "any value"
        change = Change(Severity.BREAKING, Kind.CHANGED, place.name, f"type: {was} -> {self._proposals.shown(proposed)}")
        self._found.add(change, edit)
        return True


SHAPE = {"ref", "type", "format", "items", "additional_properties", "any_of"}
"""The keys of a schema that describe values, not evidence."""


def _inside(place: Place, schema: Schema, shape: Shape, hint: str) -> Iterator[tuple[Place, Schema, Shape, str]]:
    """Yield what an array or a map contains, with its place."""
    for number, arm in enumerate(schema.any_of):
        yield from _inside(place.inside("", "anyOf", number), arm, shape, hint)
    if schema.items and shape.items:
        yield place.inside(ITEMS, "items"), schema.items, shape.items, singular(hint)
    values = schema.additional_properties
    if values not in (None, Schema()) and not schema.properties and shape.fields:
        (inner,) = merged(shape).fields.values()
        yield place.inside(".*", "additionalProperties"), values, inner, singular(hint)


def _types(catalogue: Catalogue, schema: Schema) -> frozenset[str]:
    """Return the JSON types that fit, except null."""
    target = catalogue.types[referenced(schema.ref)] if schema.ref else schema
    if target.discriminator:
        return frozenset({"object"})
    if target.any_of:
        return frozenset[str]().union(*(_types(catalogue, arm) for arm in target.any_of))
    if open_value(target) and not target.type:
        return frozenset({"array", "boolean", "integer", "number", "object", "string"})
    kinds = frozenset[str](target.types) - {"null"}
    return kinds | {"integer"} if "number" in kinds else kinds


def _said(schema: Schema) -> str:
    if schema.any_of:
        return " or ".join(map(_said, schema.any_of))
    return referenced(schema.ref) if schema.ref else " or ".join(schema.types)


def _format(schema: Schema) -> bool:
    return bool(schema.format) or any(arm.format for arm in schema.any_of)


def _allows_null(schema: Schema) -> bool:
    return "null" in schema.types or any("null" in arm.types for arm in schema.any_of)


def _remove_required(place: Place, key: str, editor: Editor) -> None:
    entry = place.entry(editor)
    entry["required"].remove(key)
    if not entry["required"]:
        del entry["required"]


def _add_value(place: Place, value: str, member: str | None, editor: Editor) -> None:
    entry = place.entry(editor)
    entry["enum"].append(value)
    if member:
        entry.setdefault("python_names", flow({}))[value] = member


def _make_nullable(entry: Any) -> None:
    if "$ref" in entry:
        entry.insert(0, "anyOf", inline([flow({"$ref": entry.pop("$ref")}), flow({"type": "null"})]))
    elif "anyOf" in entry:
        entry["anyOf"].append(flow({"type": "null"}))
    else:
        kinds = entry["type"] if isinstance(entry["type"], list) else [entry["type"]]
        entry["type"] = inline([*kinds, "null"])


def _capital(key: str) -> str:
    return key[:1].upper() + key[1:]
