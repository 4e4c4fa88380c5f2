"""Run the blocks of a page in order and compare their output with the page.

A block with a title is a file or a part of one:

    app.py                       the file holds just this
    stores.yaml, at the end      it is added there
    stores.py, before HANDLERS   it is added before the line that begins so; `after` likewise
    stores.yaml, in part         the file holds this among other things
    mailstore_sdk/               all modules of the folder
    mailstore_codegen/, in part  some of them

Every other block is run:

    powershell  commands for PowerShell; tests/cli/test_powershell.py runs them
    console  commands for bash, which exit with 0, or as `# ends with 1` says
    text     the output of the commands before it; `…` replaces omitted output
    python   code that continues the previous such block; `#>` marks its output
    pycon    input and output of a Python prompt
"""

import re
from collections.abc import Callable, Mapping
from functools import cached_property
from inspect import FrameInfo
from pathlib import Path
from types import FrameType

import yaml
from pytest_examples import CodeExample, EvalExample

from tests.slow.docs.terminal import SERVING, Terminal
from tests.support.blocks import Block
from tests.support.project import ROOT

STATUS = re.compile(r"# ends with (\d+)")
TITLE = re.compile(r"(?P<path>[^,]+)(?:, (?P<where>in part|at the end|before|after)(?: (?P<mark>.+))?)?")
NAMED = re.compile(r"[\w.*{},/-]+(?:\.(?:py|json|yaml|jinja)|/)(?!\w)")
"""A file or a folder in a drawing."""


class Story:
    """A page while it is run: its files, servers and output so far.

    Attributes:
        folder: Where it happens.
        names: Those of the Python blocks.
        output: What the last commands have shown; None where there were none.
        unread: Files of the page that no command has named yet.
    """

    def __init__(self, folder: Path, open_terminal: Callable[[], Terminal], evaluate: EvalExample) -> None:
        self.folder, self.evaluate, self._open_terminal = folder, evaluate, open_terminal
        self.evaluate.include_print = on_behalf_of
        self.names: dict[str, object] = {}
        self.output: str | None = None
        self.unread: set[str] = set()

    @cached_property
    def terminal(self) -> Terminal:
        return self._open_terminal()

    @property
    def runners(self) -> Mapping[str, Callable[[Block], None]]:
        """The function that runs a block, by language."""
        return {"console": self.console, "python": self.python, "pycon": self.pycon, "text": self.text, "powershell": self.powershell}

    def run(self, block: Block) -> None:
        if block.title:
            self.file(block)
        else:
            assert block.language in self.runners, f"{block}: nothing runs {block.language!r}"
            self.runners[block.language](block)

    def console(self, block: Block) -> None:
        """Run commands. They must succeed unless the page says otherwise."""
        self.unread = {name for name in self.unread if name not in block.text}
        self.output = None
        ready = [ready for command, ready in SERVING.items() if re.search(f"^{command}", block.text, re.MULTILINE)]
        if ready:
            self.terminal.serve(block.text, ready[0])
            return
        self.output, statuses = self.terminal.run(block.text)
        assert statuses == [int(status) for status in STATUS.findall(block.text)], f"{block}: {statuses}\n{self.output}"

    def powershell(self, block: Block) -> None:
        """Check commands for PowerShell, which is not installed: the tests of the command line run those of ``mailstore``."""
        self.unread = {name for name in self.unread if name not in block.text}
        self.output = None

    def text(self, block: Block) -> None:
        """Compare with the output of the previous commands; an ellipsis matches any text."""
        assert self.output is not None, f"{block}: no command shows this"
        lines = block.text.splitlines()
        pattern = "".join(r"(?:.*\n)*?" if line == "…" else re.escape(line).replace("…", ".*") + r" *\n" for line in lines)
        assert re.fullmatch(pattern, f"{self.output.rstrip()}\n"), f"{block} shows:\n{block.text}\nfound:\n{self.output}"

    def python(self, block: Block) -> None:
        """Run code, whose output is in its comments; a page is one module."""
        example = CodeExample.create(block.text, path=block.page, start_line=block.line)
        self.names = self.evaluate.run_print_check(example, module_globals=self.names)
        assert not [name for name in self.names if name.startswith("test_")], (
            f"{block}: nothing calls a test; give it a file, and a command"
        )

    def pycon(self, block: Block) -> None:
        """Input and output of a Python prompt."""
        session = self.terminal.home / "session"
        session.write_text(block.text)
        output, _ = self.terminal.run(f"python -m doctest {session}")
        assert not output, f"{block}:\n{output}"

    def file(self, block: Block) -> None:
        title = TITLE.fullmatch(block.title)
        assert title, f"{block}: {block.title}"
        path = self.terminal.home / title["path"][2:] if title["path"].startswith("~/") else self.folder / title["path"]
        if path.is_dir():
            draws(block, path, whole=not title["where"])
        elif title["where"] == "in part":
            assert holds(yaml.safe_load(path.read_text("utf-8")), yaml.safe_load(block.text)), f"{block}: {path} says otherwise"
        else:
            self.unread |= set() if title["where"] else {title["path"]}
            path.write_text(inserted(path.read_text("utf-8") if title["where"] else "", block.text, title["where"], title["mark"]), "utf-8")


def on_behalf_of(page: Path, caller: FrameInfo, _args: object) -> bool:
    """Whether something is printed by the page's code, itself or by what it calls."""
    frame: FrameType | None = caller.frame
    while frame is not None and frame.f_code.co_filename != str(page):
        frame = frame.f_back
    return frame is not None


def inserted(text: str, block: str, where: str | None, mark: str) -> str:
    """A text with a block in its place."""
    if not where:
        return block
    if block in text:  # A reader tries the steps of the page in the project itself.
        return text
    if where == "at the end":
        return f"{text}\n{block}"
    (line,) = re.findall(rf"^{re.escape(mark)}.*\n", text, re.MULTILINE)
    return text.replace(line, line + block if where == "after" else f"{block}\n\n{line}")


def holds(whole: object, part: object) -> bool:
    """Whether a document has a list with these items somewhere, or a mapping with these entries."""
    if isinstance(whole, list):
        return (isinstance(part, list) and all(item in whole for item in part)) or any(holds(item, part) for item in whole)
    if isinstance(whole, dict):
        return (isinstance(part, dict) and part.items() <= whole.items()) or any(holds(item, part) for item in whole.values())
    return False


def draws(block: Block, folder: Path, *, whole: bool) -> None:
    """Check that the files of a drawing are there, in the folder, the package or the project, and that no module is missing."""
    named = {name for found in NAMED.findall(block.text) for name in alternatives(found)}
    assert named, block
    for name in named:
        assert any(any(place.glob(name)) for place in (folder, ROOT / "mailstore_sdk", ROOT)), f"{block}: {name}"
    missing = {path.name for path in folder.glob("[!_]*.py")} - named
    assert not (whole and missing), f"{block}: {missing}"


def alternatives(name: str) -> list[str]:
    """Expand the braces of a name."""
    head, brace, rest = name.partition("{")
    inside, _, tail = rest.partition("}")
    return [other for item in inside.split(",") for other in alternatives(f"{head}{item}{tail}")] if brace else [name]
