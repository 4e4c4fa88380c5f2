"""Actions that an operation requests from its driver, and their results.

An `Operation` is a generator. It yields actions, gets back the result of each, and returns its outcome or raises one of
`mailstore_sdk.errors`. Errors of its driver are thrown into it, since only the operation knows what the server has already
done: a `TransportError` if no complete reply came, or the interrupt of a wait. The sync and the async driver of
`mailstore_sdk.runtime._transport` run the same operations, so they cannot differ.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole HTTP reply of any status. Not a tuple, since it contains a session's cookie and token: see `Send`."""

    status: int
    body: bytes = field(repr=False)
    headers: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)


class Exchange(NamedTuple):
    """A reply, and how many seconds it took from sending to its last byte."""

    reply: Reply
    seconds: float


@dataclass(frozen=True, slots=True)
class Send:
    """Post a form and return the whole reply within `timeout` seconds.

    Not a tuple: error reporters show the items of a tuple, and body and headers contain secrets.
    """

    path: str
    body: bytes = field(repr=False)
    timeout: float
    headers: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)


class Sleep(NamedTuple):
    """Wait before the next step."""

    seconds: float


class RunExclusively(NamedTuple):
    """Run an operation while no other operation of its owner runs; wait at most `timeout` seconds for that.

    Attributes:
        owner: The session or job whose operations run one after the other.
        operation: The operation; its result is returned.
        timeout: Seconds to wait for the other operations.
    """

    owner: object
    operation: Operation[object]
    timeout: float


class Compute(NamedTuple):
    """Call a function that takes long and return its result; the async client calls it in a thread."""

    function: Callable[[], object]


Action: TypeAlias = Send | Sleep | RunExclusively | Compute
Operation: TypeAlias = Generator[Action, Any, T]
"""A `Send` returns a `Reply`, a `Sleep` nothing, the others the result of their operation or function."""
