"""Instance hosts: models and enums.

Generated from spec/types/instance_hosts.yaml; change the catalogue and run ``make generate``.
"""

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from mailstore_sdk.runtime.model import Model

from .system import ServerCertificate


class InstanceHost(Model):
    """An instance host and how the management server reaches it.

    Evidence: printed-sample (notes22.4, help-spe).
    """

    server_name: Annotated[str, Field(alias="serverName")]
    """Host name of the server."""
    port: int
    """Port of the service; 8472 was seen."""
    server_certificate: Annotated[ServerCertificate, Field(alias="serverCertificate")]
    """The server's TLS certificate."""
    base_directory: Annotated[str | None, Field(alias="baseDirectory")] = None
    """A folder on the host; null in the observed reply, which always has the key, and not required to create one.
Since 22.4."""

    if TYPE_CHECKING:

        def __init__(
            self,
            *,
            server_name: str,
            port: int,
            server_certificate: ServerCertificate,
            base_directory: str | None = None,
        ) -> None:
            """Strings are accepted in place of enum members; a field that may be null may be left out."""
