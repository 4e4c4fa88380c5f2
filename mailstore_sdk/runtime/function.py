"""Descriptors of the API's functions. No input or output happens here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Generic, Literal, NamedTuple, TypeAlias, TypeVar

if TYPE_CHECKING:
    from mailstore_sdk.runtime.model import StrEnum as OpenEnum

T_co = TypeVar("T_co", covariant=True)

WireType = Literal["string", "integer", "number", "boolean", "datetime", "json", "list"]
"""How a value is written in a form: ``list`` is comma-separated text, ``json`` JSON text, ``datetime`` has no zone."""


Arguments: TypeAlias = dict[str, object]
"""The arguments of a call by their wire names, under a name that no parameter of a generated method has."""


class Effect(StrEnum):
    """What a call does to the server; decides whether it is retried if its reply is lost."""

    READ = "read"
    IDEMPOTENT = "idempotent"
    MUTATING = "mutating"
    DESTRUCTIVE = "destructive"


class Argument(NamedTuple):
    """One argument of a function, named as on the wire.

    The generated method sends `default` unless you pass another value. `since` and `until` are the oldest and the
    newest version that are known to accept the argument, if they differ from those of the function.
    """

    name: str
    kind: WireType
    required: bool = False
    default: object = None
    secret: bool = False
    since: str | None = None
    until: str | None = None
    enum: Callable[[], type[OpenEnum]] | None = None
    shape: Callable[[], object] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Function(Generic[T_co]):
    """One function of the API; `T_co` is its result in Python.

    `interval` has the names of the arguments with the start and the end of a time range that can be read in windows.
    `hint` completes the error of a server without the function: it names the one of the catalogue that may be meant.
    `result` returns the type; it is called for the first reply, so that a model is loaded only when it is used.
    """

    name: str
    effect: Effect
    result: Callable[[], object]
    arguments: tuple[Argument, ...] = ()
    long_running: bool = False
    since: str | None = None
    until: str | None = None
    interval: tuple[str, str] | None = None
    hint: str = ""

    @property
    def repeatable(self) -> bool:
        """Whether it may be retried even if the server may have processed it."""
        return self.effect in (Effect.READ, Effect.IDEMPOTENT) and not self.long_running
