"""Every known real reply fits its type strictly and is written back unchanged."""

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import JsonValue

from mailstore_sdk._generated import functions
from mailstore_sdk.runtime._protocol.replies import Decoder
from mailstore_sdk.runtime.function import Effect, Function
from tests.support.scripted_replies import FINISHED

SAMPLES = sorted((Path(__file__).parents[1] / "support" / "samples").glob("*.json"))

FULL_ROWS: dict[str, dict[str, object]] = {
    "GetJobs": {
        "owner": "admin",
        "creationDateTimeUtc": "2026-01-01T00:00:00",
        "lastStartDateTimeUtc": None,
        "lastCompleteDateTimeUtc": None,
        "nextStartDateTimeUtc": None,
        "enabled": True,
        "schedule": {"timeZoneId": "$Local"},
    }
}
"""What completes rows of which only some keys were printed."""


def replies(path: Path) -> list[tuple[Function[Any], dict[str, Any]]]:
    """The replies that a sample is or represents, with their function."""
    name, *_, kind = path.stem.split(".") if "." in path.stem else (path.stem, "result")
    unknown: Function[Any] = Function(name, Effect.READ, result=lambda: JsonValue)
    function = functions.GET_METADATA if name == "get-metadata" else functions.FUNCTIONS.get(name, unknown)
    content = json.loads(path.read_text())
    envelopes = {
        "result": lambda: [{**FINISHED, "result": content}],
        "rows": lambda: [{**FINISHED, "result": [FULL_ROWS[name] | row for row in content]}],
        "message": lambda: [{**FINISHED, "statusCode": "failed", "error": {"details": None, **content}}],
        "envelope": lambda: [content],
        "sequence": lambda: [step["envelope"] for step in content],
    }
    return [(function, envelope) for envelope in envelopes[kind]()]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_a_sample_fits_strictly_and_comes_back_the_same(path: Path) -> None:
    for function, printed in replies(path):
        read = Decoder().read(function, b"\xef\xbb\xbf" + json.dumps(printed).encode(), strict=True)
        assert as_json(read.result) == printed["result"]
        dumped = read.model_dump(by_alias=True, exclude={"result"})
        assert dumped == {key: printed[key] for key in dumped}
        assert printed.keys() - dumped.keys() <= {"result", "antiXsrfToken"}


def as_json(value: object) -> object:
    if isinstance(value, list):
        return [as_json(item) for item in value]
    to_wire = getattr(value, "to_wire", None)
    return to_wire() if to_wire else value
