"""Thumbprints of certificates, as copied from dialogs."""

from __future__ import annotations

import re

from mailstore_sdk.errors import ConfigurationError


def normalized_thumbprint(text: str) -> str:
    """Normalize to upper-case digits, without the characters that dialogs insert.

    Raises:
        ConfigurationError: It is neither a SHA-1 (40 digits) nor a SHA-256 (64 digits).
    """
    # The certificate dialog of Windows copies an invisible left-to-right mark before it.
    digits = re.sub(r"[\s:\u200e]", "", text).upper()
    if not re.fullmatch(r"[0-9A-F]{40}|[0-9A-F]{64}", digits):
        raise ConfigurationError(f"{text!r:.100} is not a valid thumbprint: expected 40 (SHA-1) or 64 (SHA-256) hexadecimal digits")
    return digits
