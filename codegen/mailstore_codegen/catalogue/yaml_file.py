"""The YAML files of a catalogue: what each says, and on which line."""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

from pydantic import JsonValue

from mailstore_codegen.catalogue import yaml_fast

Location = tuple[int | str, ...]

_CONFLICT = re.compile(r"^<<<<<<<( |$)", re.MULTILINE)

MAX_DEPTH = 50
"""Far deeper than any shape of the API."""


@dataclass(frozen=True, order=True)
class Fault:
    """One thing that is wrong with the catalogue, and where."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class CatalogueError(Exception):
    """The catalogue cannot be used; `faults` holds everything that is wrong, sorted by place."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = sorted(set(faults))
        super().__init__("\n".join(map(str, self.faults)))


@dataclass(frozen=True)
class Document:
    """One YAML file. Line numbers are only determined when an error is reported.

    Attributes:
        file: Its name.
        text: Its content.
    """

    file: str
    text: str

    @cached_property
    def content(self) -> JsonValue:
        """What it says, as JSON has it; dates in YAML stay texts.

        Raises:
            CatalogueError: It is not YAML.
        """
        try:
            return yaml_fast.read(self.text)
        except yaml_fast.DisputedError:
            return self._plain(self._placed, ())
        except RecursionError:
            raise CatalogueError([Fault(self.file, 1, "nested too deeply")]) from None

    def line(self, location: Location) -> int:
        """The line of the entry at `location`, or of the nearest entry around it."""
        node = self._placed
        line = 1
        for step in location:
            try:
                place: tuple[int, int] = node.lc.item(step) if isinstance(step, int) else node.lc.key(step)
                node = node[step]
            except (AttributeError, KeyError, IndexError, TypeError):
                continue
            line = place[0] + 1
        return line

    def fault(self, location: Location, message: str) -> Fault:
        """A fault of this file."""
        return Fault(self.file, self.line(location), message)

    def _plain(self, node: Any, place: Location) -> JsonValue:
        """Without ruamel's own types, which pydantic would take for something else."""
        if len(place) > MAX_DEPTH:
            raise CatalogueError([self.fault(place, "nested too deeply, or a node that holds itself")])
        if isinstance(node, dict):
            return {str(key): self._plain(value, (*place, str(key))) for key, value in cast("dict[object, object]", node).items()}
        if isinstance(node, list):
            return [self._plain(value, (*place, index)) for index, value in enumerate(cast("list[object]", node))]
        if isinstance(node, bool) or node is None:
            return node
        for plain in (int, float, str):
            if isinstance(node, plain):
                return self._checked(plain(node), place)
        return str(node)

    def _checked(self, value: float | str, place: Location) -> JsonValue:
        """A scalar, unless JSON or UTF-8 have no form of it."""
        if isinstance(value, float) and not math.isfinite(value):
            raise CatalogueError([self.fault(place, f"{value} is not a number in JSON")])
        if isinstance(value, str) and any("\ud800" <= char <= "\udfff" for char in value):
            raise CatalogueError([self.fault(place, "text with half of a character: write it as \\U and eight digits")])
        return value

    @cached_property
    def _placed(self) -> Any:
        """The content in ruamel's own types, which know their lines."""
        from ruamel.yaml import YAML
        from ruamel.yaml.error import YAMLError

        yaml: Any = YAML(typ="rt")
        try:
            return yaml.load(self.text)
        except YAMLError as error:
            if conflict := _CONFLICT.search(self.text):
                line = self.text.count("\n", 0, conflict.start()) + 1
                advice = "keep the lines of one side, and delete the lines with <<<<<<<, ======= and >>>>>>>"
                raise CatalogueError([Fault(self.file, line, f"a merge conflict begins here: {advice}")]) from None
            mark = getattr(error, "problem_mark", None)
            problem = getattr(error, "problem", None) or str(error).splitlines()[0]
            problem += "; indent with spaces" if "'\\t'" in problem else ""
            raise CatalogueError([Fault(self.file, mark.line + 1 if mark else 1, f"not YAML: {problem}")]) from None
        except RecursionError:
            raise CatalogueError([Fault(self.file, 1, "nested too deeply")]) from None
