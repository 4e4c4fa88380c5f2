"""Hints from Python itself: where a method is, and which names exist."""

import inspect
from typing import get_args

import pytest

import mailstore_sdk
from mailstore_sdk import AsyncSPEClient, Instance, SPEClient
from mailstore_sdk._generated import functions, models
from mailstore_sdk.runtime.model import StrEnum


@pytest.mark.parametrize("client", [SPEClient, AsyncSPEClient])
class TestAMethodOfTheOtherObject:
    @pytest.mark.parametrize("name", ["get_users", "get_time_zones", "iter_worker_results"])
    def test_of_an_instance(self, client: type[SPEClient], name: str) -> None:
        with pytest.raises(AttributeError, match=rf"it belongs to one instance: spe\.instance\(id\)\.{name}\(\)$") as caught:
            getattr(client("spe.example.com", username="a", password="b"), name)
        assert caught.value.obj is None, "so that Python proposes no other name"

    @pytest.mark.parametrize("name", ["get_instances", "call"])
    def test_of_the_installation(self, client: type[SPEClient], name: str) -> None:
        archive = client("spe.example.com", username="a", password="b").instance("test01")
        with pytest.raises(AttributeError, match=rf"it belongs to the whole installation: spe\.{name}\(\)$"):
            getattr(archive, name)

    @pytest.mark.parametrize("name", ["jobs", "options"])
    def test_of_the_installation_that_is_not_called(self, client: type[SPEClient], name: str) -> None:
        archive = client("spe.example.com", username="a", password="b").instance("test01")
        with pytest.raises(AttributeError, match=rf"it belongs to the whole installation: spe\.{name}$"):
            getattr(archive, name)

    def test_of_neither(self, client: type[SPEClient]) -> None:
        spe = client("spe.example.com", username="a", password="b")
        for owner in (spe, spe.instance("test01")):
            with pytest.raises(AttributeError, match="object has no attribute 'get_userz'$") as caught:
                owner.get_userz  # noqa: B018 - the access is the point
            assert caught.value.obj is owner


def test_the_package_lists_its_public_names_only() -> None:
    assert {name for name in dir(mailstore_sdk) if not name.startswith("__")} == {*mailstore_sdk.__all__}


def test_all_instances_need_no_star() -> None:
    assert inspect.signature(SPEClient.get_instances).parameters["instance_filter"].default == "*"


@pytest.mark.parametrize("client", [SPEClient, AsyncSPEClient])
def test_a_method_for_whole_replies_has_the_help_of_its_method(client: type[SPEClient]) -> None:
    spe = client("spe.example.com", username="a", password="b")
    for owner, name in ((spe, "get_instances"), (spe.instance("test01"), "verify_store")):
        plain, whole = getattr(owner, name), getattr(owner.raw, name)
        assert inspect.getdoc(whole) == inspect.getdoc(plain)
        assert inspect.signature(whole).parameters == inspect.signature(plain).parameters


def test_the_provenance_of_a_method_is_one_line() -> None:
    for function in functions.FUNCTIONS.values():
        owner = Instance if any(argument.name == "instanceID" for argument in function.arguments) else SPEClient
        (method,) = [m for m in vars_of(owner) if f"Wire name: {function.name} " in (m.__doc__ or "")]
        last = inspect.cleandoc(method.__doc__ or "").splitlines()[-1]
        assert last.startswith(f"Wire name: {function.name} ({function.effect}). Evidence: ")
        assert "Note:" not in (method.__doc__ or "")


def vars_of(owner: type) -> list[object]:
    return [value for name in dir(owner) if callable(value := getattr(owner, name))]


def test_the_literals_of_signatures_can_be_imported() -> None:
    from mailstore_sdk import UserPrivilegeValue

    assert "changePassword" in get_args(UserPrivilegeValue)
    enums = {name for name in models.__all__ if isinstance(kind := getattr(models, name), type) and issubclass(kind, StrEnum)}
    public = {name for name in mailstore_sdk.__all__ if name.endswith("Value")} - {"JsonValue"}
    assert public == {f"{name}Value" for name in enums}, "pyright takes other names of an installed package for private"
    with pytest.raises(ImportError):
        from mailstore_sdk import NoSuchValue  # noqa: F401 - the import is the point
