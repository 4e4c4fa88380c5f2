"""What a user writes, with the types that both checkers must see. Never run, only checked."""

from collections.abc import AsyncIterator, Iterator
from datetime import date, datetime
from typing import Any, Unpack, assert_type

from pydantic import JsonValue

import mailstore_sdk.compat as mailstore
from mailstore_sdk import (
    AsyncJob,
    AsyncSPEClient,
    CallArguments,
    ClientOptions,
    ComplianceConfiguration,
    EnvironmentInfo,
    Hooks,
    Instance,
    InstanceConfiguration,
    InstanceInfo,
    InstanceStartMode,
    InstanceStatus,
    Job,
    JobState,
    JobStatus,
    MailStoreError,
    Outcome,
    Profile,
    RawReply,
    RequestEvent,
    SPEClient,
    Store,
    StoreState,
    User,
    UserActivityValue,
    UserInfo,
    UserPrivilege,
    WorkerResult,
    WorkerResultStatus,
)
from mailstore_sdk.simulator import Kind, Simulator, Times


def faults(simulator: Simulator, kind: Kind, times: Times) -> None:
    assert_type(simulator.faults.add("VerifyStore", kind, times, arguments={"id": 3, "includeIndexes": True}, percent=40), int)
    simulator.faults.add("get-status", "drop_after", skip=2)
    simulator.faults.add("*", "fail", "always", message="No.")


def on_status(job: Job[None], status: JobStatus) -> None:
    job.token.strip()
    assert_type(status.percent, int | None)


def on_request(event: RequestEvent) -> None:
    assert_type(event.attempt, int)


def sync(spe: SPEClient, config: InstanceConfiguration) -> None:
    assert_type(spe.get_environment_info(), EnvironmentInfo)
    assert_type(spe.get_environment_info().version, str)
    assert_type(spe.get_instances("*"), list[InstanceInfo])
    archive = spe.instance("test01")
    assert_type(archive, Instance)
    assert_type(archive.get_users(), list[User])
    assert_type(archive.get_user_info("alice"), UserInfo)
    assert_type(archive.get_user_info("alice").privileges, list[UserPrivilege])
    assert_type(archive.get_stores(include_size=False), list[Store])
    assert_type(archive.get_stores()[0].requested_state, StoreState)
    archive.set_store_requested_state(1, StoreState.NORMAL)
    archive.set_store_requested_state(id=1, requested_state="writeProtected")
    archive.create_user("dora", ["login", UserPrivilege.ARCHIVE], authentication="integrated")
    rows = archive.get_worker_results(datetime(2026, 1, 1), datetime(2026, 2, 1), time_zone_id="UTC")
    assert_type(rows, list[WorkerResult])
    assert_type(rows[0].result, WorkerResultStatus)
    assert_type(rows[0].start_time, datetime)
    assert_type(rows[0].profile_id, int | None)

    job = archive.verify_store(1, include_indexes=False)
    assert_type(job, Job[None])
    assert_type(iter(job), Iterator[JobStatus])
    assert_type(job.status.state, JobState)
    assert_type(job.percent, int | None)
    job.result(timeout=5)
    whole = archive.raw.get_users()
    assert_type(whole, RawReply[list[User]])
    assert_type(whole.result[0].user_name, str)
    assert_type(archive.raw.verify_store(1, include_indexes=True), RawReply[Job[None]])
    assert_type(spe.raw.get_instances(instance_filter="*").http_status, int)
    (outcome,) = spe.jobs.wait_all([job], timeout=5, on_status=on_status)
    assert_type(outcome, Outcome[Job[None], None])
    for info in spe.map(archive.get_user_info, ["alice"], in_order=True):
        assert_type(info, Outcome[str, UserInfo])
        if info.error is None:
            assert_type(info.value, UserInfo)
        else:
            assert_type(info.error, MailStoreError)
    for verified in spe.jobs.map(archive.verify_store, [1, 2], max_running=2, on_status=on_status):
        assert_type(verified, Outcome[int, None])
    watched = spe.with_options(hooks=Hooks(on_request=on_request))
    assert_type(watched, SPEClient)
    assert_type(watched.server_version(), str)
    with spe.record_shapes("shapes.json"):
        archive.get_users()
    assert_type(spe.create_instance(config), Job[JsonValue])
    assert_type(spe.create_instance(config).result(), JsonValue)


def by_name(spe: SPEClient, job: Job[None], arguments: dict[str, object]) -> None:
    users = spe.call("GetUsers", instanceID="test01", result=list[User])
    assert_type(users, list[User])
    assert_type(users[0].user_name, str)
    assert_type(spe.call("GetUsers", instanceID="test01"), JsonValue)
    assert_type(spe.call("GetUsers", **arguments), JsonValue)
    assert_type(spe.start("GetUsers", instanceID="test01", result=list[User]), Job[list[User]])
    assert_type(spe.start("VerifyStore", instanceID="test01", id=1), Job[JsonValue])
    assert_type(spe.resume(job.token), Job[object])
    assert_type(spe.resume(job.token, result=list[User]).result(), list[User])
    assert_type(spe.get_instances(), list[InstanceInfo])
    archive = spe.instance("test01")
    archive.get_worker_results(date(2026, 1, 1), datetime(2026, 2, 1))
    assert_type(archive.iter_worker_results(date(2026, 1, 1), date(2026, 2, 1)), Iterator[WorkerResult])
    assert_type(UserPrivilege("login").is_known, bool)
    assert_type(archive.get_profiles()[0].without("id", "version"), Profile)


async def by_name_async(spe: AsyncSPEClient) -> None:
    assert_type(await spe.call("GetUsers", instanceID="test01", result=list[User]), list[User])
    assert_type(await spe.start("GetUsers", instanceID="test01", result=list[User]), AsyncJob[list[User]])
    assert_type(spe.resume("{}", result=list[User]), AsyncJob[list[User]])
    async for outcome in spe.jobs.map(spe.instance("test01").verify_store, [1], max_running=2, in_order=True):
        assert_type(outcome, Outcome[int, None])
        if outcome.error is not None:
            assert_type(outcome.error, MailStoreError)


def bulk(spe: SPEClient, archive: Instance) -> None:
    for outcome in spe.map(archive.get_user_info, ["alice"]):
        assert_type(outcome, Outcome[str, UserInfo])
        assert_type(outcome.value, UserInfo | None)
    assert_type(archive.iter_worker_results(datetime(2026, 1, 1), datetime(2026, 2, 1)), Iterator[WorkerResult])


async def aio(spe: AsyncSPEClient) -> None:
    assert_type(await spe.get_instances("*"), list[InstanceInfo])
    archive = spe.instance("test01")
    assert_type(await archive.get_stores(), list[Store])
    job = await archive.verify_store(1)
    assert_type(job, AsyncJob[None])
    assert_type(aiter(job), AsyncIterator[JobStatus])
    async for status in job:
        assert_type(status, JobStatus)
    await job.result()
    assert_type(await archive.raw.get_stores(), RawReply[list[Store]])
    (outcome,) = await spe.jobs.wait_all([job])
    assert_type(outcome, Outcome[AsyncJob[None], None])
    assert_type(await spe.server_version(), str)
    async with spe as same:
        assert_type(same, AsyncSPEClient)


def clients() -> None:
    assert_type(SPEClient(), SPEClient)
    SPEClient("spe.example.com", username="admin")
    assert_type(SPEClient.from_profile("prod", path="profiles.toml", timeout=5, max_connections=2), SPEClient)
    assert_type(AsyncSPEClient.from_profile("prod"), AsyncSPEClient)


def passed_on(**options: Unpack[ClientOptions]) -> SPEClient:
    options.setdefault("timeout", 5)
    return SPEClient(**options)


def changed(spe: SPEClient, **options: Unpack[CallArguments]) -> SPEClient:
    assert_type(passed_on(retries=1), SPEClient)
    return spe.with_options(**options)


def open_enums(status: InstanceStatus, state: StoreState) -> str:
    if status != InstanceStatus.RUNNING:
        return status.upper()
    match state:
        case StoreState.CURRENT | StoreState.NORMAL | StoreState.WRITE_PROTECTED | StoreState.DISABLED:
            return "known"
        case newer:
            return newer.upper()


def models() -> None:
    config = InstanceConfiguration(
        instance_id="test01",
        alias=None,
        display_name="Test 01",
        instance_host="host01",
        start_mode=InstanceStartMode.AUTOMATIC,
        base_directory=None,
        debug_log_enabled=False,
        vss_writer_enabled=True,
    )
    assert_type(config.instance_id, str)
    config.display_name = None
    short = InstanceConfiguration(
        instance_id="test01", instance_host="host01", start_mode="automatic", debug_log_enabled=False, vss_writer_enabled=True
    )
    assert_type(short.start_mode, InstanceStartMode)
    activities: list[UserActivityValue] = ["UserAdd"]
    ComplianceConfiguration(legal_hold_enabled=True, log_successful_user_activities=[*activities, "UserDelete"])


def compat(client: mailstore.spe.Client, later: mailstore.mgmt.SPEClient) -> None:
    assert_type(client.GetUsers("test01"), dict[str, Any])
    assert_type(client.VerifyStore("test01", 1, autoHandleToken=False), dict[str, Any])
    assert_type(client.HandleTokenIter(client.VerifyStore("test01", "1")), Iterator[dict[str, Any]])
    assert_type(later.GetMetadata(), list[dict[str, Any]])
    assert_type(later.call("BrandNew", {"flag": True}), dict[str, Any])
    client.CreateUser("test01", "dora", "login,changePassword", password="S3cret!")
    client.SetInstanceConfiguration(client.GetInstanceConfiguration("test01")["result"])
    client.SetInstanceConfiguration('{"instanceID": "test01"}')
    later.CreateUser("dora", ["login"])
    later.GetWorkerResults("2026-01-01T00:00:00", datetime(2026, 2, 1))
    for user in client.GetUsers("test01")["result"]:
        client.GetUserInfo("test01", user["userName"])["result"]["fullName"].upper()
    with mailstore.spe.Client("admin", "admin", "spe", 8470, True, 2000, 2, 0) as other:
        assert_type(other, mailstore.spe.Client)
    mailstore.SPEClient("admin", "admin", callback=lambda status: status["statusCode"])
    mailstore.PrettyPrint(client.Ping())
