"""The clients: hand-written faces over the generated functions."""

from __future__ import annotations

import os
import warnings
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator, Mapping
from copy import copy
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeVar, Unpack

from pydantic import JsonValue

from mailstore_sdk._generated import aio, models, sync
from mailstore_sdk._generated.functions import FUNCTIONS
from mailstore_sdk.bulk import Item, Outcome, in_tasks, in_threads
from mailstore_sdk.config import Arguments, DialectName, build_dialect, build_trust, parse_address
from mailstore_sdk.errors import ArgumentError, ConfigurationError
from mailstore_sdk.function import Effect, Function
from mailstore_sdk.history import AsyncHistory, History
from mailstore_sdk.jobs import AsyncJob, Job
from mailstore_sdk.log import follow_environment
from mailstore_sdk.pool import Server
from mailstore_sdk.profiles import complete, complete_from_profile
from mailstore_sdk.protocol import Options, Protocol
from mailstore_sdk.results import Decoder
from mailstore_sdk.transport import AsyncTransport, Transport

if TYPE_CHECKING:
    from mailstore_sdk._generated.models import FunctionMetadata

T = TypeVar("T")

GET_METADATA: Function[list[models.FunctionMetadata]] = Function(
    "get-metadata",
    Effect.READ,
    result=lambda: list[models.FunctionMetadata],
)


class _Client(ABC):
    """What both clients are built from."""

    def __init__(
        self,
        host: str | None = None,
        *,
        username: str | None = None,
        password: str | None = None,
        port: int | None = None,
        protocol: DialectName | None = None,
        thumbprint: str | None = None,
        ca_file: str | os.PathLike[str] | None = None,
        verify: bool | None = None,
        timeout: float | None = None,
        retries: int | None = None,
        poll_wait: float | None = None,
        job_timeout: float | None = None,
        strict: bool | None = None,
        max_connections: int = 100,
    ) -> None:
        """Prepare a client; the first connection is made by the first call.

        An option that is None is taken from the environment (``MAILSTORE_SPE_URL``, ``…_USER``, ``…_PASSWORD``,
        ``…_THUMBPRINT``, ``…_CA_FILE``, ``…_PROTOCOL``, ``…_TIMEOUT``), then from the profile that ``MAILSTORE_SPE_PROFILE``
        names, then it is the default told here.

        Args:
            host: Name or address of the management server: ``spe.example.com``, with a port if you like, or a URL.
            username: A system administrator of SPE.
            password: The password; the API password where two-factor login is on.
            port: Port of the Management API; 8474 unless given, 8470 for the session protocol.
            protocol: ``basic``, the default, for SPE 9.0 and later; ``session`` is the login of 8.5, one call at a time.
            thumbprint: Trust exactly the certificate with this SHA-1 (as SPE shows it) or SHA-256.
            ca_file: PEM file of the authority to trust instead of the system's.
            verify: False accepts any certificate, and warns; True trusts the system whatever environment and profile say.
            timeout: Seconds for one request, from connecting to the last byte of the reply; 60.
            retries: How often a request is repeated where the server certainly did not act, or acting twice does no harm; 2.
            poll_wait: Seconds that the server may hold one question for news of long-running work; 5.
            job_timeout: Seconds that long-running work is waited for unless a call says otherwise; a day.
            strict: Raise `ResultSchemaError` where a result differs from the catalogue, instead of a warning.
            max_connections: How many connections may be open at once.

        Raises:
            ConfigurationError: An option that cannot be meant, or that is missing everywhere.
        """
        where: Arguments = {"host": host, "port": port, "username": username, "password": password, "protocol": protocol}
        trusted: Arguments = {"thumbprint": thumbprint, "ca_file": ca_file, "verify": verify}
        how: Arguments = {"timeout": timeout, "retries": retries, "poll_wait": poll_wait, "job_timeout": job_timeout, "strict": strict}
        given = complete({**where, **trusted, **how})
        dialect = build_dialect(given["protocol"], given["username"], given["password"])
        address = parse_address(given["host"], given["port"], given["protocol"])
        options = Options(given["timeout"], given["retries"], given["poll_wait"], given["job_timeout"], given["strict"])
        self._username = given["username"]
        self._protocol = Protocol(dialect, options, Decoder(given["strict"]))
        follow_environment()
        self._owns_transport = True
        trust = build_trust(given["ca_file"], given["thumbprint"], verify=given["verify"])
        if max_connections < 1:
            raise ConfigurationError(f"max_connections cannot be {max_connections}: expected 1 or more")
        self._connect(Server(address.host, address.port, trust, max_connections))

    @classmethod
    def from_profile(
        cls,
        profile: str,
        *,
        path: str | os.PathLike[str] | None = None,
        max_connections: int = 100,
        **arguments: Unpack[Arguments],
    ) -> Self:
        """Prepare a client from a profile in a TOML file, a table ``[profiles.NAME]``.

        A profile with ``password_command`` or ``password_keyring`` is asked for its password here, which may take a while.

        Args:
            profile: Name of the profile.
            path: The file; unless given the one of ``MAILSTORE_SPE_CONFIG``, else the one at the platform's place.
            max_connections: How many connections may be open at once.
            **arguments: As of the client itself; they come before the profile, and the environment comes after it.

        Raises:
            ConfigurationError: No such file or profile, or something that cannot be meant.
        """
        return cls(**complete_from_profile(profile, path, arguments), max_connections=max_connections)

    def with_options(
        self,
        *,
        timeout: float | None = None,
        retries: int | None = None,
        poll_wait: float | None = None,
        job_timeout: float | None = None,
        strict: bool | None = None,
    ) -> Self:
        """The same client with other options, over the same connections; None leaves an option as it is.

        It need not be closed, and ends with the client that it was made from.
        """
        changes = {"timeout": timeout, "retries": retries, "poll_wait": poll_wait, "job_timeout": job_timeout, "strict": strict}
        other = copy(self)
        other._protocol = self._protocol.with_options(changes)
        other._owns_transport = False
        return other

    @abstractmethod
    def _connect(self, server: Server) -> None:
        """Take the transport that fits the kind of client."""


class SPEClient(_Client, sync.ServerFunctions):
    """The Management API of one SPE installation, for code that waits.

    Holds every function of the whole installation; `instance` holds those of one instance. Threads may share a client.
    Close it, or use it in a ``with`` block.
    """

    def _connect(self, server: Server) -> None:
        self._transport = Transport(server)

    def instance(self, instance_id: str) -> Instance:
        """The functions of one instance; asks nothing, so an unknown id shows at the first call."""
        return Instance(self, _checked_id(instance_id))

    def get_metadata(self) -> list[FunctionMetadata]:
        """The server's own list of its functions: what this server has, whatever the SDK knows.

        Returns:
            list[FunctionMetadata]: One function each; the three calls beside ``/api/invoke/`` are not among them.

        Wire name: get-metadata. Needs a system administrator's login.
        Evidence: consumed-by-code (mspslib2019, live25.3).
        """
        return self._transport.run(self._protocol.call_bare(GET_METADATA))

    def call(self, function: str, /, **arguments: object) -> JsonValue:
        """Call any function by its wire name, also one that is newer than the SDK.

        Args:
            function: Wire name, such as ``GetUsers``.
            arguments: By their wire names; None is not sent. What the catalogue does not know is written by its Python type.

        Returns:
            JsonValue: The result as the server gives it, waited for where the function is long-running.

        Raises:
            FunctionFailedError: The server says that it failed.
        """
        return self._call(self._protocol.improvise(function, arguments, FUNCTIONS), arguments)

    def start(self, function: str, /, **arguments: object) -> Job[JsonValue]:
        """Like `call`, but gives a job at once; one that is done already where the function is not long-running."""
        return self._start(self._protocol.improvise(function, arguments, FUNCTIONS), arguments)

    def resume(self, token: str) -> Job[object]:
        """Go on with a job that was started elsewhere; asks nothing yet.

        Args:
            token: What ``job.token`` or a `JobError` gave.

        Returns:
            Job: Its result is of the function's type, or JSON where the SDK does not know the function.

        Raises:
            ArgumentError: It is not the token of a job.
        """
        return Job(self._transport, self._protocol, self._protocol.resume(token, FUNCTIONS))

    def map(self, function: Callable[[Item], T], items: Iterable[Item], *, concurrency: int = 10) -> Iterator[Outcome[Item, T]]:
        """Call a function for each item, several at once, and tell what became of each, in order.

        An item whose call fails does not stop the others. At most `concurrency` items are worked on or wait to be told.

        Args:
            function: Takes one item, such as ``archive.get_user_info``.
            items: The items; taken as they are needed.
            concurrency: How many calls may be under way at once.
        """
        return in_threads(function, items, concurrency)

    def close(self) -> None:
        """Log out and close all connections; more than once is harmless. Jobs go on at the server."""
        if self._owns_transport and not self._transport.closed:
            self._transport.run(self._protocol.leave())
            self._transport.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"SPEClient({self._transport.server.url!r}, username={self._username!r})"

    def __del__(self) -> None:
        _warn_forgotten(self)

    def _call(self, function: Function[T], arguments: Mapping[str, object]) -> T:
        return self._transport.run(self._protocol.call(function, arguments))

    def _start(self, function: Function[T], arguments: Mapping[str, object]) -> Job[T]:
        work = self._transport.run(self._protocol.start(function, arguments))
        return Job(self._transport, self._protocol, work)


class AsyncSPEClient(_Client, aio.ServerFunctions):
    """The Management API of one SPE installation, for code with ``await``.

    Holds every function of the whole installation; `instance` holds those of one instance. A client belongs to the
    event loop of its first call. Close it, or use it in an ``async with`` block.
    """

    def _connect(self, server: Server) -> None:
        self._transport = AsyncTransport(server)

    def instance(self, instance_id: str) -> AsyncInstance:
        """The functions of one instance; asks nothing, so an unknown id shows at the first call."""
        return AsyncInstance(self, _checked_id(instance_id))

    async def get_metadata(self) -> list[FunctionMetadata]:
        """The server's own list of its functions: what this server has, whatever the SDK knows.

        Returns:
            list[FunctionMetadata]: One function each; the three calls beside ``/api/invoke/`` are not among them.

        Wire name: get-metadata. Needs a system administrator's login.
        Evidence: consumed-by-code (mspslib2019, live25.3).
        """
        return await self._transport.run(self._protocol.call_bare(GET_METADATA))

    async def call(self, function: str, /, **arguments: object) -> JsonValue:
        """Call any function by its wire name, also one that is newer than the SDK.

        Args:
            function: Wire name, such as ``GetUsers``.
            arguments: By their wire names; None is not sent. What the catalogue does not know is written by its Python type.

        Returns:
            JsonValue: The result as the server gives it, waited for where the function is long-running.

        Raises:
            FunctionFailedError: The server says that it failed.
        """
        return await self._call(self._protocol.improvise(function, arguments, FUNCTIONS), arguments)

    async def start(self, function: str, /, **arguments: object) -> AsyncJob[JsonValue]:
        """Like `call`, but gives a job at once; one that is done already where the function is not long-running."""
        return await self._start(self._protocol.improvise(function, arguments, FUNCTIONS), arguments)

    def resume(self, token: str) -> AsyncJob[object]:
        """Go on with a job that was started elsewhere; asks nothing yet.

        Args:
            token: What ``job.token`` or a `JobError` gave.

        Returns:
            AsyncJob: Its result is of the function's type, or JSON where the SDK does not know the function.

        Raises:
            ArgumentError: It is not the token of a job.
        """
        return AsyncJob(self._transport, self._protocol, self._protocol.resume(token, FUNCTIONS))

    def map(
        self, function: Callable[[Item], Awaitable[T]], items: Iterable[Item], *, concurrency: int = 10
    ) -> AsyncIterator[Outcome[Item, T]]:
        """Call a function for each item, several at once, and tell what became of each, in order.

        An item whose call fails does not stop the others. At most `concurrency` items are worked on or wait to be told.

        Args:
            function: Takes one item, such as ``archive.get_user_info``.
            items: The items; taken as they are needed.
            concurrency: How many calls may be under way at once.
        """
        return in_tasks(function, items, concurrency)

    async def close(self) -> None:
        """Log out and close all connections; more than once is harmless. Jobs go on at the server."""
        if self._owns_transport and not self._transport.closed:
            await self._transport.run(self._protocol.leave())
            await self._transport.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        await self.close()

    def __repr__(self) -> str:
        return f"AsyncSPEClient({self._transport.server.url!r}, username={self._username!r})"

    def __del__(self) -> None:
        _warn_forgotten(self)

    async def _call(self, function: Function[T], arguments: Mapping[str, object]) -> T:
        return await self._transport.run(self._protocol.call(function, arguments))

    async def _start(self, function: Function[T], arguments: Mapping[str, object]) -> AsyncJob[T]:
        work = await self._transport.run(self._protocol.start(function, arguments))
        return AsyncJob(self._transport, self._protocol, work)


class Instance(History):
    """One instance of an installation: every function with its ``instanceID`` bound.

    Attributes:
        instance_id: The id that is sent with every call.
    """

    def __init__(self, client: SPEClient, instance_id: str) -> None:
        self._client = client
        self.instance_id = instance_id

    def __repr__(self) -> str:
        return f"{self._client!r}.instance({self.instance_id!r})"

    def _call(self, function: Function[T], arguments: Mapping[str, object]) -> T:
        return self._client._call(function, {"instanceID": self.instance_id, **arguments})

    def _start(self, function: Function[T], arguments: Mapping[str, object]) -> Job[T]:
        return self._client._start(function, {"instanceID": self.instance_id, **arguments})


class AsyncInstance(AsyncHistory):
    """One instance of an installation: every function with its ``instanceID`` bound.

    Attributes:
        instance_id: The id that is sent with every call.
    """

    def __init__(self, client: AsyncSPEClient, instance_id: str) -> None:
        self._client = client
        self.instance_id = instance_id

    def __repr__(self) -> str:
        return f"{self._client!r}.instance({self.instance_id!r})"

    async def _call(self, function: Function[T], arguments: Mapping[str, object]) -> T:
        return await self._client._call(function, {"instanceID": self.instance_id, **arguments})

    async def _start(self, function: Function[T], arguments: Mapping[str, object]) -> AsyncJob[T]:
        return await self._client._start(function, {"instanceID": self.instance_id, **arguments})


def _checked_id(instance_id: object) -> str:
    if not isinstance(instance_id, str) or not instance_id:
        raise ArgumentError(f"instance_id cannot be {instance_id!r:.200}; expected the id of an instance, as get_instances() tells it")
    return instance_id


def _warn_forgotten(client: SPEClient | AsyncSPEClient) -> None:
    transport = getattr(client, "_transport", None)  # a constructor that raised leaves none
    if transport is not None and client._owns_transport and transport.used and not transport.closed:
        warnings.warn(f"{client!r} was not closed", ResourceWarning, source=client, stacklevel=2)
