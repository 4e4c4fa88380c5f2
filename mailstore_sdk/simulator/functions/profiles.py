"""Profiles and their runs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, tzinfo
from typing import cast

from pydantic import JsonValue

from mailstore_sdk.simulator import timezones
from mailstore_sdk.simulator.arguments import Arguments
from mailstore_sdk.simulator.errors import Refusal, out_of_range
from mailstore_sdk.simulator.functions.invocation import Answer, Handler, Invocation, without_passwords, work
from mailstore_sdk.simulator.state.automation import JsonObject, Profile, WorkerRun
from mailstore_sdk.simulator.state.instance import Instance
from mailstore_sdk.simulator.tasks import Plan, Step

_MESSAGE_SIZE = 60_000


def get_profiles(call: Invocation) -> Answer:
    """List all profiles. Assumed: passwords are null, as in other getters."""
    _check_raw(call)
    return [_profile_row(profile) for profile in call.instance.profiles.values()]


def create_profile(call: Invocation) -> Answer:
    """Add a profile. Assumed: a profile that has an id or a version is refused; the result is null."""
    _check_raw(call)
    properties = _new_properties(call)
    instance = call.instance
    number = instance.next_number("profile", instance.profiles)
    instance.profiles[number] = Profile(number, properties)
    return None


def set_profile_server_side_execution(call: Invocation) -> Answer:
    """Replace the settings for runs by the server. The vendor requires a pause between runs while these are enabled."""
    arguments, profile = call.arguments, call.instance.profile(call.arguments.integer("id"))
    settings: JsonObject = {"automatic": arguments.flag("automatic", default=False)}
    if "automaticPauseBetweenExecutions" in arguments:
        settings["automaticPauseBetweenExecutions"] = arguments.integer("automaticPauseBetweenExecutions")
    elif settings["automatic"]:
        raise Refusal("Missing API argument automaticPauseBetweenExecutions.")
    if "automaticMaintenanceWindows" in arguments:
        settings["automaticMaintenanceWindows"] = arguments.text("automaticMaintenanceWindows")
    profile.properties["serverSideExecution"] = settings
    profile.version += 1
    return None


def delete_profile(call: Invocation) -> Answer:
    """Remove a profile; the rows of its runs stay."""
    del call.instance.profiles[call.instance.profile(call.arguments.integer("id")).id]
    return None


def run_profile(call: Invocation) -> Answer:
    """Run a stored profile: archive messages and add a row with the outcome."""
    profile = call.instance.profile(call.arguments.integer("id"))
    return _run(call, profile, is_stored=True)


def run_temporary_profile(call: Invocation) -> Answer:
    """Run a profile without storing it; the row of its run has neither its number nor its name."""
    _check_raw(call)
    return _run(call, Profile(0, _new_properties(call)), is_stored=False)


def can_run_archive_profiles(call: Invocation) -> Answer:
    """Return whether a current store accepts messages. Assumed: this is the criterion."""
    return call.instance.current_store is not None


def _run(call: Invocation, profile: Profile, *, is_stored: bool) -> Plan:
    """Run a profile. Assumed: a failed run makes the call fail; the result of a successful run is null."""
    instance, start = call.instance, timezones.now()

    def record(result: str, archived: int) -> None:
        number = instance.next_number("run", (run.id for run in instance.runs))
        machine = instance.host.partition(".")[0].upper()
        about = (profile.id, profile.name) if is_stored else (None, None)
        instance.runs.append(WorkerRun(number, profile.owner, result, archived, start, timezones.now(), machine, *about))

    def finish() -> JsonValue:
        fault = profile.fault or _store_fault(instance)
        if fault:
            record("failed", 0)
            raise Refusal(fault)
        record("succeeded", instance.archive(_folder(profile), _harvest(instance), _harvest(instance) * _MESSAGE_SIZE))
        return None

    steps = (f"Running profile {profile.name}...", "Connecting to the mail server...", "Synchronizing folders...", "Archiving...")
    return work(steps, finish, cancelled=lambda: record("cancelled", 0))


def _store_fault(instance: Instance) -> str | None:
    return None if instance.current_store else "There is no archive store for new messages."


def _harvest(instance: Instance) -> int:
    """Return how many messages the next run finds: invented, but the same each time."""
    return 5 + len(instance.runs) * 7 % 23


def _folder(profile: Profile) -> str:
    details = profile.properties.get("details")
    target = details.get("targetUserFolder") if isinstance(details, dict) else None
    return f"{target or profile.owner}/Inbox"


def _new_properties(call: Invocation) -> JsonObject:
    properties = call.arguments.json_object("properties")
    if properties.keys() & {"id", "version"}:
        raise Refusal("A new profile has neither id nor version.", "System.ArgumentException")
    call.instance.user(str(properties["owner"]))
    return dict(properties)


def _check_raw(call: Invocation) -> None:
    if not call.arguments.flag("raw", default=True):
        raise Refusal("Only raw=true is supported.", "System.NotSupportedException")


def _profile_row(profile: Profile) -> JsonValue:
    properties = cast("JsonObject", without_passwords(profile.properties))
    return {"id": profile.id, "version": profile.version, "serverSideExecution": None, **properties}


def get_worker_results(call: Invocation) -> Answer:
    """List the runs that started in [from, to), in the requested time zone; many rows become long-running work."""
    _check_filters(call.arguments)
    where = timezones.zone(call.arguments.text("timeZoneID"))
    rows: list[JsonValue] = [_row(run, where) for run in call.instance.runs if _is_wanted(run, call.arguments, where)]
    if len(rows) <= call.estate.long_running_rows:
        return rows
    return Plan((Step(percent=0), Step(percent=50)), lambda: rows)


def get_worker_result_report(call: Invocation) -> Answer:
    """Return a readable report of a run. Its shape is unknown; a string is assumed."""
    number = call.arguments.integer("id")
    run = next((run for run in call.instance.runs if run.id == number), None)
    if run is None:
        raise Refusal(f"Worker result {number} does not exist.")
    lines = {
        "Profile": run.profile_name or "(temporary)",
        "User": run.user_name,
        "Machine": run.machine_name,
        "Start": timezones.text(run.start),
        "End": timezones.text(run.complete),
        "Messages archived": run.items_archived,
        "Result": run.result,
    }
    return "".join(f"{label}: {value}\r\n" for label, value in lines.items())


def _check_filters(arguments: Arguments) -> None:
    """Refuse 0 and an empty string: a real server does not treat them as absent."""
    if "profileID" in arguments and arguments.integer("profileID") <= 0:
        raise out_of_range()
    if arguments.optional_text("userName") == "":
        raise out_of_range()


def is_between(moment: datetime, arguments: Arguments, where: tzinfo) -> bool:
    """Return whether a time of the state is in the time range of a call."""
    return arguments.moment("fromIncluding") <= timezones.in_zone(moment, where) < arguments.moment("toExcluding")


def _is_wanted(run: WorkerRun, arguments: Arguments, where: tzinfo) -> bool:
    right_profile = "profileID" not in arguments or run.profile_id == arguments.integer("profileID")
    return is_between(run.start, arguments, where) and right_profile and arguments.optional_text("userName") in (None, run.user_name)


def _row(run: WorkerRun, where: tzinfo) -> JsonValue:
    row: dict[str, JsonValue] = {"id": run.id, "userName": run.user_name}
    if run.profile_id is not None:
        row |= {"profileId": run.profile_id, "profileName": run.profile_name}
    return row | {
        "result": run.result,
        "itemsArchived": run.items_archived,
        "startTime": timezones.text(run.start, where),
        "completeTime": timezones.text(run.complete, where),
        "machineName": run.machine_name,
    }


HANDLERS: Mapping[str, Handler] = {
    "GetProfiles": get_profiles,
    "CreateProfile": create_profile,
    "SetProfileServerSideExecution": set_profile_server_side_execution,
    "DeleteProfile": delete_profile,
    "RunProfile": run_profile,
    "RunTemporaryProfile": run_temporary_profile,
    "CanRunArchiveProfiles": can_run_archive_profiles,
    "GetWorkerResults": get_worker_results,
    "GetWorkerResultReport": get_worker_result_report,
}
