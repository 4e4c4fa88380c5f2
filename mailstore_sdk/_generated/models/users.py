"""Users: models and enums.

Generated from spec/types/users.yaml; change the catalogue and run ``make generate``.
"""

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from mailstore_sdk.runtime.model import Model, StrEnum


class FolderPrivilege(StrEnum):
    """Privilege of a user on a folder.

    none: No access; it is only sent, and not together with other values.

    Evidence: documented (live25.3, notes-srv, psgen2024).
    """

    NONE = "none"
    READ = "read"
    WRITE = "write"
    DELETE = "delete"

    if TYPE_CHECKING:
        _UNLISTED = "…"
        """Any text that the catalogue does not know: no comparison with the known ones is exhaustive."""


class FolderPrivileges(Model):
    """Privileges of a user on one folder.

    Evidence: printed-sample (live25.3, notes-srv).
    """

    folder: str
    """Path of the folder, parts separated by /."""
    privileges: list[FolderPrivilege]
    """The privileges on this folder."""


class LoginPrivilege(StrEnum):
    """Login privilege of a user.

    none: No way in; it is only sent, and not together with other values.

    windows: The Windows client.

    web: Web Access.

    outlook: The Outlook add-in.

    windowsCmd: Scheduled tasks and the command-line client.

    imap: Access to the archive through IMAP.

    api: The Management API; for administrators only, and according to the vendor not in SPE.

    Evidence: documented (live25.3, wrapper2024, help-srv, stored25.3).
    """

    NONE = "none"
    WINDOWS = "windows"
    WEB = "web"
    OUTLOOK = "outlook"
    WINDOWS_CMD = "windowsCmd"
    IMAP = "imap"
    API = "api"

    if TYPE_CHECKING:
        _UNLISTED = "…"
        """Any text that the catalogue does not know: no comparison with the known ones is exhaustive."""


class MFAStatus(StrEnum):
    """Whether a user logs in with a second factor. The texts of the other states are not public.

    Evidence: printed-sample (live25.3).
    """

    DISABLED = "Disabled"

    if TYPE_CHECKING:
        _UNLISTED = "…"
        """Any text that the catalogue does not know: no comparison with the known ones is exhaustive."""


class User(Model):
    """A user, as in the list of users.

    Evidence: printed-sample (live25.3, notes-srv).
    """

    user_name: Annotated[str, Field(alias="userName")]
    """Name of the user; $archiveadmin is the service provider's own access."""
    full_name: Annotated[str | None, Field(alias="fullName")]
    """Display name."""
    distinguished_name: Annotated[str | None, Field(alias="distinguishedName")]
    """Distinguished name in the directory (LDAP)."""
    mfa_status: Annotated[MFAStatus | None, Field(alias="mfaStatus")] = None
    """Whether a second factor is required. Since 24.4."""


class UserAuthentication(StrEnum):
    """Authentication method of a user.

    integrated: The archive itself.

    directoryServices: The directory that the instance is connected to.

    Evidence: printed-sample (live25.3, notes-srv, psgen2024).
    """

    INTEGRATED = "integrated"
    DIRECTORY_SERVICES = "directoryServices"

    if TYPE_CHECKING:
        _UNLISTED = "…"
        """Any text that the catalogue does not know: no comparison with the known ones is exhaustive."""


class UserPrivilege(StrEnum):
    """Privilege of a user.

    none: No privilege; it is only sent, and not together with other values.

    admin: Administrator of the instance; not together with other values.

    login: May log in.

    changePassword: May change the own password; only of use with authentication integrated.

    archive: May run archiving profiles.

    modifyArchiveProfiles: May create, change and delete archiving profiles.

    export: May run export profiles.

    modifyExportProfiles: May create, change and delete export profiles.

    delete: May delete messages; if not an administrator, only in folders with the folder privilege delete. The
    compliance settings may forbid it to all, administrators included.

    Evidence: documented (live25.3, psgen2024, wrapper2024, help-spe).
    """

    NONE = "none"
    ADMIN = "admin"
    LOGIN = "login"
    CHANGE_PASSWORD = "changePassword"
    ARCHIVE = "archive"
    MODIFY_ARCHIVE_PROFILES = "modifyArchiveProfiles"
    EXPORT = "export"
    MODIFY_EXPORT_PROFILES = "modifyExportProfiles"
    DELETE = "delete"

    if TYPE_CHECKING:
        _UNLISTED = "…"
        """Any text that the catalogue does not know: no comparison with the known ones is exhaustive."""


class UserInfo(Model):
    """All properties of one user.

    Evidence: printed-sample (live25.3, notes-srv, tutorial-2014).
    """

    user_name: Annotated[str, Field(alias="userName")]
    """Name of the user."""
    full_name: Annotated[str | None, Field(alias="fullName")]
    """Display name."""
    distinguished_name: Annotated[str | None, Field(alias="distinguishedName")]
    """Distinguished name in the directory (LDAP)."""
    authentication: UserAuthentication
    """Authentication method."""
    mfa_status: Annotated[MFAStatus | None, Field(alias="mfaStatus")] = None
    """Whether a second factor is required. Since 24.4."""
    email_addresses: Annotated[list[str], Field(alias="emailAddresses")]
    """Addresses whose mail belongs to the user; empty rather than null."""
    pop3_user_names: Annotated[list[str], Field(alias="pop3UserNames")]
    """POP3 accounts whose mail belongs to the user; empty rather than null."""
    privileges: list[UserPrivilege]
    """Privileges of the user."""
    login_privileges: Annotated[list[LoginPrivilege] | None, Field(alias="loginPrivileges")] = None
    """Login privileges of the user. Since 24.4."""
    privileges_on_folders: Annotated[list[FolderPrivileges] | None, Field(alias="privilegesOnFolders")] = None
    """Privileges of the user on folders; the key is absent for users with the privilege admin."""
