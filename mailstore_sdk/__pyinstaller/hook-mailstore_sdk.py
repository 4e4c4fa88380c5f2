"""Collects what PyInstaller cannot see: data files, and modules that are imported by their names when they are used."""

# ruff: noqa: N999 - PyInstaller finds a hook by this name

from PyInstaller.utils.hooks import collect_data_files, collect_submodules  # type: ignore[import-untyped] # it has no types

datas = collect_data_files("mailstore_sdk")
hiddenimports = collect_submodules("mailstore_sdk", filter=lambda name: not name.endswith(("__pyinstaller", ".pytest_plugin")))
# Libraries of the extras, which are imported when they are first used.
hiddenimports += ["httpx", "jinja2", "jmespath", "keyring", "platformdirs", "rich", "tomlkit", "yaml"]
