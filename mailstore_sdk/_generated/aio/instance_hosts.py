"""Instance hosts: asynchronous methods.

Generated from spec/functions/instance_hosts.yaml; change the catalogue and run ``make generate``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailstore_sdk._generated.functions import instance_hosts as functions
from mailstore_sdk.aio.client import AsyncClientBase
from mailstore_sdk.runtime.function import Arguments

if TYPE_CHECKING:
    from mailstore_sdk._generated.models import InstanceHost, JsonValue


class ServerInstanceHosts(AsyncClientBase):
    """Instance hosts: functions of the whole installation."""

    async def create_directory_on_instance_host(self, server_name: str, path: str) -> None:
        """Create a folder in the file system of an instance host.

        Args:
            server_name: Host name of the server.
            path: The new folder.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: CreateDirectoryOnInstanceHost (mutating). Evidence: documented, result inferred.
        """
        return await self._call(functions.CREATE_DIRECTORY_ON_INSTANCE_HOST, {"serverName": server_name, "path": path})

    async def create_instance_host(self, config: InstanceHost) -> None:
        """Register an instance host at the management server.

        Args:
            config: The new host.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: CreateInstanceHost (mutating). Evidence: documented, result inferred.
        """
        arguments: Arguments = {"config": config}
        del config  # Tracebacks that show variables must not show secrets.
        return await self._call(functions.CREATE_INSTANCE_HOST, arguments)

    async def delete_instance_host(self, server_name: str) -> None:
        """Remove an instance host from the management server.

        The management server deletes its entry for the host. What happens to the instances on it is not documented.

        Args:
            server_name: Host name of the server.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: DeleteInstanceHost (destructive). Evidence: documented, result inferred.
        """
        return await self._call(functions.DELETE_INSTANCE_HOST, {"serverName": server_name})

    async def get_directories_on_instance_host(self, server_name: str, *, path: str | None = None) -> JsonValue:
        """List folders in the file system of an instance host.

        Args:
            server_name: Host name of the server.
            path: Folder whose subfolders to list; the roots if omitted.

        Returns:
            JsonValue: What the server gives back; its shape is not documented.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: GetDirectoriesOnInstanceHost (read). Evidence: documented, result unknown.
        """
        return await self._call(functions.GET_DIRECTORIES_ON_INSTANCE_HOST, {"serverName": server_name, "path": path})

    async def get_instance_hosts(self, *, server_name_filter: str | None = None) -> list[InstanceHost]:
        """List the instance hosts.

        A filter that matches no host returns an empty list.

        Args:
            server_name_filter: Name of one server, which must match exactly; all if omitted.

        Returns:
            list[InstanceHost]: An instance host and how the management server reaches it each.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: GetInstanceHosts (read). Evidence: documented, result printed-sample.
        """
        return await self._call(functions.GET_INSTANCE_HOSTS, {"serverNameFilter": server_name_filter})

    async def set_instance_host_configuration(self, config: InstanceHost) -> None:
        """Replace the configuration of an instance host.

        The configuration itself names the host. Read it with GetInstanceHosts, change it and send all of it back.

        Args:
            config: The complete configuration.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: SetInstanceHostConfiguration (idempotent). Evidence: documented, result inferred.
        """
        arguments: Arguments = {"config": config}
        del config  # Tracebacks that show variables must not show secrets.
        return await self._call(functions.SET_INSTANCE_HOST_CONFIGURATION, arguments)
