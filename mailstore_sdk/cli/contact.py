"""First contact with a server: name, port, TLS and certificate, before anybody logs in. Nothing secret is sent."""

from __future__ import annotations

import socket
import ssl

from mailstore_sdk.config import Address
from mailstore_sdk.errors import CertificateError, HostNotFoundError, ServerUnreachableError
from mailstore_sdk.tls import Trust

PATIENCE = 10.0
"""Seconds for each step."""


def resolve(address: Address) -> list[str]:
    """The addresses behind a name.

    Raises:
        HostNotFoundError: There are none.
    """
    try:
        found = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)
    except OSError:
        raise HostNotFoundError(f"no address is known for the host {address.host!r}; check the name and your DNS") from None
    return sorted({str(entry[4][0]) for entry in found})


def connect(address: Address) -> socket.socket:
    """A connection, nothing said yet.

    Raises:
        ServerUnreachableError: Nobody accepts one.
    """
    place = f"{address.host}:{address.port}"
    try:
        return socket.create_connection(address, PATIENCE)
    except TimeoutError:
        raise ServerUnreachableError(
            f"{place} did not accept a connection within {PATIENCE:g} s; check the host, the port and the firewall"
        ) from None
    except OSError as error:
        raise ServerUnreachableError(
            f"{place}: {error.strerror or error}; check the port (8474 unless changed), and that the Management API is switched on "
            "in the SPE configuration, under Management Server"
        ) from None


def certificate(address: Address) -> bytes:
    """The certificate that the server shows, whoever signed it, in DER form.

    Raises:
        ServerUnreachableError: It does not speak TLS.
    """
    with connect(address) as plain:
        try:
            with Trust(verify=False).context().wrap_socket(plain, server_hostname=address.host) as secure:
                return secure.getpeercert(binary_form=True) or b""
        except OSError as error:
            reason = getattr(error, "reason", None) or type(error).__name__
            raise ServerUnreachableError(
                f"{address.host}:{address.port} listens but does not speak TLS ({reason}); is it the port of the Management API (8474)?"
            ) from None


def refusal(address: Address, trust: Trust) -> str | None:
    """Why the certificate is not trusted; None where it is.

    Raises:
        ServerUnreachableError: It does not speak TLS.
    """
    certificate(address)  # so that what fails below is trust alone
    with connect(address) as plain:
        try:
            with trust.context().wrap_socket(plain, server_hostname=address.host):
                return None
        except ssl.SSLCertVerificationError as error:
            return getattr(error, "verify_message", "") or str(error)
        except OSError as error:
            raise CertificateError(f"{address.host}:{address.port}: {error}") from None
