"""What tests of every function share: the catalogue, what must come before an example, and how values look in a request."""

from typing import Any

from mailstore_codegen.catalogue.load import load
from mailstore_codegen.catalogue.schema import Argument
from pydantic import JsonValue

from tests.support.project import SPEC

CATALOGUE = load(SPEC)
FUNCTIONS = {function.name: function for function in CATALOGUE.functions}

BOB = ("CreateSystemAdministrator", {"config": {"userName": "bob", "fullName": "Bob"}, "password": "S3cret!"})
CERTIFICATE = {"thumbprint": "00112233445566778899AABBCCDDEEFF00112233"}
CAS01 = ("CreateClientAccessServer", {"config": {"serverName": "cas01.example.com", "port": 8473, "serverCertificate": CERTIFICATE}})
HOST03 = ("CreateInstanceHost", {"config": {"serverName": "host03.example.com", "port": 8472, "serverCertificate": CERTIFICATE}})

BEFORE: dict[str, tuple[str, dict[str, Any]]] = {
    "DeactivateSystemAdministratorMFA": BOB,
    "DeleteClientAccessServer": CAS01,
    "DeleteInstanceHost": HOST03,
    "DeleteSystemAdministrator": BOB,
    "InitializeSystemAdministratorMFA": BOB,
    "RecoverStore": ("SetStoreRequestedState", {"instanceID": "test01", "id": 1, "requestedState": "disabled"}),
    "SetClientAccessServerConfiguration": CAS01,
    "SetSystemAdministratorConfiguration": BOB,
    "SetSystemAdministratorPassword": BOB,
}
"""The call that must come before the example of a function can succeed."""

REFUSED = {"DeleteMessage": "the ids of messages are the simulator's own, so the example names none"}
"""Functions whose example fails against the simulator, with the reason."""


def on_the_wire(argument: Argument, value: JsonValue) -> object:
    """Return the value as a form field has it; JSON as its content, because its spaces do not matter."""
    if argument.type == "boolean":
        return "true" if value else "false"
    if argument.type == "list":
        assert isinstance(value, list)
        return ",".join(map(str, value))
    return value if argument.type == "json" else str(value)
