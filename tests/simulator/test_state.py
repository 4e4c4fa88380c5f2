"""Getters return what setters wrote; the demo; functions that are not implemented."""

import json
from datetime import date, timedelta

import pytest

from mailstore_sdk.simulator import Simulator, functions
from mailstore_sdk.simulator.catalogue import ANYTHING, Catalogue, CatalogueFile
from mailstore_sdk.simulator.demo import demo_estate
from mailstore_sdk.simulator.errors import Refusal
from mailstore_sdk.simulator.schema import check, fill

INSTANCE = {"instanceID": "test01"}
CATALOGUE = Catalogue("25.3")


def rows(result, key):
    return {row[key]: row for row in result}


def test_users(api):
    names = [user["userName"] for user in api.result("GetUsers", **INSTANCE)]
    assert names == ["$archiveadmin", "admin", "alice", "bob", "carol"]
    eve = INSTANCE | {"userName": "eve"}
    created = {"privileges": "login, changePassword", "fullName": "Eve", "distinguishedName": "CN=Eve", "loginPrivileges": "web,imap"}
    assert api.result("CreateUser", **eve, **created, authentication="directoryServices", password="secret") is None
    assert api.result("GetUserInfo", **eve) == {
        "userName": "eve",
        "fullName": "Eve",
        "distinguishedName": "CN=Eve",
        "authentication": "directoryServices",
        "mfaStatus": "Disabled",
        "emailAddresses": [],
        "pop3UserNames": [],
        "privileges": ["login", "changePassword"],
        "loginPrivileges": ["web", "imap"],
        "privilegesOnFolders": [{"folder": "eve", "privileges": ["read"]}],
    }
    assert api.result("DeleteUser", **eve) is None
    assert api.failure("GetUserInfo", **eve) == "User eve does not exist."
    assert api.failure("DeleteUser", **eve) == "User eve does not exist."


def test_passwords(api, spe_simulator):
    api.result("SetUserPassword", **INSTANCE, userName="bob", password="new secret")
    assert spe_simulator.estate.instance("test01").user("bob").password == "new secret"
    assert "new secret" not in repr(spe_simulator.estate)


def test_an_administrator_has_no_folder_privileges(api):
    assert "privilegesOnFolders" not in api.result("GetUserInfo", **INSTANCE, userName="admin")
    assert api.result("GetUserInfo", **INSTANCE, userName="carol")["privilegesOnFolders"]


def test_store_states(api):
    before = rows(api.result("GetStores", **INSTANCE), "id")
    assert [store["requestedState"] for store in before.values()] == ["normal", "current", "disabled"]
    assert before[1]["searchIndexesNeedRebuild"]
    second = api.failure("SetStoreRequestedState", **INSTANCE, id="3", requestedState="current")
    assert second == "Archive store 3 cannot be the current one: archive store 2 is."
    for number, state in (("2", "current"), ("2", "normal"), ("3", "writeProtected"), ("3", "current")):
        assert api.result("SetStoreRequestedState", **INSTANCE, id=number, requestedState=state) is None
        assert rows(api.result("GetStores", **INSTANCE), "id")[int(number)]["requestedState"] == state


def test_store_sizes(api):
    assert rows(api.result("GetStores", **INSTANCE), "id")[1]["statisticsSize"] > 0
    assert rows(api.result("GetStores", **INSTANCE, includeSize="false"), "id")[1]["statisticsSize"] is None


@pytest.mark.spe_simulator(clock="polls:2", seed="empty")
def test_a_new_instance(api):
    assert api.result("GetInstances", instanceFilter="*") == []
    config = {
        "instanceID": "new01",
        "alias": None,
        "displayName": "New",
        "instanceHost": "host01.example.com",
        "startMode": "automatic",
        "baseDirectory": None,
        "debugLogEnabled": False,
        "vssWriterEnabled": True,
    }
    assert api.finish("CreateInstance", config=json.dumps(config))["statusCode"] == "succeeded"
    (instance,) = api.result("GetInstances", instanceFilter="new01")
    assert (instance["status"], instance["processID"], instance["alias"]) == ("stopped", None, None)
    assert api.failure("CreateInstance", config=json.dumps(config)) == "Instance new01 already exists."
    elsewhere = config | {"instanceID": "new02", "instanceHost": "mars"}
    assert api.failure("CreateInstance", config=json.dumps(elsewhere)) == "Instance host mars does not exist."
    assert api.failure("CreateInstance", config=json.dumps(config | {"instanceID": ""})).startswith("Specified argument")
    messages = [message["text"] for message in api.result("GetServiceStatus")["messages"]]
    assert messages == ["Instance new01 is not running."]
    assert api.finish("StartInstances", instanceFilter="*")["statusCode"] == "succeeded"
    (instance,) = api.result("GetInstances", instanceFilter="new01")
    assert (instance["status"], type(instance["processID"])) == ("running", int)
    assert api.result("GetServiceStatus")["messages"] == []
    assert api.result("GetStores", instanceID="new01")[0]["requestedState"] == "current"


def test_service_status(api):
    status = api.result("GetServiceStatus")
    assert [server["serverType"] for server in status["serverInfos"]] == [
        *("clientAccessServer", "managementServer", "instanceHost", "instanceHost"),
    ]
    assert [(host["numberOfInstances"], host["numberOfRunningInstances"]) for host in status["serverInfos"][2:]] == [(2, 2), (1, 0)]
    assert {message["type"] for message in status["messages"]} == {"information", "warning", "error"}
    assert any("test03 is not running" in message["text"] for message in status["messages"])


def test_service_provider_access(api, spe_simulator):
    spe_simulator.estate.instance("test01").provider_access = False
    assert api.failure("GetUsers", **INSTANCE) == "Service provider access to instance test01 is not enabled."
    assert api.result("GetStores", **INSTANCE)


def test_worker_results(api, spe_simulator):
    today = max(run.start for run in spe_simulator.estate.instance("test01").runs).date() + timedelta(1)  # also after midnight
    last_month = {"fromIncluding": f"{today - timedelta(30)}T00:00:00", "toExcluding": f"{today}T00:00:00"}
    results = api.result("GetWorkerResults", **INSTANCE, **last_month, timeZoneID="$Local")
    assert len(results) == len(spe_simulator.estate.instance("test01").runs)
    assert [row["startTime"] for row in results] != sorted(row["startTime"] for row in results)
    one = next(run for run in spe_simulator.estate.instance("test01").runs if run.profile_id and run.id == results[0]["id"])
    assert results[0]["profileName"] == one.profile_name
    filtered = api.result(
        "GetWorkerResults", **INSTANCE, **last_month, timeZoneID="UTC", profileID=str(one.profile_id), userName=one.user_name
    )
    assert {(row["profileId"], row["userName"]) for row in filtered} == {(one.profile_id, one.user_name)}
    span = {"fromIncluding": "2000-01-01T00:00:00", "toExcluding": "2100-01-01T00:00:00"}
    tokyo = rows(api.result("GetWorkerResults", **INSTANCE, **span, timeZoneID="Tokyo Standard Time"), "id")
    assert tokyo[one.id]["startTime"] == (one.start + timedelta(hours=9)).isoformat()
    assert any("profileId" not in row and "profileName" not in row for row in tokyo.values())


def test_the_demo_is_the_same_for_the_same_seed():
    day = date(2026, 1, 1)
    assert demo_estate("25.3", 1, today=day) == demo_estate("25.3", 1, today=day)
    assert demo_estate("25.3", 1, today=day) != demo_estate("25.3", 2, today=day)


EXAMPLES = {
    "GetEnvironmentInfo": {},
    "GetServiceStatus": {},
    "GetInstances": {"instanceFilter": "*"},
    "GetUsers": INSTANCE,
    "GetUserInfo": INSTANCE | {"userName": "alice"},
    "GetStores": INSTANCE,
    "GetWorkerResults": INSTANCE | {"fromIncluding": "2000-01-01T00:00:00", "toExcluding": "2100-01-01T00:00:00", "timeZoneID": "$Local"},
}


@pytest.mark.parametrize("function", EXAMPLES)
def test_results_fit_the_catalogue(api, function):
    check(CATALOGUE, api.result(function, **EXAMPLES[function]), CATALOGUE.functions[function].result, function)


@pytest.mark.parametrize("function", CATALOGUE.functions)
def test_fillings_fit_the_catalogue(function):
    result = CATALOGUE.functions[function].result
    check(CATALOGUE, fill(CATALOGUE, result), result, function)


def test_filling_and_checking_values():
    types = {
        "Thing": {"type": "object", "required": ["size", "at", "kind", "rest"], "properties": {
            "size": {"type": "integer"}, "at": {"type": "string", "format": "date-time"}, "kind": {"$ref": "types/x.yaml#/Kind"},
            "owner": {"anyOf": [{"$ref": "types/x.yaml#/Thing"}, {"type": "null"}]},
        }},
        "Kind": {"type": "string", "enum": ["a", "b"]},
    }  # fmt: skip
    protocol = {"versions": ["25.3"], "endpoints": [], "envelope": {}}
    catalogue = Catalogue("25.3", CatalogueFile.model_validate({"protocol": protocol, "groups": [{"name": "x", "types": types}]}))
    thing = catalogue.types["types/x.yaml#/Thing"]
    value = {"size": 0, "at": "2000-01-01T00:00:00", "kind": "a", "rest": None}
    assert fill(catalogue, thing) == value
    assert fill(catalogue, ANYTHING) is None
    check(catalogue, value | {"owner": value, "more": [1]}, thing, "thing")
    with pytest.raises(Refusal, match=r"thing\.owner has no size"):
        check(catalogue, value | {"owner": {}}, thing, "thing")
    with pytest.raises(Refusal, match=r"thing\.size is not of type integer"):
        check(catalogue, value | {"size": True}, thing, "thing")


@pytest.mark.spe_simulator(clock="immediate")
def test_functions_without_a_behaviour(api, monkeypatch):
    for name in list(functions.HANDLERS):
        monkeypatch.delitem(functions.HANDLERS, name)
    assert api.result("GetUsers", **INSTANCE) == []
    assert api.result("GetUserInfo", **INSTANCE, userName="x")["userName"] == ""
    assert api.result("DeleteUser", **INSTANCE, userName="x") is None
    assert api.failure("GetUsers", instanceID="test03") == "Instance test03 is not running."
    final = api.finish("VerifyStore", **INSTANCE, id="1", includeIndexes="true")
    assert (final["statusCode"], final["logOutput"]) == ("succeeded", "VerifyStore...\r\nDone.\r\n")


def test_unknown_options():
    with pytest.raises(ValueError, match=r"SPE version '1\.0' is not known"):
        Simulator(spe_version="1.0")
    with pytest.raises(ValueError, match="seed cannot be 'none'"):
        Simulator(seed="none")


def test_calls_are_logged_without_secrets(api, spe_simulator):
    api.result("SetUserPassword", **INSTANCE, userName="bob", password="canary")
    api.failure("GetUsers", **INSTANCE, pasword="canary")
    api.failure("CreateInstance", config=json.dumps({"a": [{"adminPassword": "canary"}], "b": 1}))
    api.failure("CreateInstance", config="canary{")
    api.request("/api/invoke/Nothing", "password=canary")
    assert "canary" not in repr(spe_simulator.calls)
    set_password, get_users, create, _, nothing = spe_simulator.calls
    assert set_password.arguments == INSTANCE | {"userName": "bob", "password": "***"}
    assert (set_password.function, set_password.status, set_password.status_code) == ("SetUserPassword", 200, "succeeded")
    assert (get_users.arguments, get_users.status_code) == (INSTANCE | {"pasword": "***"}, "failed")
    assert json.loads(create.arguments["config"]) == {"a": [{"adminPassword": "***"}], "b": 1}
    assert (nothing.function, nothing.arguments, nothing.status) == ("Nothing", {}, 404)


@pytest.mark.spe_simulator(clock="manual")
def test_reset(api, spe_simulator):
    token = api.call("VerifyStore", **INSTANCE, id="1", includeIndexes="true")["token"]
    api.result("DeleteUser", **INSTANCE, userName="bob")
    spe_simulator.faults.add("*", "status", times="always")
    spe_simulator.reset()
    assert (spe_simulator.calls, spe_simulator.requests, spe_simulator.connections) == ([], 0, 0)
    assert api.result("GetUserInfo", **INSTANCE, userName="bob")
    assert api.request("/api/cancel-async", f"token={token}").status == 404
