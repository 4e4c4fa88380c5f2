"""A team's project: started, generated, checked, and upgraded to a new server's version in one command."""

import json
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from mailstore_codegen.catalogue.load import load
from mailstore_codegen.catalogue.versions import at
from mailstore_codegen.cli.project import main
from mailstore_codegen.write.render import render_package

from tests.support.processes import environ
from tests.support.small_catalogue import SMALL_SPEC, metadata

APPLICATION = """\
from acme_spe import Instance, SPEClient


def zones(archive: Instance) -> list[str]:
    return [str(zone.id) for zone in archive.get_time_zones()]


def tidy(archive: Instance, spe: SPEClient) -> None:
    for store in archive.get_stores(include_size=True):
        archive.compact_store(store.id).result()
        archive.verify_store(store.id, include_indexes=True).result()
    for user in archive.get_users():
        archive.delete_user(user.user_name)
    spe.get_instances("*")
"""
BROKEN = {5: "get_time_zones", 10: "reason", 11: "include_indexes", 13: "Argument 1"}
"""The lines of the application that the new version breaks, and what the type checker says of each."""


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def newer() -> list[dict[str, object]]:
    """The list of an invented 27.1."""
    reported = [entry for entry in metadata() if entry["name"] != "GetTimeZones"]
    named = {entry["name"]: entry for entry in reported}
    named["CompactStore"]["args"].append({"name": "reason", "type": "string", "nullable": False})  # a new required argument
    named["VerifyStore"]["args"].pop()  # a removed argument
    named["GetUserInfo"]["args"][1]["nullable"] = True  # an argument that became optional
    named["DeleteUser"]["args"][1]["type"] = "number"  # an argument with another type
    named["GetUsers"]["name"] = "getUsers"  # an argument renamed in case
    for name in ("GetStoreUsage", "SetStoreQuota", "DeleteStoreSnapshot"):
        reported.append({"name": name, "args": [{"name": "instanceID", "type": "string", "nullable": False}]})
    reported.append({"name": '"""\nimport os\nos.abort()\n"""', "args": []})  # a hostile name
    return reported


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A team's generated project for 25.3."""
    root = tmp_path_factory.mktemp("team")
    (root / "pyproject.toml").write_text('[project]\nname = "acme"\nversion = "1"\n')
    assert run("init", "--root", root, "--package", "acme_spe", "--spe-version", "25.3").exit_code == 0
    shutil.rmtree(root / "spec")
    shutil.copytree(SMALL_SPEC, root / "spec")
    made = run("generate", "--root", root)
    assert made.exit_code == 0, made.output
    return root


def test_an_upgrade_from_the_list_to_the_type_checker(started: Path, tmp_path: Path) -> None:
    root = started
    (root / "app.py").write_text(APPLICATION)
    (root / "CHANGELOG.md").write_text("# Changelog\n\n## 1.0\n\n- First.\n")
    project = root / "pyproject.toml"
    project.write_text(project.read_text().replace("check = []", 'check = ["app.py"]\nchangelog = "CHANGELOG.md"\ndocs = "spe-docs"'))
    (root / "mypy.ini").write_text("[mypy]\nstrict = true\n")
    before = render_package(at(load(root / "spec"), "25.3"), "acme_spe")
    (tmp_path / "27.1.json").write_text(json.dumps(newer()))

    done = run("upgrade", tmp_path / "27.1.json", "--root", root)
    assert done.exit_code == 1, done.output
    found = {int(line.split(":")[1]): line for line in done.output.splitlines() if line.startswith("app.py:") and ": error:" in line}
    assert found.keys() == BROKEN.keys(), done.output
    assert all(text in found[number] for number, text in BROKEN.items()), done.output
    for line in (
        "breaking    added    CompactStore(reason)         parameter reason: str, required",
        "breaking    changed  DeleteUser(userName)         type: str -> int",
        "breaking    removed  GetTimeZones                 get_time_zones() is gone",
        "behaviour   changed  GetUsers                     name on the wire: GetUsers -> getUsers",
        "compatible  changed  GetUserInfo(userName)        required -> optional",
    ):
        assert line in done.output.splitlines(), done.output
    assert 'its name \'"""\\nimport os' in done.output
    assert "GetStoreUsage        group, effect" in done.output
    table = tomllib.loads(project.read_text())["tool"]["mailstore-codegen"]
    assert (table["spe-version"], table["changelog"]) == ("27.1", "CHANGELOG.md")
    assert (root / "CHANGELOG.md").read_text().startswith("# Changelog\n\n## SPE 27.1\n\n### Breaking")
    assert (root / "CHANGELOG.md").read_text().endswith("## 1.0\n\n- First.\n")
    assert json.loads((root / "spe-docs" / "openapi.json").read_text())["paths"]["/api/invoke/GetStoreUsage"]
    assert (root / "spe-docs" / "commands" / "stores.json").exists()
    assert run("check", "--root", root).exit_code == 0
    assert render_package(at(load(root / "spec"), "25.3"), "acme_spe") == before

    # After the changes that the type checker reports, nothing is left to do.
    fixed = APPLICATION.replace("store.id).result()", 'store.id, "monthly").result()').replace(", include_indexes=True", "")
    fixed = fixed.replace("delete_user(user.user_name)", "delete_user(int(user.user_name))")
    (root / "app.py").write_text(fixed.replace("[str(zone.id) for zone in archive.get_time_zones()]", "[]"))
    reported = [entry for entry in newer() if str(entry["name"]).isidentifier()]
    (tmp_path / "27.1.json").write_text(json.dumps(reported))
    again = run("upgrade", tmp_path / "27.1.json", "--root", root)
    assert (again.exit_code, again.output.splitlines()[0]) == (0, "No differences."), again.output


def test_plain_generate_and_check_work_in_the_project(started: Path) -> None:
    assert run("check", "--root", started).exit_code == 0
    module = started / "acme_spe" / "literals.py"
    module.write_text(module.read_text() + "\n")
    result = run("check", "--root", started)
    assert result.exit_code == 1
    assert "acme_spe/literals.py: differs" in result.output
    assert run("generate", "--root", started).exit_code == 0


def test_files_of_the_team_do_not_change(started: Path) -> None:
    mine = started / "acme_spe" / "helpers.py"
    mine.write_text("x = 1\n")
    result = run("generate", "--root", started)
    assert result.exit_code == 2
    assert "holds files of yours: move them elsewhere: helpers.py" in result.output
    assert mine.read_text() == "x = 1\n"
    mine.unlink()


def test_generate_in_a_folder_without_a_table_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("generate")
    assert result.exit_code == 2
    assert "run `mailstore-codegen init --package NAME`" in result.output
    assert list(tmp_path.iterdir()) == []
    assert "run `mailstore-codegen init`" in run("upgrade").output


TABLES = {
    'packge = "a"': "has an unknown key 'packge'; did you mean 'package'?",
    'spec = "spec"': "has no package, the import name such as acme_spe",
    "package = 1": "package is 1: expected text in quotes",
    'package = "a"\nspe-version = ""': "spe-version is '': expected text in quotes",
    'package = "a"\ntemplates = "nowhere"': "nowhere is not a folder",
    'package = "a"\ndocs = "."': "inside the folder",
    'package = "a"\ndocs = "a/docs"': "name separate folders",
    'package = "spec"': "name separate folders",
    'package = "a"\ncheck = "app.py"': "check is not a list of paths",
    "package": "cannot be read",
}


@pytest.mark.parametrize(("lines", "message"), TABLES.items())
def test_an_invalid_table_is_reported_with_the_reason(tmp_path: Path, lines: str, message: str) -> None:
    (tmp_path / "pyproject.toml").write_text(f"[tool.mailstore-codegen]\n{lines}\n")
    result = run("check", "--root", tmp_path)
    assert result.exit_code == 2
    assert message in result.output


@pytest.mark.parametrize("text", ["tool = 1", "[tool]\nmailstore-codegen = 1", "[[tool.mailstore-codegen]]\npackage = 'a'"])
def test_a_table_of_another_kind_is_reported(tmp_path: Path, text: str) -> None:
    (tmp_path / "pyproject.toml").write_text(text)
    result = run("check", "--root", tmp_path)
    assert (result.exit_code, "is not a table: expected lines such as package" in result.output) == (2, True), result.output


def test_a_folder_for_docs_that_cannot_be_used_leaves_the_package(started: Path, tmp_path: Path) -> None:
    root = tmp_path / "team"
    shutil.copytree(started, root)
    (root / "pyproject.toml").write_text('[tool.mailstore-codegen]\npackage = "acme_spe"\nspe-version = "9.0"\ndocs = "notes"\n')
    before = state(root)
    (root / "notes").mkdir()
    (root / "notes" / "mine.md").touch()
    refused = run("generate", "--root", root)
    assert (refused.exit_code, "notes is not empty and was not generated" in refused.output) == (2, True), refused.output
    (root / "notes" / "mine.md").unlink()
    assert state(root) == before
    assert run("generate", "--root", root).exit_code == 0
    (root / "notes" / "mine.md").touch()
    assert "holds files of yours: move them elsewhere: mine.md" in run("generate", "--root", root).output


COMMANDS = (["check"], ["stats"], ["learn", "shapes.json"], ["diff", "--from-version", "9.0", "--to-version", "25.3"])


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: words[0])
def test_a_command_in_a_wrong_folder_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]) -> None:
    monkeypatch.chdir(tmp_path)
    Path("shapes.json").touch()
    result = run(*words)
    assert result.exit_code == 2
    advice = "run this in the folder of your project; `mailstore-codegen init` starts a new one"
    assert result.output == f"Error: spec is not a catalogue, since it has no protocol.yaml: {advice}\n"


def test_the_pages_of_the_command_line_are_written_in_its_repository_only(tmp_path: Path) -> None:
    page = tmp_path / "docs" / "cli" / "mine.md"
    page.parent.mkdir(parents=True)
    page.touch()
    result = run("manual", "--root", tmp_path)
    assert (result.exit_code, "this command is for the repository of mailstore-sdk" in result.output) == (2, True), result.output
    assert list(page.parent.iterdir()) == [page]


def test_every_command_uses_the_folder_of_the_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(SMALL_SPEC, "api")
    Path("pyproject.toml").write_text('[tool.mailstore-codegen]\npackage = "acme_spe"\nspec = "api"\n')
    Path("25.3.json").write_text(json.dumps(metadata()))
    Path("shapes.json").write_text('{"format": "mailstore-sdk shapes 1", "functions": {}}')
    assert run("pull", "25.3.json").output == "No differences.\n"
    assert run("learn", "shapes.json").exit_code == 0
    assert run("stats").exit_code == 0
    git = ("git", "-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "init.defaultBranch=main")
    for words in (["init", "-q"], ["add", "api"], ["commit", "-q", "-m", "One"]):
        subprocess.run([*git, *words], check=True)
    assert run("diff", "HEAD", "api").output == "No differences.\n"
    versions = run("diff", "--from-version", "9.0", "--to-version", "25.3")
    assert versions.exit_code == 0, versions.output


def state(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_an_interrupted_upgrade_can_be_repeated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "27.1.json").write_text(json.dumps(metadata()[1:]))
    writes = 0

    def upgraded(name: str, interrupted: int) -> tuple[Path, Result]:
        root = tmp_path / name
        shutil.copytree(SMALL_SPEC, root / "spec")
        table = '[tool.mailstore-codegen]\npackage = "acme_spe"\nspe-version = "25.3"\nchangelog = "CHANGELOG.md"\n'
        (root / "pyproject.toml").write_text(table)

        def replaced(self: Path, target: Path) -> Path:
            nonlocal writes
            writes += 1
            if writes == interrupted:
                raise KeyboardInterrupt
            return self.rename(target)

        nonlocal writes
        writes = 0
        with monkeypatch.context() as patch:
            patch.setattr(Path, "replace", replaced)
            return root, run("upgrade", tmp_path / "27.1.json", "--root", root)

    root, done = upgraded("complete", 0)
    complete, total = state(root), writes
    assert (done.exit_code, total) == (0, 5), done.output
    for number in range(1, total + 1):
        root, interrupted = upgraded(f"interrupted{number}", number)
        assert interrupted.exit_code == 1
        again = run("upgrade", tmp_path / "27.1.json", "--root", root)
        assert again.exit_code == 0, again.output
        assert state(root) == complete


def test_a_changelog_in_another_encoding_is_reported_before_anything_is_written(tmp_path: Path) -> None:
    shutil.copytree(SMALL_SPEC, tmp_path / "spec")
    table = '[tool.mailstore-codegen]\npackage = "acme_spe"\nchangelog = "CHANGES.md"\n'
    (tmp_path / "pyproject.toml").write_text(table, "utf-8-sig")
    (tmp_path / "CHANGES.md").write_bytes("# Änderungen\n".encode("cp1252"))
    (tmp_path / "27.1.json").write_text(json.dumps(metadata()[1:]))
    before = state(tmp_path)
    result = run("upgrade", tmp_path / "27.1.json", "--root", tmp_path)
    assert (result.exit_code, result.output.splitlines()[-1]) == (
        2,
        f"Error: {tmp_path / 'CHANGES.md'} is not UTF-8 text: save it as UTF-8",
    )
    assert state(tmp_path) == before


def test_init_overwrites_nothing(tmp_path: Path) -> None:
    assert "is not a valid name" in run("init", "--root", tmp_path, "--package", "Acme").output
    assert "is unknown: expected one of" in run("init", "--root", tmp_path, "--package", "acme_spe", "--spe-version", "1.0").output
    assert list(tmp_path.iterdir()) == []
    assert run("init", "--root", tmp_path, "--package", "acme_spe").exit_code == 0
    assert load(tmp_path / "spec").types
    assert "already" in run("init", "--root", tmp_path, "--package", "other").output


def test_without_its_extra_the_command_says_what_to_install() -> None:
    program = "import sys; sys.modules['click'] = None; from mailstore_codegen.cli import main; main()"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, env=environ())
    assert done.returncode == 1
    assert done.stderr == "mailstore-codegen needs click: pip install 'mailstore-sdk[codegen]'\n"
