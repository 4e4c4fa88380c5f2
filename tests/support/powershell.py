"""How PowerShell reads a command line, by the rules of about_Parsing and about_Quoting_Rules, as far as the pages need them."""

import re
from collections.abc import Mapping

_PART = re.compile(
    r"""(?P<space>\s+)|'(?P<literal>(?:[^']|'')*)'|(?P<variable>\$(?:env:)?\w+)|(?P<pipe>[|>])|(?P<special>[,;(){}@&"`])|(?P<plain>[^\s'|>,;(){}@&"`$]+)"""
)


def arguments(line: str, variables: Mapping[str, str]) -> list[str]:
    """The arguments that a program gets, up to a pipe or a redirection.

    Raises:
        ValueError: Something that is not quoted means something else to PowerShell.
    """
    words: list[str] = []
    at, begins = 0, True
    while at < len(line):
        part = _PART.match(line, at)
        if part is None or part["special"]:
            raise ValueError(f"{line[at]!r} needs quotes in PowerShell: {line}")
        at = part.end()
        if part["pipe"]:
            break
        if part["space"]:
            begins = True
            continue
        text = part["plain"] or (part["literal"] or "").replace("''", "'")
        if part["variable"]:
            text = variables[part["variable"]]
        words = [*words, text] if begins else [*words[:-1], words[-1] + text]
        begins = False
    return words


def quoted_by_completion(value: str, script: str) -> str:
    """What the completion script inserts for a value."""
    [pattern] = re.findall(r"-match '([^']+)'", script)
    return value if re.fullmatch(pattern.removeprefix("^").removesuffix("$"), value) else "'" + value.replace("'", "''") + "'"
