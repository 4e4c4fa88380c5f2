"""`mailstore-codegen learn`: recorded shapes of replies become proposals, and contradictions stay a person's."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from mailstore_codegen.catalogue.load import load
from mailstore_codegen.catalogue.model import Catalogue
from mailstore_codegen.catalogue.schema import Function, Schema
from mailstore_codegen.catalogue.versions import at
from mailstore_codegen.cli.project import main
from mailstore_codegen.upgrade.learn import learn as learned_from
from mailstore_codegen.upgrade.recorded_shapes import load_shapes
from mailstore_codegen.upgrade.verify import verify
from mailstore_codegen.write.tree import render_package

from mailstore_sdk import SPEClient
from mailstore_sdk.simulator import Simulator

Learn = Callable[..., Result]
Json = dict[str, object]


def seen(**types: int) -> Json:
    return {"types": types}


def objects(count: int, **fields: Json) -> Json:
    return {"types": {"object": count}, "fields": fields}


def array(items: Json) -> Json:
    return {"types": {"array": 1}, "items": items}


def recorded(**results: Json) -> Json:
    functions = {name: {"replies": 1, "result": result} for name, result in results.items()}
    return {"format": "mailstore-sdk shapes 1", "functions": functions}


@pytest.fixture
def learn(root: Path) -> Learn:
    def call(*files: object, options: tuple[str, ...] = ()) -> Result:
        paths = []
        for number, content in enumerate(files):
            paths.append(root / f"shapes{number}.json")
            paths[-1].write_text(content if isinstance(content, str) else json.dumps(content))
        return CliRunner().invoke(main, ["learn", *map(str, paths), "--spec", str(root / "spec"), *options])

    return call


def function(catalogue: Catalogue, name: str) -> Function:
    return next(item for item in catalogue.functions if item.name == name)


STATES = {"requestedState": {"types": {"string": 5}, "values": {"normal": 4, "archiving": 1}}}
REST = {name: seen(null=5) for name in ("error", "statisticsSize", "databasePath", "contentPath", "indexPath")}
STORE = {
    **REST,
    **STATES,
    "id": seen(integer=5),
    "name": seen(null=1, string=4),
    "needsUpgrade": seen(boolean=5),
    "statisticsCount": seen(integer=5),
    "usage": objects(4, since={"types": {"string": 4}, "formats": {"date-time": 4}}, why=seen(null=1, string=2)),
    "class": seen(boolean=3),
    "size": seen(integer=2, number=3),
    "tags": {"types": {"array": 5}, "items": seen(string=9)},
    "either": seen(integer=2, string=3),
    "apiPassword": seen(null=1, string=2),
}


class TestTypes:
    TABLE = """\
breaking    changed  Store.name                      null was seen: it may be null
breaking    changed  Store.searchIndexesNeedRebuild  not in every reply: required -> optional
compatible  added    Store.apiPassword               field: string or null
compatible  added    Store.class                     field: boolean
compatible  added    Store.either                    field: integer or string
compatible  added    Store.size                      field: number
compatible  added    Store.tags                      field: array of string
compatible  added    Store.usage                     field: StoreUsage
compatible  added    StoreState                      value archiving
"""

    def test_what_was_seen_is_proposed(self, root: Path, learn: Learn) -> None:
        result = learn(recorded(GetStores=array(objects(5, **STORE))))
        assert (result.exit_code, result.output) == (1, self.TABLE)

    def test_and_written(self, root: Path, learn: Learn) -> None:
        text = (root / "spec" / "types" / "stores.yaml").read_text()
        result = learn(recorded(GetStores=array(objects(5, **STORE))), options=("--write", "--source", "prod2026"))
        assert result.exit_code == 0, result.output
        catalogue = load(root / "spec")
        store, usage = catalogue.types["Store"], catalogue.types["StoreUsage"]
        assert store.properties["name"].type == ("string", "null")
        assert "searchIndexesNeedRebuild" not in store.required
        assert store.properties["class"] == Schema(type="boolean", evidence="observed", sources=("prod2026",))
        assert store.properties["tags"].items == Schema(type="string")
        assert store.properties["apiPassword"].secret
        assert not store.properties["tags"].secret
        assert store.properties["either"].type == ("integer", "string")
        assert "archiving" in (catalogue.types["StoreState"].enum or ())
        assert usage.required == ("since",)
        assert usage.properties["since"].format == "date-time"
        assert usage.properties["why"].type == ("string", "null")
        assert usage.evidence == "observed"
        assert "class StoreUsage" in render_package(catalogue, "acme_spe")["models/stores.py"]
        lost = set(text.splitlines()) - set((root / "spec" / "types" / "stores.yaml").read_text().splitlines())
        assert len(lost) == 3, "the enum, the list of required keys and the name changed, nothing else"
        assert learn(recorded(GetStores=array(objects(5, **STORE)))).output == "No differences.\n"

    def test_files_are_read_together(self, learn: Learn) -> None:
        one = recorded(GetStores=array(objects(5, **{**STORE, "searchIndexesNeedRebuild": seen(boolean=5)})))
        other = recorded(GetStores=array(objects(5, **STORE)))
        assert learn(one, other).output == self.TABLE

    def test_a_reference_may_become_nullable(self, root: Path, learn: Learn) -> None:
        shape = recorded(GetStores=array(objects(1, requestedState=seen(null=1))))
        learn(shape, options=("--write",))
        state = load(root / "spec").types["Store"].properties["requestedState"]
        assert [arm.ref or arm.type for arm in state.any_of] == ["types/stores.yaml#/StoreState", "null"]
        assert state.description == "The requested state."

    def test_evidence_is_raised(self, root: Path, learn: Learn) -> None:
        before = load(root / "spec")
        assert (function(before, "GetTimeZones").evidence.result, before.types["TimeZone"].evidence) == (
            "consumed-by-code",
            "consumed-by-code",
        )
        result = learn(recorded(GetTimeZones=array(objects(2, id=seen(string=2)))), options=("--write", "--source", "prod2026"))
        assert result.exit_code == 0
        after = load(root / "spec")
        evidence = function(after, "GetTimeZones").evidence
        assert (evidence.result, evidence.sources[-1]) == ("observed", "prod2026")
        assert after.types["TimeZone"].properties["id"].evidence == "observed"
        known = learn(recorded(GetStores=array(objects(1, id=seen(integer=1)))))
        assert "evidence" not in known.output


class TestResults:
    def test_an_open_result_gets_a_type(self, root: Path, learn: Learn) -> None:
        inner = objects(
            2, kind=seen(string=2), limits=objects(2, upper=seen(integer=2)), odd={"types": {"object": 2}, "fields": {"*": seen(string=9)}}
        )
        result = learn(recorded(GetCredentialSettings=array(inner)), options=("--write",))
        assert "GetCredentialSettings  type: any value -> array of CredentialSetting" in result.output
        assert result.exit_code == 0
        catalogue = load(root / "spec")
        setting = catalogue.types["CredentialSetting"]
        assert function(catalogue, "GetCredentialSettings").evidence.result == "observed"
        assert setting.properties["limits"].ref == "types/credentials.yaml#/CredentialSettingLimits"
        assert setting.properties["odd"].additional_properties == Schema()

    def test_what_a_new_type_cannot_have_is_reported_and_the_rest_written(self, root: Path, learn: Learn) -> None:
        odd = objects(1, **{"$type": seen(string=1)}, copy=seen(null=1), good=seen(string=1), mixed=seen(string=1, object=1))
        result = learn(recorded(GetCredentialSettings=odd), options=("--write",))
        assert result.exit_code == 1
        for line in ("CredentialSettings.$type  left out: '$type' is not", "CredentialSettings.copy   left out: copy would hide"):
            assert line in result.output
        assert "CredentialSettings.mixed  of several types, so left open: object, string" in result.output
        assert load(root / "spec").types["CredentialSettings"].required == ("good", "mixed")

    def test_null_says_something_of_a_deed_and_nothing_of_a_question(self, root: Path, learn: Learn) -> None:
        result = learn(recorded(SendStatusReport=seen(null=1), GetCredentialSettings=seen(null=1)), options=("--write",))
        assert result.exit_code == 0, result.output
        catalogue = load(root / "spec")
        assert function(catalogue, "SendStatusReport").result == Schema(type="null")
        assert function(catalogue, "GetCredentialSettings").result == Schema()

    def test_a_taken_name_is_not_used_again(self, root: Path, learn: Learn) -> None:
        learn(recorded(GetCredentialSettings=array(objects(1, a=seen(integer=1)))), options=("--write",))
        path = root / "spec" / "functions" / "system.yaml"
        path.write_text(path.read_text().replace("name: ReloadBranding", "name: GetCredentialSetting"))
        path.write_text(path.read_text().replace("name: SendStatusReport", "name: SendCredentialSetting"))
        assert learn(recorded(SendCredentialSetting=objects(1, b=seen(integer=1))), options=("--write",)).exit_code == 0
        assert "CredentialSettingSeen" in load(root / "spec").types


CONFLICTS = {
    "another type": (recorded(GetStores=array(objects(1, id=seen(string=1)))), "Store.id", "the catalogue says integer, replies had string"),
    "an object for a list": (recorded(GetStores=objects(1)), "GetStores", "the catalogue says array, replies had object"),
    "something for nothing": (recorded(Ping=seen(string=1)), "Ping", "the catalogue says null, replies had string"),
    "no time": (recorded(GetUserInfo=seen(array=1)), "GetUserInfo", "the catalogue says UserInfo, replies had array"),
    "an unknown function": (recorded(GetMagic=seen(null=1)), "GetMagic", "the catalogue has no such function; `pull` adds it"),
    "one of several types": (recorded(GetCredentials=array(objects(1, Type=seen(string=1)))), "GetCredentials", "recorded shapes do not distinguish them"),
    "keys that are data": (recorded(GetStores=array({"types": {"object": 1}, "fields": {"*": seen(string=1)}})), "Store", "keys that do not look like names"),
    "a name that cannot be": (recorded(GetStores=array(objects(1, **{"$type": seen(string=1)}))), "Store.$type", "'$type' is not a name"),
    "a reserved name": (recorded(GetStores=array(objects(1, copy=seen(string=1)))), "Store.copy", "would hide the model's own 'copy'"),
    "a mixture": (recorded(GetStores=array(objects(1, odd=seen(string=1, object=1)))), "Store.odd", "a new field of several types: object, string"),
}  # fmt: skip


@pytest.mark.parametrize(("shapes", "place", "reported"), CONFLICTS.values(), ids=CONFLICTS)
def test_a_conflict_is_shown_and_not_settled(root: Path, learn: Learn, shapes: Json, place: str, reported: str) -> None:
    result = learn(shapes, options=("--write",))
    assert result.exit_code == 1
    conflicts = result.output.partition("Conflicts, for a person to decide:\n")[2].splitlines()
    assert [line for line in conflicts if line.startswith(place) and reported in line], result.output


def test_what_the_runtime_records_is_read(root: Path) -> None:
    """All that the simulator answers contradicts nothing; unions are named, since shapes do not distinguish their types."""
    file = root / "shapes.json"
    with Simulator(clock="immediate") as server:
        options = {"username": server.username, "password": server.password, "ca_file": server.ca_file}
        with SPEClient(server.url, **options) as spe, spe.record_shapes(file):
            findings = list(verify(at(load(root / "spec"), "25.3"), spe))
    assert {finding.outcome for finding in findings} == {"fits"}
    found = learned_from(load(root / "spec"), load_shapes([file]), "recorded")
    assert sorted(place for place, _ in found.conflicts) == ["GetCredentials", "GetDirectoryServicesConfiguration"]
    arguments = ["learn", str(file), "--spec", str(root / "spec"), "--write"]
    assert CliRunner().invoke(main, arguments).exit_code == 1
    assert learned_from(load(root / "spec"), load_shapes([file]), "recorded").changes == []


REFUSED = {
    "not JSON": ("{", "shapes0.json is no file of shapes"),
    "another format": ({"format": "shapes 2", "functions": {}}, "format: Input should be 'mailstore-sdk shapes 1'"),
    "an unknown key": ({**recorded(), "values": 1}, "values: Extra inputs are not permitted"),
    "an unknown type": (recorded(GetStores=seen(integer32=1)), "functions.GetStores.result.types.integer32"),
    "a negative count": (recorded(GetStores=seen(null=-1)), "greater than or equal to 0"),
    "a field that is data": (recorded(GetStores=objects(1, **{"alice@example.com": seen(string=1)})), "should match pattern"),
    "a value that is data": (recorded(GetStores={"types": {"string": 1}, "values": {"x y": 1}}), "should match pattern"),
    "code for a name": (recorded(**{"x');import os": seen(null=1)}), "should match pattern"),
}


@pytest.mark.parametrize(("content", "reported"), REFUSED.values(), ids=REFUSED)
def test_a_file_of_another_kind_is_refused(learn: Learn, content: object, reported: str) -> None:
    result = learn(content)
    assert result.exit_code == 2
    assert reported in result.output


def test_the_source_is_a_tag(learn: Learn) -> None:
    result = learn(recorded(), options=("--source", "a b"))
    assert result.exit_code == 2
    assert "--source cannot be 'a b'" in result.output
