"""Instances: models and enums.

Generated from spec/types/instances.yaml; change the catalogue and run ``make generate``.
"""

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from mailstore_sdk.runtime.model import Model, StrEnum


class InstanceStartMode(StrEnum):
    """When an instance starts. Other values exist; their texts are not public.

    Evidence: printed-sample (live25.3).
    """

    AUTOMATIC = "automatic"

    if TYPE_CHECKING:
        _UNLISTED = "…"
        """Any text that the catalogue does not know: no comparison with the known ones is exhaustive."""


class InstanceConfiguration(Model):
    """Configuration of an instance.

    Evidence: printed-sample (help-spe, live25.3, marketplace-api).
    """

    instance_id: Annotated[str, Field(alias="instanceID")]
    """Id of the instance as other functions expect it."""
    alias: str | None
    """Alias of the instance; presumably unique in the installation."""
    display_name: Annotated[str | None, Field(alias="displayName")]
    """Display name."""
    instance_host: Annotated[str, Field(alias="instanceHost")]
    """Host name of the instance host that it runs on."""
    start_mode: Annotated[InstanceStartMode, Field(alias="startMode")]
    """When it starts."""
    base_directory: Annotated[str | None, Field(alias="baseDirectory")]
    """Folder on the instance host; archive stores that the server creates are subfolders of it by default."""
    debug_log_enabled: Annotated[bool, Field(alias="debugLogEnabled")]
    """Whether it writes a debug log."""
    imap_server_connection_log_enabled: Annotated[bool | None, Field(alias="imapServerConnectionLogEnabled")] = None
    """Whether connections to its IMAP server are logged. Since 24.4."""
    vss_writer_enabled: Annotated[bool, Field(alias="vssWriterEnabled")]
    """Whether it takes part in backups through Windows' shadow copies."""
    vss_writer_exclude_indexes: Annotated[bool | None, Field(alias="vssWriterExcludeIndexes")] = None
    """Whether such backups exclude the full-text indexes. Since 24.4."""

    if TYPE_CHECKING:

        def __init__(
            self,
            *,
            instance_id: str,
            alias: str | None = None,
            display_name: str | None = None,
            instance_host: str,
            start_mode: InstanceStartMode | Literal["automatic"],
            base_directory: str | None = None,
            debug_log_enabled: bool,
            imap_server_connection_log_enabled: bool | None = None,
            vss_writer_enabled: bool,
            vss_writer_exclude_indexes: bool | None = None,
        ) -> None:
            """Strings are accepted in place of enum members; a field that may be null may be left out."""


class InstanceStatus(StrEnum):
    """State of an instance. Other values exist; their texts are not public.

    Evidence: printed-sample (live25.3, marketplace-api).
    """

    RUNNING = "running"

    if TYPE_CHECKING:
        _UNLISTED = "…"
        """Any text that the catalogue does not know: no comparison with the known ones is exhaustive."""


class InstanceInfo(Model):
    """One instance and its state.

    Evidence: printed-sample (live25.3, zabbix6.2).
    """

    instance_id: Annotated[str, Field(alias="instanceID")]
    """Id of the instance as other functions expect it."""
    alias: str | None
    """Alias of the instance; presumably unique in the installation."""
    display_name: Annotated[str | None, Field(alias="displayName")]
    """Display name."""
    instance_host: Annotated[str, Field(alias="instanceHost")]
    """Host name of the instance host that it runs on."""
    start_mode: Annotated[InstanceStartMode, Field(alias="startMode")]
    """When it starts."""
    process_id: Annotated[int | None, Field(alias="processID")]
    """Process of the running instance; null while it is stopped is likely but was not seen."""
    status: InstanceStatus
    """State of the instance."""
    start_stop_error: Annotated[str | None, Field(alias="startStopError")]
    """Why the last start or stop failed; null in all observed replies."""


class InstanceProcessLiveStatistics(Model):
    """Counters of the process that runs an instance. Those called total have been counting since the process
    started.

    Evidence: printed-sample (live25.3).
    """

    process_unique_id: Annotated[str, Field(alias="processUniqueID")]
    """Id of the process (GUID, lower case)."""
    timestamp: int
    """When the counters were read. Unit: milliseconds since 1970 in UTC."""
    total_processor_milliseconds: Annotated[int, Field(alias="totalProcessorMilliseconds")]
    """Processor time. Unit: milliseconds."""
    total_io_read_bytes: Annotated[int, Field(alias="totalIOReadBytes")]
    """Bytes read. Unit: bytes."""
    total_io_write_bytes: Annotated[int, Field(alias="totalIOWriteBytes")]
    """Bytes written. Unit: bytes."""
    total_io_other_bytes: Annotated[int, Field(alias="totalIOOtherBytes")]
    """Bytes of other input and output. Unit: bytes."""
    total_remote_procedure_calls: Annotated[int, Field(alias="totalRemoteProcedureCalls")]
    """Remote procedure calls. Unit: calls."""
    total_messages_archived: Annotated[int, Field(alias="totalMessagesArchived")]
    """Messages archived. Unit: messages."""
    total_messages_checked: Annotated[int, Field(alias="totalMessagesChecked")]
    """Messages checked. Unit: messages."""
    current_private_memory_bytes: Annotated[int, Field(alias="currentPrivateMemoryBytes")]
    """Private memory of the process now. Unit: bytes."""


class InstanceStatistics(Model):
    """Size of an instance. One MB is 1,048,576 bytes.

    Evidence: printed-sample (live25.3).
    """

    total_size_mb: Annotated[int, Field(alias="totalSizeMB")]
    """Total size; the sum of the other three in all observed replies. Unit: MB."""
    database_file_size_mb: Annotated[int, Field(alias="databaseFileSizeMB")]
    """Size of the databases. Unit: MB."""
    content_file_size_mb: Annotated[int, Field(alias="contentFileSizeMB")]
    """Size of the messages. Unit: MB."""
    index_file_size_mb: Annotated[int, Field(alias="indexFileSizeMB")]
    """Size of the full-text indexes. Unit: MB."""
    number_of_messages: Annotated[int, Field(alias="numberOfMessages")]
    """Messages in all stores together. Unit: messages."""
