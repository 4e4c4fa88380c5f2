"""What becomes of a command: checked, shown, asked about, sent, followed, printed."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailstore_sdk.cli.context import Context
from mailstore_sdk.cli.exit_codes import Exit
from mailstore_sdk.cli.secrets import Source, mask
from mailstore_sdk.cli.table import INSTANCE, Argument, Entry, arguments, positional
from mailstore_sdk.cli.terminal import say, stop, survived, tell
from mailstore_sdk.runtime.sanitize import MASK, looks_secret

if TYPE_CHECKING:
    from mailstore_sdk.runtime.function import Function


@dataclass(frozen=True)
class Request:
    """One function with the values of its arguments; secrets may still be where they come from.

    Attributes:
        function: Its name on the wire.
        values: By wire names.
        entry: What the table knows of it; None for a function that is newer.
    """

    function: str
    values: Mapping[str, object]
    entry: Entry | None

    @classmethod
    def of(cls, function: str, values: Mapping[str, object], entry: Entry | None) -> Request:
        """A request with the defaults of arguments that are not given."""
        known = arguments(entry) if entry else []
        defaults = {item["name"]: item["default"] for item in known if "default" in item}
        order = {item["name"]: None for item in known}
        return cls(function, {name: value for name, value in {**order, **defaults, **values}.items() if value is not None}, entry)

    @property
    def secrets(self) -> set[str]:
        """The arguments whose values are secret."""
        known = {item["name"]: item["secret"] for item in self.arguments}
        return {name for name, value in self.values.items() if known.get(name, looks_secret(name)) or isinstance(value, Source)}

    @property
    def missing_secrets(self) -> list[str]:
        """The arguments that must be given and are to be asked for."""
        secret = (item["name"] for item in self.arguments if item["secret"] and item["required"])
        return [name for name in secret if self.values.get(name) is None]

    def masked(self) -> dict[str, object]:
        """The values as they may be shown."""
        fields = {item["name"]: item.get("secret_fields", []) for item in self.arguments}
        shown = {name: mask(value, fields.get(name, ())) for name, value in self.values.items()}
        return shown | dict.fromkeys([*self.secrets, *self.missing_secrets], MASK)

    def revealed(self) -> dict[str, object]:
        """The values as they are sent: secrets are fetched, and asked for."""
        asked = {name: Source("prompt") for name in self.missing_secrets}
        given = {**self.values, **asked}
        return {name: value.read(name) if isinstance(value, Source) else value for name, value in given.items()}

    def descriptor(self) -> Function[object]:
        """The function as the SDK knows it, or as the values suggest."""
        from mailstore_sdk._generated.functions import FUNCTIONS
        from mailstore_sdk.runtime._protocol.form import ad_hoc_function

        return ad_hoc_function(self.function, FUNCTIONS.get(self.function), self.masked(), lambda: object)

    @property
    def reads(self) -> bool:
        """Whether it changes nothing, as far as is known."""
        return self.entry["effect"] == "read" if self.entry else self.function.startswith("Get")

    @property
    def label(self) -> str:
        """The function with what it works on, for a line of progress."""
        named = (item["name"] for item in (positional(self.entry) if self.entry else []))
        given = {name: self.values[name] for name in named if name in self.values}
        target = ", ".join(str(value) if name == INSTANCE else f"{name} {value}" for name, value in given.items())
        return f"{self.function} {target}".rstrip()

    @property
    def arguments(self) -> list[Argument]:
        """What the table knows of its arguments."""
        return arguments(self.entry) if self.entry else []


def execute(context: Context, request: Request, *, refuse: bool = True) -> None:
    """Run a function as the options say, and print its result.

    Args:
        context: The options.
        request: The function with its arguments.
        refuse: Whether documents that contradict the catalogue are refused; else that is told.

    Raises:
        MailStoreError: It did not work.
        Exit: The work goes on elsewhere, or was not begun.
    """
    from mailstore_sdk.runtime._protocol.form import encode_form

    descriptor = request.descriptor()
    form = encode_form(descriptor, request.masked())
    if any("document" in item for item in request.arguments):
        from mailstore_sdk.cli.documents import check

        check(request.arguments, request.values, refuse=refuse)
    if context.dry_run:
        from mailstore_sdk.cli.preview import show

        show(context, descriptor, form)
        return
    if request.entry["effect"] == "destructive" if request.entry else not request.reads:
        from mailstore_sdk.cli.confirm import ask

        ask(context, request)
    _call(context, request, long_running=descriptor.long_running)


def _call(context: Context, request: Request, *, long_running: bool) -> None:
    from mailstore_sdk.cli.output import show
    from mailstore_sdk.cli.progress import follow, how_to_continue, outage_hooks

    values = request.revealed()
    client = context.client()
    one_request = None if long_running else context.timeout
    try:
        patient = client.with_options(timeout=one_request, job_timeout=context.timeout, hooks=outage_hooks())
        job = patient.start(request.function, **values)
    except KeyboardInterrupt:
        raise stop(Exit.INTERRUPTED, f"Interrupted while {request.function} was sent: whether the server has begun is not known.") from None
    if not context.wait and (long_running or not job.done):
        with survived("The token", how_to_continue(context, job.function, job.token)):
            say(job.token)
        return
    result = follow(context, job, request.label) if long_running or not job.done else job.result()
    if result is None and sys.stderr.isatty():
        tell(f"{request.function}: done.")
    if request.reads:
        show(context, result, request.entry)
    elif result is not None:
        with survived(f"{request.function} is done, but its result"):
            show(context, result, request.entry)
