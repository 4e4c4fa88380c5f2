"""Compliance and retention: models and enums.

Generated from spec/types/compliance.yaml; change the catalogue and run ``make generate``.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from mailstore_sdk.runtime.model import Model, StrEnum


class UserActivity(StrEnum):
    """An action of a user that can be logged.

    Evidence: printed-sample (live25.3).
    """

    COMPLIANCE_CHANGE_SETTINGS = "ComplianceChangeSettings"
    CREDENTIALS_ADD = "CredentialsAdd"
    CREDENTIALS_CHANGE = "CredentialsChange"
    CREDENTIALS_DELETE = "CredentialsDelete"
    PROFILE_CHANGE_USER_NAME = "ProfileChangeUserName"
    RECOVER_STORE_FINISH = "RecoverStoreFinish"
    RECOVER_STORE_START = "RecoverStoreStart"
    RETENTION_POLICIES_MESSAGE_DELETE = "RetentionPoliciesMessageDelete"
    RETENTION_POLICIES_PROCESS_START = "RetentionPoliciesProcessStart"
    RETENTION_POLICIES_UPDATE = "RetentionPoliciesUpdate"
    SESSION_LOGIN = "SessionLogin"
    SESSION_LOGOUT = "SessionLogout"
    SESSION_UNLOCK_WITH_MFA_CODE = "SessionUnlockWithMfaCode"
    USER_ADD = "UserAdd"
    USER_APP_PASSWORD_ADD = "UserAppPasswordAdd"
    USER_APP_PASSWORD_DELETE = "UserAppPasswordDelete"
    USER_DELETE = "UserDelete"
    USER_DISABLE_MFA = "UserDisableMFA"
    USER_INITIALIZE_MFA = "UserInitializeMFA"
    USER_RENAME = "UserRename"
    USER_SET_ARCHIVE_ADMIN_SET_ENABLED = "UserSetArchiveAdminSetEnabled"
    USER_SET_FOLDER_ACCESS = "UserSetFolderAccess"
    USER_SET_MAPPINGS = "UserSetMappings"
    USER_SET_PASSWORD = "UserSetPassword"
    USER_UPDATE = "UserUpdate"

    if TYPE_CHECKING:
        _UNLISTED = "…"
        """Any text that the catalogue does not know: no comparison with the known ones is exhaustive."""


class ComplianceConfiguration(Model):
    """Legal hold, and which successful user actions are logged. More fields may exist; they are kept as received.

    Evidence: printed-sample (live25.3).
    """

    legal_hold_enabled: Annotated[bool, Field(alias="legalHoldEnabled")]
    """Whether legal hold is on."""
    log_successful_user_activities: Annotated[list[UserActivity], Field(alias="logSuccessfulUserActivities")]
    """The actions that are logged when they succeed."""

    if TYPE_CHECKING:

        def __init__(
            self,
            *,
            legal_hold_enabled: bool,
            log_successful_user_activities: Sequence[
                UserActivity
                | Literal[
                    "ComplianceChangeSettings",
                    "CredentialsAdd",
                    "CredentialsChange",
                    "CredentialsDelete",
                    "ProfileChangeUserName",
                    "RecoverStoreFinish",
                    "RecoverStoreStart",
                    "RetentionPoliciesMessageDelete",
                    "RetentionPoliciesProcessStart",
                    "RetentionPoliciesUpdate",
                    "SessionLogin",
                    "SessionLogout",
                    "SessionUnlockWithMfaCode",
                    "UserAdd",
                    "UserAppPasswordAdd",
                    "UserAppPasswordDelete",
                    "UserDelete",
                    "UserDisableMFA",
                    "UserInitializeMFA",
                    "UserRename",
                    "UserSetArchiveAdminSetEnabled",
                    "UserSetFolderAccess",
                    "UserSetMappings",
                    "UserSetPassword",
                    "UserUpdate",
                ]
            ],
        ) -> None:
            """Strings are accepted in place of enum members; a field that may be null may be left out."""


class RetentionPeriodUnit(StrEnum):
    """The unit of a retention period.

    Evidence: consumed-by-code (docscript-srv).
    """

    DAY = "day"
    MONTH = "month"
    YEAR = "year"

    if TYPE_CHECKING:
        _UNLISTED = "…"
        """Any text that the catalogue does not know: no comparison with the known ones is exhaustive."""


class RetentionReferenceDate(StrEnum):
    """The date that a retention period is counted from.

    ArchiveDate: The day of archiving. The one script that reads it takes any other text for the date of the
    message.

    Evidence: consumed-by-code (docscript-srv).
    """

    ARCHIVE_DATE = "ArchiveDate"

    if TYPE_CHECKING:
        _UNLISTED = "…"
        """Any text that the catalogue does not know: no comparison with the known ones is exhaustive."""


class RetentionSearchCriteria(Model):
    """Which messages a retention policy applies to. More fields may exist; they are kept as received.

    Evidence: consumed-by-code (docscript-srv).
    """

    from_: Annotated[str | None, Field(alias="from")] = None
    """Sender."""
    to: str | None = None
    """Recipient."""
    query: str | None = None
    """Words to search for."""
    excluded_archives: Annotated[list[str] | None, Field(alias="excludedArchives")] = None
    """Archives to exclude."""

    if TYPE_CHECKING:

        def __init__(
            self,
            *,
            from_: str | None = None,
            to: str | None = None,
            query: str | None = None,
            excluded_archives: Sequence[str] | None = None,
        ) -> None:
            """Strings are accepted in place of enum members; a field that may be null may be left out."""


class RetentionPolicy(Model):
    """Which messages are kept, and for how long. More fields may exist; they are kept as received.

    Evidence: consumed-by-code (docscript-srv).
    """

    name: str
    """Name of the policy."""
    enabled: bool
    """Whether it is applied."""
    period: int
    """How long messages are kept, in units of periodInterval."""
    period_interval: Annotated[RetentionPeriodUnit, Field(alias="periodInterval")]
    """The unit of the period."""
    reference_date_type: Annotated[RetentionReferenceDate, Field(alias="referenceDateType")]
    """The date that the period is counted from."""
    delete: bool
    """Whether messages are deleted when the period is over."""
    search_criteria: Annotated[RetentionSearchCriteria | None, Field(alias="searchCriteria")]
    """Which messages it applies to."""

    if TYPE_CHECKING:

        def __init__(
            self,
            *,
            name: str,
            enabled: bool,
            period: int,
            period_interval: RetentionPeriodUnit | Literal["day", "month", "year"],
            reference_date_type: RetentionReferenceDate | Literal["ArchiveDate"],
            delete: bool,
            search_criteria: RetentionSearchCriteria | None = None,
        ) -> None:
            """Strings are accepted in place of enum members; a field that may be null may be left out."""
