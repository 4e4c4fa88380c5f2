"""The loader finds each inserted fault, with its file and line."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest
import yaml
from mailstore_codegen.catalogue.load import json_schema, load
from mailstore_codegen.catalogue.yaml_file import CatalogueError

from tests.support.project import ROOT

pytestmark = pytest.mark.small_catalogue

Edit = Callable[[str, str, str], None]

STORES = "functions/stores.yaml"
USERS = "functions/users.yaml"
STORE_TYPES = "types/stores.yaml"
USER_TYPES = "types/users.yaml"

FAULTS = {
    "unknown key": (STORES, "effect: read", "effect: read\n    colour: red", "colour: is an unknown key: expected one of access, args"),
    "missing key": (STORES, "    summary: List the archive stores of an instance.\n", "", "summary: is missing"),
    "empty summary": (USERS, "summary: Delete a user; the archive of the user stays.", 'summary: ""', "expected text that is not empty"),
    "unknown effect": (
        STORES,
        "effect: read",
        "effect: harmless",
        "found 'harmless', expected one of read, idempotent, mutating, destructive",
    ),
    "unknown wire type": (
        STORES,
        "{name: id, type: integer,",
        "{name: id, type: int,",
        "found 'int', expected one of string, integer, number, boolean, datetime, json, list; did you mean 'integer'?",
    ),
    "unknown evidence": (STORES, "result: inferred, sources", "result: certain, sources", "found 'certain', expected one of observed"),
    "misshapen version": (STORES, 'since: "12.0"', 'since: "12"', "found '12', expected a version in quotes, such as \"25.3\""),
    "unknown version": (STORES, 'since: "12.0"', 'since: "13.7"', "version 13.7 is not in protocol.yaml"),
    "until before since": (STORES, 'since: "9.0"\n', 'since: "9.0"\n    until: "8.5"\n', "since 9.0 is later than until 8.5"),
    "not YAML": (STORES, "group: stores", "group: [stores", "not YAML"),
    "not a mapping": ("protocol.yaml", None, "- a list\n", "expected a mapping at the top"),
    "wrong group": (STORES, "group: stores", "group: shops", "must be the name of the file"),
    "other title": (STORE_TYPES, "title: Archive stores", "title: Shops", "the group's title in its other file"),
    "dangling result": (
        STORES,
        "{$ref: types/stores.yaml#/Store}",
        "{$ref: types/stores.yaml#/Shop}",
        "types/stores.yaml#/Shop is not a type of the catalogue",
    ),
    "dangling enum": (
        STORES,
        "enum: types/stores.yaml#/StoreState",
        "enum: types/stores.yaml#/State",
        "types/stores.yaml#/State is not a type of the catalogue",
    ),
    "not an enum": (
        STORES,
        "enum: types/stores.yaml#/StoreState",
        "enum: types/stores.yaml#/Store",
        "types/stores.yaml#/Store is not an enum",
    ),
    "enum on a number": (
        STORES,
        "{name: id, type: integer,",
        "{name: id, type: integer, enum: types/stores.yaml#/StoreState,",
        "an enum is for a string",
    ),
    "shape on a text": (
        USERS,
        "{name: fullName, type: string,",
        "{name: fullName, type: string, shape: {},",
        "a shape is for a json argument",
    ),
    "function twice": (STORES, "name: SetStoreRequestedState", "name: GetStores", "GetStores is already in spec/functions/stores.yaml"),
    "colliding methods": (STORES, "name: SetStoreRequestedState", "name: Get_Stores", "would both be called get_stores() in Python"),
    "colliding commands": (STORES, "name: TransferStores", "name: Get_Stores", "would both be the command list"),
    "colliding options": (
        USERS,
        "      - {name: fullName, type: string,",
        "      - {name: query, type: string}\n      - {name: argQuery, type: string,",
        "would both be called arg-query on the command line",
    ),
    "colliding arguments": (
        USERS,
        "{name: fullName, type: string,",
        "{name: UserName, type: string,",
        "would both be called user_name in Python",
    ),
    "colliding fields": (
        STORE_TYPES,
        "      name: {type: string, description: Name of the store.}",
        "      ID: {type: string}",
        "would both be called id in Python",
    ),
    "colliding values": (
        STORE_TYPES,
        "enum: [current, normal,",
        "enum: [current, Current, normal,",
        "would both be called CURRENT in Python",
    ),
    "type twice": (USER_TYPES, "  MFAStatus:\n", "  Store:\n    type: string\n\n  MFAStatus:\n", "type Store is already in"),
    "type in lower case": (STORE_TYPES, "  StoreState:\n", "  storeState:\n", "'storeState' is not a type's name"),
    "unusable function name": (STORES, "name: GetStores", "name: Get Stores", "'Get Stores' is not a name"),
    "unusable argument name": (STORES, "name: includeSize", 'name: "include\\"Size"', "is not a name"),
    "unusable field name": (STORE_TYPES, "      needsUpgrade:", '      "needs upgrade":', "'needs upgrade' is not a name"),
    "unusable enum value": (
        STORE_TYPES,
        "writeProtected, disabled]",
        '"write protected", disabled]',
        "'write protected' gives no name for a member",
    ),
    "hidden client method": (STORES, "name: GetStores", "name: Close", "would hide the client's own 'close'"),
    "hidden model method": (STORE_TYPES, "      needsUpgrade:", "      json:", "would hide the model's own 'json'"),
    "bad python_name": (STORES, "name: GetStores", "name: GetStores\n    python_name: class", "python_name 'class' is not"),
    "default outside the enum": (
        STORES,
        "requestedState, type: string,",
        "requestedState, type: string, default: gone,",
        "the default is invalid",
    ),
    "default of another type": (
        STORES,
        "required: true, default: true",
        "required: true, default: 5",
        "the default is invalid: 5 is not of type 'boolean'",
    ),
    "secret default": (
        USERS,
        "{name: password, type: string, secret: true,",
        "{name: password, type: string, secret: true, default: x,",
        "it cannot have a default",
    ),
    "wrapper default of another type": (
        STORES,
        "wrapper_default: true",
        "wrapper_default: 5",
        "the wrapper default is invalid: 5 is not of type 'boolean'",
    ),
    "hidden wrapper method": (
        STORES,
        "name: GetStores",
        "name: GetStatus",
        "GetStatus would hide a name of the vendor wrapper's interface",
    ),
    "hidden wrapper parameter": (STORES, "name: includeSize", "name: autoHandleToken", "autoHandleToken would hide a name of the vendor"),
    "instanceID not first": (STORES, "{name: id, type: integer", "{name: instanceID, type: string", "it is the first argument"),
    "example without an argument": (
        STORES,
        "id: 1, requestedState: normal}",
        "id: 1}",
        "the example lacks the required argument 'requestedState'",
    ),
    "example with too much": (STORES, "id: 1, requestedState: normal}", "id: 1, requestedState: normal, x: 1}", "the example has 'x'"),
    "example of another type": (
        STORES,
        "id: 1, requestedState: normal}",
        "id: one, requestedState: normal}",
        "'one' is not of type 'integer'",
    ),
    "example outside the enum": (STORES, "id: 1, requestedState: normal}", "id: 1, requestedState: gone}", "'gone' is not one of"),
    "example that is no time": (
        "functions/profiles.yaml",
        'fromIncluding: "2026-01-01T00:00:00"',
        'fromIncluding: "2026-01-01T00:00:00Z"',
        "does not match",
    ),
    "example outside its shape": ("functions/instances.yaml", "debugLogEnabled: false", "debugLogEnabled: 5", "5 is not of type 'boolean'"),
    "nameless enum": (
        STORE_TYPES,
        "name: {type: string, description: Name",
        "name: {type: string, enum: [a], description: Name",
        "an enum needs a name",
    ),
    "nameless object": (
        STORE_TYPES,
        "name: {type: string, description: Name",
        "name: {type: object, properties: {a: {}}, description: Name",
        "an object with fields needs a name",
    ),
    "required without a field": (
        STORE_TYPES,
        "required: [id, ",
        "required: [number, id, ",
        "required field 'number' is not among the properties",
    ),
    "described but no value": (
        STORE_TYPES,
        "      current: As normal",
        "      gone: x\n      current: As normal",
        "'gone' is described but is not a value",
    ),
    "type without description": (STORE_TYPES, "    description: One archive store of an instance.\n", "", "type Store has no description"),
    "type without evidence": (STORE_TYPES, "    evidence: printed-sample\n", "", "type Store does not say how it is known"),
    "fields of no object": (STORE_TYPES, "    type: object\n", "", "a schema with properties is of type object"),
    "array of nothing": (
        STORES,
        "{type: array, items: {$ref: types/stores.yaml#/Store}}",
        "{type: array}",
        "an array says what its items are",
    ),
    "unknown result that is not": (STORES, 'result: {type: "null"}', "result: {}", "a result of unknown shape is {} with evidence unknown"),
    "destruction unexplained": (
        USERS,
        "    details: The account with its password, addresses and privileges is lost. Archived messages and folders are not touched.\n",
        "",
        "DeleteUser is destructive: its details say what is lost",
    ),
}


@pytest.mark.parametrize(("file", "old", "new", "message"), FAULTS.values(), ids=FAULTS.keys())
def test_a_planted_fault_is_found_with_file_and_line(root: Path, edit: Edit, file: str, old: str | None, new: str, message: str) -> None:
    if old is None:
        (root / "spec" / file).write_text(new)
        line = 1
    else:
        line = (root / "spec" / file).read_text().partition(old)[0].count("\n") + 1
        edit(file, old, new)
    with pytest.raises(CatalogueError) as caught:
        load(root / "spec")
    fault = next((fault for fault in caught.value.faults if message in fault.message), None)
    assert fault, f"not found in:\n{caught.value}"
    assert fault.file == f"spec/{file}"
    # A fault may be reported at the entry that contains it.
    assert -16 <= fault.line - line <= 2, f"line {fault.line} for a fault in line {line}: {fault}"


def test_every_fault_is_reported_at_once(root: Path, edit: Edit) -> None:
    edit(STORES, "effect: read", "effect: harmless")
    edit(USERS, "effect: read", "effect: harmless")
    edit(USER_TYPES, "type: object", "type: thing")
    with pytest.raises(CatalogueError) as caught:
        load(root / "spec")
    assert {fault.file for fault in caught.value.faults} == {f"spec/{STORES}", f"spec/{USERS}", f"spec/{USER_TYPES}"}
    assert str(caught.value) == "\n".join(map(str, caught.value.faults))
    assert all(re.match(r"^spec/[a-z/]+\.yaml:\d+: ", str(fault)) for fault in caught.value.faults)


def test_a_folder_without_a_catalogue_is_reported_with_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match=r"spec/protocol\.yaml:1: the file is missing"):
        load(tmp_path / "spec")


def test_a_file_in_another_encoding_is_named(root: Path) -> None:
    (root / "spec" / STORES).write_bytes("group: größe".encode("utf-16"))
    with pytest.raises(CatalogueError, match=r"spec/functions/stores\.yaml:1: the file is not UTF-8 text"):
        load(root / "spec")


def test_the_editors_schema_accepts_every_file_and_refuses_an_unknown_key() -> None:
    schema = json.loads((ROOT / "spec" / "catalogue.schema.json").read_text())
    assert schema == json_schema()
    validator = jsonschema.Draft202012Validator(schema)
    for path in (ROOT / "spec").rglob("*.yaml"):
        content = yaml.load(path.read_text(), yaml.CSafeLoader)
        validator.validate(content)
        assert not validator.is_valid({**content, "colour": "red"})
