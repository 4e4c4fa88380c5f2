"""The options of a client as keyword arguments.

Generated from the SDK's model of options by ``make generate``.
"""

from __future__ import annotations

from os import PathLike
from typing import Literal, TypedDict

from mailstore_sdk.runtime.hooks import Hooks


class CallArguments(TypedDict, total=False):
    """Keyword arguments of `SPEClient.with_options`; None keeps the option."""

    timeout: float | None
    retries: int | None
    poll_wait: float | None
    job_timeout: float | None
    strict: bool | None
    backoff: float | None
    max_backoff: float | None
    hooks: Hooks | None


class ClientOptions(CallArguments, total=False):
    """Keyword arguments of a client; None means not set."""

    host: str | None
    username: str | None
    password: str | None
    port: int | None
    protocol: Literal["basic", "session"] | None
    thumbprint: str | None
    ca_file: str | PathLike[str] | None
    verify: bool | None
    proxy: str | None
    client_cert: str | PathLike[str] | None
    max_connections: int | None
    max_response_size: int | None
