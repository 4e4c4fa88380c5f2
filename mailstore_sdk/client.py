"""The clients: hand-written faces over the generated functions."""

from __future__ import annotations

import warnings
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator, Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeVar

from pydantic import JsonValue

from mailstore_sdk._generated import aio, models, sync
from mailstore_sdk._generated.functions import FUNCTIONS
from mailstore_sdk.base import BaseClient
from mailstore_sdk.bulk import Item, Outcome, in_tasks, in_threads
from mailstore_sdk.function import Effect, Function
from mailstore_sdk.http import httpx
from mailstore_sdk.instance import AsyncInstance, Instance, checked_id
from mailstore_sdk.jobs import AsyncJob, Job
from mailstore_sdk.pool import Server
from mailstore_sdk.transport import AsyncTransport, Transport
from mailstore_sdk.waiting import AsyncJobs, Jobs

if TYPE_CHECKING:
    from mailstore_sdk._generated.aio.raw import RawServer as AsyncRawServer
    from mailstore_sdk._generated.models import FunctionMetadata
    from mailstore_sdk._generated.sync.raw import RawServer

T = TypeVar("T")

GET_METADATA: Function[list[models.FunctionMetadata]] = Function(
    "get-metadata",
    Effect.READ,
    result=lambda: list[models.FunctionMetadata],
)


class SPEClient(BaseClient[httpx.Client], sync.ServerFunctions):
    """The Management API of one SPE installation, for code that waits.

    Holds every function of the whole installation; `instance` holds those of one instance. Threads may share a client.
    Close it, or use it in a ``with`` block.
    """

    def _connect(self, server: Server, http_client: httpx.Client | None) -> None:
        self._transport = Transport(server, http_client)

    @property
    def raw(self) -> RawServer:
        """The same methods, giving whole replies: ``spe.raw.get_instances("*")`` is a `RawReply`."""
        from mailstore_sdk._generated.sync.raw import RawServer

        return RawServer(self._recorded)

    @property
    def jobs(self) -> Jobs:
        """Many jobs at once."""
        return Jobs(self._protocol.options)

    def instance(self, instance_id: str) -> Instance:
        """The functions of one instance; asks nothing, so an unknown id shows at the first call."""
        return Instance(self, checked_id(instance_id))

    def get_metadata(self) -> list[FunctionMetadata]:
        """The server's own list of its functions: what this server has, whatever the SDK knows.

        Returns:
            list[FunctionMetadata]: One function each; the three calls beside ``/api/invoke/`` are not among them.

        Wire name: get-metadata. Needs a system administrator's login.
        Evidence: consumed-by-code (mspslib2019, live25.3).
        """
        return self._transport.run(self._protocol.get_metadata(GET_METADATA))

    def server_version(self) -> str:
        """Version of the connected server, such as ``25.3.0.22000``; asked for once, by ``GetEnvironmentInfo``.

        Once the client knows it, here or through a call that tells it, a call that the catalogue knows only of later
        versions makes it ask for the server's own list of functions. What is not there raises `NotSupportedError`, and
        nothing is sent; what the SDK sends unasked is left out where the server does not know it.

        Raises:
            ReplyFormatError: The server does not tell.
        """
        if self._protocol.server.version is None:
            self.get_environment_info()
        return self._protocol.server.told_version()

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


class AsyncSPEClient(BaseClient[httpx.AsyncClient], aio.ServerFunctions):
    """The Management API of one SPE installation, for code with ``await``.

    Holds every function of the whole installation; `instance` holds those of one instance. A client belongs to the
    event loop of its first call. Close it, or use it in an ``async with`` block.
    """

    def _connect(self, server: Server, http_client: httpx.AsyncClient | None) -> None:
        self._transport = AsyncTransport(server, http_client)

    @property
    def raw(self) -> AsyncRawServer:
        """The same methods, giving whole replies: ``await spe.raw.get_instances("*")`` is a `RawReply`."""
        from mailstore_sdk._generated.aio.raw import RawServer

        return RawServer(self._recorded)

    @property
    def jobs(self) -> AsyncJobs:
        """Many jobs at once."""
        return AsyncJobs(self._protocol.options)

    def instance(self, instance_id: str) -> AsyncInstance:
        """The functions of one instance; asks nothing, so an unknown id shows at the first call."""
        return AsyncInstance(self, checked_id(instance_id))

    async def get_metadata(self) -> list[FunctionMetadata]:
        """The server's own list of its functions: what this server has, whatever the SDK knows.

        Returns:
            list[FunctionMetadata]: One function each; the three calls beside ``/api/invoke/`` are not among them.

        Wire name: get-metadata. Needs a system administrator's login.
        Evidence: consumed-by-code (mspslib2019, live25.3).
        """
        return await self._transport.run(self._protocol.get_metadata(GET_METADATA))

    async def server_version(self) -> str:
        """Version of the connected server, such as ``25.3.0.22000``; asked for once, by ``GetEnvironmentInfo``.

        Once the client knows it, here or through a call that tells it, a call that the catalogue knows only of later
        versions makes it ask for the server's own list of functions. What is not there raises `NotSupportedError`, and
        nothing is sent; what the SDK sends unasked is left out where the server does not know it.

        Raises:
            ReplyFormatError: The server does not tell.
        """
        if self._protocol.server.version is None:
            await self.get_environment_info()
        return self._protocol.server.told_version()

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


def _warn_forgotten(client: SPEClient | AsyncSPEClient) -> None:
    transport = getattr(client, "_transport", None)  # a constructor that raised leaves none
    if transport is not None and client._owns_transport and transport.used and not transport.closed:
        warnings.warn(f"{client!r} was not closed", ResourceWarning, source=client, stacklevel=2)
