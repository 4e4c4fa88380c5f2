"""Every function of both clients against the simulator, over real sockets."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, ForwardRef

import pytest

from mailstore_sdk import (
    AsyncSPEClient,
    FunctionFailedError,
    InstanceConfiguration,
    JobToken,
    SPEClient,
    StoreState,
    UserPrivilege,
    WorkerResultStatus,
    errors,
)
from mailstore_sdk.simulator import Simulator
from tests.support.both_clients import Connect
from tests.support.project import SAMPLES
from tests.support.raw_server import RawServer, answer


class NoType:
    """A class that pydantic does not know."""


Unknown: Any = ForwardRef("Unknown")


@pytest.fixture
def spe(connect: Connect, spe_simulator: Simulator) -> Iterator[Any]:
    """A strict client of the kind under test."""
    simulator = spe_simulator
    with connect(
        simulator.host,
        port=simulator.port,
        username=simulator.username,
        password=simulator.password,
        thumbprint=simulator.thumbprint,
        strict=True,
        poll_wait=0.5,
    ) as client:
        yield client


def test_the_environment_shows_version_and_machine(spe: Any) -> None:
    environment = spe.get_environment_info()
    assert environment.version.startswith("25.3.")
    assert environment.user_name == "admin"
    assert environment.system_properties.total_physical_memory > 2**30


def test_the_service_status_has_servers_and_messages(spe: Any) -> None:
    status = spe.get_service_status()
    assert status.environment_info == spe.get_environment_info()
    assert {info.server_type for info in status.server_infos} >= {"managementServer", "instanceHost"}
    assert {message.type for message in status.messages} <= {"information", "warning", "error"}


@pytest.mark.spe_simulator(clock="immediate")
def test_an_instance_is_created_and_started(spe: Any) -> None:
    config = InstanceConfiguration(
        instance_id="new01",
        alias="new01",
        display_name="New 01",
        instance_host=spe.get_instances("*")[0].instance_host,
        start_mode="automatic",
        base_directory="D:\\archive\\new01",
        debug_log_enabled=False,
        vss_writer_enabled=True,
    )
    spe.create_instance(config).result(timeout=60)
    (created,) = spe.get_instances("new01")
    assert (created.display_name, created.process_id) == ("New 01", None)
    assert created.status != "running"
    spe.start_instances("new01").result(timeout=60)
    (started,) = spe.get_instances("new01")
    assert started.status == "running"
    assert started.process_id is not None
    with pytest.raises(FunctionFailedError):
        spe.create_instance(config).result(timeout=60)


def test_a_user_is_created_changed_and_deleted(spe: Any, spe_simulator: Simulator) -> None:
    archive = spe.instance("test01")
    archive.create_user(
        "dora",
        [UserPrivilege.LOGIN, "changePassword"],
        full_name="Dora Ö. & Co",
        authentication="integrated",
        password="S3cret!",
        login_privileges=["web"],
    )
    info = archive.get_user_info("dora")
    assert (info.full_name, info.privileges, info.login_privileges) == ("Dora Ö. & Co", ["login", "changePassword"], ["web"])
    assert "dora" in [user.user_name for user in archive.get_users()]
    archive.set_user_password("dora", "")
    archive.delete_user("dora")
    with pytest.raises(FunctionFailedError) as caught:
        archive.get_user_info("dora")
    assert "dora" in caught.value.server_message
    assert caught.value.details
    assert caught.value.arguments == {"instanceID": "test01", "userName": "dora"}
    assert spe_simulator.calls[0].arguments["password"] != "S3cret!"


def test_a_store_gets_the_state_that_is_set(spe: Any) -> None:
    archive = spe.instance("test01")
    store = archive.get_stores(include_size=True)[0]
    assert store.statistics_size > 0
    archive.set_store_requested_state(store.id, "writeProtected")
    assert archive.get_stores()[0].requested_state is StoreState.WRITE_PROTECTED
    archive.set_store_requested_state(store.id, StoreState.NORMAL)
    assert archive.get_stores()[0].requested_state is StoreState.NORMAL


def test_worker_results_of_a_time_range(spe: Any) -> None:
    archive = spe.instance("test01")
    rows = archive.get_worker_results(datetime(2020, 1, 1), datetime(2030, 1, 1))
    assert len(rows) > 10
    assert {type(row.result) for row in rows} == {WorkerResultStatus}
    start = min(row.start_time for row in rows)
    assert next(row.start_time for row in archive.get_worker_results(start, start + timedelta(seconds=1))) == start
    assert archive.get_worker_results(datetime(2020, 1, 1), start) == []


@pytest.mark.spe_simulator(clock="seconds:0.3", long_running_rows=5)
def test_worker_results_that_become_long_running_work_are_waited_for(spe: Any, spe_simulator: Simulator) -> None:
    rows = spe.instance("test01").get_worker_results(datetime(2020, 1, 1), datetime(2030, 1, 1))
    assert len(rows) > 5
    assert "get-status" in [call.function for call in spe_simulator.calls]


@pytest.mark.parametrize("password", ["wrong", "", "Ωmega"])
def test_a_wrong_password(connect: Connect, spe_simulator: Simulator, password: str) -> None:
    simulator = spe_simulator
    with connect(simulator.url, username="admin", password=password, ca_file=simulator.ca_file) as spe:
        with pytest.raises(errors.AuthenticationError, match="does not accept the user name or password") as caught:
            spe.get_environment_info()
    assert caught.value.status == 401
    assert simulator.requests == 1


def test_an_unknown_instance_and_an_unknown_user(spe: Any) -> None:
    with pytest.raises(FunctionFailedError, match="GetUsers failed: .*nowhere"):
        spe.instance("nowhere").get_users()
    with pytest.raises(FunctionFailedError, match="GetUserInfo failed: .*zoe"):
        spe.instance("test01").get_user_info("zoe")


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        ("drop_before", errors.OutcomeUnknownError),
        ("drop_after", errors.OutcomeUnknownError),
        ("cut_body", errors.OutcomeUnknownError),
        ("not_json", errors.ReplyFormatError),
        ("status", errors.ServerError),
    ],
)
def test_a_deletion_with_a_broken_reply_is_sent_once(spe: Any, spe_simulator: Simulator, kind: Any, error: type[Exception]) -> None:
    spe_simulator.faults.add("DeleteUser", kind)
    with pytest.raises(error):
        spe.instance("test01").delete_user("alice")
    assert [call.function for call in spe_simulator.calls] == ["DeleteUser"]


@pytest.mark.parametrize("kind", ["drop_before", "drop_after", "cut_body"])
def test_a_read_whose_reply_is_lost_is_retried(spe: Any, spe_simulator: Simulator, kind: Any) -> None:
    spe_simulator.faults.add("GetUsers", kind)
    assert spe.instance("test01").get_users()
    assert [call.function for call in spe_simulator.calls] == ["GetUsers", "GetUsers"]


def test_both_clients_have_the_same_methods() -> None:
    def public(kind: type) -> set[str]:
        return {name for name in dir(kind) if not name.startswith("_")}

    assert public(SPEClient) == public(AsyncSPEClient)
    assert {"get_instances", "instance", "close"} <= public(SPEClient)


def test_the_servers_own_list_of_functions(spe: Any) -> None:
    functions = {function.name: function for function in spe.get_metadata()}
    assert len(functions) > 100
    assert [(argument.name, argument.type, argument.nullable) for argument in functions["GetStores"].args] == [
        ("instanceID", "string", False),
        ("includeSize", "bool", True),
    ]


@pytest.mark.parametrize("name", ["GetUsesr", "GetUser", "getusers", "get_users"])
def test_a_misspelled_function_is_reported_with_the_name_that_is_meant(spe: Any, name: str) -> None:
    for use in (spe.call, spe.start):
        with pytest.raises(errors.FunctionNotFoundError, match=f"^{name}: the server does not have .* \\(did you mean GetUsers\\?\\)$"):
            use(name, instanceID="test01")
    spe.get_metadata()
    with pytest.raises(errors.NotSupportedError, match=f"does not have {name} \\(did you mean GetUsers\\?\\). Nothing was sent$"):
        spe.call(name, instanceID="test01")


@pytest.mark.parametrize("name", ["GetNews", "PurgeAll"])
def test_no_name_is_suggested_for_a_function_that_resembles_none(spe: Any, name: str) -> None:
    with pytest.raises(errors.FunctionNotFoundError, match="older or newer than the SDK's$"):
        spe.call(name)


@pytest.mark.parametrize(
    ("result", "shown"),
    [("User", "'User'"), ([int], r"\[<class 'int'>\]"), (7, "7"), (NoType, r"<class '.*NoType'>"), (list[Unknown], "list")],
)
def test_a_result_of_an_impossible_type_is_refused_before_the_call(spe: Any, spe_simulator: Simulator, result: Any, shown: str) -> None:
    for call in (spe.call, spe.start):
        with pytest.raises(errors.ArgumentError, match=f"^result cannot be {shown}.*; expected a type such as list\\[User\\] ") as caught:
            call("DeleteUser", instanceID="test01", userName="alice", result=result)
        assert caught.value.server_acted == "no"
    with pytest.raises(errors.ArgumentError, match=f"^result cannot be {shown}"):
        spe.resume(str(JobToken("VerifyStore", "any")), result=result)
    assert not spe_simulator.calls


def test_an_invalid_list_of_functions(connect: Connect, raw_server: RawServer) -> None:
    failed = b'{"error": {"message": "No access"}, "statusCode": "failed", "result": null}'
    raw_server.answers = [answer(b"<html>"), answer(b"", "404 Not Found"), answer(failed)]
    with connect("localhost", port=raw_server.port, ca_file=raw_server.ca_file, username="a", password="b") as client:
        with pytest.raises(errors.ReplyFormatError, match="get-metadata: the reply is not from the Management API"):
            client.get_metadata()
        with pytest.raises(errors.FunctionNotFoundError):
            client.get_metadata()
        with pytest.raises(errors.FunctionFailedError, match="No access"):
            client.get_metadata()
    assert raw_server.requests[0].startswith(b"POST /api/get-metadata HTTP/1.1")


@pytest.mark.parametrize("form", [b"%s", b" \r\n%s\r\n", b'{"error": null, "statusVersion": 2, "statusCode": "succeeded", "result": %s}'])
def test_the_list_of_functions_comes_back_the_same_bare_or_in_an_envelope(connect: Connect, raw_server: RawServer, form: bytes) -> None:
    sample = SAMPLES / "get-metadata.json"
    raw_server.answers = [answer(b"\xef\xbb\xbf" + form % sample.read_bytes())]
    with connect("localhost", port=raw_server.port, ca_file=raw_server.ca_file, username="a", password="b", strict=True) as client:
        assert [function.to_wire() for function in client.get_metadata()] == json.loads(sample.read_text())
