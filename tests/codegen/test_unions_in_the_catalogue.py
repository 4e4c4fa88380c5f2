"""Unions with a discriminator: what lint accepts and what it reports."""

import shutil
from pathlib import Path

import pytest
from mailstore_codegen.catalogue.json_schema import plain_schema
from mailstore_codegen.catalogue.load import load
from mailstore_codegen.catalogue.yaml_file import CatalogueError

from tests.support.project import SPEC

CREDENTIALS = "types/credentials.yaml"


@pytest.fixture
def spec(tmp_path: Path) -> Path:
    """A copy of the catalogue that a test may change."""
    return Path(shutil.copytree(SPEC, tmp_path / "spec"))


def replace(spec: Path, old: str, new: str) -> None:
    path = spec / CREDENTIALS
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("    discriminator: Type\n", "    discriminator: Kind\n", "lacks 'Kind' as a required string"),
        ("const: Office365_Modern, ", "", "'Type' is open in more than one type"),
        (
            "anyOf: [{$ref: types/credentials.yaml#/CredentialOffice365Modern}, {$ref: types/credentials.yaml#/CredentialOther}]",
            "anyOf: [{$ref: types/credentials.yaml#/CredentialOther}, {$ref: types/credentials.yaml#/CredentialOffice365Modern}]",
            "the type for unknown values must be the last one",
        ),
        ("{type: integer, description", "{type: integer, const: '1', description", "a const is for a plain string"),
        ('type: [string, "null"]\n        format', 'type: [integer, "null"]\n        format', "format is for a string"),
    ],
)
def test_a_union_that_cannot_be_distinguished_is_refused(spec: Path, old: str, new: str, message: str) -> None:
    replace(spec, old, new)

    with pytest.raises(CatalogueError, match=r"credentials\.yaml") as caught:
        load(spec)

    assert any(message in fault.message for fault in caught.value.faults)


def test_plain_json_schema_has_the_tags_and_no_format_of_its_own() -> None:
    types = load(SPEC).types

    assert plain_schema(types["CredentialOffice365Modern"])["properties"]["Type"]["const"] == "Office365_Modern"
    assert plain_schema(types["Office365ModernSettings"])["properties"]["CertificateExpirationDate"]["format"] == "date-time"
