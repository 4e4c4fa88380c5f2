"""Options from variables of the environment."""

from __future__ import annotations

import os

from mailstore_sdk.runtime._options.options import Options, check, hidden

ARGUMENTS_ONLY = frozenset({"port", "verify", "max_connections", "max_response_size", "client_cert", "hooks"})
"""Options that are only available as arguments."""

_named_alike = {name: f"MAILSTORE_SPE_{name.upper()}" for name in Options.model_fields if name not in ARGUMENTS_ONLY}
VARIABLES = _named_alike | {"host": "MAILSTORE_SPE_URL", "username": "MAILSTORE_SPE_USER"}
"""The variable of each option."""

CONFIG = "MAILSTORE_SPE_CONFIG"
PROFILE = "MAILSTORE_SPE_PROFILE"


def from_environment() -> dict[str, object]:
    """Read options from the environment; an empty variable counts as not set.

    Raises:
        ConfigurationError: One of the variables is invalid.
    """
    found = hidden({name: os.environ[variable] for name, variable in VARIABLES.items() if os.environ.get(variable)})
    check(Options, found, "the environment", VARIABLES, strict=False)
    return found
