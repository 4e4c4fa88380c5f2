"""Client access servers: models and enums.

Generated from spec/types/client_access_servers.yaml; change the catalogue and run ``make generate``.
"""

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from mailstore_sdk.runtime.model import Model

from .system import ServerCertificate


class ClientAccessServer(Model):
    """A client access server and how the management server reaches it.

    Evidence: documented (help-spe).
    """

    server_name: Annotated[str, Field(alias="serverName")]
    """Host name of the server."""
    port: int
    """Port of the service."""
    server_certificate: Annotated[ServerCertificate, Field(alias="serverCertificate")]
    """The server's TLS certificate."""

    if TYPE_CHECKING:

        def __init__(self, *, server_name: str, port: int, server_certificate: ServerCertificate) -> None:
            """Strings are accepted in place of enum members; a field that may be null may be left out."""
