"""Comparing JSON, and writing back what was read from it."""

import math
from datetime import UTC, datetime
from enum import Enum
from typing import Any


def same(written: object, received: object) -> bool:
    """Return whether two JSON values are the same; with ==, True equals 1."""
    if isinstance(received, dict) and isinstance(written, dict):
        return received.keys() == written.keys() and all(same(written[key], received[key]) for key in received)
    if isinstance(received, list) and isinstance(written, list):
        return len(received) == len(written) and all(map(same, written, received))
    if isinstance(received, int | float) and not isinstance(received, bool) and isinstance(written, int | float):
        return math.isclose(written, received)
    return type(written) is type(received) and written == received


def written(value: Any) -> Any:
    """A result as the JSON that it was read from."""
    if hasattr(value, "to_wire"):
        return value.to_wire()
    if isinstance(value, list):
        return [written(item) for item in value]
    if isinstance(value, dict):
        return {key: written(item) for key, item in value.items()}
    if isinstance(value, datetime):
        return value.replace(tzinfo=None if value.tzinfo is UTC else value.tzinfo).isoformat()
    return value.value if isinstance(value, Enum) else value
