"""The catalogue as Markdown pages for people: one for each function, one for each group with its types, and an index.

Templates only print: every piece of Markdown is made here, from strings that `mailstore_codegen.generate.markdown` has escaped.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from mailstore_codegen.catalogue.model import Catalogue, Group, referenced
from mailstore_codegen.catalogue.schema import Argument, Effect, Function, Schema
from mailstore_codegen.generate import markdown
from mailstore_codegen.generate.docstrings import ACCESS, argument_facts, result_doc, unit_and_versions, versions
from mailstore_codegen.generate.examples import INSTANCE, command_example, curl_example, http_example, python_example
from mailstore_codegen.generate.markdown import code, text
from mailstore_codegen.generate.methods import method, parameter
from mailstore_codegen.generate.python_types import python_type
from mailstore_codegen.generate.statistics import markdown_table, statistics
from mailstore_codegen.generate.templating import environment

EFFECTS = {
    Effect.READ: "It only reads.",
    Effect.IDEMPOTENT: "Calling it twice has the same effect as calling it once.",
    Effect.MUTATING: "It changes the server, and a second call changes it again.",
    Effect.DESTRUCTIVE: "It deletes data or makes changes that cannot be undone.",
}
SECRET = "Never shown in logs and errors."
RETRIED = "A call whose reply is lost is retried."
NOT_RETRIED = "A call whose reply is lost is not retried; the SDK raises `OutcomeUnknownError`."

EVIDENCE = {
    "observed": "a server reported it, in its list of functions or in recorded replies",
    "printed-sample": "a real reply has been published",
    "documented": "the vendor documents it",
    "consumed-by-code": "public code reads or sends it",
    "inferred": "a conclusion from other facts",
    "unknown": "no source",
}


@dataclass(frozen=True)
class FunctionView:
    """One function as its page prints it; every field is Markdown."""

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
    """One type as its section prints it; every field is Markdown."""

    name: str
    description: str
    table: str
    facts: tuple[str, ...]


def snippets(catalogue: Catalogue) -> dict[str, str]:
    """The Python source that the pages show, by a name for each; to be formatted before `pages` prints it."""
    found: dict[str, str] = {}
    for function in catalogue.functions:
        view = method(catalogue, function)
        found[_signature(function)] = f"def {function.method}({view.signature}) -> {view.returns('Job')}: ...\n"
        found[_example(function)] = python_example(catalogue, function)
    return found


def pages(catalogue: Catalogue, formatted: Mapping[str, str]) -> dict[str, str]:
    """Every page by its path; `formatted` holds the `snippets`."""
    env = environment()
    of_function, of_group = env.get_template("reference_function.md.jinja"), env.get_template("reference_group.md.jinja")
    made: dict[str, str] = {}
    for group in catalogue.groups:
        title = text(group.title)
        made[f"{group.name}.md"] = of_group.render(
            group=group.name,
            title=title,
            functions=_summaries(group) if group.functions else "",
            types=[_type(catalogue, group, name) for name in group.types],
        )
        for function in group.functions:
            view = _function(catalogue, group, function, formatted)
            made[_page(group, function)] = of_function.render(group=group.name, title=title, item=view)
    made["index.md"] = env.get_template("reference_index.md.jinja").render(
        groups=[(group.name, text(group.title), _methods(group)) for group in catalogue.groups if group.functions],
        instance=INSTANCE,
        statistics=markdown_table(statistics(catalogue)),
        evidence=EVIDENCE,
        count=len(list(catalogue.functions)),
    )
    return made


def _page(group: Group, function: Function) -> str:
    return f"{group.name}/{function.method}.md"


def _signature(function: Function) -> str:
    return f"signature of {function.name}"


def _example(function: Function) -> str:
    return f"example of {function.name}"


def _methods(group: Group) -> str:
    return ",\n".join(markdown.link(code(function.method), _page(group, function)) for function in group.functions)


def _summaries(group: Group) -> str:
    rows = [
        (markdown.link(code(function.method), _page(group, function)), code(function.name), text(function.summary))
        for function in group.functions
    ]
    return markdown.table(("Method", "Function", "What it does"), rows)


@dataclass(frozen=True)
class _Links:
    """The links of a page.

    Attributes:
        catalogue: What the page is about.
        root: The path from the page to the folder of the reference.
    """

    catalogue: Catalogue
    root: str = ""

    def type(self, reference: str) -> str:
        """Return the target for a type."""
        name = referenced(reference)
        return f"{self.root}{self.catalogue.group_of_type[name]}.md#type-{name}"

    def evidence(self, word: object) -> str:
        """Return a word of evidence that links to its meaning; the site shows it as a badge."""
        return markdown.link(str(word), f"{self.root}index.md#{word}")


def _function(catalogue: Catalogue, group: Group, function: Function, formatted: Mapping[str, str]) -> FunctionView:
    links = _Links(catalogue, root="../")
    named = _result_type(catalogue, function.result)
    basic = next(dialect for dialect in catalogue.protocol.dialects if dialect.name == "basic")
    meaning = result_doc(catalogue, function.result) if python_type(function.result) != "None" else ""
    return FunctionView(
        name=function.name,
        method=function.method,
        summary=text(function.summary),
        details=text(function.details or ""),
        signature=formatted[_signature(function)],
        arguments=_arguments(function, links),
        result=". ".join(part for part in (_returned(function, links), text(meaning)) if part),
        fields=_fields(catalogue.types[named], links) if named else "",
        facts=tuple(_facts(function, links)),
        python=formatted[_example(function)],
        command=command_example(catalogue, group.name, function),
        curl=curl_example(function, basic.port),
        http=http_example(function, basic.port),
    )


def _facts(function: Function, links: _Links) -> Iterator[str]:
    retried = function.effect in (Effect.READ, Effect.IDEMPOTENT) and not function.long_running
    yield f"**Effect:** {function.effect}. {EFFECTS[function.effect]} {RETRIED if retried else NOT_RETRIED}"
    yield f"**Access:** {ACCESS[function.access]}."
    if known := versions(function):
        yield f"**Versions:** {known}"
    evidence = function.evidence
    long_running = f", long-running {links.evidence(evidence.long_running)}" if function.long_running else ""
    yield f"**Evidence:** arguments {links.evidence(evidence.args)}, result {links.evidence(evidence.result)}{long_running}."
    if evidence.sources:
        yield f"**Sources:** {', '.join(map(text, evidence.sources))}."
    if function.proposed:
        yield f"**Proposed by its name, not confirmed:** {', '.join(function.proposed).replace('_', '-')}."
    yield from (f"**Note:** {text(note)}" for note in function.notes)


def _arguments(function: Function, links: _Links) -> str:
    header = ("Argument", "On the wire", "Type", "Required", "Meaning")
    return markdown.table(header, [_argument(function, item, links) for item in function.args]) if function.args else ""


def _argument(function: Function, argument: Argument, links: _Links) -> tuple[str, ...]:
    view = parameter(links.catalogue, argument)
    required = "yes" if view.default is None else "no" if view.default == "None" else f"no, default {code(view.default)}"
    if function.needs_instance and argument is function.args[0]:
        required = "set by `spe.instance(…)`"
    elif argument.until:
        required = "only with `call(…)`"
    references = argument.references()
    hint = code(view.annotation)
    own_evidence = [f"Evidence: {links.evidence(argument.evidence)}."] if argument.evidence else []
    return (
        code(view.name),
        f"{code(argument.name)} ({argument.type})",
        markdown.link(hint, links.type(references[0])) if references else hint,
        required,
        " ".join((text(" ".join(_argument_meaning(links.catalogue, argument)) or "Not documented."), *own_evidence)),
    )


def _argument_meaning(catalogue: Catalogue, argument: Argument) -> Iterator[str]:
    yield from argument_facts(catalogue, argument)
    if argument.secret:
        yield SECRET


def _returned(function: Function, links: _Links) -> str:
    result = _linked(function.result, links)
    return f"a `Job` whose result is {result}" if function.long_running else result


def _result_type(catalogue: Catalogue, result: Schema) -> str | None:
    """The type whose fields a result has, itself or in each of its items."""
    reference = result.ref or (result.items.ref if result.items else None)
    name = referenced(reference) if reference else None
    return name if name and catalogue.types[name].properties else None


def _type(catalogue: Catalogue, group: Group, name: str) -> TypeView:
    schema, links = group.types[name], _Links(catalogue)
    return TypeView(name, text(schema.description or ""), _type_table(schema, links), tuple(_type_facts(schema, links)))


def _type_table(schema: Schema, links: _Links) -> str:
    if schema.enum is not None:
        rows = [(code(schema.member_name(value)), code(str(value)), text(schema.enum_docs.get(str(value), ""))) for value in schema.enum]
        columns = 3 if any(row[2] for row in rows) else 2
        return markdown.table(("Member", "On the wire", "Meaning")[:columns], [row[:columns] for row in rows])
    if schema.properties:
        return _fields(schema, links)
    discriminator = f", distinguished by {code(schema.discriminator)}" if schema.discriminator else ""
    return f"It is {_linked(schema, links)}{discriminator}."


def _type_facts(schema: Schema, links: _Links) -> Iterator[str]:
    yield f"**Evidence:** {links.evidence(schema.evidence)}."
    if schema.sources:
        yield f"**Sources:** {', '.join(map(text, schema.sources))}."
    if schema.additional_properties is not None:
        yield "**Further fields** are kept as they come: the list is known to be incomplete."
    yield from (f"**Note:** {text(note)}" for note in schema.notes)


def _fields(schema: Schema, links: _Links) -> str:
    return markdown.table(("Field", "On the wire", "Type", "Meaning"), [_field(schema, *item, links) for item in schema.properties.items()])


def _field(owner: Schema, key: str, field: Schema, links: _Links) -> tuple[str, ...]:
    evidence = field.evidence if field.evidence != owner.evidence else None
    return (
        code(field.field_name(key)),
        code(key),
        _linked(field, links),
        " ".join((text(" ".join(_field_meaning(owner, key, field))), *([f"Evidence: {links.evidence(evidence)}."] if evidence else []))),
    )


def _field_meaning(owner: Schema, key: str, field: Schema) -> Iterator[str]:
    if field.description:
        yield field.description
    if field.const is not None:
        yield f"Always {field.const}."
    yield from unit_and_versions(field)
    if key not in owner.required:
        yield "May be absent."
    if field.secret:
        yield SECRET


def _linked(schema: Schema, links: _Links) -> str:
    """The Python type of a shape, each named type a link to its section."""
    if schema.any_of:
        return " or ".join(_linked(arm, links) for arm in schema.any_of)
    references = schema.references()
    hint = code(python_type(schema))
    return markdown.link(hint, links.type(references[0])) if references else hint
