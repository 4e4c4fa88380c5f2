"""The terminal of a reader who follows a page: bash, with servers behind the host names of the pages."""

import os
import re
import shlex
import sys
import venv
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pexpect

from mailstore_sdk.simulator import Simulator
from tests.support.inbox import Inbox
from tests.support.project import ROOT
from tests.support.sockets import free_port

PATIENCE = 600
"""Seconds for the commands of a block, among them some of `make`, on a busy machine."""
ANSWERS = [(r"[Pp]assword[^\n]*: ?$", "admin\n"), (r"\[y/N\]: $", "y\n")]
"""What is typed where a command asks."""

SERVING = {
    "python -m mailstore_sdk.simulator .*--control-port": r"Control URL: (http\S+)\r\n",
    "python -m mailstore_sdk.simulator": r"Password: admin\r\n",
    "celery": r" ready\.\r\n",
    "make docs-serve": r"Serving on (http\S+)",
}
"""Commands that serve until they are stopped, and by what one sees that they do; a page that they name is fetched."""

SCRIPT = """
. {home}/left
set -o pipefail
trap 'echo $? >> {home}/statuses' ERR
{commands}
trap - ERR
{{ export -p; printf 'cd %q\\n' "$PWD"; }} > {home}/left
"""


class Terminal:
    """Runs commands as they are written; `close` stops what serves.

    Attributes:
        home: The home directory.
        inbox: Where mail goes.
        places: The addresses in the tests for those on the pages.
    """

    def __init__(self, folder: Path, home: Path, wheels: Path, server: Simulator, inbox: Inbox) -> None:
        self.home, self.inbox = home, inbox
        self.places = {
            "spe.example.com:8474": f"localhost:{server.port}",
            "spe.example.com": f"localhost:{server.port}",
            "mail.example.com:25": inbox.address,
            **{port: str(free_port()) for port in ("8474", "8475", "8000")},
        }
        self._options: dict[str, Any] = {
            "cwd": str(folder),
            "dimensions": (24, 80),
            "echo": False,
            "encoding": "utf-8",
            "env": {
                "HOME": str(home),
                "LC_ALL": "C.UTF-8",
                "MAILSTORE_SPE_CONFIG": str(home / "config.toml"),
                "NO_COLOR": "1",
                "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
                "PYTHONPATH": os.pathsep.join(map(str, (folder, folder / "codegen", ROOT))),  # the copy of the project, if there is one
                "PYTHON_KEYRING_BACKEND": "tests.slow.docs.keyring_file.KeyringFile",
                "TERM": "dumb",
                "VERIFICATION_TICK": "5",  # what a busy machine misses comes again in a few seconds
                **pip_environment(home, wheels),
            },
        }
        for name in ("left", ".bashrc", ".zshrc"):
            (home / name).touch()
        (home / "config.toml").write_text(
            'default_profile = "prod"\n\n[profiles.prod]\n'
            f"url = '{server.url}'\nusername = 'admin'\npassword = 'admin'\nthumbprint = '{server.thumbprint}'\n"
        )
        (home / "config.toml").chmod(0o600)
        self._serving: list[pexpect.spawn[str]] = []

    def run(self, commands: str) -> tuple[str, list[int]]:
        """What is shown, and the statuses of the commands that did not end with 0."""
        statuses = self.home / "statuses"
        statuses.write_text("")
        script = self._script(SCRIPT.format(home=shlex.quote(str(self.home)), commands=commands))
        output, status = pexpect.run(script, PATIENCE, withexitstatus=True, events=ANSWERS, **self._options)
        assert status == 0, output
        return output.replace("\r\n", "\n"), [int(line) for line in statuses.read_text().split()]

    def serve(self, commands: str, ready: str) -> None:
        """Start what serves, as if in a terminal of its own: what is set there is not set here."""
        process = pexpect.spawn(self._script(commands), timeout=PATIENCE, **self._options)
        self._serving.append(process)
        process.expect(ready)
        assert process.match
        for page in process.match.groups():
            with urlopen(page) as reply:
                assert b"<title>" in reply.read()

    def close(self) -> None:
        """Press Ctrl-C wherever something serves."""
        for process in self._serving:
            process.sendintr()
        for process in self._serving:
            process.expect(pexpect.EOF)
            process.close()

    def _script(self, text: str) -> str:
        """A command that runs the text, with places in place of the addresses of the pages."""
        script = self.home / "script"
        names = "|".join(map(re.escape, self.places))
        script.write_text(re.sub(rf"\b({names})\b", lambda name: self.places[name[0]], text))
        return f"bash {shlex.quote(str(script))}"


def pip_environment(home: Path, wheels: Path) -> dict[str, str]:
    """Options for pip: into an environment with all that is installed here but the project, which comes as a wheel."""
    fresh, here = home / "fresh", Path(pexpect.__file__).parents[1]
    venv.create(fresh)
    packages = next(fresh.glob("lib/*/site-packages"))
    for path in here.iterdir():
        if not path.name.startswith("mailstore_sdk") and path.suffix != ".pth":
            (packages / path.name).symlink_to(path)
    python = str(fresh / "bin" / "python")
    return {"PIP_CONFIG_FILE": os.devnull, "PIP_FIND_LINKS": str(wheels), "PIP_NO_COMPILE": "1", "PIP_NO_INDEX": "1", "PIP_PYTHON": python}
