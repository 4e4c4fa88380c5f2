"""The later wrapper: `SPEClient` knows its instance, and reports progress to a callback."""

from __future__ import annotations

import os
import weakref
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from typing import Any, Literal, overload

from mailstore_sdk._generated.compat.mgmt import Methods
from mailstore_sdk._generated.functions import FUNCTIONS
from mailstore_sdk.compat import _operations as operations
from mailstore_sdk.compat._log import Level, LoggerLog
from mailstore_sdk.compat._operations import Envelope
from mailstore_sdk.compat._wrapper import LOCAL, PATIENT, Wrapper, checked_callback
from mailstore_sdk.errors import ArgumentError
from mailstore_sdk.runtime._options.address import DialectName
from mailstore_sdk.runtime._protocol.form import ad_hoc_function
from mailstore_sdk.runtime.function import Function

INSTANCE = "instanceID"
LOW_LEVEL = ("get-metadata", "get-status", "cancel-async")


class SPEClient(Wrapper, Methods):
    """The Management API with the interface of the wrapper of 2018 and later.

    Every function is a method of its name on the wire. It returns the reply as a dict, also where the function failed:
    look at ``statusCode``. Only a missing reply raises. Connections are closed when the client is garbage-collected.

    Attributes:
        instanceID: The instance that the functions of an instance are about; may be changed between calls.
        callback: Is called with each new status of long-running work that is waited for.
    """

    def __init__(
        self,
        username: str = "admin",
        password: str = "admin",
        host: str = LOCAL,
        port: int | str = 8474,
        autoHandleToken: bool = True,
        waitTime: int | str = 1000,
        callback: Callable[[Envelope], object] | None = None,
        logLevel: int = 2,
        ignoreInvalidSSLCerts: bool = False,
        instanceID: str | None = None,
        *,
        timeout: float = PATIENT,
        protocol: DialectName | None = None,
        thumbprint: str | None = None,
        ca_file: str | os.PathLike[str] | None = None,
    ) -> None:
        """Prepare a client; the first call shows whether the server lets it in.

        Args:
            username: A system administrator of SPE.
            password: The password, or the API password with two-factor login.
            host: Name or address of the management server.
            port: 8474 is HTTP Basic of 9.0 and later, 8470 the session login of SPE 8.5.
            autoHandleToken: Wait for the end of long-running work.
            waitTime: Milliseconds that the server may hold a question for news of long-running work.
            callback: Is called with each new status of work that is waited for.
            logLevel: What to log: 0 nothing, 1 errors, 2 warnings, 3 what is done, 4 what is sent and received.
            ignoreInvalidSSLCerts: Accept any certificate, and warn; better give `thumbprint` or `ca_file`.
            instanceID: The instance that the functions of an instance are about.
            timeout: Seconds for one request; a day, as the wrapper has no limit.
            protocol: ``session`` or ``basic``, if the port does not determine it.
            thumbprint: Trust exactly the certificate with this SHA-1 or SHA-256.
            ca_file: PEM file of the certificate authority to trust instead of the system's.

        Raises:
            ConfigurationError: An invalid option.
        """
        super().__init__(
            username,
            password,
            host,
            port,
            autoHandleToken,
            waitTime,
            LoggerLog(logLevel),
            timeout=timeout,
            protocol=protocol,
            thumbprint=thumbprint,
            ca_file=ca_file,
            verify=False if ignoreInvalidSSLCerts else None,
        )
        self.callback = checked_callback("callback", callback)
        self.instanceID = instanceID
        # Scripts for this wrapper do not close clients.
        weakref.finalize(self, self._spe.close)

    def HandleToken(self, json_values: Envelope, waitTime: int | None = None) -> Envelope:
        """Wait for the end of long-running work and return its last status, whose log holds only the last lines.

        Args:
            json_values: What the call that started it has returned.
            waitTime: Milliseconds that the server may hold a question for news; the client's own where None.

        Raises:
            MailStoreNoTokenError: It runs but has no token.
            JobLostError: The server does not know the token.
        """
        last = json_values
        for last in self._follow(json_values, waitTime):
            if self.callback:
                self.callback(last)
        return last

    def YieldStatus(self, json_values: Envelope, waitTime: int | None = None) -> Iterator[Envelope]:
        """What the call has returned, then each status of its work; the final one last.

        Args:
            json_values: What the call that started it has returned.
            waitTime: Milliseconds that the server may hold a question for news; the client's own where None.

        Raises:
            MailStoreNoTokenError: It runs but has no token.
            JobLostError: The server does not know the token.
        """
        statuses = self._follow(json_values, waitTime)
        yield json_values
        yield from statuses

    def GetMetadata(self) -> list[dict[str, Any]]:
        """The server's own list of its functions; warns in the log of those that this client does not have."""
        self._metadata = None
        listed = self.metadata
        for missing in [str(entry.get("name")) for entry in listed if not hasattr(self, str(entry.get("name")))]:
            self.log.write(Level.WARNING, f"the server has a function {missing!r:.100} that this client lacks: call({missing!r:.100}, ...)")
        return listed

    @overload
    def call(  # type: ignore[overload-overlap] # the one name that returns a list
        self, method: Literal["get-metadata"], arguments: Mapping[str, object] | None = None, autoHandleToken: bool | None = None
    ) -> list[dict[str, Any]]: ...

    @overload
    def call(self, method: str, arguments: Mapping[str, object] | None = None, autoHandleToken: bool | None = None) -> Envelope: ...

    def call(
        self, method: str, arguments: Mapping[str, object] | None = None, autoHandleToken: bool | None = None
    ) -> Envelope | list[dict[str, Any]]:
        """Call any function by its wire name, also one that is newer than this client.

        Args:
            method: Wire name, such as ``GetUsers``, or ``get-metadata``, ``get-status`` or ``cancel-async``.
            arguments: By their wire names; None is not sent. The client's ``instanceID`` is added where it is needed.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Raises:
            ArgumentError: A name or a value that cannot be sent.
        """
        values = dict(arguments or {})
        if method in LOW_LEVEL:
            reply: Envelope | list[dict[str, Any]] = self._run(method, operations.low_level(self._spe._operations, method, values))
            return reply
        function = ad_hoc_function(method, FUNCTIONS, values)
        return self._invoke(function, values, auto_handle_token=autoHandleToken)

    def _invoke(
        self, function: Function[object], arguments: MutableMapping[str, object], *, auto_handle_token: bool | None
    ) -> dict[str, Any]:
        needs_instance = any(argument.name == INSTANCE for argument in function.arguments)
        if needs_instance and arguments.get(INSTANCE) is None:
            if self.instanceID is None:
                raise ArgumentError(
                    f"{function.name} is about one instance: set instanceID of the client, as an argument or as an attribute",
                    function=function.name,
                )
            arguments[INSTANCE] = self.instanceID
        return super()._invoke(function, arguments, auto_handle_token=auto_handle_token)
