"""A team's own package: the functions of its server, with the same runtime, next to the SDK's package."""

import asyncio
import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from click.testing import CliRunner, Result
from mailstore_codegen.cli.project import main

import mailstore_sdk
from mailstore_sdk.simulator import Simulator
from tests.support.project import ROOT


def generate(*options: object) -> Result:
    return CliRunner().invoke(main, ["generate", "--spec", str(ROOT / "spec"), *map(str, options)])


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    """The package of SPE 9.0, in the team's namespace."""
    folder = tmp_path_factory.mktemp("own")
    result = generate("--spe-version", "9.0", "--out", folder, "--package", "acme.spe_nine")
    assert result.exit_code == 0, result.output
    sys.path.insert(0, str(folder))
    yield importlib.import_module("acme.spe_nine")
    sys.path.remove(str(folder))
    for name in [name for name in sys.modules if name.partition(".")[0] == "acme"]:
        del sys.modules[name]


def test_the_package_has_exactly_the_functions_of_its_version(package: ModuleType) -> None:
    functions = importlib.import_module("acme.spe_nine.functions").FUNCTIONS
    assert len(functions) == 87
    assert hasattr(package.Instance, "get_messages")
    assert not hasattr(package.Instance, "get_jobs")
    assert hasattr(mailstore_sdk.Instance, "get_jobs")
    assert not hasattr(package.models.EnvironmentInfo, "web_client_version")
    assert (Path(package.__file__).parent / "py.typed").exists()


def test_the_package_works_next_to_the_sdks_own(package: ModuleType) -> None:
    with Simulator(clock="immediate", spe_version="9.0") as server:
        options = {"username": "admin", "password": "admin", "ca_file": server.ca_file}
        with package.SPEClient(server.url, **options) as spe, mailstore_sdk.SPEClient(server.url, **options) as ours:
            theirs = spe.instance("test01").get_stores()[0]
            assert type(theirs).__module__ == "acme.spe_nine.models.stores"
            assert isinstance(ours.instance("test01").get_stores()[0], mailstore_sdk.Store)
            job = spe.instance("test01").verify_store(theirs.id)
            assert spe.resume(job.token).result(timeout=60) is None
            assert isinstance(spe.call("GetInstances", instanceFilter="*"), list)
            whole = spe.instance("test01").raw.get_stores()
            assert (whole.http_status, type(whole.result[0])) == (200, type(theirs))
            assert spe.raw.get_instances("*").envelope["statusCode"] == "succeeded"
            assert spe.server_version().startswith("9.0")
            assert repr(spe.instance("test01")).endswith("instance('test01')")
            with pytest.raises(mailstore_sdk.ArgumentError):
                spe.instance("")

        async def names() -> list[str]:
            async with package.AsyncSPEClient(server.url, **options) as client:
                assert (await client.instance("test01").raw.get_users()).http_status == 200
                assert (await client.raw.get_instances("*")).http_status == 200
                return [user.user_name for user in await client.instance("test01").get_users()]

        assert "alice" in asyncio.run(names())


NAMES = (
    "Acme",
    "acme-spe",
    "acme..spe",
    "",
    "class",
    "acme.import",
    "json",
    "pydantic",
    "mailstore_sdk",
    "mailstore_sdk.own",
    "../acme",
    "a/b",
    "acmé",
)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_cannot_be_imported_or_hides_another_is_refused(tmp_path: Path, name: str) -> None:
    result = generate("--out", tmp_path, "--package", name)
    assert result.exit_code != 0
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_was_not_generated_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "acme_spe").mkdir()
    assert generate("--out", tmp_path, "--package", "acme_spe").exit_code == 0
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "work.py").write_text("x = 1\n")
    result = generate("--out", tmp_path, "--package", "mine")
    assert result.exit_code == 2
    assert "mine is not empty and was not generated" in result.output
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["work.py"]


def test_conflicting_options_are_reported(tmp_path: Path) -> None:
    assert "needs both --out and --package" in generate("--out", tmp_path).output
    assert "needs both --out and --package" in generate("--spe-version", "9.0").output
    result = generate("--out", tmp_path, "--package", "acme_spe", "--spe-version", "99.9")
    assert result.exit_code == 2, "1 means that the command found differences"
    assert "SPE version '99.9' is unknown: expected one of 8.5, 9.0, 12.0," in result.output
