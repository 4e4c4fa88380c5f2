"""Folders: models and enums.

Generated from spec/types/folders.yaml; change the catalogue and run ``make generate``.
"""

from mailstore_sdk.runtime.model import Model


class FolderStatistic(Model):
    """The size of one folder.

    Evidence: consumed-by-code (util2020, marketplace-api).
    """

    folder: str
    """Path of the folder, parts separated by /; the first part is the user's archive."""
    size: int
    """Size of the folder. Unit: bytes."""
