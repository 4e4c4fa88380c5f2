"""Management server: models and enums.

Generated from spec/types/system.yaml; change the catalogue and run ``make generate``.
"""

from typing import TYPE_CHECKING, Annotated

from pydantic import Field, JsonValue

from mailstore_sdk.runtime.model import Model, StrEnum


class ArgumentMetadata(Model):
    """One argument as the server itself describes it.

    Evidence: consumed-by-code (mspslib2019, live25.3).
    """

    name: str
    """Name on the wire."""
    type: str
    """string, number, bool or json; datetimes and lists are string. Others were not seen."""
    nullable: bool
    """Whether it may be omitted."""


class SystemProperties(Model):
    """The machine that a server runs on.

    Evidence: printed-sample (help-spe-using, tutorial-2014, live25.3).
    """

    processors: list[str]
    """Name of each logical processor."""
    total_physical_memory: Annotated[int, Field(alias="totalPhysicalMemory")]
    """Memory of the machine. Unit: bytes."""
    operating_system: Annotated[str, Field(alias="operatingSystem")]
    """Name of the operating system."""


class EnvironmentInfo(Model):
    """Version, licence and machine of the management server.

    Evidence: printed-sample (help-spe-using, tutorial-2014, notes22.4, live25.3).
    """

    version: str
    """Build of the server such as 25.3.1.23021; empty in the reply of 8.5."""
    web_client_version: Annotated[str | None, Field(alias="webClientVersion")] = None
    """Build of the web client. Since 22.4."""
    copyright: str
    """Copyright line of the product."""
    licensee_name: Annotated[str, Field(alias="licenseeName")]
    """Name of the licensee."""
    licensee_id: Annotated[int, Field(alias="licenseeID")]
    """Number of the licensee."""
    server_name: Annotated[str, Field(alias="serverName")]
    """Host name of the management server."""
    user_name: Annotated[str, Field(alias="userName")]
    """The system administrator who sent the request."""
    system_properties: Annotated[SystemProperties | None, Field(alias="systemProperties")]
    """The machine; null only inside other results."""


class FunctionMetadata(Model):
    """One function as the server itself describes it.

    Evidence: consumed-by-code (mspslib2019, live25.3).
    """

    name: str
    """Name on the wire."""
    args: list[ArgumentMetadata]
    """Its arguments."""
    path: str | None = None
    """Where it is called if not under /api/invoke/."""


class LicenseRequestInstance(Model):
    """One instance in a licence request. Other fields are likely; they are kept.

    Evidence: documented (help-spe).
    """

    used_license_count: Annotated[JsonValue, Field(alias="usedLicenseCount")]
    """How many licences the instance uses; most likely a number. Evidence: inferred."""


class LicenseRequest(Model):
    """The data of a licence request. Other fields are likely; they are kept.

    Evidence: documented (help-spe).
    """

    instance_data: Annotated[list[LicenseRequestInstance], Field(alias="instanceData")]
    """One object for each instance."""


class ReportTimespan(StrEnum):
    """The days that a status report covers.

    Evidence: documented (psgen2024, wrapper2024).
    """

    TODAY = "today"
    YESTERDAY = "yesterday"
    THISWEEK = "thisweek"
    LASTWEEK = "lastweek"
    THISMONTH = "thismonth"
    LASTMONTH = "lastmonth"

    if TYPE_CHECKING:
        _UNLISTED = "…"
        """Any text that the catalogue does not know: no comparison with the known ones is exhaustive."""


class ServerCertificate(Model):
    """The TLS certificate that a server shows to the others.

    Evidence: printed-sample (live25.3, notes22.4, help-spe).
    """

    thumbprint: str
    """SHA-1 of the certificate: 40 hexadecimal digits, upper case."""

    if TYPE_CHECKING:

        def __init__(self, *, thumbprint: str) -> None:
            """Strings are accepted in place of enum members; a field that may be null may be left out."""


class ServerType(StrEnum):
    """Role of a server in the installation.

    Evidence: printed-sample (live25.3).
    """

    MANAGEMENT_SERVER = "managementServer"
    INSTANCE_HOST = "instanceHost"
    CLIENT_ACCESS_SERVER = "clientAccessServer"

    if TYPE_CHECKING:
        _UNLISTED = "…"
        """Any text that the catalogue does not know: no comparison with the known ones is exhaustive."""


class ServerInfo(Model):
    """One server of the installation and whether it is reachable.

    Evidence: printed-sample (live25.3).
    """

    server_name: Annotated[str, Field(alias="serverName")]
    """Host name of the server."""
    port: int
    """Port of the service; 8471 to 8473 were seen."""
    server_certificate: Annotated[ServerCertificate, Field(alias="serverCertificate")]
    """The server's TLS certificate."""
    server_type: Annotated[ServerType, Field(alias="serverType")]
    """Role of the server."""
    active: bool
    """Whether the server is up."""
    system_properties: Annotated[SystemProperties | None, Field(alias="systemProperties")]
    """The machine; null for the management server."""
    number_of_instances: Annotated[int | None, Field(alias="numberOfInstances")] = None
    """Instances on it; only instance hosts have it."""
    number_of_running_instances: Annotated[int | None, Field(alias="numberOfRunningInstances")] = None
    """Running instances on it; only instance hosts have it."""


class ServiceMessageType(StrEnum):
    """Severity of a service message.

    Evidence: printed-sample (live25.3).
    """

    INFORMATION = "information"
    WARNING = "warning"
    ERROR = "error"

    if TYPE_CHECKING:
        _UNLISTED = "…"
        """Any text that the catalogue does not know: no comparison with the known ones is exhaustive."""


class ServiceMessage(Model):
    """One service message, as monitoring uses it for alerts.

    Evidence: printed-sample (live25.3).
    """

    type: ServiceMessageType
    """Severity of the message."""
    text: str
    """The message."""
    is_sub_item: Annotated[bool, Field(alias="isSubItem")]
    """Whether it belongs to the message before it; false in all observed replies."""
    tag: JsonValue
    """Null in all observed replies; its type is not known. Evidence: unknown."""
    flags: JsonValue
    """Null in all observed replies; its type is not known. Evidence: unknown."""


class ServiceStatus(Model):
    """State of all services of the installation.

    Evidence: printed-sample (live25.3, zabbix6.2).
    """

    environment_info: Annotated[EnvironmentInfo, Field(alias="environmentInfo")]
    """The management server."""
    server_infos: Annotated[list[ServerInfo], Field(alias="serverInfos")]
    """All servers of the installation."""
    messages: list[ServiceMessage] | None
    """Messages that monitoring can use for alerts; other clients guard against null, which no reply shows."""


class TimeZone(Model):
    """A time zone that the server knows.

    Evidence: consumed-by-code (live-srv26.1, wrapper2024).
    """

    id: str
    """Windows id of the time zone such as W. Europe Standard Time."""
    display_name: Annotated[str, Field(alias="displayName")]
    """Display name."""
