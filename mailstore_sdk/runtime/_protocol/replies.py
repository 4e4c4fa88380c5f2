"""Decode replies into typed values: in one pass over the bytes, and leniently if a server sends more or less than the catalogue says."""

from __future__ import annotations

import json
import warnings
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import tzinfo
from functools import cache
from typing import Annotated, Any, TypeAlias, get_args, get_origin

from pydantic import AfterValidator, BaseModel, Field, JsonValue, TypeAdapter, ValidationError, create_model

from mailstore_sdk.errors import ArgumentError, ReplyFormatError, ResultSchemaError, SchemaDriftWarning
from mailstore_sdk.runtime.function import Function
from mailstore_sdk.runtime.model import Model, item_type, member_type, model_type, problems
from mailstore_sdk.runtime.sanitize import shown_value

BOM = b"\xef\xbb\xbf"


class ServerMessage(BaseModel, defer_build=True):
    """Why a function failed, in the server's words."""

    message: str = ""
    details: str | None = None


class Envelope(BaseModel, frozen=True, defer_build=True):
    """The reply of every function. A subclass for each type of result is created when it is needed; other keys are dropped."""

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
        """Whether the envelope reports success; HTTP 200 alone means nothing."""
        return self.status_code == "succeeded" and self.error is None

    def masked(self, mask: Callable[[str], str]) -> Envelope:
        """Return a copy with secrets masked in the server's own texts; the result is not changed."""
        if not (self.error or self.text or self.log):
            return self
        error = self.error and ServerMessage(message=mask(self.error.message), details=self.error.details and mask(self.error.details))
        return self.model_copy(update={"error": error, "text": self.text and mask(self.text), "log": self.log and mask(self.log)})


Recorders: TypeAlias = list[Callable[[Function[object], JsonValue], None]]
"""Called with the result of each successful call, as received."""


@dataclass(eq=False)
class Decoder:
    """Reads envelopes; warns once per function and field where they differ from the catalogue."""

    recorders: Recorders = field(default_factory=Recorders)
    _warned: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])

    def read(self, function: Function[object], body: bytes, zone: tzinfo | None = None, *, strict: bool = False) -> Envelope:
        """Decode one reply to `function`; `zone` is the time zone that the call requested, if known.

        Raises:
            ReplyFormatError: It is not JSON, or JSON of another kind.
            ResultSchemaError: The result does not fit, and `strict` is set.
        """
        body, wanted = body.removeprefix(BOM), function.result()
        if wanted is not JsonValue and not self.recorders:
            with suppress(ValidationError):
                envelope: Envelope = _envelope_adapter(wanted).validate_json(body, strict=True, context=zone)
                if envelope.result is not None or wanted is None or not envelope.succeeded:
                    return envelope
        return self._read_leniently(function, body, zone, strict=strict)

    def _read_leniently(self, function: Function[object], body: bytes, zone: tzinfo | None, *, strict: bool) -> Envelope:
        """Decode a reply that differs from the catalogue, has no result or one without a type, or is recorded."""
        try:
            raw: JsonValue = json.loads(body, object_hook=unchanged)
        except (ValueError, RecursionError):
            raise ReplyFormatError("it is not JSON") from None
        if isinstance(raw, list) and not function.name.isidentifier():
            raw = {"statusCode": "succeeded", "result": raw}  # the reply to get-metadata has no envelope
        try:
            envelope = Envelope.model_validate(raw)
        except ValidationError as error:
            found = next(problems(error)) if isinstance(raw, dict) else f"it is JSON, but a {type(raw).__name__} instead of an object"
            raise ReplyFormatError(found) from None
        for record in self.recorders if envelope.succeeded else ():
            record(function, envelope.result)
        wanted, lenient, outcome = function.result(), _LenientDecoder(zone), "kept as received"
        # A call that failed, or still runs, has no result to compare with its type.
        value = lenient.decode(wanted if envelope.succeeded or envelope.result is not None else JsonValue, envelope.result)
        if lenient.drifts and envelope.result is None and item_type(wanted) is not None:
            value, outcome = [], "read as an empty list"  # so that a loop over it works
        if lenient.drifts and strict:
            raise ResultSchemaError("; ".join(f"{place}: {problem}" for place, problem in lenient.drifts.items()), result=envelope.result)
        self._warn(function, lenient.drifts, outcome)
        # The value does not have the declared type; the warnings have reported that.
        return envelope.model_copy(update={"result": value})

    def _warn(self, function: Function[object], drifts: Mapping[str, str], outcome: str) -> None:
        for place, problem in drifts.items():
            if (function.name, place) not in self._warned:
                self._warned.add((function.name, place))
                warnings.warn(f"{function.name}: {place} is not as expected: {problem}; {outcome}", SchemaDriftWarning, stacklevel=2)


def unchanged(row: object) -> object:
    """Run Python code between the rows of a reply, so that other threads can run: decoders in C hold the interpreter's lock."""
    return row


@cache
def _envelope_adapter(wanted: Any) -> TypeAdapter[Any]:
    if get_origin(wanted) is list:
        wanted = list[Annotated[get_args(wanted)[0], AfterValidator(unchanged)]]  # type: ignore[misc] # a type that is made here
    # In one pass over the bytes, since validating the result later would read it twice.
    return TypeAdapter[Any](create_model("Envelope", __base__=Envelope, result=(wanted and wanted | None, None)))


_adapter = cache(TypeAdapter[Any])


def result_type(given: object) -> Callable[[], object]:
    """Return the `result` of a function from the type that a user gives; None is plain JSON.

    Raises:
        ArgumentError: pydantic cannot read a value as this type.
    """
    wanted = JsonValue if given is None else given
    try:
        _envelope_adapter(wanted).rebuild()
    except Exception as error:  # noqa: BLE001 - Python and pydantic refuse types in many ways
        reason = str(error).partition("\n")[0]
        raise ArgumentError(f"result cannot be {shown_value(given)}; expected a type such as list[User] ({reason})") from None
    return lambda: wanted


class _LenientDecoder:
    """Decodes part by part: what does not fit its type stays as received and is listed in `drifts`."""

    def __init__(self, zone: tzinfo | None) -> None:
        self._zone = zone
        self.drifts: dict[str, str] = {}

    def decode(self, wanted: object, raw: JsonValue, place: str = "") -> object:
        """Return `raw` as the type `wanted`, as far as it fits."""
        if wanted is JsonValue:
            return raw
        wanted = member_type(wanted, raw)
        try:
            # As strict JSON: a string can be a time or an enum value, but numbers and strings are not converted.
            return _adapter(wanted).validate_json(json.dumps(raw), strict=True, context=self._zone)
        except ValidationError as error:
            problem = next(problems(error))
        if isinstance(raw, list) and (item := item_type(wanted)) is not None:
            return [self.decode(item, value, f"{place}[]") for value in raw]
        if isinstance(raw, dict) and (model := model_type(wanted)) is not None:
            return self._decode_model(model, raw, place)
        self._report(place, f"null instead of a {'list' if item_type(wanted) else 'value'}" if raw is None and not place else problem)
        return raw

    def _decode_model(self, model: type[Model], raw: dict[str, JsonValue], place: str) -> Model:
        rest: dict[str, object] = dict(raw)
        values: dict[str, Any] = {}
        for name, info in model.model_fields.items():
            wire = info.alias or name
            if wire in raw:
                del rest[wire]
                values[name] = self.decode(info.rebuild_annotation(), raw[wire], f"{place}.{wire}")
            elif info.is_required():
                self._report(f"{place}.{wire}", "missing")
                values[name] = None
        built = model.model_construct({name for name, info in model.model_fields.items() if (info.alias or name) in raw}, **values)
        # Not through model_construct, since a key of the server could have the name of one of its parameters.
        object.__setattr__(built, "__pydantic_extra__", rest)
        return built

    def _report(self, place: str, problem: str) -> None:
        self.drifts.setdefault(place.removeprefix(".") or "result", problem.removeprefix(": "))
