"""Convert recorded shapes to schemas and named types that a person can use."""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

from mailstore_codegen.catalogue import naming
from mailstore_codegen.catalogue.model import Catalogue, referenced
from mailstore_codegen.catalogue.schema import Schema
from mailstore_codegen.catalogue.server_functions import Aside
from mailstore_codegen.upgrade.edit import Editor, flow, inline, yaml_text
from mailstore_codegen.upgrade.keys import ITEMS, Again, Keys, data_among, folded, keys_of, merged, vocabulary
from mailstore_codegen.upgrade.recorded_shapes import OTHER, JsonType, Shape

SCALARS = frozenset({"boolean", "integer", "number", "string"})


@dataclass(frozen=True)
class Decided:
    """A person's decisions about keys.

    Attributes:
        names: Places whose keys are names of the API.
        data: Places whose keys are data.
    """

    names: Collection[str] = ()
    data: Collection[str] = ()


@dataclass(frozen=True)
class Spot:
    """Where a schema goes.

    Attributes:
        place: The name in messages: ``Store.usage``.
        hint: A possible name for an object's type.
        group: The file for new types.
    """

    place: str
    hint: str
    group: str

    def inside(self, step: str) -> "Spot":
        """Return the spot of an array's elements, of a map's values, or of a field."""
        if step in (ITEMS, OTHER):
            return replace(self, place=self.place + step if step == ITEMS else f"{self.place}.{step}", hint=singular(self.hint))
        return replace(self, place=f"{self.place}.{step}", hint=f"{self.hint}{step[:1].upper()}{step[1:]}")


def singular(name: str) -> str:
    """``Stores`` -> ``Store``."""
    return (name.removesuffix("ies") + "y" if name.endswith("ies") else name.removesuffix("s")) or name


def open_value(schema: Schema) -> bool:
    """Return whether the catalogue says nothing about a value, or only that it is an object."""
    anything = not (schema.ref or schema.type or schema.any_of)
    return anything or (set(schema.types) - {"null"} == {"object"} and not schema.properties and schema.additional_properties is None)


@dataclass
class Proposals:
    """New schemas, and the named types that they refer to.

    Attributes:
        aside: What the catalogue cannot express, or only a person can decide.
        places: Where keys were observed.
    """

    catalogue: Catalogue
    source: str
    decided: Decided
    aside: list[Aside]
    places: set[str] = field(default_factory=set[str])
    _types: dict[str, tuple[str, dict[str, Any]]] = field(default_factory=dict[str, tuple[str, dict[str, Any]]])

    def __post_init__(self) -> None:
        self._known = vocabulary(self.catalogue)

    def schema(self, shape: Shape, spot: Spot) -> dict[str, Any]:
        """Return the shape as a schema in YAML: empty if a person must decide, or if only null was seen inside."""
        return self._schema(self._without_data(shape, spot), spot)

    def write(self, editor: Editor) -> None:
        """Add the new types to the files."""
        titles = {group.name: group.title for group in self.catalogue.groups}
        for name, (group, entry) in self._types.items():
            editor.types(group, titles[group]).setdefault(name, entry)

    def shown(self, schema: dict[str, Any]) -> str:
        """Describe a schema in a few words."""
        if "$ref" in schema:
            return referenced(schema["$ref"])
        if "anyOf" in schema:
            return " or ".join(self.shown(arm) for arm in schema["anyOf"])
        kinds = schema.get("type", "any value")
        text = kinds if isinstance(kinds, str) else " or ".join(kinds)
        if "additionalProperties" in schema:
            return f"{text.replace('object', 'map')} of {self.shown(schema['additionalProperties'])}"
        return f"{text} of {self.shown(schema['items'])}" if "items" in schema else text

    def keys(self, shape: Shape, place: str) -> Keys:
        """Return whether an object's keys are names or data; a person's decision takes precedence."""
        self.places.add(place)
        if place in self.decided.names:
            return Keys.NAMES
        return Keys.DATA if place in self.decided.data else keys_of(shape, self._known, place)

    def data_among(self, fields: Mapping[str, Shape], place: str) -> set[str]:
        """Return the keys of an object that are data, according to a person or the shapes."""
        self.places.add(place)
        return {OTHER} & fields.keys() if place in self.decided.names else data_among(fields, self._known)

    def _without_data(self, shape: Shape, spot: Spot) -> Shape:
        """Return the shape with the values of each map under one key."""
        if shape.fields and self.keys(shape, spot.place) is Keys.DATA:
            shape = merged(shape)
        fields = {key: self._without_data(inner, spot.inside(key)) for key, inner in shape.fields.items()}
        items = shape.items and self._without_data(shape.items, spot.inside(ITEMS))
        return shape.model_copy(update={"fields": fields, "items": items})

    def _schema(self, shape: Shape, spot: Spot) -> dict[str, Any]:
        kinds = set(shape.seen) - ({"integer"} if "number" in shape.seen else set())
        if not kinds:
            return {"type": "null"} if shape.nullable else {}
        if kinds <= SCALARS:
            dates = {"format": "date-time"} if shape.is_datetime and kinds == {"string"} else {}
            made = {"type": min(kinds) if len(kinds) == 1 else inline(sorted(kinds)), **dates}
            return _nullable(made) if shape.nullable else made
        if len(kinds) > 1:
            self._union(shape, sorted(kinds), spot)
            return {}
        made = self._array(shape, spot) if kinds == {"array"} else self._object(shape, spot)
        return _nullable(made) if shape.nullable else made

    def _union(self, shape: Shape, kinds: list[JsonType], spot: Spot) -> None:
        """Put aside a union as YAML, since shapes do not show which values belong together."""

        def union() -> dict[str, Any]:
            arms = [self._schema(shape.model_copy(update={"types": {kind: shape.types[kind]}}), spot) for kind in kinds]
            nullable = [{"type": "null"}] if shape.nullable else []
            return {spot.place: flow({"anyOf": inline(map(flow, (*arms, *nullable)))})}

        self.put_aside(spot.place, f"of several types, so left open: {', '.join(kinds)}", self.snippet(union))

    def snippet(self, make: Callable[[], dict[str, Any]]) -> str:
        """Return YAML for a person to use, with the new types that it refers to, which are not written."""
        before = dict(self._types)
        content = make()
        for name, (group, entry) in self._types.items():
            if name not in before:
                content.setdefault(f"types/{group}.yaml", {})[name] = entry
        self._types = before
        return yaml_text(content)

    def put_aside(self, place: str, reason: str, snippet: str = "") -> None:
        """Add a question for a person, once."""
        if (found := Aside(place, reason, snippet)) not in self.aside:
            self.aside.append(found)

    def _array(self, shape: Shape, spot: Spot) -> dict[str, Any]:
        items = self._schema(shape.items, spot.inside(ITEMS)) if shape.items else {}
        return {"type": "array", "items": flow({} if items == {"type": "null"} else items)}

    def _object(self, shape: Shape, spot: Spot) -> dict[str, Any]:
        if isinstance(shape, Again):
            return {"$ref": self._reference(shape.name)}
        if not shape.fields:
            return {"type": "object"}
        keys = self.keys(shape, spot.place)
        if keys is Keys.DATA:
            values = self._schema(merged(shape).fields[OTHER], spot.inside(OTHER))
            return {"type": "object", "additionalProperties": flow({} if values == {"type": "null"} else values)}
        if keys is Keys.UNCLEAR:
            self.put_aside(spot.place, f"{counted(shape.fields, 'key')} with similar values may be names of the API or data: " + CHOICE)
            return {"type": "object"}
        name = self._free_name(spot.hint)
        data = self.data_among(shape.fields, spot.place)
        if data:
            self.put_aside(spot.place, f"{counted(data, 'key')} that may be data, not names: left out, its fields are marked as incomplete")
        rest = {key: inner for key, inner in shape.fields.items() if key not in data}
        shape = folded(shape.model_copy(update={"fields": rest}), name)
        self._types[name] = (spot.group, {})  # reserve the name before the inner types choose theirs
        self._types[name] = (spot.group, self._type(spot, shape, dict(self._fields(shape, spot, name)), partial=bool(data)))
        return {"$ref": self._reference(name)}

    def _fields(self, shape: Shape, spot: Spot, name: str) -> Iterator[tuple[str, Any]]:
        names = field_names(shape.fields)
        for key, inner in shape.fields.items():
            made = self._schema(inner, replace(spot.inside(key), hint=f"{name}{key[:1].upper()}{key[1:]}"))
            yield key, flow(as_field(key, made, names[key]))

    def _type(self, spot: Spot, shape: Shape, properties: dict[str, Any], *, partial: bool) -> dict[str, Any]:
        always = [key for key in shape.always if key in properties]
        required = {"required": inline(always)} if always else {}
        return {
            "type": "object",
            "description": f"The observed shape of {spot.hint}; not described yet.",
            "evidence": "observed",
            "sources": inline([self.source]),
            **required,
            "properties": properties,
            **({"additionalProperties": flow({})} if partial else {}),
        }

    def _reference(self, name: str) -> str:
        group = self._types[name][0] if name in self._types else self.catalogue.group_of_type[name]
        return f"types/{group}.yaml#/{name}"

    def _free_name(self, hint: str) -> str:
        base = "".join(char for char in hint if char.isalnum())[:60]
        base = base[:1].upper() + base[1:]
        taken = {name.lower() for name in (*self.catalogue.types, *self._types)}
        return next(name for number in count() if (name := base + "Seen" * number).lower() not in taken and _usable(naming.type_name, name))


CHOICE = "decide with --names or --map and this place"


def field_names(keys: Iterable[str], taken: Iterable[str] = ()) -> dict[str, str | None]:
    """Return the `python_name` of each new field; None if its own name is usable and not in `taken`."""
    used = set(taken)
    return {key: _own_name(key, naming.field, used, str.lower) for key in sorted(keys, key=lambda key: not _usable(naming.field, key))}


def as_field(key: str, schema: dict[str, Any], python_name: str | None) -> dict[str, Any]:
    """Return the schema of a field; a string whose name suggests a secret is marked as secret."""
    text = schema.get("type") in ("string", ["string", "null"]) and "format" not in schema
    secret = text and naming.sounds_secret(python_name or key)
    made = {} if schema == {"type": "null"} else schema
    return {**made, **({"secret": True} if secret else {}), **({"python_name": python_name} if python_name else {})}


def as_member(value: str, taken: set[str]) -> str | None:
    """Return the Python name that a new enum value needs; None if its own is usable. The name is added to `taken`."""
    return _own_name(value, naming.enum_member, taken, str.upper)


def _own_name(wire: str, rule: Callable[..., str], taken: set[str], case: Callable[[str], str]) -> str | None:
    """Return None if the usual name is valid and free; else a free name from the available words."""
    if _usable(rule, wire) and rule(wire) not in taken:
        taken.add(rule(wire))
        return None
    plain = unicodedata.normalize("NFKD", wire).encode("ascii", "ignore").decode()
    words = [word for part in re.findall(r"[A-Za-z0-9]+", plain) for word in _words(part)] or ["value" if wire else "empty"]
    base = "_".join(words if words[0][0].isalpha() else ["value", *words])[:80]
    candidates = (case(f"{base}{suffix}") for suffix in ("", "_value", *(f"_{number}" for number in range(2, 1000))))
    name = next(name for name in candidates if name not in taken and _usable(rule, wire, name))
    taken.add(name)
    return name


def _words(part: str) -> tuple[str, ...]:
    return naming.words(part) if part[0].isalpha() else (part.lower(),)


def _usable(rule: Callable[..., str], *given: str) -> bool:
    try:
        rule(*given)
    except naming.UnusableNameError:
        return False
    return True


def counted(things: Collection[object], name: str) -> str:
    """Return a count with its noun, such as ``3 keys``."""
    return f"{len(things)} {name}{'s' if len(things) > 1 else ''}"


def _nullable(schema: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in schema:
        return {"anyOf": inline([flow(schema), flow({"type": "null"})])}
    kinds: Any = schema["type"]
    return {**schema, "type": inline([*([kinds] if isinstance(kinds, str) else kinds), "null"])}
