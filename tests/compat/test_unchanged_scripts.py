"""What scripts of the wrappers do that is not in the tutorial: on servers of their age, with values of odd types, on a network."""

import inspect
import pickle
import urllib.error
from collections.abc import Iterator
from typing import Any

import pytest

import mailstore_sdk.compat as mailstore
from mailstore_sdk import errors
from mailstore_sdk.compat._wrapper import PATIENT
from mailstore_sdk.compat.errors import KINDS, NetworkError
from mailstore_sdk.simulator import Simulator
from tests.compat.conftest import STEPS, Connect
from tests.support.processes import PATIENCE, wait_until

Client = mailstore.spe.Client


@pytest.fixture(scope="module", params=["9.0", "12.0", "25.3"])
def version(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def server(version: str) -> Iterator[Simulator]:
    with Simulator(spe_version=version, clock=f"polls:{STEPS}") as server:
        yield server


@pytest.fixture
def client(server: Simulator) -> Iterator[mailstore.spe.Client]:
    server.reset()
    with Client(host="localhost", port=server.port, ca_file=server.ca_file, logLevel=0) as client:
        yield client


def sent(server: Simulator, function: str) -> dict[str, Any]:
    return dict(next(call for call in server.calls if call.function == function).arguments)


@pytest.mark.parametrize("function", ["CreateStore", "AttachStore"])
@pytest.mark.parametrize("by_name", [False, True])
def test_a_path_is_sent_as_the_server_names_it(
    client: mailstore.spe.Client, server: Simulator, version: str, function: str, *, by_name: bool
) -> None:
    call = getattr(client, function)
    reply = call("test01", "new", path="D:\\new") if by_name else call("test01", "new", "D:\\new", "normal")
    assert reply["statusCode"] == "succeeded" if function == "CreateStore" else "No archive store exists in" in reply["error"]["message"]
    name = "databasePath" if version == "25.3" else "path"
    wanted = {"instanceID": "test01", "name": "new", name: "D:\\new"}
    assert sent(server, function) == wanted | ({} if by_name else {"requestedState": "normal"})


@pytest.mark.parametrize("function", ["CreateStore", "AttachStore"])
def test_the_later_wrapper_sends_a_path_as_the_server_names_it(server: Simulator, version: str, function: str) -> None:
    server.reset()
    with mailstore.mgmt.SPEClient(port=server.port, host="localhost", ca_file=server.ca_file, instanceID="test01") as client:
        reply = getattr(client, function)("new", "D:\\new", requestedState="normal")
    assert reply["statusCode"] == "succeeded" if function == "CreateStore" else "No archive store exists in" in reply["error"]["message"]
    name = "databasePath" if version == "25.3" else "path"
    assert sent(server, function) == {"instanceID": "test01", "name": "new", name: "D:\\new", "requestedState": "normal"}


def test_arguments_that_the_server_needs_are_added(client: mailstore.spe.Client, server: Simulator, version: str) -> None:
    assert client.VerifyStore("test01", 1)["statusCode"] == "succeeded"
    needed = {} if version == "9.0" else {"includeIndexes": "true"}
    assert sent(server, "VerifyStore") == {"instanceID": "test01", "id": "1"} | needed
    client.VerifyStore("test01", 2)
    assert [call.function for call in server.calls].count("get-metadata") == 1


@pytest.mark.parametrize("value", ["True", "true", 1, True])
def test_true_in_every_spelling(first: Connect, new: Simulator, value: Any) -> None:
    assert first().SyncUsersWithDirectoryServices("test01", value)["statusCode"] == "succeeded"
    assert sent(new, "SyncUsersWithDirectoryServices")["dryRun"] == "true"


@pytest.mark.parametrize("nothing", [None, [], ""])
def test_no_privileges_are_sent_as_none(first: Connect, new: Simulator, nothing: Any) -> None:
    client = first()
    assert client.CreateUser("test01", "dora", nothing)["statusCode"] == "succeeded"
    assert client.SetUserPrivileges("test01", "alice", nothing)["statusCode"] == "succeeded"
    assert client.SetUserLoginPrivileges("test01", "alice", nothing)["statusCode"] == "succeeded"
    assert sent(new, "CreateUser") == {"instanceID": "test01", "userName": "dora", "privileges": "none"}
    assert sent(new, "SetUserPrivileges")["privileges"] == "none"
    assert sent(new, "SetUserLoginPrivileges")["loginPrivileges"] == "none"


def test_numbers_can_be_strings(new: Simulator) -> None:
    with mailstore.SPEClient("admin", "admin", "localhost", str(new.port), True, "250", ca_file=new.ca_file) as client:
        assert client.Ping()["statusCode"] == "succeeded"
        assert (client.port, client.waitTime) == (new.port, 250)


@pytest.mark.parametrize("edition", [Client, mailstore.SPEClient])
def test_without_a_host_the_client_connects_to_this_machine(edition: Any) -> None:
    assert edition(host="").host == "127.0.0.1"


def test_the_server_refuses_a_profile_without_properties(later: Connect) -> None:
    assert later().CreateProfile()["statusCode"] == "failed"


@pytest.mark.parametrize("edition", [Client, mailstore.SPEClient])
def test_a_call_waits_without_a_limit(edition: Any) -> None:
    assert inspect.signature(edition).parameters["timeout"].default == PATIENT >= 8 * 3600
    assert edition()._spe.options.timeout == PATIENT
    assert edition(timeout=5)._spe.options.timeout == 5


def test_a_call_that_takes_longer_than_the_limit_is_not_retried(first: Connect, new: Simulator) -> None:
    new.faults.add("CreateUser", "delay", seconds=10 * PATIENCE)
    client = first(logLevel=0)
    client.Ping()  # opens the connection, which can take longer
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(client, "_spe", client._spe.with_options(timeout=0.2))
        with pytest.raises(errors.OutcomeUnknownError):
            client.CreateUser("test01", "dora", "none")
    wait_until(lambda: "CreateUser" in [call.function for call in new.calls])
    assert [call.function for call in new.calls] == ["Ping", "CreateUser"]


def test_the_wrappers_attributes(first: Connect, later: Connect) -> None:
    for client in (first(), later()):
        assert client.password == "admin"
        assert client.logLevels == {0: "NONE", 1: "ERROR", 2: "WARNING", 3: "INFO", 4: "DEBUG"}
        assert client.ignoreInvalidSSLCerts is False
        assert client.log.level == 2
        assert "GetUsers" in [entry["name"] for entry in client.metadata]
        assert client.metadata is client.metadata


class TestNetworkErrors:
    def test_a_closed_port(self) -> None:
        with Client(host="127.0.0.1", port=1, logLevel=0) as client, pytest.raises(urllib.error.URLError) as caught:
            client.Ping()
        assert isinstance(caught.value, OSError)
        assert isinstance(caught.value, errors.ServerUnreachableError)
        assert str(caught.value) == caught.value.message == caught.value.reason

    def test_an_http_error_status(self, first: Connect) -> None:
        with pytest.raises(urllib.error.URLError) as caught:
            first(password="wrong", logLevel=0).Ping()
        assert isinstance(caught.value, errors.AuthenticationError)
        assert caught.value.status == 401

    def test_an_argument_that_cannot_be_sent_is_not_a_network_error(self, first: Connect) -> None:
        with pytest.raises(errors.ArgumentError) as caught:
            first().RenameStore("test01", b"1", "x")
        assert not isinstance(caught.value, OSError)

    @pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.__name__)
    def test_network_errors_can_be_pickled(self, kind: type[errors.MailStoreError]) -> None:
        error = kind("no route", function="Ping", arguments={"a": 1})
        other = pickle.loads(pickle.dumps(error))
        assert isinstance(other, kind)
        assert isinstance(other, NetworkError)
        assert (str(other), other.function, other.arguments) == ("no route", "Ping", {"a": 1})
