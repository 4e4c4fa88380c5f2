"""Trust in certificates: signed by the system's authorities or by one authority, or pinned by thumbprint."""

from __future__ import annotations

import hashlib
import ssl
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from mailstore_sdk.errors import ConfigurationError
from mailstore_sdk.runtime.text_files import decoded


class TLSConfig(NamedTuple):
    """The server certificates that a client accepts.

    Attributes:
        ca_file: File of the authorities to trust instead of the system's: PEM, or one certificate in DER.
        thumbprint: The only certificate to trust, by its SHA-1, as SPE shows it, or its SHA-256.
        verify: False accepts any certificate.
        client_cert: PEM file with a client certificate and its key.
    """

    ca_file: Path | None = None
    thumbprint: str | None = None
    verify: bool = True
    client_cert: Path | None = None

    def context(self) -> ssl.SSLContext:
        """The TLS settings for all connections of one client; a pin is checked after the handshake, with `accepts`."""
        if self.verify and self.thumbprint is None:
            context = self._checked_by_authorities()
        else:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        # Some builds of Python leave the version to the system.
        context.minimum_version = max(context.minimum_version, ssl.TLSVersion.TLSv1_2)
        if self.client_cert:
            self._load_client_certificate(context)
        return context

    def accepts(self, certificate: bytes) -> bool:
        """Whether a certificate in DER form is the pinned one; always true without a pin."""
        return self.thumbprint is None or self.thumbprint in thumbprints(certificate)

    def _load_client_certificate(self, context: ssl.SSLContext) -> None:
        try:
            context.load_cert_chain(str(self.client_cert), password="")
        except (OSError, ValueError) as error:
            problem = f"client_cert {str(self.client_cert)!r} cannot be used: {getattr(error, 'strerror', error)}"
            raise ConfigurationError(f"{problem}; expected a PEM file with a certificate and its key without a password") from None

    def _checked_by_authorities(self) -> ssl.SSLContext:
        try:
            # OpenSSL reads only PEM in ASCII; Windows also exports DER, and its editors write byte order marks.
            data = self.ca_file.read_bytes() if self.ca_file else b""
            if data.isascii():
                return ssl.create_default_context(cafile=self.ca_file)
            found = data if data.startswith(b"0") else decoded(data).encode("ascii", "ignore").decode("ascii")
            # Python takes an empty string for none, and would trust the system's authorities.
            return ssl.create_default_context(cadata=found or " ")
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", error)
            raise ConfigurationError(f"ca_file {str(self.ca_file)!r} cannot be used: {reason}; expected a PEM file") from None


SHOW_ONLY = TLSConfig(thumbprint="")
"""Accepts no certificate, so that a handshake ends with the server's certificate."""


def thumbprints(certificate: bytes) -> tuple[str, str]:
    """SHA-1 and SHA-256 of a certificate in DER form."""
    return hashlib.sha1(certificate, usedforsecurity=False).hexdigest().upper(), hashlib.sha256(certificate).hexdigest().upper()


def has_unread_record(tls: object) -> bool:
    """Whether data follows a reply in a TLS object that reads from memory.

    A TLS object over a socket reads one record at a time: later data is still in the socket, which httpcore checks.
    """
    if not isinstance(tls, ssl.SSLObject):
        return False
    try:
        tls.read(1)
    except ssl.SSLError as error:
        return not isinstance(error, ssl.SSLWantReadError)
    return True


STRICT = ("Authority Key Identifier", "Subject Key Identifier", "Basic Constraints", "key usage", "keyUsage")
"""What Python 3.13 and later require of an authority's certificate."""

OLD_VERSION = ("UNSUPPORTED_PROTOCOL", "WRONG_SSL_VERSION", "TLSV1_ALERT_PROTOCOL_VERSION", "NO_PROTOCOLS_AVAILABLE")
"""The TLS library's reasons if both sides have no version in common."""


def tls_problem(error: BaseException) -> tuple[str, str] | None:
    """Return the TLS library's reason for an error; None if there is no reason.

    Returns:
        tuple[str, str]: ``untrusted`` for the server's certificate, ``refused`` for the client's own or that it has none,
            ``version`` or ``other``; and the reason.
    """
    # Not their subclasses, which mean that more must be read or the connection ended; that of aiohttp has no reason.
    cause: Any = next((cause for cause in causes(error) if type(cause) in (ssl.SSLError, ssl.SSLCertVerificationError)), None)
    if cause is None:
        return None
    reason = cause.reason or str(cause)
    if isinstance(cause, ssl.SSLCertVerificationError):
        reason = cause.verify_message or str(cause)
        return ("untrusted", f"{reason} (required since Python 3.13)" if any(part in reason for part in STRICT) else reason)
    if "ALERT" in reason and any(part in reason for part in ("CERTIFICATE", "UNKNOWN_CA", "HANDSHAKE_FAILURE")):
        return ("refused", reason)
    return ("version" if reason in OLD_VERSION else "other", reason)


def causes(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an error and its causes."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
