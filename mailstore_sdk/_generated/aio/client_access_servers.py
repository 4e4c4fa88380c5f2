"""Client access servers: asynchronous methods.

Generated from spec/functions/client_access_servers.yaml; change the catalogue and run ``make generate``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailstore_sdk._generated.functions import client_access_servers as functions
from mailstore_sdk.aio.client import AsyncClientBase
from mailstore_sdk.runtime.function import Arguments

if TYPE_CHECKING:
    from mailstore_sdk._generated.models import ClientAccessServer


class ServerClientAccessServers(AsyncClientBase):
    """Client access servers: functions of the whole installation."""

    async def create_client_access_server(self, config: ClientAccessServer) -> None:
        """Register a client access server at the management server.

        Args:
            config: The new server.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: CreateClientAccessServer (mutating). Evidence: documented, result inferred.
        """
        arguments: Arguments = {"config": config}
        del config  # Tracebacks that show variables must not show secrets.
        return await self._call(functions.CREATE_CLIENT_ACCESS_SERVER, arguments)

    async def delete_client_access_server(self, server_name: str) -> None:
        """Remove a client access server from the management server.

        The management server deletes its entry for the server.

        Args:
            server_name: Host name of the server.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: DeleteClientAccessServer (destructive). Evidence: documented, result inferred.
        """
        return await self._call(functions.DELETE_CLIENT_ACCESS_SERVER, {"serverName": server_name})

    async def get_client_access_servers(
        self, *, server_name_filter: str | None = None, with_service_status: bool
    ) -> list[ClientAccessServer]:
        """List the client access servers.

        Args:
            server_name_filter: Name of one server, which must match exactly; all if omitted.
            with_service_status: Also return the state of their services.

        Returns:
            list[ClientAccessServer]: A client access server and how the management server reaches it each.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: GetClientAccessServers (read). Evidence: documented, result inferred.
        """
        return await self._call(
            functions.GET_CLIENT_ACCESS_SERVERS,
            {"serverNameFilter": server_name_filter, "withServiceStatus": with_service_status},
        )

    async def set_client_access_server_configuration(self, config: ClientAccessServer) -> None:
        """Replace the configuration of a client access server.

        The configuration itself names the server.

        Args:
            config: The complete configuration.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: SetClientAccessServerConfiguration (idempotent). Evidence: documented, result inferred.
        """
        arguments: Arguments = {"config": config}
        del config  # Tracebacks that show variables must not show secrets.
        return await self._call(functions.SET_CLIENT_ACCESS_SERVER_CONFIGURATION, arguments)
