"""The command line, and the simulator as a Python object."""

import http.client
import re
import signal
import socket
import ssl
import subprocess
import sys
import time

import pytest

from mailstore_sdk.simulator import Simulator
from mailstore_sdk.simulator.__main__ import main

COMMAND = [sys.executable, "-m", "mailstore_sdk.simulator"]
LABELS = ["URL", "Thumbprint", "CA file", "User name", "Password"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_serving_until_interrupted(number):
    command = [*COMMAND, "--port", "0", "--username", "jo", "--password", "secret", "--seed", "empty", "--clock", "polls:2"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        lines = dict(process.stdout.readline().rstrip("\n").split(": ", 1) for _ in LABELS)
        assert list(lines) == LABELS
        assert (lines["User name"], lines["Password"]) == ("jo", "secret")
        assert re.fullmatch("[0-9A-F]{40}", lines["Thumbprint"])
        port = int(re.fullmatch(r"https://localhost:(\d+)", lines["URL"])[1])
        connection = http.client.HTTPSConnection("localhost", port, context=ssl.create_default_context(cafile=lines["CA file"]))
        connection.request("POST", "/api/get-metadata", b"")
        assert connection.getresponse().status == 401
        connection.close()
        process.send_signal(number)
        rest = process.communicate(timeout=5)
    assert (process.returncode, rest) == (0, ("", ""))


def test_port_in_use(capsys):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert main(["--port", str(port)]) == 1
    output = capsys.readouterr()
    assert output.out == ""
    assert re.fullmatch(f"error: cannot listen on 127.0.0.1:{port}: Address already in use.*\n", output.err)


def test_options_that_cannot_be(capsys):
    assert main(["--clock", "fast"]) == 1
    assert main(["--spe-version", "1.0"]) == 1
    assert [line[:6] for line in capsys.readouterr().err.splitlines()] == ["error:", "error:"]
    for port in ("x", "-1", "65536"):
        with pytest.raises(SystemExit):
            main(["--port", port])
        assert "invalid port value" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "port"),
    [
        ([], 8474),
        (["--protocol", "session"], 8470),
        (["--spe-version", "8.5"], 8470),
        (["--spe-version", "8.5", "--protocol", "basic"], 8474),
        (["--spe-version", "8.5", "--port", "1"], 1),
    ],
)
def test_the_port_is_that_of_the_protocol(monkeypatch, capsys, arguments, port):
    def simulator(**options):
        raise ValueError(options["port"])

    monkeypatch.setattr("mailstore_sdk.simulator.__main__.Simulator", simulator)
    assert main(arguments) == 1
    assert capsys.readouterr().err == f"error: {port}\n"


def test_the_simulator_as_an_object():
    simulator = Simulator(username="jo", password="secret")
    assert (simulator.username, simulator.password) == ("jo", "secret")
    with pytest.raises(RuntimeError, match="not running"):
        _ = simulator.port
    with simulator:
        assert simulator.url == f"https://{simulator.host}:{simulator.port}"
        assert simulator.host == "localhost"
        ca_file = simulator.ca_file
        assert ca_file.read_bytes().startswith(b"-----BEGIN CERTIFICATE-----")
        certificate = ssl.PEM_cert_to_DER_cert(ssl.get_server_certificate(("127.0.0.1", simulator.port), ca_certs=str(ca_file)))
        import hashlib

        assert hashlib.sha1(certificate).hexdigest().upper() == simulator.thumbprint
        with pytest.raises(RuntimeError, match="running already"):
            simulator.__enter__()
    assert not ca_file.exists()


def test_it_starts_and_stops_fast():
    with Simulator():
        pass
    start = time.monotonic()
    with Simulator():
        pass
    assert time.monotonic() - start < 0.3


def test_the_plugin_is_light():
    heavy = {"uvicorn", "starlette", "httpx", "pydantic", "trustme"}
    program = f"import sys, mailstore_sdk.simulator.pytest_plugin; print(sorted(set(sys.modules) & {heavy!r}))"
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout == "[]\n"


@pytest.mark.spe_simulator(clock="immediate")
def test_the_client_fixture(spe_client):
    instance = spe_client.instance("test01")
    assert [user.user_name for user in instance.get_users()][:2] == ["$archiveadmin", "admin"]
    instance.verify_store(1).result(timeout=5)
