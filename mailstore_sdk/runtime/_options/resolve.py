"""Which source of an option takes precedence: arguments, the environment, profiles, defaults."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from functools import partial
from typing import cast

from pydantic import SecretStr

from mailstore_sdk.errors import ConfigurationError
from mailstore_sdk.runtime._options.address import DialectName, parse_address
from mailstore_sdk.runtime._options.environment import PROFILE, VARIABLES, from_environment
from mailstore_sdk.runtime._options.options import Options, check, hidden

TOGETHER = ({"thumbprint", "ca_file", "verify"}, {"password", "ask_password"})
"""Options that belong together: the first source that sets one of them decides all, so that sources are never mixed."""


def resolve(arguments: Mapping[str, object], profile: str | None = None, path: str | os.PathLike[str] | None = None) -> Options:
    """Resolve the options of a client: arguments, then environment, then the profile that the environment names.

    Args:
        arguments: What the program gives; None is the same as not given.
        profile: The profile that the program names. It comes before the environment, which only adds what is still open.
        path: The file with the profile.

    Raises:
        ConfigurationError: A source is invalid, or a required option is missing.
    """
    from_profile = partial(_from_profile, os.environ.get(PROFILE) or None if profile is None else profile, path)
    sources = (from_environment, from_profile) if profile is None else (from_profile, from_environment)
    found = hidden({name: value for name, value in arguments.items() if value is not None})
    check(Options, found)
    for source in sources:
        # What later sources cannot change.
        settled = set(found).union(*(group for group in TOGETHER if group & found.keys()))
        if settled >= VARIABLES.keys():
            break  # A source that cannot add anything is not read, so it cannot fail.
        found = {name: value for name, value in source().items() if name not in settled} | found
    host, username = str(_needed(found, "host")), str(_needed(found, "username"))
    if ask := cast("Callable[[str, str], SecretStr] | None", found.pop("ask_password", None)):
        found["password"] = ask(username, host)
    _needed(found, "password")
    protocol = cast("DialectName", found.get("protocol", "basic"))
    host, port = parse_address(host, cast("int | None", found.get("port")), protocol)
    return cast("Options", check(Options, {**found, "host": host, "port": port}, strict=False))


def _from_profile(name: str | None, path: str | os.PathLike[str] | None) -> dict[str, object]:
    if name is None:
        return {}
    from mailstore_sdk.runtime._options.profiles import from_file

    return {option: value for option, value in from_file(name, path).items() if option != "instance"}  # for the command line only


def _needed(found: Mapping[str, object], name: str) -> object:
    if name not in found:
        sources = f"the argument {name}=…, {VARIABLES[name]} in the environment, or a profile (from_profile(…) or {PROFILE})"
        raise ConfigurationError(f"{name} is missing; set it in one of three ways: {sources}")
    return found[name]
