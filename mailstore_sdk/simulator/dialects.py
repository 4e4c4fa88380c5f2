"""Authentication: HTTP Basic with every request, or a login that returns a cookie and a token."""

from __future__ import annotations

import base64
import binascii
import secrets
from collections.abc import Callable, Generator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from http.cookies import CookieError, SimpleCookie
from typing import Protocol

from mailstore_sdk.simulator.catalogue import Argument, DialectName, Endpoint
from mailstore_sdk.simulator.replies import HttpRefusalError, Reply, text_reply

Check = Callable[[str, str], bool]
"""Whether this name and password are those of an administrator."""

COOKIE = "MSWEB_MGM_AUTH"
TOKEN_HEADER = "X-AntiXsrfToken"
TOKEN_KEY = "antiXsrfToken"

_LOGIN = Endpoint(name="login", args=(Argument(name="u", type="string"), Argument(name="p", type="string", secret=True)))
_LOGOUT = Endpoint(name="logout")


@dataclass(frozen=True)
class Renewal:
    """Additional keys of an envelope, and additional headers of its reply."""

    keys: Mapping[str, str] = field(default_factory=dict[str, str])
    headers: Mapping[str, str] = field(default_factory=dict[str, str])


class Visit:
    """An authenticated request; `caller` is the administrator who sent it."""

    def __init__(self, caller: str = "") -> None:
        self.caller = caller

    def renew(self) -> Renewal:
        """Return what the next request needs; called only if the reply is an envelope."""
        return Renewal()

    def end(self) -> Reply:
        """End the caller's session, and return the rejection of the request."""
        return text_reply(HTTPStatus.UNAUTHORIZED)


class Dialect(Protocol):
    """A way to authenticate."""

    @property
    def endpoints(self) -> Mapping[str, Endpoint]:
        """Paths of the dialect's own endpoints."""
        ...

    def admit(self, path: str, headers: Mapping[str, str]) -> AbstractContextManager[Visit]:
        """Authenticate a request, for as long as it is being answered.

        Raises:
            HttpRefusalError: The request is rejected.
        """
        ...

    def answer(self, name: str, form: Mapping[str, str], visit: Visit) -> Reply:
        """Answer a request to one of `endpoints`."""
        ...

    def repeats_token(self, known: int, code: str) -> bool:
        """Return whether a reply to get-status includes the token, if the client knows version `known` of the status."""
        ...

    def reset(self) -> None:
        """Forget all sessions."""
        ...


class BasicDialect:
    """HTTP Basic (RFC 2617) with every request; there is no state."""

    endpoints: Mapping[str, Endpoint] = {}

    def __init__(self, check: Check) -> None:
        self._check = check

    @contextmanager
    def admit(self, path: str, headers: Mapping[str, str]) -> Generator[Visit, None, None]:
        """Check the credentials of the request."""
        del path  # the same for all
        name, password = _credentials(headers.get("authorization", "")) or ("", "")
        if not name or not self._check(name, password):
            challenge = {"WWW-Authenticate": 'Basic realm="Management API"'}
            raise HttpRefusalError(text_reply(HTTPStatus.UNAUTHORIZED, headers=challenge))
        yield Visit(name)

    def answer(self, name: str, form: Mapping[str, str], visit: Visit) -> Reply:
        """Never called: there are no endpoints."""
        raise NotImplementedError

    def repeats_token(self, known: int, code: str) -> bool:
        """Return true: the vendor's wrappers poll with the token of the last reply."""
        del known, code
        return True

    def reset(self) -> None:
        """Do nothing: there are no sessions."""


class SessionDialect:
    """The login of SPE 8.5: a cookie and an anti-XSRF token, both renewed with every envelope.

    Assumptions, as the sources are silent:

    - The reply to a failed login is status 200 and the text ``-ERR ...``, without a cookie.
    - A cookie or a token that is wrong, has been used, or is in use by a running request causes a 401.
    - A reply without an envelope, such as a 404 or the list of get-metadata, has no place for a new token, so cookie and
      token stay valid for one more request.
    - ``POST /logout`` with cookie and token ends the session; the answer is ``+OK``.
    """

    endpoints: Mapping[str, Endpoint] = {"/login": _LOGIN, "/logout": _LOGOUT}

    def __init__(self, check: Check) -> None:
        self._check = check
        self._sessions: dict[str, _Session] = {}

    @contextmanager
    def admit(self, path: str, headers: Mapping[str, str]) -> Generator[Visit, None, None]:
        """Accept a login, or the newest cookie and token of a session."""
        if path == "/login":
            yield Visit()
            return
        session = self._sessions.get(_cookie(headers.get("cookie", "")))
        if session is None or session.busy or not _same(session.token, headers.get(TOKEN_HEADER.lower(), "")):
            raise HttpRefusalError(text_reply(HTTPStatus.UNAUTHORIZED))
        session.busy = True
        try:
            yield session
        finally:
            session.busy = False

    def answer(self, name: str, form: Mapping[str, str], visit: Visit) -> Reply:
        """Log in or out."""
        if name == "logout":
            visit.end()
            return text_reply(HTTPStatus.OK, "+OK")
        user = form.get("u", "")
        if not self._check(user, form.get("p", "")):
            return text_reply(HTTPStatus.OK, "-ERR Invalid user name or password.")
        session = _Session(user, self._sessions)
        return text_reply(HTTPStatus.OK, f"+OK{session.token}", session.headers)

    def repeats_token(self, known: int, code: str) -> bool:
        """Return true for the first and the final status, except of cancelled work, as in the tutorial of 2014."""
        return code in ("succeeded", "failed") or (code == "running" and known <= 0)

    def reset(self) -> None:
        """Forget all sessions."""
        self._sessions.clear()


class _Session(Visit):
    """One login, identified by its current cookie."""

    def __init__(self, caller: str, sessions: dict[str, _Session]) -> None:
        super().__init__(caller)
        self.busy = False
        self._sessions = sessions
        self._change()

    def renew(self) -> Renewal:
        """Replace cookie and token; return an empty token if the session has ended meanwhile."""
        if self._sessions.pop(self.cookie, None) is None:
            return Renewal({TOKEN_KEY: ""})
        self._change()
        return Renewal({TOKEN_KEY: self.token}, self.headers)

    def _change(self) -> None:
        self.cookie = secrets.token_hex(16)
        self.token = base64.b64encode(secrets.token_bytes(33)).decode("ascii")
        self._sessions[self.cookie] = self

    @property
    def headers(self) -> Mapping[str, str]:
        """The header that sets the cookie."""
        return {"Set-Cookie": f"{COOKIE}={self.cookie}; path=/; secure; HttpOnly"}

    def end(self) -> Reply:
        """Forget the session."""
        self._sessions.pop(self.cookie, None)
        return super().end()


def _credentials(authorization: str) -> tuple[str, str] | None:
    scheme, _, encoded = authorization.partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        name, colon, password = base64.b64decode(encoded.strip(), validate=True).decode("utf-8").partition(":")
    except (binascii.Error, ValueError):
        return None
    return (name, password) if colon else None


def _cookie(header: str) -> str:
    try:
        cookies = SimpleCookie(header)
    except CookieError:
        return ""
    return cookies[COOKIE].value if COOKIE in cookies else ""


def _same(text: str, other: str) -> bool:
    return secrets.compare_digest(text.encode(), other.encode("utf-8", "surrogateescape"))


DIALECTS: Mapping[DialectName, Callable[[Check], Dialect]] = {"basic": BasicDialect, "session": SessionDialect}
