"""The catalogue as an OpenAPI 3.1 document, for tools of any language."""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from mailstore_codegen.catalogue.json_schema import plain_schema
from mailstore_codegen.catalogue.model import Catalogue, Group, referenced
from mailstore_codegen.catalogue.schema import Argument, Endpoint, Evidence, Function, Schema
from mailstore_codegen.catalogue.sdk_source import version
from mailstore_codegen.generate.docstrings import ACCESS, argument_facts, evidence_of, versions
from mailstore_codegen.generate.examples import values
from mailstore_codegen.generate.markdown import code, one_line, text

FORM = "application/x-www-form-urlencoded"
ENVELOPE = "Envelope"
LOW_LEVEL = "Low-level calls"

DESCRIPTION = """\
Every call is a POST with a form as its body, also where it only reads, and needs `Content-Length`, also where the form is
empty. Booleans are `true` or `false`; datetimes have neither zone nor fraction. A list is one string with commas between its
items, and JSON is one string; `contentSchema` describes what the JSON holds.

HTTP 200 alone does not mean success: look at `statusCode` and `error`. Any call may answer with `statusCode` `running` and
a `token`: ask `/api/get-status` until it is something else. Bodies may begin with a UTF-8 byte order mark.

`x-evidence` says how a fact is known, `x-since` and `x-until` which server versions sources show it with, `x-unit` what a
number counts, `x-effect` what a call does to the server. The enum of an argument is complete; replies may have values that the
enum of a type does not list, so such a type is any string, too. A `default` is what mailstore-sdk sends.
"""

RESPONSES = {
    "401": "Unauthorized: the credentials are missing or wrong, or MFA is on and this is not the API password.",
    "404": "Not Found: the server does not know this path, function or token.",
    "411": "Length Required: the request has no Content-Length, which an empty body needs too.",
}
RESPONSE_NAMES = {"401": "Unauthorized", "404": "NotFound", "411": "LengthRequired"}

WIRE_SCHEMAS: Mapping[str, Mapping[str, Any]] = {
    "string": {"type": "string"},
    "integer": {"type": "integer"},
    "number": {"type": "number"},
    "boolean": {"type": "boolean"},
    "datetime": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}$"},
}


def openapi(catalogue: Catalogue) -> dict[str, Any]:
    """The whole document."""
    basic = next(dialect for dialect in catalogue.protocol.dialects if dialect.name == "basic")
    return {
        "openapi": "3.1.0",
        "info": {"title": "MailStore SPE Management API", "version": version(), "description": DESCRIPTION},
        "servers": [{"url": f"https://{{server}}:{basic.port}", "variables": {"server": {"default": "spe.example.com"}}}],
        "security": [{"basic": []}],
        "tags": [{"name": name} for name in dict.fromkeys([*(_tag(group) for group in catalogue.groups if group.functions), LOW_LEVEL])],
        "paths": {
            **{
                f"/api/invoke/{function.name}": {"post": _operation(catalogue, group, function)}
                for group in catalogue.groups
                for function in group.functions
            },
            **{endpoint.path: {"post": _low_level(catalogue, endpoint)} for endpoint in catalogue.protocol.endpoints},
        },
        "components": {
            "schemas": _components(catalogue),
            "responses": {RESPONSE_NAMES[status]: {"description": description} for status, description in RESPONSES.items()},
            "securitySchemes": {"basic": {"type": "http", "scheme": "basic", "description": text(basic.summary)}},
        },
    }


def _tag(group: Group) -> str:
    return one_line(group.title)


def _link(reference: str) -> str:
    return f"#/components/schemas/{referenced(reference)}"


def _operation(catalogue: Catalogue, group: Group, function: Function) -> dict[str, Any]:
    return {
        "operationId": function.name,
        "tags": [_tag(group)],
        "summary": one_line(function.summary),
        "description": "\n\n".join(map(text, _facts(function))),
        **({"deprecated": True} if function.until else {}),
        **_body(catalogue, function.args, _form(function)),
        "responses": _responses(_envelope_of(function.result)),
        "x-effect": function.effect.value,
        "x-long-running": function.long_running,
        **_extensions(function.since, function.until),
        "x-evidence": {**function.evidence.model_dump(mode="json"), "sources": list(map(one_line, function.evidence.sources))},
    }


def _form(function: Function) -> dict[str, Any]:
    """The example as the fields of its form, which are strings where the argument is a list or JSON."""
    types = {argument.name: argument.type for argument in function.args}
    write: dict[str, Callable[[Any], str]] = {"list": ",".join, "json": json.dumps}
    return {name: write[types[name]](value) if types[name] in write else value for name, value in values(function).items()}


def _facts(function: Function) -> list[str]:
    long_running = ["It is long-running work: the reply has a token to ask for its state with."] if function.long_running else []
    facts = f"Effect: {function.effect}. {versions(function)} Needs {ACCESS[function.access]}."
    notes = [f"Note: {note}" for note in function.notes]
    return [*([function.details] if function.details else []), *long_running, facts, evidence_of(function), *notes]


def _low_level(catalogue: Catalogue, endpoint: Endpoint) -> dict[str, Any]:
    reply = plain_schema(endpoint.result, _link, _extend) if endpoint.result else {"$ref": _link(ENVELOPE)}
    return {
        "operationId": endpoint.name,
        "tags": [LOW_LEVEL],
        "summary": one_line(endpoint.summary),
        **_body(catalogue, endpoint.args),
        "responses": _responses(reply),
        "x-evidence": endpoint.evidence.value,
    }


def _body(catalogue: Catalogue, args: tuple[Argument, ...], example: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The form, or nothing for a call without arguments: its body is empty."""
    if not args:
        return {}
    required = [argument.name for argument in args if argument.required and not argument.until]
    schema = {
        "type": "object",
        "properties": {argument.name: _argument(catalogue, argument) for argument in args},
        **({"required": required} if required else {}),
    }
    content = {"schema": schema, **({"example": example} if example else {})}
    return {"requestBody": {"required": bool(required), "content": {FORM: content}}}


def _argument(catalogue: Catalogue, argument: Argument) -> dict[str, Any]:
    facts = one_line(" ".join(argument_facts(catalogue, argument)))
    return {
        **_wire_schema(catalogue, argument),
        **({"description": facts} if facts else {}),
        **({"default": argument.default} if argument.default is not None else {}),
        **({"format": "password"} if argument.secret else {}),
        **_extensions(argument.since, argument.until, argument.evidence, argument.unit),
    }


def _wire_schema(catalogue: Catalogue, argument: Argument) -> dict[str, Any]:
    # Not a reference to the enum's type, which is open: an argument accepts only known values.
    known = tuple(map(str, catalogue.resolve(argument.enum).enum or ())) if argument.enum else ()
    # Lists and JSON are described as strings, as in the form: many tools ignore `encoding`, so a client made
    # with them would send a list as several fields, and an object in another notation.
    if argument.type == "json":
        content = plain_schema(argument.shape or Schema(), _link, _extend)
        return {"type": "string", "contentMediaType": "application/json", "contentSchema": content}
    if argument.type == "list":
        item = f"({'|'.join(map(re.escape, known))})"
        return {"type": "string", **({"pattern": f"^({item}(,{item})*)?$"} if known else {})}
    return {**WIRE_SCHEMAS[argument.type], **({"enum": list(known)} if known else {})}


def _envelope_of(result: Schema) -> dict[str, Any]:
    """The envelope with its result, which is null until the job is done, or if it failed."""
    plain = plain_schema(result, _link, _extend)
    nullable = plain if not plain or "null" in result.types else {"anyOf": [plain, {"type": "null"}]}
    return {"allOf": [{"$ref": _link(ENVELOPE)}, {"properties": {"result": nullable}}]}


def _responses(schema: Mapping[str, Any]) -> dict[str, Any]:
    answer = {"description": "The server's answer, also where the function failed.", "content": {"application/json": {"schema": schema}}}
    return {"200": answer, **{status: {"$ref": f"#/components/responses/{name}"} for status, name in RESPONSE_NAMES.items()}}


def _components(catalogue: Catalogue) -> dict[str, Any]:
    schemas = {**catalogue.types, ENVELOPE: catalogue.protocol.envelope}
    return {name: _component(catalogue, schema) for name, schema in sorted(schemas.items())}


def _component(catalogue: Catalogue, schema: Schema) -> dict[str, Any]:
    if schema.enum is None:
        return {**plain_schema(schema, _link, _extend), **_discriminator(catalogue, schema)}
    meanings = "\n".join(f"- {code(value)}: {text(doc)}" for value, doc in schema.enum_docs.items())
    known = {"type": "string", "enum": list(schema.enum), **({"description": meanings} if meanings else {})}
    return {"anyOf": [known, {"type": "string"}], **_extend(schema)}


def _discriminator(catalogue: Catalogue, schema: Schema) -> dict[str, Any]:
    """The tag of a union; what no mapping names is for the last type, as the order of anyOf says."""
    if not schema.discriminator:
        return {}
    tags = {arm.ref: catalogue.resolve(arm.ref).properties[schema.discriminator].const for arm in schema.any_of if arm.ref}
    return {"discriminator": {"propertyName": schema.discriminator, "mapping": {tag: _link(ref) for ref, tag in tags.items() if tag}}}


def _extend(schema: Schema) -> dict[str, Any]:
    return {
        **({"description": one_line(schema.description)} if schema.description else {}),
        **({"format": "password"} if schema.secret else {}),
        # RFC 3339 requires a zone in a date-time; the registry of formats has this name for one without.
        **({"format": "date-time-local"} if schema.format else {}),
        **_extensions(schema.since, schema.until, schema.evidence, schema.unit),
    }


def _extensions(since: str | None, until: str | None, evidence: Evidence | None = None, unit: str | None = None) -> dict[str, str]:
    found = {"x-unit": unit and one_line(unit), "x-since": since, "x-until": until, "x-evidence": evidence and evidence.value}
    return {key: value for key, value in found.items() if value}
