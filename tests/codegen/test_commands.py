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


def test_a_command_has_the_arguments_of_the_catalogue() -> None:
    verify = TABLES["stores.json"]["verify"]
    assert (verify["function"], verify["effect"], verify["long_running"]) == ("VerifyStore", "idempotent", True)
    assert [argument["option"] for argument in verify["arguments"]] == ["instance-id", "id", "include-indexes"]
    assert verify["arguments"][2]["default"] is True
    assert verify["arguments"][2]["required"] is False, "what has a default need not be given"
    state = TABLES["stores.json"]["set-requested-state"]["arguments"][2]
    assert state["values"] == list(CATALOGUE.types["StoreState"].enum or ())


@pytest.mark.parametrize(
    ("group", "methods", "expected"),
    [
        ("users", ["get_users", "get_user_info", "create_user", "disable_mfa"], ["list", "show", "create", "disable-mfa"]),
        ("stores", ["verify_store", "verify_stores", "transfer_stores"], ["verify", "verify-all", "transfer"]),
        ("jobs", ["get_jobs", "get_job_results", "run_job_async"], ["list", "get-results", "run-async"]),
        ("administrators", ["create_system_administrator_api_password"], ["create-api-password"]),
        ("provider_access", ["get_archive_admin_enabled"], ["get-enabled"]),
        ("client_access_servers", ["get_client_access_servers"], ["list"]),
        ("directory_services", ["sync_users_with_directory_services"], ["sync-users-with-directory-services"]),
        ("system", ["ping", "import_"], ["ping", "import"]),
    ],
)
def test_a_command_does_not_repeat_its_group(group: str, methods: list[str], expected: list[str]) -> None:
    assert list(naming.commands(group, methods).values()) == expected


def test_no_two_functions_share_a_command() -> None:
    assert sum(len(table) for name, table in TABLES.items() if name != "index.json") == len(list(CATALOGUE.functions))


@pytest.mark.parametrize(
    ("group", "command", "argument"),
    [
        ("smtp", "set-settings", 1),
        ("archiving-profiles", "create", 1),
        ("directory-services", "set-configuration", 1),
    ],
)
def test_secrets_are_found_at_any_depth(group: str, command: str, argument: int) -> None:
    assert TABLES[f"{group}.json"][command]["arguments"][argument]["secret_fields"] == ["password"]


def test_skeletons_contain_a_value_of_each_kind() -> None:
    runs = TABLES["archiving-profiles.json"]["get-worker-results"]["skeleton"]
    assert runs == {
        "instanceID": "",
        "fromIncluding": "2026-01-31T00:00:00",
        "toExcluding": "2026-01-31T00:00:00",
        "timeZoneID": "$Local",
        "profileID": 0,
        "userName": "",
    }
    assert TABLES["users.json"]["create"]["skeleton"]["privileges"] == ["none"]
    assert TABLES["compliance.json"]["set-retention-policies"]["skeleton"]["config"][0]["period"] == 0
    assert TABLES["stores.json"]["set-auto-create-configuration"]["skeleton"]["config"] == {}


def test_recursive_types_end(root: Path, edit: Edit) -> None:
    edit("types/smtp.yaml", "    properties:\n", "    properties:\n      next: {$ref: types/smtp.yaml#/SmtpSettings}\n")
    made: dict[str, Any] = tables(load(root / "spec"))
    skeleton = made["smtp.json"]["set-settings"]["skeleton"]["settings"]
    assert (skeleton["next"], skeleton["password"]) == (None, "")
    assert "password" in made["smtp.json"]["set-settings"]["arguments"][1]["secret_fields"]


def test_exactly_the_options_of_every_command_are_reserved() -> None:
    shared = [*options.options(), options.wait(), options.dry_run()]
    assert {str(option.name).replace("_", "-") for option in shared} | {"help", "from-file", "skeleton"} == naming.RESERVED_OPTIONS
    assert naming.option("dry_run") == "arg-dry-run"
    assert naming.option("from_") == "from"


def test_json_arguments_name_the_types_that_check_them(root: Path, edit: Edit) -> None:
    def document(made: dict[str, Any], file: str, command: str) -> Any:
        return made[file][command]["arguments"][-1].get("document")

    policies = {"type": "RetentionPolicy", "many": True, "incomplete": ["RetentionPolicy", "RetentionSearchCriteria"]}
    assert document(TABLES, "compliance.json", "set-retention-policies") == policies
    hosts = {"type": "InstanceHost", "many": False, "incomplete": []}
    assert document(TABLES, "instance-hosts.json", "create") == hosts
    assert document(TABLES, "stores.json", "set-auto-create-configuration") is None
    edit("types/smtp.yaml", "    properties:\n", "    properties:\n      next: {$ref: types/smtp.yaml#/SmtpSettings}\n")
    settings = {"type": "SmtpSettings", "many": False, "incomplete": ["SmtpSettings"]}
    assert document(tables(load(root / "spec")), "smtp.json", "set-settings") == settings
