"""``python -m mailstore_sdk.cli``."""

from mailstore_sdk.cli import main

main()
