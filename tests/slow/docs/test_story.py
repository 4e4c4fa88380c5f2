"""What tells the stories of the pages notices what is wrong with a page."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_examples import EvalExample

from tests.slow.docs.story import Story
from tests.slow.docs.terminal import Terminal
from tests.support.blocks import PAGES, blocks_of
from tests.support.project import ROOT

Tell = Callable[[str], Story]


@pytest.fixture
def tell(folder: Path, open_terminal: Callable[[], Terminal], eval_example: EvalExample) -> Tell:
    def tell_(text: str) -> Story:
        page = folder / "page.md"
        page.write_text(text.replace("'''", "```"))
        story = Story(folder, open_terminal, eval_example)
        for block in blocks_of(page):
            story.tell(block)
        return story

    return tell_


@pytest.mark.parametrize(
    ("page", "complaint"),
    [
        ("'''ruby\nputs 1\n'''", "page.md:1: nothing runs 'ruby'"),
        ("'''\nmake\n'''", "page.md:1: nothing runs ''"),
        ("Text:\n\n    make", "page.md:3: nothing runs ''"),
        ("- Item:\n\n  '''yaml\n  a: 1\n  '''", "page.md:3: nothing runs 'yaml'"),
        ("'''console skip\nmake\n'''", "page.md: console skip"),
        ("'''text\nhello\n'''", "page.md:1: no command shows this"),
        ("'''console\necho hello\n'''\n'''text\nhullo\n'''", "page.md:4 tells:\nhullo"),
        ("'''console\necho hello; echo hello\n'''\n'''text\nhello\n'''", "page.md:4 tells:\nhello"),
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
def test_what_is_not_as_the_page_says_is_told(tell: Tell, page: str, complaint: str) -> None:
    with pytest.raises((AssertionError, ValueError, pytest.fail.Exception), match=complaint):
        tell(page)


@pytest.mark.parametrize(
    ("drawing", "complaint"),
    [
        ("terminal.py, story.py", "conftest.py"),
        ("{conftest,generated,keyring_file,project,story,terminal,lost}.py, test_*.py", "lost.py"),
        ("nothing at all", "page.md:1"),
    ],
)
def test_a_drawing_that_lacks_a_module_or_has_one_too_many_is_told(tell: Tell, drawing: str, complaint: str) -> None:
    with pytest.raises(AssertionError, match=complaint):
        tell(f"'''text title=\"{ROOT}/tests/slow/docs/\"\n{drawing}\n'''")


def test_a_page_as_it_should_be(tell: Tell) -> None:
    story = tell(
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


def test_the_pages_are_all_that_there_are() -> None:
    names = {page.relative_to(ROOT).as_posix() for page in PAGES}
    assert {"README.md", "CONTRIBUTING.md", "CHANGELOG.md", "spec/README.md", "docs/cli.md", "docs/cli/users.md"} < names
    assert not [name for name in names if name.startswith((".", "site/"))]
