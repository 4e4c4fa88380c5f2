"""Types of the catalogue -> pydantic models and enums, one module a group, through datamodel-code-generator."""

import ast
import json
import tempfile
import textwrap
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from datamodel_code_generator import InputFileType, PythonVersion, generate
from datamodel_code_generator.enums import DataModelType
from datamodel_code_generator.format import DatetimeClassType

from mailstore_codegen.catalogue import naming
from mailstore_codegen.catalogue.json_schema import plain_schema
from mailstore_codegen.catalogue.model import Catalogue, Group, referenced
from mailstore_codegen.catalogue.schema import Schema
from mailstore_codegen.generate.methods import docstring, python_literal

BASE_MODULE = "mailstore_sdk.runtime.model"
OVERRIDES = {
    "JsonValue": "pydantic.JsonValue",  # for a schema that says nothing, so that no model has a field of type Any
    "SecretText": f"{BASE_MODULE}.SecretText",
    "UtcDatetime": f"{BASE_MODULE}.UtcDatetime",
}
"""Types that no generated class stands for, by the name that schemas refer to them with."""

UNION_IMPORTS = f"from typing import Annotated, TypeAlias\nfrom pydantic import Tag\nfrom {BASE_MODULE} import tag_of\n"
UNLISTED = '''
    if TYPE_CHECKING:
        _UNLISTED = "…"
        """Any text that the catalogue does not know: no comparison with the known ones is exhaustive."""
'''
"""What each enum has for type checkers alone; else they would take the branch for an unknown text for unreachable."""

DOC_WIDTH = 110


class ModelMismatchError(Exception):
    """datamodel-code-generator chose another name than `mailstore_codegen.naming`."""


def render_models(catalogue: Catalogue) -> dict[str, str]:
    """The Python source of each group's module, by group; unformatted."""
    with tempfile.TemporaryDirectory() as folder:
        generate(
            json.dumps(bundle(catalogue)),
            input_file_type=InputFileType.JsonSchema,
            output=Path(folder) / "models",
            output_model_type=DataModelType.PydanticV2BaseModel,
            target_python_version=PythonVersion.PY_311,
            aliases=_aliases(catalogue),
            base_class=f"{BASE_MODULE}.Model",
            import_overrides={"StrEnum": BASE_MODULE},
            type_overrides=OVERRIDES,
            allow_remote_refs=False,
            custom_file_header="# replaced by the generator's own header",
            disable_future_imports=True,
            disable_timestamp=True,
            field_constraints=True,
            formatters=[],  # ours comes later
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
            use_single_line_docstring=True,
            use_specialized_enum=True,
            use_standard_collections=True,
            use_union_operator=True,
        )
        sources = {group.name: _module(Path(folder), group) for group in catalogue.groups if group.types}
    _verify(catalogue, sources)
    return sources


def bundle(catalogue: Catalogue) -> dict[str, Any]:
    """All types as one JSON Schema, as the code generator takes it."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$defs": _definitions(catalogue)}


def _module(folder: Path, group: Group) -> str:
    source = (folder / "models" / f"{group.name}.py").read_text(encoding="utf-8")
    # Beside the right import the generator writes one for a module of the definitions that stand-ins look like.
    lines = [line for line in source.splitlines(keepends=True)[1:] if not line.startswith("from . import ")]
    unions = "".join(_union(name, schema) for name, schema in group.types.items() if schema.discriminator)
    return (UNION_IMPORTS if unions else "") + _opened("".join(lines)) + unions


def _opened(source: str) -> str:
    """The module with all its enums open for type checkers as they are at run time."""
    lines = source.splitlines(keepends=True)
    enums = [node for node in ast.parse(source).body if isinstance(node, ast.ClassDef) and ast.unparse(node.bases[0]) == "StrEnum"]
    for enum in reversed(enums):
        lines.insert(enum.end_lineno or 0, UNLISTED)
    return ("from typing import TYPE_CHECKING\n" if enums else "") + "".join(lines)


def _definitions(catalogue: Catalogue) -> dict[str, Any]:
    """Every type under ``<group>.<Name>``, which becomes class Name of module <group>."""

    def link(reference: str) -> str:
        name = referenced(reference)
        return f"#/$defs/{catalogue.group_of_type[name]}.{name}"

    definitions: dict[str, Any] = {name: {"title": name} for name in OVERRIDES}
    for name, schema in catalogue.types.items():
        if schema.discriminator:
            continue
        definition = _with_docs(plain_schema(schema, link), schema)
        if schema.enum:
            definition["x-enum-varnames"] = [naming.enum_member(value) for value in schema.enum]
        definitions[f"{catalogue.group_of_type[name]}.{name}"] = definition
    return definitions


def _with_docs(plain: dict[str, Any], schema: Schema) -> dict[str, Any]:
    """Descriptions completed with unit, versions, evidence and wire names; open values made JsonValue."""
    plain["description"] = describe(schema)
    if schema.properties:
        # Every model keeps unknown keys, so there is nothing to generate.
        plain.pop("additionalProperties", None)
    for key, child in schema.properties.items():
        field = plain["properties"][key]
        if stand_in := _stand_in(child):
            field = {"anyOf": [_override(stand_in), {"type": "null"}]} if "null" in child.types else _override(stand_in)
        elif child.additional_properties == Schema():
            field["additionalProperties"] = _override("JsonValue")
        plain["properties"][key] = {**field, "description": describe(child)}
    return plain


def _stand_in(schema: Schema) -> str | None:
    if schema.secret:
        return "SecretText"
    if schema.format == "utc-date-time":
        return "UtcDatetime"
    return None if schema.ref or schema.type or schema.any_of else "JsonValue"


def _override(name: str) -> dict[str, Any]:
    return {"$ref": f"#/$defs/{name}"}


def _union(name: str, schema: Schema) -> str:
    """An alias for several types: which one it is, the tag decides; the last takes every other."""
    types = [referenced(arm.ref or "") for arm in schema.any_of]
    arms = " | ".join(f"Annotated[{kind}, Tag({python_literal(kind)})]" for kind in types)
    tag = f"tag_of({python_literal(schema.discriminator)}, {', '.join(types)})"
    return f'''
{name}: TypeAlias = Annotated[{arms}, {tag}]
"""{docstring(describe(schema))}"""
'''


def describe(schema: Schema) -> str:
    """What a docstring says of a type or field, in lines that fit."""
    paragraphs = naming.printable(_described(schema)).split("\n\n")
    return "\n\n".join(textwrap.fill(text, DOC_WIDTH, break_long_words=False, break_on_hyphens=False) for text in paragraphs)


def _described(schema: Schema) -> str:
    facts = [f"{value}: {text}" for value, text in schema.enum_docs.items()]
    facts += [f"Unit: {schema.unit}."] if schema.unit else []
    facts += [f"Since {schema.since}."] if schema.since else []
    facts += [f"Until {schema.until}."] if schema.until else []
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
    """Refuse output whose classes, fields or members are not called as the catalogue says."""
    for group in catalogue.groups:
        made = _names(sources.get(group.name, ""))
        wanted = {name: _expected_names(schema) for name, schema in group.types.items()}
        if made != wanted:
            wrong = sorted(name for name in made.keys() | wanted.keys() if made.get(name) != wanted.get(name))
            raise ModelMismatchError(f"models of {group.name} differ from the catalogue's names: {', '.join(wrong)}")


def _expected_names(schema: Schema) -> set[str]:
    fields = {child.field_name(key) for key, child in schema.properties.items()}
    return fields | {naming.enum_member(value) for value in schema.enum or ()}


def _names(source: str) -> dict[str, set[str]]:
    tree = ast.parse(source)
    # A union is an alias on the module's level, without names inside.
    aliases: dict[str, set[str]] = {
        node.target.id: set() for node in tree.body if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
    }
    return aliases | {
        node.name: {
            target.id
            for statement in node.body
            for target in (statement.targets if isinstance(statement, ast.Assign) else [getattr(statement, "target", None)])
            if isinstance(target, ast.Name)
        }
        for node in tree.body
        if isinstance(node, ast.ClassDef)
    }
