"""``mailstore profile``: edit the file with the profiles."""

from __future__ import annotations

import os
import shlex
import sys
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mailstore_sdk.cli import options
from mailstore_sdk.cli.completions import profiles
from mailstore_sdk.cli.context import Context, existing_profile, profile_file
from mailstore_sdk.cli.exit_codes import Exit
from mailstore_sdk.cli.output import show
from mailstore_sdk.cli.secrets import Source, without_login
from mailstore_sdk.cli.terminal import notify, stop
from mailstore_sdk.errors import ConfigurationError, MailStoreError

if TYPE_CHECKING:
    from tomlkit import TOMLDocument

    from mailstore_sdk import SPEClient
    from mailstore_sdk.runtime._options.address import DialectName

DEFAULT = "default_profile"
"""The key, next to the profiles, that names the one which the command line uses unasked."""


@options.common
@click.group(cls=options.Group, short_help="Add, list, select and test profiles.")
def profile() -> None:
    """Manage profiles: named servers and logins in one file."""


@options.common
@profile.command(cls=options.Command, short_help="Add a profile, or replace one.")
@click.argument("name")
@click.option(
    "--keep", type=click.Choice(["keyring", "file", "nowhere"]), default="keyring", show_default=True, help="Where to store the password."
)
@click.option("--password-command", metavar="COMMAND", help="Store no password; run this program to get it.")
@click.option("--test/--no-test", default=True, show_default=True, help="Log in before writing the profile.")
@click.pass_obj
def add(context: Context, *, name: str, keep: str, password_command: str | None, test: bool) -> None:
    """Add a profile with the values of --url, --user, --password and the other login options.

    The command asks for a missing server, user or password. It shows the thumbprint of an untrusted certificate and
    asks whether to trust it, unless --thumbprint or --ca-file is given. --instance sets the instance for commands that
    do not name one.
    """
    if keep == "keyring" and not password_command:
        _check_keyring()
    context.url = context.url or _asked("Server", "--url")
    context.user = context.user or _asked("User name", "--user")
    settings: dict[str, object] = {"url": context.url, "username": context.user}
    settings |= _trusted(context)
    reported = {"protocol": context.protocol, "proxy": context.given_proxy(), "instance": context.instance}
    settings |= {key: value for key, value in reported.items() if value}
    password = _password(context, settings, keep, password_command)
    from mailstore_sdk.runtime._options.profiles import config_file

    is_first = not profile_file().profiles
    with _rewritten(_with(name, settings, is_default=is_first)) as file:
        if test:
            _try(name, file, password)
        if "password_keyring" in settings:
            _to_keyring(context, password)
    notify(f"Profile {name} is in {config_file()}{' and is the default' if is_first else ''}.")


@options.common
@profile.command("list", cls=options.Command, short_help="List the profiles.")
@click.pass_obj
def list_(context: Context) -> None:
    """List the profiles, without passwords; the default is marked."""
    show(context, [_described(name) for name in profile_file().profiles])


@options.common
@profile.command("show", cls=options.Command, short_help="Show one profile.")
@click.argument("name", required=False, shell_complete=profiles)
@click.pass_obj
def show_(context: Context, name: str | None) -> None:
    """Show a profile without its password; the default profile unless NAME is given."""
    show(context, _described(_named(context, name)))


@options.common
@profile.command(cls=options.Command, short_help="Rename a profile.")
@click.argument("name", shell_complete=profiles)
@click.argument("new_name")
def rename(name: str, new_name: str) -> None:
    """Rename a profile. It keeps its password, and remains the default if it is the default."""
    existing_profile(name)
    if new_name in profile_file().profiles:
        raise click.UsageError(f"profile {new_name!r:.100} already exists.")
    was_default, document = profile_file().default_profile == name, _read()
    entry = document["profiles"].pop(name)
    document["profiles"][new_name] = entry
    if was_default:
        document[DEFAULT] = new_name
    _write(document)
    notify(f"Profile {name} is now {new_name}.")


@options.common
@profile.command(cls=options.Command, short_help="Remove a profile, and its password from the keyring.")
@click.argument("name", shell_complete=profiles)
@click.pass_obj
def remove(context: Context, name: str) -> None:
    """Remove a profile, and its password from the keyring unless another profile uses it."""
    from mailstore_sdk.runtime._options.profiles import from_file

    found = from_file(existing_profile(name))
    if not context.yes and sys.stdin.isatty() and not click.confirm(f"Remove profile {name} ({found.get('host')})?", err=True):
        raise stop(Exit.DECLINED, "Nothing was removed.")
    was_default, document = profile_file().default_profile == name, _read()
    entry = document["profiles"].pop(name)
    if was_default:
        document.remove(DEFAULT)
    _write(document)
    if entry.get("password_keyring"):
        _from_keyring(str(found.get("username")), str(found.get("host")))
    notify(f"Profile {name} is removed.{' There is no default profile now.' if was_default else ''}")


@options.common
@profile.command(cls=options.Command, short_help="Set the default profile.")
@click.argument("name", shell_complete=profiles)
def use(name: str) -> None:
    """Set the default profile, used when neither an option nor the environment names a server."""
    from mailstore_sdk.runtime._options.profiles import from_file

    from_file(existing_profile(name))  # rejects an invalid profile
    document = _read()
    document[DEFAULT] = name
    _write(document)
    notify(f"{name} is the default profile.")


@options.common
@profile.command(cls=options.Command, short_help="Log in with a profile.")
@click.argument("name", required=False, shell_complete=profiles)
@click.pass_obj
def test(context: Context, name: str | None) -> None:
    """Log in with a profile and show the server; the default profile unless NAME is given."""
    context.profile = name or context.profile
    _greet(context.client())


def _named(context: Context, name: str | None) -> str:
    """The profile named by an argument, the option or the environment, or else the default."""
    from mailstore_sdk.runtime._options.environment import PROFILE

    chosen = name or context.profile or os.environ.get(PROFILE) or profile_file().default_profile
    if chosen is None:
        raise click.UsageError("no profile is named and there is no default: see mailstore profile list.")
    return existing_profile(chosen)


def _described(name: str) -> dict[str, object]:
    """The settings of a profile that may be shown."""
    from mailstore_sdk.runtime._options.options import proxy_of
    from mailstore_sdk.runtime._options.profiles import from_file

    found = from_file(name)
    trust = found.get("thumbprint") or found.get("ca_file") or "system"
    return {
        "name": name,
        "default": name == profile_file().default_profile,
        "url": found.get("host"),
        "user": found.get("username"),
        "trust": str(trust),
        "proxy": without_login(proxy) if (proxy := proxy_of(found)) else None,
        "instance": found.get("instance"),
    }


def _try(name: str, file: Path, password: str) -> None:
    """Log in with a profile before it is saved, exactly as it will be used."""
    from mailstore_sdk import SPEClient

    try:
        with SPEClient.from_profile(name, path=file, password=password) as client:
            _greet(client)
    except MailStoreError:
        notify(f"Profile {name} was not written, because the login failed; --no-test writes it without a login.")
        raise


def _greet(client: SPEClient) -> None:
    environment = client.get_environment_info()
    notify(f"Logged in to {environment.server_name} as {environment.user_name}: SPE {environment.version}.")


def _asked(name: str, option: str) -> str:
    if not sys.stdin.isatty():
        raise click.UsageError(f"{name} is missing, and there is no terminal for a prompt: use {option}.")
    asked: str = click.prompt(name, err=True)
    return asked


def _trusted(context: Context) -> dict[str, object]:
    """Return how the profile trusts its server; asks if nothing trusts it yet."""
    if context.thumbprint:
        return {"thumbprint": context.thumbprint}
    if context.ca_file:
        return {"ca_file": str(Path(context.ca_file).resolve())}
    from mailstore_sdk.cli.probe import certificate, refusal
    from mailstore_sdk.runtime._options.address import parse_address
    from mailstore_sdk.runtime._options.environment import from_environment
    from mailstore_sdk.runtime._options.options import proxy_of
    from mailstore_sdk.runtime._transport.endpoint import Endpoint
    from mailstore_sdk.runtime._transport.tls import TLSConfig

    protocol: DialectName = "session" if context.protocol == "session" else "basic"
    proxy = context.given_proxy() or proxy_of(from_environment())
    server = Endpoint(*parse_address(str(context.url), protocol=protocol), TLSConfig(), proxy=proxy)
    reason = refusal(server)
    if reason is None:
        return {}
    context.thumbprint = _first_contact(context, server.authority, reason, certificate(server))
    return {"thumbprint": context.thumbprint}


def _first_contact(context: Context, place: str, reason: str, shown: bytes) -> str:
    from mailstore_sdk.runtime._transport.tls import thumbprints

    sha1, sha256 = thumbprints(shown)
    notify(
        f"The certificate of {place} is not trusted by this system: {reason}\n"
        f"  SHA-1    {sha1}\n  SHA-256  {sha256}\n"
        "Compare it with the thumbprint under Management Server in the SPE configuration."
    )
    if not context.yes and not sys.stdin.isatty():
        raise stop(
            Exit.DECLINED, "Nothing was written: there is no terminal for a prompt. Compare the thumbprint and pass it as --thumbprint."
        )
    if not context.yes and not click.confirm("Are they the same, and do you trust the certificate?", err=True):
        raise stop(Exit.DECLINED, "Nothing was written.")
    return sha256


def _password(context: Context, settings: dict[str, object], keep: str, command: str | None) -> str:
    """Return the password, and add its source to the settings."""
    if command:
        settings["password_command"] = shlex.split(command)
        from mailstore_sdk.runtime._options.profiles import run_password_command

        return run_password_command(shlex.split(command), "--password-command")
    password = (context.password or Source("prompt")).read(f"Password of {context.user}")
    if keep == "keyring":
        settings["password_keyring"] = True
    elif keep == "file":
        settings["password"] = password
    return password


_NO_KEYRING = "Use --password-command, --keep nowhere (you are asked each time) or --keep file"


def _check_keyring() -> None:
    """Fail before the first question if there is no keyring, as on a server without a desktop."""
    import keyring
    from keyring.errors import KeyringError

    from mailstore_sdk.runtime._options.profiles import SERVICE

    try:
        keyring.get_password(SERVICE, "")
    except (KeyringError, RuntimeError) as error:
        raise ConfigurationError(f"no keyring is available ({type(error).__name__}), so nothing was written. {_NO_KEYRING}") from None


def _to_keyring(context: Context, password: str) -> None:
    import keyring
    from keyring.errors import KeyringError

    from mailstore_sdk.runtime._options.profiles import SERVICE

    try:
        keyring.set_password(SERVICE, _entry(str(context.user), str(context.url)), password)
    except (KeyringError, RuntimeError) as error:
        problem = f"the keyring rejects the password ({type(error).__name__}), so nothing was written. {_NO_KEYRING}"
        raise ConfigurationError(problem) from None


def _from_keyring(user: str, host: str) -> None:
    """Delete a password, unless another profile uses it."""
    import keyring
    from keyring.errors import KeyringError

    from mailstore_sdk.runtime._options.profiles import SERVICE, from_file

    others = [from_file(name) for name in profile_file().profiles]
    if any((other.get("username"), other.get("host")) == (user, host) for other in others):
        return
    try:
        keyring.delete_password(SERVICE, _entry(user, host))
    except (KeyringError, RuntimeError):
        notify(f"Its password could not be deleted from the keyring: service {SERVICE}, user {_entry(user, host)}.")


def _entry(user: str, host: str) -> str:
    """The user name of a keyring entry."""
    from mailstore_sdk.runtime._options.address import parse_address

    return f"{user}@{parse_address(host)[0]}"


def _with(name: str, settings: dict[str, object], *, is_default: bool) -> str:
    """The file with one profile added or replaced."""
    import tomlkit

    document = _read()
    if "profiles" not in document:
        document["profiles"] = tomlkit.table(is_super_table=True)
    entry = tomlkit.table()
    for key, value in settings.items():
        entry.add(key, value)
    document["profiles"][name] = entry
    if is_default:
        document[DEFAULT] = name
    return _text(document)


def _read() -> TOMLDocument:
    """Read the file with its comments. A file that the SDK could not read raises, so it is never overwritten."""
    import tomlkit

    from mailstore_sdk.runtime._options.profiles import config_file
    from mailstore_sdk.runtime.text_files import decoded

    profile_file()
    file = config_file()
    return tomlkit.parse(decoded(file.read_bytes())) if file.exists() else tomlkit.document()


def _write(document: TOMLDocument) -> None:
    with _rewritten(_text(document)):
        pass


def _text(document: TOMLDocument) -> str:
    """Format the file with the default profile first: after a table, TOML would assign the key to that table."""
    import tomlkit

    if DEFAULT not in document:
        return tomlkit.dumps(document)
    name = str(document[DEFAULT])
    document.remove(DEFAULT)
    rest = tomlkit.dumps(document).lstrip("\n")
    return f"{DEFAULT} = {tomlkit.string(name).as_string()}\n\n{rest}"


@contextmanager
def _rewritten(text: str) -> Generator[Path]:
    """Yield a new file that replaces the profiles' file unless an error occurs.

    Only its owner can read it, as it may contain a password.
    """
    from mailstore_sdk.runtime._options.profiles import config_file

    file = config_file()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{file.name}-", dir=file.parent)  # created with mode 0600
    except OSError as error:
        raise ConfigurationError(f"file {str(file)!r} cannot be written: {error.strerror}") from None
    fresh = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
        yield fresh
        fresh.replace(file)
    finally:
        fresh.unlink(missing_ok=True)
