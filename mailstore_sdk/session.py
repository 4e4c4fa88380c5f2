"""How a client shows who it is. No input or output happens here."""

from __future__ import annotations

import base64
from collections.abc import Mapping

from mailstore_sdk import __version__


def basic_headers(host: str, port: int, username: str, password: str) -> Mapping[str, str]:
    """Headers of every request in the Basic dialect; the credentials go up front, not after a 401."""
    credentials = base64.b64encode(f"{username}:{password}".encode()).decode("ascii")
    return {
        "Host": f"{host}:{port}",
        "Accept": "application/json",
        "Authorization": f"Basic {credentials}",
        "Content-Type": "application/x-www-form-urlencoded",
        "User-Agent": f"mailstore-sdk/{__version__}",
    }
