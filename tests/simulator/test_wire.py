"""HTTP, envelopes and arguments."""

import gc
import json
import re
import socket
import threading
from email.utils import parsedate_to_datetime

import pytest

from mailstore_sdk.simulator import Simulator, functions, world
from tests.support.processes import PATIENCE

BOM = b"\xef\xbb\xbf"
EVE = {"instanceID": "test01", "userName": "eve"}
STORE = {"instanceID": "test01", "id": "1", "includeIndexes": "true"}
NO_BOOLEAN = "String was not recognized as a valid Boolean."
NO_NUMBER = "Input string was not in a correct format."
OUT_OF_RANGE = "Specified argument was out of the range of valid values."
ALICE = {"instanceID": "test01", "userName": "alice"}
RUNS = {"instanceID": "test01", "fromIncluding": "2026-01-01T00:00:00", "toExcluding": "2026-02-01T00:00:00", "timeZoneID": "$Local"}


def test_the_exact_bytes_of_a_finished_call(api):
    reply = api.request("/api/invoke/SetUserPassword", "instanceID=test01&userName=bob&password=x")
    assert reply.status == 200
    assert reply.body == BOM + (
        b'{"error":null,"token":null,"statusVersion":2,"statusCode":"succeeded","percentProgress":null,'
        b'"statusText":null,"result":null,"logOutput":null}'
    )


def test_headers(api):
    reply = api.request("/api/invoke/GetEnvironmentInfo")
    assert reply.headers["Content-Type"] == "application/json"
    assert reply.headers["Server"] == "Microsoft-HTTPAPI/2.0"
    assert reply.headers["Cache-Control"] == reply.headers["Pragma"] == "no-cache"
    assert parsedate_to_datetime(reply.headers["Expires"]) < parsedate_to_datetime(reply.headers["Date"])
    assert int(reply.headers["Content-Length"]) == len(reply.body)


def test_a_failed_call(api):
    envelope = api.call("GetUserInfo", instanceID="test01")
    assert envelope["error"]["message"] == "Missing API argument userName."
    assert envelope["error"]["details"].startswith("System.Exception: Missing API argument userName.\r\n   at MailStore.")
    assert envelope == envelope | {"statusVersion": 2, "statusCode": "failed", "result": None, "token": None}


@pytest.mark.parametrize(
    "authorization",
    ["", "Basic", "Basic !", "Basic ä", "Basic YWRtaW46d3Jvbmc=", "Bearer x", "Basic YWRtaW4=", "Basic /w=="],
)
def test_no_or_bad_login(api, authorization):
    reply = api.request("/api/get-metadata", Authorization=authorization.encode())
    assert reply.status == 401
    assert reply.headers["WWW-Authenticate"].startswith("Basic")


@pytest.mark.parametrize(
    "path",
    [
        *("/", "/api", "/api/", "/api/invoke/", "/api/invoke/NoSuchFunction", "/api/invoke/getusers"),
        *("/api/GetUsers", "/api/invoke/get-status", "/web/login.html", "/api/%ff%00"),
    ],
)
def test_unknown_paths(api, path):
    assert api.request(path).status == 404


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH"])
def test_other_methods(api, method):
    reply = api.request("/api/invoke/GetEnvironmentInfo", method=method)
    assert reply.status == 405
    assert reply.headers["Allow"] == "POST"


def test_length_is_required(api):
    assert api.raw("POST /api/invoke/GetEnvironmentInfo HTTP/1.1").status == 411


def test_chunked_body(api):
    chunked = b"6\r\na=b&c=\r\n0\r\n\r\n"
    assert api.raw("POST /api/invoke/GetUsers HTTP/1.1", "Transfer-Encoding: chunked", body=chunked).status == 411


def test_empty_body(api):
    assert api.raw("POST /api/invoke/GetEnvironmentInfo HTTP/1.1", "Content-Length: 0").status == 200


def test_too_large(api):
    assert api.request("/api/invoke/GetUsers", b"a" * (10 * 2**20 + 1)).status == 413


def test_not_http(api):
    assert api.raw("POST /api/get-metadata HTTP/1.1", "Content-Length: many").status == 400


def test_double_slash(api):
    assert api.request("/api//get-metadata").status == 200
    assert api.envelope("/api//get-status")["error"]["message"] == "Nullable object must have a value."


def test_a_json_body_has_no_arguments(api):
    body = json.dumps(ALICE)
    reply = api.request("/api/invoke/GetUserInfo", body, **{"Content-Type": "application/json"})
    assert reply.json["error"]["message"] == "Missing API argument instanceID."


def test_form_with_charset(api):
    content_type = "Application/X-WWW-Form-Urlencoded; charset=UTF-8"
    reply = api.request("/api/invoke/GetUsers", "instanceID=test01", **{"Content-Type": content_type})
    assert reply.json["statusCode"] == "succeeded"


@pytest.mark.parametrize("body", [b"instanceID=%zz", b"instanceID=%ff", b"instanceID=\xff", b"instanceID=%", b"a&" * 2000])
def test_malformed_form(api, body):
    reply = api.request("/api/invoke/GetUsers", body)
    assert (reply.status, reply.headers["Content-Type"]) == (400, "text/plain")


def test_unicode_survives(api):
    api.result("CreateUser", instanceID="test01", userName="jürgen ☃", privileges="none", fullName="a+b&c=d %41")
    info = api.result("GetUserInfo", instanceID="test01", userName="jürgen ☃")
    assert (info["userName"], info["fullName"], info["privileges"]) == ("jürgen ☃", "a+b&c=d %41", [])


@pytest.mark.parametrize(
    ("function", "form", "message"),
    [
        ("GetUserInfo", ALICE | {"extra": "1"}, "Unknown API argument extra."),
        ("GetUserInfo", ALICE | {"instanceid": "test01"}, "Unknown API argument instanceid."),
        ("GetUserInfo", ALICE | {"userName": "zoe"}, "User zoe does not exist."),
        ("GetUsers", {"instanceID": "nowhere"}, "Instance nowhere does not exist."),
        ("GetUsers", {"instanceID": "test03"}, "Instance test03 is not running."),
        ("GetStores", {"instanceID": "test03"}, "Instance test03 is not running."),
        ("VerifyStore", STORE | {"id": "9"}, "Archive store 9 does not exist."),
        ("VerifyStore", {"instanceID": "test01", "id": "1"}, "Missing API argument includeIndexes."),
        ("VerifyStore", STORE | {"id": "one"}, NO_NUMBER),
        ("VerifyStore", STORE | {"id": ""}, NO_NUMBER),
        ("VerifyStore", STORE | {"id": "9" * 5000}, NO_NUMBER),
        ("VerifyStore", STORE | {"id": "9" * 19}, "Value was either too large or too small for an Int64."),
        ("VerifyStore", STORE | {"includeIndexes": "True"}, NO_BOOLEAN),
        ("SetStoreRequestedState", {"instanceID": "test01", "id": "1", "requestedState": "On"}, "Requested value 'On' was not found."),
        ("CreateUser", ALICE | {"privileges": "login"}, "User alice already exists."),
        ("CreateUser", EVE | {"privileges": "login,fly"}, "Requested value 'fly' was not found."),
        ("CreateUser", EVE | {"privileges": "admin,login"}, "The privilege admin cannot be combined with others."),
        ("CreateUser", EVE | {"privileges": "none,login"}, "The privilege none cannot be combined with others."),
        ("GetWorkerResults", RUNS | {"profileID": "0"}, OUT_OF_RANGE),
        ("GetWorkerResults", RUNS | {"userName": ""}, OUT_OF_RANGE),
        ("GetWorkerResults", RUNS | {"timeZoneID": "Moon"}, "The time zone ID 'Moon' was not found on the local computer."),
        ("GetWorkerResults", RUNS | {"timeZoneId": "$Local"}, "Unknown API argument timeZoneId."),
        ("GetInstances", {"instanceFilter": "test*"}, "Instance filter test* is not supported: expected instance ids separated by spaces, or *."),
        ("StartInstances", {"instanceFilter": "nowhere"}, "Instance nowhere does not exist."),
        ("CreateInstance", {"config": "{"}, "The value of config is not valid JSON."),
        ("CreateInstance", {"config": "[" * 100_000}, "The value of config is not valid JSON."),
        ("CreateInstance", {"config": '"\\ud800"'}, "The value of config is not valid JSON."),
        ("CreateInstance", {"config": "NaN"}, "The value of config is not valid JSON."),
        ("SetSmtpSettings", {"instanceID": "test01", "settings": '{"a": 1e999}'}, "The value of settings is not valid JSON."),
        ("SetSmtpSettings", {"instanceID": "test01", "settings": '{"a": -' + "9" * 5000 + "}"}, "The value of settings is not valid JSON."),
        ("CreateInstance", {"config": "[]"}, "The value of config is not of type object."),
        ("CreateInstance", {"config": "{}"}, "The value of config has no instanceID."),
    ],
)  # fmt: skip
def test_refusals(api, function, form, message):
    assert api.failure(function, **form) == message


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-01T00:00:00Z",
        "2026-01-01T00:00:00.5",
        "2026-01-01",
        "2026-02-30T00:00:00",
        "2026-01-01 00:00:00",
        "",
        "٢026-01-01T00:00:00",
    ],
)
def test_datetimes(api, text):
    assert api.failure("GetWorkerResults", **RUNS | {"fromIncluding": text}) == "String was not recognized as a valid DateTime."


def test_argument_given_twice(api):
    reply = api.request("/api/invoke/GetUsers", "instanceID=test01&instanceID=test02")
    assert reply.json["error"]["message"] == "API argument instanceID was given more than once."


def test_metadata(api):
    by_post = api.request("/api/get-metadata")
    by_get = api.request("/api/get-metadata", method="GET")
    assert by_post.body == by_get.body
    functions_by_name = {function["name"]: function["args"] for function in by_post.json}
    assert functions_by_name["GetStores"] == [
        {"name": "instanceID", "type": "string", "nullable": False},
        {"name": "includeSize", "type": "bool", "nullable": True},
    ]
    assert {argument["type"] for args in functions_by_name.values() for argument in args} == {"string", "number", "bool", "json"}
    assert not [name for name in functions_by_name if not re.fullmatch("[A-Z][A-Za-z0-9]+", name)]


@pytest.mark.spe_simulator(spe_version="9.0")
def test_an_older_version(api):
    metadata = {function["name"]: [argument["name"] for argument in function["args"]] for function in api.request("/api/get-metadata").json}
    assert metadata["VerifyStore"] == ["instanceID", "id"]
    assert api.failure("GetStores", instanceID="test01", includeSize="true") == "Unknown API argument includeSize."
    assert "mfaStatus" not in api.result("GetUserInfo", **ALICE)
    assert "mfaStatus" not in api.result("GetUsers", instanceID="test01")[0]
    assert api.result("GetServiceStatus")["environmentInfo"]["version"].startswith("9.0.")


def test_a_bug_does_not_send_a_traceback(api, monkeypatch, caplog):
    monkeypatch.setitem(functions.HANDLERS, "GetUsers", lambda _: 1 / 0)
    reply = api.request("/api/invoke/GetUsers", "instanceID=test01")
    assert (reply.status, reply.headers["Content-Type"], reply.body) == (500, "text/plain", b"Internal Server Error")
    assert "ZeroDivisionError" in caplog.text


def test_connections_are_kept(api, connect, spe_simulator):
    for _ in range(5):
        api.result("GetEnvironmentInfo")
    assert api.request("/nothing", b"ignored").status == 404
    assert (spe_simulator.connections, spe_simulator.requests) == (1, 6)
    connect().result("GetEnvironmentInfo")
    assert (spe_simulator.connections, spe_simulator.requests) == (2, 7)


def test_stopping_ends_a_connection_that_was_just_accepted(monkeypatch):
    """What is left open for the garbage collector is a warning, and so an error."""

    def queue(*call):
        plain(*call)
        queued.set()

    simulator, queued = Simulator().start(), threading.Event()
    loop = simulator._running._loop
    plain = loop.call_soon_threadsafe
    plain(queued.wait, PATIENCE)  # The loop learns of the connection and of the stop at the same time.
    monkeypatch.setattr(loop, "call_soon_threadsafe", queue)
    with socket.create_connection(("127.0.0.1", simulator.port), PATIENCE) as connection:
        simulator.stop()
        assert connection.recv(1) == b""
    gc.collect()


def test_long_values_are_shortened_in_the_log(api, spe_simulator):
    api.failure("GetUsers", instanceID="x" * 100_000)
    assert api.request("/" + "y" * 10_000).status == 404
    first, second = spe_simulator.calls
    assert first.arguments == {"instanceID": "x" * 5_000 + "…"}
    assert second.function == "/" + "y" * 4_999 + "…"


def test_the_log_of_calls_is_limited(api, spe_simulator, monkeypatch):
    monkeypatch.setattr(world, "CALLS_KEPT", 20)
    for _ in range(50):
        api.result("Ping")
    numbers = [call.number for call in spe_simulator.calls]
    assert 10 <= len(numbers) <= 20
    assert numbers == list(range(numbers[0], 51))
    assert spe_simulator.requests == 50


def test_a_slash_after_the_name(api):
    assert api.result("GetUsers/", instanceID="test01")
    assert api.request("/api/get-metadata/").status == 200
    assert api.request("/api/invoke/").status == 404


@pytest.mark.spe_simulator(bom=False)
def test_without_a_byte_order_mark(api):
    assert api.request("/api/invoke/Ping").body.startswith(b"{")
    assert api.request("/api/get-metadata").body.startswith(b"[")


@pytest.mark.parametrize("date", ["2026-01-01T00:00:00\r\n", " 2026-01-01T00:00:00"])
def test_dates_are_trimmed(api, date):
    span = {"instanceID": "test01", "fromIncluding": date, "toExcluding": "2026-01-02T00:00:00", "timeZoneID": "$Local"}
    assert api.call("GetWorkerResults", **span)["statusCode"] == "succeeded"


@pytest.mark.parametrize(
    "date",
    ["2026-01-01T00:00:00.0000000+01:00", "2026-01-01T00:00:00Z", "01/31/2026 00:00:00", "31.01.2026 00:00:00", "2026-01-01 00:00:00"],
)
def test_dates_in_other_formats_are_refused(api, date):
    span = {"instanceID": "test01", "fromIncluding": date, "toExcluding": "2026-01-02T00:00:00", "timeZoneID": "$Local"}
    assert api.failure("GetWorkerResults", **span) == "String was not recognized as a valid DateTime."
