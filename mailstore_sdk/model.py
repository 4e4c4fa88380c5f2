"""Base of the generated models and enums: tolerant of servers that are newer than the catalogue."""

import enum
from typing import Self

from pydantic import BaseModel, ConfigDict, JsonValue


class StrEnum(enum.StrEnum):
    """An open enum: a text that it does not know is kept as an unlisted member.

    Such a member equals its text and survives dumps and pickling, but is not among ``list(TheEnum)``.
    """

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if not isinstance(value, str):
            return None
        member = str.__new__(cls, value)
        member._name_ = value
        member._value_ = value
        return member


class Model(BaseModel):
    """A JSON object of the server: fields in snake_case, unknown ones kept in ``model_extra``."""

    model_config = ConfigDict(
        extra="allow",
        protected_namespaces=(),
        validate_by_alias=True,
        validate_by_name=True,
        validate_assignment=True,
        hide_input_in_errors=True,
    )

    def to_wire(self) -> dict[str, JsonValue]:
        """The object as the server writes it: its names, and only what was received or set."""
        wire: dict[str, JsonValue] = self.model_dump(mode="json", by_alias=True, exclude_unset=True, warnings=False)
        return wire
