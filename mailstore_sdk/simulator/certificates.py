"""The simulator's own certificate authority and server certificate."""

from __future__ import annotations

import errno
import hashlib
import ssl
from dataclasses import dataclass
from functools import cache

import trustme


@dataclass(frozen=True, eq=False)
class Certificates:
    """A certificate authority in PEM, the server's side of TLS, and the SHA-1 of the certificate in upper-case hex."""

    ca_pem: bytes
    context: ssl.SSLContext
    thumbprint: str


@cache
def certificates(host: str) -> Certificates:
    """Create certificates for this machine's loopback names and `host`, once per process, since it takes time.

    Raises:
        OSError: A certificate cannot have the name of the host.
    """
    authority = trustme.CA(organization_name="MailStore simulator")
    names = dict.fromkeys(("localhost", "127.0.0.1", "::1", host))
    try:
        leaf = authority.issue_cert(*names, common_name="localhost")
    except UnicodeError as error:
        raise OSError(errno.EINVAL, f"cannot listen on {host:.80}: it is not the name of a host: {error}") from None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    with leaf.private_key_and_cert_chain_pem.tempfile() as file:
        context.load_cert_chain(file)
    der = ssl.PEM_cert_to_DER_cert(leaf.cert_chain_pems[0].bytes().decode("ascii"))
    thumbprint = hashlib.sha1(der, usedforsecurity=False).hexdigest().upper()
    return Certificates(authority.cert_pem.bytes(), context, thumbprint)
