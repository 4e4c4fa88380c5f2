"""The check for monitoring systems: exit code, one line, performance data."""

import json
import re

import pytest

from mailstore_sdk.simulator import Simulator
from tests.slow.examples.conftest import Load
from tests.support.processes import PATIENCE
from tests.support.raw_server import RawServer, answer

DATA = re.compile(r"[a-z_]+=\d+( [a-z_]+=\d+)*")


def checked(line: str) -> tuple[str, dict[str, int]]:
    """The text and the performance data of output that is just one line."""
    assert line.count("\n") == 1
    text, bar, data = line.strip().partition(" | ")
    assert not bar or DATA.fullmatch(data)
    return text, {name: int(number) for name, _, number in (pair.partition("=") for pair in data.split())}


def test_messages_decide_and_some_can_be_ignored(load: Load, spe_simulator: Simulator, capsys: pytest.CaptureFixture[str]) -> None:
    check = load("check_alerts", spe_simulator)
    assert check() == 2
    text, data = checked(capsys.readouterr().out)
    assert text.startswith("SPE CRITICAL - ")
    assert "The last run of profile Journal of instance test02 failed." in text
    assert data["errors"] > 0
    assert data["warnings"] > 0
    assert (data["servers_down"], data["instances"], data["instances_running"]) == (0, 3, 2)

    assert check("--ignore", "has an error", "--ignore", "profile Journal") == 1
    text, data = checked(capsys.readouterr().out)
    assert text.startswith("SPE WARNING - ")
    assert "Instance test03 is not running." in text
    assert data["errors"] == 0

    assert check("--ignore", ".") == 0
    assert checked(capsys.readouterr().out)[0].startswith("SPE OK - SPE 25.3.")
    assert {call.function for call in spe_simulator.calls} == {"GetServiceStatus"}


def server_info(name: str, *, active: bool) -> dict[str, object]:
    certificate = {"thumbprint": "0" * 40}
    return {"serverName": name, "port": 8472, "serverCertificate": certificate, "serverType": "instanceHost", "active": active,
            "systemProperties": None}  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "active", "code", "begin"),
    [
        ("warning", False, 2, "SPE CRITICAL - server host2 is down; a / b c | "),
        ("error", True, 2, "SPE CRITICAL - a / b c | "),
        ("catastrophe", True, 1, "SPE WARNING - a / b c | "),
        ("information", True, 0, "SPE OK - "),
    ],
)
def test_a_server_that_is_down_and_kinds_of_message(
    load: Load, capsys: pytest.CaptureFixture[str], kind: str, active: bool, code: int, begin: str
) -> None:
    message = {"type": kind, "text": "a | b\r\nc", "isSubItem": False, "tag": None, "flags": None}
    about = {"version": "25.3.1.1", "copyright": "", "licenseeName": "", "licenseeID": 1, "serverName": "m", "userName": "admin",
             "systemProperties": None}  # fmt: skip
    servers = [server_info("host1", active=True), server_info("host2", active=active)]
    result = {"environmentInfo": about, "serverInfos": servers, "messages": [message]}
    with RawServer() as server:
        server.answers = [answer(json.dumps({"statusCode": "succeeded", "error": None, "result": result}).encode())]
        assert load("check_alerts", server)() == code
    line = capsys.readouterr().out
    assert line.startswith(begin)
    assert checked(line)[1]["servers_down"] == (not active)


def test_a_reply_that_takes_too_long_is_unknown(load: Load, spe_simulator: Simulator, capsys: pytest.CaptureFixture[str]) -> None:
    spe_simulator.faults.add("GetServiceStatus", "delay", "always", seconds=10 * PATIENCE)
    check = load("check_alerts", spe_simulator)
    for seconds in (0.2, 3, 30):  # a busy machine needs more for the connection alone
        assert check("--timeout", seconds) == 3
        line = capsys.readouterr().out
        if spe_simulator.requests:
            break
    assert line.startswith("SPE UNKNOWN - ReplyTimeoutError")


def test_missing_data_is_unknown_never_a_warning(
    load: Load, spe_simulator: Simulator, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    check = load("check_alerts", spe_simulator)
    spe_simulator.faults.add("GetServiceStatus", "not_json")
    assert check() == 3
    for option in ("--ignore=[", "--verbose"):
        with pytest.raises(SystemExit) as ended:
            check(option)
        assert ended.value.code == 3
    monkeypatch.setenv("MAILSTORE_SPE_PASSWORD", "wr0ng-secret")
    assert check() == 3
    monkeypatch.delenv("MAILSTORE_SPE_URL")
    assert check() == 3
    captured = capsys.readouterr()
    assert [line.partition(" - ")[0] for line in captured.out.splitlines()] == ["SPE UNKNOWN"] * 5
    assert "wr0ng-secret" not in captured.out
    assert not captured.err
