"""The whole state as JSON, to save and to restore it."""

from __future__ import annotations

from pydantic import TypeAdapter, ValidationError

from mailstore_sdk.simulator.state.estate import Estate

_ADAPTER = TypeAdapter(Estate)


def dump(estate: Estate) -> str:
    """Return the state as JSON, including passwords."""
    return _ADAPTER.dump_json(estate, indent=2).decode("utf-8")


def load(text: str | bytes) -> Estate:
    """Read the state from JSON.

    Raises:
        ValueError: It is invalid; the message names the first place, but no value.
    """
    try:
        return _ADAPTER.validate_json(text)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or "the text"
        raise ValueError(f"state cannot be read: {place}: {first['msg']}") from None
