"""The Celery application with real workers as processes: one is killed, another continues, and no store is verified twice."""

import importlib
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from types import ModuleType

import pytest

from mailstore_sdk import ConfigurationError, JobRequestError, ServerUnreachableError, SPEClient
from mailstore_sdk.simulator import Simulator
from tests.slow.examples.conftest import variables
from tests.slow.examples.verifications import ONCE, started, time_passing
from tests.support.inbox import Inbox
from tests.support.outage import outage
from tests.support.processes import PATIENCE, environ, wait_until
from tests.support.project import EXAMPLES
from tests.support.sockets import free_port

needs_redis = pytest.mark.skipif(shutil.which("redis-server") is None, reason="redis-server is not installed")


def listens(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port)):
        return True
    return False


@contextmanager
def running(command: list[str], **settings: str) -> Iterator[subprocess.Popen[str]]:
    """A process in a group of its own, of which nothing is left in the end."""
    process = subprocess.Popen(
        command, cwd=EXAMPLES, env=environ(**settings), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
    )
    try:
        yield process
    finally:
        kill(process)


def kill(process: subprocess.Popen[str]) -> None:
    """As when the power fails: the worker and all of its children get no chance to do anything."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert process.stdout
    process.stdout.close()


def followed(server: Simulator) -> set[str]:
    """The tokens of the jobs that a worker waits for."""
    return {call.arguments["token"] for call in server.calls if call.function == "get-status"}


@pytest.fixture(params=["filesystem", pytest.param("redis", marks=needs_redis)])
def broker(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "filesystem":
        yield f"filesystem://{tmp_path}/verification"
        return
    port = free_port()
    with running(["redis-server", "--port", str(port), "--dir", str(tmp_path), "--save", ""]):
        wait_until(lambda: listens(port))
        yield f"redis://127.0.0.1:{port}/0"


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    with Inbox() as inbox:
        yield inbox


@pytest.mark.spe_simulator(clock="manual")
def test_a_worker_is_killed_and_another_continues(spe_simulator: Simulator, broker: str, inbox: Inbox, tmp_path: Path) -> None:
    settings = variables(spe_simulator) | {
        "VERIFICATION_BROKER": broker,
        "VERIFICATION_AT_ONCE": "3",
        "VERIFICATION_TICK": "4",
        "VERIFICATION_PATIENCE": "12",
        "VERIFICATION_SMTP": inbox.address,
        "VERIFICATION_MAIL_TO": "you@example.com",
    }
    module = [sys.executable, "-m"]
    worker = [*module, "celery", "-A", "celery_verification", "worker", "--pool", "threads", "--concurrency", "4", "--without-mingle"]

    def begin() -> None:
        subprocess.run([*module, "celery_verification", "begin"], cwd=EXAMPLES, env=environ(**settings), check=True)

    def shown() -> str:
        show = [*module, "celery_verification", "show"]
        return subprocess.run(show, cwd=EXAMPLES, env=environ(**settings), check=True, capture_output=True, text=True).stdout

    spe_simulator.estate.instance("test02").stores[1].damaged = 0
    # When the worker dies, one start is in transit and two verifications are being awaited.
    spe_simulator.faults.add("VerifyStore", "delay", seconds=10 * PATIENCE)
    with running(worker, **settings) as first:
        begin()
        wait_until(lambda: len(followed(spe_simulator)) == 2, first)
        wait_until(lambda: sum(started(spe_simulator).values()) == 3, first)
        before = shown()
        kill(first)
    assert before.count(": running") == 2
    assert before.count(": starting, without a token so far") == 1
    assert before.count(": not started") == 4

    # The file-system broker has lost the worker's messages: only the ledger remembers the verifications.
    assert not list(tmp_path.glob("verification/messages/*.msg"))

    begin()  # another night would not start it again
    with running([*worker, "--beat"], **settings) as second, time_passing(spe_simulator):
        wait_until(lambda: len(inbox.messages) == 1, second)
    assert started(spe_simulator) == ONCE
    mail = inbox.text()
    assert inbox.messages[0]["Subject"].endswith(": 7 stores, 4 with problems")
    assert mail.count("a worker stopped while it started the verification; check the server") == 1
    assert mail.count(": no errors\n") == 3
    assert mail.count("VerifyStore failed: Archive store") == 3
    assert "Skipped: test03: the instance is stopped" in mail
    assert shown().count("running") == 0


@pytest.fixture
def tasks(spe_simulator: Simulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, inbox: Inbox) -> ModuleType:
    """The tasks in this process: each one that is sent runs at once."""
    settings = variables(spe_simulator) | {
        "VERIFICATION_BROKER": f"filesystem://{tmp_path}/verification",
        "VERIFICATION_SMTP": inbox.address,
        "VERIFICATION_MAIL_TO": "you@example.com",
    }
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    monkeypatch.syspath_prepend(EXAMPLES)
    for name in [name for name in sys.modules if name.startswith("celery_verification")]:
        monkeypatch.delitem(sys.modules, name)
    module = importlib.import_module("celery_verification.tasks")
    module.app.conf.update(task_always_eager=True, task_eager_propagates=True)
    return module


@pytest.mark.spe_simulator(clock="immediate")
def test_a_repeated_message_starts_nothing_twice(spe_simulator: Simulator, tasks: ModuleType, inbox: Inbox) -> None:
    tasks.begin("first")
    for number in range(len(ONCE)):
        tasks.start("first", number)
        tasks.wait("first", number)
    tasks.proceed()
    assert started(spe_simulator) == ONCE
    assert len(inbox.messages) == 1


@pytest.mark.spe_simulator(clock="immediate")
def test_a_start_whose_reply_is_lost_is_reported_and_not_retried(spe_simulator: Simulator, tasks: ModuleType, inbox: Inbox) -> None:
    spe_simulator.faults.add("VerifyStore", "drop_after")
    tasks.begin()
    tasks.proceed()
    assert started(spe_simulator) == ONCE
    assert inbox.text().count("The server may have processed the request") == 1


@pytest.mark.spe_simulator(clock="immediate")
def test_a_start_that_was_certainly_not_sent_is_retried(
    spe_simulator: Simulator, tasks: ModuleType, inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    with SPEClient() as spe:
        plan = tasks.make_plan(spe)
    tasks.open_ledger().write("night", "plan", plan.model_dump_json())
    with monkeypatch.context() as wrong:
        wrong.setenv("MAILSTORE_SPE_URL", "https://localhost:1")
        with pytest.raises(ServerUnreachableError):
            tasks.proceed()
        wrong.delenv("MAILSTORE_SPE_URL")
        with pytest.raises(ConfigurationError):
            tasks.proceed()
    assert not started(spe_simulator)
    tasks.proceed()
    assert started(spe_simulator) == ONCE
    assert len(inbox.messages) == 1


@pytest.mark.spe_simulator(clock="manual")
def test_an_outage_while_a_worker_waits(
    spe_simulator: Simulator, tasks: ModuleType, inbox: Inbox, monkeypatch: pytest.MonkeyPatch, outage_seconds: float
) -> None:
    monkeypatch.delenv("MAILSTORE_SPE_CA_FILE")  # after a restart, the simulator has a new file for the same authority
    monkeypatch.setenv("MAILSTORE_SPE_THUMBPRINT", spe_simulator.thumbprint)
    with SPEClient() as spe:
        plan = tasks.make_plan(spe)
    plan.stores = plan.stores[:1]
    tasks.open_ledger().write("night", "plan", plan.model_dump_json())
    with outage(spe_simulator, outage_seconds):
        tasks.proceed()
    if not inbox.messages:  # the outage was longer than a worker waits; the next tick sends another
        tasks.proceed()
    assert started(spe_simulator) == dict.fromkeys(list(ONCE)[:1], 1)
    assert inbox.messages[0]["Subject"].endswith(": 1 stores, 0 with problems")


@pytest.mark.spe_simulator(clock="immediate")
def test_a_failed_poll_leaves_the_outcome_open(spe_simulator: Simulator, tasks: ModuleType, inbox: Inbox) -> None:
    spe_simulator.faults.add("get-status", "status", 1, status=401)
    with pytest.raises(JobRequestError):
        tasks.begin()
    assert tasks.Night(tasks.open_ledger().facts(tasks.open_ledger().nights()[0])).at(tasks.Stage.ENDED) == []
    tasks.proceed()
    assert started(spe_simulator) == ONCE
    assert len(inbox.messages) == 1


def test_only_the_first_writer_of_a_fact_succeeds(broker: str, tasks: ModuleType, tmp_path: Path) -> None:
    ledger = tasks.RedisLedger(broker) if broker.startswith("redis") else tasks.FolderLedger(tmp_path / "nights")
    with ThreadPoolExecutor(8) as threads:
        for night in map(str, range(20)):
            written = [*threads.map(lambda writer, night=night: (ledger.write(night, "fact", str(writer)), writer), range(8))]
            (first,) = [writer for was_first, writer in written if was_first]
            assert ledger.facts(night) == {"fact": str(first)}
    assert ledger.nights() == sorted(map(str, range(20)))
    ledger.withdraw("3", "fact")
    assert ledger.write("3", "fact", "again")
