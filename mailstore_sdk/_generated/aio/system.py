"""Management server: asynchronous methods.

Generated from spec/functions/system.yaml; change the catalogue and run ``make generate``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailstore_sdk._generated import functions
from mailstore_sdk.calls import AsyncCaller

if TYPE_CHECKING:
    from mailstore_sdk._generated.models import EnvironmentInfo, ServiceStatus


class ServerSystem(AsyncCaller):
    """Management server: functions of the whole installation."""

    async def get_environment_info(self) -> EnvironmentInfo:
        """Tell the version, the licence and the machine of the management server.

        Returns:
            EnvironmentInfo: Version, licence and machine of the management server.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: GetEnvironmentInfo (read). Known since 8.5. Needs a system administrator's login.
        Evidence: arguments documented, result printed-sample (help-spe-using, tutorial-2014, notes22.4, live25.3).
        Note: One print of 22.4 writes username where all others have userName; the latter stands here.
        """
        return await self._call(functions.GET_ENVIRONMENT_INFO, {})

    async def get_service_status(self) -> ServiceStatus:
        """Tell the state of all services of the installation, with their messages.

        The messages are the feed of alerts that the management console shows.

        Returns:
            ServiceStatus: State of all services of the installation.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: GetServiceStatus (read). Known since 9.0. Needs a system administrator's login.
        Evidence: arguments documented, result printed-sample (wrapper2014, wrapper2024, live25.3, zabbix6.2).
        """
        return await self._call(functions.GET_SERVICE_STATUS, {})
