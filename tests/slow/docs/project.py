"""A copy of the project, set up as `make` leaves it and narrowed to one module, so that its targets take seconds."""

import shutil
import sys
from pathlib import Path

from tests.support.blocks import NOT_OURS
from tests.support.project import ROOT

NARROWED = {
    'testpaths = ["tests"]': 'testpaths = ["tests/unit/test_model.py"]',
    "fail_under = 100": "fail_under = 1",
    'files = ["mailstore_sdk", "codegen", "docs/_site", "examples", "tests/slow/typing/accepted.py"]': 'files = ["mailstore_sdk/runtime/model.py"]',
    'include = ["mailstore_sdk", "codegen", "docs/_site", "examples", "tests/slow/typing/accepted.py"]': 'include = ["mailstore_sdk/runtime/model.py"]',
    '"generated", "mailstore_sdk/_generated"]': '"benchmarks", "codegen", "docs", "examples", "generated", "mailstore_sdk/_generated", "tests"]',
}
"""What `make test` and `make check` look at, in pyproject.toml. The generated files are checked whole."""


STAMPS = (".demo", ".ready")
"""What the Makefile leaves in an environment that is complete, oldest first."""


def copy_project(folder: Path) -> None:
    shutil.copytree(ROOT, folder, ignore=NOT_OURS, dirs_exist_ok=True)
    settings = (folder / "pyproject.toml").read_text("utf-8")
    for whole, part in NARROWED.items():
        assert whole in settings
        settings = settings.replace(whole, part)
    (folder / "pyproject.toml").write_text(settings, "utf-8")
    set_up(folder / ".venv")


def set_up(environment: Path) -> None:
    """Give the copy the environment of the tests, by links: should `make` ever begin anew, it removes no more than these."""
    environment.mkdir()
    for path in Path(sys.prefix).iterdir():
        if path.name not in STAMPS:
            (environment / path.name).symlink_to(path)
    for stamp in STAMPS:
        (environment / stamp).touch()
