"""Shared code of both editions of the wrapper, on top of one SDK client."""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from contextlib import suppress
from types import TracebackType
from typing import Any, ClassVar, Self, TypeVar

from mailstore_sdk._generated.functions import FUNCTIONS
from mailstore_sdk._generated.sync import SPEClient
from mailstore_sdk.compat import _operations as operations
from mailstore_sdk.compat._log import Level, Log, shown
from mailstore_sdk.compat._methods import calling, python_name
from mailstore_sdk.compat._operations import Envelope
from mailstore_sdk.compat.errors import as_network_error
from mailstore_sdk.errors import ConfigurationError, MailStoreError, ReplyError
from mailstore_sdk.runtime._options.address import PORTS, DialectName
from mailstore_sdk.runtime._protocol.actions import Operation
from mailstore_sdk.runtime._protocol.form import Call, forget_secrets
from mailstore_sdk.runtime._protocol.polling import BaseJob
from mailstore_sdk.runtime._protocol.session import SessionAuth
from mailstore_sdk.runtime.function import Function

T = TypeVar("T")
Callback = Callable[[Envelope], object]

LOCAL = "127.0.0.1"
PATIENT = 86_400.0
"""Seconds that a call may take by default; the wrapper has no limit."""

RENAMED = {"path": "databasePath", "databasePath": "path"}
"""An argument that older and newer servers have under two names."""


class Wrapper(ABC):
    """Base of the clients with the wrapper's interface. Threads may share one.

    Attributes:
        host: Name or address of the management server.
        port: Port of the API.
        username: Who calls.
        autoHandleToken: Wait for the end of long-running work, where a call does not say otherwise.
        waitTime: Milliseconds that the server may hold a question for news of long-running work.
        log: What was asked to be logged, and where to.
        logLevels: The names of the levels, by their numbers.
        ignoreInvalidSSLCerts: Whether any certificate is accepted.
    """

    logLevels: ClassVar[Mapping[int, str]] = {level.value: level.name for level in Level}

    def __init_subclass__(cls) -> None:
        """Let the generated methods of an edition, which only give their arguments, call their functions."""
        super().__init_subclass__()
        if Wrapper in cls.__bases__:
            for function in FUNCTIONS.values():
                name = python_name(function.name)
                setattr(cls, name, calling(function, getattr(cls, name)))

    def __init__(
        self,
        username: str,
        password: str,
        host: str,
        port: int | str,
        auto_handle_token: bool,
        wait_time: int | str,
        log: Log,
        *,
        timeout: float,
        protocol: DialectName | None,
        thumbprint: str | None,
        ca_file: str | os.PathLike[str] | None,
        verify: bool | None,
    ) -> None:
        self.host, self.port, self.username = host or LOCAL, _number("port", port), username
        self.autoHandleToken = auto_handle_token
        self.waitTime = _number("waitTime", wait_time)
        self.ignoreInvalidSSLCerts = verify is False
        self.log = log
        self._started: dict[str, Call] = {}
        self._metadata: list[dict[str, Any]] | None = None
        self._spe = SPEClient(
            self.host,
            username=username,
            password=password,
            port=self.port,
            protocol=protocol or _usual_dialect(self.port),
            timeout=timeout,
            thumbprint=thumbprint,
            ca_file=ca_file,
            verify=verify,
        )

    @property
    def password(self) -> str:
        """The password that the client was made with."""
        return self._spe._operations.auth.password

    @property
    def metadata(self) -> list[dict[str, Any]]:
        """The server's own list of its functions, read once."""
        if self._metadata is None:
            self._metadata = self._run("get-metadata", operations.get_metadata(self._spe._operations))
        return self._metadata

    @abstractmethod
    def HandleToken(self, jsonValues: Envelope, /, waitTime: int | None = None) -> Envelope:
        """Wait for the end of long-running work and return its last status."""

    def GetStatus(self, jsonValues: Envelope, waitTime: int | None = None) -> Envelope:
        """Request the status of long-running work once.

        If the server's reply has no token, that of the request is added, so that you can poll again.

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
        """Ask the server to stop a job. It may continue for a while: handle its token to know how it ended.

        Args:
            jsonValues: What the call that started it has returned.

        Raises:
            MailStoreNoTokenError: There is no token to stop.
            JobLostError: The server does not know the token.
        """
        job = self._job(jsonValues)
        return self._ask("cancel-async", operations.cancel(self._spe._operations, job), job._call)

    def logout(self) -> None:
        """Log out and close the connections; more than once is harmless. Jobs continue on the server."""
        self._spe.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.logout()

    def __repr__(self) -> str:
        return f"{type(self).__name__}(host={self.host!r}, port={self.port}, username={self.username!r})"

    def _invoke(
        self, function: Function[object], arguments: MutableMapping[str, object], *, auto_handle_token: bool | None
    ) -> dict[str, Any]:
        """Make a call; if it became long-running, wait by default."""
        try:
            call = operations.call_of(function, self._fitted(function, arguments))
        finally:
            forget_secrets(function, arguments)
        self.log.write(Level.DEBUG, f"{function.name}: ARGUMENTS {dict(call.arguments)}")
        values = self._ask(function.name, operations.invoke(self._spe._operations, call), call)
        if operations.has_token(values):
            self._started[str(values["token"])] = call
        automatic = self.autoHandleToken if auto_handle_token is None else auto_handle_token
        return self.HandleToken(values) if automatic and operations.has_token(values) else values

    def _fitted(self, function: Function[object], arguments: Mapping[str, object]) -> Mapping[str, object]:
        """The arguments as the connected server has them, which is asked if versions differ in what they need."""
        values = {name: value for name, value in arguments.items() if value is not None}
        added = {argument.name: argument.default for argument in function.arguments if argument.since and argument.required}
        added = {name: value for name, value in added.items() if name not in values and value is not None}
        has = {argument.name for argument in function.arguments}
        renamed = {name: other for name, other in RENAMED.items() if name in values and other in has}
        if not added and not renamed:
            return values
        known = self._arguments_of(function)
        for name, other in renamed.items():
            if name not in known and other in known:
                values[other] = values.pop(name)
        return {name: value for name, value in added.items() if name in known} | values

    def _arguments_of(self, function: Function[object]) -> frozenset[str]:
        """The arguments that the server has for a function; without a list of its own those of its age."""
        features = self._spe._operations.server
        if isinstance(self._spe._operations.auth, SessionAuth):
            return frozenset(argument.name for argument in function.arguments if not argument.since)
        if features.functions is None:
            with suppress(ReplyError):
                features.learn_functions(self.metadata)
            features.learn_functions()  # no second request, even if the server returned no list
        current = frozenset(argument.name for argument in function.arguments if not argument.until)
        return (features.functions or {}).get(function.name, current)

    def _follow(self, values: Envelope, wait_time: int | None) -> Iterator[Envelope]:
        """Each status of a job from now on, as the server sends it, through any outage: the wrapper waits without a limit."""
        return self._statuses(values, operations.status_of(values).get("token"), wait_time)

    def _statuses(self, values: Envelope, token: object, wait_time: int | None) -> Iterator[Envelope]:
        while values.get("statusCode") == "running":
            # Later statuses have the same token or none.
            values = self._poll({**values, "token": token}, wait_time, float("inf"))
            yield values

    def _poll(self, values: Envelope, wait_time: int | None, deadline: float | None = None) -> Envelope:
        milliseconds = self.waitTime if wait_time is None else _number("waitTime", wait_time)
        job = self._job(values)
        poll = operations.poll(self._spe._operations, job, values.get("statusVersion"), milliseconds, deadline)
        status = self._ask("get-status", poll, job._call)
        if status.get("statusCode") != "running":
            self._started.pop(job._server_token, None)
        return status

    def _job(self, values: Envelope) -> BaseJob[object]:
        call = self._started.get(str(operations.status_of(values).get("token")))
        return operations.job_of(self._spe._operations, call, values)

    def _ask(self, name: str, operation: Operation[Envelope], call: Call) -> Envelope:
        values = self._run(name, operation, call)
        self.log.write(Level.INFO, f"{name}: {values.get('statusCode')}")
        return values

    def _run(self, name: str, operation: Operation[T], call: Call = operations.NO_CALL) -> T:
        self.log.write(Level.INFO, f"{name}: POST to https://{self.host}:{self.port}")
        try:
            values = self._spe._transport.run(operation)
        except MailStoreError as error:
            self.log.write(Level.ERROR, f"{type(error).__name__}: {error}")
            raise as_network_error(error) from error.__cause__
        self.log.write(Level.DEBUG, self._spe._operations.mask(call)(f"{name}: HTTP RESPONSE {shown(call.function.name, values)}"))
        return values


def _usual_dialect(port: int) -> DialectName | None:
    """The login method of a port; None for other ports, where the environment or the default applies."""
    return next((name for name, usual in PORTS.items() if usual == port), None)


def checked_callback(name: str, value: Callback | None) -> Callback | None:
    """Refuse what cannot be called before any work is started."""
    if value is not None and not callable(value):
        raise ConfigurationError(f"{name} cannot be {value!r:.100}: expected a function")
    return value


def _number(name: str, value: object) -> int:
    """A number, or its text, which the wrapper accepts too."""
    if isinstance(value, str) and value.isascii() and value.isdigit():
        return int(value)
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ConfigurationError(f"{name} cannot be {value!r:.100}: expected a whole number, 0 or more")
    return value
