"""What the demo holds, and the state as JSON."""

import json
from datetime import date, timedelta

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
    assert (min(days), max(days)) >= (DAY - timedelta(365), DAY - timedelta(2))
    assert len(days) > 330


def test_faults_to_find(api):
    messages = [(message["type"], message["text"]) for message in api.result("GetServiceStatus")["messages"]]
    assert ("error", "The last run of profile Journal of instance test02 failed.") in messages
    assert ("information", "Archive store 2025-07 of instance test02 needs an upgrade.") in messages
    assert ("warning", "Archive store 2025-07 of instance test01 has search indexes that need a rebuild.") in messages
    assert sum("has an error" in text for _, text in messages) == 3


def test_there_and_back():
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


def test_a_state_that_is_none(spe_simulator):
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
