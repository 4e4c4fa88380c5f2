"""Text that is safe to show: control characters are escaped, secrets are masked by name and by value."""

import base64
import html
import json
import unicodedata
from urllib.parse import quote, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailstore_sdk.runtime.sanitize import MASK, SHORTEST_MASKED, basic_credentials, looks_secret, mask_values, printable

DANGEROUS = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


@given(st.text(st.characters()))
def test_no_character_that_controls_a_terminal_is_left(text: str) -> None:
    shown = printable(text)
    assert not [char for char in shown if unicodedata.category(char) in DANGEROUS and char not in "\n\t"]
    shown.encode("utf-8")
    assert printable(shown) == shown


@given(st.recursive(st.text(st.characters()), lambda inner: st.dictionaries(st.text(st.characters()), inner) | st.lists(inner)))
def test_json_is_still_the_same_json(value: object) -> None:
    assert json.loads(printable(json.dumps(value, ensure_ascii=False, indent=1))) == value


def test_ordinary_texts_do_not_change() -> None:
    text = "Grüße,\u00a0全角\u3000文字 😀\n\tمرحبا"
    assert printable(text) == text
    assert printable("a\x1b[2Jb\x9bc\x7f\u202e\r\nd\r") == "a\\u001b[2Jb\\u009bc\\u007f\\u202e\nd\\r"


@pytest.mark.parametrize(
    "name",
    ["password", "userPwd", "apiKey", "apikey", "api_key", "Key", "secretKey", "encryptionKey", "token", "accessToken", "PASSPHRASE"],
)
def test_names_of_secrets(name: str) -> None:
    assert looks_secret(name)


@pytest.mark.parametrize("name", ["monkey", "keyword", "credentialId", "userName", "instanceID", "keys", "passed"])
def test_other_names(name: str) -> None:
    assert not looks_secret(name)


@given(
    secret=st.text(st.characters(codec="utf-8"), min_size=SHORTEST_MASKED),
    before=st.text(st.sampled_from("ab<>&=% ")),
    after=st.text(st.sampled_from("ab<>&=% ")),
)
def test_an_echoed_secret_is_masked_in_any_encoding(secret: str, before: str, after: str) -> None:
    plain = before + after
    for echo in (secret, urlencode({"a": secret}), quote(secret, safe=""), json.dumps({"a": secret}), html.escape(secret)):
        masked = mask_values(f"{before}{echo}{after}", [secret])
        assert MASK in masked
        assert secret in plain + MASK or secret not in masked


def test_a_secret_that_was_cut_at_the_end_is_masked() -> None:
    assert mask_values("password=canary-pass", ["canary-password"]) == "password=***"
    assert mask_values("password=can", ["canary-password"]) == "password=can", "below the length that is masked"


def test_very_short_secrets_are_not_masked() -> None:
    assert mask_values("a banana", ["a", "", "ana"]) == "a banana"


def test_the_longer_of_two_secrets_is_masked_whole() -> None:
    assert mask_values("secret-and-more", ["secret", "secret-and-more"]) == MASK


def test_the_login_in_a_header_is_masked() -> None:
    credentials = basic_credentials("admin", "S3cret!")
    assert base64.b64decode(credentials) == b"admin:S3cret!"
    assert mask_values(f"Authorization: Basic {credentials}", [credentials]) == "Authorization: Basic ***"
