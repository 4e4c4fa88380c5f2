"""Write the runs of all archiving profiles of all instances to one CSV file; 30 days by default, as long as SPE keeps them.

You can stop it and start it again: it continues where it stopped, and no row is lost or duplicated. FILE.progress next to
the CSV records how much of it is complete and which time windows are missing. All times are in UTC.

The server and the login come from the environment or a profile (MAILSTORE_SPE_URL and so on, MAILSTORE_SPE_PROFILE).
"""

from __future__ import annotations

import argparse
import csv
import io
import os
import sys
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from pydantic import BaseModel

from mailstore_sdk import Instance, MailStoreError, RefusedWindowsError, SPEClient, WorkerResult

COLUMNS = ("instance", "id", "profile_id", "profile", "user", "result", "messages", "start", "end", "machine")


class Options(argparse.Namespace):
    """The options of the command line."""

    file: Path
    since: date | None
    until: date | None
    instances: str
    days: int


class Span(BaseModel):
    """A time window, read with one request."""

    instance_id: str
    start: datetime
    end: datetime


class Progress(BaseModel):
    """The request, how many bytes of the CSV are complete, and which windows are missing."""

    since: date | None
    until: date | None
    size: int = 0
    todo: list[Span]


def main(arguments: Sequence[str] | None = None) -> int:
    """Write what is missing; return 1 if something is still missing afterwards."""
    options = parse(arguments)
    try:
        with SPEClient() as spe:
            missing = write_history(spe, options)
    except (MailStoreError, OSError, ValueError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    for instance_id in sorted({span.instance_id for span in missing}):
        spans = [span for span in missing if span.instance_id == instance_id]
        print(f"{instance_id}: {len(spans)} window(s) missing, the first from {spans[0].start:%Y-%m-%d %H:%M}", file=sys.stderr)
    if missing:
        print("Start the program again to retry them.", file=sys.stderr)
    return 1 if missing else 0


def parse(arguments: Sequence[str] | None) -> Options:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, help="the CSV file")
    parser.add_argument("--since", type=date.fromisoformat, metavar="YYYY-MM-DD", help="first day (default: 30 days before the last)")
    parser.add_argument("--until", type=date.fromisoformat, metavar="YYYY-MM-DD", help="day after the last (default: today)")
    parser.add_argument("--instances", default="*", metavar="ID", help="only this instance (default: *, all instances)")
    parser.add_argument("--days", type=int, default=7, help="days to read with one request (default: 7)")
    options = parser.parse_args(arguments, namespace=Options())
    if options.days < 1:
        parser.error("--days must be 1 or more")
    return options


def write_history(spe: SPEClient, options: Options) -> list[Span]:
    """Append the missing rows to the CSV; return the windows that the server rejected."""
    record = options.file.with_name(options.file.name + ".progress")
    infos = spe.get_instances(options.instances)
    if record.exists():
        progress = Progress.model_validate_json(record.read_bytes())
        if (progress.since, progress.until) != (options.since, options.until):
            raise ValueError(f"{options.file} was started with other days; use the same --since and --until, or another file")
    elif options.file.exists():
        raise FileExistsError(f"{options.file} exists, but this program did not write it (there is no {record.name}); use another file")
    else:
        todo = [span for info in infos for span in spans_of(info.instance_id, options)]
        progress = Progress(since=options.since, until=options.until, todo=todo)
        save(progress, record)
    running = {info.instance_id for info in infos if info.status == "running"}
    with options.file.open("r+b" if options.file.exists() else "x+b") as file:
        cut(file, progress.size)
        for span in [span for span in progress.todo if span.instance_id in running]:
            rows, refused = fetch(spe.instance(span.instance_id), span)
            file.write(as_csv(span.instance_id, rows, header=progress.size == 0))
            file.flush()
            os.fsync(file.fileno())
            progress.size = file.tell()  # codespell:ignore tell
            progress.todo = [other for other in progress.todo if other is not span] + refused
            save(progress, record)
    return progress.todo


def spans_of(instance_id: str, options: Options) -> Iterable[Span]:
    """Return the windows of an instance; the last one may be shorter."""
    until = options.until or datetime.now(UTC).date()
    since = options.since or until - timedelta(days=30)
    start, end = (datetime.combine(day, time(), UTC) for day in (since, until))
    while start < end:
        following = min(start + timedelta(days=options.days), end)
        yield Span(instance_id=instance_id, start=start, end=following)
        start = following


def fetch(archive: Instance, span: Span) -> tuple[list[WorkerResult], list[Span]]:
    """Return the runs of a window, and the parts of it that the server rejected."""
    rows: list[WorkerResult] = []
    try:
        for row in archive.iter_worker_results(span.start, span.end, window=span.end - span.start, time_zone_id="UTC"):
            rows.append(row)  # noqa: PERF402 - the rows before an error count too
    except RefusedWindowsError as error:
        return rows, [Span(instance_id=span.instance_id, start=part.start, end=part.end) for part in error.windows]
    return rows, []


def as_csv(instance_id: str, rows: list[WorkerResult], *, header: bool) -> bytes:
    """Return the lines of the CSV file."""
    text = io.StringIO(newline="")
    lines = csv.writer(text)
    if header:
        lines.writerow(COLUMNS)
    for row in rows:
        end = row.complete_time.isoformat() if row.complete_time else ""
        about = (row.profile_id, row.profile_name, row.user_name, row.result, row.items_archived)
        cells = (instance_id, row.id, *about, row.start_time.isoformat(), end, row.machine_name)
        lines.writerow(map(as_cell, cells))
    return text.getvalue().encode()


def as_cell(value: object) -> object:
    """Put an apostrophe before a string that a spreadsheet would run as a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) else value


def cut(file: io.BufferedRandom, size: int) -> None:
    """Remove what a stopped run wrote after the last complete row, and continue there."""
    if file.seek(0, os.SEEK_END) < size:
        raise ValueError(f"{file.name} is shorter than its progress file says; delete both to start again")
    file.seek(size)
    file.truncate()


def save(progress: Progress, record: Path) -> None:
    """Replace the file in one step, so that it is whole whenever the machine stops."""
    new = record.with_name(record.name + ".new")
    with new.open("w", encoding="utf-8") as file:
        file.write(progress.model_dump_json(indent=1))
        file.flush()
        os.fsync(file.fileno())
    new.replace(record)


if __name__ == "__main__":
    sys.exit(main())
