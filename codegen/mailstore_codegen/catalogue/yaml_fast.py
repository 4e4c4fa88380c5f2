"""Read YAML with libyaml as far as YAML 1.1, which it supports, certainly means the same as YAML 1.2.

The rest is for the reader of YAML 1.2, which takes twenty times as long.
"""

import re
from collections.abc import Iterator
from itertools import islice, takewhile

import yaml
from pydantic import JsonValue

_DISPUTED = re.compile(r"[\t\r\x85\u2028\u2029\ufeff]|^(?:---|\.\.\.)|[|>][-+0-9]*#", re.MULTILINE)
"""Where the versions differ in addition to scalars: white space, line breaks, several documents, comments after a block's head."""

_WORDS = {"true": True, "false": False, "null": None}
_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,17}")
_TEXT = re.compile(r"(?!(?i:true|false|null)\Z)[A-Za-z$/]")
"""How a text without quotes begins; other beginnings are those of numbers, dates and merge keys too."""


class DisputedError(Exception):
    """The text may be no YAML, or mean something else in YAML 1.2."""


def read(text: str) -> dict[str, JsonValue]:
    """Parse a text with a mapping at its top.

    Raises:
        DisputedError: It is for the other reader.
        RecursionError: It is nested too deeply.
    """
    if not yaml.__with_libyaml__ or _DISPUTED.search(text):
        raise DisputedError
    try:
        events = yaml.parse(text, Loader=yaml.CSafeLoader)
        content = _value(next(islice(events, 2, None), None), events)
        list(events)  # the rest must be YAML too
    except yaml.YAMLError:
        raise DisputedError from None
    if not isinstance(content, dict):
        raise DisputedError
    return content


def _value(event: yaml.Event | None, events: Iterator[yaml.Event]) -> JsonValue:
    match event:
        case yaml.ScalarEvent(anchor=None, tag=None, value=text, implicit=implicit):
            return _unquoted(text) if implicit[0] else text
        case yaml.SequenceStartEvent(anchor=None, tag=None):
            return [_value(item, events) for item in takewhile(_goes_on, events)]
        case yaml.MappingStartEvent(anchor=None, tag=None):
            return _mapping([(_value(key, events), _value(next(events), events)) for key in takewhile(_goes_on, events)])
        case _:
            raise DisputedError


def _goes_on(event: yaml.Event) -> bool:
    return not isinstance(event, yaml.CollectionEndEvent)


def _mapping(pairs: list[tuple[JsonValue, JsonValue]]) -> dict[str, JsonValue]:
    mapping = {key: value for key, value in pairs if isinstance(key, str)}
    if len(mapping) != len(pairs):
        raise DisputedError
    return mapping


def _unquoted(text: str) -> JsonValue:
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    if _TEXT.match(text):
        return text
    raise DisputedError
