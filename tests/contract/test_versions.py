"""Older and newer servers: what is known of them, and what is not sent to them."""

from collections.abc import Iterator
from typing import Any

import pytest

from mailstore_sdk import NotSupportedError, errors
from mailstore_sdk.simulator import Simulator
from tests.support.both_clients import Connect
from tests.support.raw_server import RawServer, answer


def to(simulator: Simulator, **more: Any) -> dict[str, Any]:
    return {"host": simulator.url, "username": "admin", "password": "admin", "ca_file": simulator.ca_file, **more}


@pytest.fixture
def old() -> Iterator[Simulator]:
    with Simulator(spe_version="9.0", clock="immediate") as simulator:
        yield simulator


def calls(simulator: Simulator) -> list[str]:
    return [call.function for call in simulator.calls]


def test_the_version_is_requested_once(connect: Connect, old: Simulator) -> None:
    with connect(**to(old)) as spe:
        assert spe.server_version().startswith("9.0")
        assert spe.with_options(retries=0).server_version().startswith("9.0")
    assert calls(old) == ["GetEnvironmentInfo"]


def test_a_reply_with_the_version_saves_the_request(connect: Connect, old: Simulator) -> None:
    with connect(**to(old)) as spe:
        spe.call("GetEnvironmentInfo")
        assert spe.server_version().startswith("9.0")
    assert calls(old) == ["GetEnvironmentInfo"]


def test_a_function_that_the_server_lacks_is_not_sent(connect: Connect, old: Simulator) -> None:
    with connect(**to(old)) as spe:
        spe.server_version()
        for _ in range(2):
            with pytest.raises(NotSupportedError) as caught:
                spe.instance("test01").verify_stores()
        assert spe.instance("test01").get_users()
    error = caught.value
    assert (error.function, error.needs) == ("VerifyStores", "12.0")
    assert error.has is not None
    assert error.has.startswith("9.0")
    assert str(error).endswith("does not have VerifyStores; it is known since SPE 12.0. Nothing was sent")
    assert calls(old) == ["GetEnvironmentInfo", "get-metadata", "GetUsers"], "the server's own list decides, and is asked for once"


def test_nothing_is_requested_if_nothing_is_newer(connect: Connect, old: Simulator) -> None:
    with connect(**to(old)) as spe:
        spe.server_version()
        spe.instance("test01").get_users()
    assert calls(old) == ["GetEnvironmentInfo", "GetUsers"]


def test_unsupported_defaults_are_omitted_and_unsupported_arguments_refused(connect: Connect, old: Simulator) -> None:
    with connect(**to(old)) as spe:
        spe.server_version()
        assert spe.instance("test01").verify_store(1).result(timeout=60) is None
        with pytest.raises(NotSupportedError, match="does not have includeIndexes of VerifyStore; it is known since SPE 12.0"):
            spe.instance("test01").verify_store(1, include_indexes=False)
    assert next(call for call in old.calls if call.function == "VerifyStore").arguments == {"instanceID": "test01", "id": "1"}


def test_an_argument_of_older_servers_can_be_used_in_calls_by_name(connect: Connect, old: Simulator) -> None:
    arguments = {"instanceID": "test01", "name": "New", "path": "E:\\new"}
    with connect(**to(old)) as spe:
        spe.call("CreateStore", **arguments)
        assert [store.database_path for store in spe.instance("test01").get_stores()][-1] == "E:\\new"
        spe.server_version()
        spe.call("AttachStore", **arguments | {"path": "D:\\archive\\test01\\2025-12"})
    with Simulator() as new, connect(**to(new)) as spe:
        spe.server_version()
        with pytest.raises(NotSupportedError, match="does not have path of CreateStore"):
            spe.call("CreateStore", **arguments)
        assert calls(new) == ["GetEnvironmentInfo", "get-metadata"]


def test_the_session_protocol_is_that_of_the_oldest_server(connect: Connect) -> None:
    with Simulator(spe_version="8.5", clock="immediate") as simulator, connect(**to(simulator, protocol="session")) as spe:
        assert spe.instance("test01").verify_store(1).result(timeout=60) is None
        with pytest.raises(NotSupportedError) as caught:
            spe.instance("test01").verify_stores()
        assert caught.value.has == "8.5"
        assert spe.server_version() == "8.5", "which it does not report itself"


def test_a_list_requested_by_the_program_is_used_too(connect: Connect, old: Simulator) -> None:
    with connect(**to(old)) as spe:
        spe.get_metadata()
        with pytest.raises(NotSupportedError) as caught:
            spe.instance("test01").verify_stores()
        with pytest.raises(NotSupportedError, match="^BrandNew: the server does not have BrandNew. Nothing was sent$"):
            spe.call("BrandNew")
    assert caught.value.has is None


INFO = b'{"statusCode": "succeeded", "result": {"version": "9.0.1"}}'


@pytest.mark.filterwarnings("ignore::mailstore_sdk.SchemaDriftWarning")
@pytest.mark.parametrize("metadata", [answer(b"", "404 Not Found"), answer(b"[]"), answer(b'[5, {"name": 5}, {"nome": "x"}]')])
def test_a_server_without_a_list_gets_the_call(connect: Connect, raw_server: RawServer, metadata: Any) -> None:
    raw_server.answers = [answer(INFO), metadata]
    with connect("localhost", port=raw_server.port, ca_file=raw_server.ca_file, username="a", password="b") as spe:
        assert spe.server_version() == "9.0.1"
        spe.instance("test01").verify_store(1)
        spe.instance("test01").verify_store(1)
    assert [request.split()[1] for request in raw_server.requests[1:]] == [b"/api/get-metadata", *[b"/api/invoke/VerifyStore"] * 2]
    assert raw_server.requests[-1].endswith(b"\r\n\r\ninstanceID=test01&id=1"), (
        "what is newer than the server and was not asked for is left out"
    )


@pytest.mark.filterwarnings("ignore::mailstore_sdk.SchemaDriftWarning")
def test_a_server_that_does_not_report_its_version(connect: Connect, raw_server: RawServer) -> None:
    raw_server.answers = [answer(b'{"statusCode": "succeeded", "result": {"version": 5}}')]
    with connect("localhost", port=raw_server.port, ca_file=raw_server.ca_file, username="a", password="b") as spe:
        with pytest.raises(errors.ReplyFormatError, match="does not report its version"):
            spe.server_version()
