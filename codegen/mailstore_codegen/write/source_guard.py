"""Allow only a few kinds of statements in generated Python, so that no text can become code.

The filters of the templates escape every text. This is the second lock: it knows nothing of the filters and looks only
at what the finished source says.
"""

import ast
import re
from collections.abc import Iterator, Mapping

_RUNTIME = (
    "runtime.function", "runtime.hooks", "runtime.model", "runtime._options.options", "runtime._protocol.job_status",
    "aio.client", "aio.jobs", "bulk", "client", "errors", "jobs", "raw",
)  # fmt: skip
_IMPORTS: Mapping[str, frozenset[str] | None] = {
    "__future__": frozenset({"annotations"}),
    "collections.abc": None,
    "datetime": None,
    "enum": frozenset({"StrEnum"}),
    "importlib": frozenset({"import_module"}),
    "os": frozenset({"PathLike"}),
    "pydantic": None,
    "typing": None,
} | {f"mailstore_sdk.{module}": None for module in _RUNTIME}
"""Modules that may be imported from, with the names that may be; None is any."""

_CALLS = frozenset({
    "Argument", "AsyncInstance", "AttributeError", "Field", "Function", "Instance", "RawInstance", "RawServer", "Tag",
    "async_raw_method", "frozenset", "raw_method", "tag_of",
    "self._call", "self._client._call", "self._client._start", "self._client._walk", "self._get_metadata", "self._start", "self._walk",
})  # fmt: skip
"""What may be called with any arguments."""

_OPEN = "self._open(options, http_client)"
"""The end of a constructor."""

_FIXED_CALLS = frozenset({
    "globals()", "locals()", "len(FUNCTIONS)", "getattr(_import_module(_HOMES[name]), name)", "_import_module(_HOMES[name])",
    _OPEN, "self._given(locals())", "self._with_options(changes)",
    "cls.__new__(cls)", "cls.__new__(cls)._open(arguments, http_client, profile, path)",
})  # fmt: skip
"""What may be called just so: it loads a model's module when its name is first used, gives a method's arguments, or makes a client."""

_REBUILD = re.compile(r"[A-Z][A-Za-z0-9]*\.model_rebuild\(\)")
"""Models that refer to each other are finished so."""

_PLAIN_STATEMENT = re.compile(r"assert len\(FUNCTIONS\) == \d+|del \w+(, \w+)*|del \(\w+(, \w+)+\)|import typing as _typing")
"""Every function has a name of its own; secrets are dropped; names for type checkers are imported by them only."""

_KNOWN = frozenset({
    # statements
    ast.AnnAssign, ast.Assert, ast.Assign, ast.AsyncFunctionDef, ast.ClassDef, ast.Delete, ast.Expr, ast.FunctionDef, ast.If,
    ast.Import, ast.ImportFrom, ast.Pass, ast.Raise, ast.Return,
    # expressions
    ast.Attribute, ast.Await, ast.BinOp, ast.Call, ast.Compare, ast.Constant, ast.Dict, ast.DictComp, ast.FormattedValue,
    ast.JoinedStr, ast.Lambda, ast.List, ast.Name, ast.Subscript, ast.Tuple, ast.UnaryOp,
    # parts of these
    ast.Module, ast.alias, ast.arg, ast.arguments, ast.comprehension, ast.keyword, ast.Del, ast.Load, ast.Store,
    ast.BitOr, ast.Eq, ast.Not, ast.NotIn, ast.USub,
})  # fmt: skip
"""The kinds of nodes that the generator writes."""

_PLAIN = _KNOWN - {
    # have a name
    ast.AsyncFunctionDef, ast.Attribute, ast.ClassDef, ast.FunctionDef, ast.Name, ast.alias, ast.arg, ast.keyword,
    # have a shape
    ast.Assert, ast.Call, ast.Delete, ast.Expr, ast.If, ast.Import, ast.ImportFrom, ast.Lambda, ast.Raise,
}  # fmt: skip
"""Those of them that need no further look, which are most."""

_DUNDERS = frozenset({"__all__", "__dir__", "__getattr__", "__init__", "__name__", "__new__"})
_CONDITIONS = frozenset({"TYPE_CHECKING", "_typing.TYPE_CHECKING", "not _typing.TYPE_CHECKING", "name not in _HOMES"})


def violations(source: str, package: str) -> Iterator[str]:
    """Everything in a generated module that the generator would not write, with its line and its context.

    Args:
        source: The module.
        package: Import name of the generated package, which may be imported from too.
    """
    tree = ast.parse(source)
    faults = {node: fault for node in ast.walk(tree) if type(node) not in _PLAIN and (fault := _fault(node, package))}
    # Finding their context takes longer, and usually there are no faults.
    for node, owner in _walk(tree, "the module") if faults else ():
        if node in faults:
            yield f"{getattr(node, 'lineno', 1)}: {owner}: {faults[node]}"


def _walk(node: ast.AST, owner: str) -> Iterator[tuple[ast.AST, str]]:
    yield node, owner
    if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
        owner = node.name
    elif isinstance(node, ast.Assign | ast.AnnAssign):
        target = node.targets[0] if isinstance(node, ast.Assign) else node.target
        owner = f"{owner}, {ast.unparse(target):.80}"
    for child in ast.iter_child_nodes(node):
        yield from _walk(child, owner)


def _fault(node: ast.AST, package: str) -> str | None:
    if type(node) not in _KNOWN:
        return f"{type(node).__name__} is nothing that the generator writes"
    for name in _names(node):
        if name.startswith("__") and name not in _DUNDERS:
            return f"the name {name!r:.80} is nothing that the generator writes"
    return next(_shape_faults(node, package), None)


def _shape_faults(node: ast.AST, package: str) -> Iterator[str]:
    match node:
        case ast.ImportFrom():
            yield from _check_import(node, package)
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            yield from _check_function(node)
        case ast.ClassDef() if not _is_plain(node):
            yield "a class with decorators, keywords or bases that are not names"
        case ast.Call() if not _is_known(node):
            yield f"a call of {ast.unparse(node.func)!r:.80}"
        case ast.Expr() if not _is_text(node.value) and ast.unparse(node) != _OPEN and not _REBUILD.fullmatch(ast.unparse(node)):
            yield f"the statement {ast.unparse(node)!r:.80}"
        case ast.If() if node.orelse or ast.unparse(node.test) not in _CONDITIONS:
            yield f"the condition {ast.unparse(node.test)!r:.80}"
        case ast.Lambda() if not _is_type(node):
            yield f"the function {ast.unparse(node)!r:.80}"
        case ast.Assert() | ast.Delete() | ast.Import() if not _PLAIN_STATEMENT.fullmatch(ast.unparse(node)):
            yield f"the statement {ast.unparse(node)!r:.80}"
        case ast.Raise() if not ast.unparse(node).startswith("raise AttributeError("):
            yield f"the statement {ast.unparse(node)!r:.80}"
        case _:
            pass


def _is_plain(node: ast.ClassDef) -> bool:
    keywords = {ast.unparse(keyword) for keyword in node.keywords}
    return (
        not node.decorator_list and keywords <= {"total=False"} and all(isinstance(base, ast.Name | ast.Attribute) for base in node.bases)
    )


def _is_known(node: ast.Call) -> bool:
    return ast.unparse(node.func) in _CALLS or (text := ast.unparse(node)) in _FIXED_CALLS or bool(_REBUILD.fullmatch(text))


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _is_type(node: ast.Lambda) -> bool:
    """Whether a function does nothing but name a type."""
    return not ast.unparse(node.args) and not any(isinstance(inner, ast.Call | ast.Lambda) for inner in ast.walk(node.body))


def _names(node: ast.AST) -> Iterator[str]:
    for field in ("name", "id", "attr", "arg"):
        value = getattr(node, field, None)
        if isinstance(value, str):
            yield value


def _check_import(node: ast.ImportFrom, package: str) -> Iterator[str]:
    module = node.module or ""
    own = node.level == 1 or module == package or module.startswith(f"{package}.")
    if node.level > 1 or (not own and module not in _IMPORTS):
        yield f"an import from {module!r:.80}"
    allowed = None if own else _IMPORTS.get(module)
    for alias in node.names:
        if alias.name == "*" or (allowed is not None and alias.name not in allowed):
            yield f"an import of {alias.name!r:.80} from {module!r:.80}"


def _check_function(node: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[str]:
    if any(ast.unparse(decorator) not in ("classmethod", "property") for decorator in node.decorator_list):
        yield "a function with decorators"
    for default in (*node.args.defaults, *filter(None, node.args.kw_defaults)):
        try:
            ast.literal_eval(default)
        except ValueError:
            yield f"the default {ast.unparse(default)!r:.80}"
