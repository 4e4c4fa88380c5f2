"""The session dialect against the simulator's: one call at a time, from any caller."""

import asyncio
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from mailstore_sdk import AsyncSPEClient, SPEClient, errors
from mailstore_sdk.runtime._transport.aio import AsyncTransport
from mailstore_sdk.runtime._transport.tasks import AsyncSlots
from mailstore_sdk.runtime._transport.threads import Slots
from mailstore_sdk.simulator import Simulator
from tests.support.both_clients import Connect
from tests.support.raw_server import RawServer, answer


@pytest.fixture
def server() -> Iterator[Simulator]:
    with Simulator(protocol="session", clock="seconds:0.3") as simulator:
        yield simulator


def options(server: Simulator, **more: Any) -> dict[str, Any]:
    common = {"username": "admin", "password": "admin", "ca_file": server.ca_file, "protocol": "session", "poll_wait": 0.2}
    return {**common, **more}


def functions_called(server: Simulator) -> list[str]:
    return [call.function for call in server.calls]


def test_calls_and_jobs_work_as_with_http_basic(connect: Connect, server: Simulator) -> None:
    with connect(server.url, **options(server)) as spe:
        archive = spe.instance("test01")
        assert archive.get_users()
        job = archive.verify_store(1)
        assert job.result(timeout=60) is None
        assert job.log.startswith("Checking store 1...\n")
        with pytest.raises(errors.FunctionFailedError, match="zoe"):
            archive.get_user_info("zoe")
    called = functions_called(server)
    # The list of functions, requested before an argument newer than 8.5, has no envelope and so renews no token.
    assert called[: called.index("VerifyStore")] == ["login", "GetUsers", "get-metadata", "login"]
    assert called.count("login") == 2
    assert called[-1] == "logout"
    assert {call.status for call in server.calls} == {200}


def test_an_expired_session_in_the_middle_of_a_job(connect: Connect, server: Simulator) -> None:
    with connect(server.url, **options(server)) as spe:
        job = spe.instance("test01").verify_store(1)
        before = functions_called(server).count("login")
        server.faults.add("get-status", "expire_session")
        assert job.result(timeout=60) is None
    assert functions_called(server).count("login") == before + 1
    assert functions_called(server).count("VerifyStore") == 1


def test_a_wrong_password(connect: Connect, server: Simulator) -> None:
    with connect(server.url, **options(server, password="wrong")) as spe:
        with pytest.raises(errors.AuthenticationError):
            spe.instance("test01").get_users()


def test_many_threads_share_one_session_without_a_refused_token(server: Simulator) -> None:
    failures: list[BaseException] = []
    with SPEClient(server.url, **options(server)) as spe:

        def work() -> None:
            try:
                for _ in range(10):
                    spe.instance("test01").get_users()
            except errors.MailStoreError as error:
                failures.append(error)

        threads = [threading.Thread(target=work) for _ in range(50)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert not failures
    assert {call.status for call in server.calls} == {200}
    assert functions_called(server).count("GetUsers") == 500
    assert functions_called(server).count("login") == 1


def test_many_tasks_share_one_session_without_a_refused_token(server: Simulator) -> None:
    async def main() -> None:
        async with AsyncSPEClient(server.url, **options(server)) as spe:
            await asyncio.gather(*(spe.instance("test01").get_users() for _ in range(200)))

    asyncio.run(main())
    assert {call.status for call in server.calls} == {200}
    assert functions_called(server).count("login") == 1


def test_waiting_for_the_session_has_a_timeout(connect: Connect, server: Simulator) -> None:
    with connect(server.url, **options(server, retries=0)) as spe:
        spe.instance("test01").get_users()
        turns, session = spe._transport._turns, spe._operations.auth
        free, turns[session] = turns[session], no_turn(spe._transport)
        with pytest.raises(errors.NotSentError, match=r"in progress for 0\.3 s, and a session allows one at a time"):
            spe.with_options(timeout=0.3).instance("test01").get_users()
        turns[session] = free


def no_turn(transport: Any) -> Any:
    return (AsyncSlots if isinstance(transport, AsyncTransport) else Slots)(0)


@pytest.mark.parametrize("token", [b"a\xff\xfeb", b"a\r\nb"])
def test_a_login_with_a_token_that_does_not_fit_in_a_header(connect: Connect, raw_server: RawServer, token: bytes) -> None:
    raw_server.answers = [answer(b"+OK " + token), answer(b"", "401 Unauthorized")]
    where = {"port": raw_server.port, "ca_file": raw_server.ca_file, "protocol": "session", "username": "admin", "password": "admin"}
    with connect("localhost", **where) as spe, pytest.raises(errors.AuthenticationError):
        spe.instance("test01").delete_user("alice")
    assert b"\r\nX-AntiXsrfToken: ab\r\n" in raw_server.requests[1]
