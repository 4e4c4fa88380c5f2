"""Service provider access: asynchronous methods.

Generated from spec/functions/provider_access.yaml; change the catalogue and run ``make generate``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailstore_sdk._generated.functions import provider_access as functions
from mailstore_sdk.runtime.calls import AsyncCaller

if TYPE_CHECKING:
    from mailstore_sdk._generated.models import SecretText


class InstanceProviderAccess(AsyncCaller):
    """Service provider access: functions of one instance."""

    async def create_client_one_time_url_for_archive_admin(self, *, instance_url: str | None = None) -> SecretText:
        """Make a link that logs in to an instance once, as $archiveadmin.

        Whoever has the link can enter the archive: treat it as a password.

        Args:
            instance_url: Address of the instance that the link is built on.

        Returns:
            SecretText: The link.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: CreateClientOneTimeUrlForArchiveAdmin (mutating). Known since 9.0. Needs a system administrator's
        login, and service provider access switched on for the instance.
        Evidence: arguments documented, result inferred (wrapper2014, wrapper2018, wrapper2024, live25.3, help-spe).
        Note: The help of 2014 lists instanceUrl without a mark, later ones as optional; the later ones were followed.
        Note: That the result is the link as a text is inferred; no reply was printed.
        """
        return await self._call(functions.CREATE_CLIENT_ONE_TIME_URL_FOR_ARCHIVE_ADMIN, {"instanceUrl": instance_url})

    async def get_archive_admin_enabled(self) -> bool:
        """Tell whether service provider access to an instance is on.

        Returns:
            bool: Whether it is on.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: GetArchiveAdminEnabled (read). Known since 9.0. Needs a system administrator's login.
        Evidence: arguments documented, result inferred (wrapper2014, wrapper2018, wrapper2024).
        Note: A boolean is assumed from what the call is for; no reply was printed.
        """
        return await self._call(functions.GET_ARCHIVE_ADMIN_ENABLED, {})

    async def set_archive_admin_enabled(self, enabled: bool) -> None:
        """Switch service provider access to an instance on or off.

        While it is off, calls that name the instance fail, except those on archive stores and search indexes. The text
        of that error is not known.

        Args:
            enabled: Whether access is on.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: SetArchiveAdminEnabled (idempotent). Known since 9.0. Needs a system administrator's login.
        Evidence: arguments documented, result inferred (wrapper2014, wrapper2018, wrapper2024).
        Note: The first wrapper drops False and so never switches it off; later ones send true or false as a text, as
            the SDK does.
        """
        return await self._call(functions.SET_ARCHIVE_ADMIN_ENABLED, {"enabled": enabled})
