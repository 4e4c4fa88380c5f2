"""Measure generating everything from the catalogue, next to datamodel-code-generator alone for the same types."""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from mailstore_codegen.catalogue.load import load
from mailstore_codegen.generate.models import bundle

from benchmarks.measure import Row, cpu_of, number_of_rounds, values_in_turns

ROUNDS = number_of_rounds(5)
PROJECT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent


def measure() -> Iterator[Row]:
    """In a copy of the project, in turns. CPU of whole processes."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        shutil.copytree(PROJECT / "spec", root / "spec")
        (root / "types.json").write_text(json.dumps(bundle(load(PROJECT / "spec"))), encoding="utf-8")
        generate = [str(BIN / "mailstore-codegen"), "generate", "--root", folder]

        def cold() -> float:
            shutil.rmtree(root / ".codegen_cache", ignore_errors=True)
            return cpu_of(generate)

        taken = values_in_turns({"cold": cold, "unchanged": partial(cpu_of, generate), "peer": partial(cpu_of, _peer(root))}, ROUNDS)
    yield Row("everything, cold / datamodel-code-generator on the types", taken.ratio("cold", "peer"), at_most=2.2)
    yield Row("everything, cold", taken.seconds("cold"), "s CPU")
    yield Row("nothing to do", taken.seconds("unchanged"), "s CPU", at_most=0.25)
    checks = {
        "mailstore-codegen check": [str(BIN / "mailstore-codegen"), "check", "--root", str(PROJECT)],
        "ruff check": [str(BIN / "ruff"), "check", str(PROJECT)],
        "mypy": [str(BIN / "mypy"), "--config-file", str(PROJECT / "pyproject.toml")],
        "lint-imports": [str(BIN / "lint-imports"), "--config", str(PROJECT / "pyproject.toml")],
    }
    warm = values_in_turns({name: partial(cpu_of, command) for name, command in checks.items()}, 1)
    yield Row(
        "make check-quick", sum(map(warm.seconds, checks)), "s CPU", note=", ".join(f"{name} {warm.seconds(name):.1f}" for name in checks)
    )


def _peer(root: Path) -> Sequence[str]:
    options = "--input-file-type jsonschema --output-model-type pydantic_v2.BaseModel --target-python-version 3.11 --disable-timestamp"
    command = f"--input {root / 'types.json'} --output {root / 'peer'} {options} --formatters builtin --treat-dot-as-module"
    return [str(BIN / "datamodel-codegen"), *command.split()]
