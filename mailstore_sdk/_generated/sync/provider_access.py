"""Service provider access: synchronous methods.

Generated from spec/functions/provider_access.yaml; change the catalogue and run ``make generate``.
"""

# Instances call methods of their client that programs should not.
# pyright: reportPrivateUsage=false

from __future__ import annotations

from typing import TYPE_CHECKING

from mailstore_sdk._generated.functions import provider_access as functions
from mailstore_sdk.client import SyncInstanceBase

if TYPE_CHECKING:
    from mailstore_sdk._generated.models import SecretText


class InstanceProviderAccess(SyncInstanceBase):
    """Service provider access: functions of one instance."""

    def create_client_one_time_url_for_archive_admin(self, *, instance_url: str | None = None) -> SecretText:
        """Create a link for one login to an instance as $archiveadmin.

        Anyone with the link can enter the archive: treat it as a password.

        Args:
            instance_url: Address of the instance that the link is built on.

        Returns:
            SecretText: The link.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: CreateClientOneTimeUrlForArchiveAdmin (mutating). Evidence: documented, result inferred.
        """
        return self._client._call(
            functions.CREATE_CLIENT_ONE_TIME_URL_FOR_ARCHIVE_ADMIN,
            {"instanceID": self.instance_id, "instanceUrl": instance_url},
        )

    def get_archive_admin_enabled(self) -> bool:
        """Check whether service provider access to an instance is enabled.

        Returns:
            bool: Whether it is enabled.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: GetArchiveAdminEnabled (read). Evidence: documented, result inferred.
        """
        return self._client._call(functions.GET_ARCHIVE_ADMIN_ENABLED, {"instanceID": self.instance_id})

    def set_archive_admin_enabled(self, enabled: bool) -> None:
        """Enable or disable service provider access to an instance.

        While it is disabled, calls for the instance fail, except those for archive stores and search indexes. The error
        message is not known.

        Args:
            enabled: Whether access is enabled.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: SetArchiveAdminEnabled (idempotent). Evidence: documented, result inferred.
        """
        return self._client._call(
            functions.SET_ARCHIVE_ADMIN_ENABLED, {"instanceID": self.instance_id, "enabled": enabled}
        )
