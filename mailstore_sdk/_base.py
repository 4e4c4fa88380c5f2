"""Shared code of the sync and the async client."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar, Generic, NoReturn, Self, TypeVar, cast

from mailstore_sdk.errors import ArgumentError, ConfigurationError, UnverifiedServerWarning
from mailstore_sdk.runtime._log import follow_environment
from mailstore_sdk.runtime._options.options import Options, changed, hidden
from mailstore_sdk.runtime._options.proxies import proxy_for
from mailstore_sdk.runtime._options.resolve import resolve
from mailstore_sdk.runtime._protocol.actions import Exchange
from mailstore_sdk.runtime._protocol.operations import Operations
from mailstore_sdk.runtime._protocol.requests import PollShare
from mailstore_sdk.runtime._protocol.server_features import SESSION_VERSION, ServerFeatures
from mailstore_sdk.runtime._protocol.session import BasicAuth, SessionAuth
from mailstore_sdk.runtime._transport.endpoint import Endpoint
from mailstore_sdk.runtime._transport.tls import TLSConfig
from mailstore_sdk.runtime.function import Function
from mailstore_sdk.runtime.sanitize import shown_value

if TYPE_CHECKING:
    from mailstore_sdk.recording import ShapeRecorder

C = TypeVar("C", bound="BaseClient")
"""The client itself. Used instead of ``Self`` in public methods, because jedi resolves ``Self`` to the class that contains it."""


class Connected:
    """Base of objects with connections, which belong to one process."""

    def __reduce__(self) -> NoReturn:
        raise TypeError(f"{type(self).__name__} cannot be pickled or copied; create one in each process")


class BaseClient(Connected):
    """Shared code of both clients."""

    _functions: Mapping[str, Function[object]]
    """Every function that the client's catalogue knows, by its wire name."""

    _transport_type: ClassVar[Callable[..., Any]]
    """Creates the transport for the kind of client."""

    def _open(
        self,
        arguments: Mapping[str, object],
        http_client: object = None,
        profile: str | None = None,
        path: str | os.PathLike[str] | None = None,
    ) -> Self:
        """Resolve the options and set the client up."""
        options = resolve(arguments, profile, path)
        follow_environment()
        if not options.verify:
            message = "verify=False: anyone between here and the server can read the password; prefer thumbprint=… or ca_file=…"
            warnings.warn(message, UnverifiedServerWarning, stacklevel=3)
        self._owns_transport = True
        self._operations = _operations(options)
        self._transport = self._transport_type(_server(options, given_client=http_client is not None), http_client)
        return self

    @staticmethod
    def _given(arguments: Mapping[str, object]) -> dict[str, object]:
        """The options among the arguments of a constructor, with secrets hidden."""
        return hidden({name: value for name, value in arguments.items() if name in Options.model_fields})

    @property
    def options(self) -> Options:
        """The effective options, whatever their source. Change them with `with_options`."""
        return cast("Options", self._operations.options)

    def _with_options(self, changes: Mapping[str, object]) -> Self:
        return self._with(replace(self._operations, options=changed(self.options, changes)))

    def record_shapes(self, path: str | os.PathLike[str]) -> ShapeRecorder:
        """Record the shapes of all results from now on: keys and types, never values.

        With the recording, the catalogue can be corrected to match your server. Review it before you share it. Recording continues until
        ``close()`` or the end of the ``with`` block, which writes the file or adds to that of an earlier recording.

        Args:
            path: The JSON file.

        Raises:
            ConfigurationError: The file exists and is not a recording, or cannot be written.
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
        transport = vars(self).get("_transport")
        shown = f"'https://{transport.endpoint.authority}', username={self.options.username!r}" if transport else ""
        return f"{type(self).__name__}({shown})"

    def _recorded(self, record: Callable[[Exchange], object]) -> Self:
        """Return a copy of the client that records its exchanges."""
        return self._with(replace(self._operations, record=record))

    def _with(self, protocol: Operations) -> Self:
        other = object.__new__(type(self))
        vars(other).update(vars(self), _operations=protocol, _owns_transport=False)
        return other


def _operations(options: Options) -> Operations:
    in_turn = options.protocol == "session"
    auth = (SessionAuth if in_turn else BasicAuth)(options.username, options.password.get_secret_value())
    features = ServerFeatures(SESSION_VERSION if in_turn else None)
    return Operations(auth=auth, options=options, server=features, polls=PollShare(1 if in_turn else options.max_connections))


def _server(options: Options, *, given_client: bool) -> Endpoint:
    given = None if options.proxy is None else options.proxy.get_secret_value()
    if given_client and (options.thumbprint or options.ca_file or options.client_cert or not options.verify or given):
        raise ConfigurationError("http_client decides about TLS and proxy; remove thumbprint, ca_file, client_cert, verify=False or proxy")
    tls = TLSConfig(options.ca_file, options.thumbprint, options.verify, options.client_cert)
    proxy = None if given_client else proxy_for(options.host, given)[0]
    # Where no source sets the port, it is the protocol's by now.
    return Endpoint(options.host, cast("int", options.port), tls, options.max_connections, proxy, options.max_response_size)


def _missing(owner: object, name: str, other: type, place: str) -> AttributeError:
    """The error for a name that an object lacks, with the place where it is if the `other` class has it."""
    elsewhere = not name.startswith("_") and hasattr(other, name)
    hint = f"; it belongs to {place}.{name}{'()' if callable(getattr(other, name)) else ''}" if elsewhere else ""
    # Python suggests a similar name unless the error has no object.
    return AttributeError(f"{type(owner).__name__!r} object has no attribute {name!r}{hint}", name=name, obj=None if elsewhere else owner)


class InstanceBase(Connected, Generic[C]):
    """Shared code of both kinds of instance.

    Attributes:
        instance_id: The id that is sent with every call.
    """

    def __init__(self, client: C, instance_id: str) -> None:
        self._client: C = client
        if not isinstance(cast("object", instance_id), str) or not str.__str__(instance_id):
            raise ArgumentError(f"instance_id cannot be {shown_value(instance_id)}; expected an id as get_instances() returns it")
        self.instance_id = str.__str__(instance_id)  # without a class of its own, whose methods could raise anything

    def _recorded(self, record: Callable[[Exchange], object]) -> Self:
        """Return a copy of the instance whose client records its exchanges."""
        return type(self)(self._client._recorded(record), self.instance_id)

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> object:
            raise _missing(self, name, type(self._client), "the whole installation: spe")

    def __repr__(self) -> str:
        return f"{self._client!r}.instance({self.instance_id!r})"
