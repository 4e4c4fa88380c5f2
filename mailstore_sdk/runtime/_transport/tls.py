"""Whom to trust: the system's authorities, one authority file, or one certificate known by its thumbprint."""

from __future__ import annotations

import hashlib
import ssl
from pathlib import Path
from typing import NamedTuple

from mailstore_sdk.errors import ConfigurationError
from mailstore_sdk.runtime._options.thumbprint import normalized_thumbprint


class Trust(NamedTuple):
    """What a client accepts as the certificate of its server.

    Attributes:
        ca_file: PEM file of the authorities to trust instead of the system's.
        thumbprint: The one certificate to trust, whoever signed it: its SHA-1, as SPE shows it, or SHA-256.
        verify: False accepts anybody.
    """

    ca_file: Path | None = None
    thumbprint: str | None = None
    verify: bool = True

    def context(self) -> ssl.SSLContext:
        """The TLS settings for all connections of one client."""
        context = _pinned(self.thumbprint) if self.thumbprint else self._checked_by_authorities()
        if not self.verify:
            _accept_anybody(context)
        context.set_alpn_protocols(["http/1.1"])
        return context

    def _checked_by_authorities(self) -> ssl.SSLContext:
        try:
            return ssl.create_default_context(cafile=self.ca_file)
        except (OSError, ssl.SSLError) as error:
            raise ConfigurationError(f"ca_file {str(self.ca_file)!r} cannot be used: {error}; expected a PEM file") from None


def thumbprints(certificate: bytes) -> tuple[str, str]:
    """SHA-1 and SHA-256 of a certificate in DER form."""
    sha1 = hashlib.sha1(certificate, usedforsecurity=False).hexdigest().upper()
    return sha1, hashlib.sha256(certificate).hexdigest().upper()


def untrusted(place: str, reason: str, certificate: bytes | None) -> str:
    """The message for a certificate that was refused: what the server shows, and what to do about it."""
    message = f"the certificate of {place} is not trusted: {reason}"
    if certificate is None:
        return f"{message}. Its thumbprint could not be read; pass thumbprint=… or ca_file=… of your server"
    sha1, sha256 = thumbprints(certificate)
    return (
        f"{message}. The server shows SHA-1 {sha1}, SHA-256 {sha256}. "
        f'If that is your server\'s certificate, pass thumbprint="{sha256}", or ca_file=… of the authority that signed it'
    )


def _accept_anybody(context: ssl.SSLContext) -> None:
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE


def _pinned(thumbprint: str) -> ssl.SSLContext:
    """Trust exactly one certificate: checked at the end of the handshake, before anything else is sent."""
    wanted = normalized_thumbprint(thumbprint)

    class Pinned(ssl.SSLObject):
        def do_handshake(self) -> None:
            super().do_handshake()
            if wanted not in thumbprints(self.getpeercert(binary_form=True) or b""):
                raise ssl.SSLCertVerificationError(ssl.SSL_ERROR_SSL, f"it is not the one pinned by thumbprint={wanted!r}")

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    _accept_anybody(context)
    context.sslobject_class = Pinned
    return context
