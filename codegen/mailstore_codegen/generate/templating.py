"""The environment of the templates: ours and a team's own, the filters that make texts safe, and whose fault an error is."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from traceback import extract_tb
from types import CodeType

from jinja2 import BytecodeCache, ChoiceLoader, Environment, FileSystemLoader, PackageLoader, StrictUndefined, TemplateSyntaxError
from jinja2.bccache import Bucket

from mailstore_codegen.generate.docstrings import docstring

OURS = PackageLoader("mailstore_codegen.generate")
Rendered = tuple[str, str]
"""The name of a template, and what it made."""


class TemplateError(Exception):
    """A team's own template that cannot be used."""


class _CompiledTemplates(BytecodeCache):
    """Compiles each template once in a process, however many packages are made."""

    def __init__(self) -> None:
        self._code: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._code.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code:
            self._code[bucket.key, bucket.checksum] = bucket.code


_COMPILED = _CompiledTemplates()


def environment(templates: Path | None = None) -> Environment:
    """The templates; one in the folder `templates` replaces ours with the same name."""
    own = [FileSystemLoader(templates)] if templates else []
    env = Environment(
        loader=ChoiceLoader([*own, OURS]),
        bytecode_cache=_COMPILED,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 - Python and Markdown, with filters of their own
    )
    env.filters |= {"py": python_literal, "docstring": docstring}
    return env


def replaced_templates(templates: Path | None) -> frozenset[str]:
    """The templates of ours that the folder `templates` replaces.

    Raises:
        TemplateError: It holds one that replaces nothing.
    """
    theirs = frozenset(FileSystemLoader(templates).list_templates() if templates else ())
    if unknown := sorted(theirs - frozenset(OURS.list_templates())):
        raise TemplateError(f"{templates}: {', '.join(unknown)} replaces no template: expected {', '.join(OURS.list_templates())}")
    return theirs


@contextmanager
def locating_faults(templates: Path | None) -> Generator[None]:
    """Report an error in a team's own template with its file and line; a fault in one of ours is shown as a fault of the generator."""
    try:
        yield
    except Exception as error:
        if place := _place_in(templates, error):
            raise TemplateError(f"{place}: {error}") from None
        raise


def _place_in(templates: Path | None, error: Exception) -> str | None:
    """The file and line of a team's own template that an error is from."""
    if templates is None:
        return None
    if isinstance(error, TemplateSyntaxError):
        return f"{error.filename}:{error.lineno}"
    frames = [frame for frame in extract_tb(error.__traceback__) if Path(frame.filename).is_relative_to(templates)]
    return f"{frames[-1].filename}:{frames[-1].lineno}" if frames else None


def generated_by(*, own: bool) -> str:
    """The command that regenerates a file, for its header."""
    return "mailstore-codegen generate" if own else "make generate"


def python_literal(value: object) -> str:
    """A value as Python source that means just that value."""
    if isinstance(value, str):
        # The sources are formatted with double quotes.
        return '"' + "".join(map(_escaped, value)) + '"'
    return repr(value)


def _escaped(char: str) -> str:
    if char == '"':
        return '\\"'
    return char if char.isascii() and char.isprintable() and char != "\\" else char.encode("unicode_escape").decode("ascii")
