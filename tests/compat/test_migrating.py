"""The page on replacing calls: its table has every section of the tutorial, and names only calls that exist."""

import re

import mailstore_sdk.compat as mailstore
from mailstore_sdk import FunctionFailedError, Instance, Job, SPEClient
from tests.support.project import ROOT

PAGE = ROOT / "docs" / "typed.md"
SECTIONS = (
    "Log in",
    "Log out",
    "Simple calls",
    "Simple Examples",
    "Long Running Calls",
    "Cancelling long running calls",
    "Pretty Printing the output",
)
BUILTIN = {"print"}


def rows() -> list[list[str]]:
    table = PAGE.read_text().partition("| tutorial |")[2].partition("\n\n")[0]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in table.splitlines()[2:]]


def test_every_section_of_the_tutorial_has_a_row() -> None:
    assert set(SECTIONS) <= {section.partition(",")[0] for section, _, _ in rows()}


def test_every_call_of_the_table_exists() -> None:
    wrapper = {*dir(mailstore), *dir(mailstore.spe), *dir(mailstore.mgmt), *dir(mailstore.spe.Client), *dir(mailstore.SPEClient)}
    typed = {"SPEClient", *dir(SPEClient), *dir(Instance), *dir(Job)}
    assert {"server_message"} <= vars(FunctionFailedError("")).keys()
    for _, old, new in rows():
        assert set(re.findall(r"(\w+)\(", old)) <= wrapper | BUILTIN, old
        assert set(re.findall(r"(\w+)\(", new)) <= typed | BUILTIN, new
