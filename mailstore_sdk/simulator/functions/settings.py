"""Settings that are only read and written whole."""

from __future__ import annotations

from pydantic import JsonValue

from mailstore_sdk.simulator.functions.invocation import Answer, Handler, Invocation, without_passwords


def getter(name: str, default: JsonValue) -> Handler:
    """A function that reads settings of an instance: what was set last, or a default. Passwords are null."""

    def get(call: Invocation) -> Answer:
        return without_passwords(call.instance.settings.get(name, default))

    return get


def setter(name: str, argument: str = "config") -> Handler:
    """A function that replaces settings of an instance."""

    def set_(call: Invocation) -> Answer:
        call.instance.settings[name] = call.arguments.json(argument)
        return None

    return set_
