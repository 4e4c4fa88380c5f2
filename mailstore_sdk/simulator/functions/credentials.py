"""Stored credentials. Functions for a single credential are missing here, because their arguments are unknown."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import JsonValue

from mailstore_sdk.simulator.errors import Refusal
from mailstore_sdk.simulator.functions.invocation import Answer, Handler, Invocation
from mailstore_sdk.simulator.state.automation import JsonObject
from mailstore_sdk.simulator.state.instance import Credential

_MODERN = "Office365_Modern"


def get_credentials(call: Invocation) -> Answer:
    """List all credentials; the keys are capitalized, as seen on a server."""
    return [_row(credential) for credential in call.instance.credentials.values()]


def create_credential(call: Invocation) -> Answer:
    """Add a credential. Assumed: Microsoft 365 needs tenant and application, the server creates its certificate; the result is null."""
    arguments, instance = call.arguments, call.instance
    kind = arguments.text("type")
    number = instance.next_number("credential", instance.credentials)
    settings: JsonObject = {}
    if kind == _MODERN:
        settings = {
            "ApplicationId": _needed(call, "applicationId"),
            "TenantId": _needed(call, "tenantId"),
            "CertificateThumbprint": f"{number:040X}",
            "CertificateExpirationDate": "2036-01-01T00:00:00Z",
        }
    instance.credentials[number] = Credential(number, kind, arguments.text("description"), settings)
    return None


def _needed(call: Invocation, name: str) -> str:
    value = call.arguments.optional_text(name)
    if not value:
        raise Refusal(f"Missing API argument {name}.")
    return value


def _row(credential: Credential) -> JsonValue:
    return {"ID": credential.id, "Type": credential.type, "Description": credential.description, "Settings": credential.settings}


HANDLERS: Mapping[str, Handler] = {"GetCredentials": get_credentials, "CreateCredential": create_credential}
