"""The command as people and monitoring systems run it: output, files and exit status."""

import json
import re
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import click
import pytest
import yaml
from click.shell_completion import ShellComplete
from click.testing import CliRunner, Result

from mailstore_sdk import SPEClient
from mailstore_sdk.cli.context import Context
from mailstore_sdk.cli.report.command import report
from mailstore_sdk.simulator import Simulator
from tests.report.conftest import Connection
from tests.support.processes import environ
from tests.support.project import ROOT
from tests.support.shell import environment


def run(connection: object, *options: str) -> Result:
    done = CliRunner().invoke(report, options, obj=connection, env={"COLUMNS": "120"})
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


def heal(server: Simulator) -> None:
    """Repair everything that is wrong in the demo."""
    for name in ("test02", "test03"):
        server.estate.instances.pop(name)
    archive = server.estate.instance("test01")
    archive.stores[1].needs_rebuild = False
    archive.runs = []
    for profile in archive.profiles.values():
        profile.properties["serverSideExecution"] = None


class TestExitStatus:
    def test_it_is_0_without_findings(self, server: Simulator, connection: Connection) -> None:
        heal(server)
        done = run(connection)
        assert done.exit_code == 0
        assert "all well; 1 of 1 instances running" in done.output
        assert "Needs attention" not in done.output

    def test_it_is_1_for_a_warning(self, server: Simulator, connection: Connection) -> None:
        heal(server)
        server.estate.instance("test01").stores[1].needs_upgrade = True
        assert run(connection).exit_code == 1
        assert run(connection, "--level", "store-upgrade=critical").exit_code == 2
        ignored = ("--level", "store-upgrade=ok", "--level", "message-information=unknown")
        assert run(connection, *ignored).exit_code == 0, "the service message says the same, so it is ignored too"

    def test_it_is_2_for_a_critical_finding(self, connection: Connection) -> None:
        assert run(connection).exit_code == 2

    def test_it_is_3_for_incomplete_data(self, server: Simulator, connection: Connection) -> None:
        heal(server)
        server.faults.add("GetProfiles", "status", status=500)
        done = run(connection)
        assert done.exit_code == 3
        assert "Not available: profiles (GetProfiles: " in done.output

    def test_limits_decide(self, server: Simulator, connection: Connection) -> None:
        heal(server)
        assert run(connection, "--limit", "instance-size=0.01").exit_code == 1
        assert run(connection, "--limit", "instance-size=0.01:0.02").exit_code == 2
        assert run(connection, "--limit", "instance-size=:0.02").exit_code == 2
        assert run(connection, "--limit", "instance-size=1:2").exit_code == 0

    def test_it_is_3_without_a_server(self, connection: Connection) -> None:
        stranger = Connection(connection.server, password="wrong")
        done = run(stranger)
        assert done.exit_code == 3
        assert done.stdout == ""
        assert done.stderr.startswith("Error: GetInstances: the server does not accept the user name or password")
        done = run(stranger, "--summary")
        assert done.exit_code == 3
        assert done.stdout.startswith("MAILSTORE UNKNOWN - GetInstances: the server does not accept")

    def test_it_is_3_without_a_connection(self) -> None:
        class Unset(Context):
            def client(self, *, ask: bool = True) -> SPEClient:
                raise click.UsageError("no server is named")

        done = run(Unset())
        assert (done.exit_code, done.stderr.splitlines()[-1]) == (3, "Error: no server is named")

        class Stopped(Context):
            def client(self, *, ask: bool = True) -> SPEClient:
                raise click.exceptions.Exit(2)

        assert run(Stopped()).exit_code == 3

    def test_it_is_3_for_an_unexpected_error_with_the_traceback_in_the_log(self, caplog: pytest.LogCaptureFixture) -> None:
        class Broken(Context):
            def client(self, *, ask: bool = True) -> SPEClient:
                raise KeyError("\x1b")

        with caplog.at_level("DEBUG", "mailstore_sdk"):
            done = run(Broken())
        assert (done.exit_code, done.stderr) == (3, "Error: KeyError: '\\x1b'\n")
        assert "Traceback" in caplog.text

    @pytest.mark.parametrize(
        ("options", "complaint"),
        [
            (["--level", "stores=ok"], "Invalid value for '--level': 'stores' is not a rule; expected one of unreadable, server-inactive,"),
            (["--level", "store-error"], "store-error cannot be ''; expected one of ok, unknown, warning, critical"),
            (["--limit", "size=3"], "'size' is not a measure; expected one of profile-failures, profile-silence, instance-size"),
            (["--limit", "instance-size=3GB"], "instance-size cannot be '3GB'; expected a number, or two such as 1:3"),
            (["--days", "0"], "Invalid value for '--days': 0 is not in the range"),
            (["--color"], "No such option"),
        ],
    )
    def test_it_is_3_for_an_invalid_option(self, connection: Connection, options: list[str], complaint: str) -> None:
        done = run(connection, *options)
        assert done.exit_code == 3
        assert complaint in done.stderr
        assert "Usage: report [OPTIONS]" in done.stderr
        assert connection.server.calls == []

    def test_it_is_3_if_the_page_cannot_be_written(self, connection: Connection, tmp_path: Path) -> None:
        done = run(connection, "--html", str(tmp_path / "nowhere" / "page.html"))
        assert done.exit_code == 3
        assert "nowhere" in done.stderr


def test_the_screen_shows_all_parts(connection: Connection) -> None:
    output = run(connection).stdout
    for part in (
        "spe.example.com, SPE 25.3.1.20000",
        "2 of 3 instances running",
        "test03    stopped",
        "test02  Archive store 2023-05 (id 5): The archive store is locked: it belongs to another installation.",
        "test02  Profile Journal (id 2) fails: 1 failed run since its last completed run",
        "Service messages",
        "The last run of profile Journal of instance test03 failed.",
    ):
        assert part in output
    for once in ("2023-05", "the database is corrupt", "rebuild", "not running", "need an upgrade"):
        assert output.count(once) <= 1, once


def test_the_summary_is_one_line_with_performance_data(server: Simulator, connection: Connection) -> None:
    server.estate.instance("test03").start_stop_error = "Out | of\nluck \x1b[31m"
    done = run(connection, "--summary", "--level", "store-error=warning")
    [line] = done.stdout.splitlines()
    text, _, data = line.partition(" | ")
    assert text.startswith("MAILSTORE CRITICAL - ")
    assert "test03: The last start or stop failed: Out / of luck \\u001b[31m; " in text
    figures = dict(pair.split("=") for pair in data.split())
    stores = [store for name in ("test01", "test02") for store in server.estate.instance(name).stores.values()]
    assert figures["messages"] == str(sum(store.messages for store in stores))
    assert figures["instances"] == "3"
    assert figures["size"].endswith("MB")
    value, *limits = figures["profile-silence"].split(";")
    assert float(value) > 7
    assert limits == ["7", "", "0"]
    assert figures["profile-failures"] == "1;1;3;0"
    assert figures["instance-size"].endswith(";;;0")


def test_a_time_range_in_hours(server: Simulator, connection: Connection) -> None:
    done = run(connection, "--hours", "6", "--summary", "--limit", "profile-silence=4h:12h")
    [asked] = {
        datetime.fromisoformat(call.arguments["toExcluding"]) - datetime.fromisoformat(call.arguments["fromIncluding"])
        for call in server.calls
        if call.function == "GetWorkerResults" and call.arguments["instanceID"] == "test01"
    } - {timedelta(hours=1)}
    assert asked == timedelta(hours=6)
    assert re.search(r" profile-silence=0\.25;0\.166667;0\.5;0 ", done.stdout)
    assert "in the last 6 hours" in run(connection, "--hours", "6").stdout
    assert "in the last 1 hour " in run(connection, "--hours", "1").stdout
    assert run(connection, "--hours", "6", "--days", "1").exit_code == 3
    assert "expected a number, or hours such as 6h, or two" in run(connection, "--limit", "profile-silence=h").stderr


def test_the_report_as_data(connection: Connection) -> None:
    done = run(connection, "-o", "json", "--days", "5")
    data = json.loads(done.stdout)
    assert (done.exit_code, data["level"], data["instanceCount"], data["runningCount"]) == (2, "critical", 3, 2)
    assert [one["instanceID"] for one in data["instances"]] == ["test02", "test03", "test01"]
    assert data["instances"][1]["unanswered"][0] == {
        "what": "size",
        "reason": "GetInstanceStatistics failed: Instance test03 is not running.",
    }
    assert sum(one["messages"] or 0 for one in data["instances"]) == data["messages"]
    assert sum(one["sizeMB"] or 0 for one in data["instances"]) == data["sizeMB"]
    levels = ["critical", "warning", "unknown", "ok"]
    for part in ("findings", "serviceMessages"):
        assert data[part] == sorted(data[part], key=lambda one: levels.index(one["level"]))
    assert {"level": "critical", "rule": "instance-down", "instanceID": "test03"}.items() <= data["findings"][3].items()
    assert data["measures"]["profile-failures"] == {"highest": 1, "warning": 1, "critical": 3}
    assert len(data["days"]) == 5
    assert set(data["days"][0]) == {"date", "archived", "succeeded", "incomplete", "failed", "otherwise"}
    assert yaml.safe_load(run(connection, "-o", "yaml", "--days", "5").stdout).keys() == data.keys()
    connection.output = "json"
    assert json.loads(run(connection).stdout)["level"] == "critical", "the option may also be before the command"
    connection.output = "csv"
    assert run(connection).exit_code == 3


def test_a_query_filters_the_data(connection: Connection) -> None:
    assert run(connection, "-o", "text", "--days", "1").stderr.endswith("the report as text needs --query, such as --query instances.\n")
    query = ["--days", "1", "--query", "instances[].[instanceID,level,sizeMB]"]
    done = run(connection, "-o", "csv", *query)
    assert (done.exit_code, done.stdout) == (2, "Column1,Column2,Column3\ntest02,critical,138\ntest03,critical,\ntest01,warning,92\n")
    assert json.loads(run(connection, "-o", "json", *query).stdout)[2] == ["test01", "warning", 92]
    assert "test01" in run(connection, "-o", "table", *query).stdout
    done = run(connection, "--days", "1", "--query", "abs(level)")
    assert (done.exit_code, done.stdout) == (3, "")
    assert "--query 'abs(level)' fails on the result" in done.stderr


def test_the_page_about_the_report_explains_every_field(connection: Connection) -> None:
    data = json.loads(run(connection, "-o", "json", "--days", "1").stdout)
    table = (ROOT / "docs" / "report.md").read_text(encoding="utf-8").partition("## The report as data")[2].partition("```")[0]
    explained = set(re.findall(r"`(\w+)`", table))
    measure, day = next(iter(data["measures"].values())), data["days"][0]
    for part in (data, *data["instances"], *data["findings"], *data["instances"][1]["unanswered"], measure, day):
        assert part.keys() <= explained


def test_a_file_gets_no_codes_for_a_terminal(server: Simulator, tmp_path: Path) -> None:
    words = [sys.executable, "-m", "mailstore_sdk.cli", "report"]
    env = environ(**environment(server, tmp_path / "config.toml"), FORCE_COLOR="1", COLUMNS="100")
    done = subprocess.run([*words, "--summary"], env=env, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (2, b"")
    assert b"\x1b" not in done.stdout
    done = subprocess.run(words, env=env | {"LINES": "10"}, capture_output=True, check=False)
    assert b"more" not in done.stdout, "a pipe gets all lines"


def test_the_page_is_written_with_or_without_screen_output(connection: Connection, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    done = run(connection, "--html", str(file), "--days", "7")
    assert done.stdout.startswith("╭─ spe.example.com")
    assert file.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]
    done = run(connection, "--html", "-")
    assert done.exit_code == 2
    assert done.stdout.startswith("<!doctype html>")
    assert "╭" not in done.stdout


def test_rules_and_measures_are_in_the_help_and_complete() -> None:
    text = run(None, "--help").output
    assert "store-upgrade (warning): Archive stores that need an upgrade." in text
    assert "profile-failures (1:3): Failed runs" in text
    assert "instance-size (no limit): Size of" in text
    complete = ShellComplete(report, {}, "mailstore", "_MAILSTORE_COMPLETE").get_completions
    assert [item.value for item in complete(["--level"], "store-up")] == [
        "store-upgrade=ok",
        "store-upgrade=unknown",
        "store-upgrade=warning",
        "store-upgrade=critical",
    ]
    assert [item.value for item in complete(["--limit"], "profile-s")] == ["profile-silence="]


def test_a_terminal_shows_that_it_is_being_read(connection: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("click.testing._NamedTextIOWrapper.isatty", lambda stream: stream.name == "<stderr>", raising=False)
    assert "Reading the installation" in run(connection).stderr
    monkeypatch.undo()
    assert run(connection).stderr == ""
