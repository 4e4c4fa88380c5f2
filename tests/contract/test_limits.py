"""Limits of a reply, and certificates of clients."""

from __future__ import annotations

import gzip
import os
import socket
import ssl
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from mailstore_sdk import ConfigurationError, SPEClient, errors
from tests.support.both_clients import Connect
from tests.support.raw_server import NOTHING, SUCCESS, RawServer, answer, authority

ADMIN = {"username": "admin", "password": "S3cret!"}
LONG = SUCCESS.replace(b'"succeeded"', b'"succeeded", "logOutput": "%s"' % (b"x" * 300_000))


@pytest.mark.parametrize("compressed", [False, True])
def test_a_reply_that_is_too_large_is_neither_read_nor_requested_again(connect: Connect, raw_server: RawServer, compressed: bool) -> None:
    reply = answer(gzip.compress(LONG), headers=b"Content-Encoding: gzip\r\n") if compressed else answer(LONG)
    here = {"port": raw_server.port, "ca_file": raw_server.ca_file, **ADMIN}
    raw_server.answers = [reply, reply]
    with connect("localhost", **here, max_response_size=100_000) as spe:
        with pytest.raises(errors.ReplyTooLargeError, match="is larger than 100,000 bytes; ask for less, or raise max_response_size"):
            spe.instance("test01").get_users()
        with pytest.raises(errors.OutcomeUnknownError, match="is larger than 100,000 bytes"):
            spe.instance("test01").delete_user("alice")
        assert spe.instance("test01").get_users() == [], "the client continues"
    assert len(raw_server.requests) == 3


@pytest.mark.parametrize("encoding", [b"br", b"gzip, gzip"])
def test_an_unbounded_decompression_is_refused(connect: Connect, raw_server: RawServer, encoding: bytes) -> None:
    raw_server.answers = [answer(b"x", headers=b"Content-Encoding: %s\r\n" % encoding)]
    with connect("localhost", port=raw_server.port, ca_file=raw_server.ca_file, **ADMIN, retries=0) as spe:
        with pytest.raises(errors.ReplyLostError, match=f"is compressed with '{encoding.decode()}', which this client did not ask for"):
            spe.get_environment_info()


class WantsCertificate(RawServer):
    """Reads what a client sends whose certificate it refused, so that the reason is not lost with it."""

    def _serve(self, plain: socket.socket) -> None:
        assert self._context
        self._context.verify_mode = ssl.CERT_REQUIRED
        self._context.load_verify_locations(self.ca_file)
        with self._context.wrap_socket(plain, server_side=True, do_handshake_on_connect=False) as connection:
            with suppress(OSError):
                connection.do_handshake()
            while os.read(connection.fileno(), 65_536):
                pass


class TestClientCertificates:
    @pytest.fixture
    def asking(self, raw_server: RawServer) -> RawServer:
        assert raw_server._context
        raw_server._context.verify_mode = ssl.CERT_REQUIRED
        raw_server._context.load_verify_locations(raw_server.ca_file)
        return raw_server

    def test_a_server_that_requires_a_certificate_did_not_get_the_request(self, connect: Connect, asking: RawServer) -> None:
        assert asking._context
        asking._context.maximum_version = ssl.TLSVersion.TLSv1_2  # With TLS 1.3 the reason comes after the request and may be lost.
        with connect("localhost", port=asking.port, ca_file=asking.ca_file, **ADMIN, retries=0) as spe:
            with pytest.raises(
                errors.ServerUnreachableError,
                match="refused the TLS handshake .*; if it wants a client certificate, set client_cert to its file",
            ) as caught:
                spe.instance("test01").delete_user("alice")
        assert caught.value.__cause__ is not None
        assert not asking.requests

    def test_the_reason_comes_after_the_handshake_of_tls_1_3(self, connect: Connect) -> None:
        with WantsCertificate() as server, connect("localhost", port=server.port, ca_file=server.ca_file, **ADMIN, retries=0) as spe:
            with pytest.raises(
                errors.ServerUnreachableError, match="refused the TLS handshake .*CERTIFICATE_REQUIRED.*set client_cert to its file"
            ) as caught:
                spe.instance("test01").delete_user("alice")
        assert caught.value.server_acted == "no"
        assert not server.requests

    def test_the_certificate_is_sent(self, connect: Connect, asking: RawServer, tmp_path: Path) -> None:
        authority().issue_cert("client").private_key_and_cert_chain_pem.write_to_path(tmp_path / "client.pem")
        asking.answers = [answer(NOTHING)]
        with connect("localhost", port=asking.port, ca_file=asking.ca_file, client_cert=tmp_path / "client.pem", **ADMIN) as spe:
            spe.instance("test01").delete_user("alice")

    def test_an_unusable_certificate(self, tmp_path: Path) -> None:
        (tmp_path / "client.pem").write_text("no certificate")
        with pytest.raises(
            ConfigurationError, match=r"client_cert '.*client\.pem' cannot be used: .*expected a PEM file with a certificate"
        ):
            SPEClient("spe", client_cert=tmp_path / "client.pem", **ADMIN)


def test_an_authority_without_what_python_requires_since_3_13(
    connect: Connect, raw_server: RawServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def strict(**options: Any) -> ssl.SSLContext:
        context = real(**options)
        context.verify_flags |= ssl.VERIFY_X509_STRICT  # the default of Python 3.13
        return context

    authority_file, server_file = lax_certificates(tmp_path)
    assert raw_server._context
    raw_server._context.load_cert_chain(server_file)
    real = ssl.create_default_context
    monkeypatch.setattr(ssl, "create_default_context", strict)
    with connect("localhost", port=raw_server.port, ca_file=authority_file, **ADMIN, retries=0) as spe:
        with pytest.raises(errors.CertificateError, match=r"Missing Authority Key Identifier \(required since Python 3\.13\)"):
            spe.get_environment_info()
    assert not raw_server.requests


def lax_certificates(folder: Path) -> tuple[Path, Path]:
    """Files of an authority and of a server's certificate with its key, both without key identifiers, as older tools make them."""

    def issued(name: str, names: list[x509.GeneralName], issuer: x509.Name, is_authority: bool) -> x509.Certificate:
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key.public_key())
        builder = builder.serial_number(x509.random_serial_number()).not_valid_before(now - day).not_valid_after(now + day)
        builder = builder.add_extension(x509.BasicConstraints(is_authority, None), critical=True)
        return (builder.add_extension(x509.SubjectAlternativeName(names), critical=False) if names else builder).sign(key, SHA256())

    key, now, day = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC), timedelta(days=1)
    issuer = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Company CA")])
    authority_file, server_file = folder / "authority.pem", folder / "server.pem"
    authority_file.write_bytes(issued("Company CA", [], issuer, is_authority=True).public_bytes(Encoding.PEM))
    server_file.write_bytes(
        issued("localhost", [x509.DNSName("localhost")], issuer, is_authority=False).public_bytes(Encoding.PEM)
        + key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    )
    return authority_file, server_file


def test_an_old_tls_version(connect: Connect, raw_server: RawServer) -> None:
    assert raw_server._context
    raw_server._context.set_ciphers("ALL:@SECLEVEL=0")
    with pytest.warns(DeprecationWarning, match="TLSv1_1"):
        raw_server._context.minimum_version, raw_server._context.maximum_version = ssl.TLSVersion.TLSv1_1, ssl.TLSVersion.TLSv1_1
    with connect("localhost", port=raw_server.port, ca_file=raw_server.ca_file, **ADMIN, retries=0) as spe:
        with pytest.raises(errors.ServerUnreachableError, match="have no TLS version in common .*: expected TLS 1.2 or newer"):
            spe.get_environment_info()


def test_a_reply_with_an_illegal_header(connect: Connect, raw_server: RawServer) -> None:
    raw_server.answers = [answer(headers=b"X Powered By: ASP\r\n")]
    with connect("localhost", port=raw_server.port, ca_file=raw_server.ca_file, **ADMIN, retries=0) as spe:
        with pytest.raises(errors.ReplyLostError, match="is not valid HTTP: illegal header line") as caught:
            spe.get_environment_info()
    assert caught.value.__cause__ is not None
    assert caught.value.__cause__.__traceback__ is None, "its frames hold the login"
