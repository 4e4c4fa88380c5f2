"""Users: models and enums.

Generated from spec/types/users.yaml; change the catalogue and run ``make generate``.
"""

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from mailstore_sdk.runtime.model import Model, StrEnum


class FolderPrivilege(StrEnum):
    """What a user may do in a folder.

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
    """What a user may do in one folder.

    Evidence: printed-sample (live25.3, notes-srv).
    """

    folder: str
    """Path of the folder, parts divided by /."""
    privileges: list[FolderPrivilege]
    """What the user may do there."""


class LoginPrivilege(StrEnum):
    """A way in which a user may log in.

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
    """One line of the list of users.

    Evidence: printed-sample (live25.3, notes-srv).
    """

    user_name: Annotated[str, Field(alias="userName")]
    """Name of the user; $archiveadmin is the service provider's own access."""
    full_name: Annotated[str | None, Field(alias="fullName")]
    """Name for people."""
    distinguished_name: Annotated[str | None, Field(alias="distinguishedName")]
    """Distinguished name in the directory (LDAP)."""
    mfa_status: Annotated[MFAStatus | None, Field(alias="mfaStatus")] = None
    """Whether a second factor is required. Since 24.4."""


class UserAuthentication(StrEnum):
    """Who checks the password of a user.

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
    """What a user may do.

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
    """Everything about one user.

    Evidence: printed-sample (live25.3, notes-srv, tutorial-2014).
    """

    user_name: Annotated[str, Field(alias="userName")]
    """Name of the user."""
    full_name: Annotated[str | None, Field(alias="fullName")]
    """Name for people."""
    distinguished_name: Annotated[str | None, Field(alias="distinguishedName")]
    """Distinguished name in the directory (LDAP)."""
    authentication: UserAuthentication
    """Who checks the password."""
    mfa_status: Annotated[MFAStatus | None, Field(alias="mfaStatus")] = None
    """Whether a second factor is required. Since 24.4."""
    email_addresses: Annotated[list[str], Field(alias="emailAddresses")]
    """Addresses whose mail belongs to the user; empty rather than null."""
    pop3_user_names: Annotated[list[str], Field(alias="pop3UserNames")]
    """POP3 accounts whose mail belongs to the user; empty rather than null."""
    privileges: list[UserPrivilege]
    """What the user may do."""
    login_privileges: Annotated[list[LoginPrivilege] | None, Field(alias="loginPrivileges")] = None
    """Where the user may log in. Since 24.4."""
    privileges_on_folders: Annotated[list[FolderPrivileges] | None, Field(alias="privilegesOnFolders")] = None
    """What the user may do in which folders; the key is absent for users with the privilege admin."""
