"""Loggers under ``mailstore_sdk``; ``MAILSTORE_LOG=debug`` shows their messages without a line of code."""

from __future__ import annotations

import logging
import os
import re


def mask_cookies(record: logging.LogRecord) -> bool:
    """Filter the HTTP library's own debug log, which shows the headers of replies, including a session's cookie."""
    record.msg, record.args = re.sub(r"(MSWEB_MGM_AUTH=)[^;,'\"\s]*", r"\1***", record.getMessage()), None
    return True


def follow_environment() -> None:
    """Show the loggers of the package on stderr from the level that the environment names; anything else is ignored."""
    level = logging.getLevelNamesMapping().get(os.environ.get("MAILSTORE_LOG", "").upper())
    logger = logging.getLogger("mailstore_sdk")
    if level is not None and not logger.handlers:
        handler = logging.StreamHandler()
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        logger.addHandler(handler)
        logger.setLevel(level)
