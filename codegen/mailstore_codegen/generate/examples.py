"""The example of each function: a call in Python, a command, a call with curl, and what goes over the wire."""

import ast
import json
import shlex
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urlencode

from pydantic import JsonValue

from mailstore_codegen.catalogue import naming
from mailstore_codegen.catalogue.model import Catalogue, referenced
from mailstore_codegen.catalogue.schema import Argument, Function, Schema, WireType
from mailstore_codegen.generate.cli_tables import secret_fields
from mailstore_codegen.generate.methods import method
from mailstore_codegen.generate.templating import python_literal

INSTANCE = "test01"
"""The instance that ``archive`` is in the examples."""

HOST = "spe.example.com"
CONTINUED = " \\\n  "
"""Between parts of a command that are on lines of their own."""


def python_example(catalogue: Catalogue, function: Function) -> str:
    """Python source that works with an open client ``spe`` and its instance ``archive``; unformatted."""
    call = f"{_client(function)}.{function.method}({', '.join(_arguments(catalogue, function))})"
    result = "" if function.result.types == ("null",) else "result = "
    body = f"job = {call}\n{result}job.result()" if function.long_running else f"{result}{call}"
    return "\n".join((*_imports(catalogue, body), "", body, ""))


def values(function: Function) -> dict[str, JsonValue]:
    """The values that the example sends, by wire name, including defaults."""
    sent = {argument.name: argument.default for argument in function.args if argument.default is not None}
    sent |= {name: value for name, value in function.example.args.items() if value is not None}
    return {argument.name: sent[argument.name] for argument in function.args if argument.name in sent}


def form(function: Function) -> str:
    """The body that the example sends."""
    types: dict[str, WireType] = {argument.name: argument.type for argument in function.args}
    return urlencode([(name, _wire_text(types[name], value)) for name, value in values(function).items()])


def command_example(catalogue: Catalogue, group: str, function: Function) -> str:
    """The command that does the same: what must be given by its place, the rest as options, secrets from elsewhere."""
    sent = values(function)
    given = [item for item in function.args if item.name in sent and sent[item.name] != item.default]
    placed = [item for item in given if _by_place(item)]
    named = [item for item in given if not _by_place(item)]
    documents = [item for item in named if item.shape and any(secret_fields(catalogue, item.shape))]
    methods = (other.method for one in catalogue.groups if one.name == group for other in one.functions)
    words = ["mailstore", naming.command_group(group), naming.commands(group, methods)[function.method]]
    words += [_quoted(_wire_text(item.type, sent[item.name])) for item in placed]
    words += [_option(item, sent[item.name], hidden=item in documents) for item in named]
    typed = "".join(f" <<'END'\n{json.dumps(sent[item.name], ensure_ascii=False, indent=2)}\nEND" for item in documents)
    return f"{' '.join(words)}{typed}"


def curl_example(function: Function, port: int) -> str:
    """The same call with curl, which asks for the password."""
    types: dict[str, WireType] = {argument.name: argument.type for argument in function.args}
    fields = [f"{name}={_wire_text(types[name], value)}" for name, value in values(function).items()]
    data = [f"--data-urlencode {_quoted(field)}" for field in fields] or ["--data ''"]
    call = f"curl --user admin https://{HOST}:{port}/api/invoke/{function.name}"
    return f"{call} {data[0]}" if len(data) == 1 else CONTINUED.join((call, *data))


def http_example(function: Function, port: int) -> str:
    """The request that the example sends, with a placeholder for the credentials."""
    body = form(function)
    headers = [
        f"POST /api/invoke/{function.name} HTTP/1.1",
        f"Host: {HOST}:{port}",
        "Authorization: Basic <user:password in Base64>",
        *(["Content-Type: application/x-www-form-urlencoded"] if body else []),
        f"Content-Length: {len(body)}",
    ]
    return "\n".join((*headers, "", body)).rstrip()


def _client(function: Function) -> str:
    instance = function.example.args.get("instanceID")
    if not function.needs_instance:
        return "spe"
    return "archive" if instance == INSTANCE else f"spe.instance({python_literal(instance)})"


def _arguments(catalogue: Catalogue, function: Function) -> Iterator[str]:
    given = function.example.args
    positional = {item.wire_name for item in method(catalogue, function).positional}
    for argument in function.own_args:
        value = given.get(argument.name)
        if value is None or value == argument.default:
            continue
        source = _argument(catalogue, argument, value)
        yield source if argument.name in positional else f"{argument.variable}={source}"


def _argument(catalogue: Catalogue, argument: Argument, value: JsonValue) -> str:
    if argument.type == "datetime":
        return _datetime(str(value))
    return _value(catalogue, argument.shape or Schema(), value)


def _value(catalogue: Catalogue, schema: Schema, value: JsonValue) -> str:
    if schema.ref and value is not None:
        return _named(catalogue, referenced(schema.ref), value)
    if schema.any_of and value is not None:
        return _value(catalogue, _arm(catalogue, schema, value), value)
    if schema.items and isinstance(value, list):
        return f"[{', '.join(_value(catalogue, schema.items, item) for item in value)}]"
    if schema.format and isinstance(value, str):
        return _datetime(value)
    return python_literal(value)


def _named(catalogue: Catalogue, name: str, value: JsonValue) -> str:
    schema = catalogue.types[name]
    if schema.enum is not None:
        return next((f"{name}.{schema.member_name(one)}" for one in schema.enum if one == value), f"{name}({python_literal(value)})")
    if schema.properties and isinstance(value, dict):
        if value.keys() - schema.properties.keys():  # the constructor refuses unknown fields
            return f"{name}.model_validate({python_literal(value)})"
        known = [
            f"{field.field_name(key)}={_value(catalogue, field, value[key])}" for key, field in schema.properties.items() if key in value
        ]
        return f"{name}({', '.join(known)})"
    return _value(catalogue, schema, value)


def _arm(catalogue: Catalogue, union: Schema, value: JsonValue) -> Schema:
    """The type of a union that a value is of: the one with its tag, else the last that is not null."""
    arms = [arm for arm in union.any_of if arm.types != ("null",)]
    tag = value.get(union.discriminator) if union.discriminator and isinstance(value, dict) else None
    tags = ((arm, catalogue.resolve(arm.ref).properties.get(union.discriminator or "")) for arm in arms if arm.ref)
    return next((arm for arm, field in tags if field and field.const is not None and field.const == tag), arms[-1])


def _datetime(text: str) -> str:
    value = datetime.fromisoformat(text)
    return f"datetime.fromisoformat({python_literal(text)})" if value.tzinfo else repr(value).removeprefix("datetime.")


def _imports(catalogue: Catalogue, source: str) -> Iterator[str]:
    names = {node.id for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name)}
    if "datetime" in names:
        yield "from datetime import datetime"
    if models := sorted(names & catalogue.types.keys()):
        yield f"from mailstore_sdk import {', '.join(models)}"


def _quoted(text: str) -> str:
    """A word of a shell; what would break the line, or hide, is written as an escape."""
    if text.isprintable():
        return shlex.quote(text)
    escaped = text.encode("unicode_escape").decode("ascii").replace("'", "\\'")
    return f"$'{escaped}'"


def _by_place(argument: Argument) -> bool:
    """Whether an argument is positional in a command: required, and not a secret, switch or document."""
    must = argument.required and argument.default is None
    return must and not argument.secret and argument.type not in ("boolean", "json")


def _option(argument: Argument, value: JsonValue, *, hidden: bool) -> str:
    name = naming.option(argument.variable)
    if argument.type == "boolean":
        return f"--{name}" if value else f"--no-{name}"
    source = "prompt" if argument.secret else "stdin" if hidden else _quoted(_wire_text(argument.type, value))
    return f"--{name} {source}"


def _wire_text(kind: WireType, value: JsonValue) -> str:
    if kind == "json":
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    if isinstance(value, bool):
        return "true" if value else "false"
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)
