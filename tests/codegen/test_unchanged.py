"""Generating again does nothing if nothing has changed, and only then."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from mailstore_codegen.catalogue.sdk_source import source
from mailstore_codegen.cli.project import main
from mailstore_codegen.write import fingerprint
from mailstore_codegen.write.targets import Targets

from tests.support.project import ROOT


def run(command: str, root: Path) -> str:
    result = CliRunner().invoke(main, [command, "--root", str(root)])
    assert result.exit_code == 0, result.output
    return result.output


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A project that has just been generated."""
    root = tmp_path_factory.mktemp("project")
    shutil.copytree(ROOT / "spec", root / "spec")
    assert "files written" in run("generate", root)
    yield root
    assert known(root)


def known(root: Path) -> bool:
    targets = Targets.of_project(root)
    return fingerprint.is_known(root, fingerprint.inputs(root, targets), targets)


def test_nothing_is_written_if_nothing_has_changed(made: Path) -> None:
    file = made / "mailstore_sdk" / "_generated" / "sync" / "jobs.py"
    before = file.stat()
    assert "Nothing to do" in run("generate", made)
    assert "up to date" in run("check", made)
    assert file.stat() == before


@pytest.mark.parametrize(
    "place",
    [
        "spec/functions/jobs.yaml",
        "spec/catalogue.schema.json",
        "mailstore_sdk/_generated/sync/jobs.py",
        "mailstore_sdk/_generated/catalogue.json",
        "generated/openapi.json",
        ".codegen_cache/digest",
    ],
)
def test_a_change_of_an_input_an_output_or_the_cache_is_detected(made: Path, place: str) -> None:
    content = (made / place).read_bytes()
    for changed in (content + b"\n", content[:-1], b"\xff"):
        (made / place).write_bytes(changed)
        assert not known(made)
    (made / place).write_bytes(content)
    assert known(made)


@pytest.mark.parametrize("module", ["__init__", "errors", "runtime._options.options"])
def test_a_change_of_what_the_generator_reads_of_the_sdk_is_detected(
    made: Path, module: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed = tmp_path / "changed.py"
    changed.write_bytes(source(module).read_bytes() + b"\n")
    monkeypatch.setattr(fingerprint, "source", lambda name: changed if name == module else source(name))
    assert not known(made)


def test_an_added_or_removed_file_is_detected(made: Path) -> None:
    stray = made / "generated" / "by_hand.json"
    stray.write_text("{}")
    assert not known(made)
    stray.unlink()
    gone = made / "generated" / "openapi.json"
    content = gone.read_bytes()
    gone.unlink()
    assert not known(made)
    gone.write_bytes(content)


def test_another_generator_is_detected(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(fingerprint, "version", lambda _tool: "0")
        assert not known(made)


def test_a_read_only_project_is_only_slower(made: Path) -> None:
    digest = (made / ".codegen_cache" / "digest").read_text()
    shutil.rmtree(made / ".codegen_cache")
    (made / ".codegen_cache").write_text("a file in its place")
    targets = Targets.of_project(made)
    fingerprint.remember(made, fingerprint.inputs(made, targets), targets)
    assert not known(made)
    (made / ".codegen_cache").unlink()
    assert "up to date" in run("check", made)
    assert (made / ".codegen_cache" / "digest").read_text() == digest
