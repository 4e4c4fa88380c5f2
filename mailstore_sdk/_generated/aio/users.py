"""Users: asynchronous methods.

Generated from spec/functions/users.yaml; change the catalogue and run ``make generate``.
"""

# Instances call methods of their client that programs should not.
# pyright: reportPrivateUsage=false

from __future__ import annotations

from typing import TYPE_CHECKING

from mailstore_sdk._generated.functions import users as functions
from mailstore_sdk.aio.client import AsyncInstanceBase
from mailstore_sdk.runtime.function import Arguments

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mailstore_sdk._generated.literals import (
        FolderPrivilegeValue,
        LoginPrivilegeValue,
        UserAuthenticationValue,
        UserPrivilegeValue,
    )
    from mailstore_sdk._generated.models import (
        FolderPrivilege,
        JsonValue,
        LoginPrivilege,
        User,
        UserAuthentication,
        UserInfo,
        UserPrivilege,
    )


class InstanceUsers(AsyncInstanceBase):
    """Users: functions of one instance."""

    async def clear_user_privileges_on_folders(self, user_name: str) -> None:
        """Remove all folder privileges of a user.

        To restore them later, save the result of GetUserInfo first.

        Args:
            user_name: Name of the user.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: ClearUserPrivilegesOnFolders (idempotent). Evidence: documented, result inferred.
        """
        return await self._client._call(
            functions.CLEAR_USER_PRIVILEGES_ON_FOLDERS, {"instanceID": self.instance_id, "userName": user_name}
        )

    async def create_user(
        self,
        user_name: str,
        privileges: Sequence[UserPrivilege | UserPrivilegeValue],
        *,
        full_name: str | None = None,
        distinguished_name: str | None = None,
        authentication: UserAuthentication | UserAuthenticationValue | None = None,
        password: str | None = None,
        login_privileges: Sequence[LoginPrivilege | LoginPrivilegeValue] | None = None,
    ) -> None:
        """Create a user.

        Args:
            user_name: Name of the new user.
            privileges: Privileges of the user. none and admin cannot be combined with others. Known values: none,
                admin, login, changePassword, archive, modifyArchiveProfiles, export, modifyExportProfiles, delete.
            full_name: Display name.
            distinguished_name: Distinguished name in the directory (LDAP).
            authentication: Authentication method; integrated if omitted. Known values: integrated, directoryServices.
            password: Password; kept but not used with directory services.
            login_privileges: Login privileges of the user. none cannot be combined with others. Known values: none,
                windows, web, outlook, windowsCmd, imap, api. Since 24.4.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: CreateUser (mutating). Evidence: documented, result consumed-by-code.
        """
        arguments: Arguments = {
            "instanceID": self.instance_id,
            "userName": user_name,
            "privileges": privileges,
            "fullName": full_name,
            "distinguishedName": distinguished_name,
            "authentication": authentication,
            "password": password,
            "loginPrivileges": login_privileges,
        }
        del password  # Tracebacks that show variables must not show secrets.
        return await self._client._call(functions.CREATE_USER, arguments)

    async def delete_app_passwords(self, user_name: str) -> None:
        """Delete all app passwords of a user.

        Programs that log in with one of them, without the user being present, are locked out.

        Args:
            user_name: Name of the user.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: DeleteAppPasswords (destructive). Evidence: documented, result inferred.
        """
        return await self._client._call(
            functions.DELETE_APP_PASSWORDS, {"instanceID": self.instance_id, "userName": user_name}
        )

    async def delete_user(self, user_name: str) -> None:
        """Delete a user; the archive of the user stays.

        The account with its password, addresses and privileges is deleted. Archived messages and folders are not
        touched.

        Args:
            user_name: Name of the user.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: DeleteUser (destructive). Evidence: documented, result inferred.
        """
        return await self._client._call(functions.DELETE_USER, {"instanceID": self.instance_id, "userName": user_name})

    async def disable_mfa(self, user_name: str) -> None:
        """Disable MFA for a user.

        Args:
            user_name: Name of the user.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: DisableMFA (idempotent). Evidence: documented, result inferred.
        """
        return await self._client._call(functions.DISABLE_MFA, {"instanceID": self.instance_id, "userName": user_name})

    async def get_user_info(self, user_name: str) -> UserInfo:
        """Read all properties of one user.

        Args:
            user_name: Name of the user.

        Returns:
            UserInfo: All properties of one user.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: GetUserInfo (read). Evidence: documented, result printed-sample.
        """
        return await self._client._call(
            functions.GET_USER_INFO, {"instanceID": self.instance_id, "userName": user_name}
        )

    async def get_users(self) -> list[User]:
        """List the users of an instance.

        Returns:
            list[User]: A user, as in the list of users each.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: GetUsers (read). Evidence: documented, result printed-sample.
        """
        return await self._client._call(functions.GET_USERS, {"instanceID": self.instance_id})

    async def initialize_mfa(self, user_name: str) -> JsonValue:
        """Start or restart the MFA set-up of a user.

        The result is not documented; it may contain the secret, so treat it as one.

        Args:
            user_name: Name of the user.

        Returns:
            JsonValue: What the server gives back; its shape is not documented.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: InitializeMFA (mutating). Evidence: documented, result unknown.
        """
        return await self._client._call(
            functions.INITIALIZE_MFA, {"instanceID": self.instance_id, "userName": user_name}
        )

    async def rename_user(self, old_user_name: str, new_user_name: str) -> None:
        """Rename a user; the folder of the archive keeps its name.

        MoveFolder renames the folder.

        Args:
            old_user_name: Current name of the user.
            new_user_name: New name of the user.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: RenameUser (mutating). Evidence: documented, result inferred.
        """
        return await self._client._call(
            functions.RENAME_USER,
            {"instanceID": self.instance_id, "oldUserName": old_user_name, "newUserName": new_user_name},
        )

    async def set_user_authentication(
        self, user_name: str, authentication: UserAuthentication | UserAuthenticationValue
    ) -> None:
        """Set the authentication of a user.

        Args:
            user_name: Name of the user.
            authentication: Authentication method. Known values: integrated, directoryServices.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: SetUserAuthentication (idempotent). Evidence: documented, result inferred.
        """
        return await self._client._call(
            functions.SET_USER_AUTHENTICATION,
            {"instanceID": self.instance_id, "userName": user_name, "authentication": authentication},
        )

    async def set_user_distinguished_name(self, user_name: str, *, distinguished_name: str | None = None) -> None:
        """Set or clear the distinguished name of a user in the directory.

        Args:
            user_name: Name of the user.
            distinguished_name: The new distinguished name (LDAP); if omitted, it is cleared.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: SetUserDistinguishedName (idempotent). Evidence: documented, result inferred.
        """
        return await self._client._call(
            functions.SET_USER_DISTINGUISHED_NAME,
            {"instanceID": self.instance_id, "userName": user_name, "distinguishedName": distinguished_name},
        )

    async def set_user_email_addresses(self, user_name: str, *, email_addresses: Sequence[str] | None = None) -> None:
        """Set the addresses whose mail belongs to a user.

        The list replaces all previous addresses.

        Args:
            user_name: Name of the user.
            email_addresses: The addresses, the primary one first. If omitted, they are presumably cleared.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: SetUserEmailAddresses (idempotent). Evidence: documented, result inferred.
        """
        return await self._client._call(
            functions.SET_USER_EMAIL_ADDRESSES,
            {"instanceID": self.instance_id, "userName": user_name, "emailAddresses": email_addresses},
        )

    async def set_user_full_name(self, user_name: str, *, full_name: str | None = None) -> None:
        """Set or clear the full name of a user.

        Args:
            user_name: Name of the user.
            full_name: The new name; if omitted, the name is cleared.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: SetUserFullName (idempotent). Evidence: documented, result inferred.
        """
        return await self._client._call(
            functions.SET_USER_FULL_NAME, {"instanceID": self.instance_id, "userName": user_name, "fullName": full_name}
        )

    async def set_user_login_privileges(
        self, user_name: str, login_privileges: Sequence[LoginPrivilege | LoginPrivilegeValue]
    ) -> None:
        """Set the login privileges of a user.

        The list replaces all previous login privileges.

        Args:
            user_name: Name of the user.
            login_privileges: The ways to log in; none cannot be combined with others, and api is not available in SPE
                according to the vendor. Known values: none, windows, web, outlook, windowsCmd, imap, api.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: SetUserLoginPrivileges (idempotent). Evidence: documented, result inferred.
        """
        return await self._client._call(
            functions.SET_USER_LOGIN_PRIVILEGES,
            {"instanceID": self.instance_id, "userName": user_name, "loginPrivileges": login_privileges},
        )

    async def set_user_password(self, user_name: str, password: str) -> None:
        """Set the password of a user.

        Args:
            user_name: Name of the user.
            password: The new password.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: SetUserPassword (idempotent). Evidence: documented, result inferred.
        """
        arguments: Arguments = {"instanceID": self.instance_id, "userName": user_name, "password": password}
        del password  # Tracebacks that show variables must not show secrets.
        return await self._client._call(functions.SET_USER_PASSWORD, arguments)

    async def set_user_pop3_user_names(self, user_name: str, *, pop3_user_names: Sequence[str] | None = None) -> None:
        """Set the POP3 accounts whose mail belongs to a user.

        The list replaces all previous names. They apply to mail that comes through the proxy.

        Args:
            user_name: Name of the user.
            pop3_user_names: The accounts; what happens without them is not documented.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: SetUserPop3UserNames (idempotent). Evidence: documented, result inferred.
        """
        return await self._client._call(
            functions.SET_USER_POP3_USER_NAMES,
            {"instanceID": self.instance_id, "userName": user_name, "pop3UserNames": pop3_user_names},
        )

    async def set_user_privileges(
        self, user_name: str, privileges: Sequence[UserPrivilege | UserPrivilegeValue]
    ) -> None:
        """Set the privileges of a user.

        The list replaces all previous privileges. Those on folders are set with SetUserPrivilegesOnFolder.

        Args:
            user_name: Name of the user.
            privileges: The privileges; none and admin cannot be combined with others. Known values: none, admin, login,
                changePassword, archive, modifyArchiveProfiles, export, modifyExportProfiles, delete.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: SetUserPrivileges (idempotent). Evidence: documented, result inferred.
        """
        return await self._client._call(
            functions.SET_USER_PRIVILEGES,
            {"instanceID": self.instance_id, "userName": user_name, "privileges": privileges},
        )

    async def set_user_privileges_on_all_folders(
        self, user_name: str, privileges: Sequence[FolderPrivilege | FolderPrivilegeValue]
    ) -> None:
        """Set the privileges of a user on all folders.

        Args:
            user_name: Name of the user.
            privileges: The privileges; none removes the access and cannot be combined with others. Known values: none,
                read, write, delete.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: SetUserPrivilegesOnAllFolders (idempotent). Evidence: inferred, result inferred.
        """
        return await self._client._call(
            functions.SET_USER_PRIVILEGES_ON_ALL_FOLDERS,
            {"instanceID": self.instance_id, "userName": user_name, "privileges": privileges},
        )

    async def set_user_privileges_on_folder(
        self, user_name: str, folder: str, privileges: Sequence[FolderPrivilege | FolderPrivilegeValue]
    ) -> None:
        """Set the privileges of a user on one folder.

        The list replaces the previous privileges on that folder.

        Args:
            user_name: Name of the user.
            folder: Top-level folder, which is a user's archive; no other folder is accepted.
            privileges: The privileges; none removes the access and cannot be combined with others. Known values: none,
                read, write, delete.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: SetUserPrivilegesOnFolder (idempotent). Evidence: documented, result printed-sample.
        """
        return await self._client._call(
            functions.SET_USER_PRIVILEGES_ON_FOLDER,
            {"instanceID": self.instance_id, "userName": user_name, "folder": folder, "privileges": privileges},
        )
