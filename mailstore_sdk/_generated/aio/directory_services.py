"""Directory services: asynchronous methods.

Generated from spec/functions/directory_services.yaml; change the catalogue and run ``make generate``.
"""

# Instances call methods of their client that programs should not.
# pyright: reportPrivateUsage=false

from __future__ import annotations

from typing import TYPE_CHECKING

from mailstore_sdk._generated.functions import directory_services as functions
from mailstore_sdk.aio.client import AsyncInstanceBase
from mailstore_sdk.runtime.function import Arguments

if TYPE_CHECKING:
    from mailstore_sdk._generated.models import DirectoryServicesConfiguration, JsonValue
    from mailstore_sdk.aio.jobs import AsyncJob


class InstanceDirectoryServices(AsyncInstanceBase):
    """Directory services: functions of one instance."""

    async def get_directory_services_configuration(self) -> DirectoryServicesConfiguration:
        """Read the directory service settings of an instance.

        Returns:
            DirectoryServicesConfiguration: Directory service settings of an instance. The type decides which fields
                there are.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: GetDirectoryServicesConfiguration (read). Evidence: documented, result printed-sample.
        """
        return await self._client._call(
            functions.GET_DIRECTORY_SERVICES_CONFIGURATION, {"instanceID": self.instance_id}
        )

    async def set_directory_services_configuration(self, config: DirectoryServicesConfiguration) -> None:
        """Set the directory service settings of an instance.

        Read the settings with GetDirectoryServicesConfiguration, change them and send all of them back. The password is
        null in replies and presumably has to be filled in again.

        Args:
            config: The complete settings.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: SetDirectoryServicesConfiguration (idempotent). Evidence: documented, result inferred.
        """
        arguments: Arguments = {"instanceID": self.instance_id, "config": config}
        del config  # Tracebacks that show variables must not show secrets.
        return await self._client._call(functions.SET_DIRECTORY_SERVICES_CONFIGURATION, arguments)

    async def sync_users_with_directory_services(self, *, dry_run: bool | None = None) -> AsyncJob[JsonValue]:
        """Synchronise the users of an instance with its directory service.

        With deleteUsers in the settings of the directory it deletes users too, so try it with dryRun first. Whether the
        report of a dry run is in the result or only in the log is not known.

        Args:
            dry_run: Only report what would change.

        Returns:
            Job: Work that the server has begun; its result is JsonValue, whose shape is not documented.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: SyncUsersWithDirectoryServices (mutating). Evidence: documented, result unknown.
        """
        return await self._client._start(
            functions.SYNC_USERS_WITH_DIRECTORY_SERVICES, {"instanceID": self.instance_id, "dryRun": dry_run}
        )
