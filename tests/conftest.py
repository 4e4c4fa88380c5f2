"""What holds for all tests."""

import os

import pytest


@pytest.fixture(autouse=True)
def no_options_of_the_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment in which the tests are run gives no client anything."""
    for name in [name for name in os.environ if name.startswith("MAILSTORE_SPE_")]:
        monkeypatch.delenv(name)
