"""Every function of the catalogue, sync and async, over real sockets: what is sent, and that the reply is of its type."""

import json
from typing import Any
from urllib.parse import parse_qsl

import pytest
from mailstore_codegen.catalogue.schema import Function
from mailstore_codegen.generate.examples import python_example, values

from mailstore_sdk import FunctionFailedError
from mailstore_sdk.simulator import Simulator
from tests.support.both_clients import Connect
from tests.support.every_function import BEFORE, CATALOGUE, FUNCTIONS, REFUSED, on_the_wire
from tests.support.project import SAMPLES
from tests.support.raw_server import RawServer, answer

EMPTY = b'{"error": null, "token": null, "statusVersion": 2, "statusCode": "failed", "result": null}'


def run_example(function: Function, spe: Any) -> dict[str, Any]:
    """Run the example of the function's documentation with this client."""
    names: dict[str, Any] = {"spe": spe, "archive": spe.instance("test01")}
    exec(compile(python_example(CATALOGUE, function), function.name, "exec"), names)
    return names


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=FUNCTIONS.keys())
def test_a_request_is_as_documented(function: Function, connect: Connect, raw_server: RawServer) -> None:
    raw_server.answers = [answer(EMPTY)]
    with connect("localhost", port=raw_server.port, ca_file=raw_server.ca_file, username="admin", password="admin") as spe:
        with pytest.raises(Exception, match=f"^{function.name} failed"):
            run_example(function, spe)
    (request,) = raw_server.requests
    head, _, body = request.partition(b"\r\n\r\n")
    assert head.startswith(b"POST /api/invoke/%s HTTP/1.1\r\n" % function.name.encode())
    assert b"\r\nContent-Length: %d\r\n" % len(body) in head + b"\r\n"
    form = parse_qsl(body.decode("ascii"), keep_blank_values=True, strict_parsing=bool(body))
    arguments = {argument.name: argument for argument in function.args}
    sent = {name: json.loads(text) if arguments[name].type == "json" else text for name, text in form}
    assert sent == {name: on_the_wire(arguments[name], value) for name, value in values(function).items()}
    assert len(form) == len(sent), "no argument twice"
    assert [name for name in arguments if name in sent] == [name for name, _ in form], "in the catalogue's order"


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=FUNCTIONS.keys())
def test_the_simulators_reply_is_of_the_declared_type(function: Function, connect: Connect) -> None:
    version = "9.0" if function.until else "25.3"
    with Simulator(spe_version=version, clock="immediate") as server:
        with connect(server.url, username="admin", password="admin", ca_file=server.ca_file, strict=True, poll_wait=1) as spe:
            if function.name in BEFORE:
                name, arguments = BEFORE[function.name]
                spe.call(name, **arguments)
            if function.name in REFUSED:
                with pytest.raises(FunctionFailedError):
                    run_example(function, spe)
                return
            names = run_example(function, spe)
    if function.long_running:
        assert names["job"].done
        assert names["job"].function == function.name
    assert function.name in [call.function for call in server.calls]


class TestTheGettersModelGoesToTheSetter:
    """Change one field of what a getter gave and hand it on: the rest goes back as it came, unknown fields included."""

    def sent(self, connect: Connect, server: RawServer, received: object, change: str) -> object:
        reply = json.dumps({"error": None, "token": None, "statusVersion": 2, "statusCode": "succeeded", "result": received})
        done = json.dumps({"error": None, "token": None, "statusVersion": 2, "statusCode": "succeeded", "result": None})
        server.answers = [answer(reply.encode()), answer(done.encode())]
        with connect("localhost", port=server.port, ca_file=server.ca_file, username="admin", password="admin") as spe:
            exec(change, {"spe": spe, "archive": spe.instance("test01")})
        form = dict(parse_qsl(server.requests[1].partition(b"\r\n\r\n")[2].decode()))
        return json.loads(form["config"])

    def test_index_configuration(self, connect: Connect, raw_server: RawServer) -> None:
        received = {"attachmentExtensions": None, "includeAttachmentsOfPDFs": False, "new": {"nested": [1, None]}}
        change = (
            "config = archive.get_index_configuration()\nconfig.include_attachments_of_pdfs = True\narchive.set_index_configuration(config)"
        )
        assert self.sent(connect, raw_server, received, change) == {**received, "includeAttachmentsOfPDFs": True}

    def test_directory_services_of_a_known_and_an_unknown_kind(self, connect: Connect, raw_server: RawServer) -> None:
        sample = SAMPLES / "GetDirectoryServicesConfiguration.activeDirectory.result.json"
        received = {**json.loads(sample.read_text()), "new": True}
        change = (
            "config = archive.get_directory_services_configuration()\n"
            "config.password = 'S3cret!'\n"
            "archive.set_directory_services_configuration(config)"
        )
        assert self.sent(connect, raw_server, received, change) == {**received, "password": "S3cret!"}
        raw_server.requests.clear()
        unheard_of = {"type": "carrierPigeon", "loft": {"birds": 3}}
        change = "archive.set_directory_services_configuration(archive.get_directory_services_configuration())"
        assert self.sent(connect, raw_server, unheard_of, change) == unheard_of

    def test_a_list_of_retention_policies(self, connect: Connect, raw_server: RawServer) -> None:
        received = [
            {
                "name": "Ten years",
                "enabled": True,
                "period": 10,
                "periodInterval": "year",
                "referenceDateType": "ArchiveDate",
                "delete": False,
                "searchCriteria": None,
                "new": 1,
            }
        ]
        change = "policies = archive.get_retention_policies()\npolicies[0].enabled = False\narchive.set_retention_policies(policies)"
        assert self.sent(connect, raw_server, received, change) == [{**received[0], "enabled": False}]
