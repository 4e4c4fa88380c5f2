"""The command line, and the simulator as a Python object."""

import http.client
import json
import os
import re
import signal
import socket
import ssl
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from click.testing import CliRunner

from mailstore_sdk.simulator import Simulator
from mailstore_sdk.simulator.__main__ import main
from mailstore_sdk.simulator.demo import demo_estate
from tests.support.processes import PATIENCE

COMMAND = [sys.executable, "-m", "mailstore_sdk.simulator"]
LABELS = ["URL", "Thumbprint", "CA file", "User name", "Password"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_the_command_serves_until_interrupted(number):
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
        rest = process.communicate(timeout=PATIENCE)
    assert (process.returncode, rest) == (0, ("", ""))
    assert not Path(lines["CA file"]).exists()


def refused(*words: str) -> tuple[int, str]:
    """The status and the last message of a command that does not start to serve."""
    done = CliRunner().invoke(main, words)
    assert done.stdout == ""
    return done.exit_code, done.stderr.splitlines()[-1]


def test_port_in_use():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        status, output = refused("--port", str(port))
        assert (status, output) == (1, f"Error: cannot listen on 127.0.0.1:{port}: Address already in use")
        status, output = refused("--port", "0", "--control-port", str(port))
        assert (status, output) == (1, f"Error: cannot listen on 127.0.0.1:{port}: Address already in use")


def test_an_address_that_other_machines_can_reach():
    command = [*COMMAND, "--host", "0.0.0.0", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr.readline().startswith("Warning: other machines can reach this simulator")
        process.terminate()


NO_DESCRIPTORS = """
import logging, os, resource, socket, ssl, sys, threading
from mailstore_sdk.simulator import Simulator

patience = float(sys.argv[1])
logged, full = [], threading.Event()

class Log(logging.Handler):
    def emit(self, record):
        logged.append(record)
        full.set()

logging.getLogger("asyncio").addHandler(Log())
with Simulator() as simulator:
    address = ("127.0.0.1", simulator.port)
    sockets = [socket.socket() for _ in range(16)]
    limit = len(os.listdir("/proc/self/fd")) + 8  # the server cannot accept all of them
    resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))
    for sock in sockets:
        sock.connect(address)
    assert full.wait(patience)
    simulator.reset()  # runs after what the server does now
    for sock in sockets:
        sock.close()
    context = ssl.create_default_context(cafile=simulator.ca_file)
    with socket.create_connection(address, timeout=patience) as sock:
        context.wrap_socket(sock, server_hostname="localhost").close()
print(*{record.getMessage().splitlines()[0] for record in logged}, len(logged), sep="\\n")
"""


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="counts its descriptors as Linux lists them")
def test_it_recovers_when_file_descriptors_ran_out():
    done = subprocess.run([sys.executable, "-c", NO_DESCRIPTORS, str(PATIENCE)], check=False, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    message, times = done.stdout.splitlines()
    assert message == "socket.accept() out of system resource"
    assert int(times) < 10


def test_invalid_options():
    assert refused("--clock", "fast") == (2, "Error: clock cannot be 'fast': expected seconds:S, immediate, polls:N or manual")
    assert refused("--spe-version", "1.0")[0] == 2
    assert refused("--fault", "GetUsers=explode")[0] == 2
    assert refused("--size", "1001")[0] == 2
    assert refused("--host", "")[1] == "Error: host cannot be empty: expected an address such as 127.0.0.1"
    for host in ("a" * 64, "a b", "my_host"):
        assert refused("--host", host)[1].startswith(f"Error: cannot listen on {host}: it is not the name of a host: ")
    assert refused("--password", "")[1] == "Error: password cannot be empty"
    for name in ("", "DOMAIN:admin"):
        assert f"username cannot be {name!r}: expected a name without a colon" in refused("--username", name)[1]
    for port in ("x", "-1", "65536"):
        status, output = refused("--port", port)
        assert status == 2
        assert output.startswith("Error: Invalid value for '--port': ")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("GetUsers", "kind cannot be '': expected one of drop_before, "),
        ("GetUsers=status,status=many", "status cannot be 'many': expected 200 to 599"),
        ("GetUsers=status,color=red", "a fault has no 'color': expected function, kind, times, "),
        ("GetUsers=explode", "kind cannot be 'explode'"),
        ("GetUsers=status,times=0", "times cannot be 0: expected a number from 1 on, or 'always'"),
        ("=status", "function cannot be '': expected * for all, or the name of a function"),
        ("GetUserz=fail", "or the name of a function that this server has; did you mean 'GetUsers'?"),
        ("login=status", "function cannot be 'login'"),
        ("get-status=fail,arguments.tokn=1", "get-status has no argument 'tokn': expected token, "),
        ("GetUsers=fail,arguments.instanceId=1", "GetUsers has no argument 'instanceId': expected instanceID; did you mean 'instanceID'?"),
        ("GetUsers=status,status=500,status=503", "status is set twice"),
        ("CreateUser=fail,arguments.userName=a,arguments.userName=b", "arguments.userName is set twice"),
    ],
)
def test_invalid_faults(text, message):
    assert message in refused("--fault", text)[1]


def test_every_option_can_be_set_by_flags():
    """A separate process, called by a client over the network only."""
    command = [
        *(
            *COMMAND,
            "--port",
            "0",
            "--control-port",
            "0",
            "--clock",
            "manual",
            "--size",
            "2",
            "--random-seed",
            "7",
            "--spe-version",
            "22.4",
        ),
        *("--fault", "Ping=status,status=503,times=2", "--fault", "*=delay,seconds=0.01,times=always"),
        *("--fault", "CreateUser=fail,skip=2,arguments.userName=eve,message=No licence"),
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        lines = dict(process.stdout.readline().rstrip("\n").split(": ", 1) for _ in [*LABELS, "Control URL"])
        url = lines["Control URL"]
        with urllib.request.urlopen(f"{url}/faults", timeout=PATIENCE) as reply:
            faults = [(fault["function"], fault["kind"], fault["times"]) for fault in json.load(reply)]
        with urllib.request.urlopen(f"{url}/overview", timeout=PATIENCE) as reply:
            seen = json.load(reply)
        process.terminate()
    assert faults == [("Ping", "status", 2), ("*", "delay", "always"), ("CreateUser", "fail", 1)]
    assert (seen["version"], seen["clock"], seen["instances"][0]["users"]) == ("22.4", "manual", 9)
    expected = demo_estate("22.4", 7, 2)
    assert [store["size"] for store in seen["instances"][0]["stores"]] == [
        store.size for store in expected.instance("test01").stores.values()
    ]


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
def test_the_port_is_that_of_the_protocol(monkeypatch, arguments, port):
    def simulator(**options):
        raise ValueError(options["port"])

    monkeypatch.setattr("mailstore_sdk.simulator.__main__.Simulator", simulator)
    assert refused(*arguments) == (2, f"Error: {port}")


ENDS = """
import os
from mailstore_sdk.simulator import Simulator

simulator = Simulator().start()
print(simulator.ca_file, flush=True)
if os.fork() == 0:
    raise SystemExit
os.wait()
assert simulator.ca_file.exists(), "the end of a fork removes nothing"
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="forks")
def test_a_simulator_that_is_not_stopped_leaves_no_file():
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", ENDS], check=False, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert not Path(done.stdout.strip()).exists()


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
