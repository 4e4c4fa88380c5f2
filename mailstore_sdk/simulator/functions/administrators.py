"""System administrators: the accounts that may call the API."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from pydantic import JsonValue

from mailstore_sdk.simulator.errors import Refusal
from mailstore_sdk.simulator.functions.invocation import Answer, Handler, Invocation, text_or_none
from mailstore_sdk.simulator.state.automation import JsonObject
from mailstore_sdk.simulator.state.estate import check_new_name
from mailstore_sdk.simulator.state.people import Administrator


def get_system_administrators(call: Invocation) -> Answer:
    """List all system administrators."""
    return [_row(administrator) for administrator in call.estate.administrators.values()]


def create_system_administrator(call: Invocation) -> Answer:
    """Add an administrator, who can call the API immediately."""
    config = call.arguments.json_object("config")
    name = str(config["userName"])
    check_new_name(call.estate.administrators, name, "System administrator")
    administrator = Administrator(name, password=call.arguments.text("password"))
    _configure(administrator, config)
    call.estate.administrators[name] = administrator
    return None


def set_system_administrator_configuration(call: Invocation) -> Answer:
    """Replace name and address of the administrator that the configuration names."""
    config = call.arguments.json_object("config")
    _configure(call.estate.administrator(str(config["userName"])), config)
    return None


def set_system_administrator_password(call: Invocation) -> Answer:
    """Set the normal password; the API password does not change."""
    _administrator(call).password = call.arguments.text("password")
    return None


def create_system_administrator_api_password(call: Invocation) -> Answer:
    """Replace the caller's API password and return the new one. That it is returned is inferred."""
    password = secrets.token_urlsafe(24)
    call.estate.administrator(call.caller).api_password = password
    return password


def initialize_system_administrator_mfa(call: Invocation) -> Answer:
    """Enable MFA, so that the API accepts only the API password. Assumed: it takes effect immediately; the result is null."""
    _administrator(call).mfa = True
    return None


def deactivate_system_administrator_mfa(call: Invocation) -> Answer:
    """Disable MFA."""
    _administrator(call).mfa = False
    return None


def delete_system_administrator(call: Invocation) -> Answer:
    """Remove an administrator. Assumed: administrators cannot remove themselves, so one always remains."""
    name = _administrator(call).name
    if name == call.caller:
        raise Refusal(f"System administrator {name} cannot delete itself.")
    del call.estate.administrators[name]
    return None


def _administrator(call: Invocation) -> Administrator:
    return call.estate.administrator(call.arguments.text("userName"))


def _configure(administrator: Administrator, config: JsonObject) -> None:
    administrator.full_name = text_or_none(config.get("fullName"))
    administrator.email_address = text_or_none(config.get("emailAddress"))


def _row(administrator: Administrator) -> JsonValue:
    return {
        "userName": administrator.name,
        "fullName": administrator.full_name,
        "emailAddress": administrator.email_address,
    }


HANDLERS: Mapping[str, Handler] = {
    "GetSystemAdministrators": get_system_administrators,
    "CreateSystemAdministrator": create_system_administrator,
    "SetSystemAdministratorConfiguration": set_system_administrator_configuration,
    "SetSystemAdministratorPassword": set_system_administrator_password,
    "CreateSystemAdministratorAPIPassword": create_system_administrator_api_password,
    "InitializeSystemAdministratorMFA": initialize_system_administrator_mfa,
    "DeactivateSystemAdministratorMFA": deactivate_system_administrator_mfa,
    "DeleteSystemAdministrator": delete_system_administrator,
}
