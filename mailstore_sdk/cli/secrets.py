"""Sources of secrets. They keep secrets out of the process list, except pass:."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from mailstore_sdk.cli.data import is_list, is_object
from mailstore_sdk.runtime.sanitize import MASK, looks_secret
from mailstore_sdk.runtime.text_files import decoded

KINDS = ("prompt", "stdin", "env:", "file:", "pass:")
NOTATION = "prompt, stdin, env:NAME, file:PATH or pass:TEXT"


@dataclass(frozen=True, repr=False)
class Source:
    """The source of a secret in OpenSSL's notation, read when the secret is needed."""

    text: str

    def read(self, name: str) -> str:
        """The secret itself.

        Raises:
            UsageError: The source has no secret.
        """
        kind, colon, rest = self.text.partition(":")
        return _READERS[kind + colon](name, rest)


class SourceType(click.ParamType[Source]):
    """An option whose value is the source of a secret, not the secret."""

    name = "source"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Source:
        """Read the notation."""
        del ctx
        return value if isinstance(value, Source) else source(str(value), param.opts[-1].lstrip("-") if param else "password")

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """The kinds of sources."""
        del ctx, param
        return [CompletionItem(kind) for kind in KINDS if kind.startswith(incomplete) and kind != "pass:"]


class ProxyType(click.ParamType[Source]):
    """An option whose value is a URL, or the source of a URL with a password."""

    name = "proxy"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Source:
        """Read the notation, or the URL itself."""
        del param, ctx
        text = value.text if isinstance(value, Source) else str(value)
        kind, colon, _ = text.partition(":")
        return source(text if kind + colon in KINDS or "@" in text else f"pass:{text}", "a proxy with a user name and a password")


def source(text: str, name: str) -> Source:
    """Read the notation.

    Raises:
        UsageError: It is not a source; the message does not show it, as it may be the secret itself.
    """
    kind, colon, rest = text.partition(":")
    if kind + colon not in KINDS or (colon and not rest and kind != "pass"):
        raise click.UsageError(
            f"{name} is secret, and arguments are visible in the process list and in the shell's history: "
            f"use {NOTATION}. Only pass: is followed by the secret itself."
        )
    return Source(text)


def read_text(name: str) -> str:
    """Read text from a file, or from standard input if the name is -, in UTF-8 or UTF-16.

    Raises:
        UsageError: It cannot be read.
    """
    try:
        return decoded(sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes())
    except (OSError, UnicodeDecodeError) as error:
        problem = error.strerror if isinstance(error, OSError) else "expected UTF-8 or UTF-16"
        raise click.UsageError(f"{'standard input' if name == '-' else name}: {problem}.") from None


def mask(value: object, fields: Collection[str]) -> object:
    """Mask the values of secret fields, and of fields with names such as password."""
    if is_object(value):
        return {key: _masked(key, item, fields) for key, item in value.items()}
    return [mask(item, fields) for item in value] if is_list(value) else value


def has_secret(value: object, fields: Collection[str]) -> bool:
    """Whether data contains a secret field that is not empty."""
    return mask(value, fields) != value


def without_login(url: str) -> str:
    """A URL with its user name and password masked."""
    return re.sub(r"//.*@", f"//{MASK}@", url)


def _masked(key: str, value: object, fields: Collection[str]) -> object:
    if isinstance(value, str) and value and (key in fields or looks_secret(key)):
        return MASK
    return mask(value, fields)


def _prompt(name: str, _rest: str) -> str:
    if not sys.stdin.isatty():
        raise click.UsageError(f"{name} is missing, and there is no terminal for a prompt. Use stdin, env:NAME or file:PATH.")
    asked: str = click.prompt(name, hide_input=True, err=True)
    return asked


def _stdin(name: str, _rest: str) -> str:
    text = read_text("-")
    if not text:
        raise click.UsageError(f"{name} is missing: standard input is empty.")
    return text.removesuffix("\n").removesuffix("\r")


def _environment(name: str, variable: str) -> str:
    if variable not in os.environ:
        raise click.UsageError(f"{name} is missing: the environment variable {variable} is not set.")
    return os.environ[variable]


def _file(name: str, path: str) -> str:
    try:
        return read_text(path).removesuffix("\n").removesuffix("\r")
    except click.UsageError as error:
        raise click.UsageError(f"{name} cannot be read from the file {error.message}") from None


def _literal(_name: str, text: str) -> str:
    return text


_READERS: Mapping[str, Callable[[str, str], str]] = {
    "prompt": _prompt,
    "stdin": _stdin,
    "env:": _environment,
    "file:": _file,
    "pass:": _literal,
}
