"""Where this project's generated files are."""

from dataclasses import dataclass
from pathlib import Path


class OutputError(Exception):
    """The output cannot be generated, or cannot be put in its place."""


@dataclass(frozen=True)
class Targets:
    """Folders for generated files. Each is replaced as a whole.

    Attributes:
        package: The Python package that holds models and methods.
        neutral: Output for other languages.
        schema: The JSON Schema of the catalogue's own files.
        name: Import name of the package.
    """

    package: Path
    neutral: Path
    schema: Path
    name: str = "mailstore_sdk._generated"

    @classmethod
    def of_project(cls, root: Path) -> "Targets":
        """The places of this project."""
        return cls(root / "mailstore_sdk" / "_generated", root / "generated", root / "spec" / "catalogue.schema.json")
