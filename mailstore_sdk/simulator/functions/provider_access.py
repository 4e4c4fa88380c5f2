"""Service provider access to an instance, through its user ``$archiveadmin``."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from mailstore_sdk.simulator.functions.invocation import Answer, Handler, Invocation


def get_archive_admin_enabled(call: Invocation) -> Answer:
    """Return whether access is enabled. That the result is a boolean is inferred."""
    return call.instance.provider_access


def set_archive_admin_enabled(call: Invocation) -> Answer:
    """Enable or disable access; while it is disabled, functions that need it are refused."""
    call.instance.provider_access = call.arguments.flag("enabled", default=True)
    return None


def create_client_one_time_url_for_archive_admin(call: Invocation) -> Answer:
    """Return a new URL each time. Its format is the simulator's choice; nothing listens there."""
    base = call.arguments.optional_text("instanceUrl") or f"https://{call.estate.server_name}/{call.instance.id}/"
    return f"{base}?oneTimeToken={secrets.token_urlsafe(24)}"


HANDLERS: Mapping[str, Handler] = {
    "GetArchiveAdminEnabled": get_archive_admin_enabled,
    "SetArchiveAdminEnabled": set_archive_admin_enabled,
    "CreateClientOneTimeUrlForArchiveAdmin": create_client_one_time_url_for_archive_admin,
}
