"""The requests of the report, and servers that do not answer."""

from datetime import UTC, datetime, timedelta

import pytest
from pydantic import TypeAdapter

import mailstore_sdk
from mailstore_sdk import AuthenticationError, Instance, MailStoreError, SPEClient
from mailstore_sdk.cli.report import rows
from mailstore_sdk.cli.report.collect import Estate, InstanceHealth, collect
from mailstore_sdk.cli.report.history import Span
from mailstore_sdk.simulator import Simulator
from mailstore_sdk.simulator.state.automation import WorkerRun
from tests.report.conftest import Connection
from tests.support.project import SAMPLES


def noon(server: Simulator) -> datetime:
    """The noon after the newest run, so that the days of the demo are the same when midnight passes."""
    newest = max(run.start for instance in server.estate.instances.values() for run in instance.runs)
    return newest.replace(hour=12, tzinfo=UTC) + timedelta(days=1)


def ask(connection: Connection, days: int = 30, now: datetime | None = None) -> Estate:
    with connection.client() as spe:
        return collect(spe, Span.ending(now or noon(connection.server), days), concurrency=4)


def named(estate: Estate) -> dict[str, InstanceHealth]:
    return {one.info.instance_id: one for one in estate.instances}


def refused(health: InstanceHealth) -> dict[str, str]:
    return {refusal.what: refusal.reason for refusal in health.refusals}


def test_the_report_has_the_data_of_the_installation(server: Simulator, connection: Connection) -> None:
    estate = ask(connection, days=366)
    assert estate.refusals == ()
    assert estate.service is not None
    assert estate.service.environment_info.server_name == "spe.example.com"
    for name in ("test01", "test02"):
        collected, held = named(estate)[name], server.estate.instance(name)
        assert collected.running
        assert collected.refusals == ()
        assert collected.users == 4
        assert [(store.id, store.error, store.needs_upgrade) for store in collected.stores or ()] == [
            (store.id, store.error, store.needs_upgrade) for store in held.stores.values()
        ]
        assert [profile.name for profile in collected.profiles or ()] == [profile.name for profile in held.profiles.values()]
        assert collected.history is not None
        assert collected.history.complete
        by_day = {day.date: day.archived for day in collected.history.days}
        for day, archived in by_day.items():
            assert archived == sum(run.items_archived for run in held.runs if run.start.date() == day)
        assert sum(day.count for day in collected.history.days) == len(held.runs)
    assert estate.running == 2
    assert estate.messages == sum(one.size.number_of_messages for one in estate.instances if one.size)
    assert sum(day.archived for day in estate.days) == sum(
        run.items_archived for name in ("test01", "test02") for run in server.estate.instance(name).runs
    )


def test_only_typed_reads_are_sent(server: Simulator, connection: Connection) -> None:
    ask(connection)
    assert {call.function for call in server.calls} == {
        "GetInstances",
        "GetServiceStatus",
        "GetInstanceStatistics",
        "GetStores",
        "GetUsers",
        "GetProfiles",
        "GetWorkerResults",
    }


def test_a_stopped_instance_is_reported_and_gets_each_request_once(server: Simulator, connection: Connection) -> None:
    health = named(ask(connection, days=366))["test03"]
    assert not health.running
    assert (health.size, health.stores, health.users, health.profiles, health.history) == (None, None, None, None, None)
    assert refused(health)["size"] == "GetInstanceStatistics failed: Instance test03 is not running."
    asked = [call.function for call in server.calls if call.arguments.get("instanceID") == "test03"]
    assert sorted(asked) == ["GetInstanceStatistics", "GetProfiles", "GetStores", "GetUsers", "GetWorkerResults"]


def test_a_failed_request_does_not_affect_the_others(server: Simulator, connection: Connection) -> None:
    server.faults.add("GetUsers", "status", "always", status=503)
    server.faults.add("GetServiceStatus", "not_json")
    estate = ask(connection)
    health = named(estate)["test01"]
    assert list(refused(health)) == ["users"]
    assert health.users is None
    assert health.size is not None
    assert estate.service is None
    assert [refusal.what for refusal in estate.refusals] == ["state of the services"]


def test_incomplete_runs_are_counted_and_marked_as_incomplete(server: Simulator, connection: Connection) -> None:
    for other in ("test02", "test03"):
        server.estate.instances.pop(other)
    complete = named(ask(connection))["test01"].history
    assert complete is not None
    calls = [call.function for call in server.calls].count("GetWorkerResults")
    server.faults.add("GetWorkerResults", "delay", calls - 1, seconds=0)  # all but the last succeed
    server.faults.add("GetWorkerResults", "cut_body")
    estate = ask(connection)
    health = named(estate)["test01"]
    assert list(refused(health)) == ["some runs"]
    assert health.history is not None
    assert not health.history.complete
    assert 0 < sum(day.count for day in health.history.days) < sum(day.count for day in complete.days)
    assert estate.without_runs == ("test01",)


@pytest.mark.filterwarnings("ignore::mailstore_sdk.SchemaDriftWarning")
def test_a_reply_with_another_shape_is_reported_as_unreadable(server: Simulator, connection: Connection) -> None:
    server.estate.instance("test01").stores[1].needs_upgrade = "hardly"  # type: ignore[assignment] # what the type forbids is the point
    now = noon(server)
    start = now.replace(tzinfo=None) - timedelta(minutes=10)  # in the last hour, which is read first
    run = WorkerRun(10**6, "admin", "failed", None, start, start, "HOST01")  # type: ignore[arg-type] # likewise
    server.estate.instance("test02").runs.append(run)
    estate = ask(connection, now=now)
    assert named(estate)["test01"].stores is None
    assert refused(named(estate)["test01"])["archive stores"].startswith("an unexpected reply: 0.needs_upgrade: Input should be")
    assert "hardly" not in str(estate)
    assert refused(named(estate)["test02"])["runs"].startswith("an unexpected reply: 0.items_archived")


class Farewell(SPEClient):
    """A client whose server stops before the first instance is asked."""

    server: Simulator

    def instance(self, instance_id: str) -> Instance:
        if instance_id == "test01":
            self.server.stop()
        return super().instance(instance_id)


def test_an_unreachable_server_gets_one_request_for_each_instance() -> None:
    server = Simulator(clock="immediate").start()
    with Farewell(server.url, username="admin", password="admin", ca_file=server.ca_file, retries=0) as spe:
        spe.server = server
        estate = collect(spe, Span.ending(datetime.now(UTC), 1), concurrency=1)
    assert [list(refused(health)) for health in estate.instances] == [["everything"]] * 3


def test_without_the_list_of_instances_there_is_no_report(connection: Connection, server: Simulator) -> None:
    with pytest.raises(AuthenticationError):
        ask(Connection(server, password="wrong"))
    server.faults.add("GetInstances", "cut_body", "always")
    with pytest.raises(MailStoreError):
        ask(connection)


@pytest.mark.parametrize(
    ("reply", "model", "row"),
    [
        ("GetEnvironmentInfo", mailstore_sdk.EnvironmentInfo, rows.Environment),
        ("GetInstanceStatistics", mailstore_sdk.InstanceStatistics, rows.Size),
        ("GetInstances", list[mailstore_sdk.InstanceInfo], list[rows.Instance]),
        ("GetStores", list[mailstore_sdk.Store], list[rows.Store]),
        ("GetUsers", list[mailstore_sdk.User], list[rows.User]),
    ],
)
def test_printed_replies_are_accepted(reply: str, model: type, row: type) -> None:
    value = TypeAdapter(model).validate_json((SAMPLES / f"{reply}.result.json").read_bytes())
    assert TypeAdapter(row).validate_python(value, from_attributes=True)
