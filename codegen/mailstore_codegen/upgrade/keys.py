"""Decide what shapes leave open: whether keys are API names or data such as user names, and which objects are recursive."""

from collections.abc import Collection, Iterator, Mapping
from enum import Enum, auto
from functools import reduce

from mailstore_codegen.catalogue import naming
from mailstore_codegen.catalogue.model import Catalogue
from mailstore_codegen.upgrade.recorded_shapes import OTHER, Shape, merge

Path = tuple[str, ...]
"""A path into a shape: keys, and ITEMS for the elements of an array."""

ITEMS = "[]"
MANY = 3
"""At least this many objects with the same fields, under unknown keys, are a map."""


class Keys(Enum):
    """What the keys of an object are."""

    NAMES = auto()
    DATA = auto()
    UNCLEAR = auto()


def vocabulary(catalogue: Catalogue) -> frozenset[str]:
    """Return the words in the names of functions, arguments, types and fields."""
    names = {function.name for function in catalogue.functions} | set(catalogue.types)
    names |= {argument.name for function in catalogue.functions for argument in function.args}
    names |= {key for schema in catalogue.types.values() for key in schema.properties if naming.WIRE_NAME.fullmatch(key)}
    return frozenset(word for name in names for word in naming.words(name))


def keys_of(shape: Shape, known: frozenset[str], place: str = "") -> Keys:
    """Decide by the words in the keys and by the similarity of the values.

    Keys are names if they consist of `known` words, if their values differ in kind, if several entries of one map share
    them, or if several entries of one list share them and a word is known. Other keys are data if one of them cannot be a
    name, if no two objects share a key, or if many contain objects with the same fields. Otherwise they are unclear.
    """
    unknown = [key for key in shape.fields if not _is_known(key, known)]
    values = list(shape.fields.values())
    kinds = {kind for value in values for kind in _kinds(value)}
    if not unknown or len(kinds) > 1:
        return Keys.DATA if OTHER in shape.fields and 2 * len(unknown) > len(values) else Keys.NAMES
    several = shape.types.get("object", 0) > 1
    entries = place.endswith(f".{OTHER}") or (place.endswith(ITEMS) and len(unknown) < len(values))
    if entries and several and 2 * len(shape.always) >= len(values):
        return Keys.NAMES
    varied = len(values) > 1 and several and not shape.always
    if OTHER in shape.fields or varied or (kinds == {"object"} and len(values) >= MANY and alike(values)):
        return Keys.DATA
    return Keys.UNCLEAR


def data_among(fields: Mapping[str, Shape], known: frozenset[str]) -> set[str]:
    """Return the keys that are data: those that cannot be names, and unknown ones with many objects of the same fields."""
    objects = {key: shape for key, shape in fields.items() if list(shape.seen) == ["object"] and not _is_known(key, known)}
    many = {key for key, shape in objects.items() if sum(_alike(shape, other) for other in objects.values()) >= MANY}
    return many | ({OTHER} & fields.keys())


def _is_known(key: str, known: frozenset[str]) -> bool:
    name = key.strip("$_")
    return bool(naming.WIRE_NAME.fullmatch(name)) and known.issuperset(naming.words(name))


def _kinds(shape: Shape) -> frozenset[str]:
    return frozenset("number" if kind == "integer" else kind for kind in shape.seen)


def alike(shapes: list[Shape]) -> bool:
    """Return whether all values are of one kind, and objects share most of their fields."""
    return all(_alike(shapes[0], other) for other in shapes[1:])


def _alike(one: Shape, other: Shape) -> bool:
    if not (one.seen and other.seen):
        return True
    if _kinds(one) != _kinds(other):
        return False
    if one.items and other.items:
        return _alike(one.items, other.items)
    if not (one.fields and other.fields):
        return True
    common = one.fields.keys() & other.fields.keys()
    if 2 * len(common) >= min(len(one.fields), len(other.fields)):
        return all(_kinds(one.fields[key]) == _kinds(other.fields[key]) or not _both_seen(one, other, key) for key in common)
    return alike([*one.fields.values(), *other.fields.values()])  # two maps with different keys


def _both_seen(one: Shape, other: Shape, key: str) -> bool:
    return bool(one.fields[key].seen and other.fields[key].seen)


def merged(shape: Shape) -> Shape:
    """Return an object's shape with all of its values merged and without its keys."""
    return shape.model_copy(update={"fields": {OTHER: reduce(merge, shape.fields.values())}})


class Again(Shape):
    """A recursive reference: an object of the type `name` that contains this place."""

    name: str


def folded(shape: Shape, name: str, keys: Collection[str] | None = None) -> Shape:
    """Return an object's shape, with all similar objects inside merged into it.

    Args:
        shape: The recorded shape.
        name: The name of its type; `Again` refers to it.
        keys: The fields to search; all by default.
    """
    ends: dict[Path, Shape] = {}
    while path := _recursion(shape, keys, ends):
        inner = _at(shape, path) or Shape()
        ends[path] = merge(ends.get(path, Shape()), Shape(types=inner.types))
        shape = merge(_put(shape, path, Shape()), inner)
    for path, end in ends.items():
        if rest := _at(shape, path):
            types = merge(end, Shape(types=rest.types)).types
            shape = _put(shape, path, Again(types=types, name=name))
    return shape


def _recursion(shape: Shape, keys: Collection[str] | None, known: Collection[Path]) -> Path | None:
    """Return the path to an inner object that has the same fields, and that contains the next one at the same path."""
    for key, value in shape.fields.items():
        for path, inner in _objects(value, (key,)) if keys is None or key in keys else ():
            if path in known or (key in inner.fields and _alike(inner, shape) and _alike(inner.fields[key], value)):
                return path
    return None


def _objects(shape: Shape, path: Path) -> Iterator[tuple[Path, Shape]]:
    """Yield the objects inside, nearest first."""
    waiting = [(path, shape)]
    for place, found in waiting:
        if found.fields:
            yield place, found
        waiting += [((*place, key), inner) for key, inner in found.fields.items()]
        if found.items:
            waiting.append(((*place, ITEMS), found.items))


def _at(shape: Shape, path: Path) -> Shape | None:
    for step in path:
        inner = shape.items if step == ITEMS else shape.fields.get(step)
        if inner is None:
            return None
        shape = inner
    return shape


def _put(shape: Shape, path: Path, new: Shape) -> Shape:
    if not path:
        return new
    step, *rest = path
    if step == ITEMS:
        return shape.model_copy(update={"items": _put(shape.items or Shape(), tuple(rest), new)})
    return shape.model_copy(update={"fields": {**shape.fields, step: _put(shape.fields[step], tuple(rest), new)}})
