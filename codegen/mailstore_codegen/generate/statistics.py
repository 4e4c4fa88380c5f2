"""How well the facts of the catalogue are known: functions, arguments, types and fields counted by their evidence."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping

from mailstore_codegen.catalogue.model import Catalogue
from mailstore_codegen.catalogue.schema import Evidence, Schema
from mailstore_codegen.generate import markdown

Statistics = Mapping[str, Mapping[Evidence, int]]
"""What was counted -> evidence -> how often."""

HEADER = ("", *Evidence, "total")


def statistics(catalogue: Catalogue) -> Statistics:
    """Count everything: an argument or field without evidence of its own has that of its function or type."""
    functions = list(catalogue.functions)
    types = catalogue.types.values()
    found = {
        "argument lists": Counter(function.evidence.args for function in functions),
        "arguments": Counter(argument.evidence or function.evidence.args for function in functions for argument in function.args),
        "results": Counter(function.evidence.result for function in functions),
        "long-running": Counter(function.evidence.long_running for function in functions if function.long_running),
        "types": Counter(schema.evidence or Evidence.UNKNOWN for schema in types),
        "fields of types": Counter(evidence for schema in types for evidence in _fields(schema)),
    }
    return {what: {evidence: counts[evidence] for evidence in Evidence} for what, counts in found.items()}


def _fields(schema: Schema) -> Iterator[Evidence]:
    return (field.evidence or schema.evidence or Evidence.UNKNOWN for field in schema.properties.values())


def text_table(counted: Statistics) -> str:
    """The counts as a table of plain text."""
    rows = [HEADER, *_rows(counted)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADER))]
    return "\n".join(
        row[0].ljust(widths[0]) + "".join(f"  {cell:>{width}}" for cell, width in zip(row[1:], widths[1:], strict=True)) for row in rows
    )


def markdown_table(counted: Statistics) -> str:
    """The counts as a Markdown table."""
    return markdown.table(HEADER, _rows(counted), numbers=True)


def json_text(counted: Statistics) -> str:
    """The counts as JSON, for scripts."""
    return json.dumps(counted, indent=2)


def _rows(counted: Statistics) -> Iterator[tuple[str, ...]]:
    for what, counts in counted.items():
        yield what, *(str(counts[evidence]) for evidence in Evidence), str(sum(counts.values()))
