#!/usr/bin/env python3
"""Write ``client.py``, the sync twin of ``aio.py``: the same code without ``await``.

``make generate`` runs it, and ``make check`` runs it with ``--check``, which fails if the twin differs.
"""

import re
import subprocess
import sys
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "mailstore_sdk"
TWINS = {
    r'\A"""(.*)"""': r'"""\1\n\nGenerated from aio.py; change that module and run ``make generate``.\n"""',
    r"\bAn async\b": "A sync",
    r"\b([Tt])he async\b": r"\1he sync",
    r"\basync (def|for|with)\b": r"\1",
    r"\bawait ": "",
    r"\bAwaitable\[([^]]+)\]": r"\1",
    r"\bCoroutine\[Any, Any, (.+?)\]\]": r"\1]",
    r"__a(enter|exit)__": r"__\1__",
    r"\bAsync(Client|Instance)Base\b": r"Sync\1Base",
    r"\bAsync(Client|Iterator|Job|Jobs|RawMethod|Transport)\b": r"\1",
    r"\b_transport\.aio\b": "_transport.sync",
    r"\bin_tasks\b": "in_threads",
}
"""What is written instead of each pattern, in this order."""


def sync_twin(source: str) -> str:
    """Return the sync code, formatted, with only the imports that it uses."""
    for pattern, twin in TWINS.items():
        source = re.sub(pattern, twin, source)
    for command in (["check", "--fix", "--select", "F401,I"], ["format"]):
        ruff = [sys.executable, "-m", "ruff", *command, "--quiet", "--stdin-filename", str(PACKAGE / "client.py"), "-"]
        source = subprocess.run(ruff, input=source, capture_output=True, text=True, check=True).stdout  # noqa: S603 - our own arguments
    return source


def main() -> None:
    """Write the twin, or check it."""
    twin, target = sync_twin((PACKAGE / "aio.py").read_text("utf-8")), PACKAGE / "client.py"
    if "--check" not in sys.argv:
        target.write_text(twin, "utf-8", newline="\n")
    elif target.read_text("utf-8") != twin:
        sys.exit(f"{target} is not up to date, run `make generate`")


main()
