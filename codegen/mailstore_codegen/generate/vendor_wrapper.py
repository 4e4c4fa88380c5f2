"""Functions of the catalogue -> methods with the interface of the vendor's Python wrapper, in its two editions.

The first edition (``spe``) takes ``instanceID`` as an argument, the later one (``mgmt``) keeps it in the client.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from mailstore_codegen.catalogue import naming
from mailstore_codegen.catalogue.model import Catalogue
from mailstore_codegen.catalogue.schema import Argument, Function, Schema
from mailstore_codegen.generate.docstrings import WIDTH, wrapped
from mailstore_codegen.generate.templating import Rendered, environment, generated_by, python_literal

Edition = Literal["spe", "mgmt"]
EDITIONS: tuple[Edition, ...] = ("spe", "mgmt")

TOKEN_PARAMETER = "autoHandleToken: bool | None = None"
ANNOTATIONS = {
    "string": "str",
    "integer": "int | str",
    "number": "float | str",
    "boolean": "bool | str",
    "datetime": "datetime | str",
    "json": "dict[str, Any] | list[Any] | str",
    "list": "Sequence[str] | str",
}
"""What each wire type is taken as: the wrappers' scripts write most values as texts."""


@dataclass(frozen=True)
class Method:
    """One method of one edition."""

    name: str
    signature: str
    docstring: tuple[str, ...]


def render_wrappers(catalogue: Catalogue, templates: Path | None = None) -> dict[str, Rendered]:
    """Every file of both editions, by its path in the package; unformatted."""
    env = environment(templates)

    def render(template: str, **values: object) -> Rendered:
        return template, env.get_template(template, globals={"command": generated_by(own=False)}).render(**values)

    editions = {
        f"compat/{edition}.py": render("wrapper.py.jinja", edition=edition, methods=[method(f, edition) for f in catalogue.functions])
        for edition in EDITIONS
    }
    package = render("wrapper_package.py.jinja", fields=secret_fields(catalogue), results=secret_results(catalogue))
    return {"compat/__init__.py": package, **editions}


def method(function: Function, edition: Edition) -> Method:
    """One method: the arguments that must be given come first, as Python wants it and the wrappers have it."""
    arguments = _first_arguments(function) if edition == "spe" else function.own_args
    return Method(naming.wrapper_method(function.name), signature(arguments, edition), _docstring(function))


def signature(arguments: tuple[Argument, ...], edition: Edition) -> str:
    """Everything between the parentheses of the definition.

    Options that functions got after the first wrapper are keyword-only in its edition: the positions are still its own.
    """
    needed = [argument for argument in arguments if _is_needed(argument, edition)]
    later = [argument for argument in arguments if edition == "spe" and argument.since and argument not in needed]
    others = [argument for argument in arguments if argument not in needed and argument not in later]
    listed = [_parameter(argument, edition) for argument in (*needed, *others)]
    star = ["*"] if later else []
    return ", ".join(["self", *listed, TOKEN_PARAMETER, *star, *(_parameter(argument, edition) for argument in later)])


def _first_arguments(function: Function) -> tuple[Argument, ...]:
    """The arguments of the first wrapper, with those that newer servers no longer have; what came later needs not be given."""
    gone = {argument.name: argument for argument in function.args if all(variant.until for variant in function.variants(argument.name))}
    current = {argument.name: argument for argument in function.current_args}
    return tuple({argument.name: (current | gone)[argument.name] for argument in function.args}.values())


def secret_fields(catalogue: Catalogue) -> list[str]:
    """The fields of results whose values must not be shown."""
    return sorted({name for schema in catalogue.types.values() for name, field in schema.properties.items() if field.holds_secret})


def secret_results(catalogue: Catalogue) -> list[str]:
    """The functions whose whole result must not be shown: it is secret, or its content is unknown."""
    return sorted(function.name for function in catalogue.functions if function.result.holds_secret or function.result == Schema())


def _is_needed(argument: Argument, edition: Edition) -> bool:
    if edition == "spe":
        return argument.required and argument.default is None and not argument.since
    return argument.required and not argument.wrapper_optional and argument.default is None and _default(argument, edition) is None


def _parameter(argument: Argument, edition: Edition) -> str:
    name = f"{naming.wrapper_parameter(argument.name)}: {ANNOTATIONS[argument.type]}"
    if _is_needed(argument, edition):
        return name
    default = _default(argument, edition)
    return f"{name} = {default}" if default else f"{name} | None = None"


def _default(argument: Argument, edition: Edition) -> str | None:
    """What is sent where nothing is given, as Python source; None where nothing is sent then.

    The first wrapper does not send what servers of its time did not know.
    """
    if edition == "spe":
        value = None if argument.since else argument.default
    else:
        value = argument.default if argument.wrapper_default is None else argument.wrapper_default
    if isinstance(value, list):
        value = ",".join(map(str, value))  # an immutable default that is sent in the same way
    return None if value is None else python_literal(value)


def _docstring(function: Function) -> tuple[str, ...]:
    """What the function does, and its typed method, which documents the arguments; on one line where that fits."""
    typed = f"Typed: ``{'Instance' if function.needs_instance else 'SPEClient'}.{function.method}``."
    line = f"{function.summary} {typed}"
    return (line,) if len(line) <= WIDTH - 14 else (*wrapped(function.summary), "", typed)
