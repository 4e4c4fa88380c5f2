"""``python -m mailstore_sdk``: the command line ``mailstore``."""

from mailstore_sdk.cli import main

main()
