"""The generated methods: one for every function, with the wrappers' positions, and what they put on the wire."""

import inspect
import re
import typing
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest

import mailstore_sdk.compat as mailstore
from mailstore_sdk import ArgumentError, StoreState
from mailstore_sdk._generated.functions import FUNCTIONS
from mailstore_sdk.simulator import Simulator
from tests.compat.conftest import Connect
from tests.support.raw_server import RawServer

CLIENTS: dict[str, Any] = {"spe": mailstore.spe.Client, "mgmt": mailstore.mgmt.SPEClient}


def listed() -> Iterator[list[str]]:
    for line in (Path(__file__).parent / "signatures.txt").read_text().splitlines():
        if not line.startswith("#"):
            yield line.split()


@pytest.mark.parametrize("line", [*listed()], ids=" ".join)
def test_arguments_have_the_positions_of_the_wrapper(line: list[str]) -> None:
    edition, function, *wanted = line
    parameters = inspect.signature(getattr(CLIENTS[edition], function)).parameters.values()
    positional = [p for p in parameters if p.kind is p.POSITIONAL_OR_KEYWORD]
    assert [p.name for p in positional] == ["self", *(name.rstrip("?") for name in wanted), "autoHandleToken"]
    assert {p.name for p in positional if p.default is p.empty} <= {"self", *wanted}


@pytest.mark.parametrize(
    ("client", "wanted"),
    [
        (
            mailstore.spe.Client,
            {"username": "admin", "password": "admin", "host": "127.0.0.1", "port": 8470, "autoHandleToken": True, "waitTime": 2000}
            | {"logLevel": 2, "fileLogLevel": 0},
        ),
        (
            mailstore.mgmt.SPEClient,
            {"username": "admin", "password": "admin", "host": "127.0.0.1", "port": 8474, "autoHandleToken": True, "waitTime": 1000}
            | {"callback": None, "logLevel": 2, "ignoreInvalidSSLCerts": False, "instanceID": None},
        ),
    ],
)
def test_clients_are_created_like_those_of_the_wrappers(client: Any, wanted: dict[str, Any]) -> None:
    parameters = inspect.signature(client).parameters.values()
    assert [(p.name, p.default) for p in parameters if p.kind is p.POSITIONAL_OR_KEYWORD] == [*wanted.items()]


@pytest.mark.parametrize("edition", CLIENTS)
def test_every_function_with_every_wire_argument(edition: str) -> None:
    for function in FUNCTIONS.values():
        parameters = set(inspect.signature(getattr(CLIENTS[edition], function.name)).parameters)
        known = {argument.name for argument in function.arguments if edition == "spe" or not argument.until}
        known -= {"instanceID"} if edition == "mgmt" else set()
        assert parameters == known | {"self", "autoHandleToken"}


class Wire:
    """The forms that a client sent to a bare socket."""

    def __init__(self, server: RawServer, client: Any) -> None:
        self.server, self.client = server, client

    def form(self) -> dict[str, str]:
        body = self.server.requests[-1].partition(b"\r\n\r\n")[2].decode()
        return dict(parse_qsl(body, keep_blank_values=True, strict_parsing=bool(body)))


@pytest.fixture(params=["spe", "mgmt"])
def wire(request: pytest.FixtureRequest) -> Iterator[Wire]:
    with RawServer() as server:
        place = {"host": "localhost", "port": server.port, "ca_file": server.ca_file}
        bound = {"instanceID": "test01"} if request.param == "mgmt" else {}
        with CLIENTS[request.param](**place, **bound) as client:
            yield Wire(server, client)


def on(client: Any, **arguments: Any) -> dict[str, Any]:
    """The arguments of a function of an instance, for either client."""
    return arguments if isinstance(client, mailstore.mgmt.SPEClient) else {"instanceID": "test01", **arguments}


@pytest.mark.parametrize(
    ("function", "arguments", "sent"),
    [
        ("SetArchiveAdminEnabled", {"enabled": False}, {"enabled": "false"}),
        ("SetArchiveAdminEnabled", {"enabled": "false"}, {"enabled": "false"}),
        ("GetChildFolders", {"maxLevels": 0}, {"maxLevels": "0"}),
        ("SetUserFullName", {"userName": "alice", "fullName": ""}, {"userName": "alice", "fullName": ""}),
        ("SetUserFullName", {"userName": "alice", "fullName": None}, {"userName": "alice"}),
        ("SetUserEmailAddresses", {"userName": "a", "emailAddresses": ["x@y", "z@y"]}, {"userName": "a", "emailAddresses": "x@y,z@y"}),
        ("SetUserEmailAddresses", {"userName": "a", "emailAddresses": ("x@y",)}, {"userName": "a", "emailAddresses": "x@y"}),
        ("SetUserEmailAddresses", {"userName": "a", "emailAddresses": "x@y, z@y"}, {"userName": "a", "emailAddresses": "x@y, z@y"}),
        ("SetUserEmailAddresses", {"userName": "a", "emailAddresses": []}, {"userName": "a", "emailAddresses": ""}),
        ("RecoverStore", {"id": 1, "recoverDeletedMessages": True}, {"id": "1", "recoverDeletedMessages": "true"}),
        ("RenameStore", {"id": "1", "name": "x"}, {"id": "1", "name": "x"}),
        ("SetStoreRequestedState", {"id": 1, "requestedState": StoreState.NORMAL}, {"id": "1", "requestedState": "normal"}),
        ("SetStoreRequestedState", {"id": 1, "requestedState": "new"}, {"id": "1", "requestedState": "new"}),
        ("SetComplianceConfiguration", {"config": {"a": [1, None]}}, {"config": '{"a":[1,null]}'}),
        ("SetComplianceConfiguration", {"config": '{"a": [1, null]}'}, {"config": '{"a": [1, null]}'}),
        ("SetRetentionPolicies", {"config": [{"a": True}]}, {"config": '[{"a":true}]'}),
        (
            "GetWorkerResults",
            {"fromIncluding": "2026-01-01T00:00:00", "toExcluding": datetime(2026, 2, 1), "profileID": "3"},
            {"fromIncluding": "2026-01-01T00:00:00", "toExcluding": "2026-02-01T00:00:00", "timeZoneID": "$Local", "profileID": "3"},
        ),
        ("GetProfiles", {}, {"raw": "true"}),
        ("GetProfiles", {"raw": "true"}, {"raw": "true"}),
        ("SetJobSchedule", {"id": 1, "timeZoneId": "$Local", "dayOfMonth": 3}, {"id": "1", "timeZoneId": "$Local", "dayOfMonth": "3"}),
        ("SetJobSchedule", {"id": 1, "timeZoneId": "UTC", "time": 7.5}, {"id": "1", "timeZoneId": "UTC", "time": "7.5"}),
        ("VerifyStore", {"id": 1}, {"id": "1", "includeIndexes": "true"}),
        ("VerifyStore", {"id": 1, "includeIndexes": False}, {"id": "1", "includeIndexes": "false"}),
    ],
)
def test_arguments_on_the_wire(wire: Wire, function: str, arguments: dict[str, Any], sent: dict[str, str]) -> None:
    assert getattr(wire.client, function)(**on(wire.client, **arguments))["statusCode"] == "succeeded"
    form = wire.form()
    assert form.pop("instanceID") == "test01"
    if function == "RecoverStore" and isinstance(wire.client, mailstore.mgmt.SPEClient):
        assert sent.items() <= form.items()
    else:
        assert form == sent
    assert wire.server.requests[-1].startswith(b"POST /api/invoke/%s HTTP/1.1\r\n" % function.encode())


def test_values_that_the_later_wrapper_always_sends(later: Connect, new: Simulator) -> None:
    client = later()
    client.GetStores()
    client.SyncUsersWithDirectoryServices()
    client.CreateUser("dora")
    asked = {call.function: call.arguments for call in new.calls}
    assert asked["GetStores"] == {"instanceID": "test01", "includeSize": "true"}
    assert asked["SyncUsersWithDirectoryServices"] == {"instanceID": "test01", "dryRun": "false"}
    assert asked["CreateUser"] == {"instanceID": "test01", "userName": "dora", "privileges": "none"}


def test_values_that_the_first_wrapper_does_not_send(first: Connect, new: Simulator) -> None:
    client = first()
    client.GetStores("test01")
    client.SyncUsersWithDirectoryServices("test01")
    assert [call.arguments for call in new.calls if call.function != "get-status"] == [{"instanceID": "test01"}] * 2


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"id": b"1", "name": "x"}, "RenameStore: id cannot be b'1'; expected an int"),
        ({"id": 1, "name": ["a,b"]}, "strings without a comma"),
        ({"id": datetime(2026, 1, 1, tzinfo=UTC), "name": "x"}, "without time zone"),
    ],
)
def test_a_value_that_cannot_be_sent_is_an_argument_error(first: Connect, new: Simulator, arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(ArgumentError, match=message):
        first().RenameStore("test01", **arguments)
    assert not new.calls


@pytest.mark.parametrize("edition", CLIENTS)
def test_wrong_arguments_are_pythons_own_error_and_show_no_secret(edition: str) -> None:
    client = CLIENTS[edition]()
    with pytest.raises(TypeError, match=r"\.SetUserPassword\(\) missing 1 required positional argument: 'userName'") as missing:
        client.SetUserPassword(password="s3cR3T1!", **on(client))
    with pytest.raises(TypeError, match=r"\.SetUserPassword\(\) got an unexpected keyword argument 'pass_word'") as unknown:
        client.SetUserPassword(userName="alice", pass_word="s3cR3T1!", **on(client))
    for caught in (missing, unknown):
        assert not [entry.name for entry in caught.traceback[1:] if "s3cR3T1!" in repr(entry.frame.f_locals)]


@pytest.mark.parametrize("edition", CLIENTS)
def test_each_method_has_its_own_name_and_documentation(edition: str) -> None:
    for function in FUNCTIONS.values():
        method = getattr(CLIENTS[edition], function.name)
        assert method.__name__ == function.name
        assert re.search(r"\. Typed: ``(SPEClient|Instance)\.\w+``\.$", " ".join(inspect.getdoc(method).split()))
        assert typing.get_type_hints(method)["return"] == dict[str, Any]


def test_a_configuration_is_sent_back_unchanged(first: Connect) -> None:
    client = first()
    config = client.GetInstanceConfiguration("test01")["result"]
    config["displayName"] = "Neu"
    assert client.SetInstanceConfiguration(config)["statusCode"] == "succeeded"
    assert client.GetInstanceConfiguration("test01")["result"] == config


def test_the_callback_of_the_first_wrapper_gets_the_first_status_too(first: Connect) -> None:
    printed: list[dict[str, Any]] = []
    last = first(callbackStatus=printed.append).VerifyStore("test01", 1)
    assert [status["statusVersion"] for status in printed] == [0, 5, 7, 9, 11, 13, 15]
    assert last["logOutput"] == "".join(status["logOutput"] or "" for status in printed)
