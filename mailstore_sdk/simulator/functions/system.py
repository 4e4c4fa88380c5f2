"""The management server and the state of all services."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pydantic import JsonValue

from mailstore_sdk.simulator.estate import Estate, Host, Instance
from mailstore_sdk.simulator.functions.invocation import Answer, Handler, Invocation

_MANAGEMENT_PORT = 8471
_CLIENT_ACCESS_PORT = 8473
_THUMBPRINT = "0123456789ABCDEF0123456789ABCDEF01234567"


def get_environment_info(call: Invocation) -> Answer:
    """The management server."""
    return _environment(call)


def get_service_status(call: Invocation) -> Answer:
    """All servers, and messages that follow from the state."""
    estate = call.estate
    hosts = [_instance_host(estate, host) for host in estate.hosts.values()]
    management = _server(estate.server_name, _MANAGEMENT_PORT, "managementServer", None)
    access = _server(estate.server_name, _CLIENT_ACCESS_PORT, "clientAccessServer", _machine())
    return {
        "environmentInfo": _environment(call),
        "serverInfos": [management, *hosts, access],
        "messages": list(_messages(estate)),
    }


def _environment(call: Invocation) -> JsonValue:
    estate = call.estate
    return {
        "version": estate.version,
        "webClientVersion": estate.version,
        "copyright": "Copyright (c) Example Vendor",
        "licenseeName": estate.licensee_name,
        "licenseeID": estate.licensee_id,
        "serverName": estate.server_name,
        "userName": call.caller,
        "systemProperties": _machine(),
    }


def _machine() -> JsonValue:
    return {
        "processors": ["Example CPU @ 2.00GHz", "Example CPU @ 2.00GHz"],
        "totalPhysicalMemory": 8 * 2**30,
        "operatingSystem": "Microsoft Windows Server 2022 Standard",
    }


def _server(name: str, port: int, server_type: str, machine: JsonValue) -> dict[str, JsonValue]:
    return {
        "serverName": name,
        "port": port,
        "serverCertificate": {"thumbprint": _THUMBPRINT},
        "serverType": server_type,
        "active": True,
        "systemProperties": machine,
        "numberOfInstances": None,
        "numberOfRunningInstances": None,
    }


def _instance_host(estate: Estate, host: Host) -> JsonValue:
    instances = [instance for instance in estate.instances.values() if instance.host == host.name]
    about: dict[str, JsonValue] = {
        "serverCertificate": {"thumbprint": host.thumbprint},
        "numberOfInstances": len(instances),
        "numberOfRunningInstances": sum(instance.is_running for instance in instances),
    }
    return _server(host.name, host.port, "instanceHost", _machine()) | about


def _messages(estate: Estate) -> Iterator[JsonValue]:
    for instance in estate.instances.values():
        if not instance.is_running:
            yield _message("warning", f"Instance {instance.id} is not running.")
        if instance.start_stop_error:
            yield _message("error", f"Instance {instance.id} did not start: {instance.start_stop_error}")
        yield from _store_messages(instance)


def _store_messages(instance: Instance) -> Iterator[JsonValue]:
    for store in instance.stores.values():
        place = f"Archive store {store.name} of instance {instance.id}"
        if store.needs_rebuild:
            yield _message("warning", f"{place} has search indexes that need a rebuild.")
        if store.needs_upgrade:
            yield _message("information", f"{place} needs an upgrade.")
        if store.error:
            yield _message("error", f"{place} has an error: {store.error}")


def _message(message_type: str, text: str) -> JsonValue:
    return {"type": message_type, "text": text, "isSubItem": False, "tag": None, "flags": None}


HANDLERS: Mapping[str, Handler] = {
    "GetEnvironmentInfo": get_environment_info,
    "GetServiceStatus": get_service_status,
}
