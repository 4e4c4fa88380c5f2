"""Replies: headers, envelopes, and errors in the style of .NET."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from email.utils import formatdate
from http import HTTPStatus

from pydantic import JsonValue

from mailstore_sdk.simulator.errors import Refusal
from mailstore_sdk.simulator.tasks import Status

_PLAIN_VERSION = 2
"""statusVersion of every call that was not long-running, whether it succeeded or failed."""

_HEADERS = {
    "Server": "Microsoft-HTTPAPI/2.0",
    "Cache-Control": "no-cache",
    "Pragma": "no-cache",
    "Expires": "Thu, 01 Jan 1970 00:00:00 GMT",
}

_STACK = (
    "   at MailStore.Simulator.Functions.Invoke(String function, Arguments arguments)",
    "   at MailStore.Simulator.Api.HandleRequest(Request request)",
)


@dataclass(frozen=True)
class Reply:
    """A whole HTTP reply."""

    status: int
    body: bytes = b""
    content_type: str = "text/plain"
    headers: Mapping[str, str] = field(default_factory=dict[str, str])

    def raw_headers(self) -> list[tuple[bytes, bytes]]:
        """All headers as they are sent."""
        about = {"Content-Type": self.content_type, "Content-Length": str(len(self.body))}
        headers = {**about, **_HEADERS, "Date": formatdate(usegmt=True), **self.headers}
        return [(name.encode("ascii"), value.encode("ascii")) for name, value in headers.items()]


class HttpRefusalError(Exception):
    """The request gets an HTTP error without an envelope."""

    def __init__(self, reply: Reply) -> None:
        super().__init__(reply.status)
        self.reply = reply


def text_reply(status: int, text: str = "", headers: Mapping[str, str] | None = None) -> Reply:
    """Make a reply that is not JSON; everything except status 200 gets one."""
    return Reply(status, (text or _phrase(status)).encode(), headers=headers or {})


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return f"Status {status}"


def json_reply(value: JsonValue, headers: Mapping[str, str] | None = None, *, bom: bool = True) -> Reply:
    """Make a JSON reply as SPE sends it: with a byte order mark, without a charset."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    return Reply(HTTPStatus.OK, codecs.BOM_UTF8 + text if bom else text, "application/json", headers or {})


def web_page(headers: Mapping[str, str] | None = None) -> Reply:
    """Make the reply of a web server that is not the API."""
    return Reply(HTTPStatus.OK, b"<!DOCTYPE html><title>Welcome</title><p>This is not the API.", "text/html", headers or {})


Envelope = dict[str, JsonValue]


class Envelopes:
    """Makes envelopes: all keys are present in the server's order; unused ones are null."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._keys = tuple(keys)

    def empty(self) -> Envelope:
        """Make the envelope of cancel-async: all keys are null."""
        return dict.fromkeys(self._keys)

    def succeeded(self, result: JsonValue) -> Envelope:
        """Make the envelope of a plain call that succeeded."""
        return self.empty() | {"statusVersion": _PLAIN_VERSION, "statusCode": "succeeded", "result": result}

    def failed(self, refusal: Refusal) -> Envelope:
        """Make the envelope of a plain call that failed."""
        return self.empty() | {"error": _error(refusal), "statusVersion": _PLAIN_VERSION, "statusCode": "failed"}

    def status(self, status: Status, *, with_token: bool = True) -> Envelope:
        """Make the envelope of long-running work."""
        return self.empty() | {
            "error": _error(status.error) if status.error else None,
            "token": status.token if with_token else None,
            "statusVersion": status.version,
            "statusCode": status.code,
            "percentProgress": status.percent,
            "result": status.result,
            "logOutput": status.log,
        }


def _error(refusal: Refusal) -> JsonValue:
    return {"message": refusal.message, "details": "\r\n".join((f"{refusal.kind}: {refusal.message}", *_STACK))}
