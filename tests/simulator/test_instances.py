"""Instances, service provider access, hosts and the other servers."""

import json

import pytest

INSTANCE = {"instanceID": "test01"}
FINGERPRINT = {"thumbprint": "9F86D081884C7D659A2FEAA0C55AD015A3BF4F1B"}
FAST = pytest.mark.spe_simulator(clock="immediate")


def statuses(api):
    return {instance["instanceID"]: instance["status"] for instance in api.result("GetInstances", instanceFilter="*")}


@FAST
def test_creating_starting_stopping_and_deleting(api):
    assert list(statuses(api).values()) == ["running", "running", "stopped"]
    api.finish("StartInstances", instanceFilter="*")
    assert set(statuses(api).values()) == {"running"}
    api.finish("StopInstances", instanceFilter="test02")
    assert list(statuses(api).values()) == ["running", "stopped", "running"]
    assert api.failure("GetUsers", instanceID="test02") == "Instance test02 is not running."
    api.finish("FreezeInstances", instanceFilter="*")
    assert list(statuses(api).values()) == ["frozen", "stopped", "frozen"]
    texts = [message["text"] for message in api.result("GetServiceStatus")["messages"]]
    assert {"Instance test01 is frozen.", "Instance test02 is not running."} <= set(texts)
    assert api.result("GetUsers", **INSTANCE)
    api.finish("ThawInstances", instanceFilter="test01")
    assert list(statuses(api).values()) == ["running", "stopped", "frozen"]
    before = api.result("GetInstances", instanceFilter="test03")[0]["processID"]
    api.finish("RestartInstances", instanceFilter="test03")
    (after,) = api.result("GetInstances", instanceFilter="test03")
    assert (after["status"], after["processID"] > before) == ("running", True)
    assert api.finish("DeleteInstances", instanceFilter="test03")["logOutput"] == "Deleting instance test03...\r\nDone.\r\n"
    assert list(statuses(api)) == ["test01", "test02"]
    assert api.failure("DeleteInstances", instanceFilter="test03") == "Instance test03 does not exist."
    api.finish("DeleteInstances", instanceFilter="*")
    assert statuses(api) == {}


def test_a_filter_of_several_instances(api):
    def selected(instance_filter):
        return [instance["instanceID"] for instance in api.result("GetInstances", instanceFilter=instance_filter)]

    assert selected("test03 test01") == ["test03", "test01"]
    assert selected("test01  test01 mars") == ["test01"]
    assert selected("") == []
    for uncertain in ("* .running", "*host01", "test0?", "test01,test02"):
        assert api.failure("GetInstances", instanceFilter=uncertain) == (
            f"Instance filter {uncertain} is not supported: expected instance ids separated by spaces, or *."
        )


@FAST
def test_work_on_several_instances(api):
    assert api.failure("StopInstances", instanceFilter="test01 mars") == "Instance mars does not exist."
    assert api.finish("StopInstances", instanceFilter="test01 test02")["statusCode"] == "succeeded"
    assert set(statuses(api).values()) == {"stopped"}


def test_configuration(api):
    config = api.result("GetInstanceConfiguration", **INSTANCE)
    changed = config | {"displayName": "One", "debugLogEnabled": True, "alias": None, "instanceHost": "host02.example.com"}
    assert api.result("SetInstanceConfiguration", config=json.dumps(changed)) is None
    assert api.result("GetInstanceConfiguration", **INSTANCE) == changed
    assert api.result("GetInstances", instanceFilter="test01")[0]["displayName"] == "One"
    assert api.failure("SetInstanceConfiguration", config=json.dumps(config | {"instanceID": "x"})) == "Instance x does not exist."
    mars = json.dumps(config | {"instanceHost": "mars"})
    assert api.failure("SetInstanceConfiguration", config=mars) == "Instance host mars does not exist."
    assert api.failure("SetInstanceConfiguration", config='{"instanceID": "test01"}') == "The value of config has no alias."
    assert api.result("GetInstanceConfiguration", instanceID="test03")["displayName"] == "Test 03"


@FAST
def test_statistics_follow_from_the_stores(api):
    stores = api.result("GetStores", **INSTANCE)
    statistics = api.result("GetInstanceStatistics", **INSTANCE)
    assert statistics["numberOfMessages"] == sum(store["statisticsCount"] for store in stores)
    assert statistics["totalSizeMB"] == sum(store["statisticsSize"] for store in stores) // 2**20
    assert statistics["totalSizeMB"] == sum(size for name, size in statistics.items() if name.endswith("FileSizeMB"))
    api.finish("RunProfile", **INSTANCE, id="1")
    assert api.result("GetInstanceStatistics", **INSTANCE)["numberOfMessages"] > statistics["numberOfMessages"]


@FAST
def test_live_statistics_grow(api):
    first = api.result("GetInstanceProcessLiveStatistics", **INSTANCE)
    api.finish("RunProfile", **INSTANCE, id="1")
    api.finish("VerifyStore", **INSTANCE, id="1", includeIndexes="true")
    second = api.result("GetInstanceProcessLiveStatistics", **INSTANCE)
    assert first.pop("processUniqueID") == second.pop("processUniqueID")
    assert all(second[name] >= first[name] for name in first)
    growing = ("totalIOReadBytes", "totalRemoteProcedureCalls", "totalMessagesArchived", "totalMessagesChecked")
    assert all(second[name] > first[name] for name in growing)
    api.finish("RestartInstances", instanceFilter="test01")
    third = api.result("GetInstanceProcessLiveStatistics", **INSTANCE)
    assert third["totalMessagesChecked"] == 0


def test_service_provider_access(api):
    refused = "Service provider access to instance test01 is not enabled."
    assert api.result("GetArchiveAdminEnabled", **INSTANCE) is True
    assert api.result("CreateClientOneTimeUrlForArchiveAdmin", **INSTANCE, instanceUrl="https://a/").startswith("https://a/?")
    links = {api.result("CreateClientOneTimeUrlForArchiveAdmin", **INSTANCE) for _ in range(3)}
    assert len(links) == 3
    assert api.result("SetArchiveAdminEnabled", **INSTANCE, enabled="false") is None
    assert api.result("GetArchiveAdminEnabled", **INSTANCE) is False
    for function in ("GetUsers", "GetJobs", "GetInstanceStatistics", "GetSmtpSettings", "CreateClientOneTimeUrlForArchiveAdmin"):
        assert api.failure(function, **INSTANCE) == refused
    for function in ("GetStores", "GetIndexConfiguration", "CanRunArchiveProfiles", "SelectAllStoreIndexesForRebuild"):
        api.result(function, **INSTANCE)
    api.result("SetArchiveAdminEnabled", **INSTANCE, enabled="true")
    assert api.result("GetUsers", **INSTANCE)


@pytest.mark.parametrize(
    ("kind", "getter", "extra", "host"),
    [
        ("InstanceHost", "GetInstanceHosts", {}, {"baseDirectory": "D:\\archive"}),
        ("ClientAccessServer", "GetClientAccessServers", {"withServiceStatus": "true"}, {}),
    ],
)
def test_servers(api, kind, getter, extra, host):
    label = {"InstanceHost": "Instance host", "ClientAccessServer": "Client access server"}[kind]
    server = {"serverName": "new.example.com", "port": 1234, "serverCertificate": FINGERPRINT, **host}
    before = api.result(getter, **extra)
    assert api.result(f"Create{kind}", config=json.dumps(server)) is None
    assert api.result(getter, **extra) == [*before, server]
    assert api.result(getter, **extra, serverNameFilter="new.example.com") == [server]
    for name in ("mars", "*", "new.example.*", "NEW.example.com"):
        assert api.result(getter, **extra, serverNameFilter=name) == []
    assert api.failure(f"Create{kind}", config=json.dumps(server)) == f"{label} new.example.com already exists."
    api.result(f"Set{kind}Configuration", config=json.dumps(server | {"port": 99}))
    assert api.result(getter, **extra, serverNameFilter="new.example.com") == [server | {"port": 99}]
    infos = {info["serverName"]: info for info in api.result("GetServiceStatus")["serverInfos"]}
    assert (infos["new.example.com"]["port"], infos["new.example.com"]["serverCertificate"]) == (99, FINGERPRINT)
    assert api.result(f"Delete{kind}", serverName="new.example.com") is None
    assert api.result(getter, **extra) == before
    assert api.failure(f"Delete{kind}", serverName="new.example.com") == f"{label} new.example.com does not exist."
    assert api.failure(f"Set{kind}Configuration", config=json.dumps(server)) == f"{label} new.example.com does not exist."


def test_a_host_in_use(api):
    assert api.failure("DeleteInstanceHost", serverName="host02.example.com") == "Instance host host02.example.com still has instances."


def test_pairing(api):
    new = {"serverName": "new.example.com", "port": "8472", "thumbprint": "AB" * 20}
    assert api.result("PairWithManagementServer", serverType="instanceHost", **new) is None
    assert api.result("PairWithManagementServer", serverType="instanceHost", **new | {"port": "9"}) is None
    (host,) = api.result("GetInstanceHosts", serverNameFilter="new.example.com")
    assert (host["port"], host["serverCertificate"]) == (9, {"thumbprint": "AB" * 20})
    assert api.result("PairWithManagementServer", serverType="clientAccessServer", **new) is None
    assert api.result("GetClientAccessServers", serverNameFilter="new.example.com", withServiceStatus="false")
    assert api.failure("PairWithManagementServer", serverType="x", **new) == "Requested value 'x' was not found."


def test_directories(api):
    host = {"serverName": "host01.example.com"}
    assert api.result("GetDirectoriesOnInstanceHost", **host) == ["C:\\", "D:\\"]
    assert api.result("GetDirectoriesOnInstanceHost", **host, path="D:\\") == ["archive"]
    for _ in range(2):
        assert api.result("CreateDirectoryOnInstanceHost", **host, path="D:\\archive\\new\\deep") is None
    assert api.result("GetDirectoriesOnInstanceHost", **host, path="D:\\archive\\new") == ["deep"]
    assert api.result("GetDirectoriesOnInstanceHost", **host, path="D:\\archive\\") == ["new"]
    for path in ("E:\\x", "D:\\nothing"):
        assert api.failure("GetDirectoriesOnInstanceHost", **host, path=path) == f"Could not find a part of the path '{path}'."
    assert api.failure("CreateDirectoryOnInstanceHost", **host, path="E:\\x") == "Could not find a part of the path 'E:\\x\\'."
    for path in ("", "archive", "D:\\a|b", "D:\\\\x"):
        assert api.failure("CreateDirectoryOnInstanceHost", **host, path=path) == "The given path's format is not supported."
    assert api.failure("GetDirectoriesOnInstanceHost", serverName="mars") == "Instance host mars does not exist."
