"""Stored credentials: methods with the interface of the vendor's first wrapper.

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
        instanceID: str,
        type: str,
        description: str,
        tenantId: str | None = None,
        applicationId: str | None = None,
        autoHandleToken: bool | None = None,
    ) -> dict[str, Any]:
        """Store a credential for directory services or profiles.

        Args:
            instanceID: Id of the instance.
            type: The kind of credential. Known values: Office365_Modern, SignedEnvelope.
            description: Text for people.
            tenantId: Id of the tenant, for Office365_Modern.
            applicationId: Id of the application, for Office365_Modern.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.create_credential`` of mailstore_sdk.
        """
        return self._invoke(
            functions.CREATE_CREDENTIAL,
            {
                "instanceID": instanceID,
                "type": type,
                "description": description,
                "tenantId": tenantId,
                "applicationId": applicationId,
            },
            auto_handle_token=autoHandleToken,
        )

    def DeleteCredential(self, instanceID: str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Delete a stored credential.

        Args:
            instanceID: Id of the instance.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.delete_credential`` of mailstore_sdk.
        """
        return self._invoke(functions.DELETE_CREDENTIAL, {"instanceID": instanceID}, auto_handle_token=autoHandleToken)

    def GetCredentialSettings(self, instanceID: str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Read the settings of a stored credential.

        Args:
            instanceID: Id of the instance.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.get_credential_settings`` of mailstore_sdk.
        """
        return self._invoke(
            functions.GET_CREDENTIAL_SETTINGS, {"instanceID": instanceID}, auto_handle_token=autoHandleToken
        )

    def GetCredentials(self, instanceID: str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """List the stored credentials of an instance.

        Args:
            instanceID: Id of the instance.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.get_credentials`` of mailstore_sdk.
        """
        return self._invoke(functions.GET_CREDENTIALS, {"instanceID": instanceID}, auto_handle_token=autoHandleToken)

    def SetCredentialSettings(self, instanceID: str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Set the settings of a stored credential.

        Args:
            instanceID: Id of the instance.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.set_credential_settings`` of mailstore_sdk.
        """
        return self._invoke(
            functions.SET_CREDENTIAL_SETTINGS, {"instanceID": instanceID}, auto_handle_token=autoHandleToken
        )
