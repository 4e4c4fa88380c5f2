"""Data as JSON has it: what a value is, and every value in it."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from typing import TypeGuard


def is_object(value: object) -> TypeGuard[Mapping[str, object]]:
    """Whether it has fields."""
    return isinstance(value, dict)


def is_list(value: object) -> TypeGuard[list[object]]:
    """Whether it has items."""
    return isinstance(value, list)


def parse_json(text: str) -> object:
    """Read JSON.

    Raises:
        ValueError: It is not JSON; NaN and infinity are not, although many parsers accept them.
    """
    return json.loads(text, parse_constant=_refuse_constant)


def finite(value: object) -> object:
    """The same with null in place of numbers that JSON does not have."""
    return changed(value, lambda item: None if isinstance(item, float) and not math.isfinite(item) else item)


def _refuse_constant(name: str) -> object:
    raise ValueError(f"{name} is not JSON")


def changed(value: object, change: Callable[[object], object]) -> object:
    """The same with each value in it that has none itself as `change` makes it; keys are texts, which they need not be in YAML."""
    if is_object(value):
        return {str(key): changed(item, change) for key, item in value.items()}
    return [changed(item, change) for item in value] if is_list(value) else change(value)
