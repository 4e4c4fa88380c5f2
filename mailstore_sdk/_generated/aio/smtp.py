"""SMTP settings: asynchronous methods.

Generated from spec/functions/smtp.yaml; change the catalogue and run ``make generate``.
"""

# Instances call methods of their client that programs should not.
# pyright: reportPrivateUsage=false

from __future__ import annotations

from typing import TYPE_CHECKING

from mailstore_sdk._generated.functions import smtp as functions
from mailstore_sdk.aio.client import AsyncClientBase, AsyncInstanceBase
from mailstore_sdk.runtime.function import Arguments

if TYPE_CHECKING:
    from mailstore_sdk._generated.models import JsonValue, SmtpSettings


class ServerSmtp(AsyncClientBase):
    """SMTP settings: functions of the whole installation."""

    async def get_system_smtp_configuration(self) -> SmtpSettings:
        """Read the SMTP settings of the installation.

        The password is always null in the reply.

        Returns:
            SmtpSettings: How mail is sent. Other fields may exist; they are kept as received and sent back unchanged.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: GetSystemSmtpConfiguration (read). Evidence: documented, result documented.
        """
        return await self._call(functions.GET_SYSTEM_SMTP_CONFIGURATION, {})

    async def set_system_smtp_configuration(self, config: SmtpSettings) -> None:
        """Set the SMTP settings of the installation.

        Read the settings with GetSystemSmtpConfiguration, change them, fill in the password and send all of them back.

        Args:
            config: The complete settings.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: SetSystemSmtpConfiguration (idempotent). Evidence: documented, result inferred.
        """
        arguments: Arguments = {"config": config}
        del config  # Tracebacks that show variables must not show secrets.
        return await self._call(functions.SET_SYSTEM_SMTP_CONFIGURATION, arguments)

    async def test_system_smtp_configuration(self) -> JsonValue:
        """Send a test mail with the settings of the installation.

        Every call sends a mail. A failure presumably shows as an error of the call.

        Returns:
            JsonValue: What the server gives back; its shape is not documented.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: TestSystemSmtpConfiguration (mutating). Evidence: documented, result unknown.
        """
        return await self._call(functions.TEST_SYSTEM_SMTP_CONFIGURATION, {})


class InstanceSmtp(AsyncInstanceBase):
    """SMTP settings: functions of one instance."""

    async def get_smtp_settings(self) -> SmtpSettings:
        """Read the SMTP settings of an instance.

        The password is always null in the reply.

        Returns:
            SmtpSettings: How mail is sent. Other fields may exist; they are kept as received and sent back unchanged.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: GetSmtpSettings (read). Evidence: documented, result documented.
        """
        return await self._client._call(functions.GET_SMTP_SETTINGS, {"instanceID": self.instance_id})

    async def set_smtp_settings(self, settings: SmtpSettings) -> None:
        """Set the SMTP settings of an instance.

        Read the settings with GetSmtpSettings, change them, fill in the password and send all of them back.

        Args:
            settings: The complete settings; the argument is called settings here, and config in other setters.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: SetSmtpSettings (idempotent). Evidence: documented, result inferred.
        """
        arguments: Arguments = {"instanceID": self.instance_id, "settings": settings}
        del settings  # Tracebacks that show variables must not show secrets.
        return await self._client._call(functions.SET_SMTP_SETTINGS, arguments)

    async def test_smtp_settings(self) -> JsonValue:
        """Send a test mail with the settings of an instance.

        Every call sends a mail. A failure presumably shows as an error of the call.

        Returns:
            JsonValue: What the server gives back; its shape is not documented.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: TestSmtpSettings (mutating). Evidence: documented, result unknown.
        """
        return await self._client._call(functions.TEST_SMTP_SETTINGS, {"instanceID": self.instance_id})
