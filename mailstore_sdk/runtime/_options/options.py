"""What a client is built from, checked before anything is sent."""

from __future__ import annotations

import os
import re
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, NamedTuple, TypedDict
from urllib.parse import urlsplit

from mailstore_sdk.errors import ConfigurationError, UnverifiedServerWarning
from mailstore_sdk.runtime._protocol.session import Auth, BasicAuth, SessionAuth
from mailstore_sdk.runtime._transport.tls import Trust, normalized_thumbprint

DialectName = Literal["basic", "session"]
PORTS: Mapping[DialectName, int] = {"basic": 8474, "session": 8470}
LAST_PORT = 65_535


class Address(NamedTuple):
    """Where the API listens."""

    host: str
    port: int


class ClientOptions(TypedDict, total=False):
    """The arguments of a client that need not be given; None is the same as not given."""

    host: str | None
    username: str | None
    password: str | None
    port: int | None
    protocol: DialectName | None
    thumbprint: str | None
    ca_file: str | os.PathLike[str] | None
    verify: bool | None
    timeout: float | None
    retries: int | None
    poll_wait: float | None
    job_timeout: float | None
    strict: bool | None
    backoff: float | None
    max_backoff: float | None
    proxy: str | None


class ResolvedOptions(TypedDict):
    """The same with nothing left open: no source can add to it."""

    host: str
    username: str
    password: str
    port: int | None
    protocol: DialectName
    thumbprint: str | None
    ca_file: str | os.PathLike[str] | None
    verify: bool
    timeout: float
    retries: int
    poll_wait: float
    job_timeout: float
    strict: bool
    backoff: float
    max_backoff: float
    proxy: str | None


_TEXT = (str, "text")
_NUMBER = ((int, float), "a number")
_WHOLE_NUMBER = (int, "a whole number")
_YES_OR_NO = (bool, "True or False")
_KINDS: Mapping[str, tuple[type | tuple[type, ...], str]] = {
    **dict.fromkeys(("host", "username", "password", "protocol", "thumbprint", "proxy"), _TEXT),
    **dict.fromkeys(("timeout", "poll_wait", "job_timeout", "backoff", "max_backoff"), _NUMBER),
    **dict.fromkeys(("port", "retries", "max_connections"), _WHOLE_NUMBER),
    **dict.fromkeys(("verify", "strict"), _YES_OR_NO),
    "ca_file": ((str, os.PathLike), "a path"),
}


def check_types(arguments: Mapping[str, object]) -> None:
    """Refuse arguments of another type; their values are not told, as one may be a password.

    Raises:
        ConfigurationError: One is; None is always right.
    """
    for name, (kind, expected) in _KINDS.items():
        value = arguments.get(name)
        if value is not None and (not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool)):
            raise ConfigurationError(f"{name} cannot be of type {type(value).__name__}: expected {expected}")


def parse_address(text: str, port: int | None = None, protocol: DialectName = "basic") -> Address:
    """Read ``host``, ``host:port`` or ``https://host:port``; where no port is given it is that of the protocol.

    Raises:
        ConfigurationError: It is none of these, or plain HTTP.
    """
    # Whoever put credentials into the address finds them in no message.
    shown = re.sub(r"^(\w+://)?.*@", r"\1…@", text, flags=re.DOTALL)
    problem = f"host {shown!r:.200} is not an address: expected spe.example.com, spe.example.com:8474 or a URL with https://"
    try:
        parts = urlsplit(text if "://" in text else f"//{_bracketed(text)}")
        host, given = parts.hostname, parts.port
    except ValueError:
        raise ConfigurationError(problem) from None
    if parts.scheme not in ("", "https"):
        raise ConfigurationError(f"host {shown!r:.200} asks for {parts.scheme}; the API speaks https only, and so does the SDK")
    if not host or parts.username or parts.path.strip("/") or parts.query or parts.fragment:
        raise ConfigurationError(problem)
    if port and given and port != given:
        raise ConfigurationError(f"host {shown!r:.200} and port={port} contradict each other; give the port once")
    try:
        name = host.encode("idna").decode("ascii")
    except UnicodeError:
        raise ConfigurationError(problem) from None
    return Address(name, _checked_port(port or given or PORTS[protocol]))


def check_credentials(username: str, password: str) -> None:
    """Refuse what HTTP Basic cannot carry."""
    if not username or ":" in username:
        raise ConfigurationError(f"username {username!r:.100} cannot be sent: expected a name without a colon")
    for name, text in (("username", username), ("password", password)):
        try:
            text.encode("utf-8")
        except UnicodeEncodeError:
            raise ConfigurationError(f"{name} cannot be sent: expected text that is valid Unicode") from None


def checked_proxy(url: str) -> str:
    """The URL of an HTTP proxy, if it can be one; it is not told, as it may hold a password.

    Raises:
        ConfigurationError: It is something else.
    """
    try:
        parts = urlsplit(url)
        fits = (
            parts.scheme in ("http", "https") and (parts.hostname or "").encode("idna") and (parts.port or 1) and not parts.path.strip("/")
        )
    except ValueError:
        fits = False
    if not fits:
        expected = "http://proxy.example.com:3128, or http://user:password@proxy.example.com:3128"
        raise ConfigurationError(f"proxy is not the URL of an HTTP proxy: expected {expected}")
    return url


def build_auth(protocol: DialectName, username: str, password: str) -> Auth:
    """The way to log in.

    Raises:
        ConfigurationError: There is no such protocol, or it cannot carry the credentials.
    """
    if protocol not in list(PORTS):
        raise ConfigurationError(f"protocol cannot be {protocol!r}: expected basic (SPE 9.0 and later) or session (8.5)")
    check_credentials(username, password)
    return BasicAuth(username, password) if protocol == "basic" else SessionAuth(username, password)


def build_trust(ca_file: str | os.PathLike[str] | None, thumbprint: str | None, *, verify: bool) -> Trust:
    """Check that at most one way to trust is asked for, and warn of none."""
    if sum((ca_file is not None, thumbprint is not None, not verify)) > 1:
        raise ConfigurationError("give one of ca_file, thumbprint and verify=False: each is another way to trust the server")
    if not verify:
        message = "verify=False: anybody between here and the server can read the password; prefer thumbprint=… or ca_file=…"
        warnings.warn(message, UnverifiedServerWarning, stacklevel=4)
    pinned = normalized_thumbprint(thumbprint) if thumbprint is not None else None
    return Trust(Path(ca_file) if ca_file is not None else None, pinned, verify)


def _bracketed(text: str) -> str:
    bare_ipv6 = text.count(":") > 1 and not text.startswith("[")
    return f"[{text}]" if bare_ipv6 else text


def _checked_port(port: int) -> int:
    if not 0 < port <= LAST_PORT:
        raise ConfigurationError(f"port cannot be {port}: expected 1 to {LAST_PORT}")
    return port
