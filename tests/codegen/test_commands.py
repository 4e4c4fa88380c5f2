"""The table of the command line: names, secrets, skeletons."""

from pathlib import Path
from typing import Any

import pytest
from mailstore_codegen.catalogue import naming
from mailstore_codegen.catalogue.load import load
from mailstore_codegen.generate.cli_tables import tables

from mailstore_sdk.cli import options
from tests.codegen.conftest import Edit
from tests.support.project import SPEC

CATALOGUE = load(SPEC)
TABLES: dict[str, Any] = tables(CATALOGUE)


def test_the_index_names_every_group_and_function() -> None:
    index = TABLES["index.json"]
    assert index["groups"]["client-access-servers"] == "Client access servers"
    assert index["functions"] == {function.name: index["functions"][function.name] for function in CATALOGUE.functions}
    assert set(index["functions"].values()) == set(index["groups"])
    assert index["versions"] == list(CATALOGUE.protocol.versions)


def test_a_command_has_what_the_catalogue_says() -> None:
    verify = TABLES["stores.json"]["verify-store"]
    assert (verify["function"], verify["effect"], verify["long_running"]) == ("VerifyStore", "idempotent", True)
    assert [argument["option"] for argument in verify["arguments"]] == ["instance-id", "id", "include-indexes"]
    assert verify["arguments"][2]["default"] is True
    assert verify["arguments"][2]["required"] is False, "what has a default need not be given"
    state = TABLES["stores.json"]["set-store-requested-state"]["arguments"][2]
    assert state["values"] == list(CATALOGUE.types["StoreState"].enum or ())


@pytest.mark.parametrize(
    ("group", "command", "argument"),
    [
        ("smtp", "set-smtp-settings", 1),
        ("profiles", "create-profile", 1),
        ("directory_services", "set-directory-services-configuration", 1),
    ],
)
def test_secrets_are_found_at_any_depth(group: str, command: str, argument: int) -> None:
    assert TABLES[f"{group}.json"][command]["arguments"][argument]["secret_fields"] == ["password"]


def test_skeletons_hold_a_value_of_each_kind() -> None:
    runs = TABLES["profiles.json"]["get-worker-results"]["skeleton"]
    assert runs == {
        "instanceID": "",
        "fromIncluding": "2026-01-31T00:00:00",
        "toExcluding": "2026-01-31T00:00:00",
        "timeZoneID": "$Local",
        "profileID": 0,
        "userName": "",
    }
    assert TABLES["users.json"]["create-user"]["skeleton"]["privileges"] == ["none"]
    assert TABLES["compliance.json"]["set-retention-policies"]["skeleton"]["config"][0]["period"] == 0
    assert TABLES["stores.json"]["set-store-auto-create-configuration"]["skeleton"]["config"] == {}


def test_types_that_hold_themselves_end(root: Path, edit: Edit) -> None:
    edit("types/smtp.yaml", "    properties:\n", "    properties:\n      next: {$ref: types/smtp.yaml#/SmtpSettings}\n")
    made: dict[str, Any] = tables(load(root / "spec"))
    skeleton = made["smtp.json"]["set-smtp-settings"]["skeleton"]["settings"]
    assert (skeleton["next"], skeleton["password"]) == (None, "")
    assert "password" in made["smtp.json"]["set-smtp-settings"]["arguments"][1]["secret_fields"]


def test_reserved_are_just_the_options_of_every_command() -> None:
    shared = [*options.options(), options.wait(), options.dry_run()]
    assert {str(option.name).replace("_", "-") for option in shared} | {"help", "from-file", "skeleton"} == naming.RESERVED_OPTIONS
    assert naming.option("dry_run") == "arg-dry-run"
    assert naming.option("from_") == "from"


def test_documents_have_the_types_that_check_them(root: Path, edit: Edit) -> None:
    def document(made: dict[str, Any], file: str, command: str) -> Any:
        return made[file][command]["arguments"][-1].get("document")

    policies = {"type": "RetentionPolicy", "many": True, "incomplete": ["RetentionPolicy", "RetentionSearchCriteria"]}
    assert document(TABLES, "compliance.json", "set-retention-policies") == policies
    hosts = {"type": "InstanceHost", "many": False, "incomplete": []}
    assert document(TABLES, "instance_hosts.json", "create-instance-host") == hosts
    assert document(TABLES, "stores.json", "set-store-auto-create-configuration") is None
    edit("types/smtp.yaml", "    properties:\n", "    properties:\n      next: {$ref: types/smtp.yaml#/SmtpSettings}\n")
    settings = {"type": "SmtpSettings", "many": False, "incomplete": ["SmtpSettings"]}
    assert document(tables(load(root / "spec")), "smtp.json", "set-smtp-settings") == settings
