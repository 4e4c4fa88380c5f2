"""The commands of ``mailstore-codegen``."""

import atexit
import gc
import sys


def main() -> None:
    """Run the command line; if its extra is missing, say what to install."""
    try:
        from mailstore_codegen.cli.project import main as run
    except ModuleNotFoundError as error:
        missing = (error.name or "").partition(".")[0]
        if missing in ("", "mailstore_codegen", "mailstore_sdk"):
            raise
        sys.exit(f"mailstore-codegen needs {missing}: pip install 'mailstore-sdk[codegen]'")
    # The process is short: searching its memory for cycles takes time and frees nothing.
    gc.disable()
    atexit.register(gc.freeze)
    run()
