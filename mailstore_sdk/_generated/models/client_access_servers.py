"""Client access servers: models and enums.

Generated from spec/types/client_access_servers.yaml; change the catalogue and run ``make generate``.
"""

from typing import Annotated

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
    """Certificate that the server is known by."""
