"""Running a page finds every difference between the page and its output."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_examples import EvalExample

from tests.slow.docs.story import Story
from tests.slow.docs.terminal import Terminal
from tests.support.blocks import PAGES, blocks_of
from tests.support.project import ROOT

Run = Callable[[str], Story]


@pytest.fixture
def run(folder: Path, open_terminal: Callable[[], Terminal], eval_example: EvalExample) -> Run:
    def run_page(text: str) -> Story:
        page = folder / "page.md"
        page.write_text(text.replace("'''", "```"))
        story = Story(folder, open_terminal, eval_example)
        for block in blocks_of(page):
            story.run(block)
        return story

    return run_page


@pytest.mark.parametrize(
    ("page", "complaint"),
    [
        ("'''ruby\nputs 1\n'''", "page.md:1: nothing runs 'ruby'"),
        ("'''\nmake\n'''", "page.md:1: nothing runs ''"),
        ("Text:\n\n    make", "page.md:3: nothing runs ''"),
        ("- Item:\n\n  '''yaml\n  a: 1\n  '''", "page.md:3: nothing runs 'yaml'"),
        ("'''console skip\nmake\n'''", "page.md: console skip"),
        ("'''text\nhello\n'''", "page.md:1: no command shows this"),
        ("'''console\necho hello\n'''\n'''text\nhullo\n'''", "page.md:4 shows:\nhullo"),
        ("'''console\necho hello; echo hello\n'''\n'''text\nhello\n'''", "page.md:4 shows:\nhello"),
        ("'''console\nfalse\ntrue\n'''", r"page.md:1: \[1\]"),
        ("'''console\ntrue  # ends with 1\n'''", r"page.md:1: \[\]"),
        ("'''console\nfalse | true\n'''", r"page.md:1: \[1\]"),
        ("'''python\nprint(1)\n#> 2\n'''", "Print output changed"),
        ("'''python\nprint(1)\n'''", "Print output changed"),
        ("'''python\ndef test_it(): pass\n'''", "page.md:1: nothing calls a test"),
        ("'''pycon\n>>> 1 + 1\n3\n'''", "page.md:1:\n(.*\n)*Got:\n    2"),
        ("'''yaml title=\"a.yaml\"\na: 1\n'''\n'''yaml title=\"a.yaml, in part\"\na: 2\n'''", "page.md:4: .*a.yaml says otherwise"),
        ("'''python title=\"a.py\"\nA = 1\n'''\n'''python title=\"a.py, before B\"\nA = 0\n'''", "not enough values"),
        ("'''python title=\"a.py, somewhere\"\nA = 1\n'''", "page.md:1: a.py, somewhere"),
    ],
)
def test_a_difference_from_the_page_is_reported(run: Run, page: str, complaint: str) -> None:
    with pytest.raises((AssertionError, ValueError, pytest.fail.Exception), match=complaint):
        run(page)


@pytest.mark.parametrize(
    ("drawing", "complaint"),
    [
        ("terminal.py, story.py", "conftest.py"),
        ("{conftest,generated,keyring_file,project,story,terminal,lost}.py, test_*.py", "lost.py"),
        ("nothing at all", "page.md:1"),
    ],
)
def test_a_drawing_with_a_missing_or_extra_module_is_reported(run: Run, drawing: str, complaint: str) -> None:
    with pytest.raises(AssertionError, match=complaint):
        run(f"'''text title=\"{ROOT}/tests/slow/docs/\"\n{drawing}\n'''")


def test_a_correct_page_passes(run: Run) -> None:
    story = run(
        """
'''console
export NAME=world
cd /
'''

'''python title="hello.py"
FIRST = 1
HELLO = {
}
'''

'''python title="hello.py, after HELLO"
    "name": "world",
'''

'''python title="hello.py, before HELLO"
SECOND = 2
'''

'''console
echo "hello, $NAME"; pwd; seq 3; echo tail of "$RANDOM" bytes
grep -c hello /dev/null  # ends with 1
'''

'''text
hello, world
/
…
tail of … bytes
0
'''

'''pycon
>>> 1 + 1
2
'''
"""
    )
    assert (story.folder / "hello.py").read_text() == 'FIRST = 1\nSECOND = 2\n\n\nHELLO = {\n    "name": "world",\n}\n'
    assert story.unread == {"hello.py"}


def test_every_page_is_tested() -> None:
    names = {page.relative_to(ROOT).as_posix() for page in PAGES}
    assert {"README.md", "CONTRIBUTING.md", "CHANGELOG.md", "spec/README.md", "docs/cli.md", "docs/cli/users.md"} < names
    assert not [name for name in names if name.startswith((".", "site/"))]
