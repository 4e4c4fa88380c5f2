"""HTTP clients of the user's own, which decide about TLS, proxy, connections and timeouts.

Only who has such a client loads the HTTP library, which is named here and nowhere else.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Generic, TypeVar

import httpx as httpx

from mailstore_sdk.log import mask_cookies
from mailstore_sdk.runtime._protocol.actions import Reply, Send
from mailstore_sdk.runtime._transport.connections import Server, headers_of
from mailstore_sdk.runtime._transport.http import LateError, NoneFreeError, NotConnectedError, RefusedByProxyError

# Its successor, httpx2, stands on httpcore2.
logging.getLogger(f"{httpx.__name__.replace('httpx', 'httpcore')}.http11").addFilter(mask_cookies)

C = TypeVar("C", httpx.Client, httpx.AsyncClient)

_SAME_AS: Mapping[type[httpx.TransportError], type[Exception]] = {
    httpx.PoolTimeout: NoneFreeError,
    httpx.ConnectTimeout: LateError,
    httpx.TimeoutException: TimeoutError,
    httpx.ConnectError: NotConnectedError,
    httpx.ProxyError: RefusedByProxyError,
}
_Errors = (httpx.TransportError, httpx.DecodingError)


class _Given(Generic[C]):
    """What is known of either kind of client."""

    def __init__(self, server: Server, client: C) -> None:
        self._server = server
        self._client: C = client

    @property
    def is_closed(self) -> bool:
        """Whether its user has closed it."""
        return self._client.is_closed

    def close(self) -> None:
        """It stays open: who made it closes it."""


class GivenClient(_Given[httpx.Client]):
    """A client of the user's, as the transport asks it."""

    def send(self, send: Send) -> Reply:
        """Send one request and read its whole reply."""
        try:
            return _reply(self._client.send(_request(self._server, send), auth=None, follow_redirects=False))
        except _Errors as error:
            raise _as_ours(error) from error


class AsyncGivenClient(_Given[httpx.AsyncClient]):
    """An async client of the user's, as the transport asks it."""

    async def send(self, send: Send) -> Reply:
        """Send one request and read its whole reply."""
        try:
            return _reply(await self._client.send(_request(self._server, send), auth=None, follow_redirects=False))
        except _Errors as error:
            raise _as_ours(error) from error


def _request(server: Server, send: Send) -> httpx.Request:
    timeout = dict.fromkeys(("connect", "read", "write", "pool"), send.timeout)
    url = f"{server.url}{send.path}"
    return httpx.Request(
        "POST", url, headers=headers_of(server, len(send.body), send.headers), content=send.body, extensions={"timeout": timeout}
    )


def _reply(response: httpx.Response) -> Reply:
    return Reply(response.status_code, response.content, response.headers)


def _as_ours(error: Exception) -> Exception:
    """The error of our own connections; what is no timeout and no connection that failed is a reply that was lost."""
    kind = next((ours for theirs, ours in _SAME_AS.items() if isinstance(error, theirs)), ConnectionError)
    return kind(f"{type(error).__name__}: {error}")
