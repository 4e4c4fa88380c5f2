"""What the demo holds, and the state as JSON."""

import json
from datetime import date, timedelta
from itertools import pairwise

import pytest
from click.testing import CliRunner

from mailstore_sdk.simulator import Simulator
from mailstore_sdk.simulator.__main__ import main
from mailstore_sdk.simulator.demo import demo_estate
from mailstore_sdk.simulator.state import snapshot
from tests.simulator.conftest import Api

INSTANCE = {"instanceID": "test01"}
DAY = date(2026, 1, 1)


def test_size():
    small, large = (demo_estate("25.3", size=size, today=DAY).instance("test01") for size in (1, 5))
    assert [len(part) for part in (large.runs, large.stores)] == [5 * len(small.runs), 5 * len(small.stores)]
    assert len(large.users) - 1 == 5 * (len(small.users) - 1)
    assert list(large.users)[: len(small.users)] == list(small.users)
    days = {run.start.date() for run in large.runs}
    assert (min(days), max(days)) == (DAY - timedelta(30), DAY - timedelta(1))


def test_the_habits_of_real_servers():
    instance = demo_estate("25.3", today=DAY).instance("test01")
    ids = [run.id for run in instance.runs]
    steps_back = [before.start - after.start for before, after in pairwise(instance.runs) if after.start < before.start]
    assert sorted(ids) == list(range(1, len(ids) + 1))
    by_id = sorted(instance.runs, key=lambda run: run.id)
    assert by_id == sorted(instance.runs, key=lambda run: run.complete)
    assert len(steps_back) > 5
    assert max(steps_back) > timedelta(days=20)
    assert {(run.machine_name, run.result, run.items_archived) for run in instance.runs if run.profile_id is None} == {
        ("CLIENT01", "succeeded", 0)
    }
    assert min(run.start.date() for run in instance.job_runs) == DAY - timedelta(90)
    assert [store.requested_state for store in instance.stores.values()].count("current") == 1


def test_the_order_of_lists(api):
    assert [user["userName"] for user in api.result("GetUsers", **INSTANCE)] == ["$archiveadmin", "admin", "alice", "bob", "carol"]
    api.result("CreateUser", **INSTANCE, userName="Anna", privileges="none")
    assert [user["userName"] for user in api.result("GetUsers", **INSTANCE)][:3] == ["$archiveadmin", "admin", "alice"]
    stores = api.result("GetStores", **INSTANCE)
    assert [(store["name"], store["indexPath"].removeprefix(store["databasePath"])) for store in stores] == [
        ("2025-07", "\\Index"), ("2026-01", "\\Index"), ("2024-01", ""),
    ]  # fmt: skip
    assert all(store["contentPath"] == store["databasePath"] + "\\Content" for store in stores)
    servers = [server["serverType"] for server in api.result("GetServiceStatus")["serverInfos"]]
    assert servers == ["clientAccessServer", "managementServer", "instanceHost", "instanceHost"]
    span = {"fromIncluding": "2000-01-01T00:00:00", "toExcluding": "2100-01-01T00:00:00", "timeZoneId": "$Local"}
    results = api.result("GetJobResults", **INSTANCE, **span)
    assert len(results) == 180
    assert [row["jobResultId"] for row in results] == list(range(180, 0, -1))
    assert [row["startTime"] for row in results] == sorted((row["startTime"] for row in results), reverse=True)


def test_the_demo_has_problems_to_find(api):
    messages = [(message["type"], message["text"]) for message in api.result("GetServiceStatus")["messages"]]
    assert ("error", "The last run of profile Journal of instance test02 failed.") in messages
    assert ("information", "Archive store 2025-07 of instance test02 needs an upgrade.") in messages
    assert ("warning", "Archive store 2025-07 of instance test01 has search indexes that need a rebuild.") in messages
    assert sum("has an error" in text for _, text in messages) == 3


def test_a_state_survives_dump_and_load():
    estate = demo_estate("25.3", today=DAY)
    assert snapshot.load(snapshot.dump(estate)) == estate


@pytest.mark.spe_simulator(clock="manual")
def test_dump_and_load(api, spe_simulator):
    start = spe_simulator.dump()
    assert json.loads(start)["instances"]["test01"]["users"]["bob"]["password"] == "bob"
    api.result("DeleteUser", **INSTANCE, userName="bob")
    api.result("SetSmtpSettings", **INSTANCE, settings='{"password": "canary", "x": [1]}')
    api.call("VerifyStore", **INSTANCE, id="1", includeIndexes="true")
    later = spe_simulator.dump()
    spe_simulator.load(start)
    assert spe_simulator.advance() == 0
    assert api.result("GetUserInfo", **INSTANCE, userName="bob")
    spe_simulator.load(later.encode())
    assert api.failure("GetUserInfo", **INSTANCE, userName="bob") == "User bob does not exist."
    with Simulator(state=later, spe_version="24.4", username="jo") as other:
        client = Api(other)
        assert client.result("GetSmtpSettings", **INSTANCE) == {"password": None, "x": [1]}
        assert client.result("GetEnvironmentInfo")["version"].startswith("24.4.")
        client.result("DeleteUser", **INSTANCE, userName="alice")
        other.reset()
        assert client.result("GetUserInfo", **INSTANCE, userName="alice")
        client.close()


def test_an_invalid_state(spe_simulator):
    with pytest.raises(ValueError, match="state cannot be read: the text: Invalid JSON"):
        spe_simulator.load("{")
    with pytest.raises(ValueError, match=r"^state cannot be read: instances\.a\.id: Field required$"):
        Simulator(state='{"version": "", "instances": {"a": {"password": "canary"}}}')
    with pytest.raises(ValueError, match="size cannot be 0"):
        Simulator(size=0)


def test_the_command(tmp_path):
    state = tmp_path / "state.json"
    state.write_text("{}")
    done = CliRunner().invoke(main, ["--state", str(state)])
    assert (done.exit_code, done.stderr.splitlines()[-1]) == (2, "Error: state cannot be read: version: Field required")
    for option, message in {
        "--state": "File 'nothing' does not exist",
        "--size": "is not a valid integer range",
        "--protocol": "'basic', 'session'",
    }.items():
        assert message in CliRunner().invoke(main, [option, "nothing"]).stderr
