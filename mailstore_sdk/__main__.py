"""``python -m mailstore_sdk``: the command line."""

from mailstore_sdk.cli import main

main()
