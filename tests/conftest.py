"""Options and fixtures for all tests."""

import gc
import os
import signal
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.support.once import once
from tests.support.processes import environ
from tests.support.project import ROOT

# A shell ignores SIGINT for background processes, which inherit that: Ctrl-C would then have no effect in tests.
signal.signal(signal.SIGINT, signal.default_int_handler)

# One test needs eventlet, in its own process. Here sentry-sdk would import it, and it would warn about each fork.
sys.modules["eventlet"] = None  # type: ignore[assignment] # None refuses an import

# A busy machine must not fail tests, and examples must not depend on the day. To search for more examples:
# pytest --hypothesis-profile exploring
settings.register_profile("patient", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("exploring", settings.get_profile("patient"), derandomize=False, max_examples=500)
settings.load_profile("patient")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add options for longer outages and more injected faults than daily tests have time for."""
    parser.addoption("--outage", type=float, default=0.7, help="seconds that a server is away in the tests of outages (default: 0.7)")
    parser.addoption("--faults", type=int, default=300, help="faults that are injected at random (default: 300)")


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Leave out of each garbage collection what exists already: it lives as long as the tests, and takes a sixth of their time."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def outage_seconds(request: pytest.FixtureRequest) -> float:
    seconds: float = request.config.getoption("--outage")
    return seconds


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Make a skipped test fail if CI is set: there, everything that a test needs is installed."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and os.environ.get("CI"):
        report.outcome, report.longrepr = "failed", f"skipped, but CI skips no test: {report.longrepr}"
    return report


@pytest.fixture(autouse=True)
def no_options_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hide the environment's own settings from all clients."""
    for name in [name for name in os.environ if name.startswith("MAILSTORE_SPE_")]:
        monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel that would be published; the source distribution, from which it was built, is in the same folder."""

    def build(folder: Path) -> None:
        command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=environ())
        assert done.returncode == 0, done.stdout + done.stderr

    return next(once(tmp_path_factory, "wheel", build).glob("*.whl"))
