"""System administrators and their passwords, mail, credentials, and what concerns the installation as a whole."""

import base64
import json

import pytest

INSTANCE = {"instanceID": "test01"}
BOB = {"userName": "bob", "fullName": "Bob Example", "emailAddress": "bob@example.com"}


def lets_in(api, name, password):
    login = base64.b64encode(f"{name}:{password}".encode()).decode()
    return api.request("/api/invoke/Ping", Authorization=f"Basic {login}").status == 200


def test_administrators(api):
    admin = {"userName": "admin", "fullName": "Administrator", "emailAddress": None}
    assert api.result("GetSystemAdministrators") == [admin]
    assert api.result("CreateSystemAdministrator", config=json.dumps(BOB), password="one") is None
    assert api.result("GetSystemAdministrators") == [admin, BOB]
    assert api.failure("CreateSystemAdministrator", config=json.dumps(BOB), password="x") == "System administrator bob already exists."
    assert lets_in(api, "bob", "one")
    api.result("SetSystemAdministratorPassword", userName="bob", password="two")
    assert (lets_in(api, "bob", "one"), lets_in(api, "bob", "two")) == (False, True)
    changed = {"userName": "bob", "fullName": None, "emailAddress": "b@example.com"}
    api.result("SetSystemAdministratorConfiguration", config=json.dumps(changed))
    assert api.result("GetSystemAdministrators")[1] == changed
    assert api.result("DeleteSystemAdministrator", userName="bob") is None
    assert not lets_in(api, "bob", "two")
    assert api.failure("DeleteSystemAdministrator", userName="bob") == "System administrator bob does not exist."
    assert api.failure("DeleteSystemAdministrator", userName="admin") == "System administrator admin cannot delete itself."


def test_api_passwords_and_mfa(api, spe_simulator):
    first = api.result("CreateSystemAdministratorAPIPassword")
    assert lets_in(api, "admin", first)
    second = api.result("CreateSystemAdministratorAPIPassword")
    assert (lets_in(api, "admin", first), lets_in(api, "admin", second), lets_in(api, "admin", "admin")) == (False, True, True)
    assert api.result("InitializeSystemAdministratorMFA", userName="admin") is None
    assert (lets_in(api, "admin", second), lets_in(api, "admin", "admin")) == (True, False)
    assert api.request("/api/invoke/Ping").status == 401
    api.headers["Authorization"] = "Basic " + base64.b64encode(f"admin:{second}".encode()).decode()
    assert api.result("DeactivateSystemAdministratorMFA", userName="admin") is None
    assert lets_in(api, "admin", "admin")
    spe_simulator.reset()
    assert not lets_in(api, "admin", second)
    assert second not in repr(spe_simulator.estate)


def test_the_caller_is_named(api):
    api.result("CreateSystemAdministrator", config=json.dumps(BOB), password="one")
    api.headers["Authorization"] = "Basic " + base64.b64encode(b"bob:one").decode()
    assert api.result("GetEnvironmentInfo")["userName"] == "bob"


@pytest.mark.parametrize("scope", ["instance", "installation"])
def test_mail(api, spe_simulator, scope):
    names, form, argument = {
        "instance": (("GetSmtpSettings", "SetSmtpSettings", "TestSmtpSettings"), INSTANCE, "settings"),
        "installation": (("GetSystemSmtpConfiguration", "SetSystemSmtpConfiguration", "TestSystemSmtpConfiguration"), {}, "config"),
    }[scope]
    get, put, test = names
    assert api.result(get, **form)["password"] is None
    settings = {"hostName": "mail", "password": "canary", "nested": {"password": "canary", "port": 1}}
    assert api.result(put, **form, **{argument: json.dumps(settings)}) is None
    assert api.result(get, **form) == {"hostName": "mail", "password": None, "nested": {"password": None, "port": 1}}
    assert api.result(test, **form) is None
    assert [mail.subject for mail in spe_simulator.estate.mails] == ["Test mail"]


@pytest.mark.spe_simulator(seed="empty")
def test_mail_without_settings(api):
    assert api.result("GetSystemSmtpConfiguration") == {"password": None}
    assert api.failure("TestSystemSmtpConfiguration") == "The SMTP settings are not configured."


def test_status_reports(api, spe_simulator):
    report = INSTANCE | {"timespan": "lastweek", "timeZoneId": "$Local", "recipients": "a@example.com,b@example.com"}
    assert api.result("SendStatusReport", **report) is None
    (mail,) = spe_simulator.estate.mails
    assert (mail.subject, mail.recipients) == ("Status report of instance test01, lastweek", ("a@example.com", "b@example.com"))
    assert api.failure("SendStatusReport", **report | {"recipients": ""}) == "There are no recipients."
    assert api.failure("SendStatusReport", **report | {"timespan": "ever"}) == "Requested value 'ever' was not found."
    assert "time zone ID 'Mars'" in api.failure("SendStatusReport", **report | {"timeZoneId": "Mars"})


def test_credentials(api):
    before = api.result("GetCredentials", **INSTANCE)
    new = {"type": "Office365_Modern", "description": "Cloud", "tenantId": "t", "applicationId": "a"}
    assert api.result("CreateCredential", **INSTANCE, **new) is None
    added = api.result("GetCredentials", **INSTANCE)[len(before) :]
    assert [(row["ID"], row["Description"], row["Settings"]["TenantId"]) for row in added] == [(2, "Cloud", "t")]
    api.result("CreateCredential", **INSTANCE, type="SignedEnvelope", description="Export")
    assert api.result("GetCredentials", **INSTANCE)[-1] == {"ID": 3, "Type": "SignedEnvelope", "Description": "Export", "Settings": {}}
    del new["tenantId"]
    assert api.failure("CreateCredential", **INSTANCE, **new) == "Missing API argument tenantId."
    assert api.failure("CreateCredential", **INSTANCE, type="Other", description="") == "Requested value 'Other' was not found."


def test_other_functions(api, spe_simulator):
    assert api.result("Ping") is None
    assert api.result("ReloadBranding") is None
    assert spe_simulator.estate.branding_loads == 1
    assert api.result("CreateLicenseRequest") == {"instanceData": [{"usedLicenseCount": 4}] * 3}
    zones = [zone["id"] for zone in api.result("GetTimeZones", **INSTANCE)]
    span = {"fromIncluding": "2026-01-01T00:00:00", "toExcluding": "2026-01-02T00:00:00"}
    for zone in zones:
        api.result("GetJobResults", **INSTANCE, **span, timeZoneId=zone)
