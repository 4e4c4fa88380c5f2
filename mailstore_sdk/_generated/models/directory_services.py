"""Directory services: models and enums.

Generated from spec/types/directory_services.yaml; change the catalogue and run ``make generate``.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias

from pydantic import Field, Tag

from mailstore_sdk.runtime.model import Model, SecretText, StrEnum, tag_of


class DirectoryServicesAuthenticationProtocol(StrEnum):
    """How users of a directory authenticate. Other values exist; their texts are not public.

    Evidence: printed-sample (live25.3).
    """

    NETWORK_AUTHENTICATION = "networkAuthentication"

    if TYPE_CHECKING:
        _UNLISTED = "…"
        """Any text that the catalogue does not know: no comparison with the known ones is exhaustive."""


class DirectoryServicesAuthenticationType(StrEnum):
    """How the archive logs in to a directory. Other values may exist; their texts are not public.

    Evidence: printed-sample (live25.3).
    """

    STANDARD_AUTHENTICATION = "standardAuthentication"

    if TYPE_CHECKING:
        _UNLISTED = "…"
        """Any text that the catalogue does not know: no comparison with the known ones is exhaustive."""


class DirectoryServicesProtocol(StrEnum):
    """Protocol used to reach a directory's server. Other values may exist; their texts are not public.

    Evidence: printed-sample (live25.3).
    """

    LDAP = "LDAP"

    if TYPE_CHECKING:
        _UNLISTED = "…"
        """Any text that the catalogue does not know: no comparison with the known ones is exhaustive."""


class DirectoryServicesUserNameFormat(StrEnum):
    """Format of the user names in the archive. Other values may exist; their texts are not public.

    samAccountName: The attribute sAMAccountName, by its name.

    Evidence: printed-sample (live25.3).
    """

    SAM_ACCOUNT_NAME = "samAccountName"

    if TYPE_CHECKING:
        _UNLISTED = "…"
        """Any text that the catalogue does not know: no comparison with the known ones is exhaustive."""


class DirectoryServicesActiveDirectory(Model):
    """Users come from an Active Directory.

    Evidence: printed-sample (live25.3).
    """

    type: Literal["activeDirectory"]
    """The kind of directory."""
    server_name: Annotated[str | None, Field(alias="serverName")]
    """Host name of the directory's server."""
    protocol: DirectoryServicesProtocol
    """Protocol used to reach the directory's server."""
    authentication_type: Annotated[DirectoryServicesAuthenticationType, Field(alias="authenticationType")]
    """How the archive logs in to the directory."""
    user_name: Annotated[str | None, Field(alias="userName")]
    """Account used to read the directory."""
    password: SecretText | None
    """Password of that account; null in replies, so set it before you write the object back."""
    base_dn: Annotated[str | None, Field(alias="baseDN")]
    """Distinguished name under which users are searched."""
    microsoft_exchange_users_only: Annotated[bool, Field(alias="microsoftExchangeUsersOnly")]
    """Whether only users of Microsoft Exchange are included."""
    enabled_users_only: Annotated[bool, Field(alias="enabledUsersOnly")]
    """Whether only enabled users are included."""
    users_visible_in_address_lists_only: Annotated[bool, Field(alias="usersVisibleInAddressListsOnly")]
    """Whether only users in address lists are included."""
    groups: list[str] | None
    """Groups whose users are included."""
    user_name_format: Annotated[DirectoryServicesUserNameFormat, Field(alias="userNameFormat")]
    """Format of the user names in the archive."""
    authentication_protocol: Annotated[DirectoryServicesAuthenticationProtocol, Field(alias="authenticationProtocol")]
    """How users authenticate."""
    open_id_discovery_url: Annotated[str | None, Field(alias="openIdDiscoveryUrl")]
    """Discovery address of the OpenID Connect provider."""
    open_id_client_id: Annotated[str | None, Field(alias="openIdClientID")]
    """Client id at the OpenID Connect provider."""
    open_id_redirect_url: Annotated[str | None, Field(alias="openIdRedirectUrl")]
    """Redirect address for OpenID Connect."""
    open_id_force_adfs_login: Annotated[bool, Field(alias="openIdForceAdfsLogin")]
    """Whether a login at AD FS is forced."""
    delete_users: Annotated[bool, Field(alias="deleteUsers")]
    """Whether a synchronisation deletes users."""

    if TYPE_CHECKING:

        def __init__(
            self,
            *,
            type: Literal["activeDirectory"],
            server_name: str | None = None,
            protocol: DirectoryServicesProtocol | Literal["LDAP"],
            authentication_type: DirectoryServicesAuthenticationType | Literal["standardAuthentication"],
            user_name: str | None = None,
            password: SecretText | None = None,
            base_dn: str | None = None,
            microsoft_exchange_users_only: bool,
            enabled_users_only: bool,
            users_visible_in_address_lists_only: bool,
            groups: Sequence[str] | None = None,
            user_name_format: DirectoryServicesUserNameFormat | Literal["samAccountName"],
            authentication_protocol: DirectoryServicesAuthenticationProtocol | Literal["networkAuthentication"],
            open_id_discovery_url: str | None = None,
            open_id_client_id: str | None = None,
            open_id_redirect_url: str | None = None,
            open_id_force_adfs_login: bool,
            delete_users: bool,
        ) -> None:
            """Strings are accepted in place of enum members; a field that may be null may be left out."""


class DirectoryServicesOffice365OpenIDConnect(Model):
    """Users come from Microsoft 365 and log in there.

    Evidence: printed-sample (live25.3).
    """

    type: Literal["office365OpenIDConnect"]
    """The kind of directory."""
    credential_id: Annotated[int | None, Field(alias="credentialId")]
    """Number of the stored credential used to read the directory."""
    licensed_exchange_online_users_only: Annotated[bool, Field(alias="licensedExchangeOnlineUsersOnly")]
    """Whether only users with a licence for Exchange Online are included."""
    enabled_users_only: Annotated[bool, Field(alias="enabledUsersOnly")]
    """Whether only enabled users are included."""
    groups: list[str] | None
    """Groups whose users are included; null in the only observed reply."""
    redirect_url: Annotated[str | None, Field(alias="redirectUrl")]
    """Redirect address for the login, with the path /<instanceID>/oidc/signin."""
    delete_users: Annotated[bool, Field(alias="deleteUsers")]
    """Whether a synchronisation deletes users."""

    if TYPE_CHECKING:

        def __init__(
            self,
            *,
            type: Literal["office365OpenIDConnect"],
            credential_id: int | None = None,
            licensed_exchange_online_users_only: bool,
            enabled_users_only: bool,
            groups: Sequence[str] | None = None,
            redirect_url: str | None = None,
            delete_users: bool,
        ) -> None:
            """Strings are accepted in place of enum members; a field that may be null may be left out."""


class DirectoryServicesOther(Model):
    """A kind of directory whose fields are not known, such as no directory at all. Its fields are kept as received.

    Evidence: inferred (live25.3).
    """

    type: str
    """The kind of directory."""

    if TYPE_CHECKING:

        def __init__(self, *, type: str) -> None:
            """Strings are accepted in place of enum members; a field that may be null may be left out."""


DirectoryServicesConfiguration: TypeAlias = Annotated[
    Annotated[DirectoryServicesActiveDirectory, Tag("DirectoryServicesActiveDirectory")]
    | Annotated[DirectoryServicesOffice365OpenIDConnect, Tag("DirectoryServicesOffice365OpenIDConnect")]
    | Annotated[DirectoryServicesOther, Tag("DirectoryServicesOther")],
    tag_of("type", DirectoryServicesActiveDirectory, DirectoryServicesOffice365OpenIDConnect, DirectoryServicesOther),
]
"""Directory service settings of an instance. The type decides which fields there are. Evidence: printed-sample
(live25.3)."""
