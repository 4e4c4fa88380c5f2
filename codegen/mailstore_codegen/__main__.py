"""``python -m mailstore_codegen``."""

from mailstore_codegen.cli import main

main()
