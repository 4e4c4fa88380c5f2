"""Profiles and their runs: models and enums.

Generated from spec/types/profiles.yaml; change the catalogue and run ``make generate``.
"""

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, JsonValue

from mailstore_sdk.runtime.model import CallDatetime, Model, SecretText, StrEnum


class ProfileConnector(StrEnum):
    """What a profile connects to. Other values exist; their texts are not public.

    Evidence: consumed-by-code (util2020, docscript-srv).
    """

    IMAP = "IMAP"

    if TYPE_CHECKING:
        _UNLISTED = "…"
        """Any text that the catalogue does not know: no comparison with the known ones is exhaustive."""


class ProfileDetails(Model):
    """The settings of a profile's connector. They depend on the connector; unlisted ones are kept as received.

    Evidence: consumed-by-code (util2020).
    """

    host: str | None = None
    """Host name of the mail server."""
    user_name: Annotated[str | None, Field(alias="userName")] = None
    """Account at the mail server."""
    password: SecretText | None = None
    """Password of that account; to be filled in before a profile is created or run."""
    email_address: Annotated[str | None, Field(alias="emailAddress")] = None
    """Address of the mailbox."""
    protocol: JsonValue | None = None
    """Protocol of the mail server; a string is assumed."""
    target_user_folder: Annotated[str | None, Field(alias="targetUserFolder")] = None
    """The user's archive that messages go to."""
    delete_in_mailbox: Annotated[str | None, Field(alias="deleteInMailbox")] = None
    """Whether messages are deleted in the mailbox: never, immediately, or a string that begins with if-older-than."""
    disable_auto_exclude_source_folders: Annotated[JsonValue | None, Field(alias="disableAutoExcludeSourceFolders")] = (
        None
    )
    """Sent as '0'."""
    disable_automatic_detection_of_sent_folders: Annotated[
        JsonValue | None, Field(alias="disableAutomaticDetectionOfSentFolders")
    ] = None
    """Sent as '0'."""
    exclude_un_read: Annotated[JsonValue | None, Field(alias="excludeUnRead")] = None
    """Sent as '0'."""
    ignore_ssl_policy_errors: Annotated[JsonValue | None, Field(alias="ignoreSSLPolicyErrors")] = None
    """Sent as '1'."""
    sub_type: Annotated[JsonValue | None, Field(alias="subType")] = None
    """Sent as '0'."""
    timeout: JsonValue | None = None
    """Sent as '0'."""

    if TYPE_CHECKING:

        def __init__(
            self,
            *,
            host: str | None = None,
            user_name: str | None = None,
            password: SecretText | None = None,
            email_address: str | None = None,
            protocol: JsonValue | None = None,
            target_user_folder: str | None = None,
            delete_in_mailbox: str | None = None,
            disable_auto_exclude_source_folders: JsonValue | None = None,
            disable_automatic_detection_of_sent_folders: JsonValue | None = None,
            exclude_un_read: JsonValue | None = None,
            ignore_ssl_policy_errors: JsonValue | None = None,
            sub_type: JsonValue | None = None,
            timeout: JsonValue | None = None,
        ) -> None:
            """Strings are accepted in place of enum members; a field that may be null may be left out."""


class ProfileServerSideExecution(Model):
    """How the server runs a profile on a schedule.

    Evidence: consumed-by-code (util2020, docscript-srv, prtg2026, wrapper2024).
    """

    automatic: bool
    """Whether the server runs it repeatedly."""
    automatic_pause_between_executions: Annotated[int | None, Field(alias="automaticPauseBetweenExecutions")] = None
    """Pause from the end of a run to the start of the next. Unit: seconds."""
    automatic_maintenance_windows: Annotated[str | None, Field(alias="automaticMaintenanceWindows")] = None
    """A span hh:mm-hh:mm in which no run starts. Since 22.4. Evidence: inferred (help-spe)."""

    if TYPE_CHECKING:

        def __init__(
            self,
            *,
            automatic: bool,
            automatic_pause_between_executions: int | None = None,
            automatic_maintenance_windows: str | None = None,
        ) -> None:
            """Strings are accepted in place of enum members; a field that may be null may be left out."""


class ProfileType(StrEnum):
    """Whether a profile archives or exports.

    I: It archives. The letter of export profiles is not known.

    Evidence: consumed-by-code (util2020).
    """

    I = "I"

    if TYPE_CHECKING:
        _UNLISTED = "…"
        """Any text that the catalogue does not know: no comparison with the known ones is exhaustive."""


class Profile(Model):
    """An archiving or export profile. More fields may exist; they are kept as received.

    Evidence: consumed-by-code (util2020, docscript-srv, prtg2026, wrapper2024).
    """

    id: int | None = None
    """Number of the profile; left out in a new one."""
    version: JsonValue | None = None
    """A version of the profile, of unknown type; left out in a new one. Evidence: documented (help-spe)."""
    name: str
    """Name of the profile."""
    owner: str
    """Owner of the profile. Evidence: consumed-by-code (util2020)."""
    type: ProfileType
    """Whether it archives or exports."""
    connector: ProfileConnector
    """What it connects to."""
    details: ProfileDetails
    """The settings of the connector."""
    server_side_execution: Annotated[ProfileServerSideExecution | None, Field(alias="serverSideExecution")] = None
    """How the server runs it on a schedule; two scripts handle null."""

    if TYPE_CHECKING:

        def __init__(
            self,
            *,
            id: int | None = None,
            version: JsonValue | None = None,
            name: str,
            owner: str,
            type: ProfileType | Literal["I"],
            connector: ProfileConnector | Literal["IMAP"],
            details: ProfileDetails,
            server_side_execution: ProfileServerSideExecution | None = None,
        ) -> None:
            """Strings are accepted in place of enum members; a field that may be null may be left out."""


class WorkerResultStatus(StrEnum):
    """How a run of a profile ended.

    Evidence: consumed-by-code (live25.3, monitors, marketplace-api).
    """

    SUCCEEDED = "succeeded"
    COMPLETED_WITH_WARNINGS = "completedWithWarnings"
    COMPLETED_WITH_ERRORS = "completedWithErrors"
    FAILED = "failed"
    CANCELLED = "cancelled"
    DISCONNECTED = "disconnected"
    THREAD_ABORT = "threadAbort"

    if TYPE_CHECKING:
        _UNLISTED = "…"
        """Any text that the catalogue does not know: no comparison with the known ones is exhaustive."""


class WorkerResult(Model):
    """One run of an archiving or export profile.

    Evidence: printed-sample (live25.3, monitors).
    """

    id: int
    """Number of the run."""
    user_name: Annotated[str, Field(alias="userName")]
    """The user for whom it ran."""
    profile_id: Annotated[int | None, Field(alias="profileId")] = None
    """Number of the profile; absent if the run had no stored profile, as presumably runs from a client do."""
    profile_name: Annotated[str | None, Field(alias="profileName")] = None
    """Name of the profile; absent together with its number."""
    result: WorkerResultStatus
    """How the run ended."""
    items_archived: Annotated[int, Field(alias="itemsArchived")]
    """How many messages were archived. Unit: messages."""
    start_time: Annotated[CallDatetime, Field(alias="startTime")]
    """Start, in the requested time zone."""
    complete_time: Annotated[CallDatetime | None, Field(alias="completeTime")]
    """End, in the requested time zone."""
    machine_name: Annotated[str, Field(alias="machineName")]
    """Machine that the profile ran on."""
