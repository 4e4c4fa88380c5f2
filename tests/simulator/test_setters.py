"""A getter returns what its setter wrote: every setter of the catalogue, over HTTP."""

import json

import pytest

from mailstore_sdk.simulator import Simulator, functions
from mailstore_sdk.simulator.catalogue import Catalogue
from tests.simulator.conftest import Api

INSTANCE = {"instanceID": "test01"}
ALICE = INSTANCE | {"userName": "alice"}
SERVER = {"port": 8999, "serverCertificate": {"thumbprint": "AB" * 20}}
HOST = SERVER | {"serverName": "host01.example.com", "baseDirectory": "E:\\archives"}
ACCESS = SERVER | {"serverName": "spe.example.com"}
ADMIN = {"userName": "admin", "fullName": "Ada", "emailAddress": "ada@example.com"}
COMPLIANCE = {"legalHoldEnabled": True, "logSuccessfulUserActivities": ["SessionLogin"]}
POLICY = {
    "name": "Short", "enabled": False, "period": 3, "periodInterval": "month", "referenceDateType": "ArchiveDate", "delete": True,
    "searchCriteria": {"subject": "offer"},
}  # fmt: skip
DIRECTORY = {
    "type": "googleApps", "domain": "example.com", "serviceAccountID": "x", "accountAdmin": "a@example.com", "deleteUsers": False,
    "group": "", "userNameFormat": "useSmtpAddress",
}  # fmt: skip
INDEXES = {"attachmentExtensions": "pdf", "includeAttachmentsOfPDFs": True}
SMTP = {"hostName": "smtp", "port": 25, "password": "canary"}
SMTP_TOLD = SMTP | {"password": None}
AUTO_CREATE = {"enabled": True, "mode": "monthly"}
CONFIGURATION = {
    "instanceID": "test01", "alias": "one", "displayName": "One", "instanceHost": "host02.example.com", "startMode": "manual",
    "baseDirectory": "F:\\x", "debugLogEnabled": True, "imapServerConnectionLogEnabled": True, "vssWriterEnabled": False,
    "vssWriterExcludeIndexes": True,
}  # fmt: skip
SCHEDULE = {"timeZoneId": "Tokyo Standard Time", "time": "05:15:00", "dayOfWeek": "Monday"}
EXECUTION = {"automatic": True, "automaticPauseBetweenExecutions": 60, "automaticMaintenanceWindows": "01:00-02:00"}


def of_alice(key):
    return "GetUserInfo", ALICE, lambda info: info[key]


def of_row(getter, key, value, field, form=INSTANCE):
    return getter, form, lambda rows: next(row for row in rows if row[key] == value)[field]


def whole(getter, form=INSTANCE):
    return getter, form, lambda value: value


# Setter -> its form without the common fields, how to read the value, the expected value.
SETTERS = {
    "SetArchiveAdminEnabled": (INSTANCE | {"enabled": False}, whole("GetArchiveAdminEnabled"), False),
    "SetClientAccessServerConfiguration": (
        {"config": ACCESS}, ("GetClientAccessServers", {"withServiceStatus": False}, lambda rows: rows[0]), ACCESS,
    ),
    "SetComplianceConfiguration": (INSTANCE | {"config": COMPLIANCE}, whole("GetComplianceConfiguration"), COMPLIANCE),
    "SetDirectoryServicesConfiguration": (INSTANCE | {"config": DIRECTORY}, whole("GetDirectoryServicesConfiguration"), DIRECTORY),
    "SetIndexConfiguration": (INSTANCE | {"config": INDEXES}, whole("GetIndexConfiguration"), INDEXES),
    "SetInstanceConfiguration": ({"config": CONFIGURATION}, whole("GetInstanceConfiguration"), CONFIGURATION),
    "SetInstanceHostConfiguration": ({"config": HOST}, ("GetInstanceHosts", {}, lambda rows: rows[0]), HOST),
    "SetJobEnabled": (INSTANCE | {"id": 1, "enabled": False}, of_row("GetJobs", "id", 1, "enabled"), False),
    "SetJobSchedule": (INSTANCE | {"id": 2} | SCHEDULE, of_row("GetJobs", "id", 2, "schedule"), SCHEDULE),
    "SetProfileServerSideExecution": (
        INSTANCE | {"id": 3} | EXECUTION, of_row("GetProfiles", "id", 3, "serverSideExecution", INSTANCE | {"raw": True}), EXECUTION,
    ),
    "SetRetentionPolicies": (INSTANCE | {"config": [POLICY]}, whole("GetRetentionPolicies"), [POLICY]),
    "SetSmtpSettings": (INSTANCE | {"settings": SMTP}, whole("GetSmtpSettings"), SMTP_TOLD),
    "SetStoreAutoCreateConfiguration": (
        INSTANCE | {"config": AUTO_CREATE}, whole("GetStoreAutoCreateConfiguration"), AUTO_CREATE,
    ),
    "SetStorePath": (INSTANCE | {"id": 1, "path": "E:\\new"}, of_row("GetStores", "id", 1, "databasePath"), "E:\\new"),
    "SetStoreRequestedState": (
        INSTANCE | {"id": 1, "requestedState": "writeProtected"}, of_row("GetStores", "id", 1, "requestedState"), "writeProtected",
    ),
    "SetSystemAdministratorConfiguration": (
        {"config": ADMIN}, ("GetSystemAdministrators", {}, lambda rows: rows[0]), ADMIN,
    ),
    "SetSystemSmtpConfiguration": ({"config": SMTP}, whole("GetSystemSmtpConfiguration", {}), SMTP_TOLD),
    "SetUserAuthentication": (ALICE | {"authentication": "integrated"}, of_alice("authentication"), "integrated"),
    "SetUserDistinguishedName": (ALICE | {"distinguishedName": "CN=A"}, of_alice("distinguishedName"), "CN=A"),
    "SetUserEmailAddresses": (ALICE | {"emailAddresses": "b@x.org,a@x.org"}, of_alice("emailAddresses"), ["b@x.org", "a@x.org"]),
    "SetUserFullName": (ALICE | {"fullName": "Älice & Co"}, of_alice("fullName"), "Älice & Co"),
    "SetUserLoginPrivileges": (ALICE | {"loginPrivileges": "imap"}, of_alice("loginPrivileges"), ["imap"]),
    "SetUserPop3UserNames": (ALICE | {"pop3UserNames": "al,ice"}, of_alice("pop3UserNames"), ["al", "ice"]),
    "SetUserPrivileges": (ALICE | {"privileges": "login,export"}, of_alice("privileges"), ["login", "export"]),
    "SetUserPrivilegesOnAllFolders": (
        ALICE | {"privileges": "read,delete"},
        ("GetUserInfo", ALICE, lambda info: {tuple(row["privileges"]) for row in info["privilegesOnFolders"]}), {("read", "delete")},
    ),
    "SetUserPrivilegesOnFolder": (
        ALICE | {"folder": "bob", "privileges": "read,write"},
        ("GetUserInfo", ALICE, lambda info: {row["folder"]: row["privileges"] for row in info["privilegesOnFolders"]}.get("bob")),
        ["read", "write"],
    ),
}  # fmt: skip

ELSEWHERE = {
    "SetSystemAdministratorPassword": "no function returns a password; the login of test_administrators does",
    "SetUserPassword": "no function returns a password; the state of test_passwords does",
}


@pytest.fixture(scope="module")
def server():
    with Simulator() as simulator:
        yield simulator


@pytest.fixture(scope="module")
def api(server):
    api = Api(server)
    yield api
    api.close()


def text(value):
    return value if isinstance(value, str) else json.dumps(value)


@pytest.mark.parametrize("setter", SETTERS)
def test_a_getter_returns_what_was_set(server, api, setter):
    form, (getter, asked, pick), expected = SETTERS[setter]
    server.reset()
    asked = {name: text(value) for name, value in asked.items()}
    before = pick(api.result(getter, **asked))
    assert before != expected
    assert api.result(setter, **{name: text(value) for name, value in form.items()}) is None
    assert pick(api.result(getter, **asked)) == expected
    server.load(server.dump())
    assert pick(api.result(getter, **asked)) == expected  # part of the saved state
    server.reset()
    assert pick(api.result(getter, **asked)) == before


def test_every_setter_is_tested():
    names = {name for name in Catalogue("26.1").functions if name.startswith("Set")}
    assert names == SETTERS.keys() | ELSEWHERE.keys() | {name for name in functions.FILLED if name.startswith("Set")}
