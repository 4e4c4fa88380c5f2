"""Run the generated pages: each command and each function is tried exactly as shown."""

import inspect
import json
import re
import shlex
import socket
import ssl
import subprocess
from base64 import b64encode
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

import pytest
from click.testing import CliRunner

from mailstore_sdk import FunctionFailedError, SPEClient
from mailstore_sdk._generated.sync import InstanceFunctions, ServerFunctions
from mailstore_sdk.cli.app import app
from mailstore_sdk.simulator import Simulator
from tests.slow.docs.story import Story
from tests.support.blocks import Block
from tests.support.every_function import BEFORE, FUNCTIONS, REFUSED
from tests.support.processes import environ

PLACE = "spe.example.com:8474"
ANNOTATED = "from __future__ import annotations\n"


class Manual(Story):
    """The help of commands: the page has the command's own help, without the options that all commands have."""

    @property
    def runners(self) -> Mapping[str, Callable[[Block], None]]:
        return {"text": self.help}

    def help(self, block: Block) -> None:
        words = block.heading.split()[1:] if block.heading.startswith("mailstore ") else []
        shown = iter(CliRunner().invoke(app, [*words, "--help"], prog_name="mailstore", terminal_width=100).stdout.split())
        missing = [word for word in block.text.split() if word not in shown]  # The output of an iterator, so the order must be the same.
        assert not missing, f"{block}: {missing[0]}"


class Reference(Story):
    """One call in four ways. Each is made to a fresh server, succeeds, and is the same call for the server.

    Attributes:
        calls: What the server saw of the first way, by the name of the function.
    """

    def __init__(self, *of_a_story: Any) -> None:
        super().__init__(*of_a_story)
        self.calls: dict[str, object] = {}

    @property
    def runners(self) -> Mapping[str, Callable[[Block], None]]:
        return {"python": self.python, "sh": self.shell, "http": self.http}

    def python(self, block: Block) -> None:
        if not block.text.startswith("def "):
            self.call(block, in_python)
            return
        shown: dict[str, Any] = {}
        exec(ANNOTATED + block.text, shown)
        (name,) = re.findall(r"^`(\w+)`", block.heading)
        method = getattr(ServerFunctions, name, None) or getattr(InstanceFunctions, name)
        assert inspect.signature(shown[name]) == inspect.signature(method), block

    def shell(self, block: Block) -> None:
        self.call(block, with_curl if block.text.startswith("curl ") else in_a_shell)

    def http(self, block: Block) -> None:
        self.call(block, over_the_wire)

    def call(self, block: Block, way: Callable[[str, Simulator], None]) -> None:
        name = block.heading.rpartition("(")[2].rstrip(")")
        with Simulator(spe_version="9.0" if FUNCTIONS[name].until else "25.3", clock="immediate") as server:
            if name in BEFORE:
                function, arguments = BEFORE[name]
                with client(server) as spe:
                    spe.call(function, **arguments)
            way(block.text, server)
        last = [call for call in server.calls if call.function == name][-1]
        assert last.status_code in ("failed" if name in REFUSED else "succeeded", "running"), f"{block}: {last}"
        seen = {key: json.loads(text) if text[:1] in ("{", "[") else text for key, text in last.arguments.items()}
        assert seen == self.calls.setdefault(name, seen), block


class ReferenceIndex(Story):
    """The reference's first page, whose code all other pages assume."""

    def python(self, block: Block) -> None:
        with Simulator() as server, pytest.MonkeyPatch.context() as patch:
            patch.setenv("MAILSTORE_SPE_CA_FILE", str(server.ca_file))
            names: dict[str, Any] = {"password": server.password}
            exec(block.text.replace("spe.example.com", f"localhost:{server.port}"), names)
        assert "archive" in names


def client(server: Simulator) -> SPEClient:
    return SPEClient(server.url, username="admin", password="admin", ca_file=server.ca_file)


def in_python(text: str, server: Simulator) -> None:
    with client(server) as spe, suppress(FunctionFailedError):
        exec(text, {"spe": spe, "archive": spe.instance("test01")})


def in_a_shell(text: str, server: Simulator) -> None:
    """The command in this process, since a process for each would take minutes, as if at a terminal, where it may ask."""
    command, _, document = text.partition(" <<'END'\n")
    _, *words = shlex.split(command)
    typed = document.removesuffix("END\n") or ("S3cret!\n" if words[-1] == "prompt" else "y\n")
    login = {"URL": server.url, "USER": "admin", "PASSWORD": "admin", "CA_FILE": str(server.ca_file)}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("click.testing._NamedTextIOWrapper.isatty", lambda stream: stream.name == "<stdin>", raising=False)
        CliRunner().invoke(app, words, typed, {f"MAILSTORE_SPE_{name}": value for name, value in login.items()}, prog_name="mailstore")


def with_curl(text: str, server: Simulator) -> None:
    """The command in a shell without a terminal, where curl reads the password from its input."""
    command, environment = text.replace(PLACE, f"localhost:{server.port}"), environ(CURL_CA_BUNDLE=str(server.ca_file))
    subprocess.run(command, shell=True, input=b"admin\n", capture_output=True, check=True, env=environment, start_new_session=True)


def over_the_wire(text: str, server: Simulator) -> None:
    """The request as shown, with HTTP's line endings and a login."""
    head, _, body = text.replace("<user:password in Base64>", b64encode(b"admin:admin").decode()).partition("\n\n")
    request = head.strip().replace("\n", "\r\n") + "\r\n\r\n" + body.strip()
    trust = ssl.create_default_context(cafile=str(server.ca_file))
    with trust.wrap_socket(socket.create_connection(("localhost", server.port)), server_hostname="localhost") as connection:
        connection.sendall(request.encode())
        assert connection.recv(1000).startswith(b"HTTP/1.1 200 ")
