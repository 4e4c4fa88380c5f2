"""The later wrapper's client: its instance, long-running work, metadata, any function."""

import gc
from typing import Any

import pytest

import mailstore_sdk.compat as mailstore
from mailstore_sdk import ArgumentError, UnverifiedServerWarning
from mailstore_sdk.simulator import Simulator
from tests.compat.conftest import STEPS, Connect
from tests.support.raw_server import RawServer, answer


def test_the_module_has_the_later_wrappers_name() -> None:
    assert mailstore.SPEClient is mailstore.mgmt.SPEClient


class TestInstance:
    def test_the_instance_is_sent_only_with_functions_that_need_it(self, later: Connect, new: Simulator) -> None:
        client = later()
        client.GetUserInfo("alice")
        client.GetInstances("*")
        assert [call.arguments for call in new.calls] == [{"instanceID": "test01", "userName": "alice"}, {"instanceFilter": "*"}]

    def test_the_instance_can_be_set_later(self, later: Connect, new: Simulator) -> None:
        client = later(instanceID=None)
        client.instanceID = "test02"
        assert client.GetStores()["statusCode"] == "succeeded"
        assert new.calls[0].arguments["instanceID"] == "test02"

    def test_a_missing_instance_is_an_error(self, later: Connect, new: Simulator) -> None:
        with pytest.raises(ArgumentError, match="GetUsers is about one instance: set instanceID"):
            later(instanceID=None).GetUsers()
        assert not new.calls


class TestLongRunningWork:
    def test_the_call_waits_and_reports_to_the_callback(self, later: Connect) -> None:
        printed: list[dict[str, Any]] = []
        last = later(callback=printed.append).VerifyStore(1)
        assert last == printed[-1]
        assert [status["statusCode"] for status in printed] == ["running"] * (STEPS - 1) + ["succeeded"]
        assert last["logOutput"] == "Done. No errors.\r\n"  # only the last lines, as in the later wrapper

    def test_a_call_can_return_only_the_token(self, later: Connect, new: Simulator) -> None:
        client = later()
        started = client.VerifyStore(1, autoHandleToken=False)
        assert (started["statusCode"], started["statusVersion"]) == ("running", 0)
        assert client.HandleToken(started, waitTime=50)["statusCode"] == "succeeded"
        assert {call.arguments["millisecondsTimeout"] for call in new.calls[1:]} == {"50"}

    def test_a_call_can_wait_for_the_end(self, later: Connect) -> None:
        assert later(autoHandleToken=False).VerifyStore(1, autoHandleToken=True)["statusCode"] == "succeeded"

    def test_yield_status_begins_with_what_the_call_returned(self, later: Connect) -> None:
        client = later(autoHandleToken=False)
        started = client.VerifyStore(1)
        statuses = [*client.YieldStatus(started)]
        assert statuses[0] is started
        assert [status["statusVersion"] for status in statuses[:2]] == [0, 5]
        assert statuses[-1]["statusCode"] == "succeeded"
        assert len(statuses) == 1 + STEPS

    def test_the_callers_own_loop(self, later: Connect, new: Simulator) -> None:
        client = later(autoHandleToken=False)
        status = client.VerifyStore(1)
        token = status["token"]
        while status["statusCode"] == "running":
            status = client.GetStatus(status)
        assert status["statusCode"] == "succeeded"
        polls = [call.arguments for call in new.calls if call.function == "get-status"]
        assert {poll["token"] for poll in polls} == {token}
        assert [poll["lastKnownStatusVersion"] for poll in polls] == ["0", "5", "7", "9", "11", "13"]
        assert {poll["millisecondsTimeout"] for poll in polls} == {"1000"}

    def test_cancelling(self, later: Connect) -> None:
        client = later(autoHandleToken=False)
        started = client.VerifyStore(1)
        assert client.CancelAsync(started)["statusCode"] is None
        assert client.HandleToken(started)["statusCode"] == "cancelled"

    def test_an_ended_job_is_returned_unchanged(self, later: Connect, new: Simulator) -> None:
        client = later()
        failed = client.GetUserInfo("zoe")
        assert client.HandleToken(failed) is failed
        assert [*client.YieldStatus(failed)] == [failed]
        assert len(new.calls) == 1

    def test_a_short_function_that_became_work_is_waited_for(self, later: Connect, new: Simulator) -> None:
        new.estate.long_running_rows = 0
        rows = later().GetWorkerResults("2000-01-01T00:00:00", "2100-01-01T00:00:00")["result"]
        assert rows[0]["profileName"]


class TestMetadata:
    def test_metadata_is_a_bare_list(self, later: Connect, new: Simulator, capsys: pytest.CaptureFixture[str]) -> None:
        listed = later().GetMetadata()
        wanted = {"name": "instanceID", "type": "string", "nullable": False}
        assert next(entry["args"] for entry in listed if entry["name"] == "GetUsers") == [wanted]
        assert capsys.readouterr().out == ""
        assert [call.function for call in new.calls] == ["get-metadata"]

    def test_metadata_in_an_envelope_is_unwrapped(self) -> None:
        with RawServer() as server:
            server.answers = [answer(b'{"error": null, "statusCode": "succeeded", "result": [{"name": "GetUsers", "args": []}]}')]
            with mailstore.SPEClient(host="localhost", port=server.port, ca_file=server.ca_file) as client:
                assert client.GetMetadata() == [{"name": "GetUsers", "args": []}]

    def test_functions_that_the_client_lacks_cause_a_warning(self, caplog: pytest.LogCaptureFixture) -> None:
        with RawServer() as server:
            server.answers = [answer(b'[{"name": "GetUsers", "args": []}, {"name": "BrandNew", "args": []}]')]
            with mailstore.SPEClient(host="localhost", port=server.port, ca_file=server.ca_file) as client:
                assert len(client.GetMetadata()) == 2
        (record,) = caplog.records
        assert (record.name, record.levelname) == ("MGMTLogger", "WARNING")
        assert record.message == "the server has a function 'BrandNew' that this client lacks: call('BrandNew', ...)"

    def test_nothing_is_requested_before_the_first_call(self, later: Connect, new: Simulator) -> None:
        later()
        assert new.requests == 0


class TestAnyFunction:
    def test_a_known_function(self, later: Connect, new: Simulator) -> None:
        assert later().call("GetUserInfo", {"userName": "alice"})["result"]["userName"] == "alice"
        assert new.calls[0].arguments == {"instanceID": "test01", "userName": "alice"}
        assert later().call("Ping")["statusCode"] == "succeeded"

    def test_a_function_newer_than_the_package(self) -> None:
        with RawServer() as server:
            with mailstore.SPEClient(host="localhost", port=server.port, ca_file=server.ca_file) as client:
                client.call("BrandNew", {"flag": False, "config": {"a": 1}, "left": None})
        assert server.requests[0].endswith(b"\r\n\r\nflag=false&config=%7B%22a%22%3A1%7D")

    def test_the_third_position_is_auto_handle_token(self, later: Connect, new: Simulator) -> None:
        client = later()
        started = client.call("VerifyStore", {"id": 1}, False)
        assert started["statusCode"] == "running"
        status = {"token": started["token"], "lastKnownStatusVersion": 0, "millisecondsTimeout": 10}
        assert client.call("get-status", status)["statusVersion"] == 5
        assert client.call("cancel-async", {"token": started["token"]})["statusCode"] is None
        assert len(client.call("get-metadata")) > 100
        assert [call.function for call in new.calls] == ["get-metadata", "VerifyStore", "get-status", "cancel-async", "get-metadata"]


def test_certificates_are_ignored_only_with_a_warning(new: Simulator) -> None:
    with pytest.warns(UnverifiedServerWarning):
        client = mailstore.SPEClient(host="localhost", port=new.port, ignoreInvalidSSLCerts=True)
    with client:
        assert client.Ping()["statusCode"] == "succeeded"


@pytest.mark.filterwarnings("error::ResourceWarning")
def test_a_garbage_collected_client_closes_its_connections(new: Simulator) -> None:
    client = mailstore.SPEClient(host="localhost", port=new.port, ca_file=new.ca_file)
    client.Ping()
    transport = client._spe._transport
    del client
    gc.collect()
    assert transport.closed


def test_a_client_of_ones_own_has_the_methods(new: Simulator) -> None:
    class Mine(mailstore.mgmt.SPEClient):
        def GetStores(self, *arguments: Any) -> Any:  # noqa: N802 - the wrapper's name
            return len(super().GetStores(*arguments)["result"])

    with Mine(host="localhost", port=new.port, ca_file=new.ca_file, instanceID="test01") as client:
        assert client.GetStores() == len(new.estate.instance("test01").stores)
        assert client.GetUserInfo("alice")["statusCode"] == "succeeded"
