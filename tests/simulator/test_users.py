"""Users, their folders and the directory that they come from."""

import json

import pytest

INSTANCE = {"instanceID": "test01"}
BOB = INSTANCE | {"userName": "bob"}
PATH = "test01.example.com"


def info(api, name="bob"):
    return api.result("GetUserInfo", **INSTANCE, userName=name)


@pytest.mark.parametrize(
    ("function", "form", "key", "value"),
    [
        ("SetUserFullName", {"fullName": "Robert"}, "fullName", "Robert"),
        ("SetUserFullName", {}, "fullName", None),
        ("SetUserDistinguishedName", {"distinguishedName": "CN=B"}, "distinguishedName", "CN=B"),
        ("SetUserDistinguishedName", {}, "distinguishedName", None),
        ("SetUserEmailAddresses", {"emailAddresses": "b@x.org,a@x.org"}, "emailAddresses", ["b@x.org", "a@x.org"]),
        ("SetUserEmailAddresses", {}, "emailAddresses", []),
        ("SetUserPop3UserNames", {"pop3UserNames": "one, two"}, "pop3UserNames", ["one", "two"]),
        ("SetUserPop3UserNames", {}, "pop3UserNames", []),
        ("SetUserAuthentication", {"authentication": "directoryServices"}, "authentication", "directoryServices"),
        ("SetUserPrivileges", {"privileges": "login,delete"}, "privileges", ["login", "delete"]),
        ("SetUserPrivileges", {"privileges": "none"}, "privileges", []),
        ("SetUserLoginPrivileges", {"loginPrivileges": "web,imap"}, "loginPrivileges", ["web", "imap"]),
        ("SetUserLoginPrivileges", {"loginPrivileges": "none"}, "loginPrivileges", []),
        ("InitializeMFA", {}, "mfaStatus", "Initialized"),
        ("DisableMFA", {}, "mfaStatus", "Disabled"),
    ],
)
def test_setters(api, function, form, key, value):
    assert api.result(function, **BOB, **form) is None
    assert info(api) == info(api) | {key: value}


@pytest.mark.parametrize(
    ("function", "form", "message"),
    [
        ("SetUserPrivileges", {"privileges": "admin,login"}, "The privilege admin cannot be combined with others."),
        ("SetUserPrivileges", {}, "Missing API argument privileges."),
        ("SetUserLoginPrivileges", {"loginPrivileges": "none,web"}, "The privilege none cannot be combined with others."),
        ("SetUserAuthentication", {"authentication": "Standard"}, "Requested value 'Standard' was not found."),
        ("SetUserPrivilegesOnFolder", {"folder": "bob/Inbox", "privileges": "read"}, "Folder bob/Inbox is not a folder of the top level."),
        ("SetUserPrivilegesOnFolder", {"folder": "mars", "privileges": "read"}, "Folder mars does not exist."),
        ("SetUserPrivilegesOnFolder", {"folder": "bob", "privileges": "none,read"}, "The privilege none cannot be combined with others."),
    ],
)
def test_refusals(api, function, form, message):
    before = info(api)
    assert api.failure(function, **BOB, **form) == message
    assert info(api) == before


def test_privileges_on_folders(api):
    api.result("SetUserPrivilegesOnFolder", **BOB, folder="carol", privileges="read, delete")
    assert {"folder": "carol", "privileges": ["read", "delete"]} in info(api)["privilegesOnFolders"]
    api.result("SetUserPrivilegesOnFolder", **BOB, folder="alice", privileges="none")
    assert {row["folder"] for row in info(api)["privilegesOnFolders"]} == {"bob", "carol"}
    api.result("SetUserPrivilegesOnAllFolders", **BOB, privileges="write")
    rows = info(api)["privilegesOnFolders"]
    assert [row["folder"] for row in rows] == ["admin", "alice", "bob", "carol"]
    assert {tuple(row["privileges"]) for row in rows} == {("write",)}
    api.result("ClearUserPrivilegesOnFolders", **BOB)
    assert info(api)["privilegesOnFolders"] == []


def test_renaming(api):
    before = [user["userName"] for user in api.result("GetUsers", **INSTANCE)]
    assert api.failure("RenameUser", **INSTANCE, oldUserName="bob", newUserName="alice") == "User alice already exists."
    api.result("RenameUser", **INSTANCE, oldUserName="bob", newUserName="robert")
    assert [user["userName"] for user in api.result("GetUsers", **INSTANCE)] == sorted(name.replace("bob", "robert") for name in before)
    assert info(api, "robert")["privilegesOnFolders"][0]["folder"] == "bob"
    message = "User $archiveadmin cannot be renamed or deleted."
    assert api.failure("RenameUser", **INSTANCE, oldUserName="$archiveadmin", newUserName="x") == message
    assert api.failure("DeleteUser", **INSTANCE, userName="$archiveadmin") == message


def test_app_passwords(api, spe_simulator):
    assert spe_simulator.estate.instance("test01").user("bob").app_passwords
    api.result("DeleteAppPasswords", **BOB)
    assert spe_simulator.estate.instance("test01").user("bob").app_passwords == []


def folders(api, **form):
    return [row["folder"] for row in api.result("GetChildFolders", **INSTANCE, **form)]


@pytest.mark.spe_simulator(clock="immediate")
def test_folders(api, spe_simulator):
    assert folders(api, maxLevels="1") == ["admin", "alice", "bob", "carol"]
    assert folders(api, folder="bob") == ["bob/Inbox", "bob/Old", "bob/Sent"]
    api.result("MoveFolder", **INSTANCE, fromFolder="bob/Old", toFolder="bob/Inbox/2020/Old")
    assert folders(api, folder="bob", maxLevels="2") == ["bob/Inbox", "bob/Inbox/2020", "bob/Sent"]
    assert folders(api, folder="bob/Inbox") == ["bob/Inbox/2020", "bob/Inbox/2020/Old"]
    api.result("MoveFolder", **INSTANCE, fromFolder="bob", toFolder="robert")
    assert info(api)["privilegesOnFolders"] == [
        {"folder": "alice", "privileges": ["read"]},
        {"folder": "robert", "privileges": ["read", "write"]},
    ]
    final = api.finish("DeleteEmptyFolders", **INSTANCE, folder="robert")
    assert final["logOutput"].startswith("Deleting folder robert/Inbox/2020...\r\nDeleting folder robert/Inbox/2020/Old...")
    assert folders(api, folder="robert") == ["robert/Inbox", "robert/Sent"]
    rows = api.finish("GetFolderStatistics", **INSTANCE)["result"]
    sizes = {row["folder"]: row["size"] for row in rows}
    assert sizes["robert/Inbox"] > 0
    assert sizes["robert"] == sizes["robert/Inbox"] + sizes["robert/Sent"]
    stores = spe_simulator.estate.instance("test01").stores.values()
    in_folders = [len(folder.messages) for folder in spe_simulator.estate.instance("test01").folders.values()]
    assert sum(in_folders) == sum(store.messages for store in stores)
    assert api.finish("DeleteEmptyFolders", **INSTANCE)["statusCode"] == "succeeded"
    assert folders(api, maxLevels="1") == ["admin", "alice", "carol", "robert"]


@pytest.mark.parametrize(
    ("function", "form", "message"),
    [
        ("GetChildFolders", {"folder": "mars"}, "Folder mars does not exist."),
        ("GetChildFolders", {"maxLevels": "0"}, "Specified argument was out of the range of valid values."),
        ("MoveFolder", {"fromFolder": "mars", "toFolder": "venus"}, "Folder mars does not exist."),
        ("MoveFolder", {"fromFolder": "bob", "toFolder": "alice"}, "Folder alice already exists."),
        ("MoveFolder", {"fromFolder": "bob", "toFolder": "bob/x"}, "Folder bob cannot be moved below itself."),
        ("MoveFolder", {"fromFolder": "bob", "toFolder": "x//y"}, "Specified argument was out of the range of valid values."),
        ("DeleteEmptyFolders", {"folder": "mars"}, "Folder mars does not exist."),
    ],
)
def test_invalid_folders(api, function, form, message):
    assert api.failure(function, **INSTANCE, **form) == message


def names(api):
    return [user["userName"] for user in api.result("GetUsers", **INSTANCE)]


@pytest.mark.spe_simulator(clock="immediate")
def test_synchronisation(api):
    api.result("CreateUser", **INSTANCE, userName="gone", privileges="login", authentication="directoryServices")
    before = names(api)
    dry = api.finish("SyncUsersWithDirectoryServices", **INSTANCE, dryRun="true")
    assert dry["logOutput"].split("\r\n") == [
        *("Reading the directory...", "Changing user alice.", "Creating user dave.", "Deleting user gone."),
        *("Done. 3 changes would be made.", ""),
    ]
    assert names(api) == before
    assert api.finish("SyncUsersWithDirectoryServices", **INSTANCE)["statusCode"] == "succeeded"
    assert names(api) == [*before[:-1], "dave"]
    assert info(api, "alice")["fullName"] == "Alice Example-Jones"
    assert info(api, "dave") == info(api, "dave") | {"authentication": "directoryServices", "emailAddresses": [f"dave@{PATH}"]}
    again = api.finish("SyncUsersWithDirectoryServices", **INSTANCE, dryRun="false")
    assert again["logOutput"] == "Reading the directory...\r\nDone. 0 changes.\r\n"


@pytest.mark.spe_simulator(clock="immediate")
def test_the_configuration_of_the_directory(api):
    config = api.result("GetDirectoryServicesConfiguration", **INSTANCE)
    assert (config["type"], config["password"]) == ("activeDirectory", None)
    changed = config | {"deleteUsers": False, "serverName": "dc2", "password": "canary"}
    assert api.result("SetDirectoryServicesConfiguration", **INSTANCE, config=json.dumps(changed)) is None
    assert api.result("GetDirectoryServicesConfiguration", **INSTANCE) == changed | {"password": None}
    api.result("SetDirectoryServicesConfiguration", **INSTANCE, config=json.dumps(changed | {"password": None}))
    assert api.failure("SyncUsersWithDirectoryServices", **INSTANCE) == "The directory refused the login: no password is set."
    cloud = {
        "type": "office365OpenIDConnect", "credentialId": 9, "licensedExchangeOnlineUsersOnly": False, "enabledUsersOnly": True,
        "groups": None, "redirectUrl": None, "deleteUsers": False,
    }  # fmt: skip
    api.result("SetDirectoryServicesConfiguration", **INSTANCE, config=json.dumps(cloud))
    assert api.failure("SyncUsersWithDirectoryServices", **INSTANCE) == "Credential 9 does not exist."
    api.result("SetDirectoryServicesConfiguration", **INSTANCE, config=json.dumps(cloud | {"credentialId": 1}))
    assert api.finish("SyncUsersWithDirectoryServices", **INSTANCE)["statusCode"] == "succeeded"
    api.result("SetDirectoryServicesConfiguration", **INSTANCE, config='{"type": "none"}')
    assert api.failure("SyncUsersWithDirectoryServices", **INSTANCE) == "No directory services are configured."


@pytest.mark.spe_simulator(spe_version="9.0")
def test_messages(api):
    inbox = INSTANCE | {"folder": "bob/Inbox"}
    before = [message["id"] for message in api.result("GetMessages", **inbox)]
    count = {store["id"]: store["statisticsCount"] for store in api.result("GetStores", **INSTANCE)}
    assert api.result("DeleteMessage", **INSTANCE, id=before[0]) is None
    assert [message["id"] for message in api.result("GetMessages", **inbox)] == before[1:]
    after = {store["id"]: store["statisticsCount"] for store in api.result("GetStores", **INSTANCE)}
    assert after == count | {1: count[1] - 1}
    assert api.failure("DeleteMessage", **INSTANCE, id=before[0]) == f"Message {before[0]} does not exist."
    assert api.failure("GetMessages", **INSTANCE, folder="mars") == "Folder mars does not exist."
