"""Instance hosts and their file systems."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import cast

from pydantic import JsonValue

from mailstore_sdk.simulator.errors import Refusal
from mailstore_sdk.simulator.functions.invocation import Answer, Handler, Invocation
from mailstore_sdk.simulator.state.automation import JsonObject
from mailstore_sdk.simulator.state.estate import check_new_name, named
from mailstore_sdk.simulator.state.machines import Host

_PATH = re.compile(r"[A-Za-z]:\\(?:[^\\/:*?\"<>|]+\\)*")


def server_config(config: JsonObject) -> tuple[str, int, str]:
    """Return name, port and thumbprint from the configuration of a server."""
    certificate = cast("JsonObject", config["serverCertificate"])
    return str(config["serverName"]), cast("int", config["port"]), str(certificate["thumbprint"])


def get_instance_hosts(call: Invocation) -> Answer:
    """List the host that the filter names, or all hosts."""
    return [_row(host) for host in named(call.estate.hosts, call.arguments.optional_text("serverNameFilter"))]


def create_instance_host(call: Invocation) -> Answer:
    """Add a host."""
    config = call.arguments.json_object("config")
    name, port, thumbprint = server_config(config)
    check_new_name(call.estate.hosts, name, "Instance host")
    call.estate.hosts[name] = Host(name, port, thumbprint, cast("str | None", config.get("baseDirectory")))
    return None


def set_instance_host_configuration(call: Invocation) -> Answer:
    """Replace the configuration of the host that it names."""
    config = call.arguments.json_object("config")
    name, port, thumbprint = server_config(config)
    host = call.estate.host(name)
    host.port, host.thumbprint, host.base_directory = port, thumbprint, cast("str | None", config.get("baseDirectory"))
    return None


def delete_instance_host(call: Invocation) -> Answer:
    """Remove a host. Assumed: a host with instances is refused."""
    name = call.estate.host(call.arguments.text("serverName")).name
    if any(instance.host == name for instance in call.estate.instances.values()):
        raise Refusal(f"Instance host {name} still has instances.")
    del call.estate.hosts[name]
    return None


def get_directories_on_instance_host(call: Invocation) -> Answer:
    """List the names of the folders below a path, or the roots. The shape is unknown; a list of names is assumed."""
    host = call.estate.host(call.arguments.text("serverName"))
    path = call.arguments.optional_text("path")
    if path is None:
        return [root for root in host.directories if _parent(root) == ""]
    folder = _normal(path)
    if folder not in _all(host):
        raise Refusal(f"Could not find a part of the path '{path}'.", "System.IO.DirectoryNotFoundException")
    return [name[len(folder) :].rstrip("\\") for name in sorted(_all(host)) if _parent(name) == folder]


def create_directory_on_instance_host(call: Invocation) -> Answer:
    """Create a folder and its parents. Assumed: an existing folder is not an error, as in .NET."""
    host = call.estate.host(call.arguments.text("serverName"))
    folder = _normal(call.arguments.text("path"))
    root = folder[:3]
    if root not in host.directories:
        raise Refusal(f"Could not find a part of the path '{folder}'.", "System.IO.DirectoryNotFoundException")
    missing = [folder[: match.end()] for match in re.finditer(r"\\", folder) if folder[: match.end()] not in _all(host)]
    host.directories += [name.rstrip("\\") for name in missing]
    return None


def _all(host: Host) -> set[str]:
    return {_normal(name) for name in host.directories}


def _normal(path: str) -> str:
    """Return the path with a trailing backslash."""
    folder = path.rstrip("\\") + "\\"
    if not _PATH.fullmatch(folder):
        raise Refusal("The given path's format is not supported.", "System.NotSupportedException")
    return folder


def _parent(folder: str) -> str:
    return folder.rstrip("\\").rpartition("\\")[0] + "\\" if "\\" in folder.rstrip("\\") else ""


def _row(host: Host) -> JsonValue:
    return {
        "serverName": host.name,
        "port": host.port,
        "serverCertificate": {"thumbprint": host.thumbprint},
        "baseDirectory": host.base_directory,
    }


HANDLERS: Mapping[str, Handler] = {
    "GetInstanceHosts": get_instance_hosts,
    "CreateInstanceHost": create_instance_host,
    "SetInstanceHostConfiguration": set_instance_host_configuration,
    "DeleteInstanceHost": delete_instance_host,
    "GetDirectoriesOnInstanceHost": get_directories_on_instance_host,
    "CreateDirectoryOnInstanceHost": create_directory_on_instance_host,
}
