"""Make text safe to show: secrets are masked, and control characters are escaped. Everything that is shown passes through here."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterable

MASK = "***"

SHORTEST_MASKED = 4
"""Shorter secrets are not masked in replies: "a" or "12" is part of most messages."""

VALUE_ERRORS = (ArithmeticError, AttributeError, LookupError, RuntimeError, TypeError, ValueError)
"""What Python and the classes of values raise for an unusable value. Not `Exception`: the handler of a signal raises others."""

_SECRET_NAME = re.compile(
    r"(?i:passw|passphrase|pwd|secret|token|api_?key)"
    r"|(?:^|[\W_])[Kk]ey(?![a-z])|[a-z0-9]Key(?![a-z])"  # a separate word, not the end of "monkey"
)

_SUSPECT = re.compile(r"[^ -~\n\t]")
_HARMLESS = "\n\t\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{IDEOGRAPHIC SPACE}"


def looks_secret(name: str) -> bool:
    """Whether an unknown argument looks like a secret by its name, such as ``apiKey`` or ``userPwd``."""
    return _SECRET_NAME.search(name) is not None


def printable(text: str) -> str:
    """Escape control, invisible and bidirectional characters; keep newlines and tabs.

    The escapes are those of JSON, so JSON that goes through here is still JSON.
    """
    return _SUSPECT.sub(_escape_unprintable, text.replace("\r\n", "\n"))


def shown_value(value: object) -> str:
    """A value in an error message; only its type if Python cannot write it, such as an integer of more than 4,300 digits."""
    try:
        return f"{value!r:.200}"
    except VALUE_ERRORS:
        return f"this {type(value).__name__}"


def _escape_unprintable(found: re.Match[str]) -> str:
    char = found[0]
    return char if char.isprintable() or char in _HARMLESS else json.dumps(char)[1:-1]


def mask_values(text: str, secrets: Iterable[str]) -> str:
    """Mask each secret in a text, in any form in which a server may echo it.

    Secrets shorter than `SHORTEST_MASKED` are not masked. If the text was cut within a secret, its beginning is masked too.
    """
    for form in sorted({form for secret in secrets if len(secret) >= SHORTEST_MASKED for form in _forms(secret)}, key=len, reverse=True):
        text = text.replace(form, MASK)
        cut = next((length for length in range(len(form) - 1, SHORTEST_MASKED - 1, -1) if text.endswith(form[:length])), 0)
        text = text[: len(text) - cut] + MASK if cut else text
    return text


def _forms(secret: str) -> Iterable[str]:
    """A secret as it may be written: plain, in JSON, in HTML, and percent-encoded."""
    # Imported only when a server echoes something.
    import html
    from urllib.parse import quote, quote_plus

    for plain in (secret, json.dumps(secret)[1:-1], json.dumps(secret, ensure_ascii=False)[1:-1], html.escape(secret)):
        yield from (plain, quote(plain, safe=""), quote_plus(plain), quote(plain))


def basic_credentials(username: str, password: str) -> str:
    """Encode a login for the HTTP Basic header; the result is as secret as the password."""
    return base64.b64encode(f"{username}:{password}".encode()).decode("ascii")
