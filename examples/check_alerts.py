"""Check an SPE installation for a monitoring system such as Nagios, Icinga or Checkmk.

It prints one line with performance data, and exits with 0 (OK), 1 (WARNING), 2 (CRITICAL) or 3 (UNKNOWN, with the
reason). It checks the service messages of SPE and whether all of its servers are up.

The server and the login come from the environment or a profile (MAILSTORE_SPE_URL and so on, MAILSTORE_SPE_PROFILE).
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Sequence
from enum import IntEnum
from typing import NoReturn

from mailstore_sdk import ServiceMessage, ServiceMessageType, ServiceStatus, SPEClient


class Level(IntEnum):
    """The exit codes, which all monitoring systems share."""

    OK = 0
    WARNING = 1
    CRITICAL = 2
    UNKNOWN = 3


# A message of an unlisted type is a warning, so that someone looks at it.
LEVELS = {ServiceMessageType.INFORMATION: Level.OK, ServiceMessageType.WARNING: Level.WARNING, ServiceMessageType.ERROR: Level.CRITICAL}


class Options(argparse.Namespace):
    """The options of the command line."""

    ignore: list[re.Pattern[str]]
    timeout: float


class Parser(argparse.ArgumentParser):
    """A parser whose errors are UNKNOWN: the usual exit code would mean CRITICAL."""

    def error(self, message: str) -> NoReturn:
        """Report an invalid command line."""
        print(line(Level.UNKNOWN, message))
        sys.exit(Level.UNKNOWN)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the line and return the exit code."""
    parser = Parser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ignoring = "ignore messages that match this regular expression; can be repeated"
    parser.add_argument("--ignore", action="append", default=[], type=pattern, metavar="REGEX", help=ignoring)
    parser.add_argument("--timeout", type=float, default=10, help="seconds to wait for the server (default: 10)")
    options = parser.parse_args(arguments, namespace=Options())
    try:
        with SPEClient(timeout=options.timeout, retries=0) as spe:
            level, text = judge(spe.get_service_status(), options.ignore)
    except Exception as error:  # noqa: BLE001 - an uncaught one would end with 1, which means WARNING
        level, text = Level.UNKNOWN, line(Level.UNKNOWN, f"{type(error).__name__}: {error}")
    print(text)
    return level


def pattern(text: str) -> re.Pattern[str]:
    """Compile a regular expression of the command line."""
    try:
        return re.compile(text)
    except re.error as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a regular expression: {error}") from None


def judge(status: ServiceStatus, ignore: list[re.Pattern[str]]) -> tuple[Level, str]:
    """Return the worst level and the line that reports it."""
    messages = [message for message in status.messages or [] if not any(known.search(message.text) for known in ignore)]
    down = [server.server_name for server in status.server_infos if not server.active]
    troubles = [(Level.CRITICAL, f"server {name} is down") for name in down]
    troubles += [(level_of(message), message.text) for message in messages if level_of(message)]
    troubles.sort(reverse=True)
    level = troubles[0][0] if troubles else Level.OK
    counts = Counter(level_of(message) for message in messages)
    numbers = {
        "errors": counts[Level.CRITICAL],
        "warnings": counts[Level.WARNING],
        "servers_down": len(down),
        "instances": sum(server.number_of_instances or 0 for server in status.server_infos),
        "instances_running": sum(server.number_of_running_instances or 0 for server in status.server_infos),
    }
    text = "; ".join(text for _, text in troubles) or f"SPE {status.environment_info.version} has no warnings and no errors"
    return level, line(level, text, numbers)


def level_of(message: ServiceMessage) -> Level:
    """Return how severe a message is."""
    return LEVELS.get(message.type, Level.WARNING)


def line(level: Level, text: str, numbers: dict[str, int] | None = None) -> str:
    """Return one line. A bar in the text would begin the performance data, so it is replaced."""
    message = " ".join(text.replace("|", "/").split())
    data = " ".join(f"{name}={number}" for name, number in (numbers or {}).items())
    return f"SPE {level.name} - {message}" + (f" | {data}" if data else "")


if __name__ == "__main__":
    sys.exit(main())
