"""Instances: models and enums.

Generated from spec/types/instances.yaml; change the catalogue and run ``make generate``.
"""

from typing import Annotated

from pydantic import Field

from mailstore_sdk.model import Model, StrEnum


class InstanceStartMode(StrEnum):
    """When an instance starts. Other values exist; their texts are not public.

    automatic: With its instance host.

    Evidence: printed-sample (live25.3).
    """

    AUTOMATIC = "automatic"


class InstanceStatus(StrEnum):
    """What an instance is doing. Other values exist; their texts are not public.

    Evidence: printed-sample (live25.3).
    """

    RUNNING = "running"


class InstanceConfiguration(Model):
    """How an instance is set up.

    Evidence: printed-sample (help-spe, live25.3).
    """

    instance_id: Annotated[str, Field(alias="instanceID")]
    """The id that all other functions name the instance by."""
    alias: str | None
    """Name that users log in with."""
    display_name: Annotated[str | None, Field(alias="displayName")]
    """Name for people."""
    instance_host: Annotated[str, Field(alias="instanceHost")]
    """Host name of the instance host that it runs on."""
    start_mode: Annotated[InstanceStartMode, Field(alias="startMode")]
    """When it starts."""
    base_directory: Annotated[str | None, Field(alias="baseDirectory")]
    """Folder on the instance host."""
    debug_log_enabled: Annotated[bool, Field(alias="debugLogEnabled")]
    """Whether it writes a debug log."""
    imap_server_connection_log_enabled: Annotated[bool | None, Field(alias="imapServerConnectionLogEnabled")] = None
    """Whether connections to its IMAP server are logged. Since 24.4."""
    vss_writer_enabled: Annotated[bool, Field(alias="vssWriterEnabled")]
    """Whether it takes part in backups through Windows' shadow copies."""
    vss_writer_exclude_indexes: Annotated[bool | None, Field(alias="vssWriterExcludeIndexes")] = None
    """Whether such backups leave the full-text indexes out. Since 24.4."""


class InstanceInfo(Model):
    """One instance and its state.

    Evidence: printed-sample (live25.3, zabbix6.2).
    """

    instance_id: Annotated[str, Field(alias="instanceID")]
    """The id that all other functions name the instance by."""
    alias: str | None
    """Name that users log in with."""
    display_name: Annotated[str | None, Field(alias="displayName")]
    """Name for people."""
    instance_host: Annotated[str, Field(alias="instanceHost")]
    """Host name of the instance host that it runs on."""
    start_mode: Annotated[InstanceStartMode, Field(alias="startMode")]
    """When it starts."""
    process_id: Annotated[int | None, Field(alias="processID")]
    """Process of the running instance; null while it is stopped is likely but was not seen."""
    status: InstanceStatus
    """What it is doing."""
    start_stop_error: Annotated[str | None, Field(alias="startStopError")]
    """Why the last start or stop failed; null in all seen."""
