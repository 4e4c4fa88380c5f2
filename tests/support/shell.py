"""The command line in this process."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

from click.testing import CliRunner, Result

from mailstore_sdk.cli.app import app
from mailstore_sdk.simulator import Simulator


@dataclass
class Shell:
    """Runs ``mailstore`` with an environment that names a server."""

    env: dict[str, str]
    runs: list[Result] = field(default_factory=list)

    def run(self, *arguments: object, stdin: str | bytes | None = None, **env: str | None) -> Result:
        result = CliRunner().invoke(app, [str(item) for item in arguments], input=stdin, env={**self.env, **env}, prog_name="mailstore")
        self.runs.append(result)
        return result

    def data(self, *arguments: object, **options: str | None) -> object:
        """The output of a successful command, read as JSON."""
        result = self.run(*arguments, **options)
        assert result.exit_code == 0, result.stderr
        return json.loads(result.stdout)

    def fails(self, status: int, *arguments: object, stdin: str | bytes | None = None, **env: str | None) -> str:
        """The message on stderr of a command that fails with a status."""
        result = self.run(*arguments, stdin=stdin, **env)
        assert result.exit_code == status, result.output
        assert "Traceback" not in result.output
        return result.stderr


def environment(server: Simulator, config: Path) -> dict[str, str]:
    """Return the variables that name a server for the command line and hide the user's files and keyring."""
    return {
        "MAILSTORE_SPE_URL": server.url,
        "MAILSTORE_SPE_USER": "admin",
        "MAILSTORE_SPE_PASSWORD": "admin",
        "MAILSTORE_SPE_THUMBPRINT": server.thumbprint,
        "MAILSTORE_SPE_CONFIG": str(config),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
    }
