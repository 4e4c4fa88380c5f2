"""Start a night manually, or show the state of the nights.

The settings come from the environment: VERIFICATION_BROKER and so on (see settings.py) for workers and this command alike,
and MAILSTORE_SPE_URL and so on, or MAILSTORE_SPE_PROFILE, for the connection of the workers to SPE.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence

from celery_verification.night import Night
from celery_verification.tasks import begin, open_ledger


class Options(argparse.Namespace):
    """The options of the command line."""

    action: str
    night: str | None


def main(arguments: Sequence[str] | None = None) -> int:
    """Start a night or show nights."""
    parser = argparse.ArgumentParser(
        prog="python -m celery_verification", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("action", choices=["begin", "show"])
    parser.add_argument("night", nargs="?", type=night_name, help="its name (default: today's date for begin, all nights for show)")
    options = parser.parse_args(arguments, namespace=Options())
    if options.action == "begin":
        begin.delay(options.night)
        return 0
    ledger = open_ledger()
    for name in [options.night] if options.night else ledger.nights():
        print(name)
        for line in Night(ledger.facts(name)).lines():
            print(f"  {line}")
    return 0


def night_name(text: str) -> str:
    """Check a name; it is also the name of a folder."""
    if not re.fullmatch(r"[\w-]+", text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a valid name of a night: expected letters, digits and hyphens")
    return text


if __name__ == "__main__":
    sys.exit(main())
