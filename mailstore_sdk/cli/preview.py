"""Show the request that a command would send, as HTTP and for curl."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from mailstore_sdk.cli.context import Context
from mailstore_sdk.cli.secrets import without_login
from mailstore_sdk.cli.terminal import say
from mailstore_sdk.runtime.sanitize import MASK

if TYPE_CHECKING:
    from mailstore_sdk.runtime.function import Function

NO_HOST = "spe.example.com"


def show(context: Context, function: Function[object], form: bytes) -> None:
    """Print the request as HTTP and as a curl command, or as data if an output format is set."""
    from mailstore_sdk.cli.output import show as show_data

    url, session, way = _server(context)
    address = f"{url}/api/invoke/{function.name}"
    body = form.decode("ascii").replace("%2A%2A%2A", MASK)
    # The shell fills in the two variables.
    curl = f'curl --user "$MAILSTORE_SPE_USER:$MAILSTORE_SPE_PASSWORD" {shlex.join([*way, *_data(form), address])}'
    if context.output:
        show_data(context, {"method": "POST", "url": address, "body": body, "curl": curl})
        return
    login = "Cookie: MSWEB_MGM_AUTH=***\nX-AntiXsrfToken: ***" if session else "Authorization: Basic ***"
    host = address.split("/")[2]
    say(
        f"POST /api/invoke/{function.name} HTTP/1.1\nHost: {host}\n{login}\n"
        f"Content-Type: application/x-www-form-urlencoded\n\n{body}\n\n{curl}"
    )
    if "--insecure" in way:
        say("# curl cannot check a thumbprint: with --insecure it sends the password to any server that answers.")
    if function.hint:
        say(f"# The catalogue does not have {function.name}{function.hint}.")
    if session:
        say("# An SPE 8.5 session needs a login first; replace *** with its cookie and token.")


def _server(context: Context) -> tuple[str, bool, list[str]]:
    """Return the address, whether it uses sessions, and curl's options for the connection, without contacting the server."""
    from mailstore_sdk.runtime._options.address import DialectName, parse_address

    found = context.found()
    session = (context.protocol or found.get("protocol")) == "session"
    auth: DialectName = "session" if session else "basic"
    host, port = parse_address(context.url or str(found.get("host", NO_HOST)), protocol=auth)
    ca_file = context.ca_file or found.get("ca_file")
    thumbprint = context.thumbprint or found.get("thumbprint")
    # curl does not support thumbprints of certificates.
    way = ["--cacert", str(ca_file)] if ca_file and not context.thumbprint else ["--insecure"] if thumbprint else []
    if proxy := context.proxy_for(host)[0]:
        way += ["--proxy", without_login(proxy)]
    return f"https://[{host}]:{port}" if ":" in host else f"https://{host}:{port}", session, way


def _data(form: bytes) -> Iterator[str]:
    """Convert the form to options of curl."""
    for name, value in parse_qsl(form.decode("ascii"), keep_blank_values=True):
        yield from ("--data-urlencode", f"{name}={value}")
    if not form:
        yield from ("--data", "")
