"""The options of a client: every one is declared here, with its type, limits, default and meaning.

The constructors, ``with_options``, the environment, profiles and the reference follow these two models; the arguments of the
clients are generated from them.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Collection, Iterable, Mapping
from difflib import get_close_matches
from importlib.util import find_spec
from inspect import iscoroutinefunction
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, TypeVar, cast
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, InstanceOf, SecretStr, ValidationError, model_validator

from mailstore_sdk.errors import ArgumentError, ConfigurationError
from mailstore_sdk.runtime._options.address import DialectName, parse_address
from mailstore_sdk.runtime._options.thumbprint import normalized_thumbprint
from mailstore_sdk.runtime.hooks import Hooks
from mailstore_sdk.runtime.sanitize import VALUE_ERRORS, shown_value

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

__all__ = ["CallOptions", "Options"]

DAY = 86_400.0
YEAR = 366 * DAY


def _kept_if(check: Callable[[Any], object]) -> AfterValidator:
    """Keep the value of an option if the check of it, or of a secret's text, does not raise."""

    def keep(value: object) -> object:
        check(value.get_secret_value() if isinstance(value, SecretStr) else value)
        return value

    return AfterValidator(keep)


class CallOptions(BaseModel, frozen=True):
    """How calls are made; `SPEClient.with_options` changes them for some of your calls."""

    model_config = ConfigDict(extra="forbid", strict=True, hide_input_in_errors=True, defer_build=True)

    timeout: float = Field(default=60.0, gt=0, le=DAY)
    """Seconds for one request, from connecting to the last byte of the reply."""

    retries: int = Field(default=2, ge=0)
    """How often a request is retried where the server certainly did not act, or acting twice does no harm."""

    poll_wait: float = Field(default=5.0, ge=0, le=DAY)
    """Seconds that the server may hold one poll until a job changes."""

    job_timeout: float = Field(default=DAY, gt=0, le=YEAR)
    """Seconds to wait for a job unless a call sets another timeout."""

    strict: bool = False
    """Raise `ResultSchemaError` instead of a warning if a result differs from the catalogue."""

    backoff: float = Field(default=0.2, ge=0, le=DAY)
    """Approximate seconds before the first retry, doubled for each further one."""

    max_backoff: float = Field(default=30.0, ge=0, le=DAY)
    """Longest pause before a retry, in seconds. If the server asks for more, its error is raised."""

    hooks: Annotated[InstanceOf[Hooks], _kept_if(lambda hooks: refuse_async("a hook", *hooks))] = Hooks()
    """Your functions to call for each attempt and each change of a job."""

    if not TYPE_CHECKING:
        # Type checkers know that options are read-only.

        def __setattr__(self, name: str, *_: object) -> None:
            advice = f"use with_options({name}=…)" if name in CallOptions.model_fields else "create another client"
            raise ConfigurationError(f"options are read-only: to change {name}, {advice}")

        __delattr__ = __setattr__

    def job_deadline(self, timeout: float | None) -> float:
        """When a wait for a job that begins now is over; None is `job_timeout`. No wait takes more than a year.

        Raises:
            ArgumentError: The timeout is not a number.
        """
        seconds = self.job_timeout if timeout is None else timeout
        if not isinstance(cast("object", seconds), int | float):
            raise ArgumentError(f"timeout cannot be {shown_value(timeout)}; expected seconds, or None for the client's job_timeout")
        return time.monotonic() + min(YEAR, seconds)


def _as_path(path: object) -> object:
    return Path(cast("str | os.PathLike[str]", path)) if path and isinstance(path, str | os.PathLike) else path


def _check_username(name: str) -> None:
    if not name or ":" in name:
        raise ValueError(f"username {name!r:.100} cannot be sent: expected a name without a colon")
    _check_unicode(name, "username")


def _check_unicode(text: str, name: str = "password") -> None:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise ValueError(f"{name} cannot be sent: expected valid Unicode") from None


def refuse_async(name: str, *callbacks: object) -> None:
    """Check that callbacks are plain functions.

    Raises:
        ArgumentError: One of them is async; it would not be awaited.
    """
    if any(map(iscoroutinefunction, callbacks)):
        raise ArgumentError(f"{name} cannot be an async function, which would not be awaited; expected a plain one")


PROXY_SCHEMES = ("http", "https", "socks5", "socks5h")


def checked_proxy(url: str, name: str = "proxy") -> str:
    """Check the URL of a proxy, or "" for none. Messages name its source but do not show it, as it may contain a password.

    Raises:
        ConfigurationError: The value is invalid.
    """
    try:
        parts = urlsplit(url)
        host, _port = (parts.hostname or "").encode("idna"), parts.port  # raises ValueError if one is invalid
        fits = parts.scheme in PROXY_SCHEMES and host and url.isprintable() and not parts.path.strip("/")
    except ValueError:
        fits = False
    if url and not fits:
        raise ConfigurationError(f"{name} is not the URL of an HTTP proxy: expected http://[user:password@]proxy.example.com:3128")
    if url.startswith("socks") and not find_spec("socksio"):
        raise ConfigurationError("a SOCKS proxy needs an extra: pip install 'mailstore-sdk[socks]'")
    return url


class Options(CallOptions, frozen=True):
    """All effective options of a client: ``spe.options``. Its representation masks secrets."""

    GROUPS: ClassVar[tuple[tuple[str, ...], ...]] = (("thumbprint", "ca_file", "verify"),)
    """Options that exclude each other within one source; ``verify=True`` may be combined with each."""

    host: Annotated[str, _kept_if(parse_address)]
    """Name or address of the management server: ``spe.example.com``, with a port if you like, or a URL."""

    username: Annotated[str, _kept_if(_check_username)]
    """A system administrator of SPE."""

    password: Annotated[SecretStr, _kept_if(_check_unicode)]
    """The password, or the API password with two-factor login."""

    port: int | None = Field(default=None, ge=1, le=65_535)
    """Port of the Management API; by default 8474, or 8470 for the session protocol."""

    protocol: DialectName = "basic"
    """``basic`` for SPE 9.0 and later; ``session`` is the login of 8.5, one call at a time."""

    thumbprint: Annotated[str, AfterValidator(normalized_thumbprint)] | None = None
    """Trust only the certificate with this SHA-1 (as SPE shows it) or SHA-256 thumbprint."""

    ca_file: Annotated[Path, BeforeValidator(_as_path)] | None = None
    """PEM file of the certificate authority to trust instead of the system's."""

    verify: bool = True
    """False accepts any certificate, with a warning; True trusts the system, overriding environment and profile."""

    proxy: Annotated[SecretStr, _kept_if(checked_proxy)] | None = None
    """URL of an HTTP or SOCKS proxy, ``http://proxy:3128``, with user and password if required; an empty string for none.
    Otherwise ``HTTPS_PROXY``, ``ALL_PROXY`` and ``NO_PROXY`` apply, and the operating system's settings."""

    client_cert: Annotated[Path, BeforeValidator(_as_path)] | None = None
    """PEM file with a client certificate and its key without a password, for servers that require one."""

    max_connections: int = Field(default=100, ge=1)
    """How many connections may be open at once."""

    max_response_size: int = Field(default=256 * 1024 * 1024, ge=1)
    """Maximum size of a decompressed reply in bytes."""

    @model_validator(mode="before")
    @classmethod
    def _one_of_each_group(cls, values: Mapping[str, object]) -> Mapping[str, object]:
        for names in cls.GROUPS:
            given = [name for name in names if values.get(name) is not None and (name, values[name]) != ("verify", True)]
            if len(given) > 1:
                raise ValueError(f"{' and '.join(given)} exclude each other: give only one of {', '.join(names)}")
        return values


M = TypeVar("M", bound=CallOptions)

SECRETS = frozenset({"password", "password_command", "proxy"})
"""Options whose values are never shown in messages."""


def hidden(values: Mapping[str, object]) -> dict[str, object]:
    """Wrap every secret in a type that hides it, so that no traceback with variables prints it.

    Other strings lose a class of their own, as its methods could raise anything.
    """
    texts = {name: str.__str__(value) for name, value in values.items() if isinstance(value, str)}
    return {**values, **texts, **{name: SecretStr(texts[name]) for name in SECRETS & texts.keys()}}


def proxy_of(values: Mapping[str, object]) -> str | None:
    """The proxy of a source, or None."""
    proxy = values.get("proxy")
    return (proxy.get_secret_value() or None) if isinstance(proxy, SecretStr) else None


def check(
    model: type[M], values: Mapping[str, object], where: str = "", names: Mapping[str, str] | None = None, *, strict: bool = True
) -> M | None:
    """Check the options of one source, which may be incomplete.

    Args:
        model: The model to check against.
        values: The options, by name.
        where: The source, for the message.
        names: The source's names of options, where they differ.
        strict: Whether values must have the right type; False converts strings, as from the environment.

    Returns:
        The options; None where required ones are not among them.

    Raises:
        ConfigurationError: Some options are invalid; the message lists all of them.
    """
    refuse_unknown(values, model.model_fields, f"one of {model.__name__}")
    try:
        return model.model_validate(values, strict=strict)
    except ValidationError as error:
        faults = [fault for fault in error.errors(include_input=False, include_url=False) if fault["type"] != "missing"]
        if problems := "; ".join(_problem(fault, values, names or {}) for fault in faults):
            raise ConfigurationError(f"{where}: {problems}" if where else problems) from None
        return None
    except VALUE_ERRORS as error:
        raise ConfigurationError(f"an option cannot be used: its value raises {type(error).__name__}") from None


def refuse_unknown(names: Iterable[str], known: Collection[str], kind: str, where: str = "") -> None:
    """Check the names of options; `kind` says in the message what is expected, and `where` its source.

    Raises:
        ConfigurationError: One of them is not known.
    """
    for name in names:
        if name not in known:
            raise ConfigurationError(f"{where}{name!r} is not {kind}: expected {', '.join(get_close_matches(name, known, 1) or known)}")


def changed(options: M, changes: Mapping[str, object]) -> M:
    """Return options with those in `changes` that are not None.

    Raises:
        ConfigurationError: One of them is invalid, or belongs to the connection, which calls share.
    """
    given = {name: value for name, value in changes.items() if value is not None}
    checked = check(CallOptions, given)
    return options.model_copy(update={name: getattr(checked, name) for name in given})


def _problem(fault: ErrorDetails, values: Mapping[str, object], names: Mapping[str, str]) -> str:
    """Describe one fault in this package's wording."""
    name, *inner = [*map(str, fault["loc"])] or [""]
    shown = ".".join([names.get(name, name), *inner])
    message = fault["msg"].removeprefix("Value error, ").replace("Input should", "it must").replace("an instance of Path", "a path")
    if fault["type"] == "value_error":
        return f"{shown}: {message}" if names and shown else message
    value = "" if inner or name in SECRETS or name not in values else f" {shown_value(values[name])}"
    return f"{shown} cannot be{value or ' of this type'}: {message.partition(', unable to')[0]}"
