"""Wire names in Python."""

import ast
import keyword
import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mailstore_codegen.catalogue import naming

from mailstore_sdk._generated.functions import FUNCTIONS
from mailstore_sdk.compat._wrapper import Wrapper
from mailstore_sdk.compat.mgmt import SPEClient
from mailstore_sdk.compat.spe import Client
from tests.support.project import ROOT

GENERATED = ROOT / "mailstore_sdk" / "_generated"


@pytest.mark.parametrize(
    ("wire", "python"),
    [
        ("VerifyStore", "verify_store"),
        ("instanceID", "instance_id"),
        ("timeZoneId", "time_zone_id"),
        ("includeAttachmentsOfPDFs", "include_attachments_of_pdfs"),
        ("InitializeMFA", "initialize_mfa"),
        ("CreateSystemAdministratorAPIPassword", "create_system_administrator_api_password"),
        ("totalIOReadBytes", "total_io_read_bytes"),
        ("totalSizeMB", "total_size_mb"),
        ("pop3UserNames", "pop3_user_names"),
        ("openIdClientID", "open_id_client_id"),
        ("baseDN", "base_dn"),
        ("Office365_Modern", "office365_modern"),
        ("from", "from_"),
        ("id", "id"),
    ],
)
def test_wire_names_become_snake_case(wire: str, python: str) -> None:
    assert naming.snake_case(wire) == python


def test_enum_values_become_constants() -> None:
    assert naming.enum_member("writeProtected") == "WRITE_PROTECTED"
    assert naming.enum_member("Office365_Modern") == "OFFICE365_MODERN"


@pytest.mark.parametrize("name", ["", "1st", "_x", "__init__", "a b", 'a"', "a\n", "ä", "ⅰ", "a-b", "a.b", "x" * 101])
def test_an_invalid_name_is_refused(name: str) -> None:
    with pytest.raises(naming.UnusableNameError):
        naming.snake_case(name)


@pytest.mark.parametrize("name", ["Close", "Instance", "Call", "WithOptions"])
def test_a_method_does_not_hide_an_attribute_of_the_client(name: str) -> None:
    with pytest.raises(naming.UnusableNameError, match="give it a python_name"):
        naming.method(name)


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (naming.wrapper_method, "HandleToken"),
        (naming.wrapper_method, "logout"),
        (naming.wrapper_method, "_invoke"),
        (naming.wrapper_parameter, "autoHandleToken"),
        (naming.wrapper_parameter, "self"),
        (naming.wrapper_parameter, "a, b=open('x')"),
    ],
)
def test_the_vendor_wrappers_own_names_are_not_hidden(make: Callable[[str], str], name: str) -> None:
    with pytest.raises(naming.UnusableNameError):
        make(name)


def test_the_vendor_wrapper_uses_wire_names() -> None:
    assert naming.wrapper_method("InitializeMFA") == "InitializeMFA"
    assert naming.wrapper_parameter("pop3UserNames") == "pop3UserNames"
    assert naming.wrapper_parameter("from") == "from_"


def test_every_class_that_modules_with_types_use_is_reserved() -> None:
    used: set[str] = set()
    for module in {*GENERATED.glob("*/[a-z]*.py")} - {*GENERATED.glob("*/raw.py")}:
        for statement in ast.walk(ast.parse(module.read_text("utf-8"))):
            if isinstance(statement, ast.ImportFrom) and not statement.level and "_generated" not in str(statement.module):
                used |= {imported.name for imported in statement.names if re.fullmatch("[A-Z][A-Za-z0-9]+", imported.name)}
    assert {"Iterator", "AsyncIterator", "Model", "Job"} <= used
    for name in used | {"IntEnum"}:
        with pytest.raises(naming.UnusableNameError, match="choose another"):
            naming.type_name(name)


def test_every_public_name_of_the_vendor_wrappers_clients_is_reserved() -> None:
    own = {name for client in (Wrapper, Client, SPEClient) for name in vars(client) if not name.startswith("_")} - FUNCTIONS.keys()
    assert (
        own | {name for client in (Client(), SPEClient()) for name in vars(client) if not name.startswith("_")}
        <= naming.RESERVED_WRAPPER_METHODS
    )


@pytest.mark.parametrize("name", ["copy", "json", "modelFields"])
def test_a_field_does_not_hide_an_attribute_of_the_model(name: str) -> None:
    with pytest.raises(naming.UnusableNameError, match="give it a python_name"):
        naming.field(name)


@pytest.mark.parametrize("name", ["class", "Store", "x y", "_x", "1"])
def test_a_given_python_name_is_checked(name: str) -> None:
    with pytest.raises(naming.UnusableNameError):
        naming.python_name(name)


@pytest.mark.parametrize("name", ["store", "None", "True", "Sto_re", ""])
def test_a_type_is_named_in_cap_words(name: str) -> None:
    with pytest.raises(naming.UnusableNameError):
        naming.type_name(name)


@given(st.text())
def test_every_name_is_an_identifier_or_refused(text: str) -> None:
    for make in (naming.snake_case, naming.constant, naming.method, naming.field, naming.wrapper_method, naming.wrapper_parameter):
        try:
            name = make(text)
        except naming.UnusableNameError:
            continue
        assert name.isidentifier()
        assert not keyword.iskeyword(name)
        assert name.isascii()
