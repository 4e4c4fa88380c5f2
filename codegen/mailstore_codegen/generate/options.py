"""The options of a client, for the constructors of the generated clients: each is declared in the SDK's model of options."""

import ast
import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Literal, get_args, get_origin

from pydantic import BaseModel, SecretStr
from pydantic.fields import FieldInfo

from mailstore_codegen.generate.docstrings import docstring_item
from mailstore_sdk.runtime._options.options import CallOptions, Options

_WRITTEN: dict[object, str] = {SecretStr: "str", Path: "str | PathLike[str]"}
"""What a program passes for an option whose own type is another."""


@dataclass(frozen=True)
class Option:
    """One option as an argument; None means not set."""

    name: str
    annotation: str
    doc: tuple[str, ...]
    secret: bool


def call_options() -> list[Option]:
    """The options that can be changed for some calls."""
    return list(_options(CallOptions))


def client_options() -> list[Option]:
    """The options that only a whole client has, the address of the server first."""
    return list(_options(Options))


def _options(model: type[BaseModel]) -> Iterator[Option]:
    for name, meaning in _meanings(model):
        info = model.model_fields[name]
        arms = [_written(arm) for arm in _arms(info.annotation)]
        doc = docstring_item(name, meaning + _default(info))
        yield Option(name, " | ".join(arms), tuple(doc), SecretStr in _arms(info.annotation))


def _meanings(model: type[BaseModel]) -> Iterator[tuple[str, str]]:
    """The fields that a class declares itself, each with the text below it."""
    statements = ast.iter_child_nodes(ast.parse(inspect.getsource(model)).body[0])
    for pair in pairwise(statements):
        match pair:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(meaning))) if name in model.model_fields:
                yield name, meaning
            case _:
                pass


def _arms(hint: object) -> list[object]:
    """The types of a union without None and without their validators."""
    if hasattr(hint, "__metadata__"):
        return [get_args(hint)[0]]
    if get_origin(hint) is Literal or not get_args(hint):
        return [hint]
    return [arm for part in get_args(hint) if part is not type(None) for arm in _arms(part)]


def _written(hint: object) -> str:
    if get_origin(hint) is Literal:
        return "Literal[" + ", ".join(f'"{value}"' for value in get_args(hint)) + "]"
    return _WRITTEN.get(hint) or str(getattr(hint, "__name__", hint))


def _default(info: FieldInfo) -> str:
    match info.default:
        case bool() | str() as default:
            return f" Default: {default}."
        case int() | float() as default:
            return f" Default: {default:,.10g}."
        case _:
            return ""
