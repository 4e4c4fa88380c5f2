"""What both editions of the wrapper have in common: one SDK client underneath, one way to call, one log."""

from __future__ import annotations

import os
from abc import abstractmethod
from collections.abc import Iterator, Mapping
from types import TracebackType
from typing import Any, Self, TypeVar

from mailstore_sdk._generated.sync import SPEClient
from mailstore_sdk.compat import operations
from mailstore_sdk.compat.log import Level, Log, shown
from mailstore_sdk.compat.operations import Envelope
from mailstore_sdk.errors import ConfigurationError, MailStoreError
from mailstore_sdk.runtime._options.address import PORTS, DialectName
from mailstore_sdk.runtime._protocol.actions import Operation
from mailstore_sdk.runtime._protocol.form import Call
from mailstore_sdk.runtime._protocol.polling import JobRecord
from mailstore_sdk.runtime.calls import WrapperCaller
from mailstore_sdk.runtime.function import Function

T = TypeVar("T")


class Wrapper(WrapperCaller):
    """Base of the clients with the wrapper's interface. Threads may share one.

    Attributes:
        host: Name or address of the management server.
        port: Port of the API.
        username: Who calls.
        autoHandleToken: Wait for the end of long-running work, where a call does not say otherwise.
        waitTime: Milliseconds that the server may hold a question for news of long-running work.
    """

    def __init__(
        self,
        username: str,
        password: str,
        host: str,
        port: int,
        auto_handle_token: bool,
        wait_time: int,
        log: Log,
        *,
        protocol: DialectName | None,
        thumbprint: str | None,
        ca_file: str | os.PathLike[str] | None,
        verify: bool | None,
    ) -> None:
        self.host, self.port, self.username = host, port, username
        self.autoHandleToken = auto_handle_token
        self.waitTime = _milliseconds(wait_time)
        self._log = log
        self._started: dict[str, Call] = {}
        self._spe = SPEClient(
            host,
            username=username,
            password=password,
            port=port,
            protocol=protocol or _usual_dialect(port),
            thumbprint=thumbprint,
            ca_file=ca_file,
            verify=verify,
        )

    @abstractmethod
    def HandleToken(self, jsonValues: Envelope, /, waitTime: int | None = None) -> Envelope:
        """Wait for the end of long-running work and return its last status."""

    def GetStatus(self, jsonValues: Envelope, waitTime: int | None = None) -> Envelope:
        """Ask once how long-running work stands.

        The reply has the token of the question where the server tells none, so that it can be asked about in turn.

        Args:
            jsonValues: What a call, or `GetStatus` before, has returned.
            waitTime: Milliseconds that the server may hold the question for news; the client's own where None.

        Raises:
            MailStoreNoTokenError: There is no token to ask about.
            JobLostError: The server does not know the token.
        """
        status = self._poll(jsonValues, waitTime)
        return status if operations.has_token(status) else {**status, "token": jsonValues["token"]}

    def CancelAsync(self, jsonValues: Envelope) -> Envelope:
        """Ask the server to stop long-running work. It may go on for a while: handle its token to know how it ended.

        Args:
            jsonValues: What the call that started it has returned.

        Raises:
            MailStoreNoTokenError: There is no token to stop.
            JobLostError: The server does not know the token.
        """
        job = self._job(jsonValues)
        return self._ask("cancel-async", operations.cancel(self._spe._operations, job), job.call)

    def logout(self) -> None:
        """Log out and close the connections; more than once is harmless. Work goes on at the server."""
        self._spe.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.logout()

    def __repr__(self) -> str:
        return f"{type(self).__name__}(host={self.host!r}, port={self.port}, username={self.username!r})"

    def _invoke(self, function: Function[object], arguments: Mapping[str, object], *, auto_handle_token: bool | None) -> dict[str, Any]:
        """Make a call; where it became work that shall be waited for, wait."""
        call = operations.call_of(function, arguments)
        self._log.write(Level.DEBUG, f"{function.name}: ARGUMENTS {dict(call.arguments)}")
        values = self._ask(function.name, operations.invoke(self._spe._operations, call), call)
        if operations.has_token(values):
            self._started[str(values["token"])] = call
        automatic = self.autoHandleToken if auto_handle_token is None else auto_handle_token
        return self.HandleToken(values) if automatic and operations.has_token(values) else values

    def _follow(self, values: Envelope, wait_time: int | None) -> Iterator[Envelope]:
        """Each status of a job from now on, as the server sends it, through any outage: the wrapper waits without a limit."""
        token = values.get("token")
        while values.get("statusCode") == "running":
            # Later statuses have no token, or the same.
            values = self._poll({**values, "token": token}, wait_time, float("inf"))
            yield values

    def _poll(self, values: Envelope, wait_time: int | None, deadline: float | None = None) -> Envelope:
        milliseconds = self.waitTime if wait_time is None else _milliseconds(wait_time)
        job = self._job(values)
        poll = operations.poll(self._spe._operations, job, values.get("statusVersion"), milliseconds, deadline)
        status = self._ask("get-status", poll, job.call)
        if status.get("statusCode") != "running":
            self._started.pop(job.token, None)
        return status

    def _job(self, values: Envelope) -> JobRecord[object]:
        return operations.job_of(self._started.get(str(values.get("token"))), values)

    def _ask(self, name: str, operation: Operation[Envelope], call: Call) -> Envelope:
        values = self._run(name, operation, call)
        self._log.write(Level.INFO, f"{name}: {values.get('statusCode')}")
        return values

    def _run(self, name: str, operation: Operation[T], call: Call = operations.NO_CALL) -> T:
        self._log.write(Level.INFO, f"{name}: POST to https://{self.host}:{self.port}")
        try:
            values = self._spe._transport.run(operation)
        except MailStoreError as error:
            self._log.write(Level.ERROR, f"{type(error).__name__}: {error}")
            raise
        self._log.write(Level.DEBUG, self._spe._operations.mask(call)(f"{name}: HTTP RESPONSE {shown(call.function.name, values)}"))
        return values


def _usual_dialect(port: int) -> DialectName | None:
    """The dialect that a port speaks; other ports leave it to the surroundings, and then it is that of 9.0 and later."""
    return next((name for name, usual in PORTS.items() if usual == port), None)


def _milliseconds(wait_time: object) -> int:
    if isinstance(wait_time, bool) or not isinstance(wait_time, int) or wait_time < 0:
        raise ConfigurationError(f"waitTime cannot be {wait_time!r:.100}: expected milliseconds, 0 or more")
    return wait_time
