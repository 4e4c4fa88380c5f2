"""The evidence table: every number equals a separate count of the YAML files."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from mailstore_codegen.cli.project import main

from tests.codegen.conftest import Edit
from tests.support.project import ROOT


def run(*arguments: str) -> str:
    result = CliRunner().invoke(main, ["stats", "--root", *arguments])
    assert result.exit_code == 0, result.output
    return result.output


def table(root: Path = ROOT) -> dict[str, dict[str, int]]:
    counted: dict[str, dict[str, int]] = json.loads(run(str(root), "--format", "json"))
    return counted


def entries(kind: str) -> list[dict[str, Any]]:
    files = [yaml.load(path.read_text(), yaml.CSafeLoader) for path in sorted((ROOT / "spec" / kind).glob("*.yaml"))]
    return [entry for file in files for entry in (file[kind].values() if kind == "types" else file[kind])]


def independently() -> dict[str, Counter[str]]:
    functions, types = entries("functions"), entries("types")
    return {
        "argument lists": Counter(f["evidence"]["args"] for f in functions),
        "arguments": Counter(a.get("evidence", f["evidence"]["args"]) for f in functions for a in f.get("args", [])),
        "results": Counter(f["evidence"]["result"] for f in functions),
        "long-running": Counter(f["evidence"].get("long_running", "inferred") for f in functions if f.get("long_running")),
        "types": Counter(t["evidence"] for t in types),
        "fields of types": Counter(p.get("evidence", t["evidence"]) for t in types for p in t.get("properties", {}).values()),
    }


def test_the_counts_are_those_of_the_yaml_files() -> None:
    counted = table()
    assert {row: {word: number for word, number in cells.items() if number} for row, cells in counted.items()} == independently()
    assert sum(counted["argument lists"].values()) == sum(counted["results"].values()) == len(entries("functions"))


def test_a_field_with_its_own_evidence_is_counted_there(root: Path, edit: Edit) -> None:
    before = table(root)["fields of types"]
    edit("types/folders.yaml", "{type: integer, unit: bytes,", "{type: integer, evidence: unknown, unit: bytes,")
    after = table(root)["fields of types"]
    assert after == {**before, "consumed-by-code": before["consumed-by-code"] - 1, "unknown": before["unknown"] + 1}


def test_the_text_table_is_aligned() -> None:
    lines = run(str(ROOT)).splitlines()
    assert lines[0].split() == ["observed", "printed-sample", "documented", "consumed-by-code", "inferred", "unknown", "total"]
    assert len({len(line) for line in lines}) == 1
    counted = table()
    assert lines[3].split() == ["results", *map(str, counted["results"].values()), str(len(entries("functions")))]


def test_the_markdown_table_is_that_of_the_index() -> None:
    printed = run(str(ROOT), "--format", "markdown")
    assert printed in (ROOT / "generated" / "reference" / "index.md").read_text()
    assert printed.splitlines()[1] == "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"


@pytest.mark.parametrize("style", ["text", "markdown", "json"])
def test_a_faulty_catalogue_is_reported(root: Path, edit: Edit, style: str) -> None:
    edit("functions/stores.yaml", "effect: read", "effect: harmless")
    result = CliRunner().invoke(main, ["stats", "--root", str(root), "--format", style])
    assert result.exit_code == 2
    assert "spec/functions/stores.yaml:7: functions.GetStores.effect:" in result.output
