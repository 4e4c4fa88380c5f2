"""System administrators: methods with the interface of the vendor's first wrapper.

Generated from spec/functions/administrators.yaml; change the catalogue and run ``make generate``.
"""

from __future__ import annotations

from typing import Any

from mailstore_sdk._generated.functions import administrators as functions
from mailstore_sdk.runtime.calls import Arguments, WrapperCaller


class AdministratorsMethods(WrapperCaller):
    """System administrators."""

    def CreateSystemAdministrator(
        self, config: dict[str, Any] | list[Any] | str, password: str, autoHandleToken: bool | None = None
    ) -> dict[str, Any]:
        """Create a system administrator.

        Args:
            config: The new administrator.
            password: Password to log in with.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``SPEClient.create_system_administrator`` of mailstore_sdk.
        """
        arguments: Arguments = {"config": config, "password": password}
        del config, password  # Tracebacks that show variables must not show secrets.
        return self._invoke(functions.CREATE_SYSTEM_ADMINISTRATOR, arguments, auto_handle_token=autoHandleToken)

    def CreateSystemAdministratorAPIPassword(self, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Make a new API password for the administrator who calls.

        Typed: ``SPEClient.create_system_administrator_api_password`` of mailstore_sdk.
        """
        return self._invoke(functions.CREATE_SYSTEM_ADMINISTRATOR_API_PASSWORD, {}, auto_handle_token=autoHandleToken)

    def DeactivateSystemAdministratorMFA(self, userName: str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Switch MFA off for a system administrator.

        Args:
            userName: Name of the administrator.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``SPEClient.deactivate_system_administrator_mfa`` of mailstore_sdk.
        """
        return self._invoke(
            functions.DEACTIVATE_SYSTEM_ADMINISTRATOR_MFA, {"userName": userName}, auto_handle_token=autoHandleToken
        )

    def DeleteSystemAdministrator(self, userName: str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Delete a system administrator.

        Args:
            userName: Name of the administrator.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``SPEClient.delete_system_administrator`` of mailstore_sdk.
        """
        return self._invoke(
            functions.DELETE_SYSTEM_ADMINISTRATOR, {"userName": userName}, auto_handle_token=autoHandleToken
        )

    def GetSystemAdministrators(self, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """List the system administrators.

        Typed: ``SPEClient.get_system_administrators`` of mailstore_sdk.
        """
        return self._invoke(functions.GET_SYSTEM_ADMINISTRATORS, {}, auto_handle_token=autoHandleToken)

    def InitializeSystemAdministratorMFA(self, userName: str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Begin the set-up of MFA for a system administrator, or begin it again.

        Args:
            userName: Name of the administrator.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``SPEClient.initialize_system_administrator_mfa`` of mailstore_sdk.
        """
        return self._invoke(
            functions.INITIALIZE_SYSTEM_ADMINISTRATOR_MFA, {"userName": userName}, auto_handle_token=autoHandleToken
        )

    def SetSystemAdministratorConfiguration(
        self, config: dict[str, Any] | list[Any] | str, autoHandleToken: bool | None = None
    ) -> dict[str, Any]:
        """Replace the name and address of a system administrator.

        Args:
            config: The whole configuration.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``SPEClient.set_system_administrator_configuration`` of mailstore_sdk.
        """
        arguments: Arguments = {"config": config}
        del config  # Tracebacks that show variables must not show secrets.
        return self._invoke(
            functions.SET_SYSTEM_ADMINISTRATOR_CONFIGURATION, arguments, auto_handle_token=autoHandleToken
        )

    def SetSystemAdministratorPassword(
        self, userName: str, password: str, autoHandleToken: bool | None = None
    ) -> dict[str, Any]:
        """Set the password of a system administrator.

        Args:
            userName: Name of the administrator.
            password: The new password.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``SPEClient.set_system_administrator_password`` of mailstore_sdk.
        """
        arguments: Arguments = {"userName": userName, "password": password}
        del password  # Tracebacks that show variables must not show secrets.
        return self._invoke(functions.SET_SYSTEM_ADMINISTRATOR_PASSWORD, arguments, auto_handle_token=autoHandleToken)
