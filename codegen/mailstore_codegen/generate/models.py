"""Types of the catalogue -> pydantic models and enums, one module a group, through datamodel-code-generator."""

import ast
import json
import textwrap
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, cast

from datamodel_code_generator import GeneratedModules, InputFileType, PythonVersion, generate
from datamodel_code_generator.enums import DataModelType
from datamodel_code_generator.format import DatetimeClassType

from mailstore_codegen.catalogue import naming
from mailstore_codegen.catalogue.model import Catalogue, Group, referenced
from mailstore_codegen.catalogue.schema import Schema
from mailstore_codegen.generate.docstrings import docstring, unit_and_versions
from mailstore_codegen.generate.python_types import MODEL_MODULE, STAND_INS, arms, field_type, stand_in

TEMPLATES = Path(__file__).parent / "templates" / "models"
"""Templates of the code generator's that ours replace: enums open for type checkers, unions by tag, no configuration."""

IMPORTS = ("typing.TYPE_CHECKING", "typing.Annotated", "typing.TypeAlias", "pydantic.Tag", f"{MODEL_MODULE}.tag_of")
"""What these templates use; the formatter removes what a module does not need."""

CONSTRUCTOR = '''
    if TYPE_CHECKING:

        def __init__({}) -> None:
            """Strings are accepted in place of enum members; a field that may be null may be left out."""

'''

DOC_WIDTH = 110
NULL = {"type": "null"}


class ModelMismatchError(Exception):
    """datamodel-code-generator chose another name or type than the catalogue has."""


def render_models(catalogue: Catalogue) -> dict[str, str]:
    """The Python source of each group's module, by group; unformatted."""
    if not catalogue.types:
        return {}
    made = generate(
        json.dumps(bundle(catalogue)),
        input_file_type=InputFileType.JsonSchema,
        output_model_type=DataModelType.PydanticV2BaseModel,
        target_python_version=PythonVersion.PY_311,
        additional_imports=list(IMPORTS),
        aliases=_aliases(catalogue),
        base_class=f"{MODEL_MODULE}.Model",
        import_overrides={"IntEnum": MODEL_MODULE, "StrEnum": MODEL_MODULE},
        allow_remote_refs=False,
        custom_file_header="# replaced by the generator's own header",
        custom_template_dir=TEMPLATES,
        disable_future_imports=True,
        disable_timestamp=True,
        extra_template_data=_unions(catalogue),
        field_constraints=True,
        formatters=[],  # ruff formats later
        keep_model_order=True,
        output_datetime_class=DatetimeClassType.Datetime,
        skip_root_model=True,
        strict_nullable=True,
        strict_refs=True,
        treat_dot_as_module=True,
        use_annotated=True,
        use_double_quotes=True,
        use_exact_imports=True,
        use_field_description=True,
        use_schema_description=True,
        use_specialized_enum=True,
        use_standard_collections=True,
        use_type_alias=True,
        use_union_operator=True,
    )
    modules = cast("GeneratedModules", made)
    sources = {group.name: _module(modules, group) for group in catalogue.groups if group.types}
    _verify(catalogue, sources)
    return {name: _with_constructors(catalogue, source) for name, source in sources.items()}


def _with_constructors(catalogue: Catalogue, source: str) -> str:
    """The module with a constructor for type checkers in every model that is an argument or a part of one.

    As at run time, a string is accepted instead of an enum member, and nullable fields are optional.
    """
    lines = source.splitlines(keepends=True)
    for node in reversed(ast.parse(source).body):
        fields = [field for field in node.body if isinstance(field, ast.AnnAssign)] if isinstance(node, ast.ClassDef) else []
        if isinstance(node, ast.ClassDef) and node.name in catalogue.sent and fields:
            hints = [(ast.unparse(field.target), _accepted(catalogue, field.annotation), field.value is not None) for field in fields]
            parameters = [f"{name}: {hint}{' = None' if default or 'None' in arms(hint) else ''}" for name, hint, default in hints]
            lines.insert(node.end_lineno or 0, CONSTRUCTOR.format(", ".join(["self", "*", *parameters])))
    return "from collections.abc import Sequence\nfrom typing import TYPE_CHECKING, Literal\n" + "".join(lines)


def _accepted(catalogue: Catalogue, node: ast.expr) -> str:
    """The type that a constructor accepts for a field."""
    match node:
        case ast.BinOp(left=left, right=right):
            return f"{_accepted(catalogue, left)} | {_accepted(catalogue, right)}"
        case ast.Subscript(value=ast.Name(id="Annotated"), slice=ast.Tuple(elts=[inner, *_])):
            return _accepted(catalogue, inner)
        case ast.Subscript(value=ast.Name(id="list"), slice=inner):
            return f"Sequence[{_accepted(catalogue, inner)}]"
        case ast.Name(id=name) if name in catalogue.types and (values := catalogue.types[name].enum):
            return f"{name} | Literal[{', '.join(map(repr, values))}]"
        case _:
            return ast.unparse(node)


def bundle(catalogue: Catalogue) -> dict[str, Any]:
    """All types as one JSON Schema, as the code generator takes it: ``<group>.<Name>`` becomes class Name of module <group>."""
    definitions = {f"{catalogue.group_of_type[name]}.{name}": _definition(catalogue, schema) for name, schema in catalogue.types.items()}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$defs": definitions}


def _module(modules: GeneratedModules, group: Group) -> str:
    _, _, source = modules[f"{group.name}.py",].partition("\n")  # after its header
    return _in_order(f"{source}\n", list(group.types))


def _in_order(source: str, names: Sequence[str]) -> str:
    """The module with its classes in the order of their names, but for one that another needs, which comes right before that.

    So a new type moves no other, unless it is the first by name that needs it.
    """
    body, lines = ast.parse(source).body, source.splitlines(keepends=True)
    defined = {_defined_name(node): node for node in body if isinstance(node, ast.ClassDef | ast.AnnAssign)}
    last = body.index([*defined.values()][-1])
    tail = next((node.lineno for node in body[last:] if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)), len(lines) + 1)
    starts = [*(node.lineno for node in defined.values()), tail]
    texts = {name: "".join(lines[start - 1 : end - 1]) for name, (start, end) in zip(defined, pairwise(starts), strict=True)}
    placed: dict[str, str] = {}

    def place(name: str) -> None:
        needed = {node.id for node in ast.walk(defined[name]) if isinstance(node, ast.Name)}
        for other in names:
            if other in needed and other != name and other not in placed:
                place(other)
        placed[name] = texts[name]

    for name in names:
        if name not in placed:
            place(name)
    return "".join([*lines[: starts[0] - 1], *placed.values(), *lines[tail - 1 :]])


def _defined_name(node: ast.ClassDef | ast.AnnAssign) -> str:
    return node.name if isinstance(node, ast.ClassDef) else ast.unparse(node.target)


def _definition(catalogue: Catalogue, schema: Schema) -> dict[str, Any]:
    described = {"description": describe(schema)}
    if schema.enum is not None:
        return {
            **described,
            "type": schema.type,
            "enum": list(schema.enum),
            "x-enum-varnames": [schema.member_name(value) for value in schema.enum],
        }
    if schema.discriminator:
        return {**described, "anyOf": [_node(catalogue, arm) for arm in schema.any_of]}
    fields = {key: {**_node(catalogue, child), "description": describe(child)} for key, child in schema.properties.items()}
    # Every model keeps unknown keys, so additionalProperties need no code.
    return {**described, "type": "object", "properties": fields, "required": list(schema.required)}


def _node(catalogue: Catalogue, schema: Schema) -> dict[str, Any]:
    """A shape without a name; its alternatives in the order of the catalogue."""
    if schema.ref:
        name = referenced(schema.ref)
        return {"$ref": f"#/$defs/{catalogue.group_of_type[name]}.{name}"}
    nodes = [_node(catalogue, arm) for arm in schema.any_of] or [_kind(catalogue, schema, kind) for kind in schema.types]
    nodes = nodes or [_stand_in("JsonValue")]
    return nodes[0] if len(nodes) == 1 else {"anyOf": nodes}


def _kind(catalogue: Catalogue, schema: Schema, kind: str) -> dict[str, Any]:
    if kind == "array":
        return {"type": kind, "items": _node(catalogue, schema.items or Schema())}
    if kind == "object":
        return {"type": kind, "additionalProperties": _node(catalogue, schema.additional_properties or Schema())}
    if kind != "string":
        return {"type": kind}
    if schema.const is not None:
        return {"const": schema.const}
    if name := stand_in(schema):
        return _stand_in(name)
    return {"type": kind, "format": "date-time"} if schema.format else {"type": kind}


def _stand_in(name: str) -> dict[str, Any]:
    return {"customTypePath": STAND_INS[name]}


def _unions(catalogue: Catalogue) -> defaultdict[str, dict[str, Any]]:
    """Data for the template of unions: the wire key that distinguishes the types, and the docstring."""
    facts = {
        f"{catalogue.group_of_type[name]}.{name}": {"discriminator": schema.discriminator, "doc": docstring(describe(schema))}
        for name, schema in catalogue.types.items()
        if schema.discriminator
    }
    return defaultdict(dict, facts)


def describe(schema: Schema) -> str:
    """The docstring of a type or field, wrapped to the line length."""
    paragraphs = naming.printable(_described(schema)).split("\n\n")
    return "\n\n".join(textwrap.fill(text, DOC_WIDTH, break_long_words=False, break_on_hyphens=False) for text in paragraphs)


def _described(schema: Schema) -> str:
    facts = [f"{value}: {text}" for value, text in schema.enum_docs.items()]
    facts += unit_and_versions(schema)
    facts += [f"Evidence: {schema.evidence}{_of(schema.sources)}."] if schema.evidence else []
    if schema.properties or schema.enum is not None:
        return "\n\n".join([schema.description or "", *facts])
    return " ".join([schema.description or "", *facts]).strip()


def _of(sources: tuple[str, ...]) -> str:
    return f" ({', '.join(sources)})" if sources else ""


def _aliases(catalogue: Catalogue) -> Mapping[str, str | list[str]]:
    return {
        f"{catalogue.group_of_type[name]}.{name}.{key}": child.field_name(key)
        for name, schema in catalogue.types.items()
        for key, child in schema.properties.items()
        if child.field_name(key) != key
    }


def _verify(catalogue: Catalogue, sources: Mapping[str, str]) -> None:
    """Refuse output whose classes, fields, types or members are not as the catalogue and `python_types` say."""
    for group in catalogue.groups:
        made = _contents(sources.get(group.name, ""))
        wanted = {name: _expected(schema) for name, schema in group.types.items()}
        if made != wanted:
            wrong = sorted(name for name in made.keys() | wanted.keys() if made.get(name) != wanted.get(name))
            shown = "; ".join(f"{name} is {made.get(name)}, expected {wanted.get(name)}" for name in wrong)
            raise ModelMismatchError(f"models of {group.name} differ from the catalogue: {shown}")


def _expected(schema: Schema) -> dict[str, frozenset[str] | str | int]:
    """The content of a class: its fields with the arms of their types, its members with their values."""
    fields = {child.field_name(key): arms(field_type(schema, key)) for key, child in schema.properties.items()}
    return {**fields, **{schema.member_name(value): value for value in schema.enum or ()}}


def _contents(source: str) -> dict[str, dict[str, frozenset[str] | str | int]]:
    """The names in each class of a module; a union is an alias without names."""
    found: dict[str, dict[str, frozenset[str] | str | int]] = {}
    for node in ast.parse(source).body:
        if isinstance(node, ast.AnnAssign):
            found[_defined_name(node)] = {}
        elif isinstance(node, ast.ClassDef):
            found[_defined_name(node)] = dict(entry for statement in node.body if (entry := _entry(statement)))
    return found


def _entry(statement: ast.stmt) -> tuple[str, frozenset[str] | str | int] | None:
    match statement:
        case ast.AnnAssign():
            return ast.unparse(statement.target), arms(ast.unparse(statement.annotation))
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            return name, ast.literal_eval(value)
        case _:
            return None
