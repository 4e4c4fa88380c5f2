"""Facts from the source of ``mailstore_sdk``, read without importing it, since its generated part may be missing."""

import ast
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from typing import cast


@cache
def version() -> str:
    """Return ``mailstore_sdk.__version__``."""
    return str(next(_values("__version__")))


@cache
def exported_names() -> frozenset[str]:
    """Return the names that ``mailstore_sdk`` exports, without the generated ones."""
    lists = cast("Iterator[list[str]]", chain(_values("__all__"), _values("__all__", "errors.py")))
    return frozenset(chain.from_iterable(lists))


def _values(name: str, file: str = "__init__.py") -> Iterator[object]:
    spec = find_spec("mailstore_sdk")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("mailstore_sdk is not installed, so nothing is known of it")
    for node in ast.parse(Path(spec.origin).with_name(file).read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == name:
            yield ast.literal_eval(node.value)
