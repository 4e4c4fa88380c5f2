"""A keyring for processes that have none: a file in the home directory."""

import json
from pathlib import Path

from keyring.backend import KeyringBackend


class KeyringFile(KeyringBackend):
    """Keeps passwords as they are: they are those of the tests."""

    priority = 1.0

    @property
    def path(self) -> Path:
        return Path.home() / "keyring.json"

    def entries(self) -> dict[str, str]:
        return json.loads(self.path.read_text()) if self.path.exists() else {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.entries().get(f"{service} {username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        self.path.write_text(json.dumps(self.entries() | {f"{service} {username}": password}))
