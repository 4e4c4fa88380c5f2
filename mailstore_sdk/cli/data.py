"""Data as JSON has it: what a value is, and every value in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeGuard


def is_object(value: object) -> TypeGuard[Mapping[str, object]]:
    """Whether it has fields."""
    return isinstance(value, dict)


def is_list(value: object) -> TypeGuard[list[object]]:
    """Whether it has items."""
    return isinstance(value, list)


def changed(value: object, change: Callable[[object], object]) -> object:
    """The same with each value in it that has none itself as `change` makes it; keys are texts, which they need not be in YAML."""
    if is_object(value):
        return {str(key): changed(item, change) for key, item in value.items()}
    return [changed(item, change) for item in value] if is_list(value) else change(value)
