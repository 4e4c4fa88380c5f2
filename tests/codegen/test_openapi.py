"""The OpenAPI document is valid, complete and agrees with the facts."""

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from mailstore_codegen.catalogue.load import load
from mailstore_codegen.generate.openapi import openapi
from openapi_spec_validator import OpenAPIV31SpecValidator

import mailstore_sdk
from tests.support.facts import DELIBERATE, FACTS
from tests.support.hostile import HOSTILE
from tests.support.project import ROOT, SAMPLES
from tests.support.small_catalogue import SMALL_SPEC

CATALOGUE = load(ROOT / "spec")
CATALOGUE_FORMS = [function.name for function in CATALOGUE.functions if function.args]


@cache
def document() -> dict[str, Any]:
    return json.loads((ROOT / "generated" / "openapi.json").read_text())


def operation(name: str) -> dict[str, Any]:
    return document()["paths"][f"/api/invoke/{name}"]["post"]


def form(name: str) -> dict[str, Any]:
    return operation(name)["requestBody"]["content"]["application/x-www-form-urlencoded"]


def errors(schema: dict[str, Any], value: object) -> list[str]:
    whole = {"$ref": "#/x", "x": schema, "components": document()["components"]}
    return [error.message for error in Draft202012Validator(whole).iter_errors(value)]


def test_the_document_is_valid() -> None:
    OpenAPIV31SpecValidator(document()).validate()
    assert document()["info"]["version"] == mailstore_sdk.__version__


def test_every_function_and_argument_of_the_facts_is_there() -> None:
    for fact in FACTS:
        found = operation(fact["name"])
        assert found["operationId"] == fact["name"]
        properties = form(fact["name"])["schema"]["properties"] if "requestBody" in found else {}
        if (fact["name"], "args") not in DELIBERATE:
            assert list(properties) == [argument["name"] for argument in fact["args"]]
    invoked = {path for path in document()["paths"] if path.startswith("/api/invoke/")}
    assert invoked == {f"/api/invoke/{fact['name']}" for fact in FACTS}


def test_every_type_is_there() -> None:
    assert set(document()["components"]["schemas"]) == {*CATALOGUE.types, "Envelope"}


def test_every_call_is_a_post_with_basic_login_and_known_errors() -> None:
    assert document()["security"] == [{"basic": []}]
    assert document()["components"]["securitySchemes"]["basic"]["scheme"] == "basic"
    assert document()["servers"][0]["url"] == "https://{server}:8474"
    for item in document()["paths"].values():
        assert list(item) == ["post"]
        assert list(item["post"]["responses"]) == ["200", "401", "404", "411"]


def test_every_example_fits_its_form() -> None:
    for function in CATALOGUE.functions:
        if function.args:
            assert errors(form(function.name)["schema"], form(function.name)["example"]) == [], function.name


def test_the_form_of_get_worker_results() -> None:
    schema = form("GetWorkerResults")["schema"]
    assert schema["required"] == ["instanceID", "fromIncluding", "toExcluding", "timeZoneID"]
    assert schema["properties"]["timeZoneID"]["default"] == "$Local"
    assert schema["properties"]["profileID"]["type"] == "integer"
    times = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}$"}
    assert schema["properties"]["fromIncluding"].items() >= times.items()
    assert errors(schema["properties"]["fromIncluding"], "2026-01-01T00:00:00Z")
    assert form("GetWorkerResults")["example"]["toExcluding"] == "2026-02-01T00:00:00"


def test_an_enum_argument_takes_its_known_values() -> None:
    state = form("SetStoreRequestedState")["schema"]["properties"]["requestedState"]
    assert state["enum"] == ["current", "normal", "writeProtected", "disabled"]


def test_lists_and_json_are_the_strings_that_they_are_in_a_form() -> None:
    """Many tools ignore `encoding`: they would send a list as several fields, and an object in a notation of their own."""
    assert not [name for name in CATALOGUE_FORMS if "encoding" in form(name)]
    privileges = form("SetUserPrivilegesOnFolder")["schema"]["properties"]["privileges"]
    assert privileges["pattern"] == "^((none|read|write|delete)(,(none|read|write|delete))*)?$"
    assert [bool(errors(privileges, text)) for text in ("read,write", "read", "", "read, write", "read,", "other")] == [False] * 3 + [
        True
    ] * 3
    assert form("SetUserEmailAddresses")["example"]["emailAddresses"] == "alice@example.com,a.example@example.com"
    profile = form("CreateProfile")["schema"]["properties"]["properties"]
    assert profile.items() >= {"type": "string", "contentMediaType": "application/json"}.items()
    assert profile["contentSchema"]["$ref"] == "#/components/schemas/Profile"
    for name in CATALOGUE_FORMS:
        for key, schema in form(name)["schema"]["properties"].items():
            if "contentSchema" in schema and key in form(name)["example"]:
                assert errors(schema["contentSchema"], json.loads(form(name)["example"][key])) == [], (name, key)


def test_a_reply_may_have_values_that_an_enum_does_not_list() -> None:
    state = document()["components"]["schemas"]["StoreState"]
    known, anything = state["anyOf"]
    assert known["enum"] == ["current", "normal", "writeProtected", "disabled"]
    assert known["description"].splitlines()[0] == "- `current`: As normal, and new messages are archived here."
    assert anything == {"type": "string"}
    assert errors(state, "brandNew") == []
    assert errors(state, 5) != []


def test_times_have_no_zone() -> None:
    job = document()["components"]["schemas"]["ScheduledJob"]["properties"]["creationDateTimeUtc"]
    assert job["format"] == "date-time-local"
    assert '"date-time"' not in (ROOT / "generated" / "openapi.json").read_text()


def test_secrets_are_marked() -> None:
    assert form("SetUserPassword")["schema"]["properties"]["password"]["format"] == "password"
    assert document()["components"]["schemas"]["SmtpSettings"]["properties"]["password"]["format"] == "password"
    secrets = {(f.name, a.name) for f in CATALOGUE.functions for a in f.args if a.secret}
    marked = {(f.name, a.name) for f in CATALOGUE.functions for a in f.args if form(f.name)["schema"]["properties"][a.name].get("format")}
    assert marked == secrets


def test_the_envelope_has_the_keys_of_the_protocol() -> None:
    keys = ["error", "token", "statusVersion", "statusCode", "percentProgress", "statusText", "result", "logOutput"]
    assert document()["components"]["schemas"]["Envelope"]["required"] == keys
    assert list(document()["components"]["schemas"]["Envelope"]["properties"]) == keys


@pytest.mark.parametrize("sample", sorted(SAMPLES.glob("*.envelope.json")), ids=lambda path: path.name)
def test_real_replies_fit(sample: Path) -> None:
    name = sample.name.partition(".")[0]
    path = f"/api/invoke/{name}" if f"/api/invoke/{name}" in document()["paths"] else "/api/cancel-async"
    reply = json.loads(sample.read_text(encoding="utf-8-sig"))
    if "server" not in sample.name and "v8" not in sample.name:
        assert errors(document()["paths"][path]["post"]["responses"]["200"]["content"]["application/json"]["schema"], reply) == []


def test_low_level_calls_have_their_own_forms_and_replies() -> None:
    paths = document()["paths"]
    status = paths["/api/get-status"]["post"]
    schema = status["requestBody"]["content"]["application/x-www-form-urlencoded"]["schema"]
    assert schema["required"] == ["token", "lastKnownStatusVersion", "millisecondsTimeout"]
    assert schema["properties"]["millisecondsTimeout"]["x-unit"] == "milliseconds"
    assert paths["/api/get-metadata"]["post"]["responses"]["200"]["content"]["application/json"]["schema"]["type"] == "array"
    assert "requestBody" not in paths["/api/get-metadata"]["post"]
    assert paths["/api/cancel-async"]["post"]["operationId"] == "cancel-async"


def test_a_union_names_the_types_of_its_tags() -> None:
    union = document()["components"]["schemas"]["DirectoryServicesConfiguration"]
    assert union["discriminator"]["propertyName"] == "type"
    assert union["discriminator"]["mapping"] == {
        "activeDirectory": "#/components/schemas/DirectoryServicesActiveDirectory",
        "office365OpenIDConnect": "#/components/schemas/DirectoryServicesOffice365OpenIDConnect",
    }


def test_fields_show_unit_version_and_evidence() -> None:
    user = document()["components"]["schemas"]["User"]
    assert user["x-evidence"] == "printed-sample"
    assert user["properties"]["mfaStatus"]["x-since"] == "24.4"
    assert user["properties"]["fullName"]["type"] == ["string", "null"]
    assert document()["components"]["schemas"]["FolderStatistic"]["properties"]["size"]["x-unit"] == "bytes"


def test_removed_functions_are_deprecated() -> None:
    assert {name for name, item in document()["paths"].items() if item["post"].get("deprecated")} == {
        "/api/invoke/DeleteMessage",
        "/api/invoke/GetMessages",
    }


@pytest.mark.small_catalogue
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_strings_stay_strings(root: Path, spoil: Callable[[str], None], text: str) -> None:
    spoil(text)
    made = json.loads(json.dumps(openapi(load(root / "spec")), ensure_ascii=False))
    OpenAPIV31SpecValidator(made).validate()
    assert shape(made) == shape(openapi(load(SMALL_SPEC)))
    assert all(char.isprintable() or char == "\n" for found in texts(made) for char in found)


def shape(node: Any) -> Any:
    """The document without its texts."""
    if isinstance(node, dict):
        return {key: shape(value) for key, value in node.items() if key not in ("description", "summary", "tags", "sources")}
    return [shape(item) for item in node] if isinstance(node, list) else node


def texts(node: Any) -> list[str]:
    if isinstance(node, dict):
        return [found for value in node.values() for found in texts(value)]
    return [found for item in node for found in texts(item)] if isinstance(node, list) else [node] if isinstance(node, str) else []
