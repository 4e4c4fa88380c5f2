"""A server of each version: its login, its functions, their arguments and fields, compared with what is publicly known."""

import pytest

from mailstore_sdk.simulator import Simulator
from tests.simulator.conftest import Api, Session
from tests.support.facts import FACTS

VERSIONS = ("8.5", "9.0", "22.4", "25.3")
ALICE = {"instanceID": "test01", "userName": "alice"}

# Function -> the versions that have it, according to the vendor's wrappers and notes about live servers.
KNOWN = {
    "GetEnvironmentInfo": "8.5 9.0 22.4 25.3",
    "VerifyStore": "8.5 9.0 22.4 25.3",
    "GetInstances": "9.0 22.4 25.3",
    "GetMessages": "9.0",
    "DeleteMessage": "9.0",
    "CreateJob": "22.4 25.3",
    "VerifyStores": "22.4 25.3",
    "GetSmtpSettings": "22.4 25.3",
    "SetProfileServerSideExecution": "22.4 25.3",
    "InitializeSystemAdministratorMFA": "22.4 25.3",
    "CreateCredential": "25.3",
    "TransferStores": "25.3",
    "SetUserPrivilegesOnAllFolders": "25.3",
}
OF_2014 = 87
"""How many functions the vendor's wrapper of 2014 has."""
NEWEST = {fact["name"] for fact in FACTS} - {name for name, versions in KNOWN.items() if "25.3" not in versions}
"""Every function of the sources but those that are gone."""


@pytest.fixture(scope="module")
def clients():
    """A client of a server of each version, logged in."""
    running = {}
    for version in VERSIONS:
        simulator = Simulator(spe_version=version, clock="immediate").start()
        running[version] = simulator, Session(simulator).log_in() if version == "8.5" else Api(simulator)
    yield {version: client for version, (_, client) in running.items()}
    for simulator, client in running.values():
        client.close()
        simulator.stop()


@pytest.mark.parametrize("version", VERSIONS)
def test_functions(clients, version):
    api = clients[version]
    offered = {function["name"]: function["args"] for function in api.request("/api/get-metadata").json}
    for function, versions in KNOWN.items():
        is_there = version in versions.split()
        assert (function in offered) == is_there, function
        if not is_there:
            assert api.request(f"/api/invoke/{function}", "instanceID=test01").status == 404
    assert version != "9.0" or len(offered) == OF_2014
    assert version != "25.3" or offered.keys() == NEWEST


@pytest.mark.parametrize(
    ("version", "function", "arguments"),
    [
        ("9.0", "AttachStore", {"name", "path", "requestedState"}),
        ("25.3", "AttachStore", {"name", "databasePath", "contentPath", "indexPath", "requestedState"}),
        ("9.0", "VerifyStore", {"id"}),
        ("25.3", "VerifyStore", {"id", "includeIndexes"}),
        ("9.0", "GetStores", set()),
        ("25.3", "GetStores", {"includeSize"}),
    ],
)
def test_arguments(clients, version, function, arguments):
    offered = {entry["name"]: entry["args"] for entry in clients[version].request("/api/get-metadata").json}
    named = {argument["name"] for argument in offered[function]} - {"instanceID"}
    assert named == arguments
    newer = {"includeIndexes", "includeSize", "contentPath"} - arguments
    for name in newer:
        assert "argument" in clients[version].failure(function, instanceID="test01", **{name: "true"})


@pytest.mark.parametrize(("version", "has_mfa"), [("8.5", False), ("9.0", False), ("25.3", True)])
def test_fields(clients, version, has_mfa):
    info = clients[version].result("GetUserInfo", **ALICE)
    assert ("mfaStatus" in info) == has_mfa
    assert ("mfaStatus" in clients[version].result("GetUsers", instanceID="test01")[0]) == has_mfa
    assert info["userName"] == "alice"


@pytest.mark.parametrize("version", VERSIONS)
def test_the_reported_version(clients, version):
    reported = clients[version].result("GetEnvironmentInfo")["version"]
    assert reported == "" if version == "8.5" else reported.startswith(f"{version}.")  # as in the printed sample of 8.5


@pytest.mark.parametrize("version", VERSIONS)
def test_logins(clients, version):
    api = clients[version]
    stranger = Api.__new__(Api)
    stranger.__dict__ |= api.__dict__ | {"headers": {"Content-Type": api.headers["Content-Type"]}}
    assert stranger.request("/login", "u=admin&p=admin").status == (200 if version == "8.5" else 401)
    stranger.headers |= {"Authorization": "Basic YWRtaW46YWRtaW4="}
    assert stranger.request("/api/invoke/GetEnvironmentInfo").status == (401 if version == "8.5" else 200)
