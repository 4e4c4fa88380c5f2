"""`mailstore-codegen pull`: what a server's list of functions changes in the catalogue, and what it leaves alone."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from mailstore_codegen.catalogue.load import load
from mailstore_codegen.catalogue.versions import at
from mailstore_codegen.catalogue.yaml_file import CatalogueError
from mailstore_codegen.cli.project import main
from mailstore_codegen.upgrade.compare import propose_effect, propose_group

from mailstore_sdk.simulator import Simulator
from mailstore_sdk.simulator.catalogue import Catalogue
from tests.support.project import ROOT

Told = list[dict[str, object]]
Edit = Callable[[str, str, str], None]


def run(*arguments: object, **environment: str) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], env=environment)


def metadata(version: str = "25.3") -> Told:
    return json.loads(json.dumps(Catalogue(version).metadata()))


def files(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def pull(root: Path) -> Callable[..., Result]:
    """Pull a list from a file named after its version."""

    def call(told: object, *options: str, version: str = "27.1") -> Result:
        file = root / f"{version}.json"
        file.write_text(told if isinstance(told, str) else json.dumps(told))
        return run("pull", file, "--spec", root / "spec", *options)

    return call


def function(told: Told, name: str) -> dict[str, list[dict[str, object]]]:
    return next(entry for entry in told if entry["name"] == name)  # type: ignore[return-value] # an entry of YAML


@pytest.fixture(scope="module")
def server() -> Iterator[Simulator]:
    with Simulator() as simulator:
        yield simulator


class TestAServer:
    def options(self, server: Simulator) -> tuple[object, ...]:
        return ("--url", server.url, "--username", server.username, "--ca-file", server.ca_file)

    def test_writing_the_simulators_own_list_changes_nothing(self, root: Path, server: Simulator) -> None:
        before = files(root)
        result = run("pull", *self.options(server), "--spec", root / "spec", "--write", MAILSTORE_SPE_PASSWORD="admin")
        assert (result.exit_code, result.output) == (0, "No differences.\n")
        assert files(root) == before

    def test_a_profile_names_the_server(self, root: Path, server: Simulator) -> None:
        config = root / "profiles.toml"
        config.write_text(f'[profiles.prod]\nurl = "{server.url}"\nusername = "admin"\nthumbprint = "{server.thumbprint}"\n')
        environment = {"MAILSTORE_SPE_CONFIG": str(config), "MAILSTORE_SPE_PASSWORD": "admin"}
        assert run("pull", "--profile", "prod", "--spec", root / "spec", **environment).exit_code == 0

    def test_trouble_is_status_2(self, root: Path, server: Simulator) -> None:
        wrong = run("pull", *self.options(server), "--spec", root / "spec", MAILSTORE_SPE_PASSWORD="wrong")
        assert wrong.exit_code == 2
        assert "does not accept the user name or password" in wrong.output
        nothing = run("pull", "--spec", root / "spec")
        assert nothing.exit_code == 2
        assert "host" in nothing.output


@pytest.mark.parametrize("version", ["8.5", "9.0", "12.0", "22.4", "26.1"])
def test_the_list_of_every_version_changes_nothing(root: Path, pull: Callable[..., Result], version: str) -> None:
    before = files(root / "spec")
    result = pull(metadata(version), "--write", version=version)
    assert (result.exit_code, result.output) == (0, "No differences.\n")
    assert files(root / "spec") == before


class TestDifferences:
    def changed(self) -> Told:
        told = [entry for entry in metadata() if entry["name"] != "GetTimeZones"]
        settings = [{"name": name, "type": "JSON", "nullable": False} for name in ("filter", "options")]
        function(told, "CompactStore")["args"].append({"name": "reason", "type": "string", "nullable": False})
        function(told, "GetStores")["args"].append({"name": "deep", "type": "bool", "nullable": True})
        function(told, "VerifyStore")["args"].pop()
        function(told, "DeleteUser")["args"][1]["type"] = "number"
        function(told, "GetUsers")["args"].append({"name": "Detail", "type": "json", "nullable": True})
        told.append(
            {
                "name": "DeleteStoreSnapshots",
                "args": [
                    {"name": "count", "type": "number", "nullable": False},
                    *settings,
                    {"name": "apiPassword", "type": "string", "nullable": True},
                ],
            }
        )
        told.append(
            {
                "name": "VerifyStoreChain",
                "args": [{"name": "id", "type": "number", "nullable": True}, {"name": "instanceID", "type": "string", "nullable": False}],
            }
        )
        return told

    TABLE = """\
breaking    added    CompactStore(reason)         reason: string, required
breaking    changed  DeleteUser(userName)         type: string -> number
breaking    removed  GetTimeZones                 get_time_zones()
breaking    removed  VerifyStore(includeIndexes)  boolean
compatible  added    DeleteStoreSnapshots         (count: number, required, filter: json, required, options: json, required, apiPassword: string)
compatible  added    GetStores(deep)              deep: bool
compatible  added    GetUsers(Detail)             Detail: json
compatible  added    VerifyStoreChain             (id: number, instanceID: string, required)
"""

    def test_they_are_told_and_nothing_is_written(self, root: Path, pull: Callable[..., Result]) -> None:
        before = files(root / "spec")
        result = pull(self.changed())
        assert (result.exit_code, result.output) == (1, self.TABLE)
        assert files(root / "spec") == before
        told = json.loads(pull(self.changed(), "--format", "json").output)
        assert told[0] == {"severity": "breaking", "kind": "added", "place": "CompactStore(reason)", "detail": "reason: string, required"}
        assert "- `GetTimeZones` removed: get\\_time\\_zones()" in pull(self.changed(), "--format", "markdown").output

    def test_writing_keeps_every_other_line(self, root: Path, pull: Callable[..., Result]) -> None:
        before = files(root / "spec")
        result = pull(self.changed(), "--write")
        assert result.exit_code == 0, result.output
        after = files(root / "spec")
        changed = {name for name in after if after[name] != before.get(name)}
        assert changed == {"protocol.yaml", "functions/stores.yaml", "functions/system.yaml", "functions/users.yaml"}
        for name in changed:
            lost = [line for line in before[name].splitlines() if line not in after[name].splitlines()]
            expected = (
                "versions:",
                "    example: {args: {instanceID: test01, id: 1",
                "      - {name: includeIndexes",
                "      - {name: userName",
                "    example: {args: {instanceID: test01, userName",
            )
            assert all(line.startswith(expected) for line in lost), (name, lost)
        assert pull(self.changed()).output == "No differences.\n"

    def test_what_is_written_says_how_it_is_known(self, root: Path, pull: Callable[..., Result]) -> None:
        pull(self.changed(), "--write")
        catalogue = load(root / "spec")
        functions = {item.name: item for item in catalogue.functions}
        assert functions["GetTimeZones"].until == "26.1"
        snapshots, chain = functions["DeleteStoreSnapshots"], functions["VerifyStoreChain"]
        assert (snapshots.effect, snapshots.since, snapshots.access, snapshots.long_running) == ("destructive", "27.1", "admin", False)
        assert (chain.effect, chain.long_running, chain.access) == ("mutating", True, "provider")
        assert [argument.name for argument in chain.args] == ["instanceID", "id"]
        assert chain.proposed == ("group", "effect", "long_running", "access")
        assert (chain.evidence.args, chain.evidence.result, chain.evidence.sources) == ("observed", "unknown", ("metadata27.1",))
        assert [argument.secret for argument in snapshots.args] == [False, False, False, True]
        reason = functions["CompactStore"].args[-1]
        assert (reason.name, reason.required, reason.since, reason.evidence) == ("reason", True, "27.1", "observed")
        user = functions["DeleteUser"].args[1]
        assert (user.type, user.evidence) == ("number", "observed")
        assert "27.1" in catalogue.protocol.versions
        old, new = (next(f for f in at(catalogue, version).functions if f.name == "CompactStore") for version in ("25.3", "27.1"))
        assert "reason" not in [argument.name for argument in old.args]
        assert "reason" in [argument.name for argument in new.args]

    def test_a_function_may_be_left_out(self, root: Path, pull: Callable[..., Result]) -> None:
        told = [{"name": "GetMagic", "args": []}, *metadata()]
        assert pull(told, "--skip", "GetMagic").output == "No differences.\n"
        assert pull(told, "--skip", "GetMagic", "--write").exit_code == 0
        assert pull(metadata()[1:], "--skip", str(metadata()[0]["name"])).exit_code == 0

    def test_required_and_optional(self, root: Path, pull: Callable[..., Result]) -> None:
        told = metadata()
        function(told, "GetStores")["args"][1]["nullable"] = False
        function(told, "GetUserInfo")["args"][1]["nullable"] = True
        result = pull(told, "--write")
        assert result.exit_code == 0, result.output
        assert "breaking    changed  GetStores(includeSize)  optional -> required" in result.output
        assert "compatible  changed  GetUserInfo(userName)   required -> optional" in result.output
        functions = {item.name: item for item in load(root / "spec").functions}
        assert functions["GetStores"].args[1].required
        assert functions["GetStores"].example.args["includeSize"] is True
        assert not functions["GetUserInfo"].args[1].required

    def test_another_type_takes_the_defaults_with_it(self, root: Path, pull: Callable[..., Result]) -> None:
        told = metadata()
        function(told, "GetStores")["args"][1]["type"] = "json"
        function(told, "GetJobResults")["args"][3]["type"] = "number"
        result = pull(told, "--write")
        assert result.exit_code == 0, result.output
        functions = {item.name: item for item in load(root / "spec").functions}
        size, zone = functions["GetStores"].args[1], functions["GetJobResults"].args[3]
        assert (size.type, size.default, size.since, size.doc is not None) == ("json", None, "12.0", True)
        assert (zone.type, zone.default, zone.evidence) == ("number", None, "observed")

    def test_what_contradicts_the_catalogue_is_left_to_a_person(self, root: Path, pull: Callable[..., Result]) -> None:
        before = files(root / "spec")
        assert next(item for item in load(root / "spec").functions if item.name == "TransferStores").since == "25.3"
        result = pull([entry for entry in metadata() if entry["name"] != "TransferStores"], "--write", version="25.3")
        assert (result.exit_code, result.output) == (1, "breaking  removed  TransferStores  transfer_stores()\n")
        assert files(root / "spec") == before

    def test_a_change_that_would_break_the_catalogue_is_refused_whole(self, root: Path, pull: Callable[..., Result]) -> None:
        before = files(root / "spec")
        told = [*metadata(), {"name": "Call", "args": []}, {"name": "GetMagic", "args": []}]
        result = pull(told, "--write")
        assert result.exit_code == 2
        assert "nothing was written, since the catalogue has 1 fault(s)" in result.output
        assert "Call would hide the client's own 'call'" in result.output
        assert files(root / "spec") == before
        optional = [*metadata(), {"name": "GetMagic", "args": [{"name": "instanceID", "type": "string", "nullable": True}]}]
        assert "instanceID selects the instance" in pull(optional, "--write").output

    def test_the_version_must_be_known(self, root: Path, pull: Callable[..., Result]) -> None:
        result = pull(metadata(), version="reply")
        assert result.exit_code == 2
        assert "give --spe-version" in result.output
        assert pull(metadata(), "--spe-version", "25.3", version="reply").exit_code == 0


class TestProposals:
    @pytest.mark.parametrize(
        ("name", "group", "effect"),
        [
            ("GetStoreUsage", "stores", "read"),
            ("SetUserQuota", "users", "idempotent"),
            ("DeleteRetentionPolicy", "compliance", "destructive"),
            ("CloneProfile", "profiles", "mutating"),
            ("Frobnicate", "system", "mutating"),
            ("getthings", "system", "mutating"),
        ],
    )
    def test_group_and_effect_follow_from_the_name(self, name: str, group: str, effect: str) -> None:
        catalogue = load(ROOT / "spec")
        assert (propose_group(catalogue, name), propose_effect(name)) == (group, effect)

    def test_the_functions_that_are_known_would_be_proposed_as_they_are_or_safer(self) -> None:
        danger = {"read": 0, "idempotent": 1, "mutating": 2, "destructive": 3}
        wrong = [f.name for f in load(ROOT / "spec").functions if danger[propose_effect(f.name)] < danger[f.effect]]
        # Names do not tell everything, which is why a person confirms.
        assert len(wrong) < 12, wrong


class TestKeptLists:
    def test_a_list_is_kept_as_it_was_read(self, root: Path, pull: Callable[..., Result]) -> None:
        told = [{**entry, "comment": "\u202e"} for entry in metadata()]
        result = pull(told, "--save", version="25.3")
        assert result.exit_code == 0
        kept = json.loads((root / "spec" / "versions" / "25.3.json").read_text())
        assert kept == metadata()

    def keep(self, root: Path, version: str, told: Told) -> None:
        (root / "spec" / "versions").mkdir(exist_ok=True)
        (root / "spec" / "versions" / f"{version}.json").write_text(json.dumps(told))

    def dates(self, root: Path, name: str) -> tuple[str | None, str | None]:
        found = next(item for item in load(root / "spec").functions if item.name == name)
        return found.since, found.until

    def test_since_and_until_follow_from_kept_lists(self, root: Path) -> None:
        without = [entry for entry in metadata() if entry["name"] != "VerifyStores"]
        before = self.dates(root, "VerifyStores")
        assert before == ("12.0", None)
        self.keep(root, "25.3", metadata())
        assert self.dates(root, "VerifyStores") == before
        self.keep(root, "27.1", without)
        assert self.dates(root, "VerifyStores") == ("12.0", "25.3")
        self.keep(root, "28.1", metadata())
        assert self.dates(root, "VerifyStores") == ("12.0", None)
        self.keep(root, "9.0", metadata())
        assert self.dates(root, "VerifyStores") == ("9.0", None)
        self.keep(root, "8.5", without)
        assert self.dates(root, "VerifyStores") == ("9.0", None)

    def test_what_no_list_has_ends_before_the_first_that_should(self, root: Path) -> None:
        self.keep(root, "27.1", [entry for entry in metadata() if entry["name"] != "VerifyStores"])
        assert self.dates(root, "VerifyStores") == ("12.0", "26.1")

    def test_arguments_have_dates_too(self, root: Path) -> None:
        told = metadata("26.1")
        function(told, "GetStores")["args"].pop()
        self.keep(root, "26.1", told)
        argument = next(item for item in load(root / "spec").functions if item.name == "GetStores").args[1]
        assert (argument.name, argument.until) == ("includeSize", "25.3")

    def test_versions_of_kept_lists_may_be_named(self, root: Path, edit: Edit) -> None:
        edit("functions/stores.yaml", 'since: "12.0"', 'since: "27.1"')
        with pytest.raises(CatalogueError, match="version 27.1 is not in protocol.yaml"):
            load(root / "spec")
        self.keep(root, "27.1", metadata())
        assert load(root / "spec").protocol.versions[-1] == "27.1"

    @pytest.mark.parametrize(
        ("name", "content", "told"),
        [
            ("new.json", "[]", "not named after a version"),
            ("27.1.json", "{", "not JSON"),
            ("27.1.json", '[{"name": "x y"}]', "its name 'x y'"),
        ],
    )
    def test_a_kept_list_that_is_none_is_a_fault(self, root: Path, name: str, content: str, told: str) -> None:
        (root / "spec" / "versions").mkdir()
        (root / "spec" / "versions" / name).write_text(content)
        with pytest.raises(CatalogueError, match=rf"^spec/versions/{re.escape(name)}:1: .*{told}(?s:.*)"):
            load(root / "spec")
