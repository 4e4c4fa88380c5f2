"""Service provider access: methods with the interface of the vendor's later wrapper.

Generated from spec/functions/provider_access.yaml; change the catalogue and run ``make generate``.
"""

from __future__ import annotations

from typing import Any

from mailstore_sdk._generated.functions import provider_access as functions
from mailstore_sdk.runtime.calls import WrapperCaller


class ProviderAccessMethods(WrapperCaller):
    """Service provider access."""

    def CreateClientOneTimeUrlForArchiveAdmin(
        self, instanceUrl: str | None = None, autoHandleToken: bool | None = None
    ) -> dict[str, Any]:
        """Make a link that logs in to an instance once, as $archiveadmin.

        Args:
            instanceUrl: Address of the instance that the link is built on.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.create_client_one_time_url_for_archive_admin`` of mailstore_sdk.
        """
        return self._invoke(
            functions.CREATE_CLIENT_ONE_TIME_URL_FOR_ARCHIVE_ADMIN,
            {"instanceUrl": instanceUrl},
            auto_handle_token=autoHandleToken,
        )

    def GetArchiveAdminEnabled(self, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Check whether service provider access to an instance is on.

        Typed: ``Instance.get_archive_admin_enabled`` of mailstore_sdk.
        """
        return self._invoke(functions.GET_ARCHIVE_ADMIN_ENABLED, {}, auto_handle_token=autoHandleToken)

    def SetArchiveAdminEnabled(self, enabled: bool | str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Switch service provider access to an instance on or off.

        Args:
            enabled: Whether access is on.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.set_archive_admin_enabled`` of mailstore_sdk.
        """
        return self._invoke(
            functions.SET_ARCHIVE_ADMIN_ENABLED, {"enabled": enabled}, auto_handle_token=autoHandleToken
        )
