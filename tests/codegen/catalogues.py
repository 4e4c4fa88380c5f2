"""Strategies for catalogues: what a person, or a server through `pull`, might write into the files."""

import yaml
from hypothesis import strategies as st

from tests.support.project import ROOT

PROTOCOL = yaml.load((ROOT / "spec" / "protocol.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)
SYSTEM_TYPES = yaml.load((ROOT / "spec" / "types" / "system.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)

TRAPS = (
    "self", "cls", "functions", "list", "List", "str", "Str", "int", "dict", "Dict", "type", "Type", "datetime", "Datetime", "bool", "float",
    "class", "None", "True", "import", "lambda", "async", "match", "mro", "Mro", "name", "value", "values", "Field", "Model", "Annotated",
    "StrEnum", "Literal", "JsonValue", "Sequence", "TypeAlias", "models", "Job", "SyncClientBase", "Argument", "Effect", "Function", "Instance",
    "Call", "Close", "Jobs", "Raw", "Resume", "instanceID", "GetMetadata", "InstanceId", "SPEClient", "dumps", "copy", "json", "modelDump",
    "model_config", "parseObj", "fromOrm", "a", "A", "aB", "a_b", "x1", "PDFs", "Tag", "SecretText", "Any", "Enum", "Literals", "property", "Optional",
    "Getattr", "Globals", "object", "Object", "Exception", "annotations", "TYPE_CHECKING", "UtcDatetime", "Iterator", "ServerThings", "InstanceThings",
    "Mapping", "FUNCTIONS", "validate", "schema", "construct", "to_wire", "toWire", "isascii", "upper", "count", "title", "format", "index",
)  # fmt: skip
"""Names that mean something where generated code may put them."""

TEXTS = (
    'quote " and \' and """ and \'\'\' end"', "back\\slash \\N{DASH} \\x00 end\\", "{x} {{ 7*7 }} {% raise %} %s ${x}",
    '"""\nimport os\nos.abort()\n"""', "\u202ereversed\u2066 zero\u200bwidth", "tab\tand\r\nlines", "#", "'", '"', "\\", "noqa: E501",
)  # fmt: skip

names = st.sampled_from(TRAPS) | st.from_regex(r"[A-Za-z][A-Za-z0-9_]{0,12}", fullmatch=True)
functions_names = st.sampled_from(TRAPS) | st.from_regex(r"(Get|Set|Delete|Run)[A-Z][a-z]{1,6}[A-Z]?[a-z]{0,3}", fullmatch=True)
type_names = st.sampled_from([name for name in TRAPS if name[0].isupper() and "_" not in name]) | st.from_regex(
    r"[A-Z][a-z]{1,6}([A-Z][a-z]{1,4})?", fullmatch=True
)
texts = st.sampled_from(TEXTS) | st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40).filter(str.strip)
versions = st.sampled_from(PROTOCOL["versions"])
groups = st.sampled_from(
    ["things", "sync", "aio", "models", "import", "typing", "a_b", "enum", "functions", "class", "pydantic", "annotations"]
)
scalars = st.sampled_from(["string", "integer", "number", "boolean"])


def optional(**values: st.SearchStrategy[object]) -> st.SearchStrategy[dict[str, object]]:
    return st.fixed_dictionaries({}, optional=values)


def merged(*parts: st.SearchStrategy[dict[str, object]]) -> st.SearchStrategy[dict[str, object]]:
    return st.tuples(*parts).map(lambda found: {key: value for part in found for key, value in part.items()})


def shapes(refs: list[str]) -> st.SearchStrategy[dict[str, object]]:
    """A shape without a name: references to `refs`, scalars, lists and maps of them, null or not."""
    named = st.sampled_from(refs).map(lambda ref: {"$ref": ref}) if refs else st.nothing()
    plain = scalars.map(lambda kind: {"type": kind})
    nullable = scalars.map(lambda kind: {"type": [kind, "null"]}) | named.map(lambda ref: {"anyOf": [ref, {"type": "null"}]})
    moments = st.sampled_from(["date-time", "call-date-time", "utc-date-time"]).map(lambda kind: {"type": "string", "format": kind})
    leaf = named | plain | nullable | moments | st.just({})
    return st.recursive(
        leaf,
        lambda inner: (
            inner.map(lambda items: {"type": "array", "items": items})
            | inner.map(lambda values: {"type": "object", "additionalProperties": values})
        ),
        max_leaves=2,
    )


def types(refs: list[str]) -> st.SearchStrategy[dict[str, object]]:
    described = st.fixed_dictionaries({"description": texts, "evidence": st.sampled_from(["observed", "documented", "unknown"])})
    enums = merged(described, st.lists(names, min_size=1, max_size=4, unique=True).map(lambda values: {"type": "string", "enum": values}))
    extras = optional(description=texts, unit=texts, since=versions, secret=st.just(value=True))
    fields = st.dictionaries(
        names, st.one_of(shapes(refs), merged(scalars.map(lambda kind: {"type": kind}), extras)), min_size=1, max_size=4
    )
    objects = merged(
        described,
        fields.flatmap(
            lambda found: st.lists(st.sampled_from(sorted(found)), unique=True).map(
                lambda required: {"type": "object", "properties": found, **({"required": required} if required else {})}
            )
        ),
    )
    return enums | objects


def arguments(refs: list[str], enums: list[str]) -> st.SearchStrategy[dict[str, object]]:
    extras = optional(doc=texts, unit=texts, since=versions, secret=st.just(value=True))
    required = optional(required=st.booleans())
    plain = st.sampled_from(["string", "integer", "number", "boolean", "datetime", "list", "json"]).map(lambda kind: {"type": kind})
    chosen = st.sampled_from(enums).map(lambda ref: {"type": "string", "enum": ref}) if enums else st.nothing()
    shaped = shapes(refs).map(lambda shape: {"type": "json", "shape": shape})
    return merged(names.map(lambda name: {"name": name}), plain | chosen | shaped, required, extras)


def unions(group: str) -> st.SearchStrategy[dict[str, dict[str, object]]]:
    """Two types that a tag distinguishes and their union; or nothing."""

    def build(parts: tuple[str, str, str, str]) -> dict[str, dict[str, object]]:
        union, key, tag, text = parts
        known = {"description": text, "evidence": "documented", "required": [key], "type": "object"}
        return {
            f"{union}Known": {**known, "properties": {key: {"type": "string", "const": tag}}},
            f"{union}Other": {**known, "properties": {key: {"type": "string"}}},
            union: {
                "description": text,
                "evidence": "documented",
                "anyOf": [{"$ref": f"types/{group}.yaml#/{union}{arm}"} for arm in ("Known", "Other")],
                "discriminator": key,
            },
        }

    return st.just({}) | st.tuples(type_names, names, texts, texts).map(build)


SAMPLES = {"string": "x", "integer": 1, "number": 1.5, "boolean": True, "datetime": "2026-01-01T00:00:00", "list": [], "json": None}


def functions(refs: list[str], enums: dict[str, str]) -> st.SearchStrategy[dict[str, object]]:
    def build(parts: tuple[dict[str, object], bool, list[dict[str, object]], dict[str, object]]) -> dict[str, object]:
        head, of_instance, args, result = parts
        if of_instance:
            args = [{"name": "instanceID", "type": "string", "required": True}, *args]
        example = {arg["name"]: enums.get(str(arg.get("enum")), SAMPLES[str(arg["type"])]) for arg in args if arg.get("required")}
        evidence = {"args": "documented", "result": "documented" if result else "unknown", "sources": ["x"]}
        return {**head, "args": args, "result": result, "evidence": evidence, "example": {"args": example}}

    effects = st.sampled_from(["read", "idempotent", "mutating", "destructive"])
    head = merged(
        st.fixed_dictionaries(
            {
                "name": functions_names,
                "summary": texts,
                "details": texts,
                "effect": effects,
                "access": st.just("admin"),
                "long_running": st.booleans(),
            }
        ),
        optional(since=versions, notes=st.lists(texts, max_size=1)),
    )
    args = st.lists(arguments(refs, list(enums)), max_size=4, unique_by=lambda arg: arg["name"])
    return st.tuples(head, st.booleans(), args, shapes(refs)).map(build)


@st.composite
def catalogues(draw: st.DrawFn) -> dict[str, object]:
    """The files of a catalogue by path; some are invalid."""
    group, title = draw(groups), draw(texts)
    found = draw(st.lists(type_names, max_size=4, unique_by=str.lower))
    refs = [f"types/{group}.yaml#/{name}" for name in found]
    schemas = {name: draw(types(refs)) for name in found} | draw(unions(group))
    refs = [f"types/{group}.yaml#/{name}" for name in schemas]
    enums = {ref: schemas[name]["enum"][0] for ref, name in zip(refs, schemas, strict=True) if "enum" in schemas[name]}
    entries = draw(st.lists(functions(refs, enums), min_size=1, max_size=3, unique_by=lambda entry: str(entry["name"]).lower()))
    files: dict[str, object] = {
        "protocol.yaml": PROTOCOL,
        "types/system.yaml": SYSTEM_TYPES,
        f"functions/{group}.yaml": {"group": group, "title": title, "functions": entries},
    }
    if schemas:
        files[f"types/{group}.yaml"] = {"group": group, "title": title, "types": schemas}
    return files
