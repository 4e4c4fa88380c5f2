"""Replies into typed values: once, straight from the bytes, and tolerant where a server says more or less than the catalogue."""

from __future__ import annotations

import json
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import tzinfo
from functools import cache
from typing import Annotated, Any, NamedTuple, TypeAlias, TypeVar, get_args, get_origin

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, JsonValue, TypeAdapter, ValidationError, create_model

from mailstore_sdk.errors import SchemaDriftWarning
from mailstore_sdk.runtime.function import Function
from mailstore_sdk.runtime.model import Model, item_type, member_type, model_type, type_of

T = TypeVar("T")
BOM = b"\xef\xbb\xbf"


class ServerMessage(BaseModel):
    """Why a function failed, in the server's words."""

    model_config = ConfigDict(extra="ignore", defer_build=True)

    message: str = ""
    details: str | None = None


class Envelope(BaseModel):
    """What every function replies with; a subclass for each type of result is made when it is needed. Other keys are dropped."""

    model_config = ConfigDict(extra="ignore", frozen=True, defer_build=True)

    error: ServerMessage | None = None
    token: str | None = None
    status_version: int | None = Field(default=None, alias="statusVersion")
    status_code: str | None = Field(alias="statusCode")
    percent: int | None = Field(default=None, alias="percentProgress")
    text: str | None = Field(default=None, alias="statusText")
    result: Any = None
    log: str | None = Field(default=None, alias="logOutput")

    @property
    def succeeded(self) -> bool:
        """Whether the function says that it is done and well; HTTP 200 alone says nothing."""
        return self.status_code == "succeeded" and self.error is None

    def masked(self, mask: Callable[[str], str]) -> Envelope:
        """The same with secrets masked in the server's own texts; a result is not changed."""
        if not (self.error or self.text or self.log):
            return self
        error = self.error and ServerMessage(message=mask(self.error.message), details=self.error.details and mask(self.error.details))
        return self.model_copy(update={"error": error, "text": self.text and mask(self.text), "log": self.log and mask(self.log)})


class NotAnEnvelopeError(ValueError):
    """The bytes are not an envelope; the text says what they are instead."""


class DriftError(ValueError):
    """A result does not fit its schema and the decoder is strict."""

    def __init__(self, problem: str, result: JsonValue) -> None:
        super().__init__(problem)
        self.result = result


class Drift(NamedTuple):
    """One place where a reply differs from the catalogue."""

    field: str
    problem: str
    outcome: str = "kept as received"


Recorders: TypeAlias = list[Callable[[Function[object], JsonValue], None]]
"""Called with the result of each successful call, as received."""


@dataclass(eq=False)
class Decoder:
    """Reads envelopes; warns once per function and field where they differ from the catalogue."""

    strict: bool = False
    recorders: Recorders = field(default_factory=Recorders)
    _warned: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])

    def read(self, function: Function[object], body: bytes, zone: tzinfo | None = None) -> Envelope:
        """Read one reply to `function`, whose call asked for times in `zone` if that is known.

        Raises:
            NotAnEnvelopeError: It is not JSON, or JSON of another kind.
            DriftError: The result does not fit and the decoder is strict.
        """
        body = body.removeprefix(BOM)
        try:
            envelope: Envelope = _envelope_adapter(function.result()).validate_json(body, strict=True, context=zone)
        except ValidationError:
            return self._read_drifted(function, body, zone)
        if self.recorders and envelope.succeeded:
            self._record(function, json.loads(body).get("result"))
        if envelope.result is None and envelope.succeeded:
            return self._read_null(function, envelope)
        return envelope

    def _read_null(self, function: Function[object], envelope: Envelope) -> Envelope:
        """A null in place of a list becomes an empty list, so that loops over it run; any other null stays."""
        drifts: list[Drift] = []
        _decode_leniently(function.result(), None, _Place("", None, drifts))
        if not drifts:
            return envelope
        is_list = item_type(function.result()) is not None
        null = Drift("result", "null instead of a list", "read as an empty list") if is_list else Drift("result", "null instead of a value")
        self._report(function, None, [null])
        return envelope.model_copy(update={"result": [] if is_list else None})

    def _record(self, function: Function[object], result: JsonValue) -> None:
        for record in self.recorders:
            record(function, result)

    def _read_drifted(self, function: Function[object], body: bytes, zone: tzinfo | None) -> Envelope:
        raw = _json(body)
        if isinstance(raw, list) and not function.name.isidentifier():
            raw = {"statusCode": "succeeded", "result": raw}  # get-metadata replies without an envelope
        try:
            envelope = Envelope.model_validate(raw)
        except ValidationError as error:
            found = _summary(error) if isinstance(raw, dict) else f"it is JSON, but a {type(raw).__name__} instead of an object"
            raise NotAnEnvelopeError(found) from None
        if envelope.succeeded:
            self._record(function, envelope.result)
        drifts: list[Drift] = []
        value = _decode_leniently(function.result(), envelope.result, _Place("", zone, drifts))
        if drifts:
            self._report(function, envelope.result, drifts)
        # The value is not what the function promises; that is what the warnings have said.
        return envelope.model_copy(update={"result": value})

    def _report(self, function: Function[object], result: JsonValue, drifts: list[Drift]) -> None:
        if self.strict:
            raise DriftError("; ".join(f"{drift.field}: {drift.problem}" for drift in drifts), result)
        for drift in drifts:
            if (function.name, drift.field) not in self._warned:
                self._warned.add((function.name, drift.field))
                message = f"{function.name}: {drift.field} is not as the catalogue says: {drift.problem}; {drift.outcome}"
                warnings.warn(message, SchemaDriftWarning, stacklevel=2)


def _unchanged(row: object) -> object:
    """Run Python between the rows of a list, so that other threads get their turn: pydantic's own code keeps the interpreter's lock."""
    return row


@cache
def _envelope_adapter(wanted: Any) -> TypeAdapter[Any]:
    if get_origin(wanted) is list:
        wanted = list[Annotated[get_args(wanted)[0], AfterValidator(_unchanged)]]  # type: ignore[misc] # a type that is made here
    # In one pass over the bytes, as a result that is validated later has to be read twice.
    return TypeAdapter[Any](create_model("Envelope", __base__=Envelope, result=(wanted and wanted | None, None)))


@cache
def _adapter(wanted: Any) -> TypeAdapter[Any]:
    return TypeAdapter[Any](wanted)


def _json(body: bytes) -> JsonValue:
    try:
        raw: JsonValue = json.loads(body)
    except (ValueError, RecursionError):
        raise NotAnEnvelopeError("it is not JSON") from None
    return raw


def _summary(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_input=False)[0]
    return f"{'.'.join(map(str, first['loc']))}: {first['msg']}"


class _Place(NamedTuple):
    """Where in a result a value is, the time zone of the call, and the drifts found so far."""

    path: str
    zone: tzinfo | None
    drifts: list[Drift]

    def inside(self, part: str) -> _Place:
        return self._replace(path=f"{self.path}{part}".removeprefix("."))

    def report(self, problem: str) -> None:
        self.drifts.append(Drift(self.path or "result", problem))


def _decode_leniently(wanted: object, raw: JsonValue, place: _Place) -> object:
    """`raw` as `wanted`, part by part: what does not fit stays as received and is reported."""
    wanted = member_type(wanted, raw)
    try:
        # As JSON, where a string is a time or the value of an enum, but a number is no string and a string no number.
        value: object = _adapter(wanted).validate_json(json.dumps(raw), strict=True, context=place.zone)
    except ValidationError as error:
        problem = _summary(error)
    else:
        return value
    if isinstance(raw, list) and (item := item_type(wanted)) is not None:
        return [_decode_leniently(item, value, place.inside("[]")) for value in raw]
    if isinstance(raw, dict) and (model := model_type(wanted)) is not None:
        return _decode_model_leniently(model, raw, place)
    place.report(problem.removeprefix(": "))
    return raw


def _decode_model_leniently(model: type[Model], raw: dict[str, JsonValue], place: _Place) -> Model:
    rest: dict[str, object] = dict(raw)
    values: dict[str, Any] = {}
    missing: dict[str, None] = {}
    for name, info in model.model_fields.items():
        wire = info.alias or name
        if wire in raw:
            del rest[wire]
            values[name] = _decode_leniently(type_of(info), raw[wire], place.inside(f".{wire}"))
        elif info.is_required():
            place.inside(f".{wire}").report("missing")
            missing[name] = None
    built = model.model_construct(_fields_set=set(values), **values)
    vars(built).update(missing)
    # Not through model_construct, whose own parameters a key of the server could be named like.
    object.__setattr__(built, "__pydantic_extra__", rest)
    return built
