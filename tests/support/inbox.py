"""A mail server for tests, which keeps the messages that it receives."""

import asyncio
import threading
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from functools import partial
from typing import Self

from aiosmtpd.smtp import SMTP, Envelope, Session


class Inbox:
    """Receives mail on a free port inside its ``with`` block."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)

    def __enter__(self) -> Self:
        self._thread.start()
        serving = self._loop.create_server(partial(SMTP, self, loop=self._loop), "127.0.0.1", 0)
        self._server = asyncio.run_coroutine_threadsafe(serving, self._loop).result()
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._server.close)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    def text(self) -> str:
        """The text of the newest mail."""
        return self.messages[-1].get_content().replace("\r\n", "\n")

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - the library's name
        assert envelope.original_content
        self.messages.append(message_from_bytes(envelope.original_content, policy=default))
        return "250 OK"
