"""Rules that one entry alone cannot show: references, collisions, examples, versions, wording.

What they accept is what the later stages can take: it is generated, imports, and means what it says.
"""

from mailstore_codegen.catalogue import lint_functions, lint_names, lint_types
from mailstore_codegen.catalogue.model import Sources
from mailstore_codegen.catalogue.rules import Rules
from mailstore_codegen.catalogue.yaml_file import Fault


def lint(sources: Sources) -> list[Fault]:
    """Return every fault that the files have together."""
    rules = Rules(sources)
    faults = [fault for rule in (*lint_names.FIRST, *lint_types.FIRST) for fault in rule(rules)]
    # The other rules follow references and names, so they would fail on the faults that the first rules find.
    return faults or [fault for rule in (*lint_names.THEN, *lint_types.THEN, *lint_functions.RULES) for fault in rule(rules)]
