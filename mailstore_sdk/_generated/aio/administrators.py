"""System administrators: asynchronous methods.

Generated from spec/functions/administrators.yaml; change the catalogue and run ``make generate``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailstore_sdk._generated.functions import administrators as functions
from mailstore_sdk.aio.client import AsyncClientBase
from mailstore_sdk.runtime.function import Arguments

if TYPE_CHECKING:
    from mailstore_sdk._generated.models import JsonValue, SecretText, SystemAdministrator


class ServerAdministrators(AsyncClientBase):
    """System administrators: functions of the whole installation."""

    async def create_system_administrator(self, config: SystemAdministrator, password: str) -> None:
        """Create a system administrator.

        Args:
            config: The new administrator.
            password: Login password.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: CreateSystemAdministrator (mutating). Evidence: documented, result printed-sample.
        """
        arguments: Arguments = {"config": config, "password": password}
        del config, password  # Tracebacks that show variables must not show secrets.
        return await self._call(functions.CREATE_SYSTEM_ADMINISTRATOR, arguments)

    async def create_system_administrator_api_password(self) -> SecretText:
        """Create a new API password for the calling administrator.

        An administrator has one API password, and the new one replaces the old one: programs that use the old one are
        locked out. With MFA, the API accepts no other password; without MFA, the normal password works too.

        Returns:
            SecretText: The new password.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: CreateSystemAdministratorAPIPassword (mutating). Evidence: documented, result inferred.
        """
        return await self._call(functions.CREATE_SYSTEM_ADMINISTRATOR_API_PASSWORD, {})

    async def deactivate_system_administrator_mfa(self, user_name: str) -> None:
        """Disable MFA for a system administrator.

        Args:
            user_name: Name of the administrator.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: DeactivateSystemAdministratorMFA (idempotent). Evidence: documented, result inferred.
        """
        return await self._call(functions.DEACTIVATE_SYSTEM_ADMINISTRATOR_MFA, {"userName": user_name})

    async def delete_system_administrator(self, user_name: str) -> None:
        """Delete a system administrator.

        The account and its passwords are deleted; the administrator can no longer log in.

        Args:
            user_name: Name of the administrator.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: DeleteSystemAdministrator (destructive). Evidence: documented, result inferred.
        """
        return await self._call(functions.DELETE_SYSTEM_ADMINISTRATOR, {"userName": user_name})

    async def get_system_administrators(self) -> list[SystemAdministrator]:
        """List the system administrators.

        Returns:
            list[SystemAdministrator]: A system administrator of the installation each.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: GetSystemAdministrators (read). Evidence: documented, result inferred.
        """
        return await self._call(functions.GET_SYSTEM_ADMINISTRATORS, {})

    async def initialize_system_administrator_mfa(self, user_name: str) -> JsonValue:
        """Start or restart the MFA set-up of a system administrator.

        A set-up that was complete gets a new secret, and the administrator has to complete it again at the next login.

        Args:
            user_name: Name of the administrator.

        Returns:
            JsonValue: What the server gives back; its shape is not documented.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: InitializeSystemAdministratorMFA (mutating). Evidence: documented, result unknown.
        """
        return await self._call(functions.INITIALIZE_SYSTEM_ADMINISTRATOR_MFA, {"userName": user_name})

    async def set_system_administrator_configuration(self, config: SystemAdministrator) -> None:
        """Replace the name and address of a system administrator.

        The userName in the configuration identifies the administrator; it is presumably not possible to change it.

        Args:
            config: The complete configuration.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: SetSystemAdministratorConfiguration (idempotent). Evidence: documented, result inferred.
        """
        arguments: Arguments = {"config": config}
        del config  # Tracebacks that show variables must not show secrets.
        return await self._call(functions.SET_SYSTEM_ADMINISTRATOR_CONFIGURATION, arguments)

    async def set_system_administrator_password(self, user_name: str, password: str) -> None:
        """Set the password of a system administrator.

        Args:
            user_name: Name of the administrator.
            password: The new password.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: SetSystemAdministratorPassword (idempotent). Evidence: documented, result inferred.
        """
        arguments: Arguments = {"userName": user_name, "password": password}
        del password  # Tracebacks that show variables must not show secrets.
        return await self._call(functions.SET_SYSTEM_ADMINISTRATOR_PASSWORD, arguments)
