"""The settings, from the environment: the variable of each is VERIFICATION_ and its name in capitals."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, Field


class Settings(BaseModel):
    """The settings of workers and of the command line."""

    broker: Annotated[str, Field(pattern=r"^(filesystem:///.|rediss?://)")] = f"filesystem://{Path.home()}/spe-verification"
    """Where workers meet and where the ledger is: a folder on one machine, or redis://host:6379/0 for several machines."""
    hour: Annotated[int, Field(ge=0, le=23)] = 1
    """When a night begins, in UTC."""
    at_once: Annotated[int, Field(ge=1)] = 4
    """How many stores are verified at the same time."""
    tick: Annotated[float, Field(gt=0)] = 60
    """Seconds between two checks of what to do; a worker waits for a job no longer than this."""
    patience: Annotated[float, Field(gt=0)] = 600
    """Seconds after which a start without a token counts as lost. Must exceed the duration of a call, or a slow call counts as lost."""
    smtp: Annotated[str, Field(pattern=r"^[^:]+:\d+$")] = "localhost:25"
    """The mail server."""
    mail_from: str = "spe-verification@localhost"
    """Sender of the summary."""
    mail_to: str = ""
    """Recipient; no mail is sent if empty."""

    @property
    def folder(self) -> str | None:
        """The folder of a file-system broker; None with Redis."""
        scheme, _, path = self.broker.partition("://")
        return path if scheme == "filesystem" else None


def read_settings() -> Settings:
    """Read the settings from the environment.

    Raises:
        ValueError: A setting is invalid.
    """
    names = {name: f"VERIFICATION_{name.upper()}" for name in Settings.model_fields}
    return Settings.model_validate({name: os.environ[variable] for name, variable in names.items() if variable in os.environ})
