"""Print one table of what the SDK costs, with the goals, and write the same as JSON: ``python -m benchmarks.run [SUBJECT ...]``.

A subject is a module of this folder with a function `measure`, which yields rows; to add one, add its name below.
"""

from __future__ import annotations

import json
import os
import platform
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.measure import Row

SUBJECTS = ("imports", "calls", "results", "jobs", "generation", "checkers", "simulator_load", "cli")
WIDTH = 160


def main(names: list[str]) -> int:
    """Measure the subjects named, or all."""
    unknown = set(names) - set(SUBJECTS)
    if unknown:
        print(f"no such subject: {', '.join(sorted(unknown))}; there are {', '.join(SUBJECTS)}", file=sys.stderr)
        return 2
    machine = f"{os.cpu_count()} x {platform.machine()}, {platform.system()}, Python {platform.python_version()}"
    when = datetime.now(UTC).isoformat(timespec="seconds")
    measured: dict[str, list[Row]] = {}
    for name in names or SUBJECTS:
        print(f"measuring {name} …", file=sys.stderr)
        measured[name] = list(import_module(f"benchmarks.{name}").measure())
    load = os.getloadavg()[0]
    Console(width=WIDTH).print(table(measured, f"{when[:10]}, {machine}, load {load:.1f}"))
    rows = {name: [{**asdict(row), "met": row.met} for row in found] for name, found in measured.items()}
    content = {"measured": when, "machine": machine, "load": load, "subjects": rows}
    Path(__file__).with_name("results.json").write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    return 0


def table(measured: dict[str, list[Row]], title: str) -> Table:
    """One section for each subject."""
    shown = Table("what", "figure", "goal", "", "note", title=title)
    shown.columns[1].justify = "right"
    for name, found in measured.items():
        shown.add_section()
        shown.add_row(f"[bold]{name}[/bold]")
        for row in found:
            shown.add_row(row.name, row.figure, row.goal, {True: "met", False: "NOT MET", None: ""}[row.met], row.note)
    return shown


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
