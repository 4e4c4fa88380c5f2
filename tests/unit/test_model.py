"""Models and enums accept what the catalogue does not know."""

import copy
import json
import pickle
from datetime import UTC, datetime, tzinfo

import pytest
from pydantic import TypeAdapter, ValidationError

from mailstore_sdk import (
    ArgumentError,
    ComplianceConfiguration,
    Credential,
    CredentialOffice365Modern,
    CredentialOther,
    InstanceConfiguration,
    InstanceHost,
    InstanceStartMode,
    Profile,
    ProfileDetails,
    ScheduledJob,
    SchemaDriftWarning,
    SmtpSettings,
    Store,
    StoreState,
    UserInfo,
    UserPrivilege,
    WorkerResult,
)
from mailstore_sdk._generated.functions import GET_JOBS, GET_WORKER_RESULTS
from mailstore_sdk.runtime._protocol.replies import Decoder
from mailstore_sdk.runtime.model import Model, refuse_unknown_keys

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


def test_a_value_that_is_not_a_string_is_not_an_enum_value() -> None:
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
    with pytest.raises(ArgumentError, match="Store: id: Input should be a valid integer"):
        store.id = "one"  # type: ignore[assignment] # the wrong type is the point


COMPLIANCE = {"legalHoldEnabled": False, "logSuccessfulUserActivities": []}


def test_a_name_with_an_underscore_is_the_programs_own() -> None:
    store = Store.model_validate(STORE)
    store._seen = 5
    assert (store._seen, store.to_wire()) == (5, STORE)


class TestMisspelledFields:
    def test_json_is_checked_at_any_depth(self) -> None:
        refuse_unknown_keys(list[Store], [STORE, {**STORE, "name": None}])
        with pytest.raises(ArgumentError, match="Store has no field 'nam'"):
            refuse_unknown_keys(list[Store], [STORE, {"nam": "A"}])

    @pytest.fixture
    def settings(self) -> ComplianceConfiguration:
        return ComplianceConfiguration.model_validate({**COMPLIANCE, "newerSetting": 1})

    @pytest.mark.parametrize("name", ["legal_hold_enabledd", "legalHoldEnabled"])
    def test_setting_a_misspelled_field_is_refused(self, settings: ComplianceConfiguration, name: str) -> None:
        with pytest.raises(ArgumentError, match=f"ComplianceConfiguration has no field '{name}'; did you mean legal_hold_enabled\\?"):
            setattr(settings, name, True)
        assert settings.to_wire() == {**COMPLIANCE, "newerSetting": 1}

    def test_an_unknown_field_that_the_server_sent_can_be_set(self, settings: ComplianceConfiguration) -> None:
        settings.newerSetting = 2  # type: ignore[attr-defined] # only this server knows it
        settings.legal_hold_enabled = True
        assert settings.to_wire() == {**COMPLIANCE, "legalHoldEnabled": True, "newerSetting": 2}

    def test_a_deleted_field_is_not_sent(self, settings: ComplianceConfiguration) -> None:
        del settings.legal_hold_enabled
        assert settings.to_wire() == {name: value for name, value in COMPLIANCE.items() if name != "legalHoldEnabled"} | {"newerSetting": 1}

    def test_a_copy_refuses_a_misspelled_field(self, settings: ComplianceConfiguration) -> None:
        with pytest.raises(ArgumentError, match="did you mean legal_hold_enabled"):
            settings.model_copy(update={"legal_hold_enable": True})
        assert settings.model_copy(update={"legal_hold_enabled": True}).to_wire()["legalHoldEnabled"] is True

    def test_the_constructor_refuses_a_misspelled_field(self) -> None:
        with pytest.raises(ArgumentError, match=r"Profile has no field 'nam'; did you mean name\?"):
            Profile(nam="x", owner="a", type="I", connector="IMAP", details=ProfileDetails())  # type: ignore[call-arg] # the point
        with pytest.raises(ArgumentError, match="has no field 'x'; it has legal_hold_enabled, log_successful_user_activities"):
            ComplianceConfiguration(x=1, **COMPLIANCE)  # type: ignore[arg-type] # the point

    def test_reading_calls_no_constructor(self) -> None:
        assert not ComplianceConfiguration.__pydantic_custom_init__
        assert ComplianceConfiguration.model_validate({**COMPLIANCE, "newer": 1}).model_extra == {"newer": 1}


def test_a_constructor_needs_no_field_that_may_be_null() -> None:
    config = InstanceConfiguration(
        instance_id="test01", instance_host="host01", start_mode="automatic", debug_log_enabled=False, vss_writer_enabled=True
    )
    assert config.start_mode is InstanceStartMode.AUTOMATIC
    assert config.to_wire() == {
        "instanceID": "test01",
        "alias": None,
        "displayName": None,
        "instanceHost": "host01",
        "startMode": "automatic",
        "baseDirectory": None,
        "debugLogEnabled": False,
        "vssWriterEnabled": True,
    }
    with pytest.raises(ArgumentError, match="InstanceHost: port: Field required; server_certificate: Field required"):
        InstanceHost(server_name="host01")  # type: ignore[call-arg] # the point


def test_fields_can_be_left_out_of_a_copy() -> None:
    profile = Profile.model_validate(
        {"id": 7, "version": 3, "newer": 1, "name": "x", "owner": "a", "type": "I", "connector": "IMAP", "details": {}}
    )
    new = profile.without("id", "version", "newer")
    assert new.id is None
    assert new.to_wire() == {"name": "x", "owner": "a", "type": "I", "connector": "IMAP", "details": {}}
    assert profile.to_wire()["id"] == 7
    assert profile.model_extra == {"newer": 1}
    with pytest.raises(ArgumentError, match="did you mean version"):
        profile.without("versoin")


@pytest.mark.parametrize(("value", "known"), [("login", True), ("logn", False), ("LOGIN", False)])
def test_an_enum_says_whether_it_knows_a_value(value: str, *, known: bool) -> None:
    assert UserPrivilege(value).is_known is known


def test_the_key_that_administrators_lack_is_null_and_not_sent_back() -> None:
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


CREDENTIAL = {
    "ID": 3,
    "Type": "Office365_Modern",
    "Description": None,
    "Settings": {
        "ApplicationId": "00000000-0000-4000-8000-000000000001",
        "TenantId": "00000000-0000-4000-8000-000000000002",
        "CertificateThumbprint": "00112233445566778899AABBCCDDEEFF00112233",
        "CertificateExpirationDate": "2027-01-02T03:04:05Z",
    },
}


class TestUnionsByTag:
    ADAPTER: TypeAdapter[list[Credential]] = TypeAdapter(list[Credential])

    def test_the_tag_decides_the_type(self) -> None:
        other = {"ID": 4, "Type": "SignedEnvelope", "Description": "x", "Settings": {"a": 1}}
        known, unknown = self.ADAPTER.validate_python([CREDENTIAL, other])
        assert isinstance(known, CredentialOffice365Modern)
        assert known.settings.certificate_expiration_date == datetime(2027, 1, 2, 3, 4, 5, tzinfo=UTC)
        assert isinstance(unknown, CredentialOther)
        assert [known.to_wire(), unknown.to_wire()] == [CREDENTIAL, other]

    def test_a_model_can_contain_itself(self) -> None:
        (known,) = self.ADAPTER.validate_python([CREDENTIAL])
        assert self.ADAPTER.validate_python([known]) == [known]

    @pytest.mark.parametrize("tag", [None, 5, "New"])
    def test_an_unknown_tag_selects_the_open_type(self, tag: object) -> None:
        raw = {**CREDENTIAL, "Type": tag}
        if isinstance(tag, str):
            assert isinstance(self.ADAPTER.validate_python([raw])[0], CredentialOther)
        else:
            with pytest.raises(ValidationError, match="CredentialOther"):
                self.ADAPTER.validate_python([raw])


class TestSecrets:
    def test_a_secret_field_is_not_shown_but_sent(self) -> None:
        settings = SmtpSettings(password="S3cret!")
        assert "S3cret!" not in f"{settings!r} {settings}"
        assert "password='***'" in repr(settings)
        assert settings.to_wire() == {"password": "S3cret!"}

    def test_an_unset_secret_is_shown_as_none(self) -> None:
        assert "password=None" in repr(SmtpSettings(password=None))

    def test_unknown_fields_are_shown(self) -> None:
        assert repr(SmtpSettings.model_validate({"host": "mail"})).endswith(", host='mail')")


def rows(envelope: dict[str, object], zone: tzinfo | None) -> list[WorkerResult]:
    return Decoder().read(GET_WORKER_RESULTS, json.dumps(envelope).encode(), zone).result or []


RUN = {
    "id": 7,
    "userName": "alice",
    "result": "succeeded",
    "itemsArchived": 3,
    "startTime": "2026-01-02T03:30:00",
    "completeTime": "2026-01-02T03:30:00.120000",
    "machineName": "host01",
}


@pytest.mark.filterwarnings("ignore::mailstore_sdk.SchemaDriftWarning")
@pytest.mark.parametrize("drifted", [{}, {"id": "7"}])
def test_rows_of_a_call_in_utc_are_in_utc(drifted: dict[str, str]) -> None:
    (aware,) = rows({"statusCode": "succeeded", "result": [RUN | drifted]}, UTC)
    (naive,) = rows({"statusCode": "succeeded", "result": [RUN | drifted]}, None)
    assert aware.start_time == datetime(2026, 1, 2, 3, 30, tzinfo=UTC)
    assert naive.start_time == datetime(2026, 1, 2, 3, 30)
    assert aware.to_wire() == naive.to_wire() == RUN | drifted


class TestTimesInUtc:
    def job(self, time: object) -> ScheduledJob:
        return ScheduledJob.model_validate(
            {
                "id": 1,
                "name": "Nightly",
                "action": "VerifyStores",
                "owner": "admin",
                "creationDateTimeUtc": time,
                "lastStartDateTimeUtc": None,
                "lastCompleteDateTimeUtc": None,
                "nextStartDateTimeUtc": None,
                "enabled": True,
                "schedule": {"timeZoneId": "UTC", "time": "03:30:00"},
            }
        )

    def test_times_are_aware_in_python_and_sent_without_a_zone(self) -> None:
        job = self.job("2026-01-02T03:30:00")
        assert job.creation_date_time_utc == datetime(2026, 1, 2, 3, 30, tzinfo=UTC)
        assert job.to_wire()["creationDateTimeUtc"] == "2026-01-02T03:30:00"

    def test_a_program_passes_a_datetime(self) -> None:
        assert self.job(datetime(2026, 1, 2, 3, 30, tzinfo=UTC)) == self.job("2026-01-02T03:30:00")

    @pytest.mark.parametrize("time", [1767324600, "2026-01-02"])
    def test_a_number_or_a_date_is_no_time(self, time: object) -> None:
        with pytest.raises(ValidationError, match="expected a date and time such as 2026-01-31T00:00:00"):
            self.job(time)

    @pytest.mark.parametrize("drifted", [{}, {"id": "1"}])
    def test_a_time_beyond_the_calendar_is_kept_as_received(self, drifted: dict[str, str]) -> None:
        received = {**self.job("2026-01-02T03:30:00").to_wire(), "nextStartDateTimeUtc": "0001-01-01T00:00:00+01:00", **drifted}
        with pytest.warns(SchemaDriftWarning) as warned:
            (job,) = Decoder().read(GET_JOBS, json.dumps({"statusCode": "succeeded", "result": [received]}).encode()).result or []
        assert "[].nextStartDateTimeUtc is not as expected: Value error, the time is outside the years" in str(warned[-1].message)
        assert len(warned) == 1 + len(drifted)
        assert job.creation_date_time_utc == datetime(2026, 1, 2, 3, 30, tzinfo=UTC)
        assert job.to_wire() == json.loads(job.model_dump_json(by_alias=True, exclude_unset=True)) == received

    def test_a_time_with_a_zone_is_converted_to_utc(self) -> None:
        job = self.job("2026-01-02T04:30:00+01:00")
        assert job.to_wire()["creationDateTimeUtc"] == "2026-01-02T03:30:00"
