"""`mailstore-codegen learn`: recorded shapes of replies become proposals; a person decides about contradictions."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st
from mailstore_codegen.catalogue.load import load
from mailstore_codegen.catalogue.model import Catalogue
from mailstore_codegen.catalogue.schema import Function, Schema
from mailstore_codegen.catalogue.versions import at
from mailstore_codegen.cli.project import main
from mailstore_codegen.upgrade.edit import Editor
from mailstore_codegen.upgrade.learn import learn as learned_from
from mailstore_codegen.upgrade.propose import Decided
from mailstore_codegen.upgrade.recorded_shapes import Shape
from mailstore_codegen.upgrade.verify import verify
from mailstore_codegen.write.render import render_package

from mailstore_sdk import SPEClient, recording
from mailstore_sdk.simulator import Simulator
from tests.support.project import SPEC
from tests.support.small_catalogue import SMALL_SPEC

pytestmark = pytest.mark.small_catalogue

Learn = Callable[..., Result]
Json = dict[str, object]


def seen(**types: int) -> Json:
    return {"types": types}


def objects(count: int, /, **fields: Json) -> Json:
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
    "usage": objects(4, since={"types": {"string": 4}, "formats": {"date-time": 4}}, share=seen(null=1, number=2)),
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

    def test_observations_are_proposed(self, root: Path, learn: Learn) -> None:
        result = learn(recorded(GetStores=array(objects(5, **STORE))))
        assert (result.exit_code, result.output) == (1, self.TABLE)

    def test_proposals_are_written(self, root: Path, learn: Learn) -> None:
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
        assert usage.properties["share"].type == ("number", "null")
        assert usage.evidence == "observed"
        assert "class StoreUsage" in render_package(catalogue, "acme_spe")["models/stores.py"]
        lost = set(text.splitlines()) - set((root / "spec" / "types" / "stores.yaml").read_text().splitlines())
        assert len(lost) == 3, "the enum, the list of required keys and the name changed, nothing else"
        assert learn(recorded(GetStores=array(objects(5, **STORE)))).output == "No differences.\n"

    def test_files_are_read_together(self, learn: Learn) -> None:
        one = recorded(GetStores=array(objects(5, **{**STORE, "searchIndexesNeedRebuild": seen(boolean=5)})))
        other = recorded(GetStores=array(objects(5, **STORE)))
        assert learn(one, other).output == self.TABLE

    def test_a_reference_can_become_nullable(self, root: Path, learn: Learn) -> None:
        shape = recorded(GetStores=array(objects(1, requestedState=seen(null=1))))
        learn(shape, options=("--write",))
        state = load(root / "spec").types["Store"].properties["requestedState"]
        assert [arm.ref or arm.type for arm in state.any_of] == ["types/stores.yaml#/StoreState", "null"]
        assert state.description == "The requested state."

    def test_a_recording_improves_evidence(self, root: Path, learn: Learn) -> None:
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
            2, kind=seen(string=2), limits=objects(2, size=seen(integer=2)), odd={"types": {"object": 2}, "fields": {"*": seen(string=9)}}
        )
        result = learn(recorded(GetCredentialSettings=array(inner)), options=("--write",))
        assert "GetCredentialSettings  type: any value -> array of CredentialSetting" in result.output
        assert result.exit_code == 0
        catalogue = load(root / "spec")
        setting = catalogue.types["CredentialSetting"]
        assert function(catalogue, "GetCredentialSettings").evidence.result == "observed"
        assert setting.properties["limits"].ref == "types/credentials.yaml#/CredentialSettingLimits"
        assert setting.properties["odd"].additional_properties == Schema(type="string")

    def test_a_new_type_has_all_observed_fields(self, root: Path, learn: Learn) -> None:
        odd = objects(1, **{"$type": seen(string=1)}, copy=seen(null=1), name=seen(string=1), type=seen(integer=1))
        odd["fields"]["*"] = seen(string=1)
        result = learn(recorded(GetCredentialSettings=odd), options=("--write",))
        assert result.exit_code == 1
        assert "- GetCredentialSettings: 1 key that may be data, not names: left out" in result.output
        made = load(root / "spec").types["CredentialSettings"]
        assert made.required == ("$type", "copy", "name", "type")
        names = {key: field.field_name(key) for key, field in made.properties.items()}
        assert names == {"$type": "type_value", "copy": "copy_value", "name": "name", "type": "type"}
        assert made.additional_properties == Schema()
        assert learn(recorded(GetCredentialSettings=odd)).exit_code == 0, "all is settled"

    def test_null_is_the_result_of_a_change_but_says_nothing_about_a_read(self, root: Path, learn: Learn) -> None:
        result = learn(recorded(SendStatusReport=seen(null=1), GetCredentialSettings=seen(null=1)), options=("--write",))
        assert result.exit_code == 0, result.output
        catalogue = load(root / "spec")
        assert function(catalogue, "SendStatusReport").result == Schema(type="null")
        assert function(catalogue, "GetCredentialSettings").result == Schema()

    def test_a_taken_name_is_not_used_again(self, root: Path, learn: Learn) -> None:
        learn(recorded(GetCredentialSettings=array(objects(1, size=seen(integer=1)))), options=("--write",))
        path = root / "spec" / "functions" / "system.yaml"
        path.write_text(path.read_text().replace("name: ReloadBranding", "name: GetCredentialSetting"))
        path.write_text(path.read_text().replace("name: SendStatusReport", "name: SendCredentialSetting"))
        assert learn(recorded(SendCredentialSetting=objects(1, size=seen(integer=1))), options=("--write",)).exit_code == 0
        assert "CredentialSettingSeen" in load(root / "spec").types


PERSON = objects(2, mails=seen(integer=2), size=seen(integer=2))
PEOPLE = {"zelda": PERSON, "quentin": PERSON, "wanda": objects(1, mails=seen(integer=1))}


def everything(root: Path) -> str:
    return "".join(path.read_text() for path in root.joinpath("spec").rglob("*.yaml"))


MAPS = {
    "many objects of the same fields": (objects(2, **PEOPLE), "CredentialSetting"),
    "one key cannot be a name": (objects(1, **{"zelda": PERSON, "*": PERSON}), "CredentialSetting"),
    "other keys in each reply": (objects(2, zelda=seen(integer=1), quentin=seen(integer=1)), "integer"),
    "maps in a map": (objects(9, zelda=objects(9, desk=PERSON), quentin=objects(9, phone=PERSON), wanda=objects(9, bag=PERSON)), "map of CredentialSetting"),
    "lists": (objects(1, **{"zelda": array(seen(string=3)), "*": array({})}), "array of string"),
    "nothing but null": (objects(1, **{"zelda": seen(null=1), "*": seen(null=1)}), "any value"),
}  # fmt: skip


class TestMaps:
    @pytest.mark.parametrize(("shape", "values"), MAPS.values(), ids=MAPS)
    def test_keys_that_are_data_are_in_no_file(self, root: Path, learn: Learn, shape: Json, values: str) -> None:
        result = learn(recorded(GetCredentialSettings=shape), options=("--write",))
        assert f"type: any value -> map of {values}\n" in result.output
        assert result.exit_code == 0, result.output
        assert not [name for name in ("zelda", "quentin", "wanda", "desk", "phone") if name in everything(root).lower()]
        assert "No differences" in learn(recorded(GetCredentialSettings=shape)).output
        render_package(load(root / "spec"), "acme_spe")

    def test_the_values_are_one_type(self, root: Path, learn: Learn) -> None:
        learn(recorded(GetCredentialSettings=objects(2, **PEOPLE)), options=("--write",))
        catalogue = load(root / "spec")
        assert function(catalogue, "GetCredentialSettings").result == Schema(
            type="object", additionalProperties=Schema(**{"$ref": "types/credentials.yaml#/CredentialSetting"})
        )
        person = catalogue.types["CredentialSetting"]
        assert (list(person.properties), person.required) == (["mails", "size"], ("mails",))

    def test_a_known_map_learns_from_all_of_its_values(self, root: Path, learn: Learn) -> None:
        learn(recorded(GetCredentialSettings=objects(2, **PEOPLE)), options=("--write",))
        more = objects(1, dora=objects(1, mails=seen(null=1), size=seen(integer=1), type=seen(string=1)))
        output = learn(recorded(GetCredentialSettings=more)).output
        assert "CredentialSetting.mails  null was seen: it may be null" in output
        assert "CredentialSetting.type   field: string" in output
        assert "dora" not in output

    def test_fields_of_the_same_kind_with_known_words_are_fields(self, root: Path, learn: Learn) -> None:
        learn(recorded(GetCredentialSettings=objects(1, userName=seen(string=1), fullName=seen(string=1))), options=("--write",))
        assert list(load(root / "spec").types["CredentialSettings"].properties) == ["userName", "fullName"]

    @pytest.mark.parametrize(
        "shape",
        [
            objects(1, zelda=PERSON),
            objects(1, zelda=seen(integer=1), quentin=seen(integer=1)),
            objects(3, zelda=PERSON, quentin=seen(null=3)),
        ],
    )
    def test_ambiguous_keys_are_decided_by_a_person(self, root: Path, learn: Learn, shape: Json) -> None:
        found = recorded(GetCredentialSettings=objects(9, name=seen(string=9), quota=shape))
        result = learn(found, options=("--write",))
        assert result.exit_code == 1
        assert "similar values may be names of the API or data: decide with --names or --map and this place" in result.output
        assert "zelda" not in result.output + everything(root)
        named = learn(found, options=("--names", "CredentialSettings.quota"))
        assert "CredentialSettings.quota  type: object -> CredentialSettingsQuota" in named.output
        missed = learn(found, options=("--map", "CredentialSettings.quotas"))
        assert "Not used:\nCredentialSettings.quotas  no object with keys was recorded there" in missed.output
        assert "Not used" not in named.output
        mapped = learn(found, options=("--map", "CredentialSettings.quota", "--write"))
        assert "CredentialSettings.quota  type: object -> map of " in mapped.output
        assert mapped.exit_code == 0
        assert learn(found).exit_code == 0

    def test_entries_of_a_list_with_the_same_keys_need_a_known_word(self, root: Path, learn: Learn) -> None:
        count = seen(integer=7)
        days = learn(recorded(GetCredentialSettings=array(objects(7, zelda=count, quentin=count))), options=("--write",))
        assert "- GetCredentialSettings[]: 2 keys with similar values may be names" in days.output
        assert "zelda" not in everything(root)
        learn(recorded(GetChildFolders=array(objects(7, mails=count, size=count))), options=("--write",))
        assert load(root / "spec").types["ChildFolder"].required == ("mails", "size")

    def test_an_empty_object_can_become_any_type(self, root: Path, learn: Learn) -> None:
        learn(recorded(GetCredentialSettings=objects(1)), options=("--write",))
        assert function(load(root / "spec"), "GetCredentialSettings").result == Schema(type="object")
        render_package(load(root / "spec"), "acme_spe")
        assert "type: object -> map of CredentialSetting" in learn(recorded(GetCredentialSettings=objects(2, **PEOPLE))).output

    def test_a_placeholder_of_the_catalogue_is_filled(self, root: Path, learn: Learn) -> None:
        path = root / "spec" / "types" / "stores.yaml"
        field = "      extra: {type: object, additionalProperties: {}, evidence: unknown, description: Unknown.}\n"
        before, after = path.read_text().split("  Store:\n")
        path.write_text(f"{before}  Store:\n" + after.replace("    properties:\n", f"    properties:\n{field}", 1))
        learn(recorded(GetStores=array(objects(5, **STORE, extra=objects(5, **PEOPLE)))), options=("--write",))
        assert load(root / "spec").types["Store"].properties["extra"].additional_properties == Schema(
            **{"$ref": "types/stores.yaml#/StoreExtra"}
        )

    def test_a_map_where_the_catalogue_has_fields_adds_none(self, root: Path, learn: Learn) -> None:
        result = learn(recorded(GetStores=array(objects(2, **PEOPLE))), options=("--write",))
        assert "- Store: replies had none of its fields, but 3 others" in result.output
        also = learn(recorded(GetStores=array(objects(5, **STORE, **PEOPLE))), options=("--write",))
        assert "- Store: 3 keys that may be data, not names; decide with additionalProperties: {}" in also.output
        assert result.exit_code == also.exit_code == 1
        assert "zelda" not in everything(root)


def nested(depth: int, **fields: Json) -> Json:
    children = array(nested(depth - 1, **fields)) if depth else seen(array=1)
    return objects(1, name=seen(string=1), children=children, **fields)


TREES = {
    "lists": nested(3),
    "a leaf without the key": objects(1, name=seen(string=1), children=array(objects(2, name=seen(string=2), children=array(objects(1, name=seen(string=1)))))),
    "an object": objects(1, name=seen(string=1), parent=objects(1, name=seen(string=1), parent=objects(1, name=seen(string=1), parent=seen(null=1)))),
    "two ways": objects(1, size=seen(integer=1), left=nested(1, size=seen(integer=1), left=seen(null=1)), children=array(objects(1, name=seen(string=1), size=seen(integer=1), left=seen(null=1), children=seen(null=1)))),
    "one type between": objects(1, name=seen(string=1), folders=objects(1, count=seen(integer=1), items=array(objects(1, name=seen(string=1), folders=objects(1, count=seen(integer=1), items=seen(array=1)))))),
    "maps": objects(1, name=seen(string=1), folders=objects(1, **{"*": objects(3, name=seen(string=3), folders=objects(3, **{"*": objects(1, name=seen(string=1), folders=objects(1))}))})),
}  # fmt: skip


class TestTrees:
    @pytest.mark.parametrize("shape", TREES.values(), ids=TREES)
    def test_a_tree_is_one_type_that_contains_itself(self, root: Path, learn: Learn, shape: Json) -> None:
        before = set(load(root / "spec").types)
        result = learn(recorded(GetCredentialSettings=shape), options=("--write",))
        assert result.exit_code == 0, result.output
        catalogue = load(root / "spec")
        new = set(catalogue.types) - before
        assert new - {"CredentialSettingsFolders"} == {"CredentialSettings"}
        references = [ref for name in new for ref in catalogue.types[name].references()]
        assert "types/credentials.yaml#/CredentialSettings" in references
        render_package(catalogue, "acme_spe")
        assert "No differences" in learn(recorded(GetCredentialSettings=shape)).output

    def test_a_node_has_the_fields_observed_at_any_depth(self, root: Path, learn: Learn) -> None:
        inner = nested(1, size=seen(integer=1))
        tree = objects(1, name=seen(string=1), children=array(objects(2, name=seen(null=2), children=array(inner))))
        learn(recorded(GetCredentialSettings=tree), options=("--write",))
        node = load(root / "spec").types["CredentialSettings"]
        assert node.properties["name"].type == ("string", "null")
        assert (list(node.properties), node.required) == (["name", "children", "size"], ("name",))

    def test_an_object_that_shares_some_fields_with_its_child_is_not_a_tree(self, root: Path, learn: Learn) -> None:
        owner = objects(1, id=seen(integer=1), name=seen(string=1))
        learn(recorded(GetCredentialSettings=objects(1, id=seen(integer=1), name=seen(string=1), owner=owner)), options=("--write",))
        assert list(load(root / "spec").types["CredentialSettingsOwner"].properties) == ["id", "name"]

    def test_a_known_type_can_become_a_tree(self, root: Path, learn: Learn) -> None:
        leaf = objects(5, **STORE, parts=seen(null=5))
        result = learn(recorded(GetStores=array(objects(5, **STORE, parts=array(leaf)))), options=("--write",))
        assert "Store.parts field: array or null of Store" in " ".join(result.output.split())
        assert load(root / "spec").types["Store"].properties["parts"].items == Schema(**{"$ref": "types/stores.yaml#/Store"})


class TestUnions:
    MIXED = recorded(
        GetCredentialSettings={**objects(1, name=seen(string=1), size=seen(integer=1)), "types": {"object": 1, "string": 2, "null": 1}}
    )
    SNIPPET = """
Put aside, for you to resolve:
- GetCredentialSettings: of several types, so left open: object, string
    GetCredentialSettings: {anyOf: [{$ref: types/credentials.yaml#/CredentialSettings}, {type: string}, {type: 'null'}]}
    types/credentials.yaml:
      CredentialSettings:
        type: object
        description: The observed shape of CredentialSettings; not described yet.
        evidence: observed
        sources: [recorded]
        required: [name, size]
        properties:
          name: {type: string}
          size: {type: integer}
"""

    def test_a_union_is_proposed_and_then_known(self, root: Path, learn: Learn) -> None:
        result = learn(self.MIXED, options=("--write",))
        assert result.exit_code == 1
        assert self.SNIPPET in result.output
        assert "CredentialSettings:" not in everything(root)
        # as a person would
        entry, types = self.SNIPPET.split("GetCredentialSettings: {")[1].split("    types/credentials.yaml:\n")
        path = root / "spec" / "types" / "credentials.yaml"
        path.write_text(path.read_text() + "".join(line[4:] for line in types.splitlines(keepends=True)))
        path = root / "spec" / "functions" / "credentials.yaml"
        before, after = path.read_text().split("  - name: GetCredentialSettings\n")
        path.write_text(
            f"{before}  - name: GetCredentialSettings\n"
            + after.replace("result: {}", "result: {" + entry.strip(), 1).replace("result: unknown", "result: observed", 1)
        )
        assert learn(self.MIXED, options=("--write",)).exit_code == 0
        assert (result := learn(self.MIXED)).exit_code == 0
        assert result.output == "No differences.\n"
        render_package(load(root / "spec"), "acme_spe")

    def test_a_union_by_tag_is_compared_with_all_of_its_types(self, root: Path, learn: Learn) -> None:
        fits = objects(2, type=seen(string=2), serverName=seen(string=1, null=1))
        assert learn(recorded(GetDirectoryServicesConfiguration=fits)).exit_code == 0
        more = objects(2, type=seen(integer=2), brandNew=seen(boolean=1))
        result = learn(recorded(GetDirectoryServicesConfiguration=more))
        assert result.exit_code == 1
        assert "DirectoryServicesConfiguration.type: the catalogue says string, replies had integer" in result.output
        assert "DirectoryServicesConfiguration.brandNew: a new field of one of DirectoryServicesActiveDirectory, " in result.output
        assert "    brandNew: {type: boolean}\n" in result.output

    def test_a_contradiction_is_shown_with_a_schema_that_fits(self, learn: Learn) -> None:
        output = learn(recorded(GetStores=array(objects(5, **{**STORE, "id": seen(integer=1, string=4)})))).output
        assert "    Store.id: {anyOf: [{type: integer}, {type: string}]}\n" in output


class TestValues:
    def test_a_value_that_is_not_a_name_gets_one(self, root: Path, learn: Learn) -> None:
        values = {"write protected": 1, "": 1, "1": 1, "für": 1, "*": 3, "normal": 1}
        shape = recorded(GetStores=array(objects(5, **{**STORE, "requestedState": {"types": {"string": 9}, "values": values}})))
        result = learn(shape, options=("--write",))
        assert result.exit_code == 0, result.output
        assert "StoreState value write protected, WRITE_PROTECTED_VALUE in Python" in " ".join(result.output.split())
        assert result.output.count("Not used:\nStoreState  3 values that may be data, so they are not recorded\n") == 1
        state = load(root / "spec").types["StoreState"]
        assert {value: state.member_name(value) for value in values if value != "*"} == {
            "write protected": "WRITE_PROTECTED_VALUE",
            "": "EMPTY",
            "1": "VALUE_1",
            "für": "FUR",
            "normal": "NORMAL",
        }
        assert learn(shape).exit_code == 0


CONFLICTS = {
    "another type": (recorded(GetStores=array(objects(1, id=seen(string=1)))), "Store.id", "the catalogue says integer, replies had string"),
    "an object for a list": (recorded(GetStores=objects(1)), "GetStores", "the catalogue says array, replies had object"),
    "something for nothing": (recorded(Ping=seen(string=1)), "Ping", "the catalogue says null, replies had string"),
    "a list for an object": (recorded(GetUserInfo=seen(array=1)), "GetUserInfo", "the catalogue says UserInfo, replies had array"),
    "an unknown function": (recorded(GetMagic=seen(null=1)), "GetMagic", "the catalogue has no such function; `pull` adds it"),
    "other keys only": (recorded(GetStores=array({"types": {"object": 1}, "fields": {"*": seen(string=1)}})), "Store", "replies had none of its fields, but 1 other"),
    "keys that are data": (recorded(GetStores=array(objects(1, **{"id": seen(integer=1), "*": seen(string=1)}))), "Store", "1 key that may be data, not names"),
    "a mixture": (recorded(GetStores=array(objects(1, id=seen(integer=1), odd=seen(string=1, object=1)))), "Store.odd", "of several types, so left open: object, string"),
    "no time": (recorded(GetWorkerResults=array(objects(1, startTime=seen(string=1)))), "WorkerResult.startTime", "the catalogue says a date with a time"),
}  # fmt: skip


@pytest.mark.parametrize(("shapes", "place", "reported"), CONFLICTS.values(), ids=CONFLICTS)
def test_a_conflict_is_shown_and_not_resolved(root: Path, learn: Learn, shapes: Json, place: str, reported: str) -> None:
    result = learn(shapes, options=("--write",))
    assert result.exit_code == 1
    aside = result.output.partition("Put aside, for you to resolve:\n")[2].splitlines()
    assert [line for line in aside if line.startswith(f"- {place}: ") and reported in line], result.output


def test_recordings_of_the_runtime_are_read(tmp_path: Path) -> None:
    """The simulator's replies do not contradict the project's own catalogue, including unions by tag."""
    spec, file = shutil.copytree(SPEC, tmp_path / "spec"), tmp_path / "shapes.json"
    with Simulator(clock="immediate") as server:
        options = {"username": server.username, "password": server.password, "ca_file": server.ca_file}
        with SPEClient(server.url, **options) as spe, spe.record_shapes(file):
            findings = list(verify(at(load(spec), "25.3"), spe))
    assert {finding.outcome for finding in findings} == {"fits"}
    arguments = ["learn", str(file), "--spec", str(spec)]
    written = CliRunner().invoke(main, [*arguments, "--write"])
    assert written.exit_code == 0, written.output
    assert CliRunner().invoke(main, arguments).output == "No differences.\n"


FIELDS = st.sampled_from(["name", "size", "id", "children", "folders", "$type", "copy", "type", "userName", "user-name"])
SCALARS = st.sampled_from([None, True, 5, 2.5, "text", "2026-01-02T03:04:05"])
REPLIES = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(FIELDS, inner, max_size=4), max_leaves=25)
PRIVATE = ["zelda", "quentinTarn", "wanda_m", "ulf", "xaver"]


@given(replies=st.lists(REPLIES, min_size=1, max_size=3), people=st.lists(REPLIES, max_size=5))
@settings(max_examples=8)
def test_any_recording_is_accepted_or_put_aside(replies: list[Any], people: list[Any]) -> None:
    """An accepted recording is then known. The keys of a map with many entries of one kind are written nowhere."""
    shape = recording.Shape()
    for reply in replies:
        shape.see(reply, None)
    quotas = recording.Shape()
    quotas.see({name: {"name": "x", "rest": value} for name, value in zip(PRIVATE, people, strict=False)}, None)
    seen = {
        name: Shape.model_validate(found.model_dump())
        for name, found in {"GetCredentialSettings": shape, "GetChildFolders": quotas}.items()
    }
    found = learned_from(load(SMALL_SPEC), seen, "recorded", Decided())
    editor = Editor(SMALL_SPEC)
    for change in found.edits:
        change(editor)
    again = learned_from(editor.catalogue(), seen, "recorded", Decided())
    assert again.changes == []
    assert len(again.aside) <= len(found.aside)
    written = "".join(editor.changed().values())
    assert not [name for name in PRIVATE if name in written or name in str(found.changes)]
    render_package(editor.catalogue(), "acme_spe")


REFUSED = {
    "not JSON": ("{", "shapes0.json is not a file of recorded shapes"),
    "another format": ({"format": "shapes 2", "functions": {}}, "format: Input should be 'mailstore-sdk shapes 1'"),
    "an unknown key": ({**recorded(), "values": 1}, "values: Extra inputs are not permitted"),
    "an unknown type": (recorded(GetStores=seen(integer32=1)), "functions.GetStores.result.types.integer32"),
    "a negative count": (recorded(GetStores=seen(null=-1)), "greater than or equal to 0"),
    "a field that is data": (recorded(GetStores=objects(1, **{"zelda@example.com": seen(string=1)})), "should match pattern"),
    "a value that is data": (recorded(GetStores={"types": {"string": 1}, "values": {"a@example.com": 1}}), "should match pattern"),
    "code for a name": (recorded(**{"x');import os": seen(null=1)}), "should match pattern"),
}


@pytest.mark.parametrize(("content", "reported"), REFUSED.values(), ids=REFUSED)
def test_a_file_of_another_kind_is_refused(learn: Learn, content: object, reported: str) -> None:
    result = learn(content)
    assert result.exit_code == 2
    assert reported in result.output


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_file_that_windows_wrote_is_read(root: Path, encoding: str) -> None:
    (root / "shapes.json").write_text(json.dumps(recorded()), encoding)
    result = CliRunner().invoke(main, ["learn", str(root / "shapes.json"), "--spec", str(root / "spec")])
    assert (result.exit_code, result.output) == (0, "No differences.\n")


def test_a_file_in_another_encoding_is_refused(root: Path) -> None:
    (root / "shapes.json").write_bytes(b'"\xff"')
    result = CliRunner().invoke(main, ["learn", str(root / "shapes.json"), "--spec", str(root / "spec")])
    assert (result.exit_code, "it is not UTF-8 text" in result.output) == (2, True)


def test_the_source_is_a_tag(learn: Learn) -> None:
    result = learn(recorded(), options=("--source", "a b"))
    assert result.exit_code == 2
    assert "--source cannot be 'a b'" in result.output
