"""Compare two catalogues: what changes for code that was written with the older one."""

from collections.abc import Iterator
from itertools import zip_longest

from mailstore_codegen.catalogue.model import Catalogue, referenced
from mailstore_codegen.catalogue.schema import Argument, Function, Schema
from mailstore_codegen.generate.methods import Method, Parameter, method
from mailstore_codegen.generate.python_types import arms, field_type
from mailstore_codegen.upgrade.changes import Change, Kind, Severity, ordered


def diff(old: Catalogue, new: Catalogue) -> list[Change]:
    """Return the changes of functions, arguments, types, fields and known values, most severe first."""
    return ordered((*_versions(old, new), *_functions(old, new), *_types(old, new)))


def _versions(old: Catalogue, new: Catalogue) -> Iterator[Change]:
    for version in set(new.protocol.versions) - set(old.protocol.versions):
        yield Change(Severity.COMPATIBLE, Kind.ADDED, version, "version of the server")
    for version in set(old.protocol.versions) - set(new.protocol.versions):
        yield Change(Severity.BREAKING, Kind.REMOVED, version, "version of the server")


def _functions(old: Catalogue, new: Catalogue) -> Iterator[Change]:
    before = {function.name: function for function in old.functions}
    after = {function.name: function for function in new.functions}
    renamed = {name.lower(): name for name in after.keys() - before.keys()}
    for name in before.keys() - after.keys():
        if other := renamed.get(name.lower()):
            yield Change(Severity.BEHAVIOUR, Kind.CHANGED, name, f"name on the wire: {name} -> {other}")
            yield from _function(other, method(old, before[name]), method(new, after[other]))
        else:
            yield Change(Severity.BREAKING, Kind.REMOVED, name, f"{before[name].method}() is gone")
    for name in after.keys() - before.keys() - {renamed[name.lower()] for name in before.keys() - after.keys() if name.lower() in renamed}:
        yield Change(Severity.COMPATIBLE, Kind.ADDED, name, f"{after[name].method}(), {after[name].effect}")
    for name in before.keys() & after.keys():
        yield from _function(name, method(old, before[name]), method(new, after[name]))


def _function(name: str, old: Method, new: Method) -> Iterator[Change]:
    """Yield the changes of one function."""
    for severity, what, before, after in _facts(old, new):
        if before != after:
            yield Change(severity, Kind.CHANGED, name, f"{what}: {before} -> {after}")
    yield from _parameters(name, old, new)
    yield from _end(name, old.function, new.function)
    if _texts(old.function) != _texts(new.function):
        yield Change(Severity.WORDING, Kind.CHANGED, name, "texts or evidence")


def _facts(old: Method, new: Method) -> Iterator[tuple[Severity, str, str, str]]:
    one, other = old.function, new.function
    yield Severity.BREAKING, "method", one.method, other.method
    yield Severity.BREAKING, "belongs to", _owner(one), _owner(other)
    yield Severity.BREAKING, "returns", old.returns("Job"), new.returns("Job")
    yield Severity.BEHAVIOUR, "effect", one.effect, other.effect
    yield Severity.BEHAVIOUR, "access", one.access, other.access


def _end(place: str, old: Function | Argument | Schema, new: Function | Argument | Schema) -> Iterator[Change]:
    """Yield a change of ``until``: newer servers lack the entry, or have it again; it stays for older ones."""
    if old.until != new.until:
        gone = new.until is not None
        detail = f"gone after {new.until}" if gone else f"not gone after {old.until}"
        yield Change(Severity.BREAKING if gone else Severity.COMPATIBLE, Kind.REMOVED if gone else Kind.CHANGED, place, detail)


def _owner(function: Function) -> str:
    return "one instance" if function.needs_instance else "the installation"


def _texts(function: Function) -> object:
    shown = {"summary", "details", "evidence", "notes", "since"}
    args = {argument.name: (argument.doc, argument.evidence, argument.unit, argument.since) for argument in function.args}
    return function.model_dump(include=shown), args


def _parameters(name: str, old: Method, new: Method) -> Iterator[Change]:
    before = {item.wire_name: item for item in old.parameters}
    after = {item.wire_name: item for item in new.parameters}
    for wire_name, item in before.items():
        place = f"{name}({wire_name})"
        if wire_name not in after:
            yield Change(Severity.BREAKING, Kind.REMOVED, place, f"parameter {item.name}")
        else:
            yield from _parameter(place, item, after[wire_name])
            yield from _end(place, *(_argument(method.function, wire_name) for method in (old, new)))
    for wire_name, item in after.items():
        if wire_name not in before:
            severity, given = (Severity.BREAKING, "required") if item.default is None else (Severity.COMPATIBLE, "optional")
            yield Change(severity, Kind.ADDED, f"{name}({wire_name})", f"parameter {item}, {given}")
    yield from _positions(name, old, new)


def _argument(function: Function, name: str) -> Argument:
    return next(argument for argument in function.args if argument.name == name)


def _parameter(place: str, old: Parameter, new: Parameter) -> Iterator[Change]:
    if old.name != new.name:
        yield Change(Severity.BREAKING, Kind.CHANGED, place, f"parameter {old.name} -> {new.name}")
    if old.default is not None and new.default is None:
        yield Change(Severity.BREAKING, Kind.CHANGED, place, "optional -> required")
    elif old.default is None and new.default is not None:
        yield Change(Severity.COMPATIBLE, Kind.CHANGED, place, "required -> optional")
    elif old.default != new.default:
        yield Change(Severity.BEHAVIOUR, Kind.CHANGED, place, f"default: {old.default} -> {new.default}")
    before, after = arms(old.annotation), arms(new.annotation)
    if old.default is not None and new.default is None:
        before -= {"None"}  # already reported as required
    if before - after - ({"int"} if "float" in after else set()):
        yield Change(Severity.BREAKING, Kind.CHANGED, place, f"type: {old.annotation} -> {new.annotation}")
    elif after - before - {"None"}:
        yield Change(Severity.COMPATIBLE, Kind.CHANGED, place, f"type: {old.annotation} -> {new.annotation}")


def _positions(name: str, old: Method, new: Method) -> Iterator[Change]:
    """Yield parameters whose position has changed."""
    after = {item.wire_name for item in new.parameters}
    for position, (item, other) in enumerate(zip_longest(old.positional, new.positional), 1):
        if item is None:
            return
        if item.wire_name in after and (other is None or item.wire_name != other.wire_name):
            now = f"{other.name} is" if other else "none is"
            yield Change(Severity.BREAKING, Kind.CHANGED, f"{name}({item.wire_name})", f"{item.name} was parameter {position}, now {now}")


def _types(old: Catalogue, new: Catalogue) -> Iterator[Change]:
    for name in old.types.keys() - new.types.keys():
        yield Change(Severity.BREAKING, Kind.REMOVED, name, "type")
    for name in new.types.keys() - old.types.keys():
        yield Change(Severity.COMPATIBLE, Kind.ADDED, name, "type")
    for name in old.types.keys() & new.types.keys():
        yield from _type(name, old.types[name], new.types[name], sent=name in old.sent)


def _type(name: str, old: Schema, new: Schema, *, sent: bool) -> Iterator[Change]:
    yield from _values(name, old.enum or (), new.enum or ())
    yield from _fields(name, old, new, sent=sent)
    one, other = (tuple(referenced(arm.ref or "") for arm in schema.any_of) for schema in (old, new))
    if one != other or old.discriminator != new.discriminator:
        yield Change(Severity.BREAKING, Kind.CHANGED, name, f"union: {', '.join(one)} -> {', '.join(other)}")
    if _schema_texts(old) != _schema_texts(new):
        yield Change(Severity.WORDING, Kind.CHANGED, name, "texts or evidence")


def _values(name: str, old: tuple[str | int, ...], new: tuple[str | int, ...]) -> Iterator[Change]:
    for value in set(old) - set(new):
        yield Change(Severity.BREAKING, Kind.REMOVED, name, f"value {value}")
    for value in set(new) - set(old):
        yield Change(Severity.COMPATIBLE, Kind.ADDED, name, f"value {value}")


def _fields(name: str, old: Schema, new: Schema, *, sent: bool) -> Iterator[Change]:
    for key in old.properties.keys() - new.properties.keys():
        yield Change(Severity.BREAKING, Kind.REMOVED, f"{name}.{key}", "field")
    for key in new.properties.keys() - old.properties.keys():
        required = sent and key in new.required
        severity = Severity.BREAKING if required else Severity.COMPATIBLE
        detail = f"field {field_type(new, key)}" + (", required where the type is an argument" if required else "")
        yield Change(severity, Kind.ADDED, f"{name}.{key}", detail)
    for key in old.properties.keys() & new.properties.keys():
        yield from _field(f"{name}.{key}", (old, new), key, sent=sent)


def _field(place: str, schemas: tuple[Schema, Schema], key: str, *, sent: bool) -> Iterator[Change]:
    old, new = (schema.properties[key].field_name(key) for schema in schemas)
    if old != new:
        yield Change(Severity.BREAKING, Kind.CHANGED, place, f"attribute {old} -> {new}")
    before, after = (field_type(schema, key) for schema in schemas)
    if before != after:
        narrower = arms(after) < arms(before) and not sent
        yield Change(Severity.COMPATIBLE if narrower else Severity.BREAKING, Kind.CHANGED, place, f"type: {before} -> {after}")
    yield from _end(place, *(schema.properties[key] for schema in schemas))
    needed = [key in schema.required for schema in schemas]
    if sent and needed == [False, True]:
        yield Change(Severity.BREAKING, Kind.CHANGED, place, "optional -> required where the type is an argument")


def _schema_texts(schema: Schema) -> object:
    shown = {"description", "unit", "evidence", "sources", "notes", "since", "enum_docs"}
    fields = {key: child.model_dump(include=shown) for key, child in schema.properties.items()}
    return schema.model_dump(include=shown), fields
