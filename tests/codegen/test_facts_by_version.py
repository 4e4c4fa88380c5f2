"""An argument whose facts differ by version: each package has those of its version, one for all asks at run time."""

import inspect
from pathlib import Path
from types import ModuleType

import pytest
from mailstore_codegen.catalogue.versions import at
from mailstore_codegen.catalogue.yaml_file import CatalogueError

from mailstore_sdk import ArgumentError
from mailstore_sdk.runtime._protocol.form import encode_form
from mailstore_sdk.runtime._protocol.server_features import ServerFeatures
from tests.support.small_catalogue import argument, catalogue, function, package

VERSIONS = ["25.3", "26.1", "27.1"]
ARGS = [
    argument("reason", until="26.1"),
    argument("reason", "integer", required=True, since="27.1"),
]
ENTRY = function(args=ARGS, example={"args": {"reason": 1}})


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    return package(catalogue(None, [ENTRY], VERSIONS), tmp_path_factory.mktemp("whole"))


def signature(made: ModuleType) -> str:
    return str(inspect.signature(made.SPEClient.get_thing))


def test_a_package_for_one_version_has_its_facts(tmp_path: Path) -> None:
    made = catalogue(None, [ENTRY], VERSIONS)
    assert "reason: 'str | None' = None" in signature(package(at(made, "25.3"), tmp_path))
    assert "reason: 'int')" in signature(package(at(made, "27.1"), tmp_path))


def test_a_package_for_all_versions_accepts_what_any_version_accepts(whole: ModuleType) -> None:
    assert "reason: 'int | str | None' = None" in signature(whole) or "reason: 'str | int | None' = None" in signature(whole)


@pytest.mark.parametrize(
    ("version", "value", "form"),
    [("25.3.1", None, b""), ("25.3.1", "why", b"reason=why"), ("27.1.0", 7, b"reason=7"), (None, None, b""), (None, 7, b"reason=7")],
)
def test_what_is_sent_depends_on_the_server(whole: ModuleType, version: str | None, value: object, form: bytes) -> None:
    described = whole.sync.FUNCTIONS["GetThing"]
    assert encode_form(described, {"reason": value}, arguments=ServerFeatures(version).arguments(described, {})) == form


@pytest.mark.parametrize(("version", "value"), [("27.1", None), ("27.1", "why"), ("25.3", 7)])
def test_arguments_that_the_servers_version_lacks_are_not_sent(whole: ModuleType, version: str, value: object) -> None:
    described = whole.sync.FUNCTIONS["GetThing"]
    with pytest.raises(ArgumentError):
        encode_form(described, {"reason": value}, arguments=ServerFeatures(version).arguments(described, {}))


@pytest.mark.parametrize("dates", [({}, {}), ({"until": "26.1"}, {}), ({"until": "26.1"}, {"since": "26.1"})])
def test_two_entries_with_one_name_need_versions(dates: tuple[dict[str, str], dict[str, str]]) -> None:
    args = [argument("reason", **more) for more in dates]
    with pytest.raises(CatalogueError, match="reason is listed 2 times: until and since say for which versions"):
        catalogue(None, [function(args=args)], VERSIONS)


def test_a_later_version_does_not_change_the_package_of_an_older_one() -> None:
    before = catalogue(None, [function(args=[argument("reason")])], VERSIONS[:1])
    after = catalogue(None, [{**ENTRY, "until": "27.1"}, function("GetMore", since="27.1")], VERSIONS)
    assert at(before, "25.3").functions.__next__().args == at(after, "25.3").functions.__next__().args
    assert at(after, "25.3").protocol == before.protocol
