"""The commands of ``mailstore-codegen``."""

import sys


def main() -> None:
    """Run the command line."""
    try:
        from mailstore_codegen.cli.project import main as run
    except ModuleNotFoundError as error:
        sys.exit(f"mailstore-codegen needs {error.name}: pip install 'mailstore-sdk[codegen]'")
    run()
