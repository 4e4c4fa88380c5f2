"""The endpoint of the API, and the common parts of all requests."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any
from urllib.parse import urlsplit

from mailstore_sdk import __version__
from mailstore_sdk.runtime._protocol.actions import Send
from mailstore_sdk.runtime._transport.httpx_library import httpx
from mailstore_sdk.runtime._transport.tls import SHOW_ONLY, TLSConfig


@dataclass(frozen=True)
class Endpoint:
    """The endpoint of the API, and how to connect to it.

    Attributes:
        host: Name or address.
        port: Port of the Management API.
        tls: Which certificate to trust.
        max_connections: How many connections may be open at once.
        proxy: URL of a proxy to connect through; may contain a user name and a password.
        max_response_size: Bytes that one reply may have, decompressed.
    """

    host: str
    port: int
    tls: TLSConfig
    max_connections: int = 100
    proxy: str | None = field(default=None, repr=False)
    max_response_size: int = 256 * 1024 * 1024

    @cached_property
    def authority(self) -> str:
        """Host and port, as in a URL."""
        return authority(self.host, self.port)

    @property
    def first(self) -> tuple[str, int]:
        """The address to connect to: that of the proxy, if there is one."""
        if self.proxy is None:
            return self.host, self.port
        parts = urlsplit(self.proxy)
        return parts.hostname or "", parts.port or {"http": 80, "https": 443}.get(parts.scheme, 1080)

    def request(self, send: Send, trace: Callable[[str, dict[str, Any]], object]) -> httpx.Request:
        """Create a request as the API expects it; httpx reports its progress to `trace`."""
        headers = {
            "Host": self.authority,
            "Accept": "application/json",
            "Content-Type": "application/x-www-form-urlencoded",
            "Content-Length": str(len(send.body)),
            "User-Agent": f"mailstore-sdk/{__version__}",
            **send.headers,  # No header requests compression, so replies are normally not compressed.
        }
        timeout = dict.fromkeys(("connect", "read", "write", "pool"), send.timeout)
        url = _url(f"https://{self.authority}{send.path}")
        return httpx.Request("POST", url, headers=headers, content=send.body, extensions={"timeout": timeout, "trace": trace})


class Route:
    """How the connections of one client reach the endpoint.

    Attributes:
        endpoint: The endpoint.
        client: The user's own client, which then decides about TLS, proxy, connections and timeouts.
        context: The TLS settings.
        address: An address that has accepted a connection, so that a silent one costs time only once.
    """

    def __init__(self, endpoint: Endpoint, client: httpx.Client | httpx.AsyncClient | None = None) -> None:
        self.endpoint, self.client = endpoint, client
        self.context = (SHOW_ONLY if client else endpoint.tls).context()
        self.address = ""


_url = lru_cache(1024)(httpx.URL)


def authority(host: str, port: int) -> str:
    """Host and port, as in a URL."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
