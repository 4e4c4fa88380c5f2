"""Decoding: every printed sample fits; what does not fit is kept and warned about once, or raised if strict."""

import json
import warnings
from typing import TypeVar

import pytest
from pydantic import JsonValue

from mailstore_sdk import SchemaDriftWarning, Store, User, UserInfo, errors
from mailstore_sdk._generated import functions
from mailstore_sdk.runtime._protocol.replies import Decoder
from mailstore_sdk.runtime.function import Effect, Function

T = TypeVar("T")
USER = {"userName": "alice", "fullName": "Alice", "distinguishedName": None, "mfaStatus": "Disabled"}


def envelope(result: object, status: str = "succeeded") -> bytes:
    return json.dumps({"error": None, "token": None, "statusVersion": 2, "statusCode": status, "result": result}).encode()


def decoded(function: Function[T], result: object) -> tuple[T | None, list[str]]:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        value = Decoder().read(function, envelope(result)).result
    assert all(warning.category is SchemaDriftWarning for warning in caught)
    return value, [str(warning.message) for warning in caught]


def test_a_reply_is_read_with_and_without_a_byte_order_mark() -> None:
    decoder = Decoder()
    assert decoder.read(functions.GET_USERS, b"\xef\xbb\xbf" + envelope([]), strict=True).result == []
    assert decoder.read(functions.GET_USERS, envelope([]), strict=True).result == []


def test_a_mistyped_field_is_kept_and_named() -> None:
    users, said = decoded(functions.GET_USERS, [USER, {**USER, "fullName": 5}])
    assert users is not None
    assert [user.full_name for user in users] == ["Alice", 5]
    assert all(isinstance(user, User) for user in users)
    assert said == ["GetUsers: [].fullName is not as expected: Input should be a valid string; kept as received"]
    assert users[1].to_wire() == {**USER, "fullName": 5}


def test_a_missing_field_becomes_none_and_is_named() -> None:
    user, said = decoded(functions.GET_USER_INFO, {"userName": "alice", "colour": "red"})
    assert isinstance(user, UserInfo)
    assert user.user_name == "alice"
    assert user.email_addresses is None
    assert user.mfa_status is None
    assert user.model_extra == {"colour": "red"}
    assert "GetUserInfo: emailAddresses is not as expected: missing; kept as received" in said
    assert not any("mfaStatus" in line for line in said)
    assert user.to_wire() == {"userName": "alice", "colour": "red"}


def test_a_difference_deep_inside_is_named_with_its_path() -> None:
    raw = {"environmentInfo": {"version": 1}, "serverInfos": "none", "messages": None}
    status, said = decoded(functions.GET_SERVICE_STATUS, raw)
    assert status is not None
    assert status.environment_info.version == 1
    assert status.server_infos == "none"
    assert any(line.startswith("GetServiceStatus: environmentInfo.version is not") for line in said)
    assert any(line.startswith("GetServiceStatus: serverInfos is not") for line in said)


def test_a_result_of_another_kind_is_kept_whole() -> None:
    value, said = decoded(functions.GET_USERS, {"users": []})
    assert value == {"users": []}
    assert said == ["GetUsers: result is not as expected: Input should be a valid array; kept as received"]
    assert decoded(functions.GET_USERS, None) == (
        [],
        ["GetUsers: result is not as expected: null instead of a list; read as an empty list"],
    )
    assert decoded(functions.GET_USER_INFO, None) == (
        None,
        ["GetUserInfo: result is not as expected: null instead of a value; kept as received"],
    )
    assert decoded(functions.SET_USER_PASSWORD, "fine")[0] == "fine"


def test_keys_from_the_server_cannot_affect_the_decoder() -> None:
    hostile = {"userName": 5, "_fields_set": [], "cls": 1, "self": 2, "__class__": "x", "model_config": {}, "model_fields": []}
    (user,), _ = decoded(functions.GET_USERS, [hostile])  # type: ignore[misc] # a list, or the test fails
    assert isinstance(user, User)
    assert user.user_name == 5
    assert user.to_wire() == hostile


def test_drift_is_reported_once_for_each_function_and_field() -> None:
    decoder = Decoder()
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        for _ in range(3):
            decoder.read(functions.GET_USERS, envelope([{**USER, "fullName": 5}]))
        decoder.read(functions.GET_USERS, envelope([{**USER, "userName": 5}]))
    assert len(caught) == 2


def test_strict_raises_with_all_differences_and_the_result() -> None:
    with pytest.raises(errors.ResultSchemaError) as caught:
        Decoder().read(functions.GET_USERS, envelope([{"userName": 5}]), strict=True)
    assert "[].userName" in str(caught.value)
    assert "[].fullName: missing" in str(caught.value)
    assert caught.value.result == [{"userName": 5}]
    with pytest.raises(errors.ResultSchemaError):
        Decoder().read(functions.GET_USERS, envelope(None), strict=True)


def test_a_failed_reply_needs_no_result() -> None:
    assert Decoder().read(functions.GET_USERS, envelope(None, "failed"), strict=True).result is None


def test_an_unknown_result_is_json() -> None:
    value: JsonValue = {"id": 5, "x": [None, 1.5]}
    assert Decoder().read(functions.CREATE_INSTANCE, envelope(value), strict=True).result == value


def test_optional_models_and_lists_are_read_part_by_part_too() -> None:
    function: Function[list[Store] | None] = Function("Test", Effect.READ, result=lambda: list[Store] | None)
    stores, said = decoded(function, [{"id": "x"}])
    assert stores is not None
    assert stores[0].id == "x"
    assert any("[].id" in line for line in said)


def test_an_envelope_with_mistyped_keys_is_invalid() -> None:
    with pytest.raises(errors.ReplyFormatError, match="percentProgress"):
        Decoder().read(functions.GET_USERS, b'{"statusCode": "succeeded", "percentProgress": []}')


def test_a_missing_field_of_a_known_tag_is_drift_not_another_type() -> None:
    credentials, said = decoded(
        functions.GET_CREDENTIALS, [{"ID": 1, "Type": "Office365_Modern", "Settings": {}}, {"ID": "x", "Type": "New"}]
    )
    assert credentials is not None
    assert [type(item).__name__ for item in credentials] == ["CredentialOffice365Modern", "CredentialOther"]
    assert "GetCredentials: [].Settings.TenantId is not as expected: missing; kept as received" in said
    assert any("[].ID" in line for line in said)
