"""Links and names on the pages exist, and the tour only reads from a server that is not the simulator."""

import re
import subprocess
import sys

import mailstore_sdk
from mailstore_sdk import Instance, Job, SPEClient
from mailstore_sdk.simulator import Simulator
from tests.support.blocks import PAGES
from tests.support.processes import environ
from tests.support.project import ROOT


def test_every_link_has_a_target() -> None:
    for page in PAGES:
        for target in re.findall(r"\]\(([^)#]+)", page.read_text("utf-8")):
            assert target.startswith("https://") or (page.parent / target).exists(), f"{page.name}: {target}"


def test_every_target_that_the_text_names_exists() -> None:
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    for page in PAGES:
        assert set(re.findall(r"`make ([a-z-]+)", page.read_text("utf-8"))) <= set(targets), page.name


def test_the_glossary_names_what_the_sdk_has() -> None:
    text = (ROOT / "docs" / "glossary.md").read_text("utf-8")
    names, methods = set(re.findall(r"`([A-Z]\w+)`", text)), set(re.findall(r"[`.](\w+)\([^`]*\)`", text))
    assert len(names) > 10
    assert names <= set(mailstore_sdk.__all__)
    assert methods <= {*dir(SPEClient), *dir(Instance), *dir(Job)}


class TestTour:
    """``examples/tour.py``, which `make demo` runs on the simulator."""

    def run(self, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
        clean = {name: value for name, value in environ().items() if not name.startswith("SPE_")}
        command = [sys.executable, str(ROOT / "examples" / "tour.py"), *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=False, env={**clean, "COLUMNS": "120", **settings})

    def test_another_server_is_only_read(self, spe_simulator: Simulator) -> None:
        server = spe_simulator
        settings = {"SPE_URL": server.url, "SPE_USER": "admin", "SPE_PASSWORD": "admin", "SPE_THUMBPRINT": server.thumbprint}
        done = self.run(**settings)
        assert done.returncode == 0, done.stderr
        assert {call.function for call in server.calls} == {
            "GetEnvironmentInfo",
            "GetServiceStatus",
            "GetInstances",
            "GetUsers",
            "GetUserInfo",
        }
        self.run("--write", **settings)
        assert "VerifyStore" in {call.function for call in server.calls}

    def test_an_error_is_a_sentence_without_a_traceback(self, spe_simulator: Simulator) -> None:
        done = self.run(SPE_URL=spe_simulator.url, SPE_USER="admin", SPE_PASSWORD="wrong", SPE_THUMBPRINT=spe_simulator.thumbprint)
        assert done.returncode == 1
        assert "AuthenticationError: GetEnvironmentInfo: the server does not accept the user name or password" in done.stdout
        assert "Traceback" not in done.stdout + done.stderr
        done = self.run(SPE_URL="localhost")
        assert done.returncode == 1
        assert "set SPE_USER and SPE_PASSWORD too" in done.stderr
