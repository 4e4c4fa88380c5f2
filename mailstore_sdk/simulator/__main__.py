"""Run the simulator until it is interrupted: ``python -m mailstore_sdk.simulator``."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import FrameType
from typing import Any, cast, get_args

try:
    from mailstore_sdk.simulator import Simulator
except ModuleNotFoundError as error:
    sys.exit(str(error))
from mailstore_sdk.simulator.catalogue import Catalogue, DialectName, load_file
from mailstore_sdk.simulator.demo import SEEDS
from mailstore_sdk.simulator.dialects import DIALECTS
from mailstore_sdk.simulator.faults import Kind

_LAST_PORT = 65_535
_SIGNAL_CHECK = 0.5
"""Seconds after which a wait looks for signals, which do not interrupt it on Windows."""


def main(arguments: Sequence[str] | None = None, prog: str = "python -m mailstore_sdk.simulator") -> int:
    """Serve; return the status for the shell."""
    options = vars(_parser(prog).parse_args(arguments))
    faults = cast("list[dict[str, Any]]", options.pop("fault"))
    try:
        catalogue = Catalogue(options["spe_version"], load_file(options["catalogue"]) if options["catalogue"] else None)
        dialect = cast("DialectName | None", options["protocol"]) or catalogue.dialect
        options.setdefault("port", catalogue.ports[dialect])
        simulator = Simulator(**options)
        for fault in faults:
            simulator.faults.add(**fault)
    except ValueError as error:
        return _fail(str(error))
    try:
        with simulator:
            _announce(simulator)
            _wait_for_the_end()
    except OSError as error:
        return _fail(f"cannot listen on {options['host']}:{options['port']}: {error.strerror or error}")
    return 0


def _parser(prog: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=prog,
        description="A server that behaves on the wire as MailStore SPE does, to develop and test against.",
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument(
        "--port", default=argparse.SUPPRESS, type=_port, help="port to listen on; 0 takes a free one (default: 8474, with sessions 8470)"
    )
    parser.add_argument("--seed", default="demo", choices=list(SEEDS), help="what the installation holds")
    parser.add_argument("--state", type=_content, help="file with a state in JSON, in place of a seed")
    parser.add_argument("--size", default=1, type=_size, help="multiplies users, archive stores and runs of the demo")
    parser.add_argument("--clock", default="seconds:3", help="how work moves on: seconds:S, immediate, polls:N or manual")
    parser.add_argument("--spe-version", default="25.3", help="server version to be")
    parser.add_argument("--catalogue", help="catalogue.json of a generated package, in place of the SDK's own catalogue")
    parser.add_argument(
        "--protocol",
        choices=list(DIALECTS),
        help="login with every request, or a session with a cookie and a token; without it that of the version",
    )
    parser.add_argument(
        "--control-port",
        default=argparse.SUPPRESS,
        type=_port,
        help="port for plain HTTP on the loopback, with a page to watch and steer the simulator; 0 takes a free one (default: none)",
    )
    parser.add_argument(
        "--fault",
        action="append",
        default=[],
        type=_fault,
        metavar="FUNCTION=KIND[,times=N][,status=S][,seconds=S]",
        help="let calls of a function go wrong, * for all; times=always until it is taken away; may be given several times. "
        f"Kinds: {', '.join(get_args(Kind))}",
    )
    parser.add_argument("--random-seed", default=0, type=int, help="chooses the invented numbers")
    parser.add_argument("--username", default="admin", help="system administrator who may log in")
    parser.add_argument("--password", default="admin", help="the administrator's password")
    return parser


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port <= _LAST_PORT:
        raise ValueError(text)
    return port


def _size(text: str) -> int:
    size = int(text)
    if size < 1:
        raise ValueError(text)
    return size


def _fault(text: str) -> dict[str, Any]:
    """The arguments of `Faults.add`."""
    first, *rest = text.split(",")
    function, _, kind = first.partition("=")
    try:
        options = {name: _FAULT_OPTIONS[name](value) for name, _, value in (part.partition("=") for part in rest)}
    except (KeyError, ValueError):
        message = f"cannot read {text!r}: expected FUNCTION=KIND, then times=, status= or seconds= with numbers"
        raise argparse.ArgumentTypeError(message) from None
    return {"function": function, "kind": kind, **options}


_FAULT_OPTIONS: Mapping[str, Callable[[str], float | None]] = {
    "times": lambda text: None if text == "always" else int(text),
    "status": int,
    "seconds": float,
}


def _content(name: str) -> bytes:
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise argparse.ArgumentTypeError(f"cannot read {name}: {error.strerror}") from None


_size.__name__ = "size"
_port.__name__ = "port"  # argparse calls them so in its errors


def _announce(simulator: Simulator) -> None:
    lines = {
        "URL": simulator.url,
        "Thumbprint": simulator.thumbprint,
        "CA file": simulator.ca_file,
        "User name": simulator.username,
        "Password": simulator.password,
    }
    if simulator.control_url:
        lines["Control URL"] = simulator.control_url
    for label, value in lines.items():
        sys.stdout.write(f"{label}: {value}\n")
    sys.stdout.flush()


def _wait_for_the_end() -> None:
    end = threading.Event()

    def finish(_number: int, _frame: FrameType | None) -> None:
        end.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, finish)
    while not end.wait(_SIGNAL_CHECK):
        pass


def _fail(message: str) -> int:
    sys.stderr.write(f"error: {message}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
