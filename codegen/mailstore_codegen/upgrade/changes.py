"""Changes and their severity, as text, Markdown and JSON."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from mailstore_codegen.catalogue.naming import printable
from mailstore_codegen.generate import markdown


class Severity(StrEnum):
    """Effect of a change on code that uses the SDK, the most severe first."""

    BREAKING = "breaking"
    BEHAVIOUR = "behaviour"
    COMPATIBLE = "compatible"
    WORDING = "wording"


MEANING = {
    Severity.BREAKING: "code that uses it may stop working",
    Severity.BEHAVIOUR: "the same code may behave differently, such as retrying a lost call",
    Severity.COMPATIBLE: "existing code keeps working",
    Severity.WORDING: "texts and evidence",
}


class Kind(StrEnum):
    """What happened."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True)
class Change:
    """One change.

    Attributes:
        severity: What it means for code.
        kind: What happened.
        place: What changed: ``VerifyStore``, ``VerifyStore(id)``, ``Store.name``.
        detail: The change in a short phrase.
    """

    severity: Severity
    kind: Kind
    place: str
    detail: str


def ordered(changes: Iterable[Change]) -> list[Change]:
    """Sort changes by severity, then by place, and remove duplicates."""
    return sorted(set(changes), key=lambda change: (list(Severity).index(change.severity), change.place, change.kind, change.detail))


def at_least(changes: Iterable[Change], severity: Severity) -> bool:
    """Return whether a change is at least as severe as `severity`."""
    ranks = list(Severity)
    return any(ranks.index(change.severity) <= ranks.index(severity) for change in changes)


def text_table(changes: Sequence[Change]) -> str:
    """Format changes as a plain-text table, one line each."""
    rows = [(change.severity, change.kind, change.place, change.detail) for change in changes]
    return "\n".join(aligned(rows)) if rows else "No differences."


def aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Format rows as lines with aligned columns."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        yield printable("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def markdown_list(changes: Sequence[Change]) -> str:
    """Format changes as sections for a changelog."""
    return "\n\n".join(_sections(changes)) if changes else "No differences."


def _sections(changes: Sequence[Change]) -> Iterator[str]:
    for severity in Severity:
        found = [change for change in changes if change.severity is severity]
        if found:
            lines = (f"- {markdown.code(change.place)} {change.kind}: {markdown.text(change.detail)}" for change in found)
            yield f"### {severity.capitalize()}: {MEANING[severity]}\n\n" + "\n".join(lines)


def json_text(changes: Sequence[Change]) -> str:
    """Format changes as a JSON list of objects, for scripts."""
    return json.dumps(
        [{"severity": change.severity, "kind": change.kind, "place": change.place, "detail": change.detail} for change in changes],
        indent=2,
    )


FORMATS = {"text": text_table, "markdown": markdown_list, "json": json_text}
