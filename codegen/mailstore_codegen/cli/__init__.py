"""The commands of ``mailstore-codegen``."""

import sys


def main() -> None:
    """Run the command line; without its extra, say what to install."""
    try:
        from mailstore_codegen.cli.project import main as run
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] in ("mailstore_codegen", "mailstore_sdk"):
            raise
        sys.exit(f"mailstore-codegen needs {error.name.partition(".")[0]}: pip install 'mailstore-sdk[codegen]'")
    run()
