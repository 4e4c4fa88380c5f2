"""Scheduled jobs. They run only on request; the simulator has no scheduler."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from pydantic import JsonValue

from mailstore_sdk.simulator import timezones
from mailstore_sdk.simulator.arguments import Arguments, typed
from mailstore_sdk.simulator.catalogue import Function
from mailstore_sdk.simulator.errors import Refusal, out_of_range
from mailstore_sdk.simulator.functions.invocation import Answer, Handler, Invocation
from mailstore_sdk.simulator.functions.profiles import is_between
from mailstore_sdk.simulator.functions.schedules import next_start, schedule_of
from mailstore_sdk.simulator.state.automation import Job, JobRun
from mailstore_sdk.simulator.state.instance import Instance
from mailstore_sdk.simulator.tasks import Plan

_ARGUMENT = re.compile(r"\s+--")


def get_jobs(call: Invocation) -> Answer:
    """All jobs with their schedules."""
    return [_row(job) for job in call.instance.jobs.values()]


def create_job(call: Invocation) -> Answer:
    """Add a job, enabled.

    Assumed: the owner is an administrator of the instance, the action is a command for this instance; the result is null.
    """
    arguments, instance = call.arguments, call.instance
    name, owner = arguments.text("name"), instance.user(arguments.text("owner"))
    if not name:
        raise out_of_range()
    if not owner.is_admin:
        raise Refusal(f"User {owner.name} is not an administrator.")
    _parsed(call, arguments.text("action"))
    schedule = schedule_of(arguments)
    number = instance.next_number("job", instance.jobs)
    instance.jobs[number] = Job(number, name, arguments.text("action"), owner.name, timezones.now(), schedule)
    return None


def set_job_schedule(call: Invocation) -> Answer:
    """Replace the schedule."""
    _job(call).schedule = schedule_of(call.arguments)
    return None


def rename_job(call: Invocation) -> Answer:
    """Give the job another name."""
    if not call.arguments.text("name"):
        raise out_of_range()
    _job(call).name = call.arguments.text("name")
    return None


def set_job_enabled(call: Invocation) -> Answer:
    """Enable or disable the job; a disabled job can still be run on request."""
    _job(call).enabled = call.arguments.flag("enabled", default=True)
    return None


def delete_job(call: Invocation) -> Answer:
    """Remove the job and end its current run; the rows of its runs stay."""
    job = _job(call)
    call.background.cancel_quietly(_key(call, job))
    del call.instance.jobs[job.id]
    return None


def cancel_job_async(call: Invocation) -> Answer:
    """Ask a running job to stop. Assumed: it is not an error if the job is not running."""
    call.background.cancel_quietly(_key(call, _job(call)))
    return None


def get_job_results(call: Invocation) -> Answer:
    """List the finished runs that started in [from, to), in the requested time zone, newest first as seen on a server."""
    arguments = call.arguments
    where = timezones.zone(arguments.text("timeZoneId"))
    number = arguments.integer("jobId") if "jobId" in arguments else None
    runs = [run for run in call.instance.job_runs if number in (None, run.job_id) and is_between(run.start, arguments, where)]
    return [
        {
            "jobResultId": run.id,
            "jobId": run.job_id,
            "action": run.action,
            "startTime": timezones.text(run.start, where),
            "completeTime": timezones.text(run.complete, where),
            "result": run.result,
        }
        for run in sorted(runs, key=lambda run: run.id, reverse=True)
    ]


def _running(handlers: Mapping[str, Handler]) -> Handler:
    """RunJobAsync, which calls other functions."""

    def run_job_async(call: Invocation) -> Answer:
        """Start a job and return immediately. Assumed: a job that is already running is refused."""
        job = _job(call)
        function, action_arguments = _parsed(call, job.action)
        action = replace(call, arguments=action_arguments)

        def act() -> Answer:
            handler = handlers.get(function.name)
            return handler(action) if handler else None

        if not call.background.start_quietly(_key(call, job), _plan(call.instance, job, act)):
            raise Refusal(f"Job {job.id} is running already.")
        return None

    return run_job_async


def _plan(instance: Instance, job: Job, act: Callable[[], Answer]) -> Plan:
    job.last_start = timezones.now()

    def record(result: str) -> None:
        job.last_complete = timezones.now()
        number = instance.next_number("job run", (run.id for run in instance.job_runs))
        instance.job_runs.append(JobRun(number, job.id, job.action, job.last_start or job.last_complete, job.last_complete, result))

    def finish() -> JsonValue:
        try:
            answer = act()
            if isinstance(answer, Plan):
                answer.finish()
        except Refusal:
            record("failed")
            raise
        record("succeeded")
        return None

    return Plan(finish=finish, cancelled=lambda: record("cancelled"))


def _parsed(call: Invocation, command: str) -> tuple[Function, Arguments]:
    """Return the function and the arguments of an action such as ``RunProfile --id=13``.

    Assumed: the instance is filled in, and a required boolean that is missing is true.

    Raises:
        Refusal: There is no such function, it does not act on an instance, or the arguments are invalid.
    """
    name, *parts = _ARGUMENT.split(command.strip())
    function = call.catalogue.functions.get(name)
    if function is None:
        raise Refusal(f"The action {name} does not exist.")
    if all(argument.name != "instanceID" for argument in function.args):
        raise Refusal(f"The action {name} cannot be run by a job.")
    given = [("instanceID", call.instance.id), *((key, value) for key, _, value in (part.partition("=") for part in parts))]
    flags = (argument.name for argument in function.args if argument.required and argument.type == "boolean")
    given += [(flag, "true") for flag in flags if flag not in dict(given)]
    return function, typed(call.catalogue, function.args, given)


def _job(call: Invocation) -> Job:
    return call.instance.job(call.arguments.integer("id"))


def _key(call: Invocation, job: Job) -> str:
    return f"{call.instance.id} job {job.id}"


def _row(job: Job) -> JsonValue:
    return {
        "id": job.id,
        "name": job.name,
        "action": job.action,
        "owner": job.owner,
        "creationDateTimeUtc": timezones.text(job.created),
        "lastStartDateTimeUtc": timezones.text(job.last_start),
        "lastCompleteDateTimeUtc": timezones.text(job.last_complete),
        "nextStartDateTimeUtc": timezones.text(next_start(job.schedule, timezones.now())) if job.enabled else None,
        "enabled": job.enabled,
        "schedule": job.schedule,
    }


def handlers(others: Mapping[str, Handler]) -> Mapping[str, Handler]:
    """Return the handlers of this group; jobs run `others`."""
    return {
        "GetJobs": get_jobs,
        "CreateJob": create_job,
        "SetJobSchedule": set_job_schedule,
        "RenameJob": rename_job,
        "SetJobEnabled": set_job_enabled,
        "DeleteJob": delete_job,
        "RunJobAsync": _running(others),
        "CancelJobAsync": cancel_job_async,
        "GetJobResults": get_job_results,
    }
