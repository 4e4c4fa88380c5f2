"""Run the simulator until it is interrupted: ``python -m mailstore_sdk.simulator``, or ``mailstore simulate``."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from types import FrameType
from typing import Any, get_args

try:
    import click

    from mailstore_sdk.simulator import Simulator
except ModuleNotFoundError as error:
    sys.exit(f"the simulator needs {error.name}: pip install 'mailstore-sdk[simulator]'")
from mailstore_sdk.simulator.catalogue import Catalogue, DialectName, load_file
from mailstore_sdk.simulator.demo import SEEDS
from mailstore_sdk.simulator.dialects import DIALECTS
from mailstore_sdk.simulator.faults import Kind
from mailstore_sdk.simulator.server import MAX_SIZE

_PORT = click.IntRange(0, 65_535)
_LOOPBACK = ("127.0.0.1", "::1", "localhost")
_SIGNAL_CHECK = 0.5
"""Seconds between checks for signals, which do not interrupt a wait on Windows."""


_ARGUMENT_PREFIX = "arguments."
_NUMBERS: Mapping[str, Callable[[str], float]] = {"times": int, "skip": int, "status": int, "percent": int, "seconds": float}


def _fault(text: str) -> dict[str, Any]:
    """Parse a fault for `Faults.add_described`, which reports invalid values."""
    first, *rest = text.split(",")
    function, _, kind = first.partition("=")
    arguments: dict[str, str] = {}
    described: dict[str, Any] = {"function": function, "kind": kind, "arguments": arguments}
    for name, _, value in (part.partition("=") for part in rest):
        argument = name.removeprefix(_ARGUMENT_PREFIX)
        if argument in (described if argument == name else arguments):
            raise click.BadParameter(f"{name} is set twice")
        if argument == name:
            described[name] = _number(name, value)
        else:
            arguments[argument] = value
    return described


def _number(name: str, value: str) -> float | str:
    try:
        return _NUMBERS[name](value)
    except (KeyError, ValueError):
        return value


@click.command(
    context_settings={"help_option_names": ["-h", "--help"], "show_default": True}, short_help="Start a simulated server for experiments."
)
@click.option("--host", metavar="ADDRESS", default="127.0.0.1", help="Address to listen on.")
@click.option("--port", type=_PORT, help="Port to listen on; 0 uses a free port. Default: 8474, or 8470 with sessions.")
@click.option("--seed", default="demo", type=click.Choice(list(SEEDS)), help="Initial data.")
@click.option(
    "--state",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Initial state as JSON, instead of a seed.",
)
@click.option("--size", default=1, type=click.IntRange(1, MAX_SIZE), help="Multiplier for the demo's users, archive stores and runs.")
@click.option(
    "--clock", metavar="CLOCK", default="seconds:3", help="Progress of long-running work: seconds:S, immediate, polls:N or manual."
)
@click.option("--spe-version", metavar="VERSION", default="25.3", help="Server version to simulate.")
@click.option("--catalogue", metavar="FILE", help="catalogue.json of a generated package, instead of the SDK's own catalogue.")
@click.option(
    "--protocol",
    type=click.Choice(list(DIALECTS)),
    help="basic: login with every request; session: cookie and token. Default: depends on the version.",
)
@click.option(
    "--control-port",
    type=_PORT,
    help="Port for plain HTTP on the loopback, with a page to control the simulator; 0 uses a free port. Default: none.",
)
@click.option(
    "--fault",
    "faults",
    multiple=True,
    type=_fault,
    metavar="FUNCTION=KIND[,NAME=VALUE…]",
    help="Make calls of a function fail, * for all; can be repeated. "
    f"Kinds: {', '.join(get_args(Kind))}. "
    "Names: times (a number or always), skip, status, seconds, percent, message, and arguments.NAME for only the calls with this argument.",
)
@click.option("--bom/--no-bom", default=True, help="Begin JSON with a byte order mark, as SPE does; some tools cannot read it.")
@click.option("--random-seed", default=0, help="Seed for the invented numbers.")
@click.option("--username", metavar="NAME", default="admin", help="System administrator who may log in.")
@click.option("--password", metavar="TEXT", default="admin", help="The administrator's password.")
def main(faults: tuple[dict[str, Any], ...], **options: Any) -> None:
    """Run a server that behaves like MailStore SPE on the wire, for development and tests, until interrupted."""
    try:
        simulator = _built(options)
        for fault in faults:
            simulator.faults.add_described(fault)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    try:
        with simulator:
            _announce(simulator, is_loopback=options["host"] in _LOOPBACK)
            _wait_for_the_end()
    except OSError as error:
        raise click.ClickException(error.strerror or str(error)) from None


def _built(options: dict[str, Any]) -> Simulator:
    catalogue = Catalogue(options["spe_version"], load_file(options["catalogue"]) if options["catalogue"] else None)
    dialect: DialectName = options["protocol"] or catalogue.dialect
    if options["port"] is None:
        options["port"] = catalogue.ports[dialect]
    if options["state"]:
        options["state"] = options["state"].read_bytes()
    return Simulator(**options)


def _announce(simulator: Simulator, *, is_loopback: bool) -> None:
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
        click.echo(f"{label}: {value}")
    if not is_loopback:
        click.echo("Warning: other machines can reach this simulator: use --host 127.0.0.1, or set your own --password.", err=True)


def _wait_for_the_end() -> None:
    end = threading.Event()

    def finish(_number: int, _frame: FrameType | None) -> None:
        end.set()

    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):  # Windows has no SIGHUP, the signal at the end of a terminal session.
            signal.signal(getattr(signal, name), finish)
    while not end.wait(_SIGNAL_CHECK):
        pass


if __name__ == "__main__":
    main(prog_name="python -m mailstore_sdk.simulator")
