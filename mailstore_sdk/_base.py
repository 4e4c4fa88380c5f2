"""Shared code of the sync and the async client."""

from __future__ import annotations

import os
import warnings
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar, Unpack, cast

from mailstore_sdk.errors import ArgumentError, ConfigurationError, UnverifiedServerWarning
from mailstore_sdk.runtime._log import follow_environment
from mailstore_sdk.runtime._options.address import DialectName, parse_address
from mailstore_sdk.runtime._options.options import CallArguments, ClientOptions, Options, changed, hidden
from mailstore_sdk.runtime._options.proxies import proxy_for
from mailstore_sdk.runtime._options.resolve import resolve
from mailstore_sdk.runtime._protocol.actions import Exchange
from mailstore_sdk.runtime._protocol.operations import Operations
from mailstore_sdk.runtime._protocol.polling import PollShare
from mailstore_sdk.runtime._protocol.replies import Decoder
from mailstore_sdk.runtime._protocol.server_features import SESSION_VERSION, ServerFeatures
from mailstore_sdk.runtime._protocol.session import BasicAuth, SessionAuth
from mailstore_sdk.runtime._transport.endpoint import Endpoint
from mailstore_sdk.runtime._transport.tls import TLSConfig
from mailstore_sdk.runtime.function import Function
from mailstore_sdk.runtime.hooks import Hooks
from mailstore_sdk.runtime.sanitize import shown_value

if TYPE_CHECKING:
    from mailstore_sdk.recording import ShapeRecorder

H = TypeVar("H")
"""The kind of HTTP client that a user may bring along."""

C = TypeVar("C", bound="BaseClient[Any]")
"""The client itself. Used instead of ``Self`` in public methods, because jedi resolves ``Self`` to the class that contains it."""


class BaseClient(ABC, Generic[H]):
    """Shared code of both clients."""

    _functions: Mapping[str, Function[object]]
    """Every function that the client's catalogue knows, by its wire name."""

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
        backoff: float | None = None,
        max_backoff: float | None = None,
        proxy: str | None = None,
        client_cert: str | os.PathLike[str] | None = None,
        max_connections: int | None = None,
        max_response_size: int | None = None,
        hooks: Hooks | None = None,
        http_client: H | None = None,
    ) -> None:
        """Create a client; the first call opens the first connection.

        An option that is None is read from the environment (``MAILSTORE_SPE_URL``, ``MAILSTORE_SPE_USER``
        and so on), then from the profile that ``MAILSTORE_SPE_PROFILE`` names, and then falls back to the default below.

        Args:
            host: Name or address of the management server: ``spe.example.com``, with a port if you like, or a URL.
            username: A system administrator of SPE.
            password: The password, or the API password with two-factor login.
            port: Port of the Management API; by default 8474, or 8470 for the session protocol.
            protocol: ``basic``, the default, for SPE 9.0 and later; ``session`` is the login of 8.5, one call at a time.
            thumbprint: Trust only the certificate with this SHA-1 (as SPE shows it) or SHA-256 thumbprint.
            ca_file: PEM file of the certificate authority to trust instead of the system's.
            verify: False accepts any certificate, with a warning; True trusts the system, overriding environment and profile.
            timeout: Seconds for one request, from connecting to the last byte of the reply; 60.
            retries: How often a request is retried where the server certainly did not act, or acting twice does no harm; 2.
            poll_wait: Seconds that the server may hold one request for news of a job; 5.
            job_timeout: Seconds to wait for a job unless a call says otherwise; a day.
            strict: Raise `ResultSchemaError` instead of a warning if a result differs from the catalogue.
            backoff: Approximate seconds before the first retry, doubled for each further one; 0.2.
            max_backoff: Longest pause before a retry, in seconds; 30. If the server asks for more, its error is raised.
            proxy: URL of an HTTP or SOCKS proxy, ``http://proxy:3128``, with user and password if required; an empty string
                for none. Otherwise ``HTTPS_PROXY``, ``ALL_PROXY`` and ``NO_PROXY`` apply, and the operating system's settings.
            client_cert: PEM file with a client certificate and its key without a password, for servers that require one.
            max_connections: How many connections may be open at once; 100.
            max_response_size: Maximum size of a decompressed reply in bytes; 256 MiB.
            hooks: Your functions to call for each attempt and each change of a job.
            http_client: Your own HTTP client instead of the built-in one; it handles TLS, proxy, connections
                and timeouts, and you close it.

        Raises:
            ConfigurationError: An option is invalid, or a required one is missing.
        """
        # All parameters except self and http_client are options.
        arguments = hidden({name: value for name, value in locals().items() if name in Options.model_fields})
        del password, proxy  # Tracebacks that show variables must not show these values.
        self._set_up(resolve(arguments), http_client)

    def _set_up(self, options: Options, http_client: H | None) -> None:
        follow_environment()
        if not options.verify:
            message = "verify=False: anyone between here and the server can read the password; prefer thumbprint=… or ca_file=…"
            warnings.warn(message, UnverifiedServerWarning, stacklevel=3)
        self._owns_transport = True
        self._operations = _operations(options)
        self._server = _server(options, given_client=http_client is not None)
        self._connect(self._server, http_client)

    @classmethod
    def from_profile(
        cls: type[C],
        profile: str,
        *,
        path: str | os.PathLike[str] | None = None,
        http_client: H | None = None,
        **arguments: Unpack[ClientOptions],
    ) -> C:
        """Create a client from a profile in a TOML file, a table ``[profiles.NAME]``.

        A profile with ``password_command`` or ``password_keyring`` gets its password here, which may take a while.

        Args:
            profile: Name of the profile.
            path: The file. Default: that of ``MAILSTORE_SPE_CONFIG``, or the one in the platform's settings folder.
            http_client: As for the client itself.
            **arguments: As for the client itself; they override the profile, which overrides the environment.

        Raises:
            ConfigurationError: The file or profile does not exist, or a value is invalid.
        """
        client = cls.__new__(cls)
        client._set_up(resolve(arguments, profile, path), http_client)
        return client

    @property
    def options(self) -> Options:
        """The effective options, whatever their source. Change them with `with_options`."""
        return cast("Options", self._operations.options)

    def with_options(self: C, **changes: Unpack[CallArguments]) -> C:
        """Return a copy of the client with other options for its calls (`CallOptions`).

        The copy shares this client's connections; only the original needs closing.
        """
        return self._with(self._operations.with_options(changed(self.options, changes)))

    def record_shapes(self, path: str | os.PathLike[str]) -> ShapeRecorder:
        """Record the shapes of all results from now on: keys and types, never values.

        With the recording, the catalogue can be corrected to match your server. Review it before you share it. Recording continues until
        ``close()`` or the end of the ``with`` block, which writes the file or adds to that of an earlier recording.

        Args:
            path: The JSON file.

        Raises:
            ConfigurationError: The file exists and is not a recording.
        """
        from mailstore_sdk.recording import ShapeRecorder

        return ShapeRecorder(path, self._operations.decoder.recorders)

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> object:
            instance = self.instance("any") if hasattr(type(self), "instance") else None  # a client may have no functions
            raise _missing(self, name, type(instance), "one instance: spe.instance(id)")

    # At interpreter exit, module globals may be deleted before their objects.
    def __del__(self, warn: Callable[..., None] = warnings.warn) -> None:
        transport = vars(self).get("_transport")  # missing if the constructor raised
        if transport is not None and self._owns_transport and transport.used and not transport.closed:
            warn(f"{self!r} was not closed", ResourceWarning, source=self, stacklevel=2)

    def __repr__(self) -> str:
        # A traceback that shows variables may show a client whose options are invalid.
        shown = f"{self._server.url!r}, username={self.options.username!r}" if "_server" in vars(self) else ""
        return f"{type(self).__name__}({shown})"

    def _recorded(self, record: Callable[[Exchange], object]) -> Self:
        """Return a copy of the client that records its exchanges."""
        return self._with(replace(self._operations, record=record))

    def _with(self, protocol: Operations) -> Self:
        other = copy(self)
        other._operations = protocol
        other._owns_transport = False
        return other

    @abstractmethod
    def _connect(self, server: Endpoint, http_client: H | None) -> None:
        """Create the transport for the kind of client."""


def _operations(options: Options) -> Operations:
    in_turn = options.protocol == "session"
    auth = (SessionAuth if in_turn else BasicAuth)(options.username, options.password.get_secret_value())
    features = ServerFeatures(SESSION_VERSION if in_turn else None)
    share = PollShare(1 if in_turn else options.max_connections)
    return Operations(auth=auth, options=options, decoder=Decoder(options.strict), server=features, crowd=share)


def _server(options: Options, *, given_client: bool) -> Endpoint:
    given = None if options.proxy is None else options.proxy.get_secret_value()
    if given_client and (options.thumbprint or options.ca_file or options.client_cert or not options.verify or given):
        raise ConfigurationError(
            "http_client decides about TLS and proxy: expected no thumbprint, ca_file, client_cert, verify=False or proxy with it"
        )
    tls = TLSConfig(options.ca_file, options.thumbprint, options.verify, options.client_cert)
    address = parse_address(options.host, options.port, options.protocol)
    proxy = None if given_client else proxy_for(address.host, given)[0]
    return Endpoint(*address, tls, options.max_connections, proxy, options.max_response_size)


def _missing(owner: object, name: str, other: type, place: str) -> AttributeError:
    """The error for a name that an object lacks, with the place where it is if the `other` class has it."""
    elsewhere = not name.startswith("_") and hasattr(other, name)
    hint = f"; it is a function of {place}.{name}()" if elsewhere else ""
    # Python suggests a similar name unless the error has no object.
    return AttributeError(f"{type(owner).__name__!r} object has no attribute {name!r}{hint}", name=name, obj=None if elsewhere else owner)


class InstanceBase(Generic[C]):
    """Shared code of both kinds of instance.

    Attributes:
        instance_id: The id that is sent with every call.
    """

    def __init__(self, client: C, instance_id: str) -> None:
        self._client: C = client
        if not isinstance(cast("object", instance_id), str) or not instance_id:
            raise ArgumentError(f"instance_id cannot be {shown_value(instance_id)}; expected an id as get_instances() returns it")
        self.instance_id = instance_id

    def _recorded(self, record: Callable[[Exchange], object]) -> Self:
        """Return a copy of the instance whose client records its exchanges."""
        return type(self)(self._client._recorded(record), self.instance_id)

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> object:
            raise _missing(self, name, type(self._client), "the whole installation: spe")

    def __repr__(self) -> str:
        return f"{self._client!r}.instance({self.instance_id!r})"
