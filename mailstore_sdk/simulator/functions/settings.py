"""Settings that are read and written only as a whole."""

from __future__ import annotations

from pydantic import JsonValue

from mailstore_sdk.simulator.functions.invocation import Answer, Handler, Invocation, without_passwords


def getter(name: str, default: JsonValue) -> Handler:
    """Make a handler that returns settings of an instance: the last ones set, or a default. Passwords are null."""

    def get(call: Invocation) -> Answer:
        return without_passwords(call.instance.settings.get(name, default))

    return get


def setter(name: str, argument: str = "config") -> Handler:
    """Make a handler that replaces settings of an instance."""

    def set_(call: Invocation) -> Answer:
        call.instance.settings[name] = call.arguments.json(argument)
        return None

    return set_
