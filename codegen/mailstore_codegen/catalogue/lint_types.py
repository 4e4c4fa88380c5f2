"""Types: every shape that is accepted has a Python type, a model and a JSON Schema that mean the same."""

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from mailstore_codegen.catalogue import naming
from mailstore_codegen.catalogue.model import referenced
from mailstore_codegen.catalogue.rules import Rules, is_named
from mailstore_codegen.catalogue.schema import JsonType, Schema
from mailstore_codegen.catalogue.yaml_file import Document, Fault, Location

MIN_ARMS = 2
ENUM_TYPES: Mapping[object, type] = {"string": str, "integer": int}


def _what_needs_a_name_has_one_and_says_what_it_is(rules: Rules) -> Iterator[Fault]:
    for document, place, schema in rules.schemas:
        if not is_named(place):
            if schema.enum is not None:
                yield document.fault(place, "an enum needs a name: give it a type of its own and refer to it")
            if schema.properties:
                yield document.fault(place, "an object with fields needs a name: give it a type of its own and refer to it")
            continue
        if not schema.description:
            yield document.fault(place, f"type {place[1]} has no description")
        if not schema.evidence:
            yield document.fault(place, f"type {place[1]} does not say how it is known (evidence)")


def _types_do_not_hide_classes(rules: Rules) -> Iterator[Fault]:
    camel = {naming.camel_case(file.group) for _, file in rules.sources.functions}
    taken = {f"{side}{group}": "the class of a group's functions" for side in ("Server", "Instance") for group in camel}
    taken |= {f"{name}Value": f"the literal type of {name}" for name, schema in rules.types.items() if schema.enum}
    for document, file in rules.sources.types:
        for name, schema in file.types.items():
            if name in taken:
                yield document.fault(("types", name), f"type {name} would be called as {taken[name]} is")
            if not schema.discriminator and schema.enum is None and schema.type != "object":
                yield document.fault(("types", name), f"type {name} is no object, no enum and no union: it needs no name")
            if not schema.properties and schema.additional_properties not in (None, Schema()):
                reason = "a map needs no name: write its shape where it is used"
                yield document.fault(("types", name, "additionalProperties"), f"type {name}: {reason}")
            elif schema.additional_properties not in (None, Schema()):
                reason = "fields of one type in addition to named ones cannot be typed: write {} and describe them"
                yield document.fault(("types", name, "additionalProperties"), f"type {name}: {reason}")


def _shapes_say_one_thing(rules: Rules) -> Iterator[Fault]:
    for document, place, schema in rules.schemas:
        for key, message in _contradictions(schema):
            yield document.fault((*place, key) if key else place, message)
        if schema.const is not None and not _is_field(place):
            yield document.fault((*place, "const"), "a const is for a field of a named type: the tag of a union")


def _what_is_described_is_there(rules: Rules) -> Iterator[Fault]:
    for document, place, schema in rules.schemas:
        for key in schema.required:
            if key not in schema.properties:
                yield document.fault((*place, "required"), f"required field {key!r} is not among the properties")
        for name in ("enum_docs", "python_names"):
            for value in getattr(schema, name).keys() - set(map(str, schema.enum or ())):
                yield document.fault((*place, name, value), f"{value!r} is described but is not a value")


def _contradictions(schema: Schema) -> Iterator[tuple[str, str]]:
    """Keywords of one shape that do not go together, with what to write instead."""
    said = [key for key, value in (("$ref", schema.ref), ("anyOf", schema.any_of), ("type", schema.type)) if value]
    if len(said) > 1:
        yield said[0], f"{' and '.join(said)} in one place: say one of them; for null too, write anyOf: [..., {{type: 'null'}}]"
    if schema.type == () or len(set(schema.types)) != len(schema.types):
        yield "type", "a list of types names each once, and at least one; leave it out where the type is not known"
    kinds = set(schema.types) - {"null"}
    if schema.properties and kinds != {"object"}:
        yield "", "a schema with properties is of type object"
    if ("array" in kinds) != (schema.items is not None):
        yield "", "an array says what its items are, and nothing else does; {} where that is not known"
    if schema.additional_properties is not None and "object" not in kinds:
        yield "additionalProperties", "additionalProperties are for an object"
    yield from _text_contradictions(schema, kinds)


def _text_contradictions(schema: Schema, kinds: set[JsonType]) -> Iterator[tuple[str, str]]:
    """The same of keywords for strings."""
    if schema.format and schema.secret:
        yield "secret", "a secret is plain text: leave the format out"
    for key, given in (("format", schema.format), ("secret", schema.secret)):
        if given and kinds != {"string"}:
            yield key, f"{key} is for a string: write it where the type is string, or [string, 'null'] and nothing else"
    if schema.const is not None and (schema.type != "string" or schema.format or schema.secret):
        yield "const", "a const is for a plain string"
    if schema.enum is not None and (len(set(schema.enum)) != len(schema.enum) or not schema.enum):
        yield "enum", "an enum is of type string and lists at least one value, each once; {type: string} where none is known"
    if schema.enum is not None and {type(value) for value in schema.enum} - {ENUM_TYPES.get(schema.type)}:
        yield "enum", "an enum of type string lists texts, in quotes where one looks like a number, and one of type integer whole numbers"
    if any(not str(value).isprintable() for value in schema.enum or ()):
        yield "enum", "a value holds characters that cannot be printed"


def _alternatives_can_be_distinguished(rules: Rules) -> Iterator[Fault]:
    for document, place, schema in rules.schemas:
        if schema.any_of and not schema.discriminator:
            if len(schema.any_of) == 1:
                yield document.fault((*place, "anyOf"), "anyOf with one alternative: write just that")
            kinds = [kind for arm in schema.any_of for kind in _json_kinds(rules, arm)]
            for kind in sorted({kind for kind in kinds if kinds.count(kind) > 1}):
                reason = "takes every value" if kind == ANY else f"are both JSON of type {kind}, so they cannot be distinguished"
                yield document.fault(
                    (*place, "anyOf"), f"alternatives {reason}: {{}} says any value, a discriminator distinguishes objects"
                )


ANY = "any"


def _json_kinds(rules: Rules, schema: Schema) -> Iterator[str]:
    """The JSON types of a shape; any value counts twice, since it allows no other type."""
    if schema.ref:
        named = rules.types[referenced(schema.ref)]
        yield named.type if named.enum is not None and isinstance(named.type, str) else "object"
    elif schema.any_of:
        for arm in schema.any_of:
            yield from _json_kinds(rules, arm)
    elif not schema.type:
        yield from (ANY, ANY)
    yield from ("number" if kind == "integer" else kind for kind in schema.types)


def _groups_do_not_need_each_other(rules: Rules) -> Iterator[Fault]:
    """Each group's types are a module, and modules cannot import each other."""
    needs: dict[str, dict[str, tuple[Document, Location]]] = {file.group: {} for _, file in rules.sources.types}
    for document, place, schema in rules.schemas:
        if schema.ref and place[0] == "types":
            group, other = _group_of(document.file), _group_of(schema.ref.partition("#")[0])
            if group != other:
                needs[group].setdefault(other, (document, place))
    for group, found in needs.items():
        for other, (document, place) in found.items():
            if group in _reachable(needs, other):
                yield document.fault(place, f"types of {group} and {other} need each other: put them into one file")


def _reachable(needs: Mapping[str, Mapping[str, object]], start: str) -> set[str]:
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        group = waiting.pop()
        if group not in seen:
            seen.add(group)
            waiting += needs[group]
    return seen


def _group_of(file: str) -> str:
    return PurePosixPath(file).stem


def _is_field(place: Location) -> bool:
    return place[0] == "types" and len(place) == len(("types", "name", "properties", "key"))


def _unions_can_be_distinguished(rules: Rules) -> Iterator[Fault]:
    for document, place, schema in rules.schemas:
        key = schema.discriminator
        if key is None:
            continue
        here = (*place, "discriminator")
        if not is_named(place) or len(schema.any_of) < MIN_ARMS or not all(arm.ref for arm in schema.any_of):
            yield document.fault(here, "a discriminator is for a named type that is anyOf two or more other named types")
            continue
        tags: list[str | None] = []
        for arm in schema.any_of:
            target = rules.types[referenced(arm.ref or "")]
            tag = target.properties.get(key)
            if tag is None or tag.type != "string" or key not in target.required:
                yield document.fault(here, f"{arm.ref} lacks {key!r} as a required string")
            else:
                tags.append(tag.const)
        for tag_value in {value for value in tags if tags.count(value) > 1}:
            yield document.fault(
                here, f"{key!r} is {tag_value!r} in more than one type" if tag_value else f"{key!r} is open in more than one type"
            )
        if None in tags[:-1]:
            yield document.fault(here, "the type for unknown values must be the last one")


FIRST = (_shapes_say_one_thing,)
THEN = (
    _what_is_described_is_there,
    _what_needs_a_name_has_one_and_says_what_it_is,
    _types_do_not_hide_classes,
    _alternatives_can_be_distinguished,
    _unions_can_be_distinguished,
    _groups_do_not_need_each_other,
)
