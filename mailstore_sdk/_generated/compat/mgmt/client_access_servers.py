"""Client access servers: methods with the interface of the vendor's later wrapper.

Generated from spec/functions/client_access_servers.yaml; change the catalogue and run ``make generate``.
"""

from __future__ import annotations

from typing import Any

from mailstore_sdk._generated.functions import client_access_servers as functions
from mailstore_sdk.runtime.calls import Arguments, WrapperCaller


class ClientAccessServersMethods(WrapperCaller):
    """Client access servers."""

    def CreateClientAccessServer(
        self, config: dict[str, Any] | list[Any] | str, autoHandleToken: bool | None = None
    ) -> dict[str, Any]:
        """Register a client access server at the management server.

        Args:
            config: The new server.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``SPEClient.create_client_access_server`` of mailstore_sdk.
        """
        arguments: Arguments = {"config": config}
        del config  # Tracebacks that show variables must not show secrets.
        return self._invoke(functions.CREATE_CLIENT_ACCESS_SERVER, arguments, auto_handle_token=autoHandleToken)

    def DeleteClientAccessServer(self, serverName: str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Remove a client access server from the management server.

        Args:
            serverName: Host name of the server.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``SPEClient.delete_client_access_server`` of mailstore_sdk.
        """
        return self._invoke(
            functions.DELETE_CLIENT_ACCESS_SERVER, {"serverName": serverName}, auto_handle_token=autoHandleToken
        )

    def GetClientAccessServers(
        self, withServiceStatus: bool | str, serverNameFilter: str | None = None, autoHandleToken: bool | None = None
    ) -> dict[str, Any]:
        """List the client access servers.

        Args:
            serverNameFilter: Name of one server, which must match exactly; all when absent.
            withServiceStatus: Return the state of their services too.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``SPEClient.get_client_access_servers`` of mailstore_sdk.
        """
        return self._invoke(
            functions.GET_CLIENT_ACCESS_SERVERS,
            {"serverNameFilter": serverNameFilter, "withServiceStatus": withServiceStatus},
            auto_handle_token=autoHandleToken,
        )

    def SetClientAccessServerConfiguration(
        self, config: dict[str, Any] | list[Any] | str, autoHandleToken: bool | None = None
    ) -> dict[str, Any]:
        """Replace the configuration of a client access server.

        Args:
            config: The whole configuration.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``SPEClient.set_client_access_server_configuration`` of mailstore_sdk.
        """
        arguments: Arguments = {"config": config}
        del config  # Tracebacks that show variables must not show secrets.
        return self._invoke(
            functions.SET_CLIENT_ACCESS_SERVER_CONFIGURATION, arguments, auto_handle_token=autoHandleToken
        )
