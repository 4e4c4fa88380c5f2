"""Users: synchronous methods.

Generated from spec/functions/users.yaml; change the catalogue and run ``make generate``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailstore_sdk._generated import functions
from mailstore_sdk.calls import Caller

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mailstore_sdk._generated.literals import LoginPrivilegeValue, UserAuthenticationValue, UserPrivilegeValue
    from mailstore_sdk._generated.models import LoginPrivilege, User, UserAuthentication, UserInfo, UserPrivilege


class InstanceUsers(Caller):
    """Users: functions of one instance."""

    def create_user(
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
            privileges: What the user may do. none and admin stand alone. Known values: none, admin, login,
                changePassword, archive, modifyArchiveProfiles, export, modifyExportProfiles, delete.
            full_name: Name for people.
            distinguished_name: Distinguished name in the directory (LDAP).
            authentication: Who checks the password; integrated where absent. Known values: integrated,
                directoryServices.
            password: Password; kept but not used with directory services.
            login_privileges: Where the user may log in. none stands alone. Known values: none, windows, web, outlook,
                windowsCmd, imap, api. Since 24.4.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: CreateUser (mutating). Known since 9.0. Needs a system administrator's login, and service provider
        access switched on for the instance.
        Evidence: arguments documented, result consumed-by-code (wrapper2014, wrapper2024, psgen2024, psmodule,
        live25.3, help-spe).
        Note: A text of 2014 names the authentications Standard and DirectoryService; all later sources agree on
            integrated and directoryServices.
        Note: Later wrappers send none where privileges are left out; the server's reference and the first wrapper
            require them, and so does the SDK.
        Note: What the server grants without loginPrivileges is told in two ways (all of them, or a default set); it is
            not sent unless given.
        """
        return self._call(
            functions.CREATE_USER,
            {
                "userName": user_name,
                "privileges": privileges,
                "fullName": full_name,
                "distinguishedName": distinguished_name,
                "authentication": authentication,
                "password": password,
                "loginPrivileges": login_privileges,
            },
        )

    def delete_user(self, user_name: str) -> None:
        """Delete a user; the archive of the user stays.

        The account with its password, addresses and privileges is lost. Archived messages and folders are not touched.

        Args:
            user_name: Name of the user.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: DeleteUser (destructive). Known since 9.0. Needs a system administrator's login, and service provider
        access switched on for the instance.
        Evidence: arguments documented, result inferred (wrapper2014, wrapper2024, psgen2024, live25.3).
        """
        return self._call(functions.DELETE_USER, {"userName": user_name})

    def get_user_info(self, user_name: str) -> UserInfo:
        """Tell everything about one user.

        Args:
            user_name: Name of the user.

        Returns:
            UserInfo: Everything about one user.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: GetUserInfo (read). Known since 8.5. Needs a system administrator's login, and service provider
        access switched on for the instance.
        Evidence: arguments documented, result printed-sample (tutorial-2014, wrapper2014, wrapper2024, live25.3,
        notes-srv).
        Note: An example of the sister product from 2012 has privileges as one text; every reply of SPE has a list.
        """
        return self._call(functions.GET_USER_INFO, {"userName": user_name})

    def get_users(self) -> list[User]:
        """List the users of an instance.

        Returns:
            list[User]: One line of the list of users each.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: GetUsers (read). Known since 8.5. Needs a system administrator's login, and service provider access
        switched on for the instance.
        Evidence: arguments documented, result printed-sample (tutorial-2014, wrapper2014, wrapper2024, live25.3,
        notes-srv).
        """
        return self._call(functions.GET_USERS, {})

    def set_user_password(self, user_name: str, password: str) -> None:
        """Set the password of a user.

        Args:
            user_name: Name of the user.
            password: The new password.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: SetUserPassword (idempotent). Known since 9.0. Needs a system administrator's login, and service
        provider access switched on for the instance.
        Evidence: arguments documented, result inferred (wrapper2014, wrapper2024, psgen2024, live25.3).
        """
        return self._call(functions.SET_USER_PASSWORD, {"userName": user_name, "password": password})
