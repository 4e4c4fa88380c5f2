"""The wrappers' logs: the first logs to stdout and to a file in the temporary folder, the later one with `logging`. Secrets are masked."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Mapping
from datetime import datetime
from enum import IntEnum
from pathlib import Path
from typing import cast

from mailstore_sdk._generated.compat import SECRET_FIELDS, SECRET_RESULTS
from mailstore_sdk.errors import ConfigurationError
from mailstore_sdk.runtime.sanitize import MASK, looks_secret

PREFIX = "MailStorePyLib"
LOGGER = "MGMTLogger"


class Level(IntEnum):
    """How much is logged; each level includes those before it."""

    NONE = 0
    ERROR = 1
    WARNING = 2
    INFO = 3
    DEBUG = 4


class Log:
    """The log of one client.

    Attributes:
        level: What goes to stdout.
        file_level: What goes to the file; none is made where nothing does.
    """

    def __init__(self, level: int, file_level: int) -> None:
        self.level = _checked("logLevel", level)
        self.file_level = _checked("fileLogLevel", file_level)
        self.file = _new_file() if self.file_level else None

    def write(self, level: Level, text: str) -> None:
        """Log a message if its level is enabled."""
        if level <= self.level:
            print(level.name, text)  # noqa: T201 - as the wrapper does
        if self.file and level <= self.file_level:
            with self.file.open("a", encoding="utf-8") as file:
                file.write(f"{datetime.now():%Y-%m-%d %H:%M:%S} {level.name} {text}\n")  # noqa: DTZ005 - the time of the people here


class LoggerLog(Log):
    """The log of one client of the later wrapper, which goes to the logger ``MGMTLogger``: on stderr, unless a program configures it."""

    def __init__(self, level: int) -> None:
        super().__init__(level, Level.NONE)
        self.logger = logging.getLogger(LOGGER)
        self.logger.setLevel(logging.DEBUG)

    def write(self, level: Level, text: str) -> None:
        """Log a message if the client's level includes it."""
        if level <= self.level:
            if not self.logger.hasHandlers():
                handler = logging.StreamHandler()
                handler.setFormatter(logging.Formatter("%(levelname)s %(message)s"))
                self.logger.addHandler(handler)
            self.logger.log(getattr(logging, level.name), "%s", text)


def shown(function: str, envelope: object) -> object:
    """Return a reply for the log: secrets are masked, and results that may be secret too."""
    if not isinstance(envelope, Mapping):
        return envelope
    fields = dict(cast("Mapping[str, object]", envelope))
    if "antiXsrfToken" in fields:
        fields["antiXsrfToken"] = MASK
    if "result" in fields:
        hidden = function in SECRET_RESULTS and fields["result"] is not None
        fields["result"] = MASK if hidden else _masked(fields["result"])
    return fields


def _masked(value: object) -> object:
    if isinstance(value, list):
        return [_masked(item) for item in cast("list[object]", value)]
    if isinstance(value, Mapping):
        fields = cast("Mapping[str, object]", value)
        return {name: MASK if inner is not None and _is_secret(name) else _masked(inner) for name, inner in fields.items()}
    return value


def _is_secret(name: str) -> bool:
    return name in SECRET_FIELDS or looks_secret(name)


def _checked(name: str, level: int) -> Level:
    try:
        return Level(int(level))
    except (TypeError, ValueError):
        known = ", ".join(f"{item.value} {item.name}" for item in Level)
        raise ConfigurationError(f"{name} cannot be {level!r:.100}: expected one of {known}") from None


def _new_file() -> Path:
    # A separate file for each client, readable only by its owner.
    with tempfile.NamedTemporaryFile(prefix=f"{PREFIX}-", suffix=".log", delete=False) as file:
        return Path(file.name)
