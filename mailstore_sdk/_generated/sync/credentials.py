"""Stored credentials: synchronous methods.

Generated from spec/functions/credentials.yaml; change the catalogue and run ``make generate``.
"""

# Instances call methods of their client that programs should not.
# pyright: reportPrivateUsage=false

from __future__ import annotations

from typing import TYPE_CHECKING

from mailstore_sdk._generated.functions import credentials as functions
from mailstore_sdk.client import SyncInstanceBase

if TYPE_CHECKING:
    from mailstore_sdk._generated.literals import CredentialTypeValue
    from mailstore_sdk._generated.models import Credential, CredentialType, JsonValue


class InstanceCredentials(SyncInstanceBase):
    """Stored credentials: functions of one instance."""

    def create_credential(
        self,
        type: CredentialType | CredentialTypeValue,
        description: str,
        *,
        tenant_id: str | None = None,
        application_id: str | None = None,
    ) -> JsonValue:
        """Store a credential for directory services or profiles.

        Args:
            type: The kind of credential. Known values: Office365_Modern, SignedEnvelope.
            description: Display name.
            tenant_id: Id of the tenant, for Office365_Modern.
            application_id: Id of the application, for Office365_Modern.

        Returns:
            JsonValue: What the server gives back; its shape is not documented.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: CreateCredential (mutating). Evidence: documented, result unknown.
        """
        return self._client._call(
            functions.CREATE_CREDENTIAL,
            {
                "instanceID": self.instance_id,
                "type": type,
                "description": description,
                "tenantId": tenant_id,
                "applicationId": application_id,
            },
        )

    def delete_credential(self) -> None:
        """Delete a stored credential.

        The credential is deleted; profiles and services that use it can no longer log in. More arguments are required,
        likely its id; see the server's get-metadata.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: DeleteCredential (destructive). Evidence: unknown, result inferred.
        """
        return self._client._call(functions.DELETE_CREDENTIAL, {"instanceID": self.instance_id})

    def get_credential_settings(self) -> JsonValue:
        """Read the settings of a stored credential.

        More arguments are needed; read them from the server's get-metadata.

        Returns:
            JsonValue: What the server gives back; its shape is not documented.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: GetCredentialSettings (read). Evidence: unknown, result unknown.
        """
        return self._client._call(functions.GET_CREDENTIAL_SETTINGS, {"instanceID": self.instance_id})

    def get_credentials(self) -> list[Credential]:
        """List the stored credentials of an instance.

        Directory services and profiles use them. No secret was seen in a reply.

        Returns:
            list[Credential]: A stored credential that directory services or profiles use. Its Type decides which
                settings it has each.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: GetCredentials (read). Evidence: documented, result printed-sample.
        """
        return self._client._call(functions.GET_CREDENTIALS, {"instanceID": self.instance_id})

    def set_credential_settings(self) -> None:
        """Set the settings of a stored credential.

        More arguments are needed; read them from the server's get-metadata.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: SetCredentialSettings (idempotent). Evidence: unknown, result inferred.
        """
        return self._client._call(functions.SET_CREDENTIAL_SETTINGS, {"instanceID": self.instance_id})
