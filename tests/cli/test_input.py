"""Arguments: positional, as options, from files; bound instances; invalid values."""

from __future__ import annotations

import json
from pathlib import Path

import click
import pytest

from mailstore_sdk.cli import table
from mailstore_sdk.cli.values import reader
from mailstore_sdk.simulator import Simulator
from tests.cli.conftest import Shell

USER = ("users", "get-user-info")


def profile(folder: Path, text: str) -> None:
    (folder / "config.toml").write_text(f"[profiles.p]\n{text}\n")


class TestTheInstance:
    def test_option_variable_and_profile_bind_the_instance(self, shell: Shell, tmp_path: Path) -> None:
        profile(tmp_path, 'instance = "test01"')
        expected = shell.data(*USER, "test01", "alice")
        assert shell.data(*USER, "-i", "test01", "alice") == expected
        assert shell.data("-i", "test01", *USER, "alice") == expected
        assert shell.data(*USER, "alice", MAILSTORE_SPE_INSTANCE="test01") == expected
        assert shell.data("-p", "p", *USER, "alice") == expected
        assert shell.data(*USER, "alice", MAILSTORE_SPE_PROFILE="p") == expected
        assert shell.data("call", "-i", "test01", "GetUserInfo", "userName=alice") == expected

    def test_an_argument_takes_precedence_over_the_bound_instance(self, shell: Shell, server: Simulator) -> None:
        shell.data("users", "get-users", "test02", MAILSTORE_SPE_INSTANCE="test01")
        shell.data("-i", "test01", *USER, "alice", MAILSTORE_SPE_INSTANCE="test02")
        assert [call.arguments["instanceID"] for call in server.calls] == ["test02", "test01"]

    def test_no_instance_is_named(self, shell: Shell) -> None:
        assert "Missing INSTANCE_ID USER_NAME." in shell.fails(2, *USER)
        assert "Missing USER_NAME." in shell.fails(2, *USER, "test01")
        assert "Missing USER_NAME." in shell.fails(2, *USER, "-i", "test01")
        assert "Too many arguments: 1 more after INSTANCE_ID USER_NAME." in shell.fails(2, *USER, "test01", "alice", "x")
        assert "where none is accepted" in shell.fails(2, *USER, "x", "--from-file", "-", stdin='{"instanceID": "a", "userName": "b"}')


class TestALeadingOption:
    """The function's own first argument may be positional although it is optional, as in the method."""

    COMMANDS = [  # noqa: RUF012 - a constant
        f"{group} {name}" for group in table.index()["groups"] for name, entry in table.group(group).items() if table.leading_option(entry)
    ]

    def test_the_filter_of_a_list(self, shell: Shell, server: Simulator) -> None:
        for words in ("instances list", "instances get-instances", "instances GetInstances"):
            names = (*words.split(), "--query", "[].instanceID")
            assert shell.data(*names) == shell.data(*names, "*") == ["test01", "test02", "test03"]
            assert shell.data(*names, "test02") == ["test02"]
        assert [call.arguments["instanceFilter"] for call in server.calls[:3]] == ["*", "*", "test02"]
        assert "Too many arguments: 1 more" in shell.fails(2, "instances", "list", "*", "test01")
        assert "Too many arguments: 1 more" in shell.fails(2, "instances", "list", "*", "--instance-filter", "*")

    @pytest.mark.parametrize("words", COMMANDS)
    def test_a_positional_value_is_sent_like_the_option(self, shell: Shell, words: str) -> None:
        group, name = words.split()
        entry = table.group(group)[name]
        (first,) = table.leading_option(entry)
        flags = [f"--{item['option']}" for item in table.arguments(entry) if item["required"] and item["kind"] == "boolean"]
        needed = ["test01" if item["name"] == table.INSTANCE else "1" for item in table.positional(entry)]
        by_place = shell.run(group, name, *needed, "x", *flags, "--dry-run")
        by_option = shell.run(group, name, *needed, f"--{first['option']}", "x", *flags, "--dry-run")
        assert (by_place.exit_code, f"{first['name']}=x" in by_place.stdout) == (0, True), by_place.output
        assert by_place.stdout == by_option.stdout
        assert f"[{first['option'].upper().replace('-', '_')}]" in shell.run(group, name, "--help").stdout

    def test_such_functions_exist_with_and_without_an_instance(self) -> None:
        assert {"instances list", "instance-hosts list", "folders get-child-folders"} <= set(self.COMMANDS)

    def test_a_single_value_is_the_instance_even_if_one_is_bound(self, shell: Shell, server: Simulator) -> None:
        shell.data("-i", "test01", "folders", "get-child-folders")
        shell.data("-i", "test01", "folders", "get-child-folders", "test02")
        shell.data("-i", "test01", "folders", "get-child-folders", "test02", "alice")
        sent = [(call.arguments["instanceID"], call.arguments.get("folder")) for call in server.calls]
        assert sent == [("test01", None), ("test02", None), ("test02", "alice")]


class TestFiles:
    @pytest.mark.parametrize("text", ['{"instanceID": "test01", "userName": "alice"}', "instanceID: test01\nuserName: alice\n"])
    def test_json_and_yaml_from_a_file_and_from_standard_input(self, shell: Shell, tmp_path: Path, text: str) -> None:
        (tmp_path / "file").write_text(text)
        expected = shell.data(*USER, "test01", "alice")
        assert shell.data(*USER, "--from-file", "file") == expected
        assert json.loads(shell.run(*USER, "--from-file", "-", stdin=text).stdout) == expected
        assert json.loads(shell.run("call", "GetUserInfo", "--from-file", "-", stdin=text).stdout) == expected

    def test_arguments_add_to_those_of_the_file(self, shell: Shell) -> None:
        result = shell.run(*USER, "alice", "--from-file", "-", stdin="instanceID: test01")
        assert result.exit_code == 0, result.stderr

    def test_dates_of_yaml(self, shell: Shell, server: Simulator) -> None:
        text = "{instanceID: test01, fromIncluding: 2026-01-01, toExcluding: 2026-01-02T00:00:00}"
        assert shell.run("profiles", "get-worker-results", "--from-file", "-", stdin=text).exit_code == 0
        assert server.calls[0].arguments["fromIncluding"] == "2026-01-01T00:00:00"

    @pytest.mark.parametrize(
        ("text", "shown"),
        [
            ("[1]", "expected an object with arguments, as --skeleton prints it; found a list"),
            ("", "found nothing"),
            ("instanceID test01", "found 'instanceID test01'"),
            ("a: [", "--from-file is neither valid JSON nor YAML: line 1"),
            ("{instanceID: test01, zoe: 1}", "'zoe' is not an argument of the function; expected instanceID, userName"),
            ("{instanceID: test01, userName: 5}", "userName cannot be 5; expected a string"),
        ],
    )
    def test_an_invalid_file(self, shell: Shell, text: str, shown: str) -> None:
        assert shown in shell.fails(2, *USER, "--from-file", "-", stdin=text)

    def test_a_missing_file(self, shell: Shell, tmp_path: Path) -> None:
        assert "nowhere: No such file" in shell.fails(2, *USER, "--from-file", "nowhere")
        (tmp_path / "invalid.yaml").write_text("a: [")
        assert "invalid.yaml is neither valid JSON nor YAML: line 1" in shell.fails(2, *USER, "--from-file", "invalid.yaml")
        (tmp_path / "binary").write_bytes(b"\xff")
        assert "binary: expected UTF-8 or UTF-16" in shell.fails(2, *USER, "--from-file", "binary")

    def test_a_mask_is_never_sent_as_a_secret(self, shell: Shell) -> None:
        text = '{"instanceID": "test01", "settings": {"password": "***"}}'
        shown = shell.fails(2, "smtp", "set-smtp-settings", "--from-file", "-", stdin=text)
        assert "settings contains ***, the mask of a secret" in shown


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("stores set-store-requested-state test01 1 sleepy", "requestedState cannot be 'sleepy': expected one of current, normal"),
        ("stores rename-store test01 one x", "id cannot be 'one': expected a whole number"),
        ("jobs set-job-enabled test01 1", "SetJobEnabled needs enabled"),
        (
            "users create-user test01 dora login,nonsense",
            "privileges cannot be the value given (hidden, as it may be a secret): expected one of none, admin",
        ),
        ("profiles get-worker-results test01 yesterday 2026-01-01", "fromIncluding cannot be 'yesterday': expected a date"),
        ("smtp set-smtp-settings test01 --settings nonsense", "settings: expected JSON, or its source"),
        ("call GetJobs instanceID", "An argument without a name: expected NAME=VALUE or NAME:=JSON"),
        ("call SetJobEnabled instanceID=test01 id=1 enabled=maybe", "enabled cannot be 'maybe': expected true or false"),
        ("call NewOne a:=x", "a:= requires JSON"),
        ("call not-a-name", "function cannot be 'not-a-name'"),
        ("users get-userz", "No such command 'get-userz'"),
        ("userz", "No such command 'userz'. Did you mean 'users'?"),
        ("users renam x", "Did you mean 'rename'?"),
        ("get-user-info test01", "No such command 'get-user-info' here. The function is mailstore users show."),
        ("GetUserInfo test01", "The function is mailstore users show."),
        ("users InitializeSystemAdministratorMFA x", "The function is mailstore administrators initialize-mfa."),
        ("profile tset", "No such command 'tset'. Did you mean 'test'?"),
        ("nothing-like-it", "Error: No such command 'nothing-like-it'."),
    ],
)
def test_an_invalid_value(shell: Shell, server: Simulator, words: str, shown: str) -> None:
    assert shown in " ".join(shell.fails(2, *words.split()).split())
    assert not server.calls


def test_a_skeleton_is_a_file_with_all_arguments(nowhere: Shell, tmp_path: Path) -> None:
    skeleton = nowhere.run(*USER, "--skeleton").stdout
    assert json.loads(skeleton).keys() == {"instanceID", "userName"}
    (tmp_path / "user.json").write_text(skeleton)
    assert nowhere.run(*USER, "--dry-run", "--from-file", tmp_path / "user.json").exit_code == 0


def test_a_misspelled_function_is_reported_with_the_name_that_is_meant(shell: Shell) -> None:
    shown = shell.fails(4, "call", "GetUsesr", "instanceID=test01")
    assert shown.startswith("Error: GetUsesr: the server does not have this function;")
    assert "(did you mean GetUsers?)" in shown
    assert "does not have this function (did you mean RenameUser?)." in shell.fails(10, "call", "RenamUser", "a=b")
    assert "\n# The catalogue does not have get_users (did you mean GetUsers?)." in shell.run("call", "get_users", "--dry-run").stdout
    assert "did you mean" not in shell.fails(4, "call", "GetNews") + shell.run("call", "GetNews", "--dry-run").stdout


def test_values_of_functions_newer_than_the_catalogue(shell: Shell, server: Simulator) -> None:
    shown = shell.fails(4, "call", "GetNews", "text=1", "number:=1", 'list:=["a","b"]', "flag:=true", "nothing:=null")
    assert "the server does not have this function" in shown
    shell.fails(4, "call", "SetNews", "a=b", "--yes")
    words = ("call", "GetNews", "text=1", "number:=1", 'list:=["a","b"]', "flag:=true", "--dry-run", "-o", "json")
    assert "text=1&number=1&list=a%2Cb&flag=true" in shell.run(*words).stdout


def test_a_number_with_a_fraction() -> None:
    number: table.Argument = {"name": "n", "option": "n", "kind": "number", "required": True, "secret": False}
    read = reader([number])
    assert read(number, "1.5") == 1.5
    with pytest.raises(click.UsageError, match="n cannot be 'x': expected a number"):
        read(number, "x")


@pytest.mark.parametrize(
    "words",
    [
        "users create-user test01 bob hunter2",
        "users create-user test01 bob admin --authentication hunter2",
        "stores recover-store test01 hunter2",
        "call UnlockStore instanceID=test01 id=hunter2",
        "call SetUserPassword hunter2",
        "call SetPin hunter2",
    ],
)
def test_a_secret_in_the_wrong_place_is_not_shown(shell: Shell, words: str) -> None:
    shown = shell.fails(2, *words.split())
    assert "expected" in shown
    assert "hunter2" not in shown


def test_switches_of_every_kind(shell: Shell, server: Simulator) -> None:
    for word, sent in (("true", "true"), ("no", "false"), ("1", "true")):
        assert shell.run("call", "SetJobEnabled", "instanceID=test01", "id=1", f"enabled={word}").exit_code == 0
        assert server.calls[-1].arguments["enabled"] == sent
