"""What it costs to import, and to come to a first typed result in a new process. CPU of whole processes."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import partial

from benchmarks.measure import Row, Server, cpu_of, number_of_rounds, serving, values_in_turns

ROUNDS = number_of_rounds(11)
WITHOUT_PROGRAMS = "import sys; sys.modules['click'] = sys.modules['rich'] = None\n"
"""httpx loads a command line of its own where these two are installed; this is a machine without them."""

PEER = """
import httpx, ssl
from pydantic import BaseModel
class UserInfo(BaseModel):
    userName: str
    fullName: str | None
    distinguishedName: str | None
    authentication: str
    emailAddresses: list[str]
    pop3UserNames: list[str]
    privileges: list[str]
class Reply(BaseModel):
    statusCode: str
    result: UserInfo
with httpx.Client(base_url={url!r}, auth=("admin", "admin"), verify=ssl.create_default_context(cafile={ca_file!r})) as client:
    body = client.post("/api/invoke/GetUserInfo", data=dict(instanceID="test01", userName="alice")).content
    Reply.model_validate_json(body[3:])
"""
OURS = """
from mailstore_sdk import SPEClient
with SPEClient({url!r}, username="admin", password="admin", ca_file={ca_file!r}) as spe:
    spe.instance("test01").get_user_info("alice")
"""


def measure() -> Iterator[Row]:
    """Processes that do one thing, in turns."""
    with serving("benchmarks.server") as server:
        codes = {
            "nothing": "pass",
            "import": "import mailstore_sdk",
            "libraries": "import httpx, pydantic; pydantic.BaseModel",
            "preload": "import mailstore_sdk; mailstore_sdk.preload()",
            "client": "from mailstore_sdk import SPEClient; SPEClient('spe', username='a', password='b').close()",
            **_first_calls(server),
        }
        taken = values_in_turns({name: partial(cpu_of, [sys.executable, "-c", code]) for name, code in codes.items()}, ROUNDS)
    yield Row("import mailstore_sdk / import httpx, pydantic", taken.ratio("import", "libraries", "nothing"), at_most=0.10)
    yield Row("first typed result / httpx, a model, a client and the same call", taken.ratio("ours", "peer", "nothing"), at_most=1.15)
    yield Row(
        "the same where neither click nor rich is installed",
        taken.ratio("ours, alone", "peer, alone", "nothing"),
        note="httpx loads both where they are there",
    )
    shown = {"import": "import mailstore_sdk", "client": "a client made", "ours": "first typed result", "preload": "preload()"}
    for name, words in shown.items():
        yield Row(words, (taken.seconds(name) - taken.seconds("nothing")) * 1000, "ms CPU")


def _first_calls(server: Server) -> dict[str, str]:
    ours, peer = (code.format(url=server.url, ca_file=server.ca_file) for code in (OURS, PEER))
    return {"ours": ours, "peer": peer, "ours, alone": WITHOUT_PROGRAMS + ours, "peer, alone": WITHOUT_PROGRAMS + peer}
