"""The options of clients: valid input is read; invalid input is refused by name before anything is sent."""

import codecs
import ssl
import traceback
from pathlib import Path
from typing import Any

import pytest
import trustme

from mailstore_sdk import AsyncSPEClient, ConfigurationError, SPEClient, UnverifiedServerWarning, errors
from mailstore_sdk.client import SyncClientBase
from mailstore_sdk.runtime._options.address import parse_address
from mailstore_sdk.runtime._options.thumbprint import normalized_thumbprint
from mailstore_sdk.runtime._protocol.actions import Send
from mailstore_sdk.runtime._protocol.session import BasicAuth, SessionAuth
from mailstore_sdk.runtime._transport.tls import TLSConfig, thumbprints

SHA1 = "00112233445566778899AABBCCDDEEFF00112233"


def test_the_session_protocol_has_a_port_of_its_own() -> None:
    assert parse_address("spe", None, "session") == ("spe", 8470)
    assert parse_address("spe", 9000, "session") == ("spe", 9000)


@pytest.mark.parametrize(
    ("text", "port", "address"),
    [
        ("spe.example.com", None, ("spe.example.com", 8474)),
        ("spe.example.com", 9000, ("spe.example.com", 9000)),
        ("spe.example.com:9000", None, ("spe.example.com", 9000)),
        ("spe.example.com:9000", 9000, ("spe.example.com", 9000)),
        ("https://spe.example.com", None, ("spe.example.com", 8474)),
        ("https://spe.example.com:9000/", None, ("spe.example.com", 9000)),
        ("192.0.2.7", None, ("192.0.2.7", 8474)),
        ("::1", None, ("::1", 8474)),
        ("[::1]:9000", None, ("::1", 9000)),
        ("fe80::1%eth0", None, ("fe80::1%eth0", 8474)),
        ("spe_1.example.com.", None, ("spe_1.example.com.", 8474)),
        ("bücher.example", None, ("xn--bcher-kva.example", 8474)),
    ],
)
def test_an_address_is_read_in_every_usual_form(text: str, port: int | None, address: tuple[str, int]) -> None:
    assert parse_address(text, port) == address


@pytest.mark.parametrize(
    ("text", "port", "problem"),
    [
        ("", None, "is not an address"),
        ("https://", None, "is not an address"),
        ("spe:port", None, "is not an address"),
        ("spe..example", None, "is not an address"),
        ("https://user:secret@spe", None, "is not an address"),
        ("https://spe/api/invoke", None, "is not an address"),
        ("https://spe?x=1", None, "is not an address"),
        ("spe.example.com ", None, "host 'spe.example.com ' is not an address"),
        ("spe\N{NO-BREAK SPACE}1", None, "is not an address"),
        ("spe\0", None, r"host 'spe\\x00' is not an address"),
        ("https://spe\x7f:8474", None, "is not an address"),
        ("spe\\api", None, "is not an address"),
        ("http://spe.example.com", None, "uses http; the API requires https"),
        ("spe:9000", 9001, "contradict each other"),
    ],
)
def test_an_invalid_address_is_refused(text: str, port: int | None, problem: str) -> None:
    with pytest.raises(ConfigurationError, match=problem):
        parse_address(text, port)


@pytest.mark.parametrize("text", ["https://user:S3cret@spe", "user:S3/cr@et@spe", "http://user:S3cret@spe", "https://a\nb:S3cret@spe:x"])
def test_credentials_in_an_address_are_not_shown(text: str) -> None:
    with pytest.raises(ConfigurationError, match="host '(https?://)?…@spe") as caught:
        parse_address(text)
    assert "S3" not in str(caught.value)


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        ({"username": ""}, "username '' cannot be sent"),
        ({"username": "a:b"}, "username 'a:b' cannot be sent"),
        ({"username": "\ud800"}, "username cannot be sent"),
        ({"password": "S3cret\ud800"}, "password cannot be sent"),
        ({"thumbprint": "AB"}, "'AB' is not a valid thumbprint"),
        ({"thumbprint": SHA1, "verify": False}, "thumbprint and verify exclude each other: give only one of thumbprint, ca_file, verify"),
        ({"ca_file": "missing.pem"}, "ca_file 'missing.pem' cannot be used: No such file or directory; expected a PEM file"),
        ({"client_cert": "missing.pem"}, "client_cert 'missing.pem' cannot be used: No such file or directory; expected a PEM file"),
        ({"client_cert": __file__}, "client_cert '.*' cannot be used: .*; expected a PEM file with a certificate and its key"),
        ({"ca_file": __file__}, "expected a PEM file"),
        ({"protocol": "telnet"}, "protocol cannot be 'telnet'"),
        ({"timeout": 0}, "timeout cannot be 0: it must be greater than 0"),
        ({"timeout": float("inf")}, "timeout cannot be inf: it must be less than or equal to 86400"),
        ({"job_timeout": 1e12}, "job_timeout cannot be 1000000000000.0: it must be less than"),
        ({"max_connections": 0}, "max_connections cannot be 0"),
        ({"password": b"S3cret!"}, "password cannot be of this type: it must be a valid string"),
        ({"port": 70000}, "port cannot be 70000: it must be less than or equal to 65535"),
        ({"port": -1}, "port cannot be -1: it must be greater than or equal to 1"),
        ({"port": "8474"}, "port cannot be '8474': it must be a valid integer"),
        ({"timeout": "60"}, "timeout cannot be '60': it must be a valid number"),
        ({"retries": True}, "retries cannot be True: it must be a valid integer"),
        ({"verify": 0}, "verify cannot be 0: it must be a valid boolean"),
        ({"ca_file": 5}, "ca_file cannot be 5: it must be a path"),
        ({"max_connections": "100"}, "max_connections cannot be '100': it must be a valid integer"),
    ],
)
@pytest.mark.parametrize("client", [SPEClient, AsyncSPEClient])
def test_invalid_client_configuration_is_refused(client: type[SPEClient], arguments: dict[str, object], problem: str) -> None:
    with pytest.raises(ConfigurationError, match=problem) as caught:
        client("spe.example.com", **{"username": "admin", "password": "S3cret!", **arguments})  # type: ignore[arg-type] # wrong on purpose
    assert "S3cret" not in str(caught.value)


@pytest.mark.parametrize("content", [b"", codecs.BOM_UTF8, codecs.BOM_UTF16_LE, "\u00e9".encode()])
def test_a_ca_file_without_certificates_never_means_the_authorities_of_the_system(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_bytes(content)
    with pytest.raises(ConfigurationError, match="expected a PEM file"):
        TLSConfig(ca_file=tmp_path / "ca.pem").context()


@pytest.mark.parametrize("option", ["timeout", "job_timeout", "retries", "poll_wait", "backoff", "max_backoff"])
def test_a_client_refuses_options_below_zero_by_name(option: str) -> None:
    with (
        SPEClient("spe", username="a", password="b") as spe,
        pytest.raises(ConfigurationError, match=f"^{option} cannot be -1: it must be"),
    ):
        spe.with_options(**{option: -1})  # type: ignore[arg-type] # a name of the table


def test_a_client_shows_the_options_in_force(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAILSTORE_SPE_RETRIES", "7")
    with SPEClient("spe.example.com:9000", username="admin", password="S3cret!", timeout=5) as spe:
        hasty = spe.with_options(timeout=1)
        assert (spe.options.host, spe.options.port, spe.options.timeout, spe.options.retries) == ("spe.example.com", 9000, 5, 7)
        assert (hasty.options.timeout, hasty.options.retries) == (1, 7)
        assert "S3cret" not in f"{spe.options}"
        with pytest.raises(ValueError, match="read-only"):
            spe.options.timeout = 9  # type: ignore[misc] # wrong on purpose


@pytest.mark.parametrize(
    ("name", "advice"),
    [("timeout", r"use with_options\(timeout=…\)"), ("password", "create another client"), ("nothing", "create another client")],
)
def test_options_are_read_only(name: str, advice: str) -> None:
    options = SPEClient("spe.example.com", username="a", password="first").options
    for change in (lambda: setattr(options, name, "second"), lambda: delattr(options, name)):
        with pytest.raises(ConfigurationError, match=f"^options are read-only: to change {name}, {advice}$"):
            change()
    assert options.password.get_secret_value() == "first"


def test_options_of_another_type_are_refused_later_too() -> None:
    with SPEClient("spe", username="a", password="b") as spe, pytest.raises(ConfigurationError, match="timeout cannot be '5'"):
        spe.with_options(timeout="5")  # type: ignore[arg-type] # wrong on purpose


class UnrulyText(str):
    """A string that raises in every method that is not its content."""

    __slots__ = ()

    def _raise(self, *_: object) -> Any:
        raise RuntimeError("raised by the class of the value")

    __str__ = __repr__ = __eq__ = __len__ = __format__ = __fspath__ = encode = strip = lstrip = isascii = isidentifier = _raise
    __hash__ = _raise


@pytest.mark.parametrize("client", [SPEClient, AsyncSPEClient])
def test_a_string_may_be_of_a_class_that_raises(client: type[SPEClient]) -> None:
    plain: dict[str, Any] = {"host": "spe", "username": "u", "password": "p", "proxy": "http://proxy:3128", "thumbprint": "A" * 40}
    spe = client(**{name: UnrulyText(text) for name, text in plain.items()})
    assert spe.options == client(**plain).options
    assert repr(spe.instance(UnrulyText("test01"))) == repr(spe.instance("test01"))
    with pytest.raises(errors.ArgumentError, match="function cannot be"):
        SPEClient(**plain).call(UnrulyText("Get Users"))


@pytest.mark.parametrize("option", ["ca_file", "client_cert", "verify", "host", "timeout"])
def test_no_error_of_a_value_leaves_the_constructor(option: str) -> None:
    class Unruly:
        __fspath__ = __eq__ = __bool__ = __float__ = __repr__ = UnrulyText._raise
        __hash__ = object.__hash__

    arguments: dict[str, Any] = {"host": "spe", "username": "u", "password": "p", option: Unruly()}
    with pytest.raises(ConfigurationError):
        SPEClient(**arguments)


def test_not_verifying_warns() -> None:
    with pytest.warns(UnverifiedServerWarning, match="prefer thumbprint"):
        SPEClient("spe.example.com", username="admin", password="x", verify=False).close()


@pytest.mark.parametrize(
    "text", [SHA1, SHA1.lower(), f"\u200e{SHA1}", " ".join(SHA1[i : i + 2] for i in range(0, 40, 2)), f"{SHA1[:20]}:{SHA1[20:]}"]
)
def test_a_thumbprint_is_accepted_in_the_form_of_dialogs(text: str) -> None:
    assert normalized_thumbprint(text) == SHA1


def test_thumbprints_equal_those_of_openssl() -> None:
    assert thumbprints(b"abc") == (
        "A9993E364706816ABA3E25717850C26C9CD0D89D",
        "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD",
    )


def test_certificates_are_verified_by_default(tmp_path: Path) -> None:
    assert TLSConfig().context().verify_mode is ssl.CERT_REQUIRED
    assert TLSConfig().context().check_hostname
    assert TLSConfig(verify=False).context().verify_mode is ssl.CERT_NONE
    ca_file = tmp_path / "ca.pem"
    trustme.CA().cert_pem.write_to_path(ca_file)
    context = TLSConfig(ca_file=ca_file).context()
    assert (context.verify_mode, context.check_hostname) == (ssl.CERT_REQUIRED, True)
    assert context.cert_store_stats()["x509_ca"] == 1, "the system's authorities are not trusted in addition"


def test_credentials_are_encoded_as_in_the_rfc() -> None:
    send = BasicAuth("Aladdin", "open sesame").request(Send("/api/invoke/GetUsers", b"", 60))
    assert isinstance(send, Send)
    assert send.headers == {"Authorization": "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="}
    assert "QWxh" not in repr(send)


def test_no_dialect_shows_its_password() -> None:
    assert "S3cret!" not in f"{BasicAuth('admin', 'S3cret!')!r} {SessionAuth('admin', 'S3cret!')!r}"


def test_neither_client_shows_its_password() -> None:
    with SPEClient("spe", username="admin", password="S3cret!") as spe:
        archive = spe.instance("test01")
        shown = f"{spe!r} {archive!r} {vars(spe)} {spe._transport.endpoint!r}"
    assert shown.startswith(
        "SPEClient('https://spe:8474', username='admin') SPEClient('https://spe:8474', username='admin').instance('test01')"
    )
    assert "S3cret!" not in shown
    assert "UzNjcmV0" not in shown
    client = AsyncSPEClient("::1", username="admin", password="S3cret!")
    assert repr(client) == "AsyncSPEClient('https://[::1]:8474', username='admin')"
    assert repr(client.instance("a")) == f"{client!r}.instance('a')"


@pytest.mark.parametrize("instance_id", ["", None, 5])
@pytest.mark.parametrize("client", [SPEClient, AsyncSPEClient])
def test_an_instance_needs_an_id(client: type[SPEClient], instance_id: object) -> None:
    spe = client("spe", username="admin", password="x")
    with pytest.raises(errors.ArgumentError, match="instance_id cannot be"):
        spe.instance(instance_id)  # type: ignore[arg-type] # wrong on purpose


@pytest.mark.parametrize("kind", [SPEClient, AsyncSPEClient])
def test_a_traceback_with_variables_can_show_an_invalid_client(kind: type[SPEClient] | type[AsyncSPEClient]) -> None:
    with pytest.raises(ConfigurationError) as caught:
        kind("spe", port=99_999, username="admin", password="S3cret!")
    shown = "".join(traceback.TracebackException.from_exception(caught.value, capture_locals=True).format())
    assert "port cannot be 99999" in shown
    assert "Client()" in shown
    assert "S3cret!" not in shown.replace('password="S3cret!"', "")


def test_a_client_without_functions_raises_attribute_errors() -> None:
    with (
        SyncClientBase()._open({"host": "spe", "username": "admin", "password": "admin"}) as spe,
        pytest.raises(AttributeError, match="has no attribute 'get_users'$"),
    ):
        _ = getattr(spe, "get_users")  # noqa: B009 - type checkers know it, too
