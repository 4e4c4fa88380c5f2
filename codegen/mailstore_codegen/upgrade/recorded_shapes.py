"""Shapes of replies that a client recorded (``record_shapes``): JSON types and names, never values."""

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from mailstore_sdk.runtime.text_files import decoded

FORMAT = "mailstore-sdk shapes 1"
OTHER = "*"
"""Placeholder for keys and values that do not look like names and so may be data."""

MAX_BYTES = 20_000_000

JsonType = Literal["null", "boolean", "integer", "number", "string", "array", "object"]
Count = Annotated[int, Field(ge=0)]
Key = Annotated[str, StringConstraints(pattern=r"^([A-Za-z$_][A-Za-z0-9$_]{0,63}|\*)$")]
Value = Annotated[str, StringConstraints(pattern=r"^(\w[\w +/-]{0,63}|\*)?$")]
Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_]{0,99}$")]


class ShapesError(Exception):
    """A file is invalid; the message says where and why."""


class Strict(BaseModel):
    """Base of the file's models: unknown keys are errors, and errors do not contain values."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Shape(Strict):
    """Observations at one place: how often each JSON type occurred, and its contents."""

    types: dict[JsonType, Count] = {}
    fields: "dict[Key, Shape]" = {}
    items: "Shape | None" = None
    formats: dict[Literal["date-time"], Count] = {}
    values: dict[Value, Count] = {}

    @property
    def seen(self) -> frozenset[JsonType]:
        """The observed types other than null."""
        return frozenset(kind for kind, count in self.types.items() if count and kind != "null")

    @property
    def nullable(self) -> bool:
        """Whether null was observed."""
        return bool(self.types.get("null"))

    @property
    def is_datetime(self) -> bool:
        """Whether every string was a date with a time."""
        return 0 < self.types.get("string", 0) == self.formats.get("date-time", 0)

    @property
    def always(self) -> tuple[str, ...]:
        """The keys that every object had."""
        objects = self.types.get("object", 0)
        return tuple(key for key, field in self.fields.items() if key != OTHER and sum(field.types.values()) >= objects)


class Recorded(Strict):
    """The results of one function."""

    replies: Count
    result: Shape


class ShapesFile(Strict):
    """A whole file."""

    format: Literal["mailstore-sdk shapes 1"]
    functions: dict[Name, Recorded]


def load_shapes(paths: Iterable[Path]) -> Mapping[str, Shape]:
    """Return the shape of each function's result, from all files together.

    Raises:
        ShapesError: A file cannot be read or has another format.
    """
    merged: dict[str, Shape] = {}
    for path in paths:
        for name, recorded in _read(path).functions.items():
            merged[name] = merge(merged[name], recorded.result) if name in merged else recorded.result
    return dict(sorted(merged.items()))


def _read(path: Path) -> ShapesFile:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ShapesError(f"{path} cannot be read: {error.strerror}") from None
    if len(content) > MAX_BYTES:
        raise ShapesError(f"{path} has {len(content):,} bytes: at most {MAX_BYTES:,} are read")
    try:
        return ShapesFile.model_validate_json(decoded(content))
    except UnicodeDecodeError:
        raise ShapesError(f"{path} is not a file of recorded shapes ({FORMAT}): it is not UTF-8 text") from None
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(step)[:64] for step in first["loc"])
        raise ShapesError(f"{path} is not a file of recorded shapes ({FORMAT}): {place or 'the file'}: {first['msg']}") from None


def merge(one: Shape, other: Shape) -> Shape:
    """Combine the observations of both."""
    items = merge(one.items, other.items) if one.items and other.items else one.items or other.items
    keys = dict.fromkeys((*one.fields, *other.fields))
    empty = Shape()
    return Shape(
        types=dict(Counter(one.types) + Counter(other.types)),
        fields={key: merge(one.fields.get(key, empty), other.fields.get(key, empty)) for key in keys},
        items=items,
        formats=dict(Counter(one.formats) + Counter(other.formats)),
        values=dict(Counter(one.values) + Counter(other.values)),
    )
