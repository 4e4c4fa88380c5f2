"""The address of a server: a host, ``host:port`` or a URL."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal
from urllib.parse import urlsplit

from mailstore_sdk.errors import ConfigurationError

DialectName = Literal["basic", "session"]
"""How a client logs in: with each request, or with the session of SPE 8.5."""
PORTS: Mapping[DialectName, int] = {"basic": 8474, "session": 8470}


def parse_address(text: str, port: int | None = None, protocol: DialectName = "basic") -> tuple[str, int]:
    """Return host and port of ``host``, ``host:port`` or ``https://host:port``; the default port depends on the protocol.

    Raises:
        ConfigurationError: The text is not an address, or is plain HTTP.
    """
    # Credentials in the address must not appear in a message.
    shown = re.sub(r"^(\w+://)?.*@", r"\1…@", text, flags=re.DOTALL)
    problem = f"host {shown!r:.200} is not an address: expected spe.example.com, spe.example.com:8474 or a URL with https://"
    try:
        is_ipv6 = text.count(":") > 1 and not text.startswith("[")
        parts = urlsplit(text if "://" in text else f"//[{text}]" if is_ipv6 else f"//{text}")
        host, given = (parts.hostname or "").encode("idna").decode("ascii"), parts.port
    except ValueError:
        raise ConfigurationError(problem) from None
    if parts.scheme not in ("", "https"):
        raise ConfigurationError(f"host {shown!r:.200} uses {parts.scheme}; the API requires https")
    if not re.fullmatch(r"[\w.:%~-]+", host) or parts.username or parts.path.strip("/") or parts.query or parts.fragment:
        raise ConfigurationError(problem)
    if port and given and port != given:
        raise ConfigurationError(f"host {shown!r:.200} and port={port} contradict each other; give the port once")
    return host, port or given or PORTS[protocol]
