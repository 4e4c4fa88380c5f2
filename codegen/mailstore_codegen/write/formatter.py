"""Format generated Python with ruff."""

import re
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from ruff import find_ruff_bin  # type: ignore[import-untyped]  # pyright: ignore[reportMissingTypeStubs] - it is not marked as typed

from mailstore_codegen.generate.docstrings import WIDTH
from mailstore_codegen.write.targets import OutputError

# Isolated, so that the output does not depend on a configuration file nearby.
RUFF_OPTIONS = ("--isolated", "--no-cache", "--quiet", "--line-length", str(WIDTH), "--target-version", "py311")
RULES = "D202,D212,F401,I,UP"
"""Of the formatter's rules: docstrings begin on the first line, imports are sorted and all used, syntax is modern."""


def formatted(sources: Mapping[str, str], package_name: str | None = None) -> dict[str, str]:
    """The sources, formatted; those of a package also with their imports in order, and only those that they use."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder).resolve()
        for path, source in sources.items():
            target = root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(source, encoding="utf-8", newline="\n")
        if package_name:
            known = f"lint.isort.known-first-party = ['mailstore_sdk', '{package_name.partition('.')[0]}']"
            # __init__ modules import names to export them.
            unused = "lint.per-file-ignores = {'**/__init__.py' = ['F401']}"
            _ruff(root, "check", "--fix", "--config", known, "--config", unused, "--select", RULES, ".")
        _ruff(root, "format", ".")
        return {path: (root / path).read_text(encoding="utf-8") for path in sorted(sources)}


def formatted_snippets(snippets: Mapping[str, str]) -> dict[str, str]:
    """The snippets, formatted in one file with a comment above each: hundreds of files take much longer."""
    name = "snippets.py"
    together = formatted({name: "".join(f"# snippet {key}\n{source}\n" for key, source in snippets.items())})[name]
    _, *parts = re.split(r"^# snippet (.+)\n", together, flags=re.MULTILINE)
    return dict(zip(parts[::2], map(str.strip, parts[1::2]), strict=True))


def _ruff(folder: Path, *arguments: str) -> None:
    command = [find_ruff_bin(), *arguments, *RUFF_OPTIONS]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603 - our own arguments
    if done.returncode:
        raise OutputError(f"the generated code does not pass ruff:\n{done.stdout}{done.stderr}")
