"""Management server: asynchronous methods.

Generated from spec/functions/system.yaml; change the catalogue and run ``make generate``.
"""

# Instances call methods of their client that programs should not.
# pyright: reportPrivateUsage=false

from __future__ import annotations

from typing import TYPE_CHECKING

from mailstore_sdk._generated.functions import system as functions
from mailstore_sdk.aio.client import AsyncClientBase, AsyncInstanceBase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mailstore_sdk._generated.literals import ReportTimespanValue
    from mailstore_sdk._generated.models import (
        EnvironmentInfo,
        JsonValue,
        LicenseRequest,
        ReportTimespan,
        ServiceStatus,
        TimeZone,
    )


class ServerSystem(AsyncClientBase):
    """Management server: functions of the whole installation."""

    async def create_license_request(self) -> LicenseRequest:
        """Create the data of a licence request.

        Returns:
            LicenseRequest: The data of a licence request. Other fields are likely; they are kept.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: CreateLicenseRequest (read). Evidence: documented, result documented.
        """
        return await self._call(functions.CREATE_LICENSE_REQUEST, {})

    async def get_environment_info(self) -> EnvironmentInfo:
        """Read the version, the licence and the machine of the management server.

        Returns:
            EnvironmentInfo: Version, licence and machine of the management server.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: GetEnvironmentInfo (read). Evidence: documented, result printed-sample.
        """
        return await self._call(functions.GET_ENVIRONMENT_INFO, {})

    async def get_service_status(self) -> ServiceStatus:
        """Read the state of all services of the installation, with their messages.

        Monitoring can use the messages for alerts.

        Returns:
            ServiceStatus: State of all services of the installation.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: GetServiceStatus (read). Evidence: documented, result printed-sample.
        """
        return await self._call(functions.GET_SERVICE_STATUS, {})

    async def pair_with_management_server(self, server_type: str, server_name: str, port: int, thumbprint: str) -> None:
        """Pair a server of the installation with the management server.

        Args:
            server_type: Role of the server; which texts are accepted is not documented.
            server_name: Host name of the server.
            port: TCP port of the service.
            thumbprint: Thumbprint of the server's certificate.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: PairWithManagementServer (mutating). Evidence: documented, result inferred.
        """
        return await self._call(
            functions.PAIR_WITH_MANAGEMENT_SERVER,
            {"serverType": server_type, "serverName": server_name, "port": port, "thumbprint": thumbprint},
        )

    async def ping(self) -> None:
        """Keep the connection to the management server alive.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: Ping (read). Evidence: documented, result inferred.
        """
        return await self._call(functions.PING, {})

    async def reload_branding(self) -> None:
        """Reload the branding resources.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: ReloadBranding (idempotent). Evidence: documented, result inferred.
        """
        return await self._call(functions.RELOAD_BRANDING, {})


class InstanceSystem(AsyncInstanceBase):
    """Management server: functions of one instance."""

    async def get_time_zones(self) -> list[TimeZone]:
        """List the time zones that the server knows.

        The ids are those of Windows, such as W. Europe Standard Time. Wherever a function needs a time zone, $Local is
        the server's own.

        Returns:
            list[TimeZone]: A time zone that the server knows each.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: GetTimeZones (read). Evidence: documented, result consumed-by-code.
        """
        return await self._client._call(functions.GET_TIME_ZONES, {"instanceID": self.instance_id})

    async def send_status_report(
        self, timespan: ReportTimespan | ReportTimespanValue, time_zone_id: str, recipients: Sequence[str]
    ) -> JsonValue:
        """Send a status report of an instance by mail.

        Every call sends the mail again.

        Args:
            timespan: The days that the report covers. Known values: today, yesterday, thisweek, lastweek, thismonth,
                lastmonth.
            time_zone_id: Windows id of a time zone, as GetTimeZones lists them; $Local is the server's.
            recipients: Recipients of the report.

        Returns:
            JsonValue: What the server gives back; its shape is not documented.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: SendStatusReport (mutating). Evidence: documented, result unknown.
        """
        return await self._client._call(
            functions.SEND_STATUS_REPORT,
            {
                "instanceID": self.instance_id,
                "timespan": timespan,
                "timeZoneId": time_zone_id,
                "recipients": recipients,
            },
        )
