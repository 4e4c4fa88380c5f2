"""Recordings of replies: keys and types, never a value."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from mailstore_sdk import ConfigurationError, SPEClient, errors
from mailstore_sdk.simulator import Simulator
from tests.support.both_clients import Connect
from tests.support.raw_server import RawServer, answer


def to(server: RawServer) -> dict[str, Any]:
    return {"host": "localhost", "port": server.port, "ca_file": server.ca_file, "username": "a", "password": "b"}


def success(result: object) -> Any:
    return answer(json.dumps({"statusCode": "succeeded", "result": result}).encode())


def recorded(path: Path) -> Any:
    return json.loads(path.read_text()).get("functions", {})


def test_keys_and_types_are_recorded_but_no_values(connect: Connect, tmp_path: Path) -> None:
    path = tmp_path / "shapes.json"
    with Simulator() as server, connect(server.url, username="admin", password="admin", ca_file=server.ca_file) as spe:
        spe.get_environment_info()
        with spe.record_shapes(path):
            users = spe.instance("test01").get_users()
            spe.instance("test01").get_user_info(users[-1].user_name)
            spe.with_options(retries=0).instance("test01").get_stores()
            spe.get_metadata()
        spe.get_service_status()
    shapes = recorded(path)
    assert set(shapes) == {"GetUsers", "GetUserInfo", "GetStores"}
    user = shapes["GetUsers"]["result"]["items"]
    assert shapes["GetUsers"]["replies"] == 1
    assert user["types"] == {"object": len(users)}
    assert user["fields"]["userName"] == {"types": {"string": len(users)}}
    values = [name for user in users for name in (user.user_name, user.full_name) if name]
    text = path.read_text()
    assert len(values) > 5
    assert not [value for value in values if f'"{value}"' in text]


def test_every_shape_that_a_reply_can_have(connect: Connect, raw_server: RawServer, tmp_path: Path) -> None:
    path = tmp_path / "shapes.json"
    odd = {"a": None, "b": [1, 2.5, True], "when": "2026-01-02T03:04:05", "Tuesday": "T-shirt", "john@example.com": {}, "c": "x" * 70}
    raw_server.answers = [success(odd), success([])]
    with connect(**to(raw_server)) as spe, spe.record_shapes(path):
        spe.call("GetTimeZones", instanceID="a")
        spe.call("GetTimeZones", instanceID="a")
    shape = recorded(path)["GetTimeZones"]
    assert shape["replies"] == 2
    assert shape["result"]["types"] == {"array": 1, "object": 1}
    fields = shape["result"]["fields"]
    assert fields["b"]["items"] == {"types": {"boolean": 1, "integer": 1, "number": 1}}
    assert fields["when"] == {"types": {"string": 1}, "formats": {"date-time": 1}}
    assert fields["Tuesday"] == {"types": {"string": 1}}
    assert fields["*"] == {"types": {"object": 1}}, "a key that looks like data is not recorded"


@pytest.mark.parametrize("strict", [False, True])
def test_a_call_that_fails_during_a_recording_only_fails(connect: Connect, tmp_path: Path, strict: bool) -> None:
    with Simulator() as server, connect(server.url, username="admin", password="admin", ca_file=server.ca_file, strict=strict) as spe:
        with spe.record_shapes(tmp_path / "shapes.json"):
            with pytest.raises(errors.FunctionFailedError, match="Instance test03 is not running"):
                spe.instance("test03").get_profiles()
            spe.instance("test01").verify_store(1).result(timeout=60)


def test_members_of_an_enum_are_recorded_but_no_other_values(connect: Connect, raw_server: RawServer, tmp_path: Path) -> None:
    path = tmp_path / "shapes.json"
    rows = [{"instanceID": "a", "status": status} for status in ("running", "brandNew", "not running", "", "john@example.com")]
    raw_server.answers = [success(rows)]
    with pytest.warns(errors.SchemaDriftWarning), connect(**to(raw_server)) as spe, spe.record_shapes(path):
        spe.get_instances("*")
    status = recorded(path)["GetInstances"]["result"]["items"]["fields"]["status"]
    assert status == {"types": {"string": 5}, "values": {"running": 1, "brandNew": 1, "not running": 1, "": 1, "*": 1}}


def test_a_result_that_strict_rejects_is_recorded_too(connect: Connect, raw_server: RawServer, tmp_path: Path) -> None:
    path = tmp_path / "shapes.json"
    raw_server.answers = [success([{"userName": 5}])]
    with connect(**to(raw_server), strict=True) as spe, spe.record_shapes(path), pytest.raises(errors.ResultSchemaError):
        spe.instance("test01").get_users()
    assert recorded(path)["GetUsers"]["result"]["items"]["fields"]["userName"] == {"types": {"integer": 1}}


@pytest.mark.parametrize("result", [b"[]", b"5"])
@pytest.mark.filterwarnings("ignore::mailstore_sdk.SchemaDriftWarning")
def test_a_failed_call_is_not_recorded(connect: Connect, raw_server: RawServer, tmp_path: Path, result: bytes) -> None:
    path = tmp_path / "shapes.json"
    raw_server.answers = [answer(b'{"statusCode": "failed", "error": {"message": "no"}, "result": %s}' % result)]
    with connect(**to(raw_server)) as spe, spe.record_shapes(path), pytest.raises(errors.FunctionFailedError):
        spe.instance("test01").get_users()
    assert recorded(path) == {}


def test_a_recording_extends_an_existing_file(connect: Connect, raw_server: RawServer, tmp_path: Path) -> None:
    path = tmp_path / "shapes.json"
    with connect(**to(raw_server)) as spe:
        for _ in range(2):
            recording = spe.record_shapes(path)
            spe.instance("test01").get_users()
            recording.close()
            recording.close()
    assert recorded(path)["GetUsers"] == {"replies": 2, "result": {"types": {"array": 2}, "items": {}}}


@pytest.mark.parametrize("content", ["{}x", '{"format": "other"}', '{"format": "mailstore-sdk shapes 1", "functions": {"A": 5}}', "[]"])
def test_another_file_is_not_changed(connect: Connect, raw_server: RawServer, tmp_path: Path, content: str) -> None:
    path = tmp_path / "shapes.json"
    path.write_text(content)
    with connect(**to(raw_server)) as spe, pytest.raises(ConfigurationError, match="cannot be recorded to.*expected a file of shapes"):
        spe.record_shapes(path)
    assert path.read_text() == content


def test_a_folder_is_refused(connect: Connect, raw_server: RawServer, tmp_path: Path) -> None:
    with connect(**to(raw_server)) as spe, pytest.raises(ConfigurationError, match="Is a directory"):
        spe.record_shapes(tmp_path)


def test_a_file_that_cannot_be_written_is_refused_at_the_beginning(spe_client: SPEClient, tmp_path: Path) -> None:
    path = tmp_path / "missing" / "shapes.json"
    with pytest.raises(ConfigurationError, match="shapes.json' cannot be recorded to: No such file or directory"):
        spe_client.record_shapes(path)


def test_a_file_that_cannot_be_written_at_the_end_is_an_error_of_the_package(spe_client: SPEClient, tmp_path: Path) -> None:
    path = tmp_path / "folder" / "shapes.json"
    path.parent.mkdir()
    recording = spe_client.record_shapes(path)
    assert recorded(path) == {}
    shutil.rmtree(path.parent)
    with pytest.raises(ConfigurationError, match="shapes.json' cannot be recorded to: No such file or directory"):
        recording.close()
