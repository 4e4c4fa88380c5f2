"""Where a client's options come from when no argument gives them: the environment, and profiles in a TOML file.

Nothing is sent here. What reads files, asks keyrings or runs programs is imported only where it is used.
"""

from __future__ import annotations

import codecs
import os
import stat
import warnings
from collections.abc import Callable, Mapping
from dataclasses import fields
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

from mailstore_sdk.errors import ConfigurationError, ReadablePasswordWarning
from mailstore_sdk.runtime._options.options import ClientOptions, ResolvedOptions, check_types, parse_address
from mailstore_sdk.runtime._options.text_files import decoded
from mailstore_sdk.runtime._protocol.operations import Options

if TYPE_CHECKING:
    from mailstore_sdk.runtime._options.settings import Settings

SERVICE = "mailstore-sdk"
"""The name under which keyrings and platforms know the package."""

CONFIG = "MAILSTORE_SPE_CONFIG"
PROFILE = "MAILSTORE_SPE_PROFILE"
VARIABLES = {
    "url": "MAILSTORE_SPE_URL",
    "username": "MAILSTORE_SPE_USER",
    "password": "MAILSTORE_SPE_PASSWORD",
    "thumbprint": "MAILSTORE_SPE_THUMBPRINT",
    "ca_file": "MAILSTORE_SPE_CA_FILE",
    "protocol": "MAILSTORE_SPE_PROTOCOL",
    "timeout": "MAILSTORE_SPE_TIMEOUT",
    "proxy": "MAILSTORE_SPE_PROXY",
}
DEFAULT = "default_profile"
"""The key, beside the profiles, that names the one which the command line takes unasked."""

COMMAND_LIMIT = 30.0
"""Seconds that a program may take to print a password."""

_LONGEST_LINE = 65_536

GROUPS = ({"thumbprint", "ca_file", "verify"}, {"password", "ask_password"})
"""Options that hold together: the first source that gives one of them gives all, so that no two sources are mixed."""

TUNING = {option.name: option.default for option in fields(Options) if option.name != "hooks"}
# No proxy is an empty text: that is settled, so that a client from a profile looks for no other.
DEFAULTS = {"port": None, "protocol": "basic", "thumbprint": None, "ca_file": None, "verify": True, "proxy": "", **TUNING}
SOUGHT = {"host", "username", "password", "protocol", "thumbprint", "proxy", *TUNING}

Found = dict[str, object]
Source = Callable[[], Found]


def resolve(arguments: ClientOptions) -> ResolvedOptions:
    """What a client is built from: its arguments, then the environment, then the profile that the environment names.

    Raises:
        ConfigurationError: Something is wrong with one of the sources, or missing in all.
    """
    return _resolve(arguments, from_environment, _from_named_profile)


def resolve_from_profile(name: str, path: str | os.PathLike[str] | None, arguments: ClientOptions) -> ResolvedOptions:
    """The same where the program names the profile: that is before the environment, which only fills what is left open.

    Raises:
        ConfigurationError: There is no such file or profile, or as for `resolve`.
    """
    return _resolve(arguments, partial(from_file, name, path), from_environment)


def from_environment() -> Found:
    """What the environment says; a variable that is empty counts as not set."""
    texts = {key: text for key, variable in VARIABLES.items() if (text := os.environ.get(variable))}
    if not texts:
        return {}
    from mailstore_sdk.runtime._options.settings import checked

    return checked(texts, "the environment", VARIABLES, strict=False).arguments()


def from_file(name: str, path: str | os.PathLike[str] | None = None) -> Found:
    """What a profile says; ``ask_password`` stands for a password that is fetched only if nobody else gives one."""
    file = Path(path) if path is not None else config_file()
    where = f"profile {name!r} in {str(file)!r}"
    settings = _settings(name, file, where)
    found = settings.arguments()
    if settings.password or "@" in (settings.proxy or ""):
        _warn_of_readers(file)
    if settings.ca_file:
        found["ca_file"] = file.parent / settings.ca_file
    if settings.password_command:
        found["ask_password"] = partial(_ask_command, settings.password_command, where)
    if settings.password_keyring:
        found["ask_password"] = partial(_ask_keyring, where)
    return found


def instance_of(name: str) -> str | None:
    """The instance that a profile names for the command line."""
    file = config_file()
    return _settings(name, file, f"profile {name!r} in {str(file)!r}").instance


def names() -> list[str]:
    """The names of all profiles; none where there is no file."""
    file = config_file()
    return list(_document(file)[0]) if file.exists() else []


def default_profile() -> str | None:
    """The profile that the command line takes where nothing names a server."""
    file = config_file()
    return _document(file)[1] if file.exists() else None


def config_file() -> Path:
    """The file with the profiles: that of ``MAILSTORE_SPE_CONFIG``, else the one at the platform's place."""
    if named := os.environ.get(CONFIG):
        return Path(named)
    try:
        from platformdirs import user_config_path
    except ImportError:
        raise ConfigurationError(
            f"no file with profiles is named: set {CONFIG} to its path, or find it at the platform's place "
            f"with: pip install 'mailstore-sdk[profiles]'"
        ) from None
    try:
        return user_config_path(SERVICE, appauthor=False) / "config.toml"
    except RuntimeError:
        raise ConfigurationError(
            f"this user has no home folder in which to look for profiles: set HOME or XDG_CONFIG_HOME, or {CONFIG} to the path of the file"
        ) from None


def _from_named_profile() -> Found:
    name = os.environ.get(PROFILE)
    return from_file(name) if name else {}


def _resolve(arguments: ClientOptions, *sources: Source) -> ResolvedOptions:
    check_types(arguments)
    found: Found = {name: value for name, value in arguments.items() if value is not None}
    for source in sources:
        if (settled := _settled(found)) >= SOUGHT:
            break  # A source that cannot add anything cannot fail either.
        found = {name: value for name, value in source().items() if name not in settled} | found
    host, username = _needed(found, "host", "URL"), _needed(found, "username", "USER")
    if ask := cast("Callable[[str, str], str] | None", found.pop("ask_password", None)):
        found["password"] = ask(username, host)
    _needed(found, "password", "PASSWORD")
    return cast("ResolvedOptions", DEFAULTS | found)  # Each source has checked its own; arguments are of the client's types.


def _settled(found: Found) -> set[str]:
    """The options that later sources cannot change any more."""
    return set(found).union(*(group for group in GROUPS if group & found.keys()))


def _needed(found: Found, name: str, variable: str) -> str:
    if name not in found:
        raise ConfigurationError(
            f"{name} is missing; give it in one of three ways: as the argument {name}=…, as MAILSTORE_SPE_{variable} in the "
            f"environment, or in a profile (from_profile(…), or its name as {PROFILE} in the environment)"
        )
    return cast("str", found[name])


def _settings(name: str, file: Path, where: str) -> Settings:
    from mailstore_sdk.runtime._options.settings import checked

    profiles, _ = _document(file)
    if name not in profiles:
        raise ConfigurationError(f"{where} is missing: expected one of {', '.join(sorted(profiles)) or 'none: the file has no profiles'}")
    return checked(profiles[name], where)


def _document(file: Path) -> tuple[Mapping[str, object], str | None]:
    """The profiles of a file, and the name of the one that the command line takes unasked."""
    import tomllib

    try:
        document = tomllib.loads(decoded(file.read_bytes()))
    except OSError as error:
        problem = f"cannot be read: {error.strerror}; expected a TOML file with tables [profiles.NAME]"
    except ValueError as error:
        problem = f"is not TOML: {error}" if isinstance(error, tomllib.TOMLDecodeError) else "is not TOML: expected text in UTF-8 or UTF-16"
    else:
        profiles, default = document.pop("profiles", {}), document.pop(DEFAULT, None)
        if isinstance(profiles, dict) and isinstance(default, str | None) and not document:
            return cast("Mapping[str, object]", profiles), default
        problem = f"has {', '.join(document) or 'profiles'} where only tables [profiles.NAME] are expected"
    raise ConfigurationError(f"file {str(file)!r} {problem}")


def _warn_of_readers(file: Path) -> None:
    """Warn about a file with a password that other users of the machine can read. Windows has no such modes."""
    if os.name == "posix" and (mode := stat.S_IMODE(file.stat().st_mode)) & 0o077:
        import shlex

        warnings.warn(
            f"other users can read the password in {str(file)!r} (mode {mode:04o}); run: chmod 600 {shlex.quote(str(file))}",
            ReadablePasswordWarning,
            stacklevel=2,
        )


def _ask_command(command: list[str], where: str, _username: str, _host: str) -> str:
    return run_password_command(command, f"{where}: password_command")


def run_password_command(command: list[str], where: str) -> str:
    """Run a program and return the first line that it prints. Its arguments are not shown; its stderr is passed through.

    Raises:
        ConfigurationError: It fails, prints no usable line, or has not ended after `COMMAND_LIMIT`, whatever its own
            children do.
    """
    import subprocess
    from queue import Empty, SimpleQueue
    from threading import Thread
    from time import monotonic

    first: SimpleQueue[bytes] = SimpleQueue()
    deadline = monotonic() + COMMAND_LIMIT

    def read(stream: IO[bytes]) -> None:
        with stream:
            first.put(stream.readline(_LONGEST_LINE + 1))
            while stream.read(_LONGEST_LINE):
                pass  # A program that prints more than its first line must not block or fail for it.

    try:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, bufsize=0)  # noqa: S603 - the owner of the file decides what runs
        Thread(target=read, args=(process.stdout,), daemon=True).start()
        try:
            status = process.wait(COMMAND_LIMIT)
            line = first.get(timeout=max(deadline - monotonic(), 0)).removesuffix(b"\n").removesuffix(b"\r").removeprefix(codecs.BOM_UTF8)
        except (subprocess.TimeoutExpired, Empty):
            process.kill()
            process.wait()
            problem = f"took longer than {COMMAND_LIMIT:g} seconds"
        else:
            if not status and line and len(line) <= _LONGEST_LINE:
                return line.decode("utf-8", "surrogateescape")  # What is not Unicode is refused with all other passwords.
            problem = f"printed no password: expected it as the first line of its output, at most {_LONGEST_LINE:,} bytes"
            problem = f"ended with exit code {status}" if status else problem
    except (OSError, ValueError) as error:
        problem = f"cannot be run: {getattr(error, 'strerror', None) or 'expected a program and its arguments'}"
    raise ConfigurationError(f"{where}: {command[0]!r} {problem}")


def _ask_keyring(where: str, username: str, host: str) -> str:
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        raise ConfigurationError(f"{where}: password_keyring needs: pip install 'mailstore-sdk[profiles]'") from None
    entry = f"{username}@{parse_address(host).host}"
    try:
        password = keyring.get_password(SERVICE, entry)
    except KeyringError as error:
        raise ConfigurationError(f"{where}: password_keyring: the keyring cannot be asked: {type(error).__name__}") from None
    if password is None:
        raise ConfigurationError(f"{where}: password_keyring: no password is kept; keep it with: keyring set {SERVICE} {entry}")
    return password
