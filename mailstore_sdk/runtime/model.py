"""Base of the generated models and enums: tolerant of servers that are newer than the catalogue."""

import enum
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Annotated, Any, Self, TypeAlias, cast, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Discriminator, JsonValue, PlainSerializer
from pydantic.fields import FieldInfo


class Secret:
    """Marks a field whose value is not shown."""


def _in_utc(value: datetime) -> datetime:
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _without_zone(value: datetime) -> str:
    return value.astimezone(UTC).replace(tzinfo=None).isoformat()


SecretText: TypeAlias = Annotated[str, Secret]
"""A text that is not shown where its model is printed."""

UtcDatetime: TypeAlias = Annotated[datetime, AfterValidator(_in_utc), PlainSerializer(_without_zone, when_used="json")]
"""A time that is in UTC though the wire does not say so: aware in Python, without a zone on the wire."""


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

    def __repr_args__(self) -> Iterator[tuple[str | None, Any]]:
        fields = type(self).model_fields
        for name, value in super().__repr_args__():
            hidden = name in fields and value is not None and _is_secret(fields[name])
            yield name, "***" if hidden else value

    def to_wire(self) -> dict[str, JsonValue]:
        """The object as the server writes it: its names, and only what was received or set."""
        wire: dict[str, JsonValue] = self.model_dump(mode="json", by_alias=True, exclude_unset=True, warnings=False)
        return wire


def tag_of(key: str, *types: type[Model]) -> Discriminator:
    """Which of several types an object is: the one whose tag it has under `key`, the last where no other has it."""
    tags = {tag: kind.__name__ for kind in types for tag in _tags(kind, key)}

    def choose(value: object) -> str:
        if isinstance(value, dict):
            tag = cast("dict[str, object]", value).get(key)
            return tags.get(tag, types[-1].__name__) if isinstance(tag, str) else types[-1].__name__
        return type(value).__name__

    return Discriminator(choose)


def _tags(kind: type[Model], key: str) -> tuple[str, ...]:
    field = next(info for name, info in kind.model_fields.items() if (info.alias or name) == key)
    return get_args(field.annotation)


def _is_secret(field: FieldInfo) -> bool:
    return Secret in field.metadata or _holds_secret(field.annotation)


def _holds_secret(hint: object) -> bool:
    return Secret in getattr(hint, "__metadata__", ()) or any(map(_holds_secret, get_args(hint)))
