"""Any value in a field of any model is read, shown, copied, pickled and written back unchanged."""

import copy
import json
import pickle
import warnings
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import JsonValue

from mailstore_sdk import ResultSchemaError, SchemaDriftWarning
from mailstore_sdk._generated import models
from mailstore_sdk.runtime._protocol.replies import Decoder
from mailstore_sdk.runtime.function import Effect, Function
from mailstore_sdk.runtime.model import Model
from tests.support.json_values import same

MODELS = [kind for name in models.__all__ if isinstance(kind := getattr(models, name), type) and issubclass(kind, Model)]
MISSING = object()
TEXTS = ["", "0", "5", "true", "2026-01-02", "2026-01-02T03:30:00", "0001-01-01T00:00:00+01:00", "9999-12-31T23:59:59-01:00", "\ud800"]
ONE_OF_EACH: list[Any] = [MISSING, None, True, 0, 1, -1.5, 10**30, *TEXTS, [], [None], [{}], ["5"], {}, {"id": 1}]

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text() | st.sampled_from(TEXTS),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner, max_size=2),
    max_leaves=4,
)


def read(model: type[Model], received: JsonValue) -> Any:
    function: Function[Model] = Function("Test", Effect.READ, result=lambda: model)
    body = json.dumps({"statusCode": "succeeded", "result": received}).encode()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SchemaDriftWarning)
        value = Decoder().read(function, body).result
    try:
        strict = Decoder().read(function, body, strict=True).result
    except ResultSchemaError:
        pass
    else:
        assert strict == value
    return value


def check(model: type[Model], received: dict[str, Any]) -> None:
    value = read(model, received)
    assert isinstance(value, model)
    assert repr(value).startswith(f"{model.__name__}(")
    assert same(value.to_wire(), received)
    if "\\ud8" not in json.dumps(received):  # half of a surrogate pair has no UTF-8 form
        assert json.loads(value.model_dump_json(by_alias=True, exclude_unset=True)) == received
    value.model_dump()
    for other in (copy.copy(value), copy.deepcopy(value), value.model_copy(deep=True), pickle.loads(pickle.dumps(value))):
        assert other == value
        assert same(other.to_wire(), received)


def keys(model: type[Model]) -> list[str]:
    return [info.alias or name for name, info in model.model_fields.items()]


def test_all_models_are_tested() -> None:
    assert len(MODELS) > 40


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_one_of_each_kind_in_every_field(model: type[Model]) -> None:
    for value in ONE_OF_EACH:
        check(model, {} if value is MISSING else dict.fromkeys(keys(model), value))
        for key in keys(model):
            check(model, {} if value is MISSING else {key: value})


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
@settings(max_examples=10, deadline=None)
@given(data=st.data())
def test_anything_in_every_field(model: type[Model], data: st.DataObject) -> None:
    fields = {key: st.just(MISSING) | anything for key in [*keys(model), "unknown", "self", "model_config"]}
    received = data.draw(st.fixed_dictionaries(fields))
    check(model, {key: value for key, value in received.items() if value is not MISSING})


@settings(max_examples=50, deadline=None)
@given(received=anything)
def test_anything_in_place_of_an_object(received: JsonValue) -> None:
    value = read(models.UserInfo, received)
    assert isinstance(value, models.UserInfo) if isinstance(received, dict) else same(value, received)
