"""Text of docstrings and the reference about functions, their arguments and results."""

import textwrap
from collections.abc import Iterator, Mapping

from mailstore_codegen.catalogue import naming
from mailstore_codegen.catalogue.model import Catalogue
from mailstore_codegen.catalogue.schema import Access, Argument, Function, Schema
from mailstore_codegen.generate.python_types import python_type

WIDTH = 120

ACCESS = {
    Access.ADMIN: "a system administrator's login",
    Access.PROVIDER: "a system administrator's login, and service provider access switched on for the instance",
}


def docstring(text: str) -> str:
    """Return a string that cannot end its docstring."""
    return naming.printable(text).replace("\\", "\\\\").replace('"""', '\\"\\"\\"')


def wrapped(text: str, indent: int = 0) -> Iterator[str]:
    """A paragraph in lines that fit into a method's docstring; lines after the first are indented by `indent`."""
    yield from textwrap.wrap(
        " ".join(text.split()), WIDTH - 8, subsequent_indent=" " * indent, break_long_words=False, break_on_hyphens=False
    )


def docstring_item(name: str, text: str) -> Iterator[str]:
    """One entry of a docstring's list, in lines that fit."""
    lines = textwrap.wrap(
        f"{name}: {' '.join(text.split())}", WIDTH - 12, subsequent_indent="    ", break_long_words=False, break_on_hyphens=False
    )
    yield from (f"    {line}" for line in lines)


def method_docstring(catalogue: Catalogue, function: Function, parameters: Mapping[str, str]) -> Iterator[str]:
    """The docstring of a method, by lines; `parameters` are the meanings by name."""
    yield from wrapped(function.summary)
    if function.details:
        yield from ("", *wrapped(function.details))
    if parameters:
        yield from ("", "Args:")
        for name, meaning in parameters.items():
            yield from docstring_item(name, meaning)
    if returned := _returned(catalogue, function):
        yield from ("", "Returns:", *docstring_item(*returned))
    yield from ("", "Raises:", *docstring_item("FunctionFailedError", "The server says that it failed."))
    yield from ("", provenance(function))


def walk_docstring(function: Function, start: str, end: str, others: Mapping[str, str]) -> Iterator[str]:
    """The docstring of a method that reads a long time range, by lines.

    Args:
        function: What the method reads.
        start: What the start of the range means.
        end: What its end means.
        others: Meanings of the other parameters, by name.
    """
    yield f"Read `{function.method}` for a long time range, in windows that the server can answer."
    yield from (
        "",
        *wrapped(
            "A window that the server refuses is requested in halves, down to an hour. Rows are yielded by their start, with "
            "one window in memory at a time. The server has no rows older than it keeps them."
        ),
    )
    yield from ("", "Args:")
    yield from docstring_item("start", start)
    yield from docstring_item("end", end)
    yield from docstring_item("window", "The length of a window, an hour or more; a week if None.")
    for name, meaning in others.items():
        yield from docstring_item(name, meaning)
    yield from ("", "Raises:")
    yield from docstring_item("RefusedWindowsError", "After the last row, if windows stayed refused; it lists them.")
    yield from ("", *wrapped(f"Wire name: {function.name}."))


def provenance(function: Function) -> str:
    """The origin of a function in one line; the reference has the details."""
    evidence = f"{function.evidence.args}, result {function.evidence.result}"
    return f"Wire name: {function.name} ({function.effect}). Evidence: {'proposed' if function.proposed else evidence}."


def argument_facts(catalogue: Catalogue, argument: Argument) -> Iterator[str]:
    """The sentences about an argument."""
    if argument.doc:
        yield argument.doc
    if argument.enum:
        yield f"Known values: {', '.join(map(str, catalogue.resolve(argument.enum).enum or ()))}."
    yield from unit_and_versions(argument)


def unit_and_versions(entry: Argument | Schema) -> Iterator[str]:
    """The sentences that arguments, fields and types have in common."""
    if entry.unit:
        yield f"Unit: {entry.unit}."
    if entry.since:
        yield f"Since {entry.since}."
    if entry.until:
        yield f"Until {entry.until}."


def _returned(catalogue: Catalogue, function: Function) -> tuple[str, str] | None:
    result = python_type(function.result)
    if function.long_running:
        unknown = ", whose shape is not documented" if function.result == Schema() else ""
        return "Job", f"Work that the server has begun; its result is {result}{unknown}."
    return None if result == "None" else (result, result_doc(catalogue, function.result))


def result_doc(catalogue: Catalogue, schema: Schema) -> str:
    """A sentence about a result."""
    if schema == Schema():
        return "What the server gives back; its shape is not documented."
    if schema.ref:
        return catalogue.resolve(schema.ref).description or ""
    if schema.items and schema.items.ref:
        return f"{(catalogue.resolve(schema.items.ref).description or '').removesuffix('.')} each."
    return schema.description or "As the type says."


def versions(function: Function) -> str:
    """The servers that are known to have a function."""
    facts = [f"Known since {function.since}."] if function.since else []
    facts += [f"Gone after {function.until}."] if function.until else []
    return " ".join(facts)


def evidence_of(function: Function) -> str:
    """How the facts of a function are known, in a sentence."""
    evidence = function.evidence
    long_running = f", long-running {evidence.long_running}" if function.long_running else ""
    sources = f" ({', '.join(evidence.sources)})" if evidence.sources else ""
    return f"Evidence: arguments {evidence.args}, result {evidence.result}{long_running}{sources}."
