"""Profiles, scheduled jobs, and the records of their runs."""

import json
from datetime import datetime, timedelta

import pytest

from mailstore_sdk.simulator.functions.schedules import next_start

INSTANCE = {"instanceID": "test01"}
EVER = INSTANCE | {"fromIncluding": "2000-01-01T00:00:00", "toExcluding": "2100-01-01T00:00:00"}
PROFILE = {
    "name": "New", "owner": "bob", "type": "I", "connector": "IMAP",
    "details": {"host": "imap", "password": "canary", "targetUserFolder": "bob", "timeout": "0"},
}  # fmt: skip
JOB = INSTANCE | {"name": "Rebuild", "action": "RebuildSelectedStoreIndexes", "owner": "admin", "timeZoneId": "$Local", "time": "3:30"}
FAST = pytest.mark.spe_simulator(clock="immediate")
MANUAL = pytest.mark.spe_simulator(clock="manual")


def profiles(api):
    return {profile["id"]: profile for profile in api.result("GetProfiles", **INSTANCE, raw="true")}


def results(api, **form):
    return api.result("GetWorkerResults", **EVER, timeZoneID="$Local", **form)


def test_profiles(api):
    before = profiles(api)
    assert [profile["details"]["password"] for profile in before.values()] == [None] * 3
    assert api.result("CreateProfile", **INSTANCE, properties=json.dumps(PROFILE), raw="true") is None
    new = profiles(api)[4]
    assert new == PROFILE | {"id": 4, "version": 1, "serverSideExecution": None, "details": PROFILE["details"] | {"password": None}}
    assert api.result("DeleteProfile", **INSTANCE, id="4") is None
    assert profiles(api) == before
    api.result("CreateProfile", **INSTANCE, properties=json.dumps(PROFILE), raw="true")
    assert list(profiles(api)) == [1, 2, 3, 5]


@pytest.mark.parametrize(
    ("function", "form", "message"),
    [
        ("GetProfiles", {"raw": "false"}, "Only raw=true is supported."),
        ("CreateProfile", {"raw": "false", "properties": json.dumps(PROFILE)}, "Only raw=true is supported."),
        ("RunTemporaryProfile", {"raw": "false", "properties": json.dumps(PROFILE)}, "Only raw=true is supported."),
        ("CreateProfile", {"raw": "true", "properties": json.dumps(PROFILE | {"id": 1})}, "A new profile has neither id nor version."),
        ("CreateProfile", {"raw": "true", "properties": json.dumps(PROFILE | {"owner": "x"})}, "User x does not exist."),
        ("CreateProfile", {"raw": "true", "properties": "{}"}, "The value of properties has no name."),
        ("DeleteProfile", {"id": "9"}, "Profile 9 does not exist."),
        ("RunProfile", {"id": "9"}, "Profile 9 does not exist."),
        ("SetProfileServerSideExecution", {"id": "1", "automatic": "true"}, "Missing API argument automaticPauseBetweenExecutions."),
        ("GetWorkerResultReport", {"id": "9999"}, "Worker result 9999 does not exist."),
    ],
)
def test_invalid_profiles(api, function, form, message):
    assert api.failure(function, **INSTANCE, **form) == message


def test_server_side_execution(api):
    window = {"automaticPauseBetweenExecutions": "60", "automaticMaintenanceWindows": "01:00-05:00"}
    assert api.result("SetProfileServerSideExecution", **INSTANCE, id="1", automatic="true", **window) is None
    expected = {"automatic": True, "automaticPauseBetweenExecutions": 60, "automaticMaintenanceWindows": "01:00-05:00"}
    assert (profiles(api)[1]["serverSideExecution"], profiles(api)[1]["version"]) == (expected, 2)
    api.result("SetProfileServerSideExecution", **INSTANCE, id="1", automatic="false")
    assert profiles(api)[1]["serverSideExecution"] == {"automatic": False}


@FAST
def test_running_a_profile(api, spe_simulator):
    before = results(api)
    final = api.finish("RunProfile", **INSTANCE, id="3")
    assert final["logOutput"].startswith("Running profile Mailbox of carol...\r\n")
    (row,) = results(api)[len(before) :]
    assert row == row | {"id": 241, "profileId": 3, "profileName": "Mailbox of carol", "userName": "carol", "result": "succeeded"}
    folder = spe_simulator.estate.instance("test01").folder("carol/Inbox")
    assert len([message for message in folder.messages if message.startswith("2:1000")]) == row["itemsArchived"] > 0
    report = api.result("GetWorkerResultReport", **INSTANCE, id="241")
    assert report.startswith("Profile: Mailbox of carol\r\n")
    assert "Result: succeeded\r\n" in report
    api.finish("RunTemporaryProfile", **INSTANCE, properties=json.dumps(PROFILE), raw="true")
    assert "profileId" not in results(api)[-1]
    assert "Profile: (temporary)" in api.result("GetWorkerResultReport", **INSTANCE, id="242")


@FAST
def test_failed_runs(api):
    assert api.result("CanRunArchiveProfiles", **INSTANCE) is True
    api.result("SetStoreRequestedState", **INSTANCE, id="2", requestedState="normal")
    assert api.result("CanRunArchiveProfiles", **INSTANCE) is False
    final = api.finish("RunProfile", **INSTANCE, id="1")
    assert (final["statusCode"], final["error"]["message"]) == ("failed", "There is no archive store for new messages.")
    assert results(api)[-1]["result"] == "failed"
    assert "The last run of profile Mailboxes of alice and bob of instance test01 failed." in [
        message["text"] for message in api.result("GetServiceStatus")["messages"]
    ]
    failing = api.finish("RunProfile", instanceID="test02", id="2")
    assert failing["error"]["message"] == "The mail server refused the login of journal@example.com."


@MANUAL
def test_a_cancelled_run(api):
    token = api.call("RunProfile", **INSTANCE, id="1")["token"]
    api.envelope("/api/cancel-async", token=token)
    assert api.poll(token, 0)["statusCode"] == "cancelled"
    assert (results(api)[-1]["result"], results(api)[-1]["itemsArchived"]) == ("cancelled", 0)


def test_a_profile_whose_flags_and_numbers_are_strings(api):
    execution = {"automatic": "true", "automaticPauseBetweenExecutions": "300"}
    properties = PROFILE | {"serverSideExecution": execution, "details": PROFILE["details"] | {"timeout": "0"}}
    api.result("CreateProfile", **INSTANCE, raw="true", properties=json.dumps(properties))
    created = api.result("GetProfiles", **INSTANCE, raw="true")[-1]
    assert created["serverSideExecution"] == {"automatic": True, "automaticPauseBetweenExecutions": 300}
    assert created["details"]["timeout"] == "0"
    wrong = PROFILE | {"serverSideExecution": {"automatic": "yes"}}
    assert "is not of type boolean" in api.failure("CreateProfile", **INSTANCE, raw="true", properties=json.dumps(wrong))


def test_the_profiles_of_the_demo_have_an_address_and_a_protocol(api):
    for profile in api.result("GetProfiles", **INSTANCE, raw="true"):
        assert "@" in profile["details"]["emailAddress"]
        assert profile["details"]["protocol"]


def jobs(api):
    return {job["id"]: job for job in api.result("GetJobs", **INSTANCE)}


def job_results(api, **form):
    return api.result("GetJobResults", **EVER, timeZoneId="$Local", **form)


def test_jobs(api):
    before = jobs(api)
    assert api.result("CreateJob", **JOB) is None
    job = jobs(api)[3]
    assert job == job | {
        "name": "Rebuild", "action": "RebuildSelectedStoreIndexes", "owner": "admin", "enabled": True, "lastStartDateTimeUtc": None,
        "lastCompleteDateTimeUtc": None, "schedule": {"timeZoneId": "$Local", "time": "03:30:00"},
    }  # fmt: skip
    assert job["nextStartDateTimeUtc"].endswith("T03:30:00")
    api.result("RenameJob", **INSTANCE, id="3", name="Other")
    api.result("SetJobEnabled", **INSTANCE, id="3", enabled="false")
    api.result("SetJobSchedule", **INSTANCE, id="3", timeZoneId="Tokyo Standard Time", interval="60")
    job = jobs(api)[3]
    assert (job["name"], job["enabled"], job["nextStartDateTimeUtc"]) == ("Other", False, None)
    assert job["schedule"] == {"timeZoneId": "Tokyo Standard Time", "interval": 60}
    assert api.result("DeleteJob", **INSTANCE, id="3") is None
    assert jobs(api) == before
    assert api.failure("RenameJob", **INSTANCE, id="3", name="x") == "Job 3 does not exist."
    assert api.failure("RenameJob", **INSTANCE, id="1", name="").startswith("Specified argument")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"action": "Fly"}, "The action Fly does not exist."),
        ({"action": "DeleteUser"}, "Missing API argument userName."),
        ({"action": "RunProfile --id=x"}, "Input string was not in a correct format."),
        ({"action": "RunProfile --number=1"}, "Missing API argument id."),
        ({"action": "VerifyStores --id=1"}, "Unknown API argument id."),
        ({"action": "VerifyStores --instanceID=test02"}, "API argument instanceID was given more than once."),
        ({"action": "Ping"}, "The action Ping cannot be run by a job."),
        ({"owner": "zoe"}, "User zoe does not exist."),
        ({"owner": "bob"}, "User bob is not an administrator."),
        ({"name": ""}, "Specified argument was out of the range of valid values."),
        ({"time": "25:00"}, "String was not recognized as a valid TimeSpan."),
        ({"interval": "5"}, "A schedule has either a date, an interval or a time."),
        ({"time": None}, "A schedule has either a date, an interval or a time."),
        ({"time": None, "interval": "7"}, "Specified argument was out of the range of valid values."),
        ({"time": None, "interval": "5", "dayOfWeek": "Sunday"}, "Missing API argument time."),
        ({"dayOfWeek": "Someday"}, "Requested value 'Someday' was not found."),
        ({"dayOfMonth": "32"}, "Specified argument was out of the range of valid values."),
        ({"timeZoneId": "Mars"}, "The time zone ID 'Mars' was not found on the local computer."),
    ],
)
def test_invalid_jobs(api, changes, message):
    form = {name: value for name, value in (JOB | changes).items() if value is not None}
    assert api.failure("CreateJob", **form) == message


@pytest.mark.parametrize(
    ("schedule", "expected"),
    [
        ({"time": "03:30:00"}, "2026-01-15T03:30:00"),
        ({"time": "13:00:00"}, "2026-01-14T13:00:00"),
        ({"time": "13:00:00", "timeZoneId": "Tokyo Standard Time"}, "2026-01-15T04:00:00"),
        ({"time": "03:30:00", "dayOfWeek": "Sunday"}, "2026-01-18T03:30:00"),
        ({"time": "03:30:00", "dayOfMonth": "Last"}, "2026-01-31T03:30:00"),
        ({"time": "03:30:00", "dayOfMonth": "14"}, "2026-02-14T03:30:00"),
        ({"time": "03:30:00", "dayOfMonth": "31", "dayOfWeek": "Tuesday"}, "2026-03-31T03:30:00"),
        ({"interval": 240}, "2026-01-14T16:00:00"),
        ({"interval": 720}, "2026-01-15T00:00:00"),
        ({"date": "2026-02-01T00:00:00"}, "2026-02-01T00:00:00"),
        ({"date": "2026-01-01T00:00:00"}, None),
        ({"date": "9999-12-31T23:59:59", "timeZoneId": "Pacific Standard Time"}, "9999-12-31T23:59:59"),
    ],
)
def test_when_a_job_starts_next(schedule, expected):
    start = next_start({"timeZoneId": "UTC"} | schedule, datetime(2026, 1, 14, 12))
    assert (start.isoformat() if start else None) == expected


@MANUAL
def test_running_a_job(api, spe_simulator):
    api.result("CreateJob", **JOB)
    run = INSTANCE | {"id": "3"}
    assert api.result("RunJobAsync", **run) is None
    assert job_results(api, jobId="3") == []
    assert api.failure("RunJobAsync", **run) == "Job 3 is running already."
    assert spe_simulator.advance() == 0
    (row,) = job_results(api, jobId="3")
    assert (row["action"], row["result"], row["jobResultId"]) == ("RebuildSelectedStoreIndexes", "succeeded", 181)
    assert not any(store["searchIndexesNeedRebuild"] for store in api.result("GetStores", **INSTANCE))
    assert jobs(api)[3]["lastStartDateTimeUtc"] == row["startTime"]
    assert api.result("CancelJobAsync", **run) is None
    api.result("RunJobAsync", **run)
    api.result("CancelJobAsync", **run)
    spe_simulator.advance()
    assert [row["result"] for row in job_results(api, jobId="3")] == ["cancelled", "succeeded"]
    assert len(job_results(api)) == 182
    tokyo = api.result("GetJobResults", **EVER, timeZoneId="Tokyo Standard Time", jobId="3")
    assert datetime.fromisoformat(tokyo[-1]["startTime"]) == datetime.fromisoformat(row["startTime"]) + timedelta(hours=9)


@pytest.mark.spe_simulator(clock="immediate")
@pytest.mark.parametrize(
    ("action", "store"),
    [
        ("RenameStore --id=1 --name=Mail of 2025", "Mail of 2025"),
        ("RenameStore  --name=x=y --id=1", "x=y"),
        ("VerifyStores", "2025-07"),
        ("VerifyStores --includeIndexes=false", "2025-07"),
    ],
)
def test_an_action_with_arguments(api, action, store):
    api.result("CreateJob", **JOB | {"action": action})
    assert jobs(api)[3]["action"] == action
    api.result("RunJobAsync", **INSTANCE, id="3")
    (row,) = job_results(api, jobId="3")
    assert (row["action"], row["result"]) == (action, "succeeded")
    assert api.result("GetStores", **INSTANCE)[0]["name"] == store


@pytest.mark.spe_simulator(clock="polls:2")
def test_a_job_over_several_calls(api):
    api.result("RunJobAsync", **INSTANCE, id="1")
    assert len(job_results(api, jobId="1")) == 90
    assert len(job_results(api, jobId="1")) == 91
    assert "dave" in [user["userName"] for user in api.result("GetUsers", **INSTANCE)]


@pytest.mark.spe_simulator(clock="seconds:0.1")
def test_a_job_that_fails(api, spe_simulator):
    spe_simulator.estate.instance("test01").directory.password = None
    api.result("RunJobAsync", **INSTANCE, id="1")
    rows = []
    while len(rows) < 91:
        rows = job_results(api, jobId="1")
    assert rows[0]["result"] == "failed"
