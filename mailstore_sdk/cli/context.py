"""The options of one command line, and the client for them."""

from __future__ import annotations

import logging
import os
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from mailstore_sdk.cli.secrets import Source
from mailstore_sdk.errors import ConfigurationError
from mailstore_sdk.runtime.sanitize import printable

if TYPE_CHECKING:
    from pydantic import SecretStr

    from mailstore_sdk import SPEClient
    from mailstore_sdk._generated.options import ClientOptions
    from mailstore_sdk.runtime._options.address import DialectName
    from mailstore_sdk.runtime._options.profiles import ProfileFile

_logger = logging.getLogger("mailstore_sdk")

INSTANCE_VARIABLE = "MAILSTORE_SPE_INSTANCE"

NEEDED = {
    "host": "no server is set: create a profile with mailstore profile add NAME, use --url and --user, "
    "or set MAILSTORE_SPE_URL and MAILSTORE_SPE_USER",
    "username": "no user is set: use --user, MAILSTORE_SPE_USER or a profile with a user name",
    "password": "no password is set, and there is no terminal for a prompt: use --password, MAILSTORE_SPE_PASSWORD "
    "or a profile with a password",
}
"""Required options of a client, and advice if one is missing."""


@dataclass
class Context:
    """The options of one command line; commands find it as ``ctx.obj``.

    Attributes:
        profile: Name of the profile to use.
        url: Address of the server; overrides the profile's.
        user: System administrator to log in as.
        password: Where the login's password comes from.
        thumbprint: Trust the certificate with this thumbprint.
        ca_file: Trust certificates signed by the authority in this file.
        protocol: How to log in.
        proxy: Where the URL of the proxy comes from.
        instance: Instance to work on, unless an argument names one.
        output: Output format; None means table on a terminal, JSON in a pipe.
        query: JMESPath expression that filters the result.
        all_columns: Show all columns of a table and shorten nothing.
        timeout: Time limit in seconds for a call, or for the wait for a job.
        wait: Whether to wait for the end of a job.
        yes: Confirm all questions.
        dry_run: Only show the request.
        show_secrets: Show the secret fields of results.
        debug: Show logs and tracebacks.
    """

    profile: str | None = None
    url: str | None = None
    user: str | None = None
    password: Source | None = None
    thumbprint: str | None = None
    ca_file: str | None = None
    protocol: DialectName | None = None
    proxy: Source | None = None
    instance: str | None = None
    output: str | None = None
    query: str | None = None
    all_columns: bool = False
    timeout: float | None = None
    wait: bool = True
    yes: bool = False
    dry_run: bool = False
    show_secrets: bool = False
    debug: bool = False
    _client: SPEClient | None = field(default=None, repr=False)
    _proxy: str | None = field(default=None, repr=False)
    _log: logging.Handler | None = field(default=None, repr=False)

    def client(self, *, ask: bool = True) -> SPEClient:
        """Return the client for the server of options, environment and profiles; it is closed when the command ends.

        Args:
            ask: Whether to ask for a password if no other source has one.

        Raises:
            ConfigurationError: An option is invalid or missing.
        """
        if self._client is None:
            from mailstore_sdk._generated.sync import SPEClient

            arguments = self.arguments()
            if self.password:
                arguments["password"] = self.password.read("password")
            elif ask:
                arguments["password"] = self._asked_password()
            name = self.chosen_profile()
            try:
                self._client = SPEClient.from_profile(name, **arguments) if name else SPEClient(**arguments)
            except ConfigurationError:
                self._refuse_incomplete(arguments)
                raise
        return self._client

    def _refuse_incomplete(self, arguments: ClientOptions) -> None:
        """Report a missing option by its name on the command line."""
        known = {name for name, value in arguments.items() if value is not None} | self.found().keys()
        for name, problem in NEEDED.items():
            if name not in known and not (name == "password" and "ask_password" in known):
                raise ConfigurationError(problem)

    def show_log(self) -> None:
        """Show the log of the SDK on stderr, until `close`."""
        self.debug = True
        if self._log is None:
            self._log = logging.StreamHandler(sys.stderr)
            self._log.setFormatter(_VisibleFormatter("%(asctime)s %(name)s: %(message)s"))
            _logger.addHandler(self._log)
            _logger.setLevel(logging.DEBUG)

    def close(self) -> None:
        """Close the client, if there is one, and the log."""
        if self._log is not None:
            _logger.removeHandler(self._log)
            _logger.setLevel(logging.NOTSET)
            self._log = None
        if self._client is not None:
            self._client.close()
            self._client = None

    def arguments(self) -> ClientOptions:
        """Return the options as arguments of a client, without the password."""
        return {
            "host": self.url,
            "username": self.user or (cast("str | None", self.found().get("username")) if self.url else None),
            "thumbprint": self.thumbprint,
            "ca_file": self.ca_file,
            "protocol": self.protocol,
            "proxy": self.given_proxy(),
        }

    def given_proxy(self) -> str | None:
        """Return the proxy of the option.

        Raises:
            ConfigurationError: It is invalid.
        """
        if self.proxy and not self._proxy:
            from mailstore_sdk.runtime._options.options import checked_proxy

            self._proxy = checked_proxy(self.proxy.read("proxy"))
        return self._proxy

    def proxy_for(self, host: str) -> tuple[str | None, str]:
        """Return the proxy for a server, and where it is set."""
        from mailstore_sdk.runtime._options.proxies import proxy_for

        given = self.given_proxy()
        found = cast("SecretStr | None", self.found().get("proxy"))
        return proxy_for(host, given if given is not None or found is None else found.get_secret_value())

    def login_words(self) -> list[str]:
        """The connection options to type again, without secrets."""
        password, proxy = (source.text if source else "" for source in (self.password, self.proxy))
        named = {
            "--profile": self.profile,
            "--url": self.url,
            "--user": self.user,
            "--password": "" if password.startswith("pass:") else password,
            "--thumbprint": self.thumbprint,
            "--ca-file": self.ca_file,
            "--protocol": self.protocol,
            "--proxy": "" if "@" in proxy else proxy.removeprefix("pass:"),
        }
        return [word for option, value in named.items() if value for word in (option, value)]

    def chosen_profile(self) -> str | None:
        """Return the profile of the option, or the default if nothing else names a server."""
        from mailstore_sdk.runtime._options.environment import PROFILE, VARIABLES

        if self.profile:
            return existing_profile(self.profile)
        named_elsewhere = self.url or os.environ.get(VARIABLES["host"]) or os.environ.get(PROFILE)
        return None if named_elsewhere else profile_file().default_profile

    def found(self) -> dict[str, object]:
        """Return the options of profiles and environment, without reading a password from a program or keyring."""
        from mailstore_sdk.runtime._options.environment import PROFILE, from_environment
        from mailstore_sdk.runtime._options.profiles import from_file

        first, second = self.chosen_profile(), os.environ.get(PROFILE)
        environment = from_environment()
        if first:
            return environment | from_file(first)
        if second:
            return from_file(existing_profile(second)) | environment
        # --url names another server. The user may be the same; password and trust belong to the profile's server.
        default = profile_file().default_profile if self.url else None
        return {name: value for name, value in (from_file(default) if default else {}).items() if name == "username"} | environment

    def default_instance(self) -> str | None:
        """Return the instance of the option, the environment or the profile, in this order."""
        if given := self.instance or os.environ.get(INSTANCE_VARIABLE):
            return given
        from mailstore_sdk.runtime._options.environment import PROFILE
        from mailstore_sdk.runtime._options.profiles import from_file

        name = self.chosen_profile() or os.environ.get(PROFILE)
        return cast("str | None", from_file(existing_profile(name)).get("instance")) if name else None

    def _asked_password(self) -> str | None:
        """Ask at the terminal for a password if no other source has one."""
        found = self.found()
        user, host = self.user or found.get("username"), self.url or found.get("host")
        if found.keys() & {"password", "ask_password"} or not (user and host) or not sys.stdin.isatty():
            return None
        return Source("prompt").read(f"Password of {user} at {host}")


class _VisibleFormatter(logging.Formatter):
    """Make names and messages from the server safe for the terminal."""

    def format(self, record: logging.LogRecord) -> str:
        return printable(super().format(record))


def profile_file() -> ProfileFile:
    """Return the content of the file with the profiles, empty without that file."""
    from mailstore_sdk.runtime._options.profiles import ProfileFile, config_file, read

    file = config_file()
    return read(file) if file.exists() else ProfileFile()


def existing_profile(name: str) -> str:
    """Return the name of a profile that exists.

    Raises:
        ConfigurationError: It does not exist.
    """
    from mailstore_sdk.runtime._options.profiles import config_file

    if name in (there := list(profile_file().profiles)):
        return name
    others = f"; expected {'one of ' if there[1:] else ''}{', '.join(there)}" if there else ""
    raise ConfigurationError(f"there is no profile {name!r:.100} in {str(config_file())!r}{others}. Create one with mailstore profile add")
