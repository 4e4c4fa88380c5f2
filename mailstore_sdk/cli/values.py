"""Convert arguments from the command line and from files to values."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import cast

import click

from mailstore_sdk.cli.data import changed, is_list, is_object, parse_json
from mailstore_sdk.cli.secrets import KINDS, Source, has_secret, read_text, source
from mailstore_sdk.cli.table import INSTANCE, Argument
from mailstore_sdk.runtime.sanitize import MASK

YES, NO = ("true", "yes", "on", "1"), ("false", "no", "off", "0")
YES_OR_NO: Mapping[str, bool] = {**dict.fromkeys(YES, True), **dict.fromkeys(NO, False)}


Read = Callable[[Argument, str], object]
"""Converts the string of an argument to its value."""


def reader(arguments: Iterable[Argument]) -> Read:
    """Return the converter for arguments of a function. Its errors hide a string that may be a misplaced secret."""
    hidden = any(argument["secret"] for argument in arguments)

    def value_of(argument: Argument, text: str) -> object:
        if argument["secret"]:
            return source(text, argument["name"])
        try:
            return _READERS[argument["kind"]](argument, text)
        except _UnfitError as unfit:
            shown = "the value given (hidden, as it may be a secret)" if hidden else f"{text!r:.100}"
            raise click.UsageError(f"{argument['name']} cannot be {shown}: expected {unfit}.") from None

    return value_of


def assign(
    arguments: Sequence[Argument], texts: Sequence[str], given: Mapping[str, object], instance: str | None, read: Read
) -> dict[str, object]:
    """Match strings to the missing arguments, in order. An explicit instance overrides the default one.

    Raises:
        UsageError: There are too few strings, or too many.
    """
    left = [argument for argument in arguments if argument["name"] not in given]
    required = [argument for argument in left if argument["required"]]
    bound = {INSTANCE: instance} if instance and any(item["name"] == INSTANCE for item in left) else {}
    unbound = [item for item in required if item["name"] not in bound]
    for wanted in (left, required, unbound):
        if len(texts) == len(wanted):
            return bound | {item["name"]: read(item, text) for item, text in zip(wanted, texts, strict=True)}
    if len(texts) < len(unbound):
        raise click.UsageError(f"Missing {' '.join(metavar(item) for item in unbound[len(texts) :])}.")
    # The values are not shown: one may be a password that does not belong there.
    raise click.UsageError(f"Too many arguments: {len(texts) - len(left)} more {_after(left)}.")


def metavar(argument: Argument) -> str:
    """The name of an argument in a usage line."""
    return argument["option"].removeprefix("arg-").replace("-", "_").upper()


def read_arguments(name: str, arguments: Sequence[Argument], *, closed: bool = True) -> dict[str, object]:
    """Read arguments by their wire names from a JSON or YAML file; unknown ones only if the list is not `closed`.

    Raises:
        UsageError: The file cannot be read, or does not contain arguments.
    """
    content = parse_data(read_text(name), "--from-file" if name == "-" else name)
    if not is_object(content):
        raise click.UsageError(f"--from-file: expected an object with arguments, as --skeleton prints it; found {_called(content)}.")
    kinds = {item["name"]: item for item in arguments}
    if closed and (unknown := next(iter(content.keys() - kinds.keys()), None)):
        raise click.UsageError(f"--from-file: {unknown!r:.60} is not an argument of the function; expected {', '.join(kinds)}.")
    return {key: _from_data(kinds.get(key), key, value) for key, value in content.items()}


def _called(content: object) -> str:
    if content is None:
        return "nothing"
    return "a list" if is_list(content) else f"{content!r:.60}"


def parse_data(text: str, name: str) -> object:
    """Parse JSON, or YAML if it is not JSON.

    Raises:
        UsageError: The text is neither.
    """
    try:
        return parse_json(text)
    except (ValueError, RecursionError):
        import yaml

        try:
            return cast("object", yaml.safe_load(text))
        except (yaml.YAMLError, ValueError, RecursionError) as error:
            mark = getattr(error, "problem_mark", None)
            place = f": line {mark.line + 1}" if mark else ""
            raise click.UsageError(f"{name} is neither valid JSON nor YAML{place}.") from None


def plain(value: object) -> object:
    """Convert dates of YAML back to strings."""
    return changed(value, lambda item: item.isoformat() if isinstance(item, date) else item)


def refuse_masked(name: str, value: object) -> object:
    """Return data unchanged unless it contains the mask of earlier output.

    Raises:
        UsageError: A field contains the mask.
    """

    def check(item: object) -> object:
        if item == MASK:
            raise click.UsageError(f"{name} contains {MASK}, the mask of a secret: replace it with the secret itself.")
        return item

    return changed(value, check)


def _after(left: Sequence[Argument]) -> str:
    return f"after {' '.join(map(metavar, left))}" if left else "where none is accepted"


def _from_data(argument: Argument | None, name: str, value: object) -> object:
    value = refuse_masked(name, plain(value))
    if argument and argument["kind"] == "datetime" and isinstance(value, str):
        return reader([argument])(argument, value)
    return value


class _UnfitError(Exception):
    """A text is not a value of its argument; the message is what was expected."""


def _string(argument: Argument, text: str) -> str:
    known = argument.get("values", [])
    if known and text not in known:
        raise _UnfitError(f"one of {', '.join(known)}")
    return text


def _plain(argument: Argument, text: str) -> object:
    convert, expected = _PLAIN[argument["kind"]]
    try:
        return convert(text)
    except (ValueError, KeyError):
        raise _UnfitError(expected) from None


_PLAIN: Mapping[str, tuple[Callable[[str], object], str]] = {
    "integer": (int, "a whole number"),
    "number": (float, "a number"),
    "boolean": (lambda text: YES_OR_NO[text.lower()], "true or false"),
    "datetime": (datetime.fromisoformat, "a date or time, such as 2026-01-31 or 2026-01-31T08:00:00"),
}


def _list(argument: Argument, text: str) -> list[str]:
    return [_string(argument, item) for item in text.split(",")] if text else []


def _json(argument: Argument, text: str) -> object:
    name, fields = argument["name"], argument.get("secret_fields", [])
    kind, colon, _ = text.partition(":")
    if kind + colon in KINDS:
        value = plain(parse_data(Source(text).read(name), name))
    else:
        try:
            value = parse_json(text)
        except (ValueError, RecursionError):
            raise click.UsageError(f"{name}: expected JSON, or its source: stdin, env:NAME or file:PATH.") from None
        if has_secret(value, fields):
            raise click.UsageError(
                f"{name} contains a secret, and arguments are visible in the process list and in the shell's history: "
                "use stdin, env:NAME or file:PATH. To pass it anyway, put pass: in front."
            )
    return refuse_masked(name, value)


_READERS: Mapping[str, Callable[[Argument, str], object]] = {
    "string": _string,
    **dict.fromkeys(_PLAIN, _plain),
    "list": _list,
    "json": _json,
}
