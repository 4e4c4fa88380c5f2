#!/usr/bin/env python3
"""Write the sync twins of the modules in ``mailstore_sdk/aio/`` and of the async driver: the same code without ``await``.

``make generate`` runs it, and ``make check`` runs it with ``--check``, which fails if a twin differs.
"""

import re
import subprocess
import sys
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "mailstore_sdk"
TRANSPORT = PACKAGE / "runtime" / "_transport"
MODULES = {
    **{module: PACKAGE / module.name for module in (PACKAGE / "aio").glob("[a-z]*.py")},
    **{module: module.with_name(module.name.replace("aio", "sync")) for module in TRANSPORT.glob("aio*.py")},
}
"""Each async module and its twin."""

TWINS = {
    r"\n *self\._slots\.refuse_another_loop\(\)": "",
    r"\bawait asyncio\.to_thread\((.+?)\)(?: if .*)?": r"\1()",
    r"\basyncio\.sleep\b": "time.sleep",
    r"\bAn async\b": "A sync",
    r"\bTasks of one event loop\b": "Threads",
    r"\bconnections of one event loop\b": "blocking sockets",
    r"\b([Tt])he async\b": r"\1he sync",
    r"\basync (def|for|with)\b": r"\1",
    r"\bawait ": "",
    r"\bAwaitable\[([^]]+)\]": r"\1",
    r"\bCoroutine\[Any, Any, (.+?)\]\]": r"\1]",
    r"__a(enter|exit|iter)__": r"__\1__",
    r"\bAsync(Client|Instance)Base\b": r"Sync\1Base",
    r"\bAsync(Client|Connection|HTTPTransport|Iterator|Job|Jobs|NetworkBackend|Slots|Stream|Transport)\b": r"\1",
    r"\bAsyncExitStack\b": "ExitStack",
    r"\bpush_async_callback\b": "callback",
    r"\basync_(abandon|connect|raw_method|timer|until)\b": r"\1",
    r"\bhandle_async_request\b": "handle_request",
    r"\ba(close|closing|iter_bytes)\b": r"\1",
    r"\b_transport\.aio(_connection)?\b": r"_transport.sync\1",
    r"\b_transport\.tasks\b": "_transport.threads",
    r"\bmailstore_sdk\.aio\.": "mailstore_sdk.",
    r"\bin_tasks\b": "in_threads",
}
"""What is written instead of each pattern, in this order."""


def sync_twin(module: Path, target: Path) -> str:
    """Return the sync code, formatted, with only the imports that it uses."""
    header = rf'"""\1\n\nGenerated from {module.relative_to(target.parent).as_posix()}; change that module and run ``make generate``.\n"""'
    source = re.sub(r'\A"""(.*)"""', header, module.read_text("utf-8"))
    for pattern, twin in TWINS.items():
        source = re.sub(pattern, twin, source)
    for command in (["check", "--fix", "--select", "F401,I"], ["format"]):
        ruff = [sys.executable, "-m", "ruff", *command, "--quiet", "--stdin-filename", str(target), "-"]
        source = subprocess.run(ruff, input=source, capture_output=True, text=True, check=True).stdout  # noqa: S603 - our own arguments
    return source


def main() -> None:
    """Write the twins, or check them."""
    for module, target in MODULES.items():
        twin = sync_twin(module, target)
        if "--check" not in sys.argv:
            target.write_text(twin, "utf-8", newline="\n")
        elif target.read_text("utf-8") != twin:
            sys.exit(f"{target} is not up to date, run `make generate`")


main()
