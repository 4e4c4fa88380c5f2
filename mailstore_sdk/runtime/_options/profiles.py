"""Options from profiles: tables ``[profiles.NAME]`` of a TOML file.

What reads files, asks keyrings or runs programs is imported only where it is used.
"""

from __future__ import annotations

import codecs
import os
import stat
import warnings
from functools import partial
from pathlib import Path
from typing import IO, Annotated, ClassVar, Literal, cast

from pydantic import AfterValidator, BaseModel, Field, SecretStr, ValidationError

from mailstore_sdk.errors import ConfigurationError, ReadablePasswordWarning
from mailstore_sdk.runtime._options.address import parse_address
from mailstore_sdk.runtime._options.environment import ARGUMENTS_ONLY, CONFIG
from mailstore_sdk.runtime._options.options import Options, check, hidden, proxy_of, refuse_unknown
from mailstore_sdk.runtime.text_files import decoded

SERVICE = "mailstore-sdk"
"""The name under which keyrings and platforms know the package."""

COMMAND_LIMIT = 30.0
"""Seconds that a program may take to print a password."""

_LONGEST_LINE = 65_536


class Profile(Options, frozen=True):
    """What a profile may say: options of the client, three ways to the password, and an instance."""

    GROUPS: ClassVar[tuple[tuple[str, ...], ...]] = (*Options.GROUPS, ("password", "password_command", "password_keyring"))

    password_command: list[str] | None = Field(default=None, min_length=1, repr=False)
    """A program that prints the password."""

    password_keyring: Literal[True] | None = None
    """Whether the platform's keyring has the password."""

    instance: str | None = Field(default=None, min_length=1)
    """The instance that the command line works on."""


NAMES = {"host": "url", **{name: name for name in Profile.model_fields if name not in {"host", *ARGUMENTS_ONLY}}}
"""The key of each option in a profile."""

Found = dict[str, object]


class ProfileFile(BaseModel, extra="forbid", hide_input_in_errors=True, defer_build=True):
    """A file with profiles, which are checked one by one when they are used."""

    profiles: dict[str, Annotated[Found, AfterValidator(hidden)]] = {}
    default_profile: str | None = None


def from_file(name: str, path: str | os.PathLike[str] | None = None) -> Found:
    """What a profile says; ``ask_password`` is a way to the password, used only if nothing else gives one.

    The ``instance`` in it is for the command line.

    Raises:
        ConfigurationError: There is no such file or profile, or it is invalid.
    """
    file = Path(path) if path is not None else config_file()
    where = f"profile {name!r} in {str(file)!r}"
    found = _profile(name, file, where)
    if "password" in found or "@" in (proxy_of(found) or ""):
        _warn_of_readers(file)
    if ca_file := found.get("ca_file"):
        found["ca_file"] = file.parent / str(ca_file)
    if command := found.pop("password_command", None):
        found["ask_password"] = partial(_ask_command, cast("list[str]", command), where)
    if found.pop("password_keyring", None):
        found["ask_password"] = partial(_ask_keyring, where)
    return found


def config_file() -> Path:
    """The file with the profiles: that of ``MAILSTORE_SPE_CONFIG``, or the one in the platform's settings folder."""
    if named := os.environ.get(CONFIG):
        return Path(named)
    try:
        from platformdirs import user_config_path
    except ImportError:
        raise ConfigurationError(
            f"no file with profiles is set: set {CONFIG} to its path, or install the extra that finds the platform's folder: "
            f"pip install 'mailstore-sdk[profiles]'"
        ) from None
    try:
        return user_config_path(SERVICE, appauthor=False) / "config.toml"
    except RuntimeError:
        raise ConfigurationError(
            f"this user has no home folder in which to look for profiles: set HOME or XDG_CONFIG_HOME, or {CONFIG} to the path of the file"
        ) from None


def _profile(name: str, file: Path, where: str) -> Found:
    profiles = read(file).profiles
    if name not in profiles:
        raise ConfigurationError(f"{where} is missing: expected one of {', '.join(sorted(profiles)) or 'none: the file has no profiles'}")
    keys = profiles[name]
    refuse_unknown(keys, NAMES.values(), "a key of a profile", f"{where}: ")
    found = {option: keys[key] for option, key in NAMES.items() if key in keys}
    check(Profile, found, where, NAMES)
    return found


def read(file: Path) -> ProfileFile:
    """Read a file with profiles.

    Raises:
        ConfigurationError: It cannot be read, or has other content.
    """
    import tomllib

    try:
        return ProfileFile.model_validate(tomllib.loads(decoded(file.read_bytes())))
    except OSError as error:
        problem = f"cannot be read: {error.strerror}; expected a TOML file with tables [profiles.NAME]"
    except ValidationError as error:
        wrong = ", ".join(".".join(map(str, fault["loc"])) for fault in error.errors(include_input=False))
        problem = f"has {wrong} where only tables [profiles.NAME] are expected"
    except tomllib.TOMLDecodeError as error:
        problem = f"is not valid TOML: {error}"
    except UnicodeDecodeError:
        problem = "is not valid TOML: expected UTF-8 or UTF-16"
    raise ConfigurationError(f"file {str(file)!r} {problem}")


def _warn_of_readers(file: Path) -> None:
    """Warn about a file with a password that other users of the machine can read. Windows has no such modes."""
    if os.name == "posix" and (mode := stat.S_IMODE(file.stat().st_mode)) & 0o077:
        import shlex

        message = f"other users can read the password in {str(file)!r} (mode {mode:04o}); run: chmod 600 {shlex.quote(str(file))}"
        warnings.warn(message, ReadablePasswordWarning, stacklevel=2)


def _ask_command(command: list[str], where: str, _username: str, _host: str) -> SecretStr:
    return SecretStr(run_password_command(command, f"{where}: password_command"))


def run_password_command(command: list[str], where: str) -> str:
    """Run a program and return the first line of its output. Messages hide its arguments; its stderr is passed through.

    Raises:
        ConfigurationError: The program fails, prints no usable line, or has not ended after `COMMAND_LIMIT`, whatever its own
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
                pass  # A program that prints more than one line must not block or fail.

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
                return line.decode("utf-8", "surrogateescape")  # Invalid Unicode is rejected later, as for all passwords.
            problem = f"printed no password: expected it as the first line of its output, at most {_LONGEST_LINE:,} bytes"
            problem = f"ended with exit code {status}" if status else problem
    except (OSError, ValueError) as error:
        problem = f"cannot be run: {getattr(error, 'strerror', None) or 'expected a program and its arguments'}"
    raise ConfigurationError(f"{where}: {command[0]!r} {problem}")


def _ask_keyring(where: str, username: str, host: str) -> SecretStr:
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        raise ConfigurationError(f"{where}: password_keyring needs: pip install 'mailstore-sdk[profiles]'") from None
    entry = f"{username}@{parse_address(host)[0]}"
    try:
        if password := keyring.get_password(SERVICE, entry):
            return SecretStr(password)
        problem = f"the keyring has no password; store it with: keyring set {SERVICE} {entry}"
    except KeyringError as error:
        problem = f"the keyring cannot be read: {type(error).__name__}"
    raise ConfigurationError(f"{where}: password_keyring: {problem}")
