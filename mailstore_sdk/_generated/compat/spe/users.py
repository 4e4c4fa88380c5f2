"""Users: methods with the interface of the vendor's first wrapper.

Generated from spec/functions/users.yaml; change the catalogue and run ``make generate``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mailstore_sdk._generated.functions import users as functions
from mailstore_sdk.runtime.calls import Arguments, WrapperCaller

if TYPE_CHECKING:
    from collections.abc import Sequence


class UsersMethods(WrapperCaller):
    """Users."""

    def ClearUserPrivilegesOnFolders(
        self, instanceID: str, userName: str, autoHandleToken: bool | None = None
    ) -> dict[str, Any]:
        """Take all privileges on folders away from a user.

        Args:
            instanceID: Id of the instance.
            userName: Name of the user.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.clear_user_privileges_on_folders`` of mailstore_sdk.
        """
        return self._invoke(
            functions.CLEAR_USER_PRIVILEGES_ON_FOLDERS,
            {"instanceID": instanceID, "userName": userName},
            auto_handle_token=autoHandleToken,
        )

    def CreateUser(
        self,
        instanceID: str,
        userName: str,
        privileges: Sequence[str] | str,
        fullName: str | None = None,
        distinguishedName: str | None = None,
        authentication: str | None = None,
        password: str | None = None,
        autoHandleToken: bool | None = None,
        *,
        loginPrivileges: Sequence[str] | str | None = None,
    ) -> dict[str, Any]:
        """Create a user.

        Args:
            instanceID: Id of the instance.
            userName: Name of the new user.
            privileges: What the user may do. none and admin cannot be combined with others. Known values: none, admin,
                login, changePassword, archive, modifyArchiveProfiles, export, modifyExportProfiles, delete.
            fullName: Name for people.
            distinguishedName: Distinguished name in the directory (LDAP).
            authentication: Who checks the password; integrated where absent. Known values: integrated,
                directoryServices.
            password: Password; kept but not used with directory services.
            loginPrivileges: Where the user may log in. none cannot be combined with others. Known values: none,
                windows, web, outlook, windowsCmd, imap, api. Since 24.4.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.create_user`` of mailstore_sdk.
        """
        arguments: Arguments = {
            "instanceID": instanceID,
            "userName": userName,
            "privileges": privileges,
            "fullName": fullName,
            "distinguishedName": distinguishedName,
            "authentication": authentication,
            "password": password,
            "loginPrivileges": loginPrivileges,
        }
        del password  # Tracebacks that show variables must not show secrets.
        return self._invoke(functions.CREATE_USER, arguments, auto_handle_token=autoHandleToken)

    def DeleteAppPasswords(self, instanceID: str, userName: str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Delete all app passwords of a user.

        Args:
            instanceID: Id of the instance.
            userName: Name of the user.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.delete_app_passwords`` of mailstore_sdk.
        """
        return self._invoke(
            functions.DELETE_APP_PASSWORDS,
            {"instanceID": instanceID, "userName": userName},
            auto_handle_token=autoHandleToken,
        )

    def DeleteUser(self, instanceID: str, userName: str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Delete a user; the archive of the user stays.

        Args:
            instanceID: Id of the instance.
            userName: Name of the user.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.delete_user`` of mailstore_sdk.
        """
        return self._invoke(
            functions.DELETE_USER, {"instanceID": instanceID, "userName": userName}, auto_handle_token=autoHandleToken
        )

    def DisableMFA(self, instanceID: str, userName: str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Switch MFA off for a user.

        Args:
            instanceID: Id of the instance.
            userName: Name of the user.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.disable_mfa`` of mailstore_sdk.
        """
        return self._invoke(
            functions.DISABLE_MFA, {"instanceID": instanceID, "userName": userName}, auto_handle_token=autoHandleToken
        )

    def GetUserInfo(self, instanceID: str, userName: str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Read everything about one user.

        Args:
            instanceID: Id of the instance.
            userName: Name of the user.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.get_user_info`` of mailstore_sdk.
        """
        return self._invoke(
            functions.GET_USER_INFO, {"instanceID": instanceID, "userName": userName}, auto_handle_token=autoHandleToken
        )

    def GetUsers(self, instanceID: str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """List the users of an instance.

        Args:
            instanceID: Id of the instance.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.get_users`` of mailstore_sdk.
        """
        return self._invoke(functions.GET_USERS, {"instanceID": instanceID}, auto_handle_token=autoHandleToken)

    def InitializeMFA(self, instanceID: str, userName: str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Begin the set-up of MFA for a user, or begin it again.

        Args:
            instanceID: Id of the instance.
            userName: Name of the user.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.initialize_mfa`` of mailstore_sdk.
        """
        return self._invoke(
            functions.INITIALIZE_MFA,
            {"instanceID": instanceID, "userName": userName},
            auto_handle_token=autoHandleToken,
        )

    def RenameUser(
        self, instanceID: str, oldUserName: str, newUserName: str, autoHandleToken: bool | None = None
    ) -> dict[str, Any]:
        """Rename a user; the folder of the archive keeps its name.

        Args:
            instanceID: Id of the instance.
            oldUserName: Present name of the user.
            newUserName: New name of the user.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.rename_user`` of mailstore_sdk.
        """
        return self._invoke(
            functions.RENAME_USER,
            {"instanceID": instanceID, "oldUserName": oldUserName, "newUserName": newUserName},
            auto_handle_token=autoHandleToken,
        )

    def SetUserAuthentication(
        self, instanceID: str, userName: str, authentication: str, autoHandleToken: bool | None = None
    ) -> dict[str, Any]:
        """Set who checks the password of a user.

        Args:
            instanceID: Id of the instance.
            userName: Name of the user.
            authentication: Who checks the password. Known values: integrated, directoryServices.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.set_user_authentication`` of mailstore_sdk.
        """
        return self._invoke(
            functions.SET_USER_AUTHENTICATION,
            {"instanceID": instanceID, "userName": userName, "authentication": authentication},
            auto_handle_token=autoHandleToken,
        )

    def SetUserDistinguishedName(
        self, instanceID: str, userName: str, distinguishedName: str | None = None, autoHandleToken: bool | None = None
    ) -> dict[str, Any]:
        """Set or clear the distinguished name of a user in the directory.

        Args:
            instanceID: Id of the instance.
            userName: Name of the user.
            distinguishedName: The new distinguished name (LDAP); left out, it is cleared.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.set_user_distinguished_name`` of mailstore_sdk.
        """
        return self._invoke(
            functions.SET_USER_DISTINGUISHED_NAME,
            {"instanceID": instanceID, "userName": userName, "distinguishedName": distinguishedName},
            auto_handle_token=autoHandleToken,
        )

    def SetUserEmailAddresses(
        self,
        instanceID: str,
        userName: str,
        emailAddresses: Sequence[str] | str | None = None,
        autoHandleToken: bool | None = None,
    ) -> dict[str, Any]:
        """Set the addresses whose mail belongs to a user.

        Args:
            instanceID: Id of the instance.
            userName: Name of the user.
            emailAddresses: The addresses, the primary one first. Left out, they are presumably cleared.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.set_user_email_addresses`` of mailstore_sdk.
        """
        return self._invoke(
            functions.SET_USER_EMAIL_ADDRESSES,
            {"instanceID": instanceID, "userName": userName, "emailAddresses": emailAddresses},
            auto_handle_token=autoHandleToken,
        )

    def SetUserFullName(
        self, instanceID: str, userName: str, fullName: str | None = None, autoHandleToken: bool | None = None
    ) -> dict[str, Any]:
        """Set or clear the name of a user for people.

        Args:
            instanceID: Id of the instance.
            userName: Name of the user.
            fullName: The new name; left out, the name is cleared.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.set_user_full_name`` of mailstore_sdk.
        """
        return self._invoke(
            functions.SET_USER_FULL_NAME,
            {"instanceID": instanceID, "userName": userName, "fullName": fullName},
            auto_handle_token=autoHandleToken,
        )

    def SetUserLoginPrivileges(
        self, instanceID: str, userName: str, loginPrivileges: Sequence[str] | str, autoHandleToken: bool | None = None
    ) -> dict[str, Any]:
        """Set where a user may log in.

        Args:
            instanceID: Id of the instance.
            userName: Name of the user.
            loginPrivileges: The ways to log in; none cannot be combined with others, and api is not available in SPE
                according to the vendor. Known values: none, windows, web, outlook, windowsCmd, imap, api.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.set_user_login_privileges`` of mailstore_sdk.
        """
        return self._invoke(
            functions.SET_USER_LOGIN_PRIVILEGES,
            {"instanceID": instanceID, "userName": userName, "loginPrivileges": loginPrivileges},
            auto_handle_token=autoHandleToken,
        )

    def SetUserPassword(
        self, instanceID: str, userName: str, password: str, autoHandleToken: bool | None = None
    ) -> dict[str, Any]:
        """Set the password of a user.

        Args:
            instanceID: Id of the instance.
            userName: Name of the user.
            password: The new password.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.set_user_password`` of mailstore_sdk.
        """
        arguments: Arguments = {"instanceID": instanceID, "userName": userName, "password": password}
        del password  # Tracebacks that show variables must not show secrets.
        return self._invoke(functions.SET_USER_PASSWORD, arguments, auto_handle_token=autoHandleToken)

    def SetUserPop3UserNames(
        self,
        instanceID: str,
        userName: str,
        pop3UserNames: Sequence[str] | str | None = None,
        autoHandleToken: bool | None = None,
    ) -> dict[str, Any]:
        """Set the POP3 accounts whose mail belongs to a user.

        Args:
            instanceID: Id of the instance.
            userName: Name of the user.
            pop3UserNames: The accounts; what happens without them is not documented.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.set_user_pop3_user_names`` of mailstore_sdk.
        """
        return self._invoke(
            functions.SET_USER_POP3_USER_NAMES,
            {"instanceID": instanceID, "userName": userName, "pop3UserNames": pop3UserNames},
            auto_handle_token=autoHandleToken,
        )

    def SetUserPrivileges(
        self, instanceID: str, userName: str, privileges: Sequence[str] | str, autoHandleToken: bool | None = None
    ) -> dict[str, Any]:
        """Set what a user may do.

        Args:
            instanceID: Id of the instance.
            userName: Name of the user.
            privileges: The privileges; none and admin cannot be combined with others. Known values: none, admin, login,
                changePassword, archive, modifyArchiveProfiles, export, modifyExportProfiles, delete.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.set_user_privileges`` of mailstore_sdk.
        """
        return self._invoke(
            functions.SET_USER_PRIVILEGES,
            {"instanceID": instanceID, "userName": userName, "privileges": privileges},
            auto_handle_token=autoHandleToken,
        )

    def SetUserPrivilegesOnAllFolders(
        self, instanceID: str, userName: str, privileges: Sequence[str] | str, autoHandleToken: bool | None = None
    ) -> dict[str, Any]:
        """Set what a user may do in every folder.

        Args:
            instanceID: Id of the instance.
            userName: Name of the user.
            privileges: The privileges; none takes the access away and cannot be combined with others. Known values:
                none, read, write, delete.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.set_user_privileges_on_all_folders`` of mailstore_sdk.
        """
        return self._invoke(
            functions.SET_USER_PRIVILEGES_ON_ALL_FOLDERS,
            {"instanceID": instanceID, "userName": userName, "privileges": privileges},
            auto_handle_token=autoHandleToken,
        )

    def SetUserPrivilegesOnFolder(
        self,
        instanceID: str,
        userName: str,
        folder: str,
        privileges: Sequence[str] | str,
        autoHandleToken: bool | None = None,
    ) -> dict[str, Any]:
        """Set what a user may do in one folder.

        Args:
            instanceID: Id of the instance.
            userName: Name of the user.
            folder: Folder of the top level, that is a user's archive; no other is accepted.
            privileges: The privileges; none takes the access away and cannot be combined with others. Known values:
                none, read, write, delete.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.set_user_privileges_on_folder`` of mailstore_sdk.
        """
        return self._invoke(
            functions.SET_USER_PRIVILEGES_ON_FOLDER,
            {"instanceID": instanceID, "userName": userName, "folder": folder, "privileges": privileges},
            auto_handle_token=autoHandleToken,
        )
