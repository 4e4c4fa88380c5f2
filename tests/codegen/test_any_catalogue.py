"""Whatever catalogue the loader accepts, the generated package imports, type-checks, and is the same when made again."""

import importlib
import os
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from mailstore_codegen.catalogue.load import load
from mailstore_codegen.catalogue.naming import RESERVED_FIELDS
from mailstore_codegen.catalogue.yaml_file import CatalogueError
from mailstore_codegen.write.tree import render_package
from pydantic import TypeAdapter

from mailstore_sdk.runtime.model import Model
from tests.codegen.catalogues import catalogues
from tests.support.processes import environ
from tests.support.small_catalogue import write


@pytest.fixture
def packages(tmp_path: Path) -> Iterator[Path]:
    """A folder for packages, from which they are imported."""
    sys.path.insert(0, str(tmp_path))
    yield tmp_path
    sys.path.remove(str(tmp_path))
    for name in [name for name in sys.modules if name.startswith("any_spe")]:
        del sys.modules[name]


def make(packages: Path, files: dict[str, object]) -> str:
    """Generate a package from the catalogue in these files, and return its name."""
    with tempfile.TemporaryDirectory() as folder:
        spec = write(files, Path(folder) / "spec")
        try:
            catalogue = load(spec)
        except CatalogueError:
            assume(False)
    # A name for each, since Python keeps what it has imported.
    name = f"any_spe{len(list(packages.iterdir()))}"
    made = render_package(catalogue, name)
    assert render_package(catalogue, name) == made
    for path, text in made.items():
        target = packages / name / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    return name


@settings(max_examples=int(os.environ.get("FUZZ", "25")), deadline=None, suppress_health_check=list(HealthCheck))
@given(files=catalogues())
def test_it_imports_and_is_the_same_again(packages: Path, files: dict[str, object]) -> None:
    name = make(packages, files)
    importlib.invalidate_caches()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        use(name)


def use(name: str) -> None:
    """Load every model, and build what validates each result."""
    package = importlib.import_module(name)
    for model in package.models.__all__:
        getattr(package.models, model)
    for function in importlib.import_module(f"{name}.functions").FUNCTIONS.values():
        TypeAdapter(function.result())


def test_mypy_accepts_a_sample(packages: Path) -> None:
    @settings(max_examples=5, suppress_health_check=list(HealthCheck))
    @given(files=catalogues())
    def make_one(files: dict[str, object]) -> None:
        make(packages, files)

    make_one()
    made = sorted(path.name for path in packages.iterdir())
    assert made
    command = [sys.executable, "-m", "mypy", "--strict", *(argument for name in made for argument in ("-p", name))]
    done = subprocess.run(command, cwd=packages, capture_output=True, text=True, check=False, env=environ())
    assert done.returncode == 0, done.stdout


def test_no_field_hides_a_name_of_the_models_base() -> None:
    # What a metaclass has, its classes have too, though dir does not list it.
    own = {name for name in {*dir(Model), *dir(type(Model))} if not name.startswith(("_", "model_"))}
    assert own == RESERVED_FIELDS
