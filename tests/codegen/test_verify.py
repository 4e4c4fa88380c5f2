"""`mailstore-codegen verify`: a live server's replies against the catalogue, read-only and without showing values."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from mailstore_codegen.catalogue.load import load
from mailstore_codegen.catalogue.model import Catalogue
from mailstore_codegen.cli.project import main
from mailstore_codegen.upgrade.verify import Outcome, verify
from pydantic import JsonValue

from mailstore_sdk import FunctionFailedError
from mailstore_sdk.simulator import Simulator
from tests.support.processes import environ
from tests.support.project import ROOT
from tests.support.small_catalogue import catalogue as small_catalogue
from tests.support.small_catalogue import function, record, ref, union


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load(ROOT / "spec")


class Server:
    """Returns the given answers; everything else fails."""

    def __init__(self, **answers: JsonValue) -> None:
        self.answers = answers
        self.calls: dict[str, dict[str, object]] = {}

    def call(self, function: str, /, **arguments: object) -> JsonValue:
        self.calls[function] = arguments
        if function in self.answers:
            return self.answers[function]
        raise FunctionFailedError(f"{function} failed: not here", function=function)


class TestAServer:
    @pytest.fixture
    def server(self) -> Iterator[Simulator]:
        with Simulator(clock="immediate") as simulator:
            yield simulator

    def run(self, server: Simulator, spec: Path) -> Result:
        arguments = ["verify", "--url", server.url, "--username", "admin", "--ca-file", str(server.ca_file), "--spec", str(spec)]
        return CliRunner().invoke(main, arguments, env={"MAILSTORE_SPE_PASSWORD": "admin"})

    def test_the_simulator_fits_its_catalogue_and_only_reading_functions_are_called(self, server: Simulator, catalogue: Catalogue) -> None:
        result = self.run(server, ROOT / "spec")
        assert result.exit_code == 0, result.output
        reading = {function.name for function in catalogue.functions if function.effect == "read"}
        called = {call.function for call in server.calls} - {"get-status"}
        assert called <= reading
        # GetMessages was in old versions only.
        assert reading - called <= {"GetMessages"}
        assert {line.split()[-1] for line in result.output.splitlines() if line.startswith("fits ")} == called

    def test_differences_are_reported(self, server: Simulator, root: Path) -> None:
        for file, old, new in (
            ("types/users.yaml", "userName: {type: string", "userName: {type: integer"),
            ("functions/system.yaml", '    effect: read\n    since: "8.5"', '    effect: read\n    proposed: [effect]\n    since: "8.5"'),
        ):
            path = root / "spec" / file
            text = path.read_text()
            assert old in text
            path.write_text(text.replace(old, new))
        result = self.run(server, root / "spec")
        assert result.exit_code == 1
        assert "differs     GetUsers\n            [].userName: expected integer, found string\n" in result.output
        assert "not called  GetEnvironmentInfo\n            its effect is proposed, not confirmed\n" in result.output
        assert "alice" not in result.output

    @pytest.mark.parametrize("command", ["verify", "pull"])
    def test_the_generated_package_is_not_needed(self, server: Simulator, command: str) -> None:
        arguments = [command, "--url", server.url, "--username", "admin", "--ca-file", str(server.ca_file), "--spec", str(ROOT / "spec")]
        code = f"import sys; sys.modules['mailstore_sdk._generated'] = None; from mailstore_codegen.cli import main; sys.argv[1:] = {arguments}; main()"
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=False, env=environ(MAILSTORE_SPE_PASSWORD="admin")
        )
        assert done.returncode == 0, done.stderr
        assert {call.function for call in server.calls} >= {"GetEnvironmentInfo"}


def test_arguments_come_from_earlier_replies(catalogue: Catalogue) -> None:
    instances = [{"instanceID": "stopped01", "status": "stopped"}, {"instanceID": "live01", "status": "running"}]
    server = Server(
        GetInstances=instances,
        GetUsers=[{"userName": "alice"}],
        GetWorkerResults=[{"id": 17}],
        GetInstanceHosts=[{"serverName": "host07"}],
        GetClientAccessServers=[{"serverName": "cas01"}],
        GetStores=[{"id": 4}],
    )
    found = {finding.function: finding for finding in verify(catalogue, server)}
    assert server.calls["GetUserInfo"] == {"instanceID": "live01", "userName": "alice"}
    assert server.calls["GetWorkerResultReport"] == {"instanceID": "live01", "id": 17}
    assert server.calls["GetDirectoriesOnInstanceHost"] == {"serverName": "host07"}
    assert server.calls["GetInstances"] == {"instanceFilter": "*"}
    window = server.calls["GetJobResults"]
    assert window["fromIncluding"] < window["toExcluding"]
    assert window["timeZoneId"] == "$Local"
    assert found["GetMessages"].outcome is Outcome.NOT_CALLED
    assert found["GetMessages"].details == ("no reply has contained a value for folder",)
    assert found["Ping"].details == ("Ping failed: not here",)
    assert {name for name, finding in found.items() if finding.outcome is not Outcome.NOT_CALLED} == set(server.calls)
    assert all(function.effect == "read" for function in catalogue.functions if function.name in server.calls)


def test_an_instance_can_be_named_and_without_one_its_functions_are_skipped(catalogue: Catalogue) -> None:
    server = Server()
    list(verify(catalogue, server, "mine01"))
    assert server.calls["GetUsers"] == {"instanceID": "mine01"}
    found = {finding.function: finding for finding in verify(catalogue, Server())}
    assert found["GetUsers"].details == ("no reply has contained a value for instanceID",)


MISFITS = {
    "another type": ([{"id": "secret"}], "[].id: expected integer, found string"),
    "missing keys": ([{"id": 1}], "[]: lacks contentPath, databasePath, error, indexPath,"),
    "not a list": ({"secret": 1}, "the result: expected array, found object"),
    "nothing": (None, "the result: expected array, found null"),
    "many": ([{"id": [], "name": {}, "x": n} for n in range(50)], "[].name: expected string, found object"),
}


@pytest.mark.parametrize(("reply", "reported"), MISFITS.values(), ids=MISFITS)
def test_places_and_types_are_reported_but_no_values(catalogue: Catalogue, reply: JsonValue, reported: str) -> None:
    found = next(finding for finding in verify(catalogue, Server(GetStores=reply), "a") if finding.function == "GetStores")
    assert found.outcome is Outcome.DIFFERS
    assert any(detail.startswith(reported) for detail in found.details), found.details
    assert "secret" not in " ".join(found.details)
    assert len(found.details) <= 21


def test_a_value_that_an_enum_does_not_list_is_reported_and_fits(catalogue: Catalogue) -> None:
    store = json.loads((ROOT / "tests" / "support" / "samples" / "GetStores.result.json").read_text())[0]
    for state, reported in (("archiving", " archiving"), ("Alice Example", "")):
        server = Server(GetStores=[{**store, "requestedState": state}])
        found = next(finding for finding in verify(catalogue, server, "a") if finding.function == "GetStores")
        assert found.outcome is Outcome.FITS
        assert found.details == (f"[].requestedState: a value{reported} that is not listed, as an enum allows",)
    broken = next(f for f in verify(catalogue, Server(GetStores=[{**store, "requestedState": 5}]), "a") if f.function == "GetStores")
    assert broken.outcome is Outcome.DIFFERS


def test_a_union_is_read_by_its_tag_as_the_models_do() -> None:
    kind = {"type": "string"}
    types = {
        "Known": record({"kind": {**kind, "const": "known"}, "size": {"type": "integer"}}, ["kind", "size"]),
        "Other": record({"kind": kind}, ["kind"]),
        "Either": union("kind", "Known", "Other"),
    }
    made = small_catalogue(types, [function(result=ref("Either"))])
    for reply, outcome in (
        ({"kind": "known"}, "differs"),
        ({"kind": "known", "size": 1}, "fits"),
        ({"kind": "new"}, "fits"),
        ({}, "differs"),
    ):
        (finding,) = verify(made, Server(GetThing=reply))
        assert finding.outcome == outcome, (reply, finding)


def test_an_invalid_version_is_refused(root: Path) -> None:
    result = CliRunner().invoke(main, ["verify", "--url", "https://localhost:1", "--spec", str(root / "spec"), "--spe-version", "foo"])
    assert (result.exit_code, "'foo' is not a version: expected two numbers, such as 25.3" in result.output) == (2, True)
