"""A client that behaves as the vendor's wrappers do: urllib, a new connection for each call, dicts for results.

With `asked` the credentials are sent only after the server has asked for them with a 401, which takes a round trip more.
"""

from __future__ import annotations

import base64
import json
import ssl
import urllib.request
from typing import Any
from urllib.parse import urlencode

from benchmarks.measure import Server


class Wrapper:
    """One server."""

    def __init__(self, server: Server, *, asked: bool) -> None:
        self._url = server.url
        handlers: list[urllib.request.BaseHandler] = [
            urllib.request.HTTPSHandler(context=ssl.create_default_context(cafile=server.ca_file))
        ]
        self._headers: dict[str, str] = {}
        if asked:
            passwords = urllib.request.HTTPPasswordMgrWithDefaultRealm()
            passwords.add_password(None, server.url, "admin", "admin")
            handlers.append(urllib.request.HTTPBasicAuthHandler(passwords))
        else:
            self._headers["Authorization"] = f"Basic {base64.b64encode(b'admin:admin').decode()}"
        self._opener = urllib.request.build_opener(*handlers)

    def call(self, function: str, **arguments: str) -> dict[str, Any]:
        """Call a function; whatever it answers is the result."""
        request = urllib.request.Request(f"{self._url}/api/invoke/{function}", urlencode(arguments).encode(), self._headers)
        with self._opener.open(request) as response:
            reply: dict[str, Any] = json.loads(response.read().decode("utf-8-sig"))
        return reply
