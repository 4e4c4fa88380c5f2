"""Facts from the source of ``mailstore_sdk``, read without importing it, since its generated part may be missing."""

import ast
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import cast

EXPORTED = ("aio.jobs", "bulk", "errors", "jobs", "raw", "runtime._options.options", "runtime._protocol.job_status", "runtime.hooks")
"""The hand-written modules from which the package exports names: those that each of them lists in its ``__all__``."""


@cache
def version() -> str:
    """Return ``mailstore_sdk.__version__``."""
    return str(_value("__version__", source()))


@cache
def exported_names() -> dict[str, list[str]]:
    """Return the hand-written public names of ``mailstore_sdk``, by the modules that define them."""
    return {f"mailstore_sdk.{module}": cast("list[str]", _value("__all__", source(module))) for module in EXPORTED}


def source(module: str = "__init__") -> Path:
    """Return the path of a module of ``mailstore_sdk``."""
    spec = find_spec("mailstore_sdk")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("mailstore_sdk is not installed, so nothing is known of it")
    return Path(spec.origin).parent.joinpath(*module.split(".")).with_suffix(".py")


def _value(name: str, path: Path) -> object:
    assignments = (node for node in ast.parse(path.read_text(encoding="utf-8")).body if isinstance(node, ast.Assign))
    return ast.literal_eval(next(node.value for node in assignments if ast.unparse(node.targets[0]) == name))
