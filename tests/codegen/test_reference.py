"""The reference is complete, links have targets, examples are correct, and no text becomes markup."""

import json
import re
import shlex
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qsl, quote

import pytest
from mailstore_codegen.catalogue.load import load
from mailstore_codegen.catalogue.schema import Evidence
from mailstore_codegen.generate import markdown
from mailstore_codegen.generate.examples import command_example, curl_example, form, python_example
from mailstore_codegen.generate.reference import pages, snippets
from markdown_it import MarkdownIt

from mailstore_sdk._generated.sync import InstanceFunctions, ServerFunctions
from mailstore_sdk.runtime._protocol.form import encode_form
from tests.codegen.conftest import Edit
from tests.support.hostile import HOSTILE
from tests.support.project import ROOT
from tests.support.small_catalogue import SMALL_SPEC

CATALOGUE = load(ROOT / "spec")
FUNCTIONS = {function.name: function for function in CATALOGUE.functions}
FOLDER = ROOT / "generated" / "reference"
FILES = sorted(FOLDER.rglob("*.md"))
PARSER = MarkdownIt("commonmark").enable("table")
MARKUP = (
    "pipes | a || b | and `ticks` `` and ``` and ~~~",
    "<script>alert(1)</script> &lt; <!-- comment <a id='x'>",
    "[link](javascript:alert(1)) ![image](http://example.com/x.png) [ref]: http://example.com <http://example.com>",
    "# heading",
    "- item",
    "1. item",
    "> quote",
    "---",
    "    code",
    "```\ncode\n```",
    "**bold** _it_ __b__ *i* \\",
    "| a |\n| --- |\n| b |",
    "===",
)


@cache
def page(name: str) -> str:
    return (FOLDER / f"{name}.md").read_text()


@cache
def path(name: str) -> str:
    """The page of one function."""
    return next(f"{group.name}/{function.method}" for group in CATALOGUE.groups for function in group.functions if function.name == name)


def blocks(text: str, language: str) -> list[str]:
    return [token.content for token in PARSER.parse(text) if token.type == "fence" and token.info == language]


def rows(text: str) -> list[list[str]]:
    """Return all cells of all tables, as Markdown."""
    cells = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in text.splitlines() if line.startswith("| ")]
    return [row for row in cells if row[0] != "---"]


def test_there_is_a_page_for_each_function_and_each_group_and_an_index() -> None:
    pages = {file.relative_to(FOLDER).with_suffix("").as_posix() for file in FILES}
    assert pages == {*(group.name for group in CATALOGUE.groups), *(path(name) for name in FUNCTIONS), "index"}


def test_every_type_has_a_section() -> None:
    for group in CATALOGUE.groups:
        headings = re.findall(r"^###? (.*)", page(group.name), re.MULTILINE)
        assert headings == [*(["Types"] if group.types else []), *(f"`{name}`" for name in group.types)]


def test_every_link_has_a_target() -> None:
    anchors = {file: set(re.findall(r'<a id="([^"]+)"></a>', file.read_text())) for file in FILES}
    assert anchors[FOLDER / "index.md"] == set(Evidence)
    for file in FILES:
        for target in re.findall(r"\]\(([^)]*)\)", file.read_text()):
            other, _, anchor = target.partition("#")
            linked = (file.parent / other).resolve()
            assert linked.is_file(), target
            assert not anchor or anchor in anchors[linked], target


def test_no_column_of_a_table_is_empty() -> None:
    for file in FILES:
        for table in re.findall(r"(?:^\|.*\n)+", file.read_text(), re.MULTILINE):
            header, *cells = rows(table)
            assert all(any(column) for column in zip(*cells, strict=True)), f"{file.name}: {header}"


def test_the_index_and_the_groups_list_every_function() -> None:
    for group in CATALOGUE.groups:
        listed = {row[1].strip("`"): row[2] for row in rows(page(group.name).partition("## Types")[0])}
        for function in group.functions:
            assert f"[`{function.method}`]({path(function.name)}.md)" in page("index")
            assert listed[function.name] == markdown.text(function.summary)


def test_arguments_are_in_a_table() -> None:
    found = {row[0]: row for row in reversed(rows(page(path("GetWorkerResults"))))}
    assert found["`instance_id`"][3] == "set by `spe.instance(…)`"
    assert found["`from_including`"][1:4] == ["`fromIncluding` (datetime)", r"`date \| datetime`", "yes"]
    assert found["`time_zone_id`"][1:4] == ["`timeZoneID` (string)", "`str`", 'no, default `"$Local"`']
    assert found["`profile_id`"][1:4] == ["`profileID` (integer)", r"`int \| None`", "no"]
    state = next(row for row in rows(page(path("SetStoreRequestedState"))) if row[0] == "`requested_state`")
    assert "Known values: current, normal, writeProtected, disabled." in state[4]
    assert state[2] == r"[`StoreState \| StoreStateValue`](../stores.md#type-StoreState)"


def test_results_show_the_fields_of_their_type() -> None:
    text = page(path("GetFolderStatistics"))
    assert "**Result:** [`list[FolderStatistic]`](../folders.md#type-FolderStatistic)" in text
    assert ["`size`", "`size`", "`int`", "Size of the folder. Unit: bytes."] in rows(text)
    mfa = next(row for row in rows(page(path("GetUsers"))) if row[0] == "`mfa_status`")
    assert mfa[1:] == [
        "`mfaStatus`",
        "[`MFAStatus`](../users.md#type-MFAStatus)",
        "Whether a second factor is required. Since 24.4. May be absent.",
    ]


def test_a_page_has_effect_access_and_evidence() -> None:
    text = page(path("DeleteUser"))
    assert (
        "- **Effect:** destructive. It deletes data or makes changes that cannot be undone. A call whose reply is lost is not retried"
        in text
    )
    assert "- **Access:** a system administrator's login, and service provider access switched on for the instance." in text
    assert "- **Evidence:** arguments [documented](../index.md#documented), result [inferred](../index.md#inferred)." in text
    assert "is retried." in page(path("GetUsers"))
    assert "is not retried" in page(path("VerifyStore")), "the start of a job is never retried, even if idempotent"


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("GetUsers", "instanceID=test01"),
        ("VerifyStore", "instanceID=test01&id=1&includeIndexes=true"),
        (
            "GetWorkerResults",
            "instanceID=test01&fromIncluding=2026-01-01T00%3A00%3A00&toExcluding=2026-02-01T00%3A00%3A00&timeZoneID=%24Local",
        ),
        ("SetUserPrivileges", "instanceID=test01&userName=alice&privileges=login%2Cexport"),
        ("SetUserPassword", "instanceID=test01&userName=alice&password=S3cret%21"),
        ("SetSmtpSettings", "instanceID=test01&settings=%7B%22password%22%3A%22S3cret%21%22%7D"),
    ],
)
def test_the_request_is_shown_as_it_is_sent(name: str, body: str) -> None:
    head = f"POST /api/invoke/{name} HTTP/1.1\nHost: spe.example.com:8474\nAuthorization: Basic <user:password in Base64>\n"
    kind = "Content-Type: application/x-www-form-urlencoded\n"
    assert blocks(page(path(name)), "http") == [f"{head}{kind}Content-Length: {len(body)}\n\n{body}\n"]


def test_an_empty_request_has_a_length() -> None:
    assert blocks(page(path("GetEnvironmentInfo")), "http")[0].endswith("Base64>\nContent-Length: 0\n")


class Recorder(ServerFunctions):
    """A client that keeps what would be sent."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, bytes]] = []

    def _call(self, function: Any, arguments: Any) -> Any:
        self.sent.append((function.name, encode_form(function, arguments)))

    def _start(self, function: Any, arguments: Any) -> Any:
        self._call(function, arguments)
        return SimpleNamespace(result=lambda: None)

    def _walk(self, function: Any, arguments: Any, window: Any) -> Any:
        raise NotImplementedError  # no example reads a long time range


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_python_example_sends_what_the_request_shows(name: str) -> None:
    source = blocks(page(path(name)), "python")[1]
    spe = Recorder()
    exec(compile(source, name, "exec"), {"spe": spe, "archive": InstanceFunctions(spe, "test01")})
    ((called, body),) = spe.sent
    assert called == name
    assert decoded(body.decode()) == decoded(form(FUNCTIONS[name]))


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_call_with_curl_sends_what_the_request_shows(name: str) -> None:
    command = shlex.split(blocks(page(path(name)), "sh")[1].replace("\\\n", ""))
    assert command[:3] == ["curl", "--user", "admin"]
    assert command[3] == f"https://spe.example.com:8474/api/invoke/{name}"
    options, fields = command[4::2], command[5::2]
    assert options in ([["--data"]] if fields == [""] else [["--data-urlencode"] * len(fields)])
    assert decoded("&".join(f"{key}={quote(value)}" for key, _, value in (field.partition("=") for field in fields if field))) == decoded(
        form(FUNCTIONS[name])
    )


@pytest.mark.parametrize(
    ("name", "command"),
    [
        ("GetEnvironmentInfo", "mailstore system get-environment-info"),
        ("GetUserInfo", "mailstore users show test01 alice"),
        ("VerifyStore", "mailstore stores verify test01 1"),
        ("SetUserPrivileges", "mailstore users set-privileges test01 alice login,export"),
        ("SetUserPassword", "mailstore users set-password test01 alice --password prompt"),
        ("GetWorkerResults", "mailstore archiving-profiles get-worker-results test01 2026-01-01T00:00:00 2026-02-01T00:00:00"),
        ("SetSmtpSettings", 'mailstore smtp set-settings test01 --settings stdin <<\'END\'\n{\n  "password": "S3cret!"\n}\nEND'),
    ],
)
def test_the_equivalent_command_is_shown(name: str, command: str) -> None:
    assert blocks(page(path(name)), "sh")[0].rstrip() == command


def test_a_multi_line_value_stays_in_its_line(root: Path, edit: Edit) -> None:
    edit(
        "functions/users.yaml",
        "example: {args: {instanceID: test01, userName: alice}}",
        'example: {args: {instanceID: test01, userName: "a\\n```\\n\'"}}',
    )
    function = next(item for item in load(root / "spec").functions if "\n" in str(item.example.args.get("userName")))
    assert command_example(CATALOGUE, "users", function).endswith(r" test01 $'a\n```\n\''")
    assert curl_example(function, 8474).endswith(r" $'userName=a\n```\n\''")


def test_no_command_shows_a_secret() -> None:
    for name in FUNCTIONS:
        assert "S3cret!" not in blocks(page(path(name)), "sh")[0].partition("<<")[0]


def decoded(body: str) -> list[tuple[str, object]]:
    """The fields of a form; in JSON, the order of keys is irrelevant."""
    return [(key, json.loads(value) if value[0] in "[{" else value) for key, value in parse_qsl(body, keep_blank_values=True)]


def test_an_example_of_another_instance_names_it(root: Path, edit: Edit) -> None:
    edit("functions/jobs.yaml", "example: {args: {instanceID: test01}}", "example: {args: {instanceID: other}}")
    function = next(function for function in load(root / "spec").functions if function.name == "GetJobs")
    assert python_example(CATALOGUE, function) == '\nresult = spe.instance("other").get_jobs()\n'


def test_an_example_with_keys_and_values_that_the_catalogue_lacks(root: Path, edit: Edit) -> None:
    edit("functions/smtp.yaml", "{config: {password: S3cret!}}", "{config: {password: null, hostName: mail.example.com}}")
    catalogue = load(root / "spec")
    source = python_example(catalogue, next(function for function in catalogue.functions if function.name == "SetSystemSmtpConfiguration"))
    assert "SmtpSettings.model_validate({'password': None, 'hostName': 'mail.example.com'})" in source
    spe = Recorder()
    exec(source, {"spe": spe})
    assert decoded(spe.sent[0][1].decode()) == [("config", {"password": None, "hostName": "mail.example.com"})]


@pytest.mark.small_catalogue
@pytest.mark.parametrize("text", [*HOSTILE, *MARKUP])
def test_no_text_becomes_markup(root: Path, spoil: Callable[[str], None], text: str) -> None:
    spoil(text)
    catalogue = load(root / "spec")
    made = pages(catalogue, snippets(catalogue))
    for name in ("stores.md", "stores/attach_store.md", "index.md"):
        assert shape(made[name]) == usual_shape(name)
        assert all(char.isprintable() or char == "\n" for char in made[name])
    assert markdown.one_line(text) in read("stores/attach_store.md", made)


@cache
def usual_shape(name: str) -> list[str]:
    catalogue = load(SMALL_SPEC)
    return shape(pages(catalogue, snippets(catalogue))[name])


def shape(source: str) -> list[str]:
    """The structure of a page: blocks and their markup, without the texts."""
    found: list[str] = []
    for token in PARSER.parse(source):
        found.append(f"{token.type} {token.tag} {token.attrs}")
        found += [f"  {child.type} {child.attrs}" for child in token.children or () if child.type not in ("text", "text_special")]
    return found


def read(name: str, made: dict[str, str]) -> str:
    """A page as its reader sees it."""
    inline = [token for token in PARSER.parse(made[name]) if token.type == "inline"]
    return "\n".join("".join(child.content for child in token.children or ()) for token in inline)


@pytest.mark.parametrize("text", [*HOSTILE, *MARKUP, "`", "``", " `a` ", "a`b", ""])
def test_code_spans_can_contain_any_text(text: str) -> None:
    (inline,) = [token for token in PARSER.parse(f"a {markdown.code(text)} b") if token.type == "inline"]
    spans = [child.content for child in inline.children or () if child.type == "code_inline"]
    assert spans == ([markdown.one_line(text)] if text else [])
