"""Completions as an editor gets them from pyright's language server."""

import json
import subprocess
import sys
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Any, Self


class LanguageServer:
    """A running server; speaks JSON-RPC over its standard streams."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._ids = count(1)

    def __enter__(self) -> Self:
        command = [sys.executable, "-m", "pyright.langserver", "--stdio"]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        assert self._process.stdin
        assert self._process.stdout
        self._input, self._output = self._process.stdin, self._process.stdout
        uri = self.folder.as_uri()
        can = {"workspace": {"configuration": True}}
        self._request("initialize", processId=None, rootUri=uri, workspaceFolders=[{"uri": uri, "name": "test"}], capabilities=can)
        self._send(method="initialized", params={})
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        with self._process:
            self._process.kill()

    def completions(self, text: str) -> set[str]:
        """What is offered at the end of a file."""
        uri = (self.folder / "script.py").as_uri()
        self._send(method="textDocument/didOpen", params={"textDocument": {"uri": uri, "languageId": "python", "version": 1, "text": text}})
        position = {"line": text.count("\n"), "character": len(text.rpartition("\n")[2])}
        return {item["label"] for item in self._request("textDocument/completion", textDocument={"uri": uri}, position=position)["items"]}

    def _send(self, **message: object) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._input.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._input.flush()

    def _request(self, method: str, **params: object) -> Any:
        number = next(self._ids)
        self._send(id=number, method=method, params=params)
        while (message := self._receive()).get("id") != number or "method" in message:
            if "id" in message:  # a request from the server, such as for the configuration
                items = message["params"].get("items", ()) if message.get("params") else ()
                self._send(id=message["id"], result=[{"pythonPath": sys.executable} for _ in items])
        return message["result"]

    def _receive(self) -> Any:
        length = 0
        while header := self._output.readline().strip():
            name, _, value = header.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        assert length, "the language server has ended"
        return json.loads(self._output.read(length))
