"""Long-running work as existing clients follow it: each poll has the token of the last reply.

The vendor's Python wrappers of 2014, 2018 and 2024, its PowerShell library and a PRTG script all poll that way.
"""

import json
from importlib import resources

import pytest

from mailstore_sdk.simulator import Simulator
from mailstore_sdk.simulator.catalogue import Catalogue
from tests.simulator.conftest import Api, Session

CATALOGUE = Catalogue("25.3")
A_YEAR = {"fromIncluding": "2000-01-01T00:00:00", "toExcluding": "2100-01-01T00:00:00", "timeZoneID": "$Local"}
BECOME_LONG = {
    "GetFolderStatistics": {"instanceID": "test01"},
    "GetWorkerResults": {"instanceID": "test01"} | A_YEAR,
}
"""Functions that are not long-running by themselves, but that a server was seen to answer with a token."""

ALLOWED = {"RecoverStore": {"instanceID": "test01", "id": 3}}
"""In place of examples that the state of the demo does not allow."""


def long_running_functions():
    compiled = json.loads((resources.files("mailstore_sdk") / "_generated" / "catalogue.json").read_bytes())
    functions = [function for group in compiled["groups"] for function in group["functions"]]
    for function in functions:
        name, known = function["name"], CATALOGUE.functions.get(function["name"])
        if known and (known.long_running or name in BECOME_LONG):
            arguments = BECOME_LONG.get(name) or ALLOWED.get(name) or function["example"].get("args", {})
            yield pytest.param(name, arguments, id=name)


def on_the_wire(value):
    return value if isinstance(value, str) else json.dumps(value)


@pytest.fixture(scope="module", params=["basic", "session"])
def server(request):
    with Simulator(protocol=request.param, clock="polls:4", long_running_rows=0) as simulator:
        yield simulator


@pytest.fixture
def api(server):
    server.reset()
    client = Session(server).log_in() if server.protocol == "session" else Api(server)
    yield client
    client.close()


def follow(api, envelope, protocol):
    """All replies. With sessions a reply may have no token, and a client keeps the last one."""
    replies = [envelope]
    token = None
    while replies[-1]["statusCode"] == "running":
        token = replies[-1]["token"] or (token if protocol == "session" else None)
        assert token, f"reply {len(replies)} has no token for the next poll"
        replies.append(api.poll(token, replies[-1]["statusVersion"]))
    return replies


@pytest.mark.parametrize(("function", "arguments"), list(long_running_functions()))
def test_every_long_running_function(api, server, function, arguments):
    first = api.call(function, **{name: on_the_wire(value) for name, value in arguments.items()})
    replies = follow(api, first, server.protocol)
    assert len(replies) == 5
    assert replies[-1]["statusCode"] == "succeeded", replies[-1]["error"]
    tokens = {reply["token"] for reply in replies}
    assert tokens == {first["token"]} | ({None} if server.protocol == "session" else set())


@pytest.mark.parametrize(("ending", "store"), [("failed", "3"), ("cancelled", "1")])
def test_failed_and_cancelled_work(api, server, ending, store):
    first = api.call("VerifyStore", instanceID="test01", id=store, includeIndexes="true")
    if ending == "cancelled":
        api.envelope("/api/cancel-async", token=first["token"])
    final = follow(api, first, server.protocol)[-1]
    assert final["statusCode"] == ending
    assert final["token"] == (None if server.protocol == "session" and ending == "cancelled" else first["token"])
