"""What the sources say of each function, and where the catalogue differs from them."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

FACTS: list[dict[str, Any]] = json.loads(Path(__file__).with_name("facts.json").read_text("utf-8"))

DELIBERATE: Mapping[tuple[str, str], str] = {
    ("DeleteMessage", "args"): "reason belongs to the sister product; SPE had the function in 2014 only, without it",
    ("GetFolderStatistics", "long_running"): "it only reads: callers want its rows, so it is a plain call that is waited for",
    ("GetWorkerResults", "long_running"): "it only reads: callers want its rows, so it is a plain call that is waited for",
}
"""Where the catalogue differs from the facts, and why."""
