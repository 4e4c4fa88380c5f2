"""Models and enums: open for what the catalogue does not know."""

import copy
import json
import pickle

import pytest
from pydantic import ValidationError

from mailstore_sdk import Store, StoreState, UserInfo, UserPrivilege, WorkerResult
from mailstore_sdk.model import Model

STORE = {
    "id": 1,
    "name": "2026-01",
    "requestedState": "normal",
    "error": None,
    "statisticsCount": 12000,
    "statisticsSize": 900000000,
    "needsUpgrade": False,
    "searchIndexesNeedRebuild": False,
    "databasePath": "D:\\archive",
    "contentPath": "D:\\archive",
    "indexPath": "D:\\archive",
}


def test_an_unknown_enum_value_survives_compares_and_round_trips() -> None:
    store = Store.model_validate({**STORE, "requestedState": "hibernating"})
    assert store.requested_state == "hibernating"
    assert isinstance(store.requested_state, StoreState)
    assert store.requested_state not in list(StoreState)
    assert store.to_wire()["requestedState"] == "hibernating"
    assert copy.deepcopy(store) == store
    assert pickle.loads(pickle.dumps(store)) == store
    assert str(store.requested_state) == "hibernating"


def test_what_is_no_text_is_no_enum_value() -> None:
    with pytest.raises(ValueError, match="5 is not a valid StoreState"):
        StoreState(5)
    with pytest.raises(ValidationError):
        Store.model_validate({**STORE, "requestedState": 5})


def test_unknown_fields_survive_a_round_trip_and_absent_ones_stay_absent() -> None:
    received = {**STORE, "colour": {"shade": ["dark", 1]}}
    store = Store.model_validate(received)
    assert store.to_wire() == received
    assert store.model_extra == {"colour": {"shade": ["dark", 1]}}


def test_a_changed_field_is_checked_and_sent() -> None:
    store = Store.model_validate(STORE)
    store.requested_state = StoreState.DISABLED
    assert store.to_wire() == {**STORE, "requestedState": "disabled"}
    with pytest.raises(ValidationError):
        store.id = "one"  # type: ignore[assignment] # the wrong type is the point


def test_the_key_that_administrators_lack_is_none_and_is_not_sent_back() -> None:
    received = {
        "userName": "admin",
        "distinguishedName": None,
        "privileges": ["admin"],
        "pop3UserNames": [],
        "authentication": "integrated",
        "fullName": "admin",
        "emailAddresses": [],
    }
    info = UserInfo.model_validate(received)
    assert info.privileges_on_folders is None
    assert info.privileges == [UserPrivilege.ADMIN]
    assert info.to_wire() == received


def test_times_without_a_zone_stay_without_one() -> None:
    row = {
        "id": 7,
        "userName": "alice",
        "result": "succeeded",
        "itemsArchived": 3,
        "startTime": "2026-01-02T03:30:00",
        "completeTime": None,
        "machineName": "host01",
    }
    result = WorkerResult.model_validate(row)
    assert result.start_time.isoformat() == "2026-01-02T03:30:00"
    assert result.start_time.tzinfo is None
    assert json.loads(json.dumps(result.to_wire())) == row


def test_a_validation_error_does_not_show_the_input() -> None:
    class Box(Model):
        password: int

    with pytest.raises(ValidationError) as caught:
        Box.model_validate({"password": "S3cret!"})
    assert "S3cret!" not in str(caught.value)
