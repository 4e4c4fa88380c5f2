"""Processes that tests start and that would only be slowed by measuring coverage in them."""

import os


def environ(**changes: str) -> dict[str, str]:
    """The environment without what makes a process measure its coverage."""
    return {name: value for name, value in os.environ.items() if not name.startswith("COV")} | changes
