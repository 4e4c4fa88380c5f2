"""Instance hosts: methods with the interface of the vendor's first wrapper.

Generated from spec/functions/instance_hosts.yaml; change the catalogue and run ``make generate``.
"""

from __future__ import annotations

from typing import Any

from mailstore_sdk._generated.functions import instance_hosts as functions
from mailstore_sdk.runtime.calls import Arguments, WrapperCaller


class InstanceHostsMethods(WrapperCaller):
    """Instance hosts."""

    def CreateDirectoryOnInstanceHost(
        self, serverName: str, path: str, autoHandleToken: bool | None = None
    ) -> dict[str, Any]:
        """Create a folder in the file system of an instance host.

        Args:
            serverName: Host name of the server.
            path: The new folder.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``SPEClient.create_directory_on_instance_host`` of mailstore_sdk.
        """
        return self._invoke(
            functions.CREATE_DIRECTORY_ON_INSTANCE_HOST,
            {"serverName": serverName, "path": path},
            auto_handle_token=autoHandleToken,
        )

    def CreateInstanceHost(
        self, config: dict[str, Any] | list[Any] | str, autoHandleToken: bool | None = None
    ) -> dict[str, Any]:
        """Register an instance host at the management server.

        Args:
            config: The new host.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``SPEClient.create_instance_host`` of mailstore_sdk.
        """
        arguments: Arguments = {"config": config}
        del config  # Tracebacks that show variables must not show secrets.
        return self._invoke(functions.CREATE_INSTANCE_HOST, arguments, auto_handle_token=autoHandleToken)

    def DeleteInstanceHost(self, serverName: str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Remove an instance host from the management server.

        Args:
            serverName: Host name of the server.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``SPEClient.delete_instance_host`` of mailstore_sdk.
        """
        return self._invoke(
            functions.DELETE_INSTANCE_HOST, {"serverName": serverName}, auto_handle_token=autoHandleToken
        )

    def GetDirectoriesOnInstanceHost(
        self, serverName: str, path: str | None = None, autoHandleToken: bool | None = None
    ) -> dict[str, Any]:
        """List folders in the file system of an instance host.

        Args:
            serverName: Host name of the server.
            path: Folder whose subfolders are wanted; the roots when absent.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``SPEClient.get_directories_on_instance_host`` of mailstore_sdk.
        """
        return self._invoke(
            functions.GET_DIRECTORIES_ON_INSTANCE_HOST,
            {"serverName": serverName, "path": path},
            auto_handle_token=autoHandleToken,
        )

    def GetInstanceHosts(
        self, serverNameFilter: str | None = None, autoHandleToken: bool | None = None
    ) -> dict[str, Any]:
        """List the instance hosts.

        Args:
            serverNameFilter: Name of one server, which must match exactly; all when absent.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``SPEClient.get_instance_hosts`` of mailstore_sdk.
        """
        return self._invoke(
            functions.GET_INSTANCE_HOSTS, {"serverNameFilter": serverNameFilter}, auto_handle_token=autoHandleToken
        )

    def SetInstanceHostConfiguration(
        self, config: dict[str, Any] | list[Any] | str, autoHandleToken: bool | None = None
    ) -> dict[str, Any]:
        """Replace the configuration of an instance host.

        Args:
            config: The whole configuration.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``SPEClient.set_instance_host_configuration`` of mailstore_sdk.
        """
        arguments: Arguments = {"config": config}
        del config  # Tracebacks that show variables must not show secrets.
        return self._invoke(functions.SET_INSTANCE_HOST_CONFIGURATION, arguments, auto_handle_token=autoHandleToken)
