"""Calls by wire name, clients with other options, and what is logged."""

import asyncio
import copy
import gc
import logging
import pickle
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from typing import Any

import pytest

from mailstore_sdk import ArgumentError, Hooks, IndexConfiguration, SPEClient, errors
from mailstore_sdk.runtime._log import follow_environment
from mailstore_sdk.runtime.function import Function
from mailstore_sdk.simulator import Simulator
from tests.support.both_clients import Connect
from tests.support.raw_server import RawServer, answer, hang_up


@pytest.fixture
def spe(connect: Connect, spe_simulator: Simulator) -> Iterator[Any]:
    server = spe_simulator
    with connect(server.url, username="admin", password="admin", ca_file=server.ca_file) as client:
        yield client


class TestCallByName:
    def test_a_known_function_returns_json(self, spe: Any) -> None:
        users = spe.call("GetUsers", instanceID="test01")
        assert users[0]["userName"] == "$archiveadmin"
        assert spe.call("SetStoreRequestedState", instanceID="test01", id=1, requestedState="writeProtected") is None

    def test_arguments_are_checked_as_by_the_method(self, spe: Any, spe_simulator: Simulator) -> None:
        with pytest.raises(ArgumentError, match="requestedState cannot be 'gone'"):
            spe.call("SetStoreRequestedState", instanceID="test01", id=1, requestedState="gone")
        with pytest.raises(ArgumentError, match="GetUserInfo needs userName"):
            spe.call("GetUserInfo", instanceID="test01")
        assert not spe_simulator.calls

    @pytest.mark.parametrize(("given", "meant"), [("instance_id", "instanceID"), ("instanceId", "instanceID"), ("username", "userName")])
    def test_an_argument_that_is_written_as_in_python_is_named(self, spe: Any, spe_simulator: Simulator, given: str, meant: str) -> None:
        for use in (spe.call, spe.start):
            with pytest.raises(ArgumentError, match=f"GetUserInfo has no argument '{given}'; expected its name on the wire, {meant}"):
                use("GetUserInfo", **{given: "test01"})
        assert not spe_simulator.calls

    @pytest.mark.spe_simulator(clock="polls:2")
    def test_call_waits_for_a_long_running_function_and_start_returns_a_job(self, spe: Any) -> None:
        assert spe.call("VerifyStore", instanceID="test01", id=1, includeIndexes=False) is None
        job = spe.start("VerifyStore", instanceID="test01", id=1, includeIndexes=False)
        assert not job.done
        assert job.result(timeout=60) is None

    def test_calls_leave_nothing_behind(self, spe: Any) -> None:
        def alive() -> int:
            gc.collect()
            return sum(isinstance(thing, Function) for thing in gc.get_objects())

        spe.call("GetUsers", instanceID="test01")
        before = alive()
        for _ in range(3):
            spe.call("GetUsers", instanceID="test01")
        assert alive() == before

    def test_arguments_of_an_unknown_function_are_encoded_by_their_types(self, connect: Connect, raw_server: RawServer) -> None:
        result = b'{"statusCode": "succeeded", "result": {"new": 1}}'
        raw_server.answers = [answer(result)]
        with connect("localhost", port=raw_server.port, ca_file=raw_server.ca_file, username="a", password="b") as spe:
            given = spe.call(
                "BrandNew",
                text="ü",
                flag=True,
                number=5,
                share=0.5,
                when=datetime(2026, 1, 2, 3, 4, 5),
                names=["a", "b"],
                data={"x": [1]},
                model=IndexConfiguration(attachment_extensions=None, include_attachments_of_pdfs=True),
                nothing=None,
            )
        assert given == {"new": 1}
        head, _, body = raw_server.requests[0].partition(b"\r\n\r\n")
        assert head.startswith(b"POST /api/invoke/BrandNew HTTP/1.1")
        assert body == (
            b"text=%C3%BC&flag=true&number=5&share=0.5&when=2026-01-02T03%3A04%3A05&names=a%2Cb&data=%7B%22x%22%3A%5B1%5D%7D"
            b"&model=%7B%22attachmentExtensions%22%3Anull%2C%22includeAttachmentsOfPDFs%22%3Atrue%7D"
        )

    def test_an_unknown_function_is_never_retried(self, connect: Connect, raw_server: RawServer) -> None:
        raw_server.answers = [hang_up]
        with connect("localhost", port=raw_server.port, ca_file=raw_server.ca_file, username="a", password="b") as spe:
            with pytest.raises(errors.OutcomeUnknownError):
                spe.call("BrandNew")
        assert len(raw_server.requests) == 1

    def test_a_new_argument_of_a_known_function_is_sent(self, spe: Any) -> None:
        with pytest.raises(errors.FunctionFailedError, match="Unknown API argument brandNew"):
            spe.call("GetUsers", instanceID="test01", brandNew=1)

    @pytest.mark.parametrize("name", ["", "Get Users", "../get-status", "Größe", "a\r\nb"])
    def test_an_invalid_name_is_not_sent(self, spe: Any, name: str) -> None:
        with pytest.raises(ArgumentError, match="expected a name as on the wire"):
            spe.call(name)

    def test_a_value_that_cannot_be_encoded_is_not_sent(self, spe: Any) -> None:
        with pytest.raises(ArgumentError, match="BrandNew: x cannot be a object; expected a string"):
            spe.call("BrandNew", x=object())


class TestOtherOptions:
    def test_other_options_apply_only_to_the_copy_on_the_same_connection(self, connect: Connect, raw_server: RawServer) -> None:
        raw_server.answers = [answer(), hang_up]
        with connect("localhost", port=raw_server.port, ca_file=raw_server.ca_file, username="a", password="b") as spe:
            spe.instance("test01").get_users()
            hasty = spe.with_options(retries=0)
            with pytest.raises(errors.ReplyLostError):
                hasty.instance("test01").get_users()
            spe.instance("test01").get_users()
            assert hasty.options.timeout == spe.options.timeout
        assert raw_server.connections == 2

    def test_strict(self, connect: Connect, raw_server: RawServer) -> None:
        odd = b'{"statusCode": "succeeded", "result": [{"userName": 5}]}'
        raw_server.answers = [answer(odd), answer(odd)]
        with connect("localhost", port=raw_server.port, ca_file=raw_server.ca_file, username="a", password="b") as spe:
            with pytest.raises(errors.ResultSchemaError):
                spe.with_options(strict=True).instance("test01").get_users()
            with pytest.warns(errors.SchemaDriftWarning):
                spe.instance("test01").get_users()

    def test_async_hooks_are_refused_as_they_could_reject_nothing(self, spe: Any) -> None:
        async def reject(_: object) -> None:
            raise PermissionError

        for hook in (reject, partial(reject)):
            with pytest.raises(
                errors.ConfigurationError, match="^a hook cannot be an async function, which would not be awaited; expected a"
            ):
                spe.with_options(hooks=Hooks(on_request=hook))

    def test_an_invalid_option_is_refused(self, spe: Any) -> None:
        with pytest.raises(errors.ConfigurationError, match="timeout cannot be -1"):
            spe.with_options(timeout=-1)

    @pytest.mark.parametrize(
        ("name", "expected"), [("time_out", "timeout"), ("username", "timeout, retries, poll_wait"), ("x", "timeout, retries")]
    )
    def test_an_unknown_option_is_named_with_what_was_expected(self, spe: Any, name: str, expected: str) -> None:
        with pytest.raises(errors.ConfigurationError, match=f"'{name}' is not one of CallOptions: expected {expected}"):
            spe.with_options(**{name: 3})

    def test_the_copy_need_not_be_closed_and_closes_nothing(self, connect: Connect, raw_server: RawServer) -> None:
        with connect("localhost", port=raw_server.port, ca_file=raw_server.ca_file, username="a", password="b") as spe:
            other = spe.with_options(timeout=5)
            other.instance("test01").get_users()
            other.close()
            del other
            gc.collect()
            spe.instance("test01").get_users()
        assert raw_server.connections == 1


class TestPickling:
    @pytest.mark.parametrize("duplicate", [pickle.dumps, copy.deepcopy])
    @pytest.mark.parametrize("part", ["client", "instance", "job"])
    def test_what_is_connected_is_not_pickled_or_copied(self, spe: Any, duplicate: Callable[[Any], object], part: str) -> None:
        archive = spe.instance("test01")
        parts = {"client": spe, "instance": archive, "job": archive.verify_store(1)}
        advice = r"keep its token and resume\(token\)" if part == "job" else "create one in each process"
        with pytest.raises(TypeError, match=rf"^\w+ cannot be pickled or copied; {advice}"):
            duplicate(parts[part])

    def test_a_shallow_copy_is_refused_too(self, spe_client: SPEClient) -> None:
        for part in (spe_client, spe_client.instance("test01")):
            with pytest.raises(TypeError, match="cannot be pickled or copied"):
                copy.copy(part)


class TestLogging:
    def test_each_request_is_a_line_without_arguments(self, spe: Any, caplog: pytest.LogCaptureFixture) -> None:
        caplog.set_level(logging.DEBUG, "mailstore_sdk")
        spe.instance("test01").set_user_password("alice", "S3cret!")
        (line,) = [
            record.getMessage() for record in caplog.records if record.name.startswith("mailstore_sdk") and "simulator" not in record.name
        ]
        assert line.startswith("SetUserPassword: POST /api/invoke/SetUserPassword, HTTP 200, ")
        assert line.endswith(" ms")
        assert "S3cret!" not in caplog.text
        assert "alice" not in line

    def test_a_fault_is_a_line_too(self, connect: Connect, raw_server: RawServer, caplog: pytest.LogCaptureFixture) -> None:
        caplog.set_level(logging.DEBUG, "mailstore_sdk")
        raw_server.answers = [hang_up, answer()]
        with connect("localhost", port=raw_server.port, ca_file=raw_server.ca_file, username="a", password="b") as spe:
            spe.instance("test01").get_users()
        assert "GetUsers: POST /api/invoke/GetUsers, ReplyLostError, " in caplog.text

    def test_the_progress_of_a_job_is_reported(self, connect: Connect, caplog: pytest.LogCaptureFixture) -> None:
        caplog.set_level(logging.INFO, "mailstore_sdk")
        with Simulator(clock="polls:4") as server, connect(server.url, username="admin", password="admin", ca_file=server.ca_file) as spe:
            spe.instance("test01").verify_store(1).result(timeout=60)
        lines = [record.getMessage() for record in caplog.records if record.name == "mailstore_sdk"]
        assert lines[0] == "VerifyStore: running, ? %"
        assert "VerifyStore: running, 50 %" in lines
        assert lines[-1] == "VerifyStore: succeeded, 100 %"

    @pytest.mark.parametrize(("value", "level"), [("debug", logging.DEBUG), ("INFO", logging.INFO), ("loud", None), ("", None)])
    def test_the_environment_enables_logging(self, monkeypatch: pytest.MonkeyPatch, value: str, level: int | None) -> None:
        logger = logging.getLogger("mailstore_sdk")
        before = logger.level
        monkeypatch.setenv("MAILSTORE_LOG", value)
        try:
            follow_environment()
            follow_environment()
            assert len(logger.handlers) == (level is not None)
            assert logger.level == (before if level is None else level)
        finally:
            logger.handlers.clear()
            logger.setLevel(before)


def test_the_async_client_has_the_same_names(spe_simulator: Simulator) -> None:
    from mailstore_sdk import AsyncSPEClient

    async def main() -> object:
        server = spe_simulator
        async with AsyncSPEClient(server.url, username="admin", password="admin", ca_file=server.ca_file) as spe:
            return await spe.with_options(retries=0).call("GetInstances", instanceFilter="test01")

    with SPEClient(spe_simulator.url, username="admin", password="admin", ca_file=spe_simulator.ca_file) as spe:
        assert asyncio.run(main()) == spe.call("GetInstances", instanceFilter="test01")
