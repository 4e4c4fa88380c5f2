"""Print how large each instance is, and how it grows.

The columns:
  messages, size   the current values of GetInstanceStatistics (1 MB is 1,048,576 bytes), without deleted messages and
                   those that retention policies removed
  archived         messages that runs of archiving profiles reported in the last days, from GetWorkerResults; messages
                   archived in another way are not counted, messages deleted since then still are
  growth           the difference to the oldest measurement in FILE. SPE reports no past sizes: with --measurements FILE
                   each call appends today's, so run it daily

The server and the login come from the environment or a profile (MAILSTORE_SPE_URL and so on, MAILSTORE_SPE_PROFILE).
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from mailstore_sdk import Instance, MailStoreError, SPEClient

FIELDS = ("time", "instance", "messages", "size_mb")


class Options(argparse.Namespace):
    """The options of the command line."""

    days: int
    measurements: Path | None
    instances: str


@dataclass(frozen=True)
class Measurement:
    """The size of an instance at a time."""

    time: datetime
    instance: str
    messages: int
    size_mb: int


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; return 1 if an instance could not be measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--days", type=int, default=30, help="days over which archived messages are counted (default: 30)")
    parser.add_argument("--measurements", type=Path, metavar="FILE", help="CSV file of measurements; today's is added")
    parser.add_argument("--instances", default="*", metavar="ID", help="only this instance (default: *, all instances)")
    options = parser.parse_args(arguments, namespace=Options())
    try:
        with SPEClient() as spe:
            return report(spe, options)
    except (MailStoreError, OSError, ValueError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1


def report(spe: SPEClient, options: Options) -> int:
    """Print a line for each instance."""
    oldest = {measured.instance: measured for measured in reversed(read(options.measurements))}
    running = [info.instance_id for info in spe.get_instances(options.instances) if info.status == "running"]
    heading = f"archived {options.days} d"
    print(f"{'instance':<20}{'messages':>12}{'size MB':>12}{heading:>16}  growth")
    measured: list[Measurement] = []
    failed = 0
    for outcome in spe.map(lambda name: measure(spe.instance(name), options.days), running, in_order=True):
        if outcome.value is None:
            print(f"{outcome.item:<20}{outcome.error}")
            failed += 1
            continue
        now, archived = outcome.value
        measured.append(now)
        print(f"{now.instance:<20}{now.messages:>12}{now.size_mb:>12}{archived:>16}  {growth(oldest.get(now.instance), now)}")
    append(options.measurements, measured)
    return 1 if failed else 0


def measure(archive: Instance, days: int) -> tuple[Measurement, int]:
    """Return the current size, and how many messages runs have archived in the last days."""
    now = datetime.now(UTC).replace(microsecond=0)
    statistics = archive.get_instance_statistics()
    runs = archive.iter_worker_results(now - timedelta(days=days), now, time_zone_id="UTC")
    archived = sum(run.items_archived for run in runs)
    return Measurement(now, archive.instance_id, statistics.number_of_messages, statistics.total_size_mb), archived


def growth(before: Measurement | None, now: Measurement) -> str:
    """Return what has changed since the oldest measurement."""
    if before is None:
        return "-"
    return f"{now.size_mb - before.size_mb:+} MB, {now.messages - before.messages:+} messages since {before.time:%Y-%m-%d}"


def read(path: Path | None) -> list[Measurement]:
    """Read the measurements so far, oldest first."""
    if path is None or not path.exists():
        return []
    with path.open(newline="", encoding="utf-8") as file:
        rows = csv.DictReader(file)
        if tuple(rows.fieldnames or ()) != FIELDS:
            raise ValueError(f"{path} is not a file of measurements: expected the first line {','.join(FIELDS)}")
        return [
            Measurement(datetime.fromisoformat(row["time"]), row["instance"], int(row["messages"]), int(row["size_mb"])) for row in rows
        ]


def append(path: Path | None, measured: list[Measurement]) -> None:
    """Append the measurements of today."""
    if path is None:
        return
    is_new = not path.exists()
    with path.open("a", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        if is_new:
            rows.writerow(FIELDS)
        rows.writerows((one.time.isoformat(), one.instance, one.messages, one.size_mb) for one in measured)


if __name__ == "__main__":
    sys.exit(main())
