"""Values for property tests: what a server may send and a caller may pass, valid and invalid."""

from datetime import UTC, date, datetime
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st
from mailstore_codegen.catalogue.model import Catalogue
from mailstore_codegen.catalogue.schema import Argument, Schema
from pydantic import TypeAdapter

DEEP = 5
"""Levels after which what may be left out is."""

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
numbers = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
anything = st.recursive(
    st.none() | st.booleans() | numbers | texts,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(texts, inner, max_size=2),
    max_leaves=4,
)
something = st.booleans() | numbers | texts | st.lists(anything, max_size=2) | st.dictionaries(texts, anything, max_size=2)
"""Anything but null, which is read as an empty list where there should be one."""

moments = st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30)).map(lambda moment: moment.replace(microsecond=0))
DAY, MOMENT = date(2026, 1, 31), datetime(2026, 1, 31, tzinfo=UTC)
UNFIT = (None, b"x", (), ["a", None], [[]], [DAY], {"a": 1}, {1: 2}, {"a": object()}, set[str](), object(), int, DAY, MOMENT)
odd: st.SearchStrategy[Any] = st.sampled_from(
    [*UNFIT, True, 0, -1, 10**400, 10**5000, 1.5, float("nan"), float("inf"), "", "a,b", "\x00", "\ud800"]
)

SCALARS: dict[str, st.SearchStrategy[Any]] = {
    "boolean": st.booleans(),
    "integer": st.integers(),
    "null": st.none(),
    "number": numbers,
}


def fitting(draw: st.DrawFn, catalogue: Catalogue, schema: Schema, depth: int = 0) -> Any:
    """JSON as a schema of the catalogue describes it."""
    assume(depth < 2 * DEEP)
    if schema.ref:
        return fitting(draw, catalogue, catalogue.resolve(schema.ref), depth)
    if schema.any_of:
        arms = [arm for arm in schema.any_of if depth < DEEP or "null" in arm.types] or list(schema.any_of)
        return fitting(draw, catalogue, draw(st.sampled_from(arms)), depth + 1)
    kinds = [kind for kind in schema.types if depth < DEEP or kind not in ("array", "object")] or list(schema.types)
    match draw(st.sampled_from(kinds)) if kinds else None:
        case "array":
            length = draw(st.integers(0, 2)) if depth < DEEP else 0
            return [fitting(draw, catalogue, schema.items or Schema(), depth + 1) for _ in range(length)]
        case "object":
            return _object(draw, catalogue, schema, depth)
        case "string":
            return draw(_strings(schema))
        case kind:
            return draw(SCALARS[kind] if kind else anything)


def _strings(schema: Schema) -> st.SearchStrategy[str]:
    if schema.const is not None:
        return st.just(schema.const)
    if schema.format:
        return moments.map(datetime.isoformat)
    return texts | st.sampled_from(schema.enum) if schema.enum else texts  # an enum is open


def _object(draw: st.DrawFn, catalogue: Catalogue, schema: Schema, depth: int) -> dict[str, Any]:
    if schema.additional_properties is not None:
        keys = draw(st.lists(texts, max_size=2 if depth < DEEP else 0, unique=True))
        return {key: fitting(draw, catalogue, schema.additional_properties, depth + 1) for key in keys}
    chosen = [key for key in schema.properties if key in schema.required or (depth < DEEP and draw(st.booleans()))]
    return {key: fitting(draw, catalogue, schema.properties[key], depth + 1) for key in chosen}


def passed(draw: st.DrawFn, catalogue: Catalogue, argument: Argument, shape: Any) -> tuple[Any, Any]:
    """A value that an argument accepts, and what is sent for it: text, JSON as data, or nothing for None."""
    chosen = st.sampled_from(catalogue.resolve(argument.enum).enum or ()) if argument.enum else texts
    match argument.type:
        case "boolean":
            value = draw(st.booleans())
            return value, str(value).lower()
        case "integer" | "number":
            value = draw(st.integers())
            return value, str(value)
        case "datetime":
            value = draw(moments)
            return value, value.isoformat()
        case "list":
            items = draw(st.lists(chosen.filter(lambda text: "," not in text), max_size=3))
            return items, ",".join(items)
        case "json":
            value = fitting(draw, catalogue, argument.shape or Schema())
            return (TypeAdapter(shape).validate_python(value) if shape and value is not None else value), value
        case _:
            text = draw(chosen)
            return text, text
