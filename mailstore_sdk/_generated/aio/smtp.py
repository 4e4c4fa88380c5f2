"""SMTP settings: asynchronous methods.

Generated from spec/functions/smtp.yaml; change the catalogue and run ``make generate``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailstore_sdk._generated.functions import smtp as functions
from mailstore_sdk.runtime.calls import AsyncCaller

if TYPE_CHECKING:
    from mailstore_sdk._generated.models import JsonValue, SmtpSettings


class ServerSmtp(AsyncCaller):
    """SMTP settings: functions of the whole installation."""

    async def get_system_smtp_configuration(self) -> SmtpSettings:
        """Read how the installation sends mail.

        The password is always null in the reply.

        Returns:
            SmtpSettings: How mail is sent. Other fields may exist; they are kept as they come and go back unchanged.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: GetSystemSmtpConfiguration (read). Known since 12.0. Needs a system administrator's login.
        Evidence: arguments documented, result documented (wrapper2018, wrapper2024, live25.3, help-spe).
        Note: Only that the result is an object with a password is documented; its other fields are inferred.
        """
        return await self._call(functions.GET_SYSTEM_SMTP_CONFIGURATION, {})

    async def set_system_smtp_configuration(self, config: SmtpSettings) -> None:
        """Set how the installation sends mail.

        Read the settings with GetSystemSmtpConfiguration, change them, fill in the password and send them back whole.

        Args:
            config: The whole settings.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: SetSystemSmtpConfiguration (idempotent). Known since 12.0. Needs a system administrator's login.
        Evidence: arguments documented, result inferred (wrapper2018, wrapper2024, live25.3).
        """
        return await self._call(functions.SET_SYSTEM_SMTP_CONFIGURATION, {"config": config})

    async def test_system_smtp_configuration(self) -> JsonValue:
        """Send a test mail with the settings of the installation.

        Every call sends a mail. A failure presumably shows as an error of the call.

        Returns:
            JsonValue: What the server gives back; its shape is not documented.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: TestSystemSmtpConfiguration (mutating). Known since 12.0. Needs a system administrator's login.
        Evidence: arguments documented, result unknown (wrapper2018, wrapper2024, live25.3).
        """
        return await self._call(functions.TEST_SYSTEM_SMTP_CONFIGURATION, {})


class InstanceSmtp(AsyncCaller):
    """SMTP settings: functions of one instance."""

    async def get_smtp_settings(self) -> SmtpSettings:
        """Read how an instance sends mail.

        The password is always null in the reply.

        Returns:
            SmtpSettings: How mail is sent. Other fields may exist; they are kept as they come and go back unchanged.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: GetSmtpSettings (read). Known since 12.0. Needs a system administrator's login, and service provider
        access switched on for the instance.
        Evidence: arguments documented, result documented (wrapper2018, wrapper2024, live25.3, help-spe).
        Note: The help gained the SMTP functions of an instance in October 2017 and has since lost GetSmtpSettings; the
            wrappers and a live 25.3 have all three, so they stay.
        Note: Only that the result is an object with a password is documented; its other fields are inferred.
        """
        return await self._call(functions.GET_SMTP_SETTINGS, {})

    async def set_smtp_settings(self, settings: SmtpSettings) -> None:
        """Set how an instance sends mail.

        Read the settings with GetSmtpSettings, change them, fill in the password and send them back whole.

        Args:
            settings: The whole settings; the argument is called settings here, and config in other setters.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: SetSmtpSettings (idempotent). Known since 12.0. Needs a system administrator's login, and service
        provider access switched on for the instance.
        Evidence: arguments documented, result inferred (wrapper2018, wrapper2024, live25.3, psgen2024).
        Note: The help gained the SMTP functions of an instance in October 2017 and has since lost GetSmtpSettings; the
            wrappers and a live 25.3 have all three, so they stay.
        """
        return await self._call(functions.SET_SMTP_SETTINGS, {"settings": settings})

    async def test_smtp_settings(self) -> JsonValue:
        """Send a test mail with the settings of an instance.

        Every call sends a mail. A failure presumably shows as an error of the call.

        Returns:
            JsonValue: What the server gives back; its shape is not documented.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: TestSmtpSettings (mutating). Known since 12.0. Needs a system administrator's login, and service
        provider access switched on for the instance.
        Evidence: arguments documented, result unknown (wrapper2018, wrapper2024, live25.3, help-spe).
        Note: The help gained the SMTP functions of an instance in October 2017 and has since lost GetSmtpSettings; the
            wrappers and a live 25.3 have all three, so they stay.
        """
        return await self._call(functions.TEST_SMTP_SETTINGS, {})
