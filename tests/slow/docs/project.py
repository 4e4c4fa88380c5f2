"""A copy of the project, set up as `make` leaves it and narrowed to one module, so that its targets take seconds."""

import shutil
import sys
from pathlib import Path

from tests.support.blocks import NOT_OURS
from tests.support.project import ROOT

CHECKED = '["mailstore_sdk", "codegen", "docs/_site", "examples", "tests/slow/typing/accepted.py"]'
NARROWED = {
    "pyproject.toml": {
        'testpaths = ["tests"]': 'testpaths = ["tests/unit/test_model.py"]',
        f"files = {CHECKED}": 'files = ["mailstore_sdk/runtime/model.py"]',
        '"generated", "mailstore_sdk/_generated"]': '"benchmarks", "codegen", "docs", "examples", "generated", "mailstore_sdk/_generated", "tests"]',
    },
    "Makefile": {
        "--fail-under=": "--fail-under=0 # ",
        "\t$(BIN)/coverage report --include=": "\t-$(BIN)/coverage report --include=",  # no coverage data of modules that are not loaded
        "\t$(BIN)/pyright --pythonpath $(BIN)/python\n": "",
        "\t$(BIN)/pyright --pythonpath $(BIN)/python --pythonversion 3.14\n\t$(BIN)/mypy --python-version 3.14\n": "",
        "\t$(BIN)/lint-imports\n": "",
        "WORKERS ?= 3": "WORKERS ?= 1",
        "UNMEASURED := tests/slow $(wildcard tests/*/test_every_*.py tests/*/test_any_*.py)": "UNMEASURED := tests/unit/test_size.py",
        "mkdocs build --strict": "mkdocs build",
    },
    "examples/tour.py": {'clock="seconds:3"': 'clock="polls:6"'},
    "mkdocs.yml": {"strict: true": "strict: false"},  # links to the pages that are left out
    "docs/_site/hooks.py": {
        '    "docs/**/*.*",\n    "examples/**/*.py",\n    "generated/**/*.*",\n    "spec/**/*.*",\n': '    "docs/start.md",\n',
    },
}
"""What the targets of `make` do less of in the copy. The generated files are checked whole, and the tour shows all without its pauses."""

STAMPS = (".demo", ".ready")
"""What the Makefile leaves in an environment that is complete, oldest first."""


def copy_project(folder: Path) -> None:
    shutil.copytree(ROOT, folder, ignore=NOT_OURS, dirs_exist_ok=True)
    for name, parts in NARROWED.items():
        text = (folder / name).read_text("utf-8")
        for whole, part in parts.items():
            assert whole in text, f"{name}: {whole}"
            text = text.replace(whole, part)
        (folder / name).write_text(text, "utf-8")
    set_up(folder / ".venv")


def set_up(environment: Path) -> None:
    """Link the environment of the tests into the copy: if `make` recreates it, only the links are removed."""
    environment.mkdir()
    for path in Path(sys.prefix).iterdir():
        if path.name not in STAMPS:
            (environment / path.name).symlink_to(path)
    for stamp in STAMPS:
        (environment / stamp).touch()
