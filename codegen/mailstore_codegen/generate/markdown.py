"""Markdown that no text of the catalogue can break out of: each part is escaped where it is made."""

import re
from collections.abc import Iterable, Sequence

from mailstore_codegen.catalogue import naming

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~&])|^([#+=:-]|[0-9]+(?=[.)]))")
"""Characters that mark something up, anywhere or at the beginning of a block."""


def one_line(value: str) -> str:
    """A text without line breaks and invisible characters."""
    return " ".join(naming.printable(value).split())


def text(value: str) -> str:
    """Escape a text so that Markdown shows it unchanged."""
    return _SPECIAL.sub(_escaped, one_line(value))


def code(value: str) -> str:
    """A code span."""
    line = one_line(value)
    fence = "`" * (max(map(len, re.findall("`+", line)), default=0) + 1)
    pad = " " if line.startswith("`") or line.endswith("`") else ""
    return f"{fence}{pad}{line}{pad}{fence}" if line else ""


def link(label: str, target: str) -> str:
    """A link; `label` is Markdown already, `target` made of names."""
    return f"[{label}]({target})"


def table(header: Sequence[str], rows: Iterable[Sequence[str]], *, numbers: bool = False) -> str:
    """A table of Markdown cells; with `numbers`, all columns but the first are aligned to the right."""
    rule = ["---", *(["---:" if numbers else "---"] * (len(header) - 1))]
    return "\n".join("| " + " | ".join(_cell(cell) for cell in row) + " |" for row in (header, rule, *rows))


def _cell(markdown: str) -> str:
    # In a table every vertical bar ends a cell, even in a code span.
    return re.sub(r"(?<!\\)\|", r"\|", markdown)


def _escaped(found: re.Match[str]) -> str:
    anywhere, leading = found.groups()
    if anywhere:
        return f"\\{anywhere}"
    return f"{leading}\\" if leading.isdigit() else f"\\{leading}"
