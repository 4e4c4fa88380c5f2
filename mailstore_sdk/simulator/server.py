"""The simulator's public class: a server in its own thread."""

from __future__ import annotations

import asyncio
import contextlib
import os
import tempfile
import threading
import weakref
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from uvicorn.server import ServerState

from mailstore_sdk.simulator.app import Application
from mailstore_sdk.simulator.catalogue import Catalogue, DialectName, load_file
from mailstore_sdk.simulator.certificates import Certificates, certificates
from mailstore_sdk.simulator.connection import Connection, configuration, listen, serve
from mailstore_sdk.simulator.control import control
from mailstore_sdk.simulator.demo import SEEDS
from mailstore_sdk.simulator.dialects import DIALECTS
from mailstore_sdk.simulator.faults import Faults
from mailstore_sdk.simulator.state import snapshot
from mailstore_sdk.simulator.state.estate import Estate
from mailstore_sdk.simulator.tasks import Clock
from mailstore_sdk.simulator.world import Call, Login, World

T = TypeVar("T")

MAX_SIZE = 1_000
_CLOSE_TIMEOUT = 1.0
_CALL_TIMEOUT = 60.0
_LOCAL_HOSTS = ("localhost", "127.0.0.1", "::1", "0.0.0.0", "::")  # noqa: S104 - only compared with


class Simulator:
    """An SPE management server for development and tests.

    It serves HTTPS from a daemon thread while its ``with`` block is open. You can read and change its state between
    calls.

    Args:
        seed: The initial state: ``demo`` or ``empty``.
        clock: How long-running work advances. ``seconds:S`` takes S seconds; ``immediate`` ends at the first poll,
            ``polls:N`` at the N-th; ``manual`` advances by one step with every `advance`.
        spe_version: The server version to simulate, one that the catalogue knows.
        random_seed: Seed for the invented numbers of the demo.
        host: Address to listen on.
        port: Port to listen on; 0 uses a free one.
        username: The initial system administrator.
        password: The administrator's password.
        protocol: Authentication: ``basic`` with every request, or ``session``, where a login returns a cookie and a token.
            Default: ``session`` for version 8.5, else ``basic``.
        size: Multiplier for the demo's users, stores and runs, up to 1,000.
        state: The initial state, instead of a seed: JSON from `dump`.
        control_port: Port for plain HTTP on this machine's loopback, with a page for people and the calls of
            `mailstore_sdk.simulator.control` for programs; 0 uses a free one, None disables it.
        long_running_rows: With more rows than this, GetWorkerResults becomes long-running work.
        catalogue: A catalogue to use instead of the SDK's own: the ``catalogue.json`` of a generated package. Functions
            that the simulator does not implement return the smallest valid result.
        bom: Whether JSON begins with a byte order mark, as SPE sends it; some tools that test APIs cannot read it.

    Raises:
        ValueError: Catalogue, seed, clock, version, protocol or state is unknown or invalid.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - options of one server, all with defaults
        self,
        seed: str = "demo",
        clock: str = "seconds:3",
        spe_version: str = "25.3",
        random_seed: int = 0,
        host: str = "127.0.0.1",
        port: int = 0,
        *,
        username: str = "admin",
        password: str = "admin",
        protocol: DialectName | None = None,
        size: int = 1,
        state: str | bytes | None = None,
        control_port: int | None = None,
        long_running_rows: int = 5_000,
        catalogue: str | os.PathLike[str] | None = None,
        bom: bool = True,
    ) -> None:
        if seed not in SEEDS:
            raise ValueError(f"seed cannot be {seed!r}: expected one of {', '.join(SEEDS)}")
        if not 1 <= size <= MAX_SIZE:
            raise ValueError(f"size cannot be {size}: expected 1 to {MAX_SIZE}")
        if not host:
            raise ValueError("host cannot be empty: expected an address such as 127.0.0.1")
        if not username or ":" in username:
            raise ValueError(f"username cannot be {username!r}: expected a name without a colon, which HTTP Basic puts after it")
        if not password:
            raise ValueError("password cannot be empty")
        offer = Catalogue(spe_version, load_file(catalogue) if catalogue else None)
        dialect: DialectName = protocol or offer.dialect
        if dialect not in list(DIALECTS):
            raise ValueError(f"protocol cannot be {protocol!r}: expected one of {', '.join(DIALECTS)}")

        def new_estate() -> Estate:
            estate = SEEDS[seed](_build(spe_version), random_seed, size) if state is None else snapshot.load(state)
            estate.version = _build(spe_version)
            estate.long_running_rows = long_running_rows
            return estate

        self._world = World(offer, new_estate, Clock.parse(clock), Login(username, password), dialect, bom=bom)
        self._bind = (host, port)
        self._control_port = control_port
        self._running: _Running | None = None

    def start(self) -> Self:
        """Start serving; for code that cannot use a ``with`` block, as in an interactive session.

        Raises:
            OSError: Listening on the address fails.
        """
        if self._running:
            raise RuntimeError("the simulator is running already")
        self._running = _Running(self._world, self._bind, self._control_port)
        return self

    def stop(self) -> None:
        """Stop serving; state and call log are kept."""
        running, self._running = self._server, None
        running.stop()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None) -> None:
        self.stop()

    @property
    def _server(self) -> _Running:
        if not self._running:
            raise RuntimeError("the simulator is not running: use it in a with block, or start() it")
        return self._running

    @property
    def url(self) -> str:
        """The server's URL, such as ``https://localhost:8474``."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"https://{host}:{self.port}"

    @property
    def host(self) -> str:
        """Host name of the server, which its certificate is valid for."""
        return "localhost" if self._bind[0] in _LOCAL_HOSTS else self._bind[0]

    @property
    def port(self) -> int:
        """Port of the server."""
        return self._server.port

    @property
    def control_url(self) -> str | None:
        """URL of the control port; None without one."""
        port = self._server.control_port
        return None if port is None else f"http://127.0.0.1:{port}"

    @property
    def protocol(self) -> DialectName:
        """Authentication: ``basic`` or ``session``."""
        return self._world.protocol

    @property
    def username(self) -> str:
        """Name of the initial system administrator."""
        return self._world.login.username

    @property
    def password(self) -> str:
        """The initial password of the administrator."""
        return self._world.login.password

    @property
    def thumbprint(self) -> str:
        """SHA-1 of the server's certificate: 40 upper-case hexadecimal digits, as SPE shows it."""
        return self._server.certificates.thumbprint

    @property
    def ca_file(self) -> Path:
        """PEM file with the simulator's certificate authority; removed when the simulator ends."""
        return self._server.ca_file

    @property
    def estate(self) -> Estate:
        """The state: servers, administrators, and instances with their contents."""
        return self._world.estate

    @property
    def faults(self) -> Faults:
        """The injected faults."""
        return self._world.faults

    @property
    def clock(self) -> str:
        """How long-running work advances. A new value applies to work that starts later."""
        return str(self._world.tasks.clock)

    @clock.setter
    def clock(self, clock: str) -> None:
        self._world.set_clock(clock)

    @property
    def calls(self) -> list[Call]:
        """The requests so far, oldest first; of very many only the newest."""
        return list(self._world.calls)

    @property
    def requests(self) -> int:
        """How many requests came so far, including rejected ones."""
        return self._world.requests

    @property
    def connections(self) -> int:
        """How many connections were accepted so far, without failed handshakes."""
        return self._world.connections

    def advance(self, steps: int = 1) -> int:
        """Advance all running work by its next steps, with any clock; return how much is still running."""
        return self._server.call(lambda: self._world.advance(steps))

    def reset(self) -> None:
        """Restore the initial state: no sessions, no work, no faults, an empty log, and counters at 0.

        A call that a fault still delays gets status 503 at once and does nothing; so it does after `load`.
        """
        self._server.call(self._world.reset)

    def dump(self) -> str:
        """Return the state as JSON, including passwords. Calls and running work are not included."""
        return snapshot.dump(self.estate)

    def load(self, state: str | bytes) -> None:
        """Replace the state by one from `dump` and cancel running work.

        Raises:
            ValueError: The state is invalid.
        """
        estate = snapshot.load(state)
        self._server.call(lambda: self._world.replace(estate))


class _Running:
    """A server that serves until it is stopped."""

    def __init__(self, world: World, bind: tuple[str, int], control_port: int | None) -> None:
        self._world = world
        self.certificates: Certificates = certificates(bind[0])
        with contextlib.ExitStack() as sockets:
            self._socket = sockets.enter_context(listen(*bind))
            self._control_socket = None if control_port is None else sockets.enter_context(listen("127.0.0.1", control_port))
            self._listeners = [self._socket, *([self._control_socket] if self._control_socket else [])]
            self._sockets = sockets.pop_all()
        self.port: int = self._socket.getsockname()[1]
        self.control_port: int | None = self._control_socket.getsockname()[1] if self._control_socket else None
        self.ca_file = _temporary_file(self.certificates.ca_pem)
        self._remove_ca_file = weakref.finalize(self, _remove, self.ca_file, os.getpid())  # also at the end of the process
        self._state = ServerState()
        self._ready = threading.Event()
        self._error: Exception | None = None
        self._loop = asyncio.new_event_loop()
        self._stopping = asyncio.Event()
        self._thread = threading.Thread(target=self._run, name="mailstore-simulator", daemon=True)
        self._start()

    def _start(self) -> None:
        self._thread.start()
        self._ready.wait()
        if self._error:
            self._release()
            raise self._error

    def call(self, function: Callable[[], T]) -> T:
        """Call a function on the event loop, the only place where the world may be changed."""

        async def run() -> T:
            return function()

        return asyncio.run_coroutine_threadsafe(run(), self._loop).result(_CALL_TIMEOUT)

    def stop(self) -> None:
        """Close all connections; open polls get no reply."""
        self._loop.call_soon_threadsafe(self._stopping.set)
        self._release()

    def _release(self) -> None:
        self._thread.join()
        self._sockets.close()
        self._remove_ca_file()

    def _run(self) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            try:
                runner.run(self._serve())
            except Exception as error:  # noqa: BLE001 - raised again on the thread that waits
                self._error = error
            finally:
                self._ready.set()  # After a failure too, since the starting thread waits for this.

    async def _serve(self) -> None:
        config = configuration(Application(self._world))

        def connect() -> Connection:
            return Connection(config, self._state, self._count_connection)

        server = await serve(connect, self._socket, ssl=self.certificates.context, ssl_shutdown_timeout=_CLOSE_TIMEOUT)
        servers = [server, *await self._serve_control()]
        self._ready.set()
        await self._stopping.wait()
        for listener in self._listeners:
            listener.is_accepting = False
        await asyncio.sleep(0)  # so that each accepted connection has its transport
        for server in servers:
            server.close()
        await self._close_connections()

    def _count_connection(self) -> None:
        self._world.connections += 1

    async def _serve_control(self) -> list[asyncio.Server]:
        if self._control_socket is None:
            return []
        config = configuration(control(self._world))

        def connect() -> Connection:
            return Connection(config, self._state)

        return [await serve(connect, self._control_socket)]

    async def _close_connections(self) -> None:
        for connection in list(self._state.connections):
            connection.transport.abort()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_CALL_TIMEOUT):
                while sum(listener.end_connections() for listener in self._listeners):  # noqa: ASYNC110 - sockets have no event for their end
                    await asyncio.sleep(0.001)
        self._world.tasks.clear()


def _build(version: str) -> str:
    """Return the build number that a server of this version reports; 8.5 reports an empty string."""
    return "" if version == "8.5" else f"{version}.1.20000"


def _remove(file: Path, process: int) -> None:
    """Remove the file, unless this is a fork of the process that it belongs to."""
    if os.getpid() == process:
        file.unlink(missing_ok=True)


def _temporary_file(content: bytes) -> Path:
    handle, name = tempfile.mkstemp(prefix="mailstore-simulator-", suffix=".pem")
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    return Path(name)
