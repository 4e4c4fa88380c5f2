"""Management server: methods with the interface of the vendor's first wrapper.

Generated from spec/functions/system.yaml; change the catalogue and run ``make generate``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mailstore_sdk._generated.functions import system as functions
from mailstore_sdk.runtime.calls import WrapperCaller

if TYPE_CHECKING:
    from collections.abc import Sequence


class SystemMethods(WrapperCaller):
    """Management server."""

    def CreateLicenseRequest(self, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Create the data of a licence request.

        Typed: ``SPEClient.create_license_request`` of mailstore_sdk.
        """
        return self._invoke(functions.CREATE_LICENSE_REQUEST, {}, auto_handle_token=autoHandleToken)

    def GetEnvironmentInfo(self, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Read the version, the licence and the machine of the management server.

        Typed: ``SPEClient.get_environment_info`` of mailstore_sdk.
        """
        return self._invoke(functions.GET_ENVIRONMENT_INFO, {}, auto_handle_token=autoHandleToken)

    def GetServiceStatus(self, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Read the state of all services of the installation, with their messages.

        Typed: ``SPEClient.get_service_status`` of mailstore_sdk.
        """
        return self._invoke(functions.GET_SERVICE_STATUS, {}, auto_handle_token=autoHandleToken)

    def GetTimeZones(self, instanceID: str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """List the time zones that the server knows.

        Args:
            instanceID: Id of the instance.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.get_time_zones`` of mailstore_sdk.
        """
        return self._invoke(functions.GET_TIME_ZONES, {"instanceID": instanceID}, auto_handle_token=autoHandleToken)

    def PairWithManagementServer(
        self, serverType: str, serverName: str, port: int | str, thumbprint: str, autoHandleToken: bool | None = None
    ) -> dict[str, Any]:
        """Pair a server of the installation with the management server.

        Args:
            serverType: Role of the server; which texts are accepted is not documented.
            serverName: Host name of the server.
            port: TCP port of the service.
            thumbprint: Thumbprint of the server's certificate.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``SPEClient.pair_with_management_server`` of mailstore_sdk.
        """
        return self._invoke(
            functions.PAIR_WITH_MANAGEMENT_SERVER,
            {"serverType": serverType, "serverName": serverName, "port": port, "thumbprint": thumbprint},
            auto_handle_token=autoHandleToken,
        )

    def Ping(self, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Keep the connection to the management server alive.

        Typed: ``SPEClient.ping`` of mailstore_sdk.
        """
        return self._invoke(functions.PING, {}, auto_handle_token=autoHandleToken)

    def ReloadBranding(self, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Reload the branding resources.

        Typed: ``SPEClient.reload_branding`` of mailstore_sdk.
        """
        return self._invoke(functions.RELOAD_BRANDING, {}, auto_handle_token=autoHandleToken)

    def SendStatusReport(
        self,
        instanceID: str,
        timespan: str,
        timeZoneId: str,
        recipients: Sequence[str] | str,
        autoHandleToken: bool | None = None,
    ) -> dict[str, Any]:
        """Mail a status report of an instance.

        Args:
            instanceID: Id of the instance.
            timespan: The days that the report is about. Known values: today, yesterday, thisweek, lastweek, thismonth,
                lastmonth.
            timeZoneId: Windows id of a time zone, as GetTimeZones lists them; $Local is the server's.
            recipients: Addresses that get the report.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.send_status_report`` of mailstore_sdk.
        """
        return self._invoke(
            functions.SEND_STATUS_REPORT,
            {"instanceID": instanceID, "timespan": timespan, "timeZoneId": timeZoneId, "recipients": recipients},
            auto_handle_token=autoHandleToken,
        )
