"""The command as people and monitoring systems run it: what it prints, what it writes, how it ends."""

from pathlib import Path

import click
import pytest
from click.shell_completion import ShellComplete
from click.testing import CliRunner, Result

from mailstore_sdk.cli.report.command import report
from mailstore_sdk.simulator import Simulator
from tests.report.conftest import Connection


def run(connection: object, *options: str) -> Result:
    done = CliRunner().invoke(report, options, obj=connection, env={"COLUMNS": "120"})
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


def heal(server: Simulator) -> None:
    """Put right all that the demo has wrong."""
    for name in ("test02", "test03"):
        server.estate.instances.pop(name)
    archive = server.estate.instance("test01")
    archive.stores[1].needs_rebuild = False
    archive.runs = []
    for profile in archive.profiles.values():
        profile.properties["serverSideExecution"] = None


class TestExitStatus:
    def test_it_is_0_where_all_is_well(self, server: Simulator, connection: Connection) -> None:
        heal(server)
        done = run(connection)
        assert done.exit_code == 0
        assert "all well; 1 of 1 instances running" in done.output
        assert "What needs attention" not in done.output

    def test_it_is_1_for_a_warning(self, server: Simulator, connection: Connection) -> None:
        heal(server)
        server.estate.instance("test01").stores[1].needs_upgrade = True
        assert run(connection).exit_code == 1
        assert run(connection, "--level", "store-upgrade=critical").exit_code == 2
        assert run(connection, "--level", "store-upgrade=ok", "--level", "message-information=unknown").exit_code == 3

    def test_it_is_2_for_what_is_critical(self, connection: Connection) -> None:
        assert run(connection).exit_code == 2

    def test_it_is_3_where_something_was_not_told(self, server: Simulator, connection: Connection) -> None:
        heal(server)
        server.faults.add("GetProfiles", "status", status=500)
        done = run(connection)
        assert done.exit_code == 3
        assert "Not told: profiles (GetProfiles: " in done.output

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
        class Unset:
            def client(self) -> object:
                raise click.UsageError("no server is named")

        done = run(Unset())
        assert (done.exit_code, done.stderr.splitlines()[-1]) == (3, "Error: no server is named")

        class Stopped:
            def client(self) -> object:
                raise click.exceptions.Exit(2)

        assert run(Stopped()).exit_code == 3

    def test_it_is_3_for_what_nobody_thought_of_with_the_traceback_in_the_log(self, caplog: pytest.LogCaptureFixture) -> None:
        class Broken:
            def client(self) -> object:
                return {}["\x1b"]

        with caplog.at_level("DEBUG", "mailstore_sdk"):
            done = run(Broken())
        assert (done.exit_code, done.stderr) == (3, "Error: KeyError: '\\x1b'\n")
        assert "Traceback" in caplog.text

    @pytest.mark.parametrize(
        ("options", "complaint"),
        [
            (["--level", "stores=ok"], "Invalid value for '--level': 'stores' is no rule; expected one of not-told, server-inactive,"),
            (["--level", "store-error"], "store-error cannot be ''; expected one of ok, unknown, warning, critical"),
            (["--limit", "size=3"], "'size' is no measure; expected one of profile-failures, profile-silence, instance-size"),
            (["--limit", "instance-size=3GB"], "instance-size cannot be '3GB'; expected a number, or two such as 1:3"),
            (["--days", "0"], "Invalid value for '--days': 0 is not in the range"),
            (["--color"], "No such option"),
        ],
    )
    def test_it_is_3_for_a_wrong_option(self, connection: Connection, options: list[str], complaint: str) -> None:
        done = run(connection, *options)
        assert done.exit_code == 3
        assert complaint in done.stderr
        assert "Usage: report [OPTIONS]" in done.stderr
        assert connection.server.calls == []

    def test_it_is_3_where_the_page_cannot_be_written(self, connection: Connection, tmp_path: Path) -> None:
        done = run(connection, "--html", str(tmp_path / "nowhere" / "page.html"))
        assert done.exit_code == 3
        assert "nowhere" in done.stderr


def test_the_screen_tells_all_parts(connection: Connection) -> None:
    output = run(connection).stdout
    for part in (
        "spe.example.com, SPE 25.3.1.20000",
        "2 of 3 instances running",
        "test03    stopped",
        "test02  Archive store 2023-05 (id 5): The archive store is locked: it belongs to another installation.",
        "test02  Profile Journal (id 2) fails: 1 failed run since its last completed one",
        "Service messages",
        "Instance test03 is not running.",
    ):
        assert part in output


def test_the_summary_is_one_line_with_performance_data(server: Simulator, connection: Connection) -> None:
    server.estate.instance("test03").start_stop_error = "Out | of\nluck \x1b[31m"
    done = run(connection, "--summary", "--level", "store-error=warning")
    [line] = done.stdout.splitlines()
    text, _, data = line.partition(" | ")
    assert text.startswith("MAILSTORE CRITICAL - ")
    assert "test03: The last start or stop failed: Out / of luck \ufffd[31m; " in text
    figures = dict(pair.split("=") for pair in data.split())
    stores = [store for name in ("test01", "test02") for store in server.estate.instance(name).stores.values()]
    assert figures["messages"] == str(sum(store.messages for store in stores))
    assert figures["instances"] == "3"
    assert figures["size"].endswith("MB")


def test_the_page_is_written_beside_the_screen_or_in_its_place(connection: Connection, tmp_path: Path) -> None:
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
