"""Follow a server: make the catalogue agree with its list of functions, and say what that means for programs."""

from collections.abc import Container, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from mailstore_codegen.catalogue.load import load
from mailstore_codegen.catalogue.model import Catalogue
from mailstore_codegen.catalogue.server_functions import Aside, ServerFunctions
from mailstore_codegen.catalogue.versions import at
from mailstore_codegen.catalogue.yaml_file import CatalogueError
from mailstore_codegen.upgrade.changes import Change, Severity
from mailstore_codegen.upgrade.compare import EditsByFunction, add_version, compare
from mailstore_codegen.upgrade.diff import diff
from mailstore_codegen.upgrade.edit import Editor, flow, yaml_text
from mailstore_codegen.upgrade.guess import Guesses

ROUNDS = 3
"""Edits of one round may show more: a function that was renamed may have other arguments too."""


@dataclass(frozen=True)
class Pulled:
    """What pulling a list comes to.

    Attributes:
        editor: The files as they will be; nothing is written yet.
        changes: What is different for programs between the version as it was known and as the list has it.
        aside: What the catalogue cannot say, for a person to settle; it blocks nothing else.
    """

    editor: Editor
    changes: Sequence[Change]
    aside: Sequence[Aside] = field(default=())


def pull(spec: Path, version: str, reported: ServerFunctions, skip: Container[str] = (), since: str | None = None) -> Pulled:
    """Compare the list with the catalogue in the folder `spec`.

    Args:
        spec: The folder.
        version: The version of the server.
        reported: Its list.
        skip: Functions to leave alone.
        since: The version that programs were written for, if it differs from that of the list.

    Raises:
        CatalogueError: The catalogue has faults already.
    """
    before = load(spec)
    editor = Editor(spec)
    add_version(version)(editor)
    aside: dict[str, Aside] = {}
    for _ in range(ROUNDS):
        catalogue = editor.catalogue()
        compared = compare(catalogue, version, reported, skip)
        edits = {name: edits for name, edits in compared.edits.items() if name not in aside}
        editor, refused = _accept(editor, edits)
        refused |= compared.contradictions
        aside |= {name: Aside(name, reason, _snippet(catalogue, version, reported, name)) for name, reason in refused.items()}
        if not edits:
            break
    after = editor.catalogue()
    found = diff(at(before, since or version), at(after, version))
    # Texts mean nothing for programs, and versions between the two were known before.
    changes = [change for change in found if change.severity is not Severity.WORDING and change.place not in before.protocol.versions]
    return Pulled(editor, changes, tuple(aside.values()))


def _accept(editor: Editor, edits: EditsByFunction) -> tuple[Editor, dict[str, str]]:
    """Make the edits that the catalogue can take, function by function; the others with the reason."""
    trial = editor.copy()
    for found in edits.values():
        for edit in found:
            edit(trial)
    try:
        trial.catalogue()
    except CatalogueError as error:
        names = list(edits)
        if len(names) == 1:
            return editor, {names[0]: "\n".join(fault.message for fault in error.faults)}
        half = len(names) // 2
        accepted, refused = _accept(editor, {name: edits[name] for name in names[:half]})
        accepted, more = _accept(accepted, {name: edits[name] for name in names[half:]})
        return accepted, refused | more
    return trial, {}


def _snippet(catalogue: Catalogue, version: str, reported: ServerFunctions, name: str) -> str:
    """A function of the list in the catalogue's format, to be completed by a person."""
    if name not in reported:
        return f"# {name} is not in the list of SPE {version}"
    guesses = Guesses(catalogue)
    known = any(function.name == name for function in catalogue.functions)
    facts = [flow(guesses.facts(argument)) for argument in reported[name].args]
    return yaml_text([{"name": name, "args": facts} if known else guesses.function(reported[name], version)])
