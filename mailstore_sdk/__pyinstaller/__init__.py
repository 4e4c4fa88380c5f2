"""The hook for PyInstaller, which finds it by an entry point."""

from pathlib import Path


def get_hook_dirs() -> list[str]:
    """Return the folder with the hooks."""
    return [str(Path(__file__).parent)]
