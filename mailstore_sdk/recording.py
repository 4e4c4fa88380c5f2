"""Shapes of replies: keys and types, never values, for the tools that maintain the catalogue."""

from __future__ import annotations

import json
import os
import re
import threading
from collections import Counter
from collections.abc import Generator
from contextlib import contextmanager, suppress
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, JsonValue, NonNegativeInt, ValidationError

from mailstore_sdk.errors import ConfigurationError
from mailstore_sdk.runtime._protocol.replies import Recorders
from mailstore_sdk.runtime.function import Function
from mailstore_sdk.runtime.model import field_types, item_type, member_type, variants

_KEY = re.compile(r"[A-Za-z$_][A-Za-z0-9$_]{0,63}")
_VALUE = re.compile(r"(\w[\w +/-]{0,63})?")
_TYPES = {type(None): "null", bool: "boolean", int: "integer", float: "number", str: "string", list: "array", dict: "object"}


class Shape(BaseModel, extra="forbid"):
    """What was observed at one place in the replies.

    Attributes:
        types: How often each JSON type occurred.
        formats: How many of the strings were times, as ``date-time``.
        values: What a field of a declared enum held: such names are the API's, not the customer's. Any other text is ``*``.
        fields: The keys of objects. A key that looks like data is replaced by ``*``.
        items: All elements of arrays together.
    """

    types: Counter[str] = Counter()
    formats: Counter[str] = Counter()
    values: Counter[str] = Counter()
    fields: dict[str, Shape] = {}
    items: Shape | None = None

    def see(self, value: JsonValue, declared: object) -> None:
        """Record one value; `declared` is its type in the catalogue, if known."""
        declared = member_type(declared, value)
        self.types[_TYPES[type(value)]] += 1
        if isinstance(value, str):
            self._see_text(value, declared)
        elif isinstance(value, list):
            self.items = self.items or Shape()
            for item in value:
                self.items.see(item, item_type(declared))
        elif isinstance(value, dict):
            types = field_types(declared)
            for key, inner in value.items():
                self.fields.setdefault(key if _KEY.fullmatch(key) else "*", Shape()).see(inner, types.get(key))

    def _see_text(self, text: str, declared: object) -> None:
        if any(isinstance(variant, type) and issubclass(variant, Enum) for variant in variants(declared)):
            self.values[text if _VALUE.fullmatch(text) else "*"] += 1
        if "T" in text:
            with suppress(ValueError):
                datetime.fromisoformat(text)
                self.formats["date-time"] += 1


class FunctionShape(BaseModel, extra="forbid"):
    """The results of one function; `replies` is how many were recorded."""

    replies: NonNegativeInt = 0
    result: Shape = Shape()


class Shapes(BaseModel, extra="forbid"):
    """The content of a file of shapes."""

    format: Literal["mailstore-sdk shapes 1"] = "mailstore-sdk shapes 1"
    functions: dict[str, FunctionShape] = {}

    def write(self, path: Path) -> None:
        """Write the whole file, or leave the existing one unchanged."""
        text = json.dumps(self.model_dump(exclude_defaults=True) | {"format": self.format}, indent=1, sort_keys=True)
        draft = path.with_name(f"{path.name}.new")
        draft.write_text(f"{text}\n", "utf-8")
        draft.replace(path)


@contextmanager
def _refused(path: Path) -> Generator[None]:
    try:
        yield
    except (OSError, ValidationError) as error:
        problem = error.strerror if isinstance(error, OSError) else "it is something else"
        raise ConfigurationError(f"path {str(path)!r} cannot be recorded to: {problem}; expected a file of shapes, or none") from None


class ShapeRecorder:
    """Records the results of a client's calls until it is closed, which writes the file.

    Threads may share it. Use it in a ``with`` block, or close it; you can close it more than once.
    """

    def __init__(self, path: str | os.PathLike[str], recorders: Recorders) -> None:
        self._path = Path(path)
        with _refused(self._path):
            self._shapes = Shapes.model_validate_json(self._path.read_bytes()) if self._path.exists() else Shapes()
            self._shapes.write(self._path)  # now, since a place that cannot be written to would lose the recording
        self._lock = threading.Lock()
        self._recorders = recorders
        recorders.append(self.record)

    def record(self, function: Function[object], result: JsonValue) -> None:
        """Record the result of one call, except for requests directly under ``/api/``, which are not functions."""
        if function.name.isidentifier():
            with self._lock:
                seen = self._shapes.functions.setdefault(function.name, FunctionShape())
                seen.replies += 1
                seen.result.see(result, function.result())

    def close(self) -> None:
        """Stop recording and write the file."""
        if self.record in self._recorders:
            self._recorders.remove(self.record)
            with _refused(self._path):
                self._shapes.write(self._path)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
