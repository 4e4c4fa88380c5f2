"""SMTP settings of the installation and of an instance."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import JsonValue

from mailstore_sdk.simulator.functions.invocation import Answer, Handler, Invocation, without_passwords
from mailstore_sdk.simulator.functions.settings import setter

_TEST = "Test mail"


def get_system_smtp_configuration(call: Invocation) -> Answer:
    """Return the installation's settings as they were set; the password is null."""
    return _shown(call.estate.smtp)


def set_system_smtp_configuration(call: Invocation) -> Answer:
    """Replace the installation's settings."""
    call.estate.smtp = call.arguments.json_object("config")
    return None


def test_system_smtp_configuration(call: Invocation) -> Answer:
    """Send a mail with them; an error if they are not set. Assumed: the result is null."""
    call.estate.send_mail(_TEST, (), call.estate.smtp)
    return None


def get_smtp_settings(call: Invocation) -> Answer:
    """Return an instance's settings; the password is null."""
    return _shown(call.instance.settings.get("smtp"))


def test_smtp_settings(call: Invocation) -> Answer:
    """Send a mail with them; an error if they are not set. Assumed: the result is null."""
    call.estate.send_mail(_TEST, (), call.instance.settings.get("smtp"))
    return None


def _shown(settings: JsonValue) -> JsonValue:
    return without_passwords(settings or {"password": None})


HANDLERS: Mapping[str, Handler] = {
    "GetSystemSmtpConfiguration": get_system_smtp_configuration,
    "SetSystemSmtpConfiguration": set_system_smtp_configuration,
    "TestSystemSmtpConfiguration": test_system_smtp_configuration,
    "GetSmtpSettings": get_smtp_settings,
    "SetSmtpSettings": setter("smtp", "settings"),
    "TestSmtpSettings": test_smtp_settings,
}
