"""The catalogue as Markdown pages for people: one a group, and an index.

Templates only print: every piece of Markdown is made here, from texts that `mailstore_codegen.markdown` has escaped.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from mailstore_codegen.catalogue import naming
from mailstore_codegen.catalogue.model import Catalogue, Group, referenced
from mailstore_codegen.catalogue.schema import Argument, Effect, Function, Schema
from mailstore_codegen.generate import markdown
from mailstore_codegen.generate.examples import INSTANCE, command_example, curl_example, http_example, python_example
from mailstore_codegen.generate.markdown import code, text
from mailstore_codegen.generate.methods import (
    ACCESS,
    annotation,
    argument_facts,
    environment,
    method,
    parameter,
    result_doc,
    versions,
)
from mailstore_codegen.generate.statistics import markdown_table, statistics

EFFECTS = {
    Effect.READ: "It changes nothing.",
    Effect.IDEMPOTENT: "Doing it twice leaves the same state as doing it once.",
    Effect.MUTATING: "It changes the server, and a second call would change it again.",
    Effect.DESTRUCTIVE: "It deletes data, or changes it beyond undoing.",
}
SENT_AGAIN = "A call whose reply is lost is sent again."
NEVER_SENT_AGAIN = "A call whose reply is lost is not sent again: the SDK raises `OutcomeUnknownError`."

EVIDENCE = {
    "observed": "a server said so itself: in its list of functions, or in replies that were recorded",
    "printed-sample": "a real reply was seen",
    "documented": "the vendor says so",
    "consumed-by-code": "public code reads or sends it",
    "inferred": "a conclusion",
    "unknown": "nobody knows",
}


@dataclass(frozen=True)
class FunctionView:
    """One function as its section prints it; every text is Markdown."""

    name: str
    method: str
    summary: str
    details: str
    signature: str
    arguments: str
    result: str
    fields: str
    facts: tuple[str, ...]
    python: str
    command: str
    curl: str
    http: str


@dataclass(frozen=True)
class TypeView:
    """One type as its section prints it; every text is Markdown."""

    name: str
    description: str
    table: str
    facts: tuple[str, ...]


def snippets(catalogue: Catalogue) -> dict[str, str]:
    """The Python source that the pages show, by file name; to be formatted before `pages` prints it."""
    found: dict[str, str] = {}
    for function in catalogue.functions:
        view = method(catalogue, function)
        found[_signature(function)] = f"def {function.method}({view.signature}) -> {view.returns('Job')}: ...\n"
        found[_example(function)] = python_example(catalogue, function)
    return found


def pages(catalogue: Catalogue, formatted: Mapping[str, str]) -> dict[str, str]:
    """Every page by its file name; `formatted` holds the `snippets`."""
    env = environment()
    views = {group.name: [_function(catalogue, group, function, formatted) for function in group.functions] for group in catalogue.groups}
    made = {
        f"{group.name}.md": env.get_template("reference.md.jinja").render(
            group=group.name,
            title=text(group.title),
            functions=views[group.name],
            types=[_type(catalogue, group, name) for name in group.types],
        )
        for group in catalogue.groups
    }
    index = env.get_template("reference_index.md.jinja").render(
        groups=[(group.name, text(group.title), _summaries(group)) for group in catalogue.groups if group.functions],
        instance=INSTANCE,
        statistics=markdown_table(statistics(catalogue)),
        evidence=EVIDENCE,
        count=len(list(catalogue.functions)),
    )
    return {**made, "index.md": index}


def _signature(function: Function) -> str:
    return f"signatures/{function.name}.py"


def _example(function: Function) -> str:
    return f"examples/{function.name}.py"


def _summaries(group: Group) -> str:
    rows = [
        (markdown.link(code(function.method), f"{group.name}.md#{function.name}"), code(function.name), text(function.summary))
        for function in group.functions
    ]
    return markdown.table(("Method", "Function", "What it does"), rows)


def _function(catalogue: Catalogue, group: Group, function: Function, formatted: Mapping[str, str]) -> FunctionView:
    link = _linker(catalogue, group)
    named = _result_type(catalogue, function.result)
    basic = next(dialect for dialect in catalogue.protocol.dialects if dialect.name == "basic")
    meaning = result_doc(catalogue, function.result) if annotation(function.result) != "None" else ""
    return FunctionView(
        name=function.name,
        method=function.method,
        summary=text(function.summary),
        details=text(function.details or ""),
        signature=formatted[_signature(function)].rstrip(),
        arguments=_arguments(catalogue, function, link),
        result=". ".join(part for part in (_returned(function, link), text(meaning)) if part),
        fields=_fields(catalogue.types[named], link) if named else "",
        facts=tuple(_facts(function)),
        python=formatted[_example(function)].strip(),
        command=command_example(catalogue, group.name, function),
        curl=curl_example(function, basic.port),
        http=http_example(function, basic.port),
    )


def _facts(function: Function) -> Iterator[str]:
    repeats = function.effect in (Effect.READ, Effect.IDEMPOTENT) and not function.long_running
    yield f"**Effect:** {function.effect}. {EFFECTS[function.effect]} {SENT_AGAIN if repeats else NEVER_SENT_AGAIN}"
    yield f"**Access:** {ACCESS[function.access]}."
    if known := versions(function):
        yield f"**Versions:** {known}"
    evidence = function.evidence
    long_running = f", long-running {_badge(evidence.long_running)}" if function.long_running else ""
    yield f"**Evidence:** arguments {_badge(evidence.args)}, result {_badge(evidence.result)}{long_running}."
    if evidence.sources:
        yield f"**Sources:** {', '.join(map(text, evidence.sources))}."
    if function.proposed:
        yield f"**Proposed by its name, not confirmed:** {', '.join(function.proposed).replace('_', '-')}."
    yield from (f"**Note:** {text(note)}" for note in function.notes)


def _arguments(catalogue: Catalogue, function: Function, link: Callable[[str], str]) -> str:
    header = ("Argument", "On the wire", "Type", "Given", "Meaning")
    return markdown.table(header, [_argument(catalogue, function, item, link) for item in function.args]) if function.args else ""


def _argument(catalogue: Catalogue, function: Function, argument: Argument, link: Callable[[str], str]) -> tuple[str, ...]:
    view = parameter(catalogue, argument)
    bound = argument not in function.own_args
    given = "required" if view.default is None else "optional" if view.default == "None" else f"default {code(view.default)}"
    references = argument.references()
    hint = code(view.annotation)
    return (
        code(view.name),
        f"{code(argument.name)} ({argument.type})",
        markdown.link(hint, link(references[0])) if references else hint,
        "by `spe.instance(…)`" if bound else given,
        " ".join((text(" ".join(_argument_meaning(catalogue, argument)) or "Not documented."), *_own_evidence(argument))),
    )


def _argument_meaning(catalogue: Catalogue, argument: Argument) -> Iterator[str]:
    yield from argument_facts(catalogue, argument)
    if argument.secret:
        yield "Never shown in logs and errors."


def _own_evidence(argument: Argument) -> list[str]:
    return [f"Evidence: {_badge(argument.evidence)}."] if argument.evidence else []


def _badge(evidence: object) -> str:
    """A word of evidence, leading to what it means; the site shows such links as badges."""
    return markdown.link(str(evidence), f"index.md#{evidence}")


def _returned(function: Function, link: Callable[[str], str]) -> str:
    result = _linked(function.result, link)
    return f"a `Job` whose result is {result}" if function.long_running else result


def _result_type(catalogue: Catalogue, result: Schema) -> str | None:
    """The type whose fields a result has, itself or in each of its items."""
    reference = result.ref or (result.items.ref if result.items else None)
    name = referenced(reference) if reference else None
    return name if name and catalogue.types[name].properties else None


def _type(catalogue: Catalogue, group: Group, name: str) -> TypeView:
    schema = group.types[name]
    link = _linker(catalogue, group)
    return TypeView(name, text(schema.description or ""), _type_table(schema, link), tuple(_type_facts(schema)))


def _type_table(schema: Schema, link: Callable[[str], str]) -> str:
    if schema.enum is not None:
        rows = [(code(naming.enum_member(value)), code(value), text(schema.enum_docs.get(value, ""))) for value in schema.enum]
        return markdown.table(("Member", "On the wire", "Meaning"), rows)
    if schema.properties:
        return _fields(schema, link)
    told = f", told apart by {code(schema.discriminator)}" if schema.discriminator else ""
    return f"It is {_linked(schema, link)}{told}."


def _type_facts(schema: Schema) -> Iterator[str]:
    yield f"**Evidence:** {_badge(schema.evidence)}."
    if schema.sources:
        yield f"**Sources:** {', '.join(map(text, schema.sources))}."
    if schema.additional_properties is not None:
        yield "**Further fields** are kept as they come: the list is known to be incomplete."
    yield from (f"**Note:** {text(note)}" for note in schema.notes)


def _fields(schema: Schema, link: Callable[[str], str]) -> str:
    header = ("Field", "On the wire", "Type", "Meaning", "Unit", "Versions", "Evidence")
    return markdown.table(header, [_field(schema, key, field, link) for key, field in schema.properties.items()])


def _field(owner: Schema, key: str, field: Schema, link: Callable[[str], str]) -> tuple[str, ...]:
    notes = [] if field.const is None else [f"Always {field.const}."]
    notes += [] if key in owner.required else ["May be absent."]
    notes += ["Never shown in logs and errors."] if field.secret else []
    return (
        code(field.field_name(key)),
        code(key),
        _linked(field, link),
        text(" ".join([field.description or "", *notes])),
        text(field.unit or ""),
        ", ".join(f"{word} {version}" for word, version in (("since", field.since), ("until", field.until)) if version),
        _badge(field.evidence or owner.evidence),
    )


def _linked(schema: Schema, link: Callable[[str], str]) -> str:
    """The Python type of a shape, each named type a link to its section."""
    if schema.any_of:
        return " or ".join(_linked(arm, link) for arm in schema.any_of)
    references = schema.references()
    hint = code(annotation(schema))
    return markdown.link(hint, link(references[0])) if references else hint


def _linker(catalogue: Catalogue, group: Group) -> Callable[[str], str]:
    """What says where a type is explained, seen from the page of `group`."""

    def link(reference: str) -> str:
        name = referenced(reference)
        other = catalogue.group_of_type[name]
        return f"{'' if other == group.name else f'{other}.md'}#type-{name}"

    return link
