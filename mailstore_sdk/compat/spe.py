"""The wrapper of 2014: `Client` takes the instance with each call."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from itertools import chain

from mailstore_sdk._generated.compat.spe import Methods
from mailstore_sdk.compat import _operations as operations
from mailstore_sdk.compat._log import Log
from mailstore_sdk.compat._operations import Envelope
from mailstore_sdk.compat._wrapper import LOCAL, PATIENT, Wrapper, checked_callback
from mailstore_sdk.runtime._options.address import DialectName


class Client(Wrapper, Methods):
    """The Management API with the interface of the wrapper of 2014.

    Every function is a method of its name on the wire. It returns the reply as a dict, also where the function failed:
    look at ``statusCode``. Only what is no reply raises. Log out at the end, or use a ``with`` block.

    Attributes:
        callbackStatus: Is called with the first and each new status of long-running work that is waited for.
    """

    def __init__(
        self,
        username: str = "admin",
        password: str = "admin",
        host: str = LOCAL,
        port: int | str = 8470,
        autoHandleToken: bool = True,
        waitTime: int | str = 2000,
        logLevel: int = 2,
        fileLogLevel: int = 0,
        *,
        callbackStatus: Callable[[Envelope], object] | None = None,
        timeout: float = PATIENT,
        protocol: DialectName | None = None,
        thumbprint: str | None = None,
        ca_file: str | os.PathLike[str] | None = None,
    ) -> None:
        """Prepare a client; the first call logs in.

        Args:
            username: A system administrator of SPE.
            password: The password, or the API password with two-factor login.
            host: Name or address of the management server.
            port: 8470 is the session login of SPE 8.5, 8474 HTTP Basic of 9.0 and later.
            autoHandleToken: Wait for the end of long-running work.
            waitTime: Milliseconds that the server may hold a question for news of long-running work.
            logLevel: What to print: 0 nothing, 1 errors, 2 warnings, 3 what is done, 4 what is sent and received.
            fileLogLevel: The same for a file in the temporary folder whose name begins with ``MailStorePyLib``.
            callbackStatus: Is called with the first and each new status of work that is waited for; came with SPE 9.0.
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
            Log(logLevel, fileLogLevel),
            timeout=timeout,
            protocol=protocol,
            thumbprint=thumbprint,
            ca_file=ca_file,
            verify=None,
        )
        self.callbackStatus = checked_callback("callbackStatus", callbackStatus)

    def HandleToken(self, jsonValues: Envelope, waitTime: int | None = None) -> Envelope:
        """Wait for the end of long-running work and return its last status, with the whole log.

        Args:
            jsonValues: What the call that started it has returned.
            waitTime: Milliseconds that the server may hold a question for news; the client's own where None.

        Raises:
            MailStoreNoTokenError: It runs but has no token.
            JobLostError: The server does not know the token.
        """
        statuses = self._follow(jsonValues, waitTime)
        last, log = jsonValues, ""
        for last in chain([jsonValues], statuses):
            log += operations.log_of(last)
            if self.callbackStatus:
                self.callbackStatus(last)
        return {**last, "logOutput": log or None}

    def HandleTokenIter(self, jsonValues: Envelope, waitTime: int | None = None) -> Iterator[Envelope]:
        """Each status of long-running work, with the log lines that are new with it; the final one last.

        What has ended already, such as a call that failed, is given as it is.

        Args:
            jsonValues: What the call that started it has returned.
            waitTime: Milliseconds that the server may hold a question for news; the client's own where None.

        Raises:
            MailStoreNoTokenError: It runs but has no token.
            JobLostError: The server does not know the token.
        """
        statuses = self._follow(jsonValues, waitTime)
        if jsonValues.get("statusCode") != "running":
            yield jsonValues
        yield from statuses
