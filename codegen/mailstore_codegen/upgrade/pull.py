"""Update the catalogue from a server's list of functions, and report what that means for programs."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from mailstore_codegen.catalogue.load import load
from mailstore_codegen.catalogue.model import Catalogue
from mailstore_codegen.catalogue.schema import Function
from mailstore_codegen.catalogue.server_functions import Aside, ServerArgument, ServerFunction, ServerFunctions
from mailstore_codegen.catalogue.versions import at
from mailstore_codegen.catalogue.yaml_file import CatalogueError
from mailstore_codegen.upgrade.changes import Change, Severity
from mailstore_codegen.upgrade.compare import EditsByFunction, add_version, compare
from mailstore_codegen.upgrade.diff import diff
from mailstore_codegen.upgrade.edit import Editor, flow, yaml_text
from mailstore_codegen.upgrade.guess import Guesses

ROUNDS = 3
"""Maximum number of rounds. One round may reveal more edits: a renamed function may have other arguments too."""


@dataclass(frozen=True)
class Pulled:
    """The result of pulling a list.

    Attributes:
        editor: The edited files; nothing is written yet.
        changes: What changes for programs between the version's known functions and its list.
        listed: The list to save. What was skipped or put aside is in it as the catalogue has it, so that it stays so.
        aside: What the catalogue cannot express and a person must decide; it does not block the rest.
    """

    editor: Editor
    changes: Sequence[Change]
    listed: ServerFunctions
    aside: Sequence[Aside] = field(default=())


def pull(spec: Path, version: str, reported: ServerFunctions, skip: Collection[str] = (), since: str | None = None) -> Pulled:
    """Compare the list with the catalogue in the folder `spec`.

    Args:
        spec: The folder.
        version: The version of the server.
        reported: The server's list.
        skip: Functions to leave as they are, whether listed or not.
        since: The version that programs were written for, if it differs from that of the list.

    Raises:
        CatalogueError: The catalogue was invalid before.
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
    after = at(editor.catalogue(), version)
    found = diff(at(before, since or version), after)
    # Texts do not affect programs, and versions between the two were known before.
    known = {*before.protocol.versions} - {version}
    changes = [change for change in found if change.severity is not Severity.WORDING and change.place not in known]
    left = {*skip, *(aside.keys() & reported.keys())}
    as_known = {function.name: _as_listed(function) for function in after.functions if function.name in left}
    return Pulled(editor, changes, {**reported, **as_known}, tuple(aside.values()))


def _as_listed(function: Function) -> ServerFunction:
    """Return a function of the catalogue as a server would list it."""
    return ServerFunction(function.name, tuple(ServerArgument(arg.name, arg.type, nullable=not arg.required) for arg in function.args))


def _accept(editor: Editor, edits: EditsByFunction) -> tuple[Editor, dict[str, str]]:
    """Apply the edits that keep the catalogue valid, function by function; return the others with the reason."""
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
    """Return a function of the list in the catalogue's format, for a person to complete."""
    if name not in reported:
        return f"# {name} is not in the list of SPE {version}"
    guesses = Guesses(catalogue)
    known = any(function.name == name for function in catalogue.functions)
    facts = [flow(guesses.facts(argument)) for argument in reported[name].args]
    return yaml_text([{"name": name, "args": facts} if known else guesses.function(reported[name], version)])
