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
def test_help_shows_what_it_does_and_where_the_login_comes_from(application: Main, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        application("--help")
    assert ended.value.code == 0
    captured = capsys.readouterr().out
    assert "MAILSTORE_SPE_URL" in captured
    assert len(captured.splitlines()) > 8


def test_the_page_shows_all_of_them() -> None:
    assert {name for name, _ in COMMANDS} == set(APPLICATIONS)
    for folder in EXAMPLES.glob("*/__init__.py"):
        assert f"-A {folder.parent.name} " in PAGE


def test_settings_that_the_page_names_exist(load: Load) -> None:
    source = Path(EXAMPLES, "celery_verification", "settings.py").read_text()
    for name in re.findall(r"VERIFICATION_([A-Z_]+)", PAGE):
        assert re.search(rf"^    {name.lower()}: ", source, re.MULTILINE), name
