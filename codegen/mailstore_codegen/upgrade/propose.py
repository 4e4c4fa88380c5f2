"""Shapes that were seen -> schemas and named types that a person can take over."""

from typing import Any

from mailstore_codegen.catalogue import naming
from mailstore_codegen.catalogue.model import Catalogue, referenced
from mailstore_codegen.catalogue.schema import Schema
from mailstore_codegen.upgrade.edit import Editor, flow, inline
from mailstore_codegen.upgrade.recorded_shapes import OTHER, Shape

SCALARS = frozenset({"boolean", "integer", "number", "string"})


def open_value(schema: Schema) -> bool:
    """Whether the catalogue says nothing of what it is."""
    return not (schema.ref or schema.type or schema.any_of)


class Proposals:
    """New schemas, and the named types that they refer to.

    Attributes:
        conflicts: What of new types cannot be said in the catalogue: where, and why.
    """

    def __init__(self, catalogue: Catalogue, source: str) -> None:
        self._catalogue = catalogue
        self._source = source
        self._types: dict[str, tuple[str, dict[str, Any]]] = {}
        self.conflicts: list[tuple[str, str]] = []

    def schema(self, shape: Shape, hint: str, group: str) -> dict[str, Any] | None:
        """What was seen as a schema in YAML.

        Args:
            shape: What was seen.
            hint: What an object's type may be called.
            group: Where new types go.

        Returns:
            None where it was of several types that no field of the catalogue can have; an empty schema where only null
            was seen inside of something else.
        """
        kinds = set(shape.seen)
        if "number" in kinds:
            kinds.discard("integer")
        if not kinds:
            return {"type": "null"} if shape.nullable else {}
        if len(kinds) > 1 and not kinds <= SCALARS:
            return None
        kind = min(kinds)
        made = self._array(shape, hint, group) if kind == "array" else self._object(shape, hint, group) if kind == "object" else {}
        if made is None:
            return None
        if not made:
            made = {"type": kind if len(kinds) == 1 else inline(sorted(kinds))}
            if shape.is_datetime and kinds == {"string"}:
                made["format"] = "date-time"
        return _nullable(made) if shape.nullable else made

    def write(self, editor: Editor) -> None:
        """Add the new types to the files."""
        titles = {group.name: group.title for group in self._catalogue.groups}
        for name, (group, entry) in self._types.items():
            editor.types(group, titles[group]).setdefault(name, entry)

    def shown(self, schema: dict[str, Any]) -> str:
        """A schema in a few words."""
        if "$ref" in schema:
            return referenced(schema["$ref"])
        if "anyOf" in schema:
            return " or ".join(self.shown(arm) for arm in schema["anyOf"])
        kinds = schema.get("type", "any value")
        text = kinds if isinstance(kinds, str) else " or ".join(kinds)
        return f"{text} of {self.shown(schema['items'])}" if "items" in schema else text

    def _array(self, shape: Shape, hint: str, group: str) -> dict[str, Any] | None:
        singular = hint.removesuffix("ies") + "y" if hint.endswith("ies") else hint.removesuffix("s")
        items = self.schema(shape.items, singular or hint, group) if shape.items else {}
        return None if items is None else {"type": "array", "items": flow({} if items == {"type": "null"} else items)}

    def _object(self, shape: Shape, hint: str, group: str) -> dict[str, Any] | None:
        if not shape.fields or OTHER in shape.fields:
            return {"type": "object", "additionalProperties": flow({})}
        name = self._free_name(hint)
        self._types[name] = (group, {})  # taken, before the types inside of it look for names
        properties = {key: self._field(name, key, inner, group) for key, inner in shape.fields.items() if self._usable(name, key)}
        self._types[name] = (group, self._type(hint, shape, properties))
        return {"$ref": f"types/{group}.yaml#/{name}"}

    def _field(self, name: str, key: str, shape: Shape, group: str) -> Any:
        made = self.schema(shape, f"{name}{key[:1].upper()}{key[1:]}", group)
        if made is None:
            self.conflicts.append((f"{name}.{key}", f"of several types, so left open: {', '.join(sorted(shape.seen))}"))
        return flow(as_field(key, {} if made is None or made == {"type": "null"} else made))

    def _usable(self, name: str, key: str) -> bool:
        try:
            naming.field(key)
        except naming.UnusableNameError as error:
            self.conflicts.append((f"{name}.{key}", f"left out: {error}"))
            return False
        return True

    def _type(self, hint: str, shape: Shape, properties: dict[str, Any]) -> dict[str, Any]:
        always = [key for key in shape.always if key in properties]
        required = {"required": inline(always)} if always else {}
        return {
            "type": "object",
            "description": f"What was seen of {hint}; not described yet.",
            "evidence": "observed",
            "sources": inline([self._source]),
            **required,
            "properties": properties,
        }

    def _free_name(self, hint: str) -> str:
        base = naming.type_name("".join(char for char in hint if char.isalnum())[:60])
        taken = {name.lower() for name in (*self._catalogue.types, *self._types)}
        return next(name for name in (base + "Seen" * count for count in range(1000)) if name.lower() not in taken)


def as_field(key: str, schema: dict[str, Any]) -> dict[str, Any]:
    """A schema of a field, which is secret where its name sounds so and it is a text."""
    secret = schema.get("type") in ("string", ["string", "null"]) and naming.sounds_secret(key)
    return {**schema, "secret": True} if secret else schema


def _nullable(schema: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in schema:
        return {"anyOf": inline([flow(schema), flow({"type": "null"})])}
    kinds: Any = schema["type"]
    return {**schema, "type": inline([*([kinds] if isinstance(kinds, str) else kinds), "null"])}
