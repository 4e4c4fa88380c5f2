"""The servers of an installation."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Host:
    """A machine that runs instances; `directories` are the folders of its file system, including the roots."""

    name: str
    port: int = 8472
    thumbprint: str = "00112233445566778899AABBCCDDEEFF00112233"
    base_directory: str | None = None
    directories: list[str] = field(default_factory=lambda: ["C:\\", "C:\\Windows", "D:\\", "D:\\archive"])


@dataclass
class AccessServer:
    """A machine that clients connect to."""

    name: str
    port: int = 8473
    thumbprint: str = "0123456789ABCDEF0123456789ABCDEF01234567"


@dataclass(frozen=True)
class Mail:
    """A mail that the installation sent: a report, or a test of the SMTP settings."""

    subject: str
    recipients: tuple[str, ...] = ()
