"""Base of the generated models and enums, which accept replies of newer servers."""

import enum
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from difflib import get_close_matches
from types import UnionType
from typing import TYPE_CHECKING, Annotated, Any, Self, TypeAlias, Union, cast, get_args, get_origin

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    JsonValue,
    PlainSerializer,
    Tag,
    ValidationError,
    ValidationInfo,
)

from mailstore_sdk.errors import ArgumentError


class Secret:
    """Marks a field whose value is not shown."""


def _parse(value: object) -> datetime:
    """Parse a date and time of the server. Accept only what round-trips: no number, no date alone."""
    if isinstance(value, str) and value[10:11] == "T":
        value = datetime.fromisoformat(value)
    if not isinstance(value, datetime):
        raise ValueError("expected a date and time such as 2026-01-31T00:00:00")  # noqa: TRY004 - the error that pydantic collects
    return value


def _in_utc(value: datetime) -> datetime:
    try:
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    except OverflowError:
        raise ValueError("the time is outside the years 1 to 9999 in UTC") from None


def _in_zone_of_call(value: datetime, info: ValidationInfo) -> datetime:
    return value.replace(tzinfo=UTC) if info.context is UTC and value.tzinfo is None else value


def _without_utc(value: object) -> object:
    return value.replace(tzinfo=None if value.tzinfo is UTC else value.tzinfo).isoformat() if isinstance(value, datetime) else value


_WITHOUT_UTC = PlainSerializer(_without_utc, return_type=Any, when_used="json")


SecretText: TypeAlias = Annotated[str, Secret]
"""A text that is not shown where its model is printed."""

WireDatetime: TypeAlias = Annotated[datetime, BeforeValidator(_parse)]
"""A time as written: without a zone unless the server writes one."""

CallDatetime: TypeAlias = Annotated[WireDatetime, AfterValidator(_in_zone_of_call), _WITHOUT_UTC]
"""A time in the time zone of the call, which is the validation context: aware in Python if that is UTC."""

UtcDatetime: TypeAlias = Annotated[WireDatetime, AfterValidator(_in_utc), _WITHOUT_UTC]
"""A time in UTC that the server writes without a zone: aware in Python."""


class OpenEnum(enum.Enum):
    """Base of the open enums: an unknown value is kept as an unlisted member.

    Such a member equals its value and survives dumps and pickling, but is not in ``list(TheEnum)``, and `is_known` is False.
    """

    @property
    def is_known(self) -> bool:
        """Whether the catalogue lists this value; False for a newer server's value, and for a misspelled one."""
        return self in list(type(self))

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        kind: Any = str if issubclass(cls, str) else int
        if not isinstance(value, kind) or isinstance(value, bool):
            return None
        member: Self = kind.__new__(cls, value)
        member._name_, member._value_ = str(value), value
        return member

    def __reduce_ex__(self, proto: object) -> tuple[Any, ...]:
        return type(self), (self._value_,)  # Python before 3.11.4 looks the member up by its name.


class StrEnum(OpenEnum, enum.StrEnum):
    """An open enum of texts."""


class IntEnum(OpenEnum, enum.IntEnum):
    """An open enum of numbers."""


class Model(BaseModel):
    """A JSON object of the server: fields in snake_case, unknown ones kept in ``model_extra``."""

    model_config = ConfigDict(
        extra="allow",
        protected_namespaces=(),
        validate_by_name=True,
        validate_assignment=True,
        hide_input_in_errors=True,
        loc_by_alias=False,
    )

    if not TYPE_CHECKING:
        # Type checkers see the signature of each model instead.

        def __init__(self, /, **fields: object) -> None:
            aliases = [info.alias for info in type(self).model_fields.values() if info.alias]
            _refuse_unknown(type(self), fields, type(self).model_fields, aliases)
            for name, info in type(self).model_fields.items():
                if info.is_required() and type(None) in get_args(info.annotation) and info.alias not in fields:
                    fields.setdefault(name, None)
            try:
                super().__init__(**fields)
            except ValidationError as error:
                raise _invalid(type(self), error) from None

        # Without this mark, pydantic calls the constructor for values that it reads.
        __init__.__pydantic_base_init__ = True

        def __setattr__(self, name: str, value: object) -> None:
            if not name.startswith("_"):
                _refuse_unknown(type(self), [name], type(self).model_fields, self.model_extra or ())
            try:
                super().__setattr__(name, value)
            except ValidationError as error:
                raise _invalid(type(self), error) from None

        # A value kept as received was reported when it was read.
        def model_dump(self, **options: object) -> dict[str, Any]:  # noqa: D102 - pydantic's
            return super().model_dump(**{"warnings": False, **options})

        def model_dump_json(self, **options: object) -> str:  # noqa: D102 - pydantic's
            return super().model_dump_json(**{"warnings": False, **options})

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Return a copy with other values, which are not checked.

        Raises:
            ArgumentError: The model has no such field, and the server sent no such field.
        """
        _refuse_unknown(type(self), update or (), type(self).model_fields, self.model_extra or ())
        return super().model_copy(update=update, deep=deep)

    def without(self, *names: str) -> Self:
        """Return a copy without some fields, such as the number and version that the server assigns.

        Args:
            names: The fields; a field that is not set is ignored.

        Raises:
            ArgumentError: The model has no such field, and the server sent no such field.
        """
        _refuse_unknown(type(self), names, type(self).model_fields, self.model_extra or ())
        copy = self.model_copy(update=dict.fromkeys(type(self).model_fields.keys() & names))
        copy.__pydantic_fields_set__.difference_update(names)
        extra = copy.model_extra or {}
        for name in extra.keys() & names:
            del extra[name]
        return copy

    def __repr_args__(self) -> Iterator[tuple[str | None, Any]]:
        fields = type(self).model_fields
        for name, value in super().__repr_args__():
            hidden = name in fields and value is not None and _holds_secret(fields[name].rebuild_annotation())
            yield name, "***" if hidden else value

    def to_wire(self) -> dict[str, JsonValue]:
        """Return the object as sent to the server: with its names, and only fields that were received or set."""
        wire = self.model_dump(mode="json", by_alias=True, exclude_unset=True)
        return cast("dict[str, JsonValue]", _with_booleans(wire, self))


def _with_booleans(wire: Any, value: object) -> object:
    """Restore true and false that the server sent instead of a number, for which pydantic writes 1 and 0."""
    if isinstance(value, bool):
        return value
    if isinstance(value, list):
        return [*map(_with_booleans, wire, cast("list[object]", value))]
    if isinstance(value, Model):
        fields = {info.alias or name: vars(value).get(name) for name, info in type(value).model_fields.items()}
        return {key: _with_booleans(wire[key], (fields | (value.model_extra or {}))[key]) for key in wire}
    return wire


def _refuse_unknown(model: type[Model], names: Iterable[str], known: Iterable[str], others: Iterable[str] = ()) -> None:
    """Check the names of fields; those of `others` are accepted, but not suggested."""
    accepted = {*known, *others}
    for name in names:
        if name not in accepted:
            close = get_close_matches(name, known, 1)
            meant = f"did you mean {close[0]}?" if close else f"it has {', '.join(known)}."
            advice = f"To send a field that the SDK does not know, use {model.__name__}.model_validate({{...}})"
            raise ArgumentError(f"{model.__name__} has no field {name!r:.100}; {meant} {advice}")


def problems(error: ValidationError) -> Iterator[str]:
    """Yield what pydantic found, each with its place but without values, which may be secret."""
    return (f"{'.'.join(map(str, found['loc']))}: {found['msg']}" for found in error.errors(include_url=False, include_input=False))


def _invalid(model: type[Model], error: ValidationError) -> ArgumentError:
    return ArgumentError(f"{model.__name__}: {'; '.join(problems(error))}")


def tag_of(key: str, *types: type[Model]) -> Discriminator:
    """Choose the type of an object: the one whose tag it has under `key`, or the last one if none matches."""
    tags = {tag: kind.__name__ for kind in types for tag in get_args(field_types(kind)[key])}

    def choose(value: object) -> str:
        if isinstance(value, dict):
            tag = cast("dict[str, object]", value).get(key)
            return tags.get(tag, types[-1].__name__) if isinstance(tag, str) else types[-1].__name__
        return type(value).__name__

    return Discriminator(choose)


def member_type(wanted: object, raw: object) -> object:
    """The type that the tag of `raw` selects if `wanted` is a tagged union, otherwise `wanted`."""
    if get_origin(wanted) is not Annotated:
        return wanted
    union, *metadata = get_args(wanted)
    chosen = next((mark.discriminator(raw) for mark in metadata if isinstance(mark, Discriminator) and callable(mark.discriminator)), None)
    members = (get_args(arm) for arm in get_args(union))
    return next((kind for kind, mark in members if isinstance(mark, Tag) and mark.tag == chosen), wanted)


def variants(wanted: object) -> tuple[object, ...]:
    """The types of a union; for any other type, the type itself."""
    return get_args(wanted) if get_origin(wanted) in (Union, UnionType) else (wanted,)


def item_type(wanted: object) -> object | None:
    """The type of a list's elements; None if the type is not a list."""
    return next((get_args(arm)[0] for arm in variants(wanted) if get_origin(arm) is list), None)


def field_types(wanted: object) -> Mapping[str, object]:
    """The types of an object's keys; empty if the type is not a model."""
    model = model_type(wanted)
    return {info.alias or name: info.rebuild_annotation() for name, info in model.model_fields.items()} if model else {}


def model_type(wanted: object) -> type[Model] | None:
    """The model of an object; None if the type is not a model."""
    return next((arm for arm in variants(wanted) if isinstance(arm, type) and issubclass(arm, Model)), None)


def refuse_unknown_keys(wanted: object, value: object) -> None:
    """Check JSON from a user against a type; models in it may have fields that the server sent.

    Raises:
        ArgumentError: The type does not have one of the keys, at any depth.
    """
    wanted = member_type(wanted, value)
    model = model_type(wanted)
    if isinstance(value, dict) and model is not None:
        fields = field_types(model)
        values = cast("dict[str, object]", value)
        _refuse_unknown(model, values, fields)
        for key, inner in values.items():
            refuse_unknown_keys(fields[key], inner)
    elif isinstance(value, list) and (item := item_type(wanted)) is not None:
        for inner in cast("list[object]", value):
            refuse_unknown_keys(item, inner)


def _holds_secret(hint: object) -> bool:
    return Secret in getattr(hint, "__metadata__", ()) or any(map(_holds_secret, get_args(hint)))
