"""Stored credentials: methods with the interface of the vendor's later wrapper.

Generated from spec/functions/credentials.yaml; change the catalogue and run ``make generate``.
"""

from __future__ import annotations

from typing import Any

from mailstore_sdk._generated.functions import credentials as functions
from mailstore_sdk.runtime.calls import WrapperCaller


class CredentialsMethods(WrapperCaller):
    """Stored credentials."""

    def CreateCredential(
        self,
        type: str,
        description: str,
        tenantId: str | None = None,
        applicationId: str | None = None,
        autoHandleToken: bool | None = None,
    ) -> dict[str, Any]:
        """Store a credential for directory services or profiles.

        Args:
            type: The kind of credential. Known values: Office365_Modern, SignedEnvelope.
            description: Text for people.
            tenantId: Id of the tenant, for Office365_Modern.
            applicationId: Id of the application, for Office365_Modern.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.create_credential`` of mailstore_sdk.
        """
        return self._invoke(
            functions.CREATE_CREDENTIAL,
            {"type": type, "description": description, "tenantId": tenantId, "applicationId": applicationId},
            auto_handle_token=autoHandleToken,
        )

    def DeleteCredential(self, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Delete a stored credential.

        Typed: ``Instance.delete_credential`` of mailstore_sdk.
        """
        return self._invoke(functions.DELETE_CREDENTIAL, {}, auto_handle_token=autoHandleToken)

    def GetCredentialSettings(self, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Read the settings of a stored credential.

        Typed: ``Instance.get_credential_settings`` of mailstore_sdk.
        """
        return self._invoke(functions.GET_CREDENTIAL_SETTINGS, {}, auto_handle_token=autoHandleToken)

    def GetCredentials(self, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """List the stored credentials of an instance.

        Typed: ``Instance.get_credentials`` of mailstore_sdk.
        """
        return self._invoke(functions.GET_CREDENTIALS, {}, auto_handle_token=autoHandleToken)

    def SetCredentialSettings(self, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Set the settings of a stored credential.

        Typed: ``Instance.set_credential_settings`` of mailstore_sdk.
        """
        return self._invoke(functions.SET_CREDENTIAL_SETTINGS, {}, auto_handle_token=autoHandleToken)
