"""Each application explains itself, and docs/examples.md shows it with options that it has."""

import re
from pathlib import Path

import pytest

from tests.slow.examples.conftest import Load, Main
from tests.support.project import EXAMPLES

PAGE = (EXAMPLES.parent / "docs" / "examples.md").read_text()
APPLICATIONS = sorted({path.stem for path in EXAMPLES.glob("*.py")} - {"tour"})
COMMANDS = re.findall(r"^python examples/(\w+)\.py (.+)$", PAGE, re.MULTILINE)


@pytest.fixture
def application(load: Load, request: pytest.FixtureRequest) -> Main:
    return load(request.param)


@pytest.mark.parametrize("application", [*APPLICATIONS, "celery_verification.__main__"], indirect=True)
def test_help_describes_the_program_and_its_login(application: Main, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        application("--help")
    assert ended.value.code == 0
    captured = capsys.readouterr().out
    assert "MAILSTORE_SPE_URL" in captured
    assert len(captured.splitlines()) > 8


def test_the_page_lists_all_examples() -> None:
    assert {name for name, _ in COMMANDS} == set(APPLICATIONS)
    for folder in EXAMPLES.glob("*/__init__.py"):
        assert f"-A {folder.parent.name} " in PAGE


def test_settings_that_the_page_names_exist(load: Load) -> None:
    source = Path(EXAMPLES, "celery_verification", "settings.py").read_text()
    for name in re.findall(r"VERIFICATION_([A-Z_]+)", PAGE):
        assert re.search(rf"^    {name.lower()}: ", source, re.MULTILINE), name
