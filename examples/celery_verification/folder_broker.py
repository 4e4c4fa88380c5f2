"""Kombu's file-system broker, with messages that appear whole.

Kombu creates a message under its final name before it writes the content. A worker that reads it in between gets an empty
message and stops with an error. Here the message is written under a hidden name first.

One thing is unchanged: a message is removed from the disk as soon as a worker has it. If that worker is killed, it is lost.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path
from tempfile import NamedTemporaryFile
from uuid import uuid4

from kombu.transport import filesystem
from kombu.utils.json import dumps


class Channel(filesystem.Channel):
    """A channel that writes atomically."""

    def __init__(self, connection: filesystem.Transport, **options: object) -> None:
        super().__init__(connection, **options)
        # Only the owner has access, since anyone with write access can send tasks.
        Path(self.data_folder_in).mkdir(mode=0o700, parents=True, exist_ok=True)

    def _put(self, queue: str, payload: Mapping[str, object], **_: object) -> None:  # type: ignore[override] # its bases differ in names
        folder = Path(self.data_folder_out)
        with NamedTemporaryFile("w", dir=folder, prefix=".", encoding="utf-8", delete=False) as file:
            file.write(dumps(payload))
        Path(file.name).rename(folder / f"{time.time_ns()}_{uuid4()}.{queue}.msg")


class Transport(filesystem.Transport):
    """The broker."""

    Channel = Channel
