"""Resumed jobs: tokens, other processes, callbacks, an interrupted wait."""

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from mailstore_sdk import ArgumentError, JobToken, errors
from mailstore_sdk.simulator import Simulator
from tests.support.both_clients import Connect
from tests.support.processes import wait_until


@pytest.fixture
def server() -> Iterator[Simulator]:
    with Simulator(clock="seconds:0.4") as simulator:
        yield simulator


@pytest.fixture
def spe(connect: Connect, server: Simulator) -> Iterator[Any]:
    with connect(server.url, username="admin", password="admin", ca_file=server.ca_file, poll_wait=1) as client:
        yield client


def test_a_job_continues_by_its_token_with_its_whole_log(spe: Any) -> None:
    first = spe.instance("test01").verify_store(1)
    again = spe.resume(first.token)
    assert not again.done
    assert again.result(timeout=60) is None
    first.wait(timeout=60)
    assert again.log == first.log
    assert again.function == "VerifyStore"
    assert JobToken.parse(first.token).function == "VerifyStore"


def test_an_ended_job_can_be_resumed(spe: Any) -> None:
    job = spe.instance("test01").verify_store(1)
    job.wait(timeout=60)
    assert spe.resume(job.token).result(timeout=60) is None


def test_another_process_gets_the_typed_result(server: Simulator) -> None:
    server.estate.long_running_rows = 5
    connect = f"SPEClient({server.url!r}, username='admin', password='admin', ca_file={str(server.ca_file)!r})"
    start = (
        "from datetime import datetime\nfrom mailstore_sdk import SPEClient\n"
        f"with {connect} as spe:\n"
        "    span = dict(fromIncluding=datetime(2020, 1, 1), toExcluding=datetime(2030, 1, 1), timeZoneID='$Local')\n"
        "    print(spe.start('GetWorkerResults', instanceID='test01', **span).token)"
    )
    token = run(start)
    resume = (
        "import sys\nfrom mailstore_sdk import SPEClient\n"
        f"with {connect} as spe:\n"
        "    rows = spe.resume(sys.argv[1]).result(timeout=60)\n"
        "    print(type(rows[0]).__name__, len(rows) > 5)"
    )
    assert run(resume, token) == "WorkerResult True"


def run(code: str, *arguments: str) -> str:
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_a_job_of_an_unknown_function_has_a_json_result(spe: Any) -> None:
    token = JobToken("BrandNew", JobToken.parse(spe.instance("test01").verify_store(1).token).token)
    assert spe.resume(str(token)).result(timeout=60) is None


def test_an_error_has_the_token_for_resume(spe: Any, server: Simulator) -> None:
    server.clock = "manual"
    job = spe.instance("test01").verify_store(1)
    with pytest.raises(errors.JobTimeoutError, match=r"from anywhere with resume\(error\.token\)") as caught:
        job.result(timeout=0.05)
    assert caught.value.token
    server.advance(100)
    assert spe.resume(caught.value.token).result(timeout=60) is None


def test_a_token_that_the_server_forgot_is_a_lost_job(spe: Any) -> None:
    with pytest.raises(errors.JobLostError):
        spe.resume(str(JobToken("VerifyStore", "sa0"))).result(timeout=60)


def test_a_token_needs_no_quotes_in_any_shell_and_the_first_format_is_still_read() -> None:
    token = JobToken("VerifyStore", "sa0?>~ü'\"$%")
    assert re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_-]*", str(token))
    assert JobToken.parse(str(token)) == JobToken.parse(f" {token}\r\n") == token
    assert JobToken.parse('{"version":1,"function":"VerifyStore","token":"sa1"}') == JobToken("VerifyStore", "sa1")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "sa1",
        "[]",
        "5",
        "{}",
        '{"version":2,"function":"X","token":"sa1"}',
        '{"version":1,"function":"X"}',
        '{"version":1,"function":"X","token":""}',
        "[" * 9999,
        "{" * 9999,
        "eyJ2ZXJzaW9uIjoyfQ",
        "\N{SNOWMAN}",
    ],
)
def test_an_invalid_token_is_refused_with_a_message(spe: Any, text: str) -> None:
    with pytest.raises(ArgumentError, match=r"is not a job token \(version 1\); expected the string from job.token"):
        spe.resume(text)


class TestCallbacks:
    def test_callbacks_are_called_once_when_the_job_has_ended(self, spe: Any) -> None:
        job = spe.instance("test01").verify_store(1)
        seen: list[str] = []
        job.add_done_callback(lambda done: seen.append(done.status.state))
        assert seen == []
        job.wait(timeout=60)
        job.wait(timeout=60)
        assert seen == ["succeeded"]

    def test_a_late_callback_is_called_immediately_and_its_error_is_logged(self, spe: Any, caplog: pytest.LogCaptureFixture) -> None:
        job = spe.instance("test01").verify_store(1)
        job.wait(timeout=60)
        seen: list[bool] = []
        job.add_done_callback(lambda _: 1 / 0)
        job.add_done_callback(lambda done: seen.append(done.done))
        assert seen == [True]
        assert "the hook" in caplog.text
        assert "ZeroDivisionError" in caplog.text


WAITS = {
    "sync": "job.result()",
    "sync, many": "spe.jobs.wait_all([job])",
    "async": "await job.result()",
    "async, many": "await spe.jobs.wait_all([job])",
}


@pytest.mark.parametrize("wait", WAITS)
def test_ctrl_c_leaves_the_job_running_and_shows_how_to_continue(server: Simulator, wait: str) -> None:
    plain = f"""
import asyncio, sys
from mailstore_sdk import AsyncSPEClient

async def main():
    async with AsyncSPEClient({server.url!r}, username="admin", password="admin", ca_file={str(server.ca_file)!r}, poll_wait=1) as spe:
        job = await spe.instance("test01").verify_store(1)
        print(job.token, flush=True)
        {WAITS[wait]}

asyncio.run(main())
"""
    if wait.startswith("sync"):
        plain = plain.replace("async ", "").replace("await ", "").replace("Async", "").replace("asyncio.run(main())", "main()")
    server.clock = "manual"
    # Coverage is measured in this process, unlike in others: only here is such a wait interrupted.
    with subprocess.Popen([sys.executable, "-c", plain], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stderr
        token = process.stdout.readline().strip()
        wait_until(lambda: process.poll() is not None or "get-status" in [call.function for call in server.calls])
        process.send_signal(signal.SIGINT)
        output = process.stderr.read()
    assert process.returncode == -signal.SIGINT, output
    assert "the server" in output
    assert token in output
    assert server.advance(0) == 1, "the work continues"
    server.advance(100)
