"""Directory services: methods with the interface of the vendor's first wrapper.

Generated from spec/functions/directory_services.yaml; change the catalogue and run ``make generate``.
"""

from __future__ import annotations

from typing import Any

from mailstore_sdk._generated.functions import directory_services as functions
from mailstore_sdk.runtime.calls import Arguments, WrapperCaller


class DirectoryServicesMethods(WrapperCaller):
    """Directory services."""

    def GetDirectoryServicesConfiguration(self, instanceID: str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Read where the users of an instance come from.

        Args:
            instanceID: Id of the instance.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.get_directory_services_configuration`` of mailstore_sdk.
        """
        return self._invoke(
            functions.GET_DIRECTORY_SERVICES_CONFIGURATION,
            {"instanceID": instanceID},
            auto_handle_token=autoHandleToken,
        )

    def SetDirectoryServicesConfiguration(
        self, instanceID: str, config: dict[str, Any] | list[Any] | str, autoHandleToken: bool | None = None
    ) -> dict[str, Any]:
        """Set where the users of an instance come from.

        Args:
            instanceID: Id of the instance.
            config: The whole settings.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.set_directory_services_configuration`` of mailstore_sdk.
        """
        arguments: Arguments = {"instanceID": instanceID, "config": config}
        del config  # Tracebacks that show variables must not show secrets.
        return self._invoke(
            functions.SET_DIRECTORY_SERVICES_CONFIGURATION, arguments, auto_handle_token=autoHandleToken
        )

    def SyncUsersWithDirectoryServices(
        self, instanceID: str, dryRun: bool | str | None = None, autoHandleToken: bool | None = None
    ) -> dict[str, Any]:
        """Create and change the users of an instance after its directory.

        Args:
            instanceID: Id of the instance.
            dryRun: Only report what would change.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.sync_users_with_directory_services`` of mailstore_sdk.
        """
        return self._invoke(
            functions.SYNC_USERS_WITH_DIRECTORY_SERVICES,
            {"instanceID": instanceID, "dryRun": dryRun},
            auto_handle_token=autoHandleToken,
        )
