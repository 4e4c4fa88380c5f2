"""Skip generation when a SHA-256 of all inputs and outputs is unchanged.

It is saved next to the project when a run has made or confirmed the files, and is valid until a byte differs: in the
catalogue, in the generator and its templates, in what these read of the SDK, in the versions of what they are built on, or
in the output. Where it is not there or differs, everything is made and compared.
"""

import hashlib
import sys
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path

from mailstore_codegen.catalogue.sdk_source import EXPORTED, source
from mailstore_codegen.write.targets import Targets

CACHE = ".codegen_cache"
TOOLS = ("datamodel-code-generator", "jinja2", "pydantic", "PyYAML", "ruamel.yaml", "ruff")
"""What determines the output in addition to our own code."""


def inputs(root: Path, targets: Targets) -> str:
    """Digest of what the files are made from."""
    variables = repr((sys.version_info, [version(tool) for tool in TOOLS], targets.name))
    sdk = (source(module) for module in ("__init__", *EXPORTED))
    sources = [*_files(root / "spec"), *_files(Path(__file__).parent.parent), *sdk]
    return variables + _digest(path for path in sources if path != targets.schema)


def is_known(root: Path, made_from: str, targets: Targets) -> bool:
    """Whether the files on disk are those that were once made from these inputs, or found right."""
    try:
        return _memory(root).read_text("utf-8") == _shown(made_from, targets)
    except (OSError, ValueError):
        return False


def remember(root: Path, made_from: str, targets: Targets) -> None:
    """Keep the digest for the next run; where that cannot be, the next run takes longer."""
    memory = _memory(root)
    try:
        memory.parent.mkdir(exist_ok=True)
        (memory.parent / ".gitignore").write_text("*\n", "utf-8")
        memory.write_text(_shown(made_from, targets), "utf-8")
    except OSError:
        return


def _memory(root: Path) -> Path:
    return root / CACHE / "digest"


def _shown(made_from: str, targets: Targets) -> str:
    return f"{made_from}\n{_digest([*_files(targets.package), *_files(targets.neutral), targets.schema])}"


def _digest(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        content = path.read_bytes()
        digest.update(f"{path}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def _files(folder: Path) -> Iterator[Path]:
    yield from sorted(path for path in folder.rglob("*") if path.suffix != ".pyc" and path.is_file())
