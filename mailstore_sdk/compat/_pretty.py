"""The wrapper's pretty printer: results indented, a line for each value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import cast

INDENT = "    "


def PrettyPrint(values: object) -> None:
    """Print a result, or a part of one, so that people can read it.

    A key is before its value; the content of a dict or a list is below its key, indented.

    Args:
        values: What a call has returned, or any part of it.
    """
    for line in _lines(values):
        print(line)  # noqa: T201 - what it is for


def _lines(values: object) -> Iterator[str]:
    if isinstance(values, Mapping):
        entries = cast("Mapping[str, object]", values)
        width = max((len(str(key)) for key in entries), default=0)
        for key, value in entries.items():
            yield from _entry(str(key), value, width)
    elif isinstance(values, list):
        for item in cast("list[object]", values):
            yield from _lines(item)
    else:
        yield from str(values).splitlines() or [""]


def _entry(key: str, value: object, width: int) -> Iterator[str]:
    if isinstance(value, Mapping | list) or (isinstance(value, str) and len(value.splitlines()) > 1):
        yield key
        yield from (f"{INDENT}{line}" for line in _lines(cast("object", value)))
    else:
        yield f"{key:<{width}}  {value}".rstrip()
