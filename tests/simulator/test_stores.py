"""Archive stores and search indexes: what is done to them, and what GetStores returns then."""

import json
from datetime import date

import pytest

pytestmark = pytest.mark.spe_simulator(clock="immediate")

INSTANCE = {"instanceID": "test01"}
SPOILED = {"instanceID": "test02"}
"""Its stores 4, 5 and 6 are unavailable, locked and corrupt; store 1 wants an upgrade and a repair."""


def stores(api, instance="test01"):
    return {store["id"]: store for store in api.result("GetStores", instanceID=instance)}


def done(api, function, **form):
    final = api.finish(function, **form)
    assert final["statusCode"] == "succeeded", final
    return final


def test_creating(api):
    done(api, "CreateStore", **INSTANCE, name="New", databasePath="E:\\new", requestedState="current")
    assert stores(api)[4] == stores(api)[4] | {
        "name": "New", "requestedState": "current", "databasePath": "E:\\new", "contentPath": "E:\\new\\Content",
        "indexPath": "E:\\new\\Index", "statisticsCount": 0, "error": None,
    }  # fmt: skip
    assert [store["requestedState"] for store in stores(api).values()] == ["normal", "normal", "disabled", "current"]
    paths = {"databasePath": "E:\\a", "contentPath": "E:\\b", "indexPath": "E:\\c"}
    done(api, "CreateStore", **INSTANCE, name="Other", **paths)
    assert stores(api)[5] == stores(api)[5] | paths | {"requestedState": "normal"}
    again = api.failure("CreateStore", **INSTANCE, name="New", databasePath="E:\\new")
    assert again == "The folder E:\\new already belongs to archive store 4."
    assert api.failure("CreateStore", **INSTANCE, name="", databasePath="E:\\x").startswith("Specified argument")


@pytest.mark.spe_simulator(spe_version="9.0", clock="immediate")
def test_creating_on_an_old_server(api):
    assert api.failure("CreateStore", **INSTANCE, name="New") == "Missing API argument path."
    done(api, "CreateStore", **INSTANCE, name="New", path="E:\\new")
    assert stores(api)[4]["databasePath"] == "E:\\new"
    assert api.result("DetachStore", **INSTANCE, id="4") is None
    done(api, "AttachStore", **INSTANCE, name="Back", path="E:\\new")
    assert stores(api)[5]["name"] == "Back"


def test_detaching_and_attaching(api):
    before = stores(api)[3]
    assert api.result("DetachStore", **INSTANCE, id="3") is None
    assert 3 not in stores(api)
    assert api.failure("DetachStore", **INSTANCE, id="3") == "Archive store 3 does not exist."
    taken = api.failure("CreateStore", **INSTANCE, name="x", databasePath=before["databasePath"])
    assert taken == f"There is an archive store in {before['databasePath']} already; attach it."
    done(api, "AttachStore", **INSTANCE, name="Back", databasePath=before["databasePath"])
    assert stores(api)[4] == before | {"id": 4, "name": "Back", "requestedState": "normal"}
    assert api.failure("AttachStore", **INSTANCE, name="x", databasePath="E:\\x") == "No archive store exists in E:\\x."
    done(api, "AttachStore", **INSTANCE, name="Old", databasePath="D:\\archive\\test01\\2025-12")
    assert stores(api)[5]["needsUpgrade"]


def test_names_and_paths(api):
    api.result("RenameStore", **INSTANCE, id="1", name="Summer")
    api.result("SetStorePath", **INSTANCE, id="1", path="F:\\one")
    api.result("SetStorePath", **INSTANCE, id="3", path="F:\\three")
    paths = {number: [store[key] for key in ("databasePath", "contentPath", "indexPath")] for number, store in stores(api).items()}
    assert stores(api)[1]["name"] == "Summer"
    assert paths[1] == ["F:\\one", "F:\\one\\Content", "F:\\one\\Index"]
    assert paths[3] == ["F:\\three", "F:\\three\\Content", "F:\\three"]  # a store with the older layout keeps it
    assert api.failure("SetStorePath", **INSTANCE, id="2", path="F:\\one") == "The folder F:\\one already belongs to archive store 1."
    assert api.result("SetStorePath", **INSTANCE, id="1", path="F:\\one") is None
    assert api.failure("RenameStore", **INSTANCE, id="1", name="").startswith("Specified argument")


def test_merging(api):
    one, two = stores(api)[1], stores(api)[2]
    final = done(api, "MergeStore", **INSTANCE, id="2", sourceId="1")
    assert f"{one['statisticsCount']} messages to copy." in final["logOutput"]
    assert stores(api)[1] == one
    for key in ("statisticsCount", "statisticsSize"):
        assert stores(api)[2][key] == one[key] + two[key]
    for form, message in {
        ("1", "1"): "Specified argument was out of the range of valid values.",
        ("1", "9"): "Archive store 9 does not exist.",
        ("1", "3"): "Archive store 3 is disabled and cannot be used.",
    }.items():
        assert api.failure("MergeStore", **INSTANCE, id=form[0], sourceId=form[1]) == message
    api.result("SetStoreRequestedState", **INSTANCE, id="1", requestedState="writeProtected")
    assert api.failure("MergeStore", **INSTANCE, id="1", sourceId="2") == "Archive store 1 is write-protected."


def test_settings(api):
    assert api.result("GetStoreAutoCreateConfiguration", **INSTANCE) == {}
    config = {"maximum": [1, {"a": None}]}
    api.result("SetStoreAutoCreateConfiguration", **INSTANCE, config=json.dumps(config))
    assert api.result("GetStoreAutoCreateConfiguration", **INSTANCE) == config
    index = {"attachmentExtensions": "docx", "includeAttachmentsOfPDFs": True}
    assert not api.result("GetIndexConfiguration", **INSTANCE)["includeAttachmentsOfPDFs"]
    api.result("SetIndexConfiguration", **INSTANCE, config=json.dumps(index))
    assert api.result("GetIndexConfiguration", **INSTANCE) == index
    assert api.failure("SetIndexConfiguration", **INSTANCE, config='{"includeAttachmentsOfPDFs": 1}').startswith("The value of config")


def test_rebuilding_indexes(api):
    def marked(instance="test01"):
        return [number for number, store in stores(api, instance).items() if store["searchIndexesNeedRebuild"]]

    assert marked() == [1]
    assert api.result("SelectAllStoreIndexesForRebuild", **INSTANCE) is None
    assert marked() == [1, 2, 3]
    log = done(api, "RebuildSelectedStoreIndexes", **INSTANCE)["logOutput"]
    assert log.startswith("Rebuilding search indexes of archive store 1, 400 messages...\r\n")
    assert marked() == [3]
    assert done(api, "RebuildSelectedStoreIndexes", **INSTANCE)["logOutput"] == "Nothing to do.\r\nDone.\r\n"


def test_verifying_and_repairing(api):
    final = api.finish("VerifyStores", **SPOILED, includeIndexes="true")
    assert (final["statusCode"], final["error"]["message"]) == ("failed", "Archive store 1 has 3 damaged messages.")
    assert "Archive store 5 is not open and is left out.\r\n" in final["logOutput"]
    assert api.finish("VerifyStore", **SPOILED, id="1", includeIndexes="true")["statusCode"] == "failed"
    done(api, "RepairStoreDatabase", **SPOILED, id="1")
    done(api, "VerifyStores", **SPOILED, includeIndexes="true")
    done(api, "VerifyStore", **SPOILED, id="1", includeIndexes="true")
    corrupt = api.finish("VerifyStore", **SPOILED, id="6", includeIndexes="true")
    assert corrupt["error"]["message"].startswith("Archive store 6 is not open. The archive store could not be opened")


def test_upgrading(api):
    def old():
        return [number for number, store in stores(api, "test02").items() if store["needsUpgrade"]]

    assert old() == [1]
    done(api, "UpgradeStores", **SPOILED)
    assert old() == []
    done(api, "AttachStore", **SPOILED, name="Old", databasePath="D:\\archive\\test02\\2025-12")
    assert old() == [7]
    done(api, "UpgradeStore", **SPOILED, id="7")
    assert old() == []


def test_opening(api):
    def errors():
        return [number for number, store in stores(api, "test02").items() if store["error"]]

    assert errors() == [4, 5, 6]
    done(api, "RetryOpenStores", **SPOILED)
    assert errors() == [5, 6]
    assert api.failure("UnlockStore", **SPOILED, id="5", passphrase="wrong") == "The passphrase is not correct."
    assert api.result("UnlockStore", **SPOILED, id="5", passphrase="recovery key") is None
    assert api.result("UnlockStore", **SPOILED, id="5", passphrase="any") is None
    done(api, "RecoverStore", **SPOILED, id="6")
    assert errors() == []
    assert stores(api, "test02")[6]["searchIndexesNeedRebuild"]
    assert not [message for message in api.result("GetServiceStatus")["messages"] if "has an error" in message["text"]]


def test_recovering(api, spe_simulator):
    store = spe_simulator.estate.instance("test01").store(3)
    count = store.messages
    assert api.failure("RecoverStore", **INSTANCE, id="1") == "Archive store 1 is neither disabled nor in error."
    for attribute, bad, good, reason in (
        ("needs_upgrade", True, False, "has to be upgraded first"),
        ("trouble", "locked", None, "is locked or not there"),
        ("recovery_records", False, True, "has no recovery records"),
        ("key_file", False, True, "has no key file, so an encryption key is needed"),
    ):
        setattr(store, attribute, bad)
        assert api.failure("RecoverStore", **INSTANCE, id="3") == f"Archive store 3 {reason}."
        setattr(store, attribute, good)
    store.key_file = False
    done(api, "RecoverStore", **INSTANCE, id="3", encryptionKey="key", recoverDeletedMessages="true")
    assert stores(api)[3]["statisticsCount"] == count + 25


def test_compacting(api, spe_simulator):
    store = spe_simulator.estate.instance("test01").store(3)
    assert api.failure("CompactStore", **INSTANCE, id="3") == "Archive store 3 is disabled and cannot be used."
    api.result("SetStoreRequestedState", **INSTANCE, id="3", requestedState="normal")
    before = stores(api)[3]
    done(api, "CompactStore", **INSTANCE, id="3")
    after = stores(api)[3]
    assert after["statisticsSize"] < before["statisticsSize"]
    assert after["statisticsCount"] == before["statisticsCount"]
    assert store.deleted == 0
    store.recovery_records = False
    done(api, "RecreateRecoveryRecords", **INSTANCE, id="3")
    assert store.recovery_records
    assert "of archive store 2" in done(api, "MaintainFileSystemDatabases", **INSTANCE)["logOutput"]
    assert "Archive store 1: 400 messages" in done(api, "RefreshAllStoreStatistics", **INSTANCE)["logOutput"]


def test_retention(api, spe_simulator):
    policy, = api.result("GetRetentionPolicies", **INSTANCE)  # fmt: skip
    one = spe_simulator.estate.instance("test01").store(1)
    one.created = date(2001, 1, 1)
    hold = {"legalHoldEnabled": True, "logSuccessfulUserActivities": []}

    def process(**changes):
        api.result("SetRetentionPolicies", **INSTANCE, config=json.dumps([policy | changes]))
        return done(api, "ProcessRetentionPolicies", **INSTANCE)["logOutput"]

    assert process() == "Processing retention policy Ten years...\r\nDone.\r\n"
    process(delete=True, searchCriteria={"from": "bob", "to": None})
    process(delete=True, enabled=False)
    api.result("SetComplianceConfiguration", **INSTANCE, config=json.dumps(hold))
    assert api.result("GetComplianceConfiguration", **INSTANCE) == hold
    assert process(delete=True).startswith("Legal hold is enabled, nothing is deleted.\r\n")
    assert stores(api)[1]["statisticsCount"] == 400
    api.result("SetComplianceConfiguration", **INSTANCE, config=json.dumps(hold | {"legalHoldEnabled": False}))
    assert "Deleting 400 messages of archive store 1..." in process(delete=True)
    assert stores(api)[1]["statisticsCount"] == 0
    assert api.result("GetRetentionPolicies", **INSTANCE) == [policy | {"delete": True}]
    api.result("SetRetentionPolicies", **INSTANCE, config="[]")
    assert done(api, "ProcessRetentionPolicies", **INSTANCE)["logOutput"].startswith("There are no retention policies.")
