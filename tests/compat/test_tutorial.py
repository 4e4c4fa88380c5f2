"""Every section of the wrapper's tutorial: its code runs after one changed line and prints what the tutorial prints.

Lines that the printed tutorial lost are rewritten and end in ``# lost``. What it prints is in ``tests/samples``, with
neutral values; what an installation determines (a token, the number of a status, the machine) is compared by its type.
"""

import json
import re
import time
from typing import Any

import pytest

import mailstore_sdk.compat as mailstore
from mailstore_sdk.simulator import Simulator
from tests.compat.conftest import Run
from tests.support.project import SAMPLES

IMPORT = "import mailstore_sdk.compat as mailstore\n"

ENVELOPE = {"antiXsrfToken", "logOutput", "statusText", "error", "percentProgress", "token", "result", "statusVersion", "statusCode"}


def sample(name: str) -> Any:
    return json.loads((SAMPLES / f"{name}.json").read_text())


def assert_printed(found: dict[str, Any], wanted: dict[str, Any], *own: str) -> None:
    """The same keys, and under each the same value; under those in `own` just the same shape."""
    assert found.keys() == ENVELOPE
    assert re.fullmatch(r"[A-Za-z0-9+/]{44}", found["antiXsrfToken"])
    for key in ENVELOPE - {"antiXsrfToken"}:
        if key in own:
            assert shape(found[key]) == shape(wanted[key]), key
        else:
            assert found[key] == wanted[key], key


def shape(value: Any) -> Any:
    """The keys and types of a value; of a list, those that its elements have."""
    if isinstance(value, dict):
        return {key: shape(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [*{repr(shape(item)): shape(item) for item in value}.values()]
    if isinstance(value, str):
        return re.sub(r"^sa[0-9a-f]{32}$", "a token", value) if value.startswith("sa") else str
    return type(value)


class TestLogIn:
    def test_log_in_and_log_out(self, run: Run, old: Simulator) -> None:
        printed = run(
            IMPORT
            + """
speClient = mailstore.spe.Client(username="admin", password="admin", host="", port=8470)
print(speClient.GetEnvironmentInfo())  # lost
speClient.logout()  # lost
"""
        )
        assert printed[0]["statusCode"] == "succeeded"
        assert [call.function for call in old.calls] == ["login", "GetEnvironmentInfo", "logout"]

    def test_with_a_context_manager(self, run: Run, old: Simulator) -> None:
        old.estate.administrators["admin"].password = "S3cR3t!"
        printed = run(
            IMPORT
            + """
with mailstore.spe.Client(password="S3cR3t!", host="") as speClient:
    print(speClient.GetEnvironmentInfo())  # lost
"""
        )
        assert printed[0]["statusCode"] == "succeeded"
        assert old.calls[-1].function == "logout"

    def test_the_values_that_can_be_omitted(self, run: Run) -> None:
        printed = run(
            IMPORT
            + """
with mailstore.spe.Client(
    username = "admin",
    password = "admin",
    host = "",
    port = 8470,
    autoHandleToken = True,
    waitTime = 2000,
    logLevel = 2,
    fileLogLevel = 0,
) as speClient:
    print(speClient.GetEnvironmentInfo())  # lost
"""
        )
        assert len(printed) == 1  # and no log at level 2

    def test_wait_time_is_passed_to_get_status(self, run: Run, old: Simulator) -> None:
        run(
            IMPORT
            + """
with mailstore.spe.Client() as speClient:
    speClient.VerifyStore("test01", 1)
with mailstore.spe.Client(waitTime=500) as speClient:
    speClient.VerifyStore("test01", 1)
"""
        )
        waits = [call.arguments["millisecondsTimeout"] for call in old.calls if call.function == "get-status"]
        assert waits == ["2000"] * 6 + ["500"] * 6


class TestSimpleCalls:
    def test_the_environment(self, run: Run) -> None:
        (found,) = run(
            IMPORT
            + """
with mailstore.spe.Client() as speClient:  # lost
    print(speClient.GetEnvironmentInfo())  # lost
"""
        )
        wanted = sample("GetEnvironmentInfo.v8.envelope")
        assert_printed(found, wanted, "result")
        assert [found["result"].pop(key) for key in ("systemProperties", "copyright")]
        assert found["result"].items() <= wanted["result"].items()

    def test_the_result_alone(self, run: Run) -> None:
        printed = run(
            IMPORT
            + """
with mailstore.spe.Client() as speClient:  # lost
    print(speClient.GetUserInfo("test01", "admin")["result"])  # lost
"""
        )
        assert printed == [sample("GetUserInfo.v8.result")]

    def test_a_call_that_fails_gives_its_envelope(self, run: Run) -> None:
        (found,) = run(
            IMPORT
            + """
with mailstore.spe.Client() as speClient:
    print(speClient.GetUserInfo("test01", "zoe"))
"""
        )
        assert found.keys() == ENVELOPE
        assert (found["statusCode"], found["result"]) == ("failed", None)
        assert found["error"].keys() == {"message", "details"}

    def test_the_simple_example(self, run: Run, old: Simulator) -> None:
        printed = run(
            IMPORT
            + """
with mailstore.spe.Client("gerald", "s3cR3T1!", "speserver") as speClient:  # as speClient: lost
    instance = "test01"
    for user in speClient.GetUsers(instance)["result"]:
        print(speClient.GetUserInfo(instance, user["userName"])["result"])
"""
        )
        assert [user["userName"] for user in printed] == list(old.estate.instance("test01").users)
        wanted = sample("GetUserInfo.v8.result").keys()
        assert all(user.keys() - {"privilegesOnFolders"} == wanted for user in printed)


class TestLongRunningCalls:
    def test_the_token(self, run: Run) -> None:
        (found,) = run(
            IMPORT
            + """
with mailstore.spe.Client(autoHandleToken=False) as client:
    instID = "test01"
    storeID = 1
    print(client.VerifyStore(instID, storeID))
"""
        )
        assert_printed(found, sample("VerifyStore.sequence")[0]["envelope"], "token")

    def test_handle_token(self, run: Run) -> None:
        handled, automatic = run(
            IMPORT
            + """
instID, storeID = "test01", 1
with mailstore.spe.Client(autoHandleToken=False) as client:
    token = client.VerifyStore(instID, storeID)
    print(client.HandleToken(token))  # lost
with mailstore.spe.Client() as client:
    print(client.VerifyStore(instID, storeID))
"""
        )
        for found in (handled, automatic):
            assert_printed(found, sample("VerifyStore.final.envelope"), "token", "statusVersion")

    def test_handle_token_iter(self, run: Run) -> None:
        statuses = run(
            IMPORT
            + """
instID, storeID = "test01", 1
with mailstore.spe.Client(autoHandleToken=False) as client:
    for status in client.HandleTokenIter(client.VerifyStore(instID, storeID)):
        print(status)  # lost
"""
        )
        _, first, _, second = (step["envelope"] for step in sample("VerifyStore.sequence"))
        assert_printed(statuses[0], first, "token")
        assert_printed(statuses[1], {**second, "logOutput": "  100 messages checked...\r\n"}, "statusVersion", "percentProgress")
        assert [status["percentProgress"] for status in statuses] == [0, 25, 50, 75, 99, 100]
        assert [status["statusCode"] for status in statuses] == ["running"] * 5 + ["succeeded"]
        log = "".join(status["logOutput"] for status in statuses)
        assert log == sample("VerifyStore.final.envelope")["logOutput"]

    def test_cancel(self, run: Run, old: Simulator, monkeypatch: pytest.MonkeyPatch) -> None:
        old.estate.instance("test01").stores[1].messages = 4000
        monkeypatch.setattr(time, "sleep", lambda _: old.advance(4))
        cancel, last = run(
            IMPORT
            + """
import time

instID, storeID = "test01", 1
with mailstore.spe.Client(autoHandleToken=False) as client:
    token = client.VerifyStore(instID, storeID)
    time.sleep(2)  # lost
    print(client.CancelAsync(token))  # lost
    print(client.HandleToken(token))  # lost
"""
        )
        assert_printed(cancel, sample("cancel-async.envelope"))
        assert_printed(last, sample("VerifyStore.cancelled.envelope"), "statusVersion")


PRETTY = """
antiXsrfToken tfrgvinkGOkjWgSCSV72UZY/1qkfwEGIdfHQCGFkbWlu
logOutput None
statusText None
error None
percentProgress None
token None
result userName admin
distinguishedName None
privileges admin
pop3UserNames authentication integrated
fullName admin
emailAddresses statusVersion 2
statusCode succeeded
"""
"""What the tutorial prints; its spaces and some of its line ends are lost."""


class TestPrettyPrinting:
    def test_it_prints_what_the_tutorial_prints(self, capsys: pytest.CaptureFixture[str]) -> None:
        nothing = dict.fromkeys(("logOutput", "statusText", "error", "percentProgress", "token"))
        begin = {"antiXsrfToken": "tfrgvinkGOkjWgSCSV72UZY/1qkfwEGIdfHQCGFkbWlu"}
        end = {"statusVersion": 2, "statusCode": "succeeded"}
        mailstore.PrettyPrint({**begin, **nothing, "result": sample("GetUserInfo.v8.result"), **end})
        assert capsys.readouterr().out.split() == PRETTY.split()

    def test_a_call(self, run: Run) -> None:
        printed = run(
            IMPORT
            + """
with mailstore.spe.Client() as speClient:  # lost
    mailstore.PrettyPrint(speClient.GetUserInfo("test01", "admin"))  # lost
"""
        )
        assert sorted(" ".join(printed).split()[2:]) == sorted(PRETTY.split()[2:])  # except for the order, which is the server's
        assert "statusCode       succeeded" in printed
        assert "    userName           admin" in printed

    def test_lists_of_dicts_lines_and_plain_values(self, capsys: pytest.CaptureFixture[str]) -> None:
        mailstore.PrettyPrint({"log": "one\r\ntwo\r\n", "rows": [{"id": 1, "name": "a"}, {"id": 2, "name": ""}], "empty": {}})
        mailstore.PrettyPrint(["x", None])
        mailstore.PrettyPrint("")
        assert capsys.readouterr().out.splitlines() == [
            *("log", "    one", "    two"),
            *("rows", "    id    1", "    name  a", "    id    2", "    name"),
            *("empty", "x", "None", ""),
        ]
