"""The nightly verification: what it verifies and mails, and that no kill and no broken line makes it start a store twice."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from mailstore_sdk.simulator import Simulator
from tests.slow.examples.conftest import Load, start
from tests.slow.examples.verifications import ONCE, started, time_passing
from tests.support.inbox import Inbox
from tests.support.processes import PATIENCE, wait_until


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    with Inbox() as inbox:
        yield inbox


@pytest.fixture
def words(inbox: Inbox, tmp_path: Path) -> list[str]:
    return [str(tmp_path / "night.json"), "--mail-to", "you@example.com", "--mail-from", "spe@example.com", "--smtp", inbox.address]


@pytest.mark.spe_simulator(clock="immediate")
def test_every_store_is_verified_once_and_the_mail_shows_how_it_went(
    load: Load, spe_simulator: Simulator, words: list[str], inbox: Inbox
) -> None:
    assert load("verify_nightly", spe_simulator)(*words) == 1
    assert started(spe_simulator) == ONCE
    (message,) = inbox.messages
    assert message["To"] == "you@example.com"
    assert message["Subject"] == "Problems: 4, Not finished: 0, Skipped: 3, Without errors: 3"
    problems, skipped, good = inbox.text().split("\n\n")[1:]
    assert "test02, store 1 (2025-07): VerifyStore failed: Archive store 1 has 3 damaged messages." in problems
    assert skipped.splitlines()[1:] == [
        "  test01, store 3 (2024-01): the store is disabled",
        "  test02, store 3 (2024-01): the store is disabled",
        "  test03: the instance is stopped",
    ]
    assert "test01, store 1 (2025-07)" in good
    assert not Path(words[0]).exists()


@pytest.mark.spe_simulator(clock="manual")
def test_killed_during_verifications_it_continues_with_them(
    load: Load, spe_simulator: Simulator, words: list[str], inbox: Inbox, capsys: pytest.CaptureFixture[str]
) -> None:
    process = start("verify_nightly", spe_simulator, *words, "--at-once", 3)
    wait_until(lambda: Path(words[0]).exists() and len(re.findall(r'"token": "', Path(words[0]).read_text())) == 3, process)
    assert load("verify_nightly", spe_simulator)(*words) == 1
    assert "another run is using" in capsys.readouterr().err
    process.kill()
    process.communicate()
    assert sum(started(spe_simulator).values()) == 3
    assert inbox.messages == []

    with time_passing(spe_simulator):
        assert load("verify_nightly", spe_simulator)(*words) == 1
    assert started(spe_simulator) == ONCE
    assert inbox.messages[0]["Subject"] == "Problems: 4, Not finished: 0, Skipped: 3, Without errors: 3"


@pytest.mark.spe_simulator(clock="immediate")
def test_killed_during_a_start_it_reports_an_unknown_outcome(load: Load, spe_simulator: Simulator, words: list[str], inbox: Inbox) -> None:
    spe_simulator.faults.add("VerifyStore", "delay", seconds=10 * PATIENCE)
    process = start("verify_nightly", spe_simulator, *words, "--at-once", 1)
    wait_until(lambda: sum(started(spe_simulator).values()) == 1, process)
    process.kill()
    process.communicate()

    load("verify_nightly", spe_simulator)(*words)
    assert started(spe_simulator) == ONCE
    assert "store 1 (2025-07): this program stopped while it started the verification; check the server" in inbox.text()


@pytest.mark.spe_simulator(clock="immediate")
@pytest.mark.parametrize("kind", ["drop_after", "not_json"])
def test_a_start_whose_reply_is_lost_is_not_retried(
    load: Load, spe_simulator: Simulator, words: list[str], inbox: Inbox, kind: str
) -> None:
    spe_simulator.faults.add("VerifyStore", kind)
    load("verify_nightly", spe_simulator)(*words)
    assert started(spe_simulator) == ONCE
    assert "The server may have processed the request" in inbox.text()
    assert not Path(words[0]).exists()


@pytest.mark.spe_simulator(clock="immediate")
def test_a_verification_that_cannot_be_polled_stays_open_until_the_next_start(
    load: Load, spe_simulator: Simulator, words: list[str], inbox: Inbox
) -> None:
    spe_simulator.faults.add("get-status", "status", 2, status=401)
    run = load("verify_nightly", spe_simulator)
    assert run(*words, "--at-once", 1) == 1
    assert "Not finished: 2" in inbox.messages[0]["Subject"]
    assert run(*words) == 1
    assert "Not finished: 0" in inbox.messages[1]["Subject"]
    assert started(spe_simulator) == ONCE


@pytest.mark.spe_simulator(clock="immediate")
def test_a_server_that_cannot_be_reached_loses_nothing(
    load: Load,
    spe_simulator: Simulator,
    words: list[str],
    inbox: Inbox,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run = load("verify_nightly", spe_simulator)
    spe_simulator.faults.add("get-status", "status", "always", status=500)
    run(*words, "--at-once", 7, "--hours", 0.0003)
    url = spe_simulator.url
    monkeypatch.setenv("MAILSTORE_SPE_URL", "https://localhost:1")
    assert run(*words, "--hours", 0.0001) == 1
    assert "Not finished: 7" in inbox.messages[-1]["Subject"]
    monkeypatch.setenv("MAILSTORE_SPE_URL", url)
    spe_simulator.faults.clear()
    run(*words)
    assert "Not finished: 0" in inbox.messages[-1]["Subject"]
    assert started(spe_simulator) == ONCE


@pytest.mark.spe_simulator(clock="immediate")
def test_a_mail_that_cannot_be_sent_is_sent_by_the_next_start(
    load: Load, spe_simulator: Simulator, words: list[str], inbox: Inbox, capsys: pytest.CaptureFixture[str]
) -> None:
    run = load("verify_nightly", spe_simulator)
    assert run(*words, "--smtp", "127.0.0.1:1") == 1
    assert "Start it again to continue" in capsys.readouterr().err
    assert run(*words) == 1
    assert started(spe_simulator) == ONCE
    assert len(inbox.messages) == 1


def test_the_mail_servers_password_is_never_sent_in_clear(
    load: Load, spe_simulator: Simulator, words: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SMTP_USER", "spe")
    with pytest.raises(SystemExit):
        load("verify_nightly", spe_simulator)(*words)
    assert "needs --starttls" in capsys.readouterr().err
