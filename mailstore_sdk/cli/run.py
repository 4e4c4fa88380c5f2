"""Execute a command: check, confirm, send, follow and print."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from mailstore_sdk.cli.context import Context
from mailstore_sdk.cli.exit_codes import Exit
from mailstore_sdk.cli.request import Request
from mailstore_sdk.cli.terminal import notify, say, stop, survived

if TYPE_CHECKING:
    pass


def execute(context: Context, request: Request, *, refuse: bool = True) -> None:
    """Call a function according to the options, and print its result.

    Args:
        context: The options.
        request: The function with its arguments.
        refuse: Whether to reject documents that contradict the catalogue; otherwise only warn.

    Raises:
        MailStoreError: The call failed.
        Exit: The job is still running on the server, or was not started.
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
        raise stop(Exit.INTERRUPTED, f"Interrupted while {request.function} was sent: the server may have started it.") from None
    if not context.wait and (long_running or not job.done):
        with survived("The token", how_to_continue(context, job.function, job.token)):
            say(job.token)
        return
    result = follow(context, job, request.label) if long_running or not job.done else job.result()
    if result is None and sys.stderr.isatty():
        notify(f"{request.function}: done.")
    if request.reads:
        show(context, result, request.entry)
    elif result is not None:
        with survived(f"{request.function} is done, but its result"):
            show(context, result, request.entry)
