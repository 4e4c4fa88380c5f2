"""Paths of the project and of the test data."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
GENERATED = ROOT / "mailstore_sdk" / "_generated"
SPEC = ROOT / "spec"
SAMPLES = ROOT / "tests" / "support" / "samples"
"""Replies of real servers, as published."""
