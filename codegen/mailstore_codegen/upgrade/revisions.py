"""Load a catalogue from a folder or from a git revision."""

import io
import os
import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path

from mailstore_codegen.catalogue.load import load
from mailstore_codegen.catalogue.model import Catalogue


class RevisionError(Exception):
    """The name is neither a folder with a catalogue nor a revision."""


def catalogue_of(name: str, root: Path, spec: Path) -> Catalogue:
    """Load a catalogue: `name` is its folder, a project's folder with ``spec/`` in it, or a revision of the repository at `root`.

    Args:
        name: The folder or revision.
        root: The folder of the project.
        spec: The folder of the project's catalogue.

    Raises:
        RevisionError: The name fits no folder and no revision.
        CatalogueError: The catalogue is invalid.
    """
    for folder in (Path(name), Path(name) / "spec"):
        if (folder / "protocol.yaml").is_file():
            return load(folder)
    with tempfile.TemporaryDirectory() as copy:
        # A relative path, since the project may be in a subfolder of the repository.
        place = os.path.relpath(spec, root)
        with zipfile.ZipFile(io.BytesIO(_archive(name, root, place))) as archive:
            archive.extractall(copy)
        return load(Path(copy) / place)


def _archive(revision: str, root: Path, folder: str) -> bytes:
    git = shutil.which("git")
    if git is None:
        raise RevisionError(f"{revision} is not a folder with a catalogue, and without git no revision can be looked up")
    commit = _run(git, root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if commit is None:
        raise RevisionError(f"{revision!r:.100} is neither a folder with a catalogue nor a revision of the repository at {root}")
    archive = _run(git, root, "archive", "--format=zip", commit.decode().strip(), folder)
    if archive is None:
        raise RevisionError(f"revision {revision!r:.100} has no {folder}/ under {root}")
    return archive


def _run(git: str, root: Path, *arguments: str) -> bytes | None:
    done = subprocess.run([git, "-C", str(root), *arguments], capture_output=True, check=False)  # noqa: S603 - a revision cannot be an option
    return None if done.returncode else done.stdout
