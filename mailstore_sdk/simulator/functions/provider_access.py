"""Service provider access to an instance, which is that of its user ``$archiveadmin``."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from mailstore_sdk.simulator.functions.invocation import Answer, Handler, Invocation


def get_archive_admin_enabled(call: Invocation) -> Answer:
    """Whether it is on. That the result is a boolean is inferred."""
    return call.instance.provider_access


def set_archive_admin_enabled(call: Invocation) -> Answer:
    """Switch it; while it is off, functions that need it are refused."""
    call.instance.provider_access = call.arguments.flag("enabled", default=True)
    return None


def create_client_one_time_url_for_archive_admin(call: Invocation) -> Answer:
    """A new link each time. Its look is the simulator's choice; nothing answers there."""
    base = call.arguments.optional_text("instanceUrl") or f"https://{call.estate.server_name}/{call.instance.id}/"
    return f"{base}?oneTimeToken={secrets.token_urlsafe(24)}"


HANDLERS: Mapping[str, Handler] = {
    "GetArchiveAdminEnabled": get_archive_admin_enabled,
    "SetArchiveAdminEnabled": set_archive_admin_enabled,
    "CreateClientOneTimeUrlForArchiveAdmin": create_client_one_time_url_for_archive_admin,
}
