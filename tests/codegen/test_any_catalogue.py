"""Whatever catalogue the loader accepts, the generated package imports, type-checks, and is the same when it is generated again.

The package works, too: valid values are sent and read unchanged, and nothing that a caller passes or a server sends raises
anything but the SDK's errors.
"""

import importlib
import json
import os
import subprocess
import sys
import tempfile
import warnings
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import parse_qsl

import httpx
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from mailstore_codegen.catalogue.load import load
from mailstore_codegen.catalogue.model import Catalogue
from mailstore_codegen.catalogue.naming import RESERVED_FIELDS
from mailstore_codegen.catalogue.schema import Function
from mailstore_codegen.catalogue.yaml_file import CatalogueError
from mailstore_codegen.write.render import render_docs, render_package
from pydantic import TypeAdapter

from mailstore_sdk.errors import MailStoreError, SchemaDriftWarning
from mailstore_sdk.runtime.model import Model
from tests.codegen.catalogues import catalogues
from tests.codegen.values import fitting, odd, passed, something, texts
from tests.support.json_values import same, written
from tests.support.processes import environ
from tests.support.small_catalogue import write

RUNS = int(os.environ.get("FUZZ", "15"))
FIGURES: Counter[str] = Counter()
"""How many catalogues came how far, and how many calls were made."""


@pytest.fixture(scope="module", autouse=True)
def figures() -> Iterator[None]:
    """Print the figures at the end."""
    yield
    sys.stdout.write(f"{json.dumps(FIGURES)}\n")


@pytest.fixture
def packages(tmp_path: Path) -> Iterator[Path]:
    """A folder of packages that can be imported."""
    sys.path.insert(0, str(tmp_path))
    yield tmp_path
    sys.path.remove(str(tmp_path))
    for name in [name for name in sys.modules if name.startswith("any_spe")]:
        del sys.modules[name]


def make(packages: Path, files: dict[str, object]) -> tuple[str, Catalogue]:
    """Generate a package from the catalogue in these files, and return its name."""
    FIGURES["drawn"] += 1
    with tempfile.TemporaryDirectory() as folder:
        spec = write(files, Path(folder) / "spec")
        try:
            catalogue = load(spec)
        except CatalogueError:
            FIGURES["refused"] += 1
            assume(False)
    # A new name each time, since Python caches imported modules.
    name = f"any_spe{len(list(packages.iterdir()))}"
    made = render_package(catalogue, name)
    for path, text in made.items():
        target = packages / name / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    assert render_docs(catalogue)
    FIGURES["generated"] += 1
    return name, catalogue


def test_the_package_of_any_catalogue_imports_works_and_passes_mypy(packages: Path) -> None:
    @settings(max_examples=RUNS, derandomize="FUZZ" not in os.environ, deadline=None, suppress_health_check=list(HealthCheck))
    @given(files=catalogues(), data=st.data())
    def make_one(files: dict[str, object], data: st.DataObject) -> None:
        name, catalogue = make(packages, files)
        importlib.invalidate_caches()
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            use(name)
            FIGURES["imported"] += 1
            package = importlib.import_module(name)
            for function in catalogue.functions:
                Exchange(package, catalogue, function).of_what_fits(data.draw)
            warnings.simplefilter("ignore", SchemaDriftWarning)
            for function in catalogue.functions:
                Exchange(package, catalogue, function).of_anything(data.draw)
        FIGURES["worked"] += 1
        for module in [module for module in sys.modules if module.partition(".")[0] == name]:
            del sys.modules[module]

    make_one()
    made = sorted(path.name for path in packages.iterdir())
    assert made
    command = [sys.executable, "-m", "mypy", "--strict", *(argument for name in made for argument in ("-p", name))]
    done = subprocess.run(command, cwd=packages, capture_output=True, text=True, check=False, env=environ())
    assert done.returncode == 0, done.stdout
    FIGURES["passed mypy"] += len(made)


class Exchange:
    """One call of a generated method, and the reply."""

    def __init__(self, package: ModuleType, catalogue: Catalogue, function: Function) -> None:
        self.package, self.catalogue, self.function = package, catalogue, function
        self.descriptor = package.sync.FUNCTIONS[function.name]
        self.forms: list[dict[str, str]] = []

    def of_what_fits(self, draw: st.DrawFn) -> None:
        arguments, sent = {}, {"instanceID": "test01"} if self.function.needs_instance else {}
        shapes = {argument.name: argument.shape() for argument in self.descriptor.arguments if argument.shape}
        for argument in self.function.own_args:
            if argument.required or draw(st.booleans()):
                value, text = passed(draw, self.catalogue, argument, shapes.get(argument.name))
                assume(value is not None or not argument.required)
                arguments[argument.variable] = value
                sent |= {argument.name: text} if value is not None else {}
        received = fitting(draw, self.catalogue, self.function.result)
        result = self.call(arguments, received)
        assert same(written(result), received)
        (form,) = self.forms
        kinds = {argument.name: argument.type for argument in self.function.own_args}
        assert {name: json.loads(text) if kinds.get(name) == "json" else text for name, text in form.items()} == sent

    def of_anything(self, draw: st.DrawFn) -> None:
        arguments = {argument.variable: draw(odd | texts) for argument in self.function.own_args}
        received = draw(something)
        with suppress(MailStoreError):
            assert same(written(self.call(arguments, received)), received)

    def call(self, arguments: dict[str, Any], received: object) -> Any:
        def answer(request: httpx.Request) -> httpx.Response:
            self.forms.append(dict(parse_qsl(request.content.decode(), keep_blank_values=True, strict_parsing=bool(request.content))))
            return httpx.Response(200, json={"statusCode": "succeeded", "result": received})

        with (
            httpx.Client(transport=httpx.MockTransport(answer)) as http,
            self.package.SPEClient("spe.invalid", username="a", password="b", retries=0, http_client=http) as spe,
        ):
            owner = spe.instance("test01") if self.function.needs_instance else spe
            FIGURES["calls"] += 1
            returned = getattr(owner, self.function.method)(**arguments)
            return returned.result() if self.function.long_running else returned


@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(files=catalogues())
def test_generating_twice_gives_the_same_package(packages: Path, files: dict[str, object]) -> None:
    name, catalogue = make(packages, files)
    assert render_package(catalogue, name) == {
        path.relative_to(packages / name).as_posix(): path.read_text(encoding="utf-8")
        for path in (packages / name).rglob("*")
        if path.is_file()
    }


def use(name: str) -> None:
    """Load every model, and build the validator of each result."""
    package = importlib.import_module(name)
    for model in package.models.__all__:
        getattr(package.models, model)
    for function in importlib.import_module(f"{name}.functions").FUNCTIONS.values():
        TypeAdapter(function.result())


def test_no_field_hides_a_name_of_the_models_base() -> None:
    # Classes also have their metaclass's attributes, though dir does not list them.
    own = {name for name in {*dir(Model), *dir(type(Model))} if not name.startswith(("_", "model_"))}
    assert own == RESERVED_FIELDS
