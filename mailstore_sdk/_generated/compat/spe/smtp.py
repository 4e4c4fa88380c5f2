"""SMTP settings: methods with the interface of the vendor's first wrapper.

Generated from spec/functions/smtp.yaml; change the catalogue and run ``make generate``.
"""

from __future__ import annotations

from typing import Any

from mailstore_sdk._generated.functions import smtp as functions
from mailstore_sdk.runtime.calls import Arguments, WrapperCaller


class SmtpMethods(WrapperCaller):
    """SMTP settings."""

    def GetSmtpSettings(self, instanceID: str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Read how an instance sends mail.

        Args:
            instanceID: Id of the instance.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.get_smtp_settings`` of mailstore_sdk.
        """
        return self._invoke(functions.GET_SMTP_SETTINGS, {"instanceID": instanceID}, auto_handle_token=autoHandleToken)

    def GetSystemSmtpConfiguration(self, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Read how the installation sends mail.

        Typed: ``SPEClient.get_system_smtp_configuration`` of mailstore_sdk.
        """
        return self._invoke(functions.GET_SYSTEM_SMTP_CONFIGURATION, {}, auto_handle_token=autoHandleToken)

    def SetSmtpSettings(
        self, instanceID: str, settings: dict[str, Any] | list[Any] | str, autoHandleToken: bool | None = None
    ) -> dict[str, Any]:
        """Set how an instance sends mail.

        Args:
            instanceID: Id of the instance.
            settings: The whole settings; the argument is called settings here, and config in other setters.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.set_smtp_settings`` of mailstore_sdk.
        """
        arguments: Arguments = {"instanceID": instanceID, "settings": settings}
        del settings  # Tracebacks that show variables must not show secrets.
        return self._invoke(functions.SET_SMTP_SETTINGS, arguments, auto_handle_token=autoHandleToken)

    def SetSystemSmtpConfiguration(
        self, config: dict[str, Any] | list[Any] | str, autoHandleToken: bool | None = None
    ) -> dict[str, Any]:
        """Set how the installation sends mail.

        Args:
            config: The whole settings.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``SPEClient.set_system_smtp_configuration`` of mailstore_sdk.
        """
        arguments: Arguments = {"config": config}
        del config  # Tracebacks that show variables must not show secrets.
        return self._invoke(functions.SET_SYSTEM_SMTP_CONFIGURATION, arguments, auto_handle_token=autoHandleToken)

    def TestSmtpSettings(self, instanceID: str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Send a test mail with the settings of an instance.

        Args:
            instanceID: Id of the instance.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.test_smtp_settings`` of mailstore_sdk.
        """
        return self._invoke(functions.TEST_SMTP_SETTINGS, {"instanceID": instanceID}, auto_handle_token=autoHandleToken)

    def TestSystemSmtpConfiguration(self, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Send a test mail with the settings of the installation.

        Typed: ``SPEClient.test_system_smtp_configuration`` of mailstore_sdk.
        """
        return self._invoke(functions.TEST_SYSTEM_SMTP_CONFIGURATION, {}, auto_handle_token=autoHandleToken)
