"""Authentication in the two dialects of the API. No input or output happens here.

A dialect turns one request into an action: Basic sends it with the credentials; the session of SPE 8.5 logs in
first, renews its cookie and its anti-XSRF token with every reply, and logs in again after the session has expired.
"""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import TypeAlias
from urllib.parse import urlencode

from pydantic import BaseModel, Field, ValidationError

from mailstore_sdk import errors
from mailstore_sdk.runtime._protocol.actions import Operation, Reply, RunExclusively, Send
from mailstore_sdk.runtime._protocol.forks import reset_for_each_process
from mailstore_sdk.runtime._protocol.replies import BOM
from mailstore_sdk.runtime.sanitize import basic_credentials

COOKIE = "MSWEB_MGM_AUTH"
_COOKIE = COOKIE + r"=([!-+\--:<-~]+)"  # printable ASCII except space, comma and semicolon
LOGGED_IN = b"+OK"


@dataclass(frozen=True, eq=False)
class BasicAuth:
    """HTTP Basic authentication of 9.0 and later: every request has the credentials, without waiting for a 401."""

    username: str
    password: str = field(repr=False)

    @property
    def secrets(self) -> tuple[str, ...]:
        """The secrets to mask. A password equal to the user name is not masked, since it occurs in many messages."""
        return () if self.password == self.username else (self.password, basic_credentials(self.username, self.password))

    def request(self, send: Send) -> Send:
        """Return the request with the credentials."""
        return replace(send, headers={"Authorization": f"Basic {basic_credentials(self.username, self.password)}"})

    def log_out(self, _timeout: float, /) -> Operation[None]:
        """Do nothing: there is no session to end."""
        yield from ()


@dataclass(eq=False, repr=False)
class SessionAuth:
    """The session of SPE 8.5: the cookie and token of a reply are valid for the next request only, so requests take turns."""

    username: str
    password: str
    _cookie: str = ""
    _token: str | None = None
    _sent: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        reset_for_each_process(self)

    def _reset(self) -> None:
        """Leave the session to the parent process."""
        self._cookie, self._token = "", None

    @property
    def secrets(self) -> tuple[str, ...]:
        """The secrets to mask. A password equal to the user name is not masked, since it occurs in many messages."""
        return ("" if self.password == self.username else self.password, self._cookie, self._token or "", *self._sent)

    def request(self, send: Send) -> RunExclusively:
        """Return an action that logs in if necessary and sends the request when it is its turn."""
        return RunExclusively(self, self._in_turn(send, time.monotonic() + send.timeout), send.timeout)

    def log_out(self, timeout: float, /) -> Operation[None]:
        """Log out. The path is a harmless guess, since none is documented."""
        if self._token is not None:
            with suppress(errors.TransportError):
                yield RunExclusively(self, self._logged_in(Send("/logout", b"", timeout)), timeout)
        self._token = None

    def _in_turn(self, send: Send, deadline: float) -> Operation[Reply]:
        """Log in if necessary, and send the request in the remaining time."""
        if self._token is not None:
            reply = yield from self._logged_in(_until(send, deadline))
            if reply.status != HTTPStatus.UNAUTHORIZED:
                return reply
            # The session has expired and the rejected request had no effect: retry with a new session.
        return (yield from self._log_in(_until(send, deadline).timeout)) or (yield from self._logged_in(_until(send, deadline)))

    def _log_in(self, timeout: float) -> Operation[Reply | None]:
        """Log in; return the reply if it refused the login.

        Raises:
            NotSentError: The login got no reply or an invalid one. The request that needs the session was not sent.
        """
        try:
            reply: Reply = yield Send("/login", urlencode({"u": self.username, "p": self.password}).encode("ascii"), timeout)
        except errors.TransportError as error:
            kind = type(error) if error.server_acted == "no" else errors.ServerUnreachableError
            raise kind(f"the login failed: {error.message}") from error.__cause__
        if reply.status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
            return reply
        if reply.status != HTTPStatus.OK:
            raise errors.NotSentError(f"the login failed: the server replied with HTTP status {reply.status}")
        body = reply.body.removeprefix(BOM).strip()
        if not body.startswith(LOGGED_IN):
            return replace(reply, status=HTTPStatus.UNAUTHORIZED)
        self._cookie = _cookie_of(reply.headers)
        # Drop characters that a header cannot carry; the server rejects such a token anyway.
        self._token = b"".join(body.removeprefix(LOGGED_IN).split()).decode("ascii", errors="ignore")
        return None

    def _logged_in(self, send: Send) -> Operation[Reply]:
        send = replace(send, headers={"Cookie": f"{COOKIE}={self._cookie}", "X-AntiXsrfToken": self._token or ""})
        # Without a reply that renews it, the next call logs in again.
        self._sent, self._token = (self._cookie, self._token or ""), None
        reply: Reply = yield send
        self._token = _token_of(reply.body)
        self._cookie = _cookie_of(reply.headers) or self._cookie
        return reply


Auth: TypeAlias = BasicAuth | SessionAuth
"""A way to log in."""


def _until(send: Send, deadline: float) -> Send:
    if (left := deadline - time.monotonic()) <= 0:
        raise errors.NotSentError(f"other calls of the session and the login took {send.timeout:g} s; make fewer at once or raise timeout")
    return replace(send, timeout=left)


class _Renewal(BaseModel, defer_build=True):
    """The part of a reply that the next request needs; pydantic reads it quickly even from a large reply."""

    token: str | None = Field(default=None, alias="antiXsrfToken", pattern=r"^[ -~]*$")


def _token_of(body: bytes) -> str | None:
    """Return the token of an envelope; None if missing, so that the next request logs in again."""
    with suppress(ValidationError):
        return _Renewal.model_validate_json(body.removeprefix(BOM)).token
    return None


def _cookie_of(headers: Mapping[str, str]) -> str:
    found = re.search(_COOKIE, headers.get("set-cookie", ""))
    return found[1] if found else ""
