"""People: users of an instance, system administrators, and the entries of a directory."""

from __future__ import annotations

from dataclasses import dataclass, field

PROVIDER_USER = "$archiveadmin"
ALL_LOGINS = ("windows", "web", "outlook", "windowsCmd", "imap", "api")

MFA_OFF = "Disabled"
MFA_ON = "Initialized"
"""A guess: only the other value is public."""


@dataclass
class User:
    """A user of one instance."""

    name: str
    full_name: str | None = None
    distinguished_name: str | None = None
    authentication: str = "integrated"
    password: str | None = field(default=None, repr=False)
    email_addresses: list[str] = field(default_factory=list[str])
    pop3_user_names: list[str] = field(default_factory=list[str])
    privileges: list[str] = field(default_factory=list[str])
    login_privileges: list[str] = field(default_factory=lambda: list(ALL_LOGINS))
    privileges_on_folders: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    mfa_status: str = MFA_OFF
    app_passwords: list[str] = field(default_factory=list[str], repr=False)

    @property
    def is_admin(self) -> bool:
        """Whether the user administers the instance."""
        return "admin" in self.privileges


@dataclass
class Administrator:
    """A system administrator of the installation."""

    name: str
    full_name: str | None = None
    email_address: str | None = None
    password: str = field(default="", repr=False)
    api_password: str | None = field(default=None, repr=False)
    mfa: bool = False

    def accepts(self, password: str) -> bool:
        """Whether the API accepts this password: the API password or, without MFA, the normal password."""
        return password == self.api_password or (not self.mfa and password == self.password)


@dataclass
class DirectoryEntry:
    """A person in the directory of an instance."""

    name: str
    full_name: str | None = None
    distinguished_name: str | None = None
    email_addresses: list[str] = field(default_factory=list[str])
