"""Operations of the protocol driven by a script instead of a network."""

import json
from collections.abc import Iterable, Mapping
from functools import partial
from types import SimpleNamespace
from typing import TypeVar
from unittest.mock import patch

from mailstore_sdk.runtime._protocol import polling
from mailstore_sdk.runtime._protocol.actions import Action, Compute, Operation, Reply, RunExclusively, Send, Sleep
from mailstore_sdk.runtime._protocol.polling import BaseJob

T = TypeVar("T")

FINISHED: Mapping[str, object] = {
    "error": None,
    "token": None,
    "statusVersion": 2,
    "statusCode": "succeeded",
    "percentProgress": None,
    "statusText": None,
    "result": None,
    "logOutput": None,
}


def reply(**changes: object) -> Reply:
    """A reply as the server writes it: an envelope after a byte order mark."""
    return Reply(200, b"\xef\xbb\xbf" + json.dumps({**FINISHED, **changes}).encode())


def running(version: int = 0, **changes: object) -> Reply:
    return reply(statusCode="running", token="sa1", statusVersion=version, **changes)


class Script:
    """Plays the server and the clock: returns replies in order, raises exceptions as the driver would, and records what was sent.

    Its clock `now` advances by the pauses alone, so a slow machine makes no difference.
    """

    now = 1000.0

    def __init__(self, *outcomes: Reply | BaseException) -> None:
        self.outcomes = list(outcomes)
        self.sent: list[Send] = []
        self.pauses: list[float] = []

    def run(self, operation: Operation[T]) -> T:
        step = partial(next, operation)
        while True:
            try:
                action = step()
            except StopIteration as end:
                result: T = end.value
                return result
            try:
                step = partial(operation.send, self._answer(action))
            except BaseException as error:  # noqa: BLE001 - the operation decides about it
                step = partial(operation.throw, error)

    def _answer(self, command: Action) -> object:
        if isinstance(command, Compute):
            return command.function()
        if isinstance(command, RunExclusively):
            return self.run(command.operation)
        if isinstance(command, Sleep):
            self.pauses += [command.seconds] if command.seconds else []
            self.now += command.seconds
            return None
        self.sent.append(command)
        outcome = self.outcomes.pop(0)
        if isinstance(outcome, BaseException):
            raise outcome
        return outcome

    def finish(self, job: BaseJob[T], seconds: float = 60) -> None:
        """Follow a job for so many seconds of this clock."""
        with patch.object(polling, "time", SimpleNamespace(monotonic=lambda: self.now)):
            self.run(job._finish(self.now + seconds))

    @property
    def paths(self) -> list[str]:
        return [send.path for send in self.sent]


def replies(sequence: Iterable[Mapping[str, object]]) -> list[Reply]:
    return [Reply(200, json.dumps(envelope).encode()) for envelope in sequence]
