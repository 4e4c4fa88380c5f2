"""The screen: it fits the width, cuts the least important text first, and no server text controls the terminal."""

import io

import pytest
from rich.console import Console

from mailstore_sdk.cli.report import rows
from mailstore_sdk.cli.report.collect import Estate
from mailstore_sdk.cli.report.judge import Policy, judge
from mailstore_sdk.cli.report.screen import Rows, for_screen, show
from tests.support.estates import estate, info, instance, service, size, store

HOSTILE = "[bold red]x[/] \x1b[2J\x07 \u202e"


ALL = Rows()


def shown(data: Estate, limit: Rows = ALL, *, encoding: str = "utf-8", width: int = 100) -> str:
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    console = Console(file=stream, width=width, force_terminal=True, color_system=None, legacy_windows=False)
    show(console, data, judge(data, Policy()), limit)
    stream.seek(0)
    return stream.read()


def many(count: int) -> Estate:
    """This many instances, every tenth with a problem."""
    data = [
        instance(info=info(instance_id=f"customer{number:03}"), stores=(store(needs_upgrade=number % 10 == 0),), size=size(100 + number))
        for number in range(count)
    ]
    messages = [rows.Message(type="warning", text=f"Message {number}", is_sub_item=False) for number in range(20)]
    return estate(*data, service=service(messages=messages))


@pytest.mark.parametrize("height", [24, 40, 60])
@pytest.mark.parametrize("width", [80, 120])
def test_a_large_installation_fits_on_the_screen(height: int, width: int) -> None:
    data = many(200)
    lines = shown(data, Rows.fitting(height, data, judge(data, Policy())), width=width).splitlines()
    assert height - 4 < len(lines) < height  # the prompt is below
    assert max(map(len, lines)) <= width


@pytest.mark.parametrize("width", [60, 80, 120])
def test_no_number_is_shortened_if_names_are_short(width: int) -> None:
    table = shown(many(3), width=width).partition("Needs attention")[0]
    [heading] = [line for line in table.splitlines() if "Messages" in line]
    assert ("Archived" in heading) == ("Runs and archived: " in table), "a column and its note"
    assert "…" not in table
    assert "customer002" in table


def test_unused_space_is_given_to_other_parts() -> None:
    data = many(15)  # two of them with problems, and 20 messages
    rows = Rows.fitting(47, data, judge(data, Policy()))
    assert rows == Rows(instances=14, findings=2, messages=14)


def test_the_least_severe_rows_are_cut_off_and_counted() -> None:
    output = shown(many(200), Rows(instances=5, findings=4, messages=3))
    assert "warning  customer190" in output
    assert "... and 195 more instances (--all shows them)." in output
    assert "... and 16 more lines" in output
    assert "... and 17 more lines" in output
    assert "customer199" not in output


def test_long_texts_are_shortened_on_a_short_screen_but_levels_are_not() -> None:
    broken = estate(instance(stores=(store(error="The disk is away. " * 20),)))
    [line] = [line for line in shown(broken, Rows(9, 9, 9), width=80).splitlines() if "The disk" in line]
    assert line.startswith("critical one  Archive store 2026-01 (id 7): The disk is away.")
    assert line.rstrip().endswith("…")
    assert shown(broken, width=80).count("disk") == 20


@pytest.mark.parametrize(("height", "wrapped"), [(45, True), (15, False)])
def test_long_texts_are_wrapped_if_the_screen_has_space(height: int, wrapped: bool) -> None:
    broken = estate(instance(stores=(store(error="The disk is away. " * 20),)))
    rows = for_screen(Console(width=60, height=height), broken, judge(broken, Policy()))
    assert (rows == Rows()) is wrapped


def test_everything_is_shown_without_a_limit() -> None:
    output = shown(many(30))
    assert "more" not in output
    assert "customer029" in output
    assert "Message 19" in output


def test_texts_from_the_server_are_not_markup() -> None:
    hostile = instance(info=info(instance_id=HOSTILE, status=HOSTILE), stores=(store(name=HOSTILE, needs_upgrade=True),))
    output = shown(estate(hostile, service=service(messages=[rows.Message(type="error", text=HOSTILE, is_sub_item=True)])), width=200)
    assert output.count("[bold red]x[/] \\u001b[2J\\u0007 \\u202e") == 7
    assert not set(output) & set("\x1b\x07\u202e")


def test_a_terminal_without_unicode_gets_letters() -> None:
    output = shown(estate(), width=140, encoding="ascii")
    assert "customer" not in output
    assert output.isascii()


def test_an_empty_installation_can_be_shown() -> None:
    silent = instance(size=None, stores=None, users=None, profiles=None, history=None)
    output = shown(estate(silent, service=None))
    assert "MailStore SPE" in output
    assert "one       running" in output
