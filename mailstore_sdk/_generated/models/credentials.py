"""Stored credentials: models and enums.

Generated from spec/types/credentials.yaml; change the catalogue and run ``make generate``.
"""

from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias

from pydantic import Field, JsonValue, Tag

from mailstore_sdk.runtime.model import Model, StrEnum, WireDatetime, tag_of


class Office365ModernSettings(Model):
    """The settings of a credential for Microsoft 365.

    Evidence: printed-sample (live25.3).
    """

    application_id: Annotated[str, Field(alias="ApplicationId")]
    """Id of the application (GUID)."""
    tenant_id: Annotated[str, Field(alias="TenantId")]
    """Id of the tenant (GUID)."""
    certificate_thumbprint: Annotated[str, Field(alias="CertificateThumbprint")]
    """Thumbprint of the certificate: 40 hexadecimal digits, upper case."""
    certificate_expiration_date: Annotated[WireDatetime | None, Field(alias="CertificateExpirationDate")]
    """When the certificate expires, in UTC; the only datetime that comes with a Z."""


class CredentialOffice365Modern(Model):
    """A stored credential for Microsoft 365.

    Evidence: printed-sample (live25.3).
    """

    id: Annotated[int, Field(alias="ID")]
    """Number of the credential; directory services name it as credentialId."""
    type: Annotated[Literal["Office365_Modern"], Field(alias="Type")]
    """The kind of credential."""
    description: Annotated[str | None, Field(alias="Description")]
    """Display name."""
    settings: Annotated[Office365ModernSettings, Field(alias="Settings")]
    """The settings of the credential."""


class CredentialOther(Model):
    """A stored credential of a kind whose settings are not known.

    Evidence: inferred (live25.3, help-srv).
    """

    id: Annotated[int, Field(alias="ID")]
    """Number of the credential."""
    type: Annotated[str, Field(alias="Type")]
    """The kind of credential."""
    description: Annotated[str | None, Field(alias="Description")]
    """Display name."""
    settings: Annotated[dict[str, JsonValue], Field(alias="Settings")]
    """The settings of the credential. Evidence: unknown."""


Credential: TypeAlias = Annotated[
    Annotated[CredentialOffice365Modern, Tag("CredentialOffice365Modern")]
    | Annotated[CredentialOther, Tag("CredentialOther")],
    tag_of("Type", CredentialOffice365Modern, CredentialOther),
]
"""A stored credential that directory services or profiles use. Its Type decides which settings it has. Evidence:
printed-sample (live25.3)."""


class CredentialType(StrEnum):
    """The kind of a stored credential.

    Office365_Modern: For Microsoft 365.

    SignedEnvelope: For export to the vendor's cloud product.

    Evidence: documented (live25.3, help-srv).
    """

    OFFICE365_MODERN = "Office365_Modern"
    SIGNED_ENVELOPE = "SignedEnvelope"

    if TYPE_CHECKING:
        _UNLISTED = "…"
        """Any text that the catalogue does not know: no comparison with the known ones is exhaustive."""
