"""Archive stores: models and enums.

Generated from spec/types/stores.yaml; change the catalogue and run ``make generate``.
"""

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from mailstore_sdk.runtime.model import Model, StrEnum


class StoreState(StrEnum):
    """The requested state of an archive store.

    current: As normal, and new messages are archived here.

    normal: Available to users, who may change it if they have the privilege.

    writeProtected: Available to users, but no message or folder in it can be deleted, moved or renamed.

    disabled: Not in use; the instance knows the store, but users cannot reach its messages.

    Evidence: documented (live25.3, wrapper2014, wrapper2024, psgen2024, help-spe).
    """

    CURRENT = "current"
    NORMAL = "normal"
    WRITE_PROTECTED = "writeProtected"
    DISABLED = "disabled"

    if TYPE_CHECKING:
        _UNLISTED = "…"
        """Any text that the catalogue does not know: no comparison with the known ones is exhaustive."""


class Store(Model):
    """One archive store of an instance.

    Evidence: printed-sample (live25.3, zabbix6.2, stored25.3).
    """

    id: int
    """Number of the store."""
    name: str
    """Name of the store."""
    requested_state: Annotated[StoreState, Field(alias="requestedState")]
    """The requested state."""
    error: str | None
    """Why it is not in that state; null if there is no error."""
    statistics_count: Annotated[int | None, Field(alias="statisticsCount")]
    """How many messages it holds. Unit: messages."""
    statistics_size: Annotated[int | None, Field(alias="statisticsSize")]
    """Size with database, messages and indexes; its value without includeSize is not known. Unit: bytes."""
    needs_upgrade: Annotated[bool, Field(alias="needsUpgrade")]
    """Whether its database is of an older version."""
    search_indexes_need_rebuild: Annotated[bool, Field(alias="searchIndexesNeedRebuild")]
    """Whether searches miss messages until the indexes are rebuilt."""
    database_path: Annotated[str | None, Field(alias="databasePath")]
    """Folder of the database on the instance host."""
    content_path: Annotated[str | None, Field(alias="contentPath")]
    """Folder of the messages on the instance host."""
    index_path: Annotated[str | None, Field(alias="indexPath")]
    """Folder of the full-text indexes on the instance host."""
