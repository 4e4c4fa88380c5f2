"""One Python type for each shape, in signatures, descriptors, models and the reference alike."""

import importlib
import inspect
import typing
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

import pytest
from mailstore_codegen.catalogue.load import load
from mailstore_codegen.catalogue.schema import Schema
from mailstore_codegen.generate import cli_tables, vendor_wrapper
from mailstore_codegen.generate.python_types import arms
from pydantic import TypeAdapter

from tests.support.small_catalogue import catalogue, enum, files, function, nullable, package, record, ref, union, write

SECRET = {"type": "string", "secret": True}
UTC_TIME = {"type": "string", "format": "utc-date-time"}
WIRE_TIME = "2026-01-31T12:00:00"
TIME = datetime(2026, 1, 31, 12, tzinfo=UTC)


def of_result(made: ModuleType) -> object:
    """The Python type of the result of the only function."""
    (described,) = made.sync.FUNCTIONS.values()
    return described.result()


@pytest.mark.parametrize(
    ("shape", "value"),
    [
        ({"type": "array", "items": SECRET}, ["hidden"]),
        ({"type": "object", "additionalProperties": SECRET}, {"a": "hidden"}),
        ({"type": "array", "items": {"type": "object", "additionalProperties": nullable(SECRET)}}, [{"a": "hidden"}]),
        (nullable({"type": "array", "items": SECRET}), ["hidden"]),
        ({"type": ["string", "null"], "secret": True}, "hidden"),
    ],
    ids=["items", "values", "values of items", "items or null", "null"],
)
@pytest.mark.parametrize("required", [True, False])
def test_a_secret_inside_a_field_is_not_printed(tmp_path: Path, shape: dict[str, object], value: object, *, required: bool) -> None:
    made = package(catalogue({"Thing": record({"codes": shape}, ["codes"] if required else [])}), tmp_path)
    thing = made.models.Thing(codes=value)
    assert "hidden" not in repr(thing)
    assert thing.to_wire() == {"codes": value}


@pytest.mark.parametrize(
    ("shape", "value", "expected"),
    [
        (UTC_TIME, WIRE_TIME, TIME),
        ({"type": "array", "items": UTC_TIME}, [WIRE_TIME], [TIME]),
        ({"type": "object", "additionalProperties": UTC_TIME}, {"a": WIRE_TIME}, {"a": TIME}),
        (nullable(UTC_TIME), WIRE_TIME, TIME),
        ({"type": ["string", "null"], "format": "utc-date-time"}, WIRE_TIME, TIME),
    ],
    ids=["alone", "items", "values", "union", "null"],
)
def test_a_time_in_utc_is_aware_wherever_it_is(tmp_path: Path, shape: dict[str, object], value: object, expected: object) -> None:
    made = package(catalogue({"Thing": record({"when": shape})}, [function(result=shape)]), tmp_path)
    assert made.models.Thing(when=value).when == expected
    assert TypeAdapter(of_result(made)).validate_python(value) == expected


def test_signatures_and_descriptors_name_the_same_type(tmp_path: Path) -> None:
    made = package(catalogue(None, [function(result={"type": "array", "items": SECRET})]), tmp_path)
    assert inspect.signature(made.SPEClient.get_thing).return_annotation == "list[SecretText]"
    assert typing.get_args(of_result(made))[0] == made.models.SecretText


def test_a_field_can_be_a_union_and_a_union_can_be_recursive(tmp_path: Path) -> None:
    types = {
        "Leaf": record({"kind": {"type": "string", "const": "leaf"}, "size": {"type": "integer"}}, ["kind"]),
        "Node": record({"kind": {"type": "string"}, "inner": {"type": "array", "items": ref("Tree")}, "first": ref("Tree")}, ["kind"]),
        "Tree": union("kind", "Leaf", "Node"),
        "Wood": record({"trees": {"type": "object", "additionalProperties": ref("Tree")}}),
    }
    made = package(catalogue(types, [function(result=ref("Tree"))]), tmp_path)
    models = made.models
    wire = {"trees": {"a": {"kind": "node", "inner": [{"kind": "leaf", "size": 1}], "first": {"kind": "other"}}}}
    wood = models.Wood.model_validate(wire)
    assert isinstance(wood.trees["a"].inner[0], models.Leaf)
    assert isinstance(wood.trees["a"].first, models.Node)
    assert wood.to_wire() == wire
    assert isinstance(TypeAdapter(of_result(made)).validate_python({"kind": "leaf"}), models.Leaf)


def test_types_are_compared_regardless_of_spelling() -> None:
    assert arms('Annotated[Optional[list["Tree | None"]], Field(alias="a")]') == arms("list[None | Tree] | None")
    assert arms("dict[str, int | None]") != arms("dict[str, int]")
    assert arms("Literal['a|b']") == {"Literal['a|b']"}


def test_an_enum_in_a_field_is_open(tmp_path: Path) -> None:
    made = package(catalogue({"Color": enum("red"), "Thing": record({"color": nullable(ref("Color"))})}), tmp_path)
    assert made.models.Thing(color="blue").color == "blue"
    assert made.models.Thing(color="red").color is made.models.Color.RED


def test_the_tables_of_secret_fields_look_inside() -> None:
    made = catalogue({"Thing": record({"codes": {"type": "array", "items": SECRET}})}, [function(result=ref("Thing"))])
    assert vendor_wrapper.secret_fields(made) == ["codes"]
    assert list(cli_tables.secret_fields(made, ref_to("Thing"))) == ["codes"]
    assert vendor_wrapper.secret_results(catalogue(None, [function(result={"type": "array", "items": SECRET})])) == ["GetThing"]


def ref_to(name: str) -> Schema:
    return Schema.model_validate(ref(name))


@pytest.mark.parametrize("group", ["models", "functions_of", "sync"])
def test_a_group_can_have_the_name_of_a_module_of_the_package(tmp_path: Path, group: str) -> None:
    content = {
        **files(),
        f"functions/{group}.yaml": {"group": group, "title": "Things", "functions": [function(result=ref("Thing", group))]},
        f"types/{group}.yaml": {"group": group, "title": "Things", "types": {"Thing": record({"size": {"type": "integer"}})}},
    }
    made = package(load(write(content, tmp_path / "spec")), tmp_path)
    functions = importlib.import_module(f"{made.__name__}.functions")
    assert functions.FUNCTIONS["GetThing"].result() is made.models.Thing
    assert functions.GET_METADATA.result() is made.models.JsonValue
