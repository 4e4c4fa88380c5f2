"""The management server and the state of all services."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pydantic import JsonValue

from mailstore_sdk.simulator import timezones
from mailstore_sdk.simulator.errors import Refusal
from mailstore_sdk.simulator.functions.invocation import Answer, Handler, Invocation
from mailstore_sdk.simulator.state.estate import Estate
from mailstore_sdk.simulator.state.instance import Instance
from mailstore_sdk.simulator.state.machines import AccessServer, Host
from mailstore_sdk.simulator.state.people import PROVIDER_USER

_MANAGEMENT_PORT = 8471
_THUMBPRINT = "0123456789ABCDEF0123456789ABCDEF01234567"


def get_environment_info(call: Invocation) -> Answer:
    """Return information about the management server."""
    return _environment(call)


def get_service_status(call: Invocation) -> Answer:
    """Return all servers, and messages about their state."""
    estate = call.estate
    hosts = [_instance_host(estate, host) for host in estate.hosts.values()]
    management = _server(estate.server_name, _MANAGEMENT_PORT, "managementServer", None)
    access = [_access_server(server) for server in estate.access_servers.values()]
    return {
        "environmentInfo": _environment(call),
        "serverInfos": [*access, management, *hosts],
        "messages": list(messages(estate)),
    }


def ping(call: Invocation) -> Answer:
    """Do nothing; the call keeps a connection open."""
    del call
    return None


def get_time_zones(call: Invocation) -> Answer:
    """List the time zones that the simulator knows. Assumed: the display name is the id."""
    del call
    return [{"id": name, "displayName": name} for name in timezones.ZONES]


def send_status_report(call: Invocation) -> Answer:
    """Mail a report. It is refused if the instance has no SMTP settings. Assumed: the result is null."""
    arguments, instance = call.arguments, call.instance
    timezones.zone(arguments.text("timeZoneId"))
    recipients = tuple(recipient for recipient in arguments.texts("recipients") if recipient)
    if not recipients:
        raise Refusal("There are no recipients.", "System.ArgumentException")
    subject = f"Status report of instance {instance.id}, {arguments.text('timespan')}"
    call.estate.send_mail(subject, recipients, instance.settings.get("smtp"))
    return None


def reload_branding(call: Invocation) -> Answer:
    """Count the call; its effect is not visible through the API."""
    call.estate.branding_loads += 1
    return None


def create_license_request(call: Invocation) -> Answer:
    """Return the known fields of a licence request. Assumed: each user except the provider's uses a licence."""
    used = [sum(name != PROVIDER_USER for name in instance.users) for instance in call.estate.instances.values()]
    return {"instanceData": [{"usedLicenseCount": count} for count in used]}


def pair_with_management_server(call: Invocation) -> Answer:
    """Add a server, or update its address. Assumed: the server types are those of the service status."""
    arguments, estate = call.arguments, call.estate
    kind, name = arguments.text("serverType"), arguments.text("serverName")
    about = (name, arguments.integer("port"), arguments.text("thumbprint"))
    if kind == "instanceHost":
        host = estate.hosts.setdefault(name, Host(*about))
        host.port, host.thumbprint = about[1:]
    elif kind == "clientAccessServer":
        estate.access_servers[name] = AccessServer(*about)
    else:
        raise Refusal(f"Requested value '{kind}' was not found.", "System.ArgumentException")
    return None


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


def _access_server(server: AccessServer) -> JsonValue:
    certificate: dict[str, JsonValue] = {"serverCertificate": {"thumbprint": server.thumbprint}}
    return _server(server.name, server.port, "clientAccessServer", _machine()) | certificate


def messages(estate: Estate) -> Iterator[JsonValue]:
    """Yield the messages of the service status."""
    for instance in estate.instances.values():
        if not instance.is_running:
            yield _message("warning", f"Instance {instance.id} is not running.")
        if instance.start_stop_error:
            yield _message("error", f"Instance {instance.id} did not start: {instance.start_stop_error}")
        if instance.frozen:
            yield _message("warning", f"Instance {instance.id} is frozen.")
        yield from _store_messages(instance)
        yield from _profile_messages(instance)


def _store_messages(instance: Instance) -> Iterator[JsonValue]:
    for store in instance.stores.values():
        place = f"Archive store {store.name} of instance {instance.id}"
        if store.needs_rebuild:
            yield _message("warning", f"{place} has search indexes that need a rebuild.")
        if store.needs_upgrade:
            yield _message("information", f"{place} needs an upgrade.")
        if store.error:
            yield _message("error", f"{place} has an error: {store.error}")


def _profile_messages(instance: Instance) -> Iterator[JsonValue]:
    last = {run.profile_id: run for run in sorted(instance.runs, key=lambda run: run.start)}
    for profile in instance.profiles.values():
        if profile.id in last and last[profile.id].result == "failed":
            yield _message("error", f"The last run of profile {profile.name} of instance {instance.id} failed.")


def _message(message_type: str, text: str) -> JsonValue:
    return {"type": message_type, "text": text, "isSubItem": False, "tag": None, "flags": None}


HANDLERS: Mapping[str, Handler] = {
    "GetEnvironmentInfo": get_environment_info,
    "GetServiceStatus": get_service_status,
    "Ping": ping,
    "GetTimeZones": get_time_zones,
    "SendStatusReport": send_status_report,
    "ReloadBranding": reload_branding,
    "CreateLicenseRequest": create_license_request,
    "PairWithManagementServer": pair_with_management_server,
}
