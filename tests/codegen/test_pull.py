"""`mailstore-codegen pull`: what a server's list of functions changes in the catalogue, and what it does not change."""

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
from mailstore_codegen.upgrade.edit import Editor
from mailstore_codegen.upgrade.guess import Guesses, propose_effect
from mailstore_codegen.write.render import render_package

from mailstore_sdk.simulator import Simulator
from mailstore_sdk.simulator.catalogue import Catalogue
from tests.support.project import ROOT
from tests.support.small_catalogue import SMALL_SPEC, metadata

ServerFunctions = list[dict[str, object]]
Edit = Callable[[str, str, str], None]


def run(*arguments: object, **environment: str) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], env=environment)


def of_the_project(version: str) -> ServerFunctions:
    return json.loads(json.dumps(Catalogue(version).metadata()))


def files(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def pull(root: Path) -> Callable[..., Result]:
    """Pull a list from a file named after its version."""

    def call(reported: object, *options: str, version: str = "27.1") -> Result:
        file = root / f"{version}.json"
        file.write_text(reported if isinstance(reported, str) else json.dumps(reported))
        return run("pull", file, "--spec", root / "spec", *options)

    return call


def function(reported: ServerFunctions, name: str) -> dict[str, list[dict[str, object]]]:
    return next(entry for entry in reported if entry["name"] == name)  # type: ignore[return-value] # an entry of YAML


@pytest.fixture(scope="module")
def server() -> Iterator[Simulator]:
    with Simulator() as simulator:
        yield simulator


def test_an_edit_changes_the_text_and_the_catalogue_of_its_editor_alone() -> None:
    editor = Editor(SMALL_SPEC)
    stores = editor.functions("stores")
    stores[0]["summary"] = "First."
    first = editor.catalogue()
    other = editor.copy()
    assert other.catalogue() is first
    other.functions("stores")[0]["summary"] = "Second."
    name = stores[0]["name"]
    summaries = [next(item.summary for item in each.catalogue().functions if item.name == name) for each in (editor, other)]
    assert summaries == ["First.", "Second."]
    assert [str(each.changed()).count("Second.") for each in (editor, other)] == [0, 1]


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

    def test_an_error_ends_with_status_2(self, root: Path, server: Simulator) -> None:
        wrong = run("pull", *self.options(server), "--spec", root / "spec", MAILSTORE_SPE_PASSWORD="wrong")
        assert wrong.exit_code == 2
        assert "does not accept the user name or password" in wrong.output
        nothing = run("pull", "--spec", root / "spec")
        assert nothing.exit_code == 2
        assert "host" in nothing.output


@pytest.mark.parametrize("version", ["8.5", "9.0", "12.0", "22.4", "26.1"])
def test_the_list_of_every_version_changes_nothing(root: Path, pull: Callable[..., Result], version: str) -> None:
    before = files(root / "spec")
    result = pull(of_the_project(version), "--write", version=version)
    assert (result.exit_code, result.output) == (0, "No differences.\n")
    assert files(root / "spec") == before


@pytest.mark.small_catalogue
class TestDifferences:
    def changed(self) -> ServerFunctions:
        reported = [entry for entry in metadata() if entry["name"] != "GetTimeZones"]
        settings = [{"name": name, "type": "JSON", "nullable": False} for name in ("filter", "options")]
        function(reported, "CompactStore")["args"].append({"name": "reason", "type": "string", "nullable": False})
        function(reported, "GetStores")["args"].append({"name": "deep", "type": "bool", "nullable": True})
        function(reported, "VerifyStore")["args"].pop()
        function(reported, "DeleteUser")["args"][1]["type"] = "number"
        function(reported, "GetUsers")["args"].append({"name": "Detail", "type": "json", "nullable": True})
        reported.append(
            {
                "name": "DeleteStoreSnapshots",
                "args": [
                    {"name": "count", "type": "number", "nullable": False},
                    *settings,
                    {"name": "apiPassword", "type": "string", "nullable": True},
                ],
            }
        )
        reported.append(
            {
                "name": "VerifyStoreChain",
                "args": [{"name": "id", "type": "number", "nullable": True}, {"name": "instanceID", "type": "string", "nullable": False}],
            }
        )
        return reported

    TABLE = """\
breaking    added    CompactStore(reason)         parameter reason: str, required
breaking    changed  DeleteUser(userName)         type: str -> int
breaking    removed  GetTimeZones                 get_time_zones() is gone
breaking    removed  VerifyStore(includeIndexes)  parameter include_indexes
compatible  added    27.1                         version of the server
compatible  added    DeleteStoreSnapshots         delete_store_snapshots(), destructive
compatible  added    GetStores(deep)              parameter deep: bool | None = None, optional
compatible  added    GetUsers(Detail)             parameter detail: JsonValue | None = None, optional
compatible  added    VerifyStoreChain             verify_store_chain(), mutating
"""

    def test_differences_are_reported_and_nothing_is_written(self, root: Path, pull: Callable[..., Result]) -> None:
        before = files(root / "spec")
        result = pull(self.changed())
        assert (result.exit_code, result.output) == (1, self.TABLE)
        assert files(root / "spec") == before
        reported = json.loads(pull(self.changed(), "--format", "json").output)
        assert reported[0] == {
            "severity": "breaking",
            "kind": "added",
            "place": "CompactStore(reason)",
            "detail": "parameter reason: str, required",
        }
        assert "- `GetTimeZones` removed: get\\_time\\_zones() is gone" in pull(self.changed(), "--format", "markdown").output

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

    def test_new_entries_have_their_evidence(self, root: Path, pull: Callable[..., Result]) -> None:
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
        old, new = functions["DeleteUser"].variants("userName")
        assert (old.type, old.until, new.type, new.since, new.evidence) == ("string", "26.1", "integer", "27.1", "observed")
        assert "27.1" in catalogue.protocol.versions
        old, new = (next(f for f in at(catalogue, version).functions if f.name == "CompactStore") for version in ("25.3", "27.1"))
        assert "reason" not in [argument.name for argument in old.args]
        assert "reason" in [argument.name for argument in new.args]

    def test_a_function_can_be_skipped(self, root: Path, pull: Callable[..., Result]) -> None:
        reported = [{"name": "GetMagic", "args": []}, *metadata()]
        before = files(root / "spec")
        assert pull(reported, "--skip", "GetMagic", version="25.3").output == "No differences.\n"
        assert pull(reported, "--skip", "GetMagic", "--write", version="25.3").exit_code == 0
        assert pull(metadata()[1:], "--skip", str(metadata()[0]["name"]), "--write", version="25.3").exit_code == 0
        assert files(root / "spec") == before
        # Skipped functions do not change, although the rest is written.
        assert pull([*metadata()[1:], reported[0]], "--skip", str(metadata()[0]["name"]), "--write").exit_code == 0
        assert next(item for item in load(root / "spec").functions if item.name == metadata()[0]["name"]).until is None

    def test_required_and_optional(self, root: Path, pull: Callable[..., Result]) -> None:
        reported = metadata()
        function(reported, "GetStores")["args"][1]["nullable"] = False
        function(reported, "GetUserInfo")["args"][1]["nullable"] = True
        result = pull(reported, "--write")
        assert result.exit_code == 0, result.output
        assert "breaking    changed  GetStores(includeSize)  optional -> required" in result.output
        assert "compatible  changed  GetUserInfo(userName)   required -> optional" in result.output
        functions = {item.name: item for item in load(root / "spec").functions}
        assert [item.required for item in functions["GetStores"].variants("includeSize")] == [False, True]
        assert functions["GetStores"].example.args["includeSize"] is True
        assert [item.required for item in functions["GetUserInfo"].variants("userName")] == [True, False]

    def test_lists_of_two_versions_agree_after_both_were_pulled(self, root: Path, pull: Callable[..., Result]) -> None:
        older, newer = metadata(), metadata()
        function(newer, "GetStores")["args"][1] |= {"nullable": False, "type": "string"}
        function(newer, "AttachStore")["args"][-1]["nullable"] = False
        function(older, "GetUserInfo")["args"][1]["nullable"] = True
        before = render_package(at(load(root / "spec"), "25.3"), "acme_spe")
        assert pull(newer, "--write").exit_code == 0
        assert render_package(at(load(root / "spec"), "25.3"), "acme_spe") == before
        assert pull(older, "--write", version="25.3").exit_code == 0
        for version, reported in (("25.3", older), ("27.1", newer)):
            assert (pull(reported, version=version).output, pull(reported, version=version).exit_code) == ("No differences.\n", 0)

    def test_a_changed_type_removes_the_default(self, root: Path, pull: Callable[..., Result]) -> None:
        reported = metadata()
        function(reported, "GetStores")["args"][1]["type"] = "json"
        function(reported, "GetJobResults")["args"][3]["type"] = "number"
        result = pull(reported, "--write")
        assert result.exit_code == 0, result.output
        functions = {item.name: item for item in load(root / "spec").functions}
        size, zone = functions["GetStores"].variants("includeSize")[-1], functions["GetJobResults"].variants("timeZoneId")[-1]
        assert (size.type, size.default, size.since, size.doc is not None) == ("json", None, "27.1", True)
        assert (zone.type, zone.default, zone.evidence) == ("integer", None, "observed")

    def test_a_contradiction_is_left_to_a_person(self, root: Path, pull: Callable[..., Result]) -> None:
        before = files(root / "spec")
        assert next(item for item in load(root / "spec").functions if item.name == "TransferStores").since == "25.3"
        result = pull([entry for entry in metadata() if entry["name"] != "TransferStores"], "--write", version="25.3")
        assert result.exit_code == 1
        assert "- TransferStores: the list of SPE 25.3 lacks TransferStores, which is known since 25.3" in result.output
        assert files(root / "spec") == before

    def test_facts_that_the_catalogue_cannot_express_are_put_aside_and_block_nothing(self, root: Path, pull: Callable[..., Result]) -> None:
        optional = {"name": "GetOptional", "args": [{"name": "instanceID", "type": "string", "nullable": True}]}
        odd = {"name": "GetOdd", "args": [{"name": "x", "type": "object", "nullable": True}]}
        entries = [{"name": "Call", "args": []}, optional, {"name": "user-name", "args": []}, odd, {"name": "GetMagic", "args": []}]
        result = pull([*metadata(), *entries], "--write")
        assert result.exit_code == 1
        assert "- Call: Call would hide the client's own 'call'" in result.output
        assert "    - name: Call" in result.output
        assert "- GetOptional: instanceID selects the instance" in result.output
        assert "its name 'user-name' (9 characters) is refused" in result.output
        assert "function GetOdd, argument x: its type is 'object': expected one of string," in result.output
        added = {item.name for item in load(root / "spec").functions if item.since == "27.1"}
        assert added == {"GetMagic"}
        assert pull([*metadata(), entries[-1]]).exit_code == 0

    def test_known_functions_that_are_put_aside_or_skipped_stay_as_they_are(self, root: Path, pull: Callable[..., Result]) -> None:
        reported = metadata()
        function(reported, "GetUsers")["args"][0]["type"] = "System.Guid"
        function(reported, "DeleteUser")["args"][0]["name"] = "instanceId"
        reported = [entry for entry in reported if entry["name"] != "GetTimeZones"]
        reported.append({"name": "GetStores", "args": []})
        result = pull(reported, "--skip", "GetTimeZones", "--write", "--save")
        assert result.exit_code == 1
        assert "removed" not in result.output
        assert "- function GetUsers, argument instanceID: its type is 'System.Guid'" in result.output
        assert "- DeleteUser: arguments of DeleteUser: instanceID and instanceId would both be called instance_id" in result.output
        assert ": GetStores is listed already" in result.output
        older, newer = (
            [(item.name, [argument.name for argument in item.args]) for item in at(load(root / "spec"), version).functions]
            for version in ("26.1", "27.1")
        )
        assert older == newer

    def test_an_unknown_function_cannot_be_skipped(self, pull: Callable[..., Result]) -> None:
        result = pull(metadata(), "--skip", "GetTimeZone")
        assert (result.exit_code, result.output) == (
            2,
            "Error: --skip 'GetTimeZone': neither the list nor the catalogue has this function; did you mean 'GetTimeZones'?\n",
        )

    def test_a_change_of_case_keeps_the_known_facts(self, root: Path, pull: Callable[..., Result]) -> None:
        reported = metadata()
        function(reported, "GetUsers")["name"] = "getUsers"  # type: ignore[assignment] # the entries are of any type
        result = pull(reported, "--write")
        assert result.exit_code == 0, result.output
        assert "behaviour   changed  GetUsers  name on the wire: GetUsers -> getUsers" in result.output
        newer = {item.name: item for item in at(load(root / "spec"), "27.1").functions}
        assert (newer["getUsers"].effect, newer["getUsers"].method, "GetUsers" in newer) == ("read", "get_users", False)

    def test_pull_and_diff_agree(self, root: Path, pull: Callable[..., Result]) -> None:
        reported = metadata()
        del function(reported, "GetTimeZones")["args"][0]
        shown = pull(reported, "--write").output
        assert "breaking    changed  GetTimeZones  belongs to: one instance -> the installation" in shown
        compared = run("diff", "--root", root, "--from-version", "26.1", "--to-version", "27.1", "--fail-on", "breaking")
        assert compared.exit_code == 1
        assert [line for line in compared.output.splitlines() if "wording" not in line] == [
            line for line in shown.splitlines() if not line.startswith("Changed ")
        ]

    def test_a_new_version_with_the_same_list_is_added(self, root: Path, pull: Callable[..., Result]) -> None:
        assert pull(metadata("26.1")).exit_code == 1
        assert pull(metadata("26.1"), "--write").exit_code == 0
        made = run("generate", "--spec", root / "spec", "--spe-version", "27.1", "--out", root, "--package", "acme_spe")
        assert made.exit_code == 0, made.output

    def test_guesses_use_entries_with_the_same_name(self, root: Path, pull: Callable[..., Result]) -> None:
        args = [
            {"name": "instanceID", "type": "string", "nullable": False},
            {"name": "fromIncluding", "type": "string", "nullable": False},
            {"name": "requestedState", "type": "string", "nullable": False},
            {"name": "size", "type": "number", "nullable": False},
        ]
        result = pull([*metadata(), {"name": "SetMagic", "args": args}], "--write")
        assert result.exit_code == 0, result.output
        made = next(item for item in load(root / "spec").functions if item.name == "SetMagic")
        assert [(item.type, item.enum) for item in made.args[1:]] == [
            ("datetime", None),
            ("string", "types/stores.yaml#/StoreState"),
            ("integer", None),
        ]
        assert made.effect == "mutating"
        assert "To confirm; then remove it from `proposed`:\n  SetMagic  group, effect, long_running, access\n" in result.output

    def test_the_version_must_be_known(self, root: Path, pull: Callable[..., Result]) -> None:
        result = pull(metadata(), version="reply")
        assert result.exit_code == 2
        assert "use --spe-version" in result.output
        assert pull(metadata(), "--spe-version", "25.3", version="reply").exit_code == 0


class TestProposals:
    @pytest.mark.parametrize(
        ("name", "group", "effect"),
        [
            ("GetStoreUsage", "stores", "mutating"),
            ("SetUserQuota", "users", "mutating"),
            ("TestConnection", "system", "mutating"),
            ("InitializeDatabase", "stores", "mutating"),
            ("DeleteRetentionPolicy", "compliance", "destructive"),
            ("CloneProfile", "profiles", "mutating"),
            ("Frobnicate", "system", "mutating"),
            ("getthings", "system", "mutating"),
        ],
    )
    def test_group_and_effect_follow_from_the_name(self, name: str, group: str, effect: str) -> None:
        catalogue = load(ROOT / "spec")
        assert (Guesses(catalogue).group(name), propose_effect(name)) == (group, effect)

    def test_a_guess_never_allows_retries(self) -> None:
        assert {propose_effect(f.name) for f in load(ROOT / "spec").functions} == {"mutating", "destructive"}


@pytest.mark.small_catalogue
class TestKeptLists:
    def test_a_list_is_kept_as_it_was_read(self, root: Path, pull: Callable[..., Result]) -> None:
        reported = [{**entry, "comment": "\u202e"} for entry in metadata()]
        result = pull(reported, "--save", version="25.3")
        assert result.exit_code == 0
        kept = json.loads((root / "spec" / "versions" / "25.3.json").read_text())
        assert kept == metadata()

    def keep(self, root: Path, version: str, reported: ServerFunctions) -> None:
        (root / "spec" / "versions").mkdir(exist_ok=True)
        (root / "spec" / "versions" / f"{version}.json").write_text(json.dumps(reported))

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

    def test_a_function_that_no_list_has_ends_before_the_first_list(self, root: Path) -> None:
        self.keep(root, "27.1", [entry for entry in metadata() if entry["name"] != "VerifyStores"])
        assert self.dates(root, "VerifyStores") == ("12.0", "26.1")

    def test_arguments_have_versions_too(self, root: Path) -> None:
        reported = metadata("26.1")
        function(reported, "GetStores")["args"].pop()
        self.keep(root, "26.1", reported)
        argument = next(item for item in load(root / "spec").functions if item.name == "GetStores").args[1]
        assert (argument.name, argument.until) == ("includeSize", "25.3")

    def test_versions_of_kept_lists_can_be_named(self, root: Path, edit: Edit) -> None:
        edit("functions/stores.yaml", 'since: "12.0"', 'since: "27.1"')
        with pytest.raises(CatalogueError, match="version 27.1 is not in protocol.yaml"):
            load(root / "spec")
        self.keep(root, "27.1", metadata())
        assert load(root / "spec").protocol.versions[-1] == "27.1"

    @pytest.mark.parametrize(
        ("name", "content", "reported"),
        [
            ("new.json", "[]", "not named after a version"),
            ("27.1.json", "{", "not JSON"),
            ("27.1.json", '[{"name": "x y"}]', "its name 'x y'"),
        ],
    )
    def test_an_invalid_kept_list_is_a_fault(self, root: Path, name: str, content: str, reported: str) -> None:
        (root / "spec" / "versions").mkdir()
        (root / "spec" / "versions" / name).write_text(content)
        with pytest.raises(CatalogueError, match=rf"^spec/versions/{re.escape(name)}:1: .*{reported}(?s:.*)"):
            load(root / "spec")
