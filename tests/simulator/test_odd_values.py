"""Any function with any values that fit its argument types succeeds or refuses, and never crashes."""

import json
from urllib.parse import urlencode

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings

from mailstore_sdk.simulator import Simulator
from mailstore_sdk.simulator.catalogue import Catalogue
from tests.simulator.conftest import Api

CATALOGUE = Catalogue("25.3")
NAMES = sorted(CATALOGUE.functions)
INSTANCES = st.sampled_from(["test01", "test01", "test01", "test02", "test03", "x"])
TEXTS = st.sampled_from(
    [
        *("", "*", "/", "//", "\x00", "ä" * 50, "9" * 30, ":", "1:1", "2:3:4", "31", "-1", "Last", "24:00", "03:30:00", "Monday"),
        *("alice", "bob", "admin", "$archiveadmin", "alice/Inbox", "host01.example.com", "C:\\", "..\\..", "GetStores", "VerifyStores"),
        *("UTC", "$Local", "Tokyo Standard Time", "Pacific Standard Time", "lastweek", "none", "login"),
    ]
)
INTEGERS = st.sampled_from([0, 1, 2, 3, -1, 60, 720, 10**12, 2**63 - 1, -(2**63)])
HUGE = st.sampled_from([0, 1, -1, 1.5, 10**6, 10**30, -(10**30)])
MOMENTS = st.sampled_from(["0001-01-01T00:00:00", "9999-12-31T23:59:59", "2000-01-01T00:00:00", "2100-01-01T00:00:00"])
ANYTHING = st.recursive(
    st.none() | st.booleans() | HUGE | TEXTS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3)
)


def shaped(schema):
    """Values of a shape, and sometimes any other value."""
    schema = CATALOGUE.resolve(schema)
    if schema.any_of:
        return st.one_of([shaped(choice) for choice in schema.any_of])
    if schema.enum:
        return st.sampled_from(schema.enum) | TEXTS
    kinds = {
        "null": st.none(),
        "boolean": st.booleans(),
        "integer": HUGE.filter(lambda value: isinstance(value, int)),
        "number": HUGE,
        "string": TEXTS,
    }
    kinds["array"] = st.lists(shaped(schema.items), max_size=3) if schema.items else ANYTHING
    required = {name: shaped(field) for name, field in schema.properties.items() if name in schema.required}
    others = {name: shaped(field) for name, field in schema.properties.items() if name not in schema.required}
    kinds["object"] = st.fixed_dictionaries(required, optional=others)
    return st.one_of([kinds[kind] for kind in schema.types] or [ANYTHING])


def written(argument):
    """Values of an argument as text on the wire."""
    if argument.name in ("instanceID", "instanceFilter"):
        return INSTANCES
    values = {
        "string": st.sampled_from(CATALOGUE.types[argument.enum].enum) if argument.enum else TEXTS,
        "integer": INTEGERS.map(str),
        "number": HUGE.map(str),
        "boolean": st.sampled_from(["true", "false"]),
        "datetime": MOMENTS,
        "list": st.lists(TEXTS, max_size=3).map(",".join),
    }
    return (shaped(argument.shape) if argument.shape else ANYTHING).map(json.dumps) if argument.type == "json" else values[argument.type]


def calls_of(name):
    function = CATALOGUE.functions[name]
    required = {argument.name: written(argument) for argument in function.args if argument.required}
    others = {argument.name: written(argument) for argument in function.args if not argument.required}
    return st.tuples(st.just(name), st.fixed_dictionaries(required, optional=others))


CALLS = st.lists(st.sampled_from(NAMES).flatmap(calls_of), min_size=5, max_size=15)


@pytest.fixture(scope="module")
def server():
    with Simulator(clock="immediate") as simulator:
        yield simulator


@settings(max_examples=60, suppress_health_check=list(HealthCheck), database=None)
@given(calls=CALLS)
def test_odd_values_never_cause_an_internal_error(server, calls):
    server.reset()
    api = Api(server)
    for name, form in calls:
        reply = api.request(f"/api/invoke/{name}", urlencode(form))
        if reply.status == 401:
            break  # an administrator can no longer log in
        assert reply.status == 200, name
        envelope = reply.json
        final = api.poll(envelope["token"], 0) if envelope["statusCode"] == "running" else envelope
        assert final["statusCode"] in ("succeeded", "failed")
        assert "Internal error" not in str(final["error"])
    server.load(server.dump())
    api.close()


@pytest.mark.spe_simulator(clock="immediate")
@pytest.mark.parametrize("period", [10**30, -(10**12)])
def test_a_period_beyond_the_calendar(api, period):
    policy = {
        "name": "x", "enabled": True, "period": period, "periodInterval": "year", "referenceDateType": "ArchiveDate", "delete": True,
        "searchCriteria": None,
    }  # fmt: skip
    api.result("SetRetentionPolicies", instanceID="test01", config=json.dumps([policy]))
    assert api.finish("ProcessRetentionPolicies", instanceID="test01")["statusCode"] == "succeeded"
    assert len([store for store in api.result("GetStores", instanceID="test01") if store["statisticsCount"]]) == (3 if period > 0 else 1)


@pytest.mark.spe_simulator(clock="immediate")
def test_a_credential_that_is_not_a_number(api):
    config = api.result("GetDirectoryServicesConfiguration", instanceID="test01") | {"password": "x", "credentialId": [1]}
    api.result("SetDirectoryServicesConfiguration", instanceID="test01", config=json.dumps(config))
    assert api.failure("SyncUsersWithDirectoryServices", instanceID="test01") == "Credential [1] does not exist."
