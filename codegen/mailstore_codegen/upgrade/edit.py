"""Edit the YAML files of the catalogue: all edits or none, keeping comments, order and style."""

import copy
import io
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from mailstore_codegen.catalogue.load import load
from mailstore_codegen.catalogue.model import Catalogue
from mailstore_codegen.write.atomic import replace_file

_WIDTH = 1_000_000  # keep long lines as they are


class Editor:
    """The files of a catalogue while it is edited; nothing is written before `save`.

    Edit each file as soon as you get it: from then on, its text and the catalogue are those of the last edit.
    """

    def __init__(self, spec: Path) -> None:
        self._spec = spec
        self._open: dict[str, Any] = {}
        self._texts: dict[str, str] = {}
        self._catalogue: Catalogue | None = None

    def protocol(self) -> Any:
        """Return the content of ``protocol.yaml``."""
        return self._file("protocol.yaml")

    def functions(self, group: str) -> Any:
        """Return the list of functions of a group; a group without a file gets one."""
        name = f"functions/{group}.yaml"
        if name not in self._open and not (self._spec / name).exists():
            self._open[name] = CommentedMap(group=group, title=group.capitalize(), functions=CommentedSeq())
        return self._file(name)["functions"]

    def function(self, group: str, name: str) -> Any:
        """Return the entry of one function."""
        return next(entry for entry in self.functions(group) if entry["name"] == name)

    def types(self, group: str, title: str) -> Any:
        """Return the types of a group; a group without a file gets one."""
        name = f"types/{group}.yaml"
        if name not in self._open and not (self._spec / name).exists():
            self._open[name] = CommentedMap(group=group, title=title, types=CommentedMap())
        return self._file(name)["types"]

    def changed(self) -> dict[str, str]:
        """Return the new text of each changed file."""
        for name in self._open.keys() - self._texts.keys():
            self._texts[name] = yaml_text(self._open[name])
        return {name: text for name, text in self._texts.items() if text != _read(self._spec / name)}

    def copy(self) -> "Editor":
        """Return a new editor with the same changes."""
        other = Editor(self._spec)
        other._open = copy.deepcopy(self._open)
        other._texts, other._catalogue = self._texts.copy(), self._catalogue
        return other

    def catalogue(self) -> Catalogue:
        """Load the catalogue with the changes.

        Raises:
            CatalogueError: The catalogue is invalid.
        """
        if self._catalogue is None:
            self._catalogue = load(self._spec, self.changed())
        return self._catalogue

    def save(self) -> list[str]:
        """Write the changed files and return their names.

        Raises:
            CatalogueError: The catalogue would be invalid; nothing was written.
        """
        self.catalogue()
        texts = self.changed()
        for name, text in texts.items():
            replace_file(text, self._spec / name)
        return sorted(texts)

    def _file(self, name: str) -> Any:
        if name not in self._open:
            yaml: Any = _yaml()
            self._open[name] = yaml.load(_read(self._spec / name))
        self._texts.pop(name, None)  # the caller changes it
        self._catalogue = None
        return self._open[name]


Edit = Callable[[Editor], None]
"""A change to the files."""


def flow(values: Mapping[str, object]) -> Any:
    """Return a mapping that is written on one line."""
    made: Any = CommentedMap(values)
    made.fa.set_flow_style()
    return made


def inline(values: Iterable[object]) -> Any:
    """Return a list that is written on one line."""
    made: Any = CommentedSeq(values)
    made.fa.set_flow_style()
    return made


def quoted(text: str) -> Any:
    """Return a string in double quotes, so that YAML does not read a version as a number."""
    return DoubleQuotedScalarString(text)


def append_entry(entries: Any, entry: object) -> None:
    """Add an entry to a list of functions, a blank line before it."""
    entries.append(entry)
    if len(entries) > 1:
        entries.yaml_set_comment_before_after_key(len(entries) - 1, before="\n")


def _yaml() -> Any:
    yaml: Any = YAML(typ="rt")
    yaml.width = _WIDTH
    yaml.preserve_quotes = True
    yaml.brace_single_entry_mapping_in_flow_sequence = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.representer.add_representer(type(None), _null)
    return yaml


def _null(representer: Any, _: None) -> Any:
    return representer.represent_scalar("tag:yaml.org,2002:null", "null")


def yaml_text(content: Any) -> str:
    """Format the content of a file."""
    stream = io.StringIO()
    yaml: Any = _yaml()
    yaml.dump(content, stream)
    return stream.getvalue()


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""
