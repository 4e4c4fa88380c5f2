"""Arguments on the wire, against literal bytes written from the protocol's description."""

import json
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from enum import Enum
from itertools import count
from traceback import walk_stack, walk_tb
from types import FrameType
from typing import Any, get_args
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import JsonValue

from mailstore_sdk import ArgumentError, ConfigurationError, InstanceConfiguration, SmtpSettings, SPEClient, StoreState, UserPrivilege
from mailstore_sdk._generated import functions
from mailstore_sdk.runtime import sanitize
from mailstore_sdk.runtime._protocol import form
from mailstore_sdk.runtime._protocol.form import Call, encode_form, safe_arguments
from mailstore_sdk.runtime._protocol.operations import Operations
from mailstore_sdk.runtime._protocol.polling import BaseJob
from mailstore_sdk.runtime._protocol.session import BasicAuth
from mailstore_sdk.runtime.function import Argument, Effect, Function, WireType
from mailstore_sdk.runtime.model import StrEnum


class Colour(StrEnum):
    RED = "red"
    DARK_BLUE = "darkBlue"


def function_with(kind: WireType, *, required: bool = False, secret: bool = False, enum: bool = False) -> Function[JsonValue]:
    argument = Argument("value", kind, required=required, secret=secret, enum=(lambda: Colour) if enum else None)
    return Function("Test", Effect.READ, result=lambda: JsonValue, arguments=(argument,))


@pytest.mark.parametrize(
    ("function", "values", "wire"),
    [
        (functions.GET_ENVIRONMENT_INFO, {}, b""),
        (functions.GET_INSTANCES, {"instanceFilter": "*"}, b"instanceFilter=%2A"),
        (functions.GET_USERS, {"instanceID": "test01"}, b"instanceID=test01"),
        (
            functions.GET_USER_INFO,
            {"instanceID": "test01", "userName": "Jörg Ä & Co=100%+"},
            b"instanceID=test01&userName=J%C3%B6rg+%C3%84+%26+Co%3D100%25%2B",
        ),
        (functions.GET_STORES, {"instanceID": "test01", "includeSize": False}, b"instanceID=test01&includeSize=false"),
        (functions.GET_STORES, {"instanceID": "test01", "includeSize": None}, b"instanceID=test01"),
        (
            functions.SET_STORE_REQUESTED_STATE,
            {"instanceID": "test01", "id": 0, "requestedState": StoreState.WRITE_PROTECTED},
            b"instanceID=test01&id=0&requestedState=writeProtected",
        ),
        (
            functions.VERIFY_STORE,
            {"instanceID": "test01", "id": 1, "includeIndexes": True},
            b"instanceID=test01&id=1&includeIndexes=true",
        ),
        (
            functions.CREATE_USER,
            {
                "instanceID": "test01",
                "userName": "alice",
                "privileges": [UserPrivilege.LOGIN, "changePassword"],
                "fullName": "",
                "password": "S3cret!",
            },
            b"instanceID=test01&userName=alice&privileges=login%2CchangePassword&fullName=&password=S3cret%21",
        ),
        (
            functions.GET_WORKER_RESULTS,
            {
                "instanceID": "test01",
                "fromIncluding": datetime(2026, 1, 2, 3, 4, 5),
                "toExcluding": datetime(2026, 2, 1),
                "timeZoneID": "$Local",
            },
            b"instanceID=test01&fromIncluding=2026-01-02T03%3A04%3A05&toExcluding=2026-02-01T00%3A00%3A00&timeZoneID=%24Local",
        ),
        (function_with("number"), {"value": 1.5}, b"value=1.5"),
        (function_with("number"), {"value": 3}, b"value=3"),
        (function_with("list"), {"value": []}, b"value="),
        (function_with("list"), {"value": ("a", "b c")}, b"value=a%2Cb+c"),
        (function_with("json"), {"value": {"a": [1, None, True, "ü"]}}, b"value=%7B%22a%22%3A%5B1%2Cnull%2Ctrue%2C%22%C3%BC%22%5D%7D"),
        (function_with("json"), {"value": ""}, b"value=%22%22"),
        (function_with("string", enum=True), {"value": "darkBlue"}, b"value=darkBlue"),
        (function_with("string", enum=True), {"value": Colour("green")}, b"value=green"),
    ],
)
def test_arguments_are_written_as_the_protocol_says(function: Function[object], values: dict[str, object], wire: bytes) -> None:
    assert encode_form(function, values) == wire


def test_a_model_is_sent_as_json_with_wire_names_and_only_set_fields() -> None:
    config = InstanceConfiguration(
        instance_id="test01",
        alias="test01",
        display_name="Test 01",
        instance_host="host01.example.com",
        start_mode="automatic",
        base_directory="D:\\archive",
        debug_log_enabled=False,
        vss_writer_enabled=True,
    )
    form = encode_form(functions.CREATE_INSTANCE, {"config": config})
    assert form == (
        b"config=%7B%22instanceID%22%3A%22test01%22%2C%22alias%22%3A%22test01%22%2C%22displayName%22%3A%22Test+01%22%2C"
        b"%22instanceHost%22%3A%22host01.example.com%22%2C%22startMode%22%3A%22automatic%22%2C"
        b"%22baseDirectory%22%3A%22D%3A%5C%5Carchive%22%2C%22debugLogEnabled%22%3Afalse%2C%22vssWriterEnabled%22%3Atrue%7D"
    )


def test_a_date_means_midnight_and_fractions_are_rounded_outwards() -> None:
    span = {"fromIncluding": datetime(2026, 1, 1, 0, 0, 0, 900_000), "toExcluding": datetime(2026, 1, 2, 0, 0, 0, 1)}
    form = encode_form(functions.GET_WORKER_RESULTS, {"instanceID": "test01", "timeZoneID": "UTC", **span})
    assert dict(parse_qsl(form.decode()))["fromIncluding"] == "2026-01-01T00:00:00"
    assert dict(parse_qsl(form.decode()))["toExcluding"] == "2026-01-02T00:00:01"
    days = {"fromIncluding": date(2026, 1, 1), "toExcluding": date(2026, 1, 2)}
    form = encode_form(functions.GET_WORKER_RESULTS, {"instanceID": "test01", "timeZoneID": "$Local", **days})
    assert dict(parse_qsl(form.decode()))["toExcluding"] == "2026-01-02T00:00:00"


@pytest.mark.parametrize("moment", [datetime.max, datetime.max.replace(tzinfo=timezone(-timedelta(hours=2)))])
def test_a_time_beyond_the_calendar_is_refused(moment: datetime) -> None:
    span = {"fromIncluding": datetime(2026, 1, 1), "toExcluding": moment}
    with pytest.raises(ArgumentError, match="toExcluding cannot be .* expected a time in the years 1 to 9999"):
        encode_form(functions.GET_WORKER_RESULTS, {"instanceID": "test01", "timeZoneID": "UTC", **span})


class TestSettingsAsADict:
    def test_known_fields_are_sent(self) -> None:
        assert encode_form(functions.SET_SMTP_SETTINGS, {"instanceID": "test01", "settings": {"password": "S3cret!"}}).endswith(
            b"settings=%7B%22password%22%3A%22S3cret%21%22%7D"
        )

    @pytest.mark.parametrize(
        ("function", "argument", "value", "problem"),
        [
            (
                functions.SET_SMTP_SETTINGS,
                "settings",
                {"pasword": "S3cret!"},
                r"SmtpSettings has no field 'pasword'; did you mean password\?",
            ),
            (functions.SET_COMPLIANCE_CONFIGURATION, "config", {"legal_hold_enabled": True}, "did you mean legalHoldEnabled"),
            (functions.CREATE_PROFILE, "properties", {"serverSideExecution": {"automatik": True}}, "did you mean automatic"),
            (functions.SET_RETENTION_POLICIES, "config", [{"name": "a", "enabeld": True}], "did you mean enabled"),
            (
                functions.SET_DIRECTORY_SERVICES_CONFIGURATION,
                "config",
                {"type": "activeDirectory", "protokol": "LDAP"},
                "did you mean protocol",
            ),
        ],
    )
    def test_an_unknown_field_is_refused(self, function: Function[object], argument: str, value: object, problem: str) -> None:
        with pytest.raises(ArgumentError, match=problem) as caught:
            encode_form(function, {"instanceID": "test01", argument: value})
        assert "S3cret!" not in str(caught.value)
        assert "model_validate" in str(caught.value)

    def test_a_model_sends_unchanged_fields_as_received(self) -> None:
        settings = SmtpSettings.model_validate({"password": None, "host": "mail.example.com"})
        form = encode_form(functions.SET_SMTP_SETTINGS, {"instanceID": "test01", "settings": settings})
        assert form.endswith(b"host%22%3A%22mail.example.com%22%7D")


def test_a_datetime_with_a_zone_is_converted_where_the_call_is_in_utc() -> None:
    span = {
        "instanceID": "test01",
        "fromIncluding": datetime(2026, 7, 1, 2, tzinfo=timezone(timedelta(hours=2))),
        "toExcluding": datetime(2026, 7, 2, tzinfo=UTC),
    }
    assert encode_form(functions.GET_WORKER_RESULTS, {**span, "timeZoneID": "UTC"}) == (
        b"instanceID=test01&fromIncluding=2026-07-01T00%3A00%3A00&toExcluding=2026-07-02T00%3A00%3A00&timeZoneID=UTC"
    )
    with pytest.raises(ArgumentError, match='fromIncluding cannot be .*; expected a datetime without time zone, .* where that is "UTC"'):
        encode_form(functions.GET_WORKER_RESULTS, {**span, "timeZoneID": "$Local"})


@pytest.mark.parametrize(
    ("function", "value", "expected"),
    [
        (function_with("string"), 5, "a string"),
        (function_with("string"), "\ud800", "valid Unicode"),
        (function_with("string", enum=True), "blue", "one of red, darkBlue"),
        (function_with("integer"), "5", "an int"),
        (function_with("integer"), True, "an int"),
        (function_with("integer"), 5.0, "an int"),
        (function_with("number"), "5", "a number"),
        (function_with("number"), False, "a number"),
        (function_with("number"), float("nan"), "a number"),
        (function_with("number"), float("inf"), "a number"),
        (function_with("boolean"), 1, "True or False"),
        (function_with("boolean"), "true", "True or False"),
        (function_with("datetime"), "2026-01-01", "a datetime"),
        (function_with("datetime"), datetime(2026, 1, 1, tzinfo=UTC), "without time zone"),
        (function_with("datetime"), 1767225600, "a datetime, or a date for its midnight"),
        (function_with("list"), "login", "a list of strings"),
        (function_with("list"), b"login", "a list of strings"),
        (function_with("list"), 5, "a list of strings"),
        (function_with("list"), ["a", 5], "a list of strings"),
        (function_with("list"), ["a,b"], "without a comma"),
        (function_with("list", enum=True), ["red", "pink"], "one of red, darkBlue"),
        (function_with("json"), {"a": object()}, "a model or JSON data"),
        (function_with("json"), float("nan"), "a model or JSON data"),
        (function_with("json"), {(1, 2): 3}, "a model or JSON data"),
    ],
)
def test_a_value_that_cannot_be_sent_is_refused_by_name(function: Function[object], value: object, expected: str) -> None:
    with pytest.raises(ArgumentError) as caught:
        encode_form(function, {"value": value})
    message = str(caught.value)
    assert message.startswith("Test: value cannot be ")
    is_json = function.arguments[0].kind == "json"
    assert ("the value given" if is_json else repr(value)[:50]) in message, "JSON may hold a secret"
    assert expected in message
    assert caught.value.function == "Test"


class Unruly:
    """Raises in every method."""

    def _raise(self, *_: object) -> Any:
        raise RuntimeError("raised by the class of the value")

    __repr__ = __str__ = __eq__ = __iter__ = __len__ = __getitem__ = __getattr__ = utcoffset = isoformat = to_wire = _raise
    __hash__ = object.__hash__


class UnrulyText(Unruly, str):
    __slots__ = ()


class UnrulyNumber(Unruly, int): ...


class UnrulyTime(Unruly, datetime): ...


class UnrulyMapping(Unruly, dict[str, object]): ...


class UnrulyList(Unruly, list[object]): ...


class UnrulyZone(Unruly, tzinfo): ...


HUGE = 10**5000
"""Python refuses to write an integer of more than 4,300 digits."""
NESTED: list[Any] = []
for _ in range(100_000):
    NESTED = [NESTED]
AWKWARD = [
    *(HUGE, -HUGE, [HUGE], (HUGE,), [[HUGE]], {"a": HUGE}, {HUGE: 1}, {HUGE}, NESTED),
    *(Unruly(), [Unruly()], {"a": Unruly()}, UnrulyText("x"), [UnrulyText("x")], UnrulyNumber(1), UnrulyMapping(a=1), UnrulyList([1])),
    *(UnrulyTime(2026, 1, 1), datetime(2026, 1, 1, tzinfo=UnrulyZone()), Enum("UnrulyEnum", {"A": HUGE})["A"]),
]


@pytest.mark.parametrize("kind", get_args(WireType))
def test_a_value_that_raises_or_cannot_be_shown_is_refused(kind: WireType) -> None:
    for value in AWKWARD:
        with suppress(ArgumentError):
            encode_form(function_with(kind, enum=kind == "list"), {"value": value})


class Interrupted(Exception):  # noqa: N818 - as the handler of a signal may raise it
    pass


class OwnZone(tzinfo):
    def utcoffset(self, _: datetime | None) -> timedelta:
        return timedelta(hours=1)

    def dst(self, _: datetime | None) -> timedelta:
        return timedelta(0)


class Converted:
    def to_wire(self) -> dict[str, int]:
        return {"b": 1}


class Shown:
    def __repr__(self) -> str:
        return "shown"


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        *(("string", "x"), ("integer", 1), ("boolean", True), ("number", 1.5), ("list", ["a", "b"]), ("datetime", date(2026, 1, 2))),
        *(("datetime", datetime(2026, 1, 2, tzinfo=zone)) for zone in (UTC, OwnZone())),
        *(("json", value) for value in ({"a": [1]}, SmtpSettings(hostname="x"), {"a": Converted()})),
        *(("string", 1), ("list", "a"), ("datetime", datetime.max.replace(tzinfo=timezone(-timedelta(hours=1)))), ("json", {1, 2})),
        ("string", Shown()),
    ],
)
def test_an_interrupt_is_not_taken_for_the_fault_of_a_value(kind: WireType, value: object) -> None:
    function = Function("Test", Effect.READ, lambda: JsonValue, (Argument("value", kind), Argument("timeZoneID", "string")))
    reached: list[int] = []

    def interrupt(frame: FrameType, event: str, _: object) -> Any:
        if frame.f_code.co_filename in (form.__file__, sanitize.__file__, __file__) and event == "line" and next(left) == 0:
            reached.append(frame.f_lineno)
            raise Interrupted
        return interrupt

    before = sys.gettrace()
    for lines in count():
        left = count(lines, -1)
        sys.settrace(interrupt)
        try:
            encode_form(function, {"value": value, "timeZoneID": "UTC"})
        except (ArgumentError, Interrupted) as error:
            raised: type[Exception] | None = type(error)
        else:
            raised = None
        finally:
            sys.settrace(before)
        if len(reached) == lines:
            break
        assert raised is Interrupted, f"at line {reached[-1]}"
    assert len(reached) > 15, "at each line once"


def test_secrets_are_looked_for_in_json_as_it_is_sent() -> None:
    function = function_with("json", secret=True)
    assert Call.of(function, {"value": [UnrulyMapping(b="s3cret")]}, function.arguments).secrets == ("s3cret",)


def test_no_secret_is_in_a_variable_of_a_traceback_when_an_interrupt_hits_the_encoding() -> None:
    arguments = (Argument("first", "string", secret=True), Argument("second", "string", secret=True), Argument("third", "json"))
    function = Function("Test", Effect.READ, lambda: JsonValue, arguments)
    hit: list[str] = []

    def interrupt(frame: FrameType, event: str, _: object) -> Any:
        callers = {caller.f_code for caller, _ in walk_stack(frame)}
        is_encoding = frame.f_code.co_filename == form.__file__ and form.forget_secrets.__code__ not in callers
        if is_encoding and event == "line" and next(left) == 0:
            hit.append(f"line {frame.f_lineno}")
            raise Interrupted
        return interrupt

    before = sys.gettrace()
    for lines in count():
        left, values = count(lines, -1), {"first": "S3cret-1", "second": "S3cret-2", "third": {"password": "S3cret-3"}}
        sys.settrace(interrupt)
        try:
            next(Operations(auth=BasicAuth("a", "b")).start(function, values, BaseJob[object]))
        except Interrupted as error:
            frames = [frame for frame, _ in walk_tb(error.__traceback__) if frame.f_code.co_filename != __file__]
        finally:
            sys.settrace(before)
        if len(hit) == lines:
            break
        assert not any("S3cret" in repr(frame.f_locals) for frame in frames), hit[-1]
    assert len(hit) > 50


@pytest.mark.parametrize("value", [*AWKWARD, {1: 2}], ids=lambda value: type(value).__name__)
def test_an_awkward_value_is_refused_where_a_model_is_expected(value: object) -> None:
    with pytest.raises(ArgumentError):
        encode_form(functions.SET_SMTP_SETTINGS, {"settings": value})


def test_only_the_type_is_named_of_a_value_that_cannot_be_shown() -> None:
    for value, name in ((-HUGE, "int"), ([HUGE], "list"), (Unruly(), "Unruly")):
        with pytest.raises(ArgumentError, match=f"^Test: value cannot be this {name}; expected a string$"):
            encode_form(function_with("string"), {"value": value})


@pytest.mark.parametrize(
    "use",
    [
        lambda spe, value: spe.call(value),
        lambda spe, value: spe.call("Unknown", value=value),
        lambda spe, value: spe.call("GetUsers", instanceID="a", timeZoneID=value),
        lambda spe, value: spe.instance("a").get_worker_results(datetime(2026, 1, 1), datetime(2026, 1, 2), time_zone_id=value),
        lambda spe, value: spe.instance(value),
        lambda spe, value: spe.resume(value),
        lambda spe, value: spe.with_options(timeout=value),
        lambda spe, value: spe.with_options(thumbprint=value),
        lambda spe, value: spe.instance("a").iter_worker_results(value, datetime(2026, 1, 1), time_zone_id="UTC").__next__(),
        lambda spe, value: spe.instance("a").iter_worker_results(datetime(2026, 1, 1), value, time_zone_id="UTC").__next__(),
        lambda spe, value: (
            spe.instance("a").iter_worker_results(datetime(2026, 1, 1), datetime(2026, 1, 2), window=value, time_zone_id="UTC").__next__()
        ),
    ],
)
def test_nothing_but_our_errors_leaves_a_call(use: Callable[[SPEClient, Any], object]) -> None:
    with SPEClient("spe.invalid", username="a", password="b") as spe:
        for value in (HUGE, [HUGE], {"a": HUGE}, Unruly(), [Unruly()], datetime(2026, 1, 1, tzinfo=UnrulyZone())):
            with pytest.raises((ArgumentError, ConfigurationError)):
                use(spe, value)


def test_a_recursive_list_is_refused() -> None:
    endless: list[object] = []
    endless.append(endless)
    with pytest.raises(ArgumentError, match="JSON data"):
        encode_form(function_with("json"), {"value": endless})


def test_a_secret_value_is_refused_without_being_shown() -> None:
    with pytest.raises(ArgumentError) as caught:
        encode_form(function_with("string", secret=True), {"value": 271828})
    assert "271828" not in str(caught.value)
    assert "cannot be the value given (of type int, hidden as it may be a secret); expected a string" in str(caught.value)


def test_a_missing_argument_is_named_with_what_is_expected() -> None:
    with pytest.raises(ArgumentError, match="Test needs value: expected an int"):
        encode_form(function_with("integer", required=True), {"value": None})


def test_an_unknown_argument_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ArgumentError, match="Test has no argument 'colour'; expected value"):
        encode_form(function_with("integer"), {"colour": 1})
    with pytest.raises(ArgumentError, match="expected none"):
        encode_form(functions.GET_ENVIRONMENT_INFO, {"colour": 1})


def test_shown_arguments_hide_secrets_and_leave_out_what_is_not_sent() -> None:
    values = {"instanceID": "test01", "userName": "alice", "privileges": ["login"], "password": "S3cret!", "fullName": None}
    shown = {"instanceID": "test01", "userName": "alice", "privileges": ["login"], "password": "***"}
    assert safe_arguments(functions.CREATE_USER, values) == shown
    assert safe_arguments(functions.CREATE_INSTANCE, {"config": {"password": "S3cret!"}}) == {"config": "{…}"}


def test_only_harmless_calls_are_repeatable() -> None:
    assert functions.GET_USERS.repeatable
    assert functions.SET_USER_PASSWORD.repeatable
    assert not functions.CREATE_USER.repeatable
    assert not functions.DELETE_USER.repeatable
    assert not functions.VERIFY_STORE.repeatable, "a second start would be a second verification"


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(st.characters(codec="utf-8")),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters(codec="utf-8")), inner, max_size=4),
    max_leaves=10,
)


@given(text=st.text(st.characters(codec="utf-8")), value=json_values)
def test_every_text_and_json_value_comes_back_from_an_independent_parser(text: str, value: JsonValue) -> None:
    assert parse_qsl(encode_form(function_with("string"), {"value": text}).decode(), keep_blank_values=True) == [("value", text)]
    if value is not None:
        ((name, sent),) = parse_qsl(encode_form(function_with("json"), {"value": value}).decode(), keep_blank_values=True)
        assert (name, json.loads(sent)) == ("value", value)
