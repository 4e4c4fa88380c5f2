"""Client access servers."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import JsonValue

from mailstore_sdk.simulator.functions.instance_hosts import server_config
from mailstore_sdk.simulator.functions.invocation import Answer, Handler, Invocation
from mailstore_sdk.simulator.state.estate import check_new_name, existing, named
from mailstore_sdk.simulator.state.machines import AccessServer

_KIND = "Client access server"


def get_client_access_servers(call: Invocation) -> Answer:
    """List the server that the filter names, or all. What withServiceStatus adds is unknown, so it adds nothing."""
    return [_row(server) for server in named(call.estate.access_servers, call.arguments.optional_text("serverNameFilter"))]


def create_client_access_server(call: Invocation) -> Answer:
    """Add a server."""
    name, port, thumbprint = server_config(call.arguments.json_object("config"))
    check_new_name(call.estate.access_servers, name, _KIND)
    call.estate.access_servers[name] = AccessServer(name, port, thumbprint)
    return None


def set_client_access_server_configuration(call: Invocation) -> Answer:
    """Replace the configuration of the server that it names."""
    name, port, thumbprint = server_config(call.arguments.json_object("config"))
    server = existing(call.estate.access_servers, name, _KIND)
    server.port, server.thumbprint = port, thumbprint
    return None


def delete_client_access_server(call: Invocation) -> Answer:
    """Remove a server."""
    name = call.arguments.text("serverName")
    existing(call.estate.access_servers, name, _KIND)
    del call.estate.access_servers[name]
    return None


def _row(server: AccessServer) -> JsonValue:
    return {"serverName": server.name, "port": server.port, "serverCertificate": {"thumbprint": server.thumbprint}}


HANDLERS: Mapping[str, Handler] = {
    "GetClientAccessServers": get_client_access_servers,
    "CreateClientAccessServer": create_client_access_server,
    "SetClientAccessServerConfiguration": set_client_access_server_configuration,
    "DeleteClientAccessServer": delete_client_access_server,
}
