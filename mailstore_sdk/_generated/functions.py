"""What the runtime knows of each function: its arguments on the wire, its effect, the type of its result.

Generated from spec/functions/; change the catalogue and run ``make generate``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailstore_sdk._generated import models
from mailstore_sdk.function import Argument, Effect, Function

if TYPE_CHECKING:
    from collections.abc import Mapping

CREATE_SYSTEM_ADMINISTRATOR: Function[None] = Function(
    "CreateSystemAdministrator",
    Effect.MUTATING,
    result=lambda: None,
    arguments=(
        Argument("config", "json", required=True),
        Argument("password", "string", required=True, secret=True),
    ),
    since="9.0",
)
CREATE_SYSTEM_ADMINISTRATOR_API_PASSWORD: Function[str] = Function(
    "CreateSystemAdministratorAPIPassword",
    Effect.MUTATING,
    result=lambda: str,
    since="24.4",
)
DEACTIVATE_SYSTEM_ADMINISTRATOR_MFA: Function[None] = Function(
    "DeactivateSystemAdministratorMFA",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(Argument("userName", "string", required=True),),
    since="22.4",
)
DELETE_SYSTEM_ADMINISTRATOR: Function[None] = Function(
    "DeleteSystemAdministrator",
    Effect.DESTRUCTIVE,
    result=lambda: None,
    arguments=(Argument("userName", "string", required=True),),
    since="9.0",
)
GET_SYSTEM_ADMINISTRATORS: Function[list[models.SystemAdministrator]] = Function(
    "GetSystemAdministrators",
    Effect.READ,
    result=lambda: list[models.SystemAdministrator],
    since="9.0",
)
INITIALIZE_SYSTEM_ADMINISTRATOR_MFA: Function[models.JsonValue] = Function(
    "InitializeSystemAdministratorMFA",
    Effect.MUTATING,
    result=lambda: models.JsonValue,
    arguments=(Argument("userName", "string", required=True),),
    since="22.4",
)
SET_SYSTEM_ADMINISTRATOR_CONFIGURATION: Function[None] = Function(
    "SetSystemAdministratorConfiguration",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(Argument("config", "json", required=True),),
    since="9.0",
)
SET_SYSTEM_ADMINISTRATOR_PASSWORD: Function[None] = Function(
    "SetSystemAdministratorPassword",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(
        Argument("userName", "string", required=True),
        Argument("password", "string", required=True, secret=True),
    ),
    since="9.0",
)
CREATE_CLIENT_ACCESS_SERVER: Function[None] = Function(
    "CreateClientAccessServer",
    Effect.MUTATING,
    result=lambda: None,
    arguments=(Argument("config", "json", required=True),),
    since="9.0",
)
DELETE_CLIENT_ACCESS_SERVER: Function[None] = Function(
    "DeleteClientAccessServer",
    Effect.DESTRUCTIVE,
    result=lambda: None,
    arguments=(Argument("serverName", "string", required=True),),
    since="9.0",
)
GET_CLIENT_ACCESS_SERVERS: Function[list[models.ClientAccessServer]] = Function(
    "GetClientAccessServers",
    Effect.READ,
    result=lambda: list[models.ClientAccessServer],
    arguments=(
        Argument("serverNameFilter", "string"),
        Argument("withServiceStatus", "boolean", required=True),
    ),
    since="9.0",
)
SET_CLIENT_ACCESS_SERVER_CONFIGURATION: Function[None] = Function(
    "SetClientAccessServerConfiguration",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(Argument("config", "json", required=True),),
    since="9.0",
)
GET_COMPLIANCE_CONFIGURATION: Function[models.ComplianceConfiguration] = Function(
    "GetComplianceConfiguration",
    Effect.READ,
    result=lambda: models.ComplianceConfiguration,
    arguments=(Argument("instanceID", "string", required=True),),
    since="9.0",
)
GET_RETENTION_POLICIES: Function[list[models.RetentionPolicy]] = Function(
    "GetRetentionPolicies",
    Effect.READ,
    result=lambda: list[models.RetentionPolicy],
    arguments=(Argument("instanceID", "string", required=True),),
    since="12.0",
)
PROCESS_RETENTION_POLICIES: Function[models.JsonValue] = Function(
    "ProcessRetentionPolicies",
    Effect.DESTRUCTIVE,
    result=lambda: models.JsonValue,
    arguments=(Argument("instanceID", "string", required=True),),
    long_running=True,
    since="12.0",
)
SET_COMPLIANCE_CONFIGURATION: Function[None] = Function(
    "SetComplianceConfiguration",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("config", "json", required=True),
    ),
    since="9.0",
)
SET_RETENTION_POLICIES: Function[None] = Function(
    "SetRetentionPolicies",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("config", "json", required=True),
    ),
    since="12.0",
)
CREATE_CREDENTIAL: Function[models.JsonValue] = Function(
    "CreateCredential",
    Effect.MUTATING,
    result=lambda: models.JsonValue,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("type", "string", required=True, enum=lambda: models.CredentialType),
        Argument("description", "string", required=True),
        Argument("tenantId", "string"),
        Argument("applicationId", "string"),
    ),
    since="25.3",
)
DELETE_CREDENTIAL: Function[None] = Function(
    "DeleteCredential",
    Effect.DESTRUCTIVE,
    result=lambda: None,
    arguments=(Argument("instanceID", "string", required=True),),
    since="25.3",
)
GET_CREDENTIALS: Function[list[models.Credential]] = Function(
    "GetCredentials",
    Effect.READ,
    result=lambda: list[models.Credential],
    arguments=(Argument("instanceID", "string", required=True),),
    since="24.4",
)
GET_CREDENTIAL_SETTINGS: Function[models.JsonValue] = Function(
    "GetCredentialSettings",
    Effect.READ,
    result=lambda: models.JsonValue,
    arguments=(Argument("instanceID", "string", required=True),),
    since="25.3",
)
SET_CREDENTIAL_SETTINGS: Function[None] = Function(
    "SetCredentialSettings",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(Argument("instanceID", "string", required=True),),
    since="25.3",
)
GET_DIRECTORY_SERVICES_CONFIGURATION: Function[models.DirectoryServicesConfiguration] = Function(
    "GetDirectoryServicesConfiguration",
    Effect.READ,
    result=lambda: models.DirectoryServicesConfiguration,
    arguments=(Argument("instanceID", "string", required=True),),
    since="9.0",
)
SET_DIRECTORY_SERVICES_CONFIGURATION: Function[None] = Function(
    "SetDirectoryServicesConfiguration",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("config", "json", required=True),
    ),
    since="9.0",
)
SYNC_USERS_WITH_DIRECTORY_SERVICES: Function[models.JsonValue] = Function(
    "SyncUsersWithDirectoryServices",
    Effect.MUTATING,
    result=lambda: models.JsonValue,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("dryRun", "boolean"),
    ),
    long_running=True,
    since="9.0",
)
DELETE_EMPTY_FOLDERS: Function[models.JsonValue] = Function(
    "DeleteEmptyFolders",
    Effect.DESTRUCTIVE,
    result=lambda: models.JsonValue,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("folder", "string"),
    ),
    long_running=True,
    since="9.0",
)
GET_CHILD_FOLDERS: Function[models.JsonValue] = Function(
    "GetChildFolders",
    Effect.READ,
    result=lambda: models.JsonValue,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("folder", "string"),
        Argument("maxLevels", "integer"),
    ),
    since="9.0",
)
GET_FOLDER_STATISTICS: Function[list[models.FolderStatistic]] = Function(
    "GetFolderStatistics",
    Effect.READ,
    result=lambda: list[models.FolderStatistic],
    arguments=(Argument("instanceID", "string", required=True),),
    since="9.0",
)
MOVE_FOLDER: Function[None] = Function(
    "MoveFolder",
    Effect.MUTATING,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("fromFolder", "string", required=True),
        Argument("toFolder", "string", required=True),
    ),
    since="9.0",
)
CREATE_DIRECTORY_ON_INSTANCE_HOST: Function[None] = Function(
    "CreateDirectoryOnInstanceHost",
    Effect.MUTATING,
    result=lambda: None,
    arguments=(
        Argument("serverName", "string", required=True),
        Argument("path", "string", required=True),
    ),
    since="9.0",
)
CREATE_INSTANCE_HOST: Function[None] = Function(
    "CreateInstanceHost",
    Effect.MUTATING,
    result=lambda: None,
    arguments=(Argument("config", "json", required=True),),
    since="9.0",
)
DELETE_INSTANCE_HOST: Function[None] = Function(
    "DeleteInstanceHost",
    Effect.DESTRUCTIVE,
    result=lambda: None,
    arguments=(Argument("serverName", "string", required=True),),
    since="9.0",
)
GET_DIRECTORIES_ON_INSTANCE_HOST: Function[models.JsonValue] = Function(
    "GetDirectoriesOnInstanceHost",
    Effect.READ,
    result=lambda: models.JsonValue,
    arguments=(
        Argument("serverName", "string", required=True),
        Argument("path", "string"),
    ),
    since="9.0",
)
GET_INSTANCE_HOSTS: Function[list[models.InstanceHost]] = Function(
    "GetInstanceHosts",
    Effect.READ,
    result=lambda: list[models.InstanceHost],
    arguments=(Argument("serverNameFilter", "string"),),
    since="9.0",
)
SET_INSTANCE_HOST_CONFIGURATION: Function[None] = Function(
    "SetInstanceHostConfiguration",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(Argument("config", "json", required=True),),
    since="9.0",
)
CREATE_INSTANCE: Function[models.JsonValue] = Function(
    "CreateInstance",
    Effect.MUTATING,
    result=lambda: models.JsonValue,
    arguments=(Argument("config", "json", required=True),),
    long_running=True,
    since="9.0",
)
DELETE_INSTANCES: Function[None] = Function(
    "DeleteInstances",
    Effect.DESTRUCTIVE,
    result=lambda: None,
    arguments=(Argument("instanceFilter", "string", required=True),),
    long_running=True,
    since="9.0",
)
FREEZE_INSTANCES: Function[models.JsonValue] = Function(
    "FreezeInstances",
    Effect.IDEMPOTENT,
    result=lambda: models.JsonValue,
    arguments=(Argument("instanceFilter", "string", required=True),),
    long_running=True,
    since="9.0",
)
GET_INSTANCE_CONFIGURATION: Function[models.InstanceConfiguration] = Function(
    "GetInstanceConfiguration",
    Effect.READ,
    result=lambda: models.InstanceConfiguration,
    arguments=(Argument("instanceID", "string", required=True),),
    since="9.0",
)
GET_INSTANCE_PROCESS_LIVE_STATISTICS: Function[models.InstanceProcessLiveStatistics] = Function(
    "GetInstanceProcessLiveStatistics",
    Effect.READ,
    result=lambda: models.InstanceProcessLiveStatistics,
    arguments=(Argument("instanceID", "string", required=True),),
    since="9.0",
)
GET_INSTANCES: Function[list[models.InstanceInfo]] = Function(
    "GetInstances",
    Effect.READ,
    result=lambda: list[models.InstanceInfo],
    arguments=(Argument("instanceFilter", "string", required=True),),
    since="9.0",
)
GET_INSTANCE_STATISTICS: Function[models.InstanceStatistics] = Function(
    "GetInstanceStatistics",
    Effect.READ,
    result=lambda: models.InstanceStatistics,
    arguments=(Argument("instanceID", "string", required=True),),
    since="9.0",
)
RESTART_INSTANCES: Function[models.JsonValue] = Function(
    "RestartInstances",
    Effect.MUTATING,
    result=lambda: models.JsonValue,
    arguments=(Argument("instanceFilter", "string", required=True),),
    long_running=True,
    since="9.0",
)
SET_INSTANCE_CONFIGURATION: Function[None] = Function(
    "SetInstanceConfiguration",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(Argument("config", "json", required=True),),
    since="9.0",
)
START_INSTANCES: Function[models.JsonValue] = Function(
    "StartInstances",
    Effect.IDEMPOTENT,
    result=lambda: models.JsonValue,
    arguments=(Argument("instanceFilter", "string", required=True),),
    long_running=True,
    since="9.0",
)
STOP_INSTANCES: Function[models.JsonValue] = Function(
    "StopInstances",
    Effect.IDEMPOTENT,
    result=lambda: models.JsonValue,
    arguments=(Argument("instanceFilter", "string", required=True),),
    long_running=True,
    since="9.0",
)
THAW_INSTANCES: Function[models.JsonValue] = Function(
    "ThawInstances",
    Effect.IDEMPOTENT,
    result=lambda: models.JsonValue,
    arguments=(Argument("instanceFilter", "string", required=True),),
    long_running=True,
    since="9.0",
)
CANCEL_JOB_ASYNC: Function[None] = Function(
    "CancelJobAsync",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("id", "integer", required=True),
    ),
    since="12.0",
)
CREATE_JOB: Function[models.JsonValue] = Function(
    "CreateJob",
    Effect.MUTATING,
    result=lambda: models.JsonValue,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("name", "string", required=True),
        Argument("action", "string", required=True),
        Argument("owner", "string", required=True),
        Argument("timeZoneId", "string", required=True),
        Argument("date", "datetime"),
        Argument("interval", "integer"),
        Argument("time", "string"),
        Argument("dayOfWeek", "string", enum=lambda: models.DayOfWeek),
        Argument("dayOfMonth", "string"),
    ),
    since="12.0",
)
DELETE_JOB: Function[None] = Function(
    "DeleteJob",
    Effect.DESTRUCTIVE,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("id", "integer", required=True),
    ),
    since="12.0",
)
GET_JOB_RESULTS: Function[list[models.JobResult]] = Function(
    "GetJobResults",
    Effect.READ,
    result=lambda: list[models.JobResult],
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("fromIncluding", "datetime", required=True),
        Argument("toExcluding", "datetime", required=True),
        Argument("timeZoneId", "string", required=True),
        Argument("jobId", "integer"),
    ),
    since="12.0",
)
GET_JOBS: Function[list[models.ScheduledJob]] = Function(
    "GetJobs",
    Effect.READ,
    result=lambda: list[models.ScheduledJob],
    arguments=(Argument("instanceID", "string", required=True),),
    since="12.0",
)
RENAME_JOB: Function[None] = Function(
    "RenameJob",
    Effect.MUTATING,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("id", "integer", required=True),
        Argument("name", "string", required=True),
    ),
    since="12.0",
)
RUN_JOB_ASYNC: Function[None] = Function(
    "RunJobAsync",
    Effect.MUTATING,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("id", "integer", required=True),
    ),
    since="12.0",
)
SET_JOB_ENABLED: Function[None] = Function(
    "SetJobEnabled",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("id", "integer", required=True),
        Argument("enabled", "boolean", required=True),
    ),
    since="12.0",
)
SET_JOB_SCHEDULE: Function[None] = Function(
    "SetJobSchedule",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("id", "integer", required=True),
        Argument("timeZoneId", "string", required=True),
        Argument("date", "datetime"),
        Argument("interval", "integer"),
        Argument("time", "string"),
        Argument("dayOfWeek", "string", enum=lambda: models.DayOfWeek),
        Argument("dayOfMonth", "string"),
    ),
    since="12.0",
)
DELETE_MESSAGE: Function[None] = Function(
    "DeleteMessage",
    Effect.DESTRUCTIVE,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("id", "string", required=True),
    ),
    since="9.0",
    until="9.0",
)
GET_MESSAGES: Function[models.JsonValue] = Function(
    "GetMessages",
    Effect.READ,
    result=lambda: models.JsonValue,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("folder", "string", required=True),
    ),
    since="9.0",
    until="9.0",
)
CAN_RUN_ARCHIVE_PROFILES: Function[bool] = Function(
    "CanRunArchiveProfiles",
    Effect.READ,
    result=lambda: bool,
    arguments=(Argument("instanceID", "string", required=True),),
    since="12.0",
)
CREATE_PROFILE: Function[models.JsonValue] = Function(
    "CreateProfile",
    Effect.MUTATING,
    result=lambda: models.JsonValue,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("properties", "json", required=True),
        Argument("raw", "boolean", required=True),
    ),
    since="9.0",
)
DELETE_PROFILE: Function[None] = Function(
    "DeleteProfile",
    Effect.DESTRUCTIVE,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("id", "integer", required=True),
    ),
    since="9.0",
)
GET_PROFILES: Function[list[models.Profile]] = Function(
    "GetProfiles",
    Effect.READ,
    result=lambda: list[models.Profile],
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("raw", "boolean", required=True),
    ),
    since="9.0",
)
GET_WORKER_RESULT_REPORT: Function[models.JsonValue] = Function(
    "GetWorkerResultReport",
    Effect.READ,
    result=lambda: models.JsonValue,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("id", "integer", required=True),
    ),
    since="24.4",
)
GET_WORKER_RESULTS: Function[list[models.WorkerResult]] = Function(
    "GetWorkerResults",
    Effect.READ,
    result=lambda: list[models.WorkerResult],
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("fromIncluding", "datetime", required=True),
        Argument("toExcluding", "datetime", required=True),
        Argument("timeZoneID", "string", required=True),
        Argument("profileID", "integer"),
        Argument("userName", "string"),
    ),
    since="9.0",
)
RUN_PROFILE: Function[models.JsonValue] = Function(
    "RunProfile",
    Effect.MUTATING,
    result=lambda: models.JsonValue,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("id", "integer", required=True),
    ),
    long_running=True,
    since="9.0",
)
RUN_TEMPORARY_PROFILE: Function[models.JsonValue] = Function(
    "RunTemporaryProfile",
    Effect.MUTATING,
    result=lambda: models.JsonValue,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("properties", "json", required=True),
        Argument("raw", "boolean", required=True),
    ),
    long_running=True,
    since="9.0",
)
SET_PROFILE_SERVER_SIDE_EXECUTION: Function[None] = Function(
    "SetProfileServerSideExecution",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("id", "integer", required=True),
        Argument("automatic", "boolean", required=True),
        Argument("automaticPauseBetweenExecutions", "integer"),
        Argument("automaticMaintenanceWindows", "string"),
    ),
    since="22.4",
)
CREATE_CLIENT_ONE_TIME_URL_FOR_ARCHIVE_ADMIN: Function[str] = Function(
    "CreateClientOneTimeUrlForArchiveAdmin",
    Effect.MUTATING,
    result=lambda: str,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("instanceUrl", "string"),
    ),
    since="9.0",
)
GET_ARCHIVE_ADMIN_ENABLED: Function[bool] = Function(
    "GetArchiveAdminEnabled",
    Effect.READ,
    result=lambda: bool,
    arguments=(Argument("instanceID", "string", required=True),),
    since="9.0",
)
SET_ARCHIVE_ADMIN_ENABLED: Function[None] = Function(
    "SetArchiveAdminEnabled",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("enabled", "boolean", required=True),
    ),
    since="9.0",
)
GET_INDEX_CONFIGURATION: Function[models.IndexConfiguration] = Function(
    "GetIndexConfiguration",
    Effect.READ,
    result=lambda: models.IndexConfiguration,
    arguments=(Argument("instanceID", "string", required=True),),
    since="9.0",
)
REBUILD_SELECTED_STORE_INDEXES: Function[None] = Function(
    "RebuildSelectedStoreIndexes",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(Argument("instanceID", "string", required=True),),
    long_running=True,
    since="9.0",
)
SELECT_ALL_STORE_INDEXES_FOR_REBUILD: Function[None] = Function(
    "SelectAllStoreIndexesForRebuild",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(Argument("instanceID", "string", required=True),),
    since="9.0",
)
SET_INDEX_CONFIGURATION: Function[None] = Function(
    "SetIndexConfiguration",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("config", "json", required=True),
    ),
    since="9.0",
)
GET_SMTP_SETTINGS: Function[models.SmtpSettings] = Function(
    "GetSmtpSettings",
    Effect.READ,
    result=lambda: models.SmtpSettings,
    arguments=(Argument("instanceID", "string", required=True),),
    since="12.0",
)
GET_SYSTEM_SMTP_CONFIGURATION: Function[models.SmtpSettings] = Function(
    "GetSystemSmtpConfiguration",
    Effect.READ,
    result=lambda: models.SmtpSettings,
    since="12.0",
)
SET_SMTP_SETTINGS: Function[None] = Function(
    "SetSmtpSettings",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("settings", "json", required=True),
    ),
    since="12.0",
)
SET_SYSTEM_SMTP_CONFIGURATION: Function[None] = Function(
    "SetSystemSmtpConfiguration",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(Argument("config", "json", required=True),),
    since="12.0",
)
TEST_SMTP_SETTINGS: Function[models.JsonValue] = Function(
    "TestSmtpSettings",
    Effect.MUTATING,
    result=lambda: models.JsonValue,
    arguments=(Argument("instanceID", "string", required=True),),
    since="12.0",
)
TEST_SYSTEM_SMTP_CONFIGURATION: Function[models.JsonValue] = Function(
    "TestSystemSmtpConfiguration",
    Effect.MUTATING,
    result=lambda: models.JsonValue,
    since="12.0",
)
ATTACH_STORE: Function[models.JsonValue] = Function(
    "AttachStore",
    Effect.MUTATING,
    result=lambda: models.JsonValue,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("name", "string", required=True),
        Argument("databasePath", "string", required=True),
        Argument("contentPath", "string"),
        Argument("indexPath", "string"),
        Argument("requestedState", "string", enum=lambda: models.StoreState),
    ),
    long_running=True,
    since="9.0",
)
COMPACT_STORE: Function[None] = Function(
    "CompactStore",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("id", "integer", required=True),
    ),
    long_running=True,
    since="9.0",
)
CREATE_STORE: Function[models.JsonValue] = Function(
    "CreateStore",
    Effect.MUTATING,
    result=lambda: models.JsonValue,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("name", "string", required=True),
        Argument("databasePath", "string", required=True),
        Argument("contentPath", "string"),
        Argument("indexPath", "string"),
        Argument("requestedState", "string", enum=lambda: models.StoreState),
    ),
    long_running=True,
    since="9.0",
)
DETACH_STORE: Function[None] = Function(
    "DetachStore",
    Effect.MUTATING,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("id", "integer", required=True),
    ),
    since="9.0",
)
GET_STORE_AUTO_CREATE_CONFIGURATION: Function[models.JsonValue] = Function(
    "GetStoreAutoCreateConfiguration",
    Effect.READ,
    result=lambda: models.JsonValue,
    arguments=(Argument("instanceID", "string", required=True),),
    since="9.0",
)
GET_STORES: Function[list[models.Store]] = Function(
    "GetStores",
    Effect.READ,
    result=lambda: list[models.Store],
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("includeSize", "boolean"),
    ),
    since="9.0",
)
MAINTAIN_FILE_SYSTEM_DATABASES: Function[None] = Function(
    "MaintainFileSystemDatabases",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(Argument("instanceID", "string", required=True),),
    long_running=True,
    since="9.0",
)
MERGE_STORE: Function[None] = Function(
    "MergeStore",
    Effect.DESTRUCTIVE,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("id", "integer", required=True),
        Argument("sourceId", "integer", required=True),
    ),
    long_running=True,
    since="9.0",
)
RECOVER_STORE: Function[models.JsonValue] = Function(
    "RecoverStore",
    Effect.MUTATING,
    result=lambda: models.JsonValue,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("id", "integer", required=True),
        Argument("encryptionKey", "string", secret=True),
        Argument("recoverDeletedMessages", "boolean"),
    ),
    long_running=True,
    since="12.0",
)
RECREATE_RECOVERY_RECORDS: Function[None] = Function(
    "RecreateRecoveryRecords",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("id", "integer", required=True),
    ),
    long_running=True,
    since="12.0",
)
REFRESH_ALL_STORE_STATISTICS: Function[None] = Function(
    "RefreshAllStoreStatistics",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(Argument("instanceID", "string", required=True),),
    long_running=True,
    since="9.0",
)
RENAME_STORE: Function[None] = Function(
    "RenameStore",
    Effect.MUTATING,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("id", "integer", required=True),
        Argument("name", "string", required=True),
    ),
    since="9.0",
)
REPAIR_STORE_DATABASE: Function[None] = Function(
    "RepairStoreDatabase",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("id", "integer", required=True),
    ),
    long_running=True,
    since="12.0",
)
RETRY_OPEN_STORES: Function[None] = Function(
    "RetryOpenStores",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(Argument("instanceID", "string", required=True),),
    long_running=True,
    since="9.0",
)
SET_STORE_AUTO_CREATE_CONFIGURATION: Function[None] = Function(
    "SetStoreAutoCreateConfiguration",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("config", "json", required=True),
    ),
    since="9.0",
)
SET_STORE_PATH: Function[None] = Function(
    "SetStorePath",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("id", "integer", required=True),
        Argument("path", "string", required=True),
    ),
    since="9.0",
)
SET_STORE_REQUESTED_STATE: Function[None] = Function(
    "SetStoreRequestedState",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("id", "integer", required=True),
        Argument("requestedState", "string", required=True, enum=lambda: models.StoreState),
    ),
    since="9.0",
)
TRANSFER_STORES: Function[models.JsonValue] = Function(
    "TransferStores",
    Effect.MUTATING,
    result=lambda: models.JsonValue,
    long_running=True,
    since="25.3",
)
UNLOCK_STORE: Function[None] = Function(
    "UnlockStore",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("id", "integer", required=True),
        Argument("passphrase", "string", required=True, secret=True),
    ),
    since="12.0",
)
UPGRADE_STORE: Function[None] = Function(
    "UpgradeStore",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("id", "integer", required=True),
    ),
    long_running=True,
    since="9.0",
)
UPGRADE_STORES: Function[None] = Function(
    "UpgradeStores",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(Argument("instanceID", "string", required=True),),
    long_running=True,
    since="24.4",
)
VERIFY_STORE: Function[None] = Function(
    "VerifyStore",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("id", "integer", required=True),
        Argument("includeIndexes", "boolean", required=True),
    ),
    long_running=True,
    since="8.5",
)
VERIFY_STORES: Function[None] = Function(
    "VerifyStores",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("includeIndexes", "boolean", required=True),
    ),
    long_running=True,
    since="12.0",
)
CREATE_LICENSE_REQUEST: Function[models.JsonValue] = Function(
    "CreateLicenseRequest",
    Effect.READ,
    result=lambda: models.JsonValue,
    since="9.0",
)
GET_ENVIRONMENT_INFO: Function[models.EnvironmentInfo] = Function(
    "GetEnvironmentInfo",
    Effect.READ,
    result=lambda: models.EnvironmentInfo,
    since="8.5",
)
GET_SERVICE_STATUS: Function[models.ServiceStatus] = Function(
    "GetServiceStatus",
    Effect.READ,
    result=lambda: models.ServiceStatus,
    since="9.0",
)
GET_TIME_ZONES: Function[list[models.TimeZone]] = Function(
    "GetTimeZones",
    Effect.READ,
    result=lambda: list[models.TimeZone],
    arguments=(Argument("instanceID", "string", required=True),),
    since="9.0",
)
PAIR_WITH_MANAGEMENT_SERVER: Function[None] = Function(
    "PairWithManagementServer",
    Effect.MUTATING,
    result=lambda: None,
    arguments=(
        Argument("serverType", "string", required=True),
        Argument("serverName", "string", required=True),
        Argument("port", "integer", required=True),
        Argument("thumbprint", "string", required=True),
    ),
    since="9.0",
)
PING: Function[None] = Function(
    "Ping",
    Effect.READ,
    result=lambda: None,
    since="9.0",
)
RELOAD_BRANDING: Function[None] = Function(
    "ReloadBranding",
    Effect.IDEMPOTENT,
    result=lambda: None,
    since="12.0",
)
SEND_STATUS_REPORT: Function[models.JsonValue] = Function(
    "SendStatusReport",
    Effect.MUTATING,
    result=lambda: models.JsonValue,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("timespan", "string", required=True, enum=lambda: models.ReportTimespan),
        Argument("timeZoneId", "string", required=True),
        Argument("recipients", "list", required=True),
    ),
    since="12.0",
)
CLEAR_USER_PRIVILEGES_ON_FOLDERS: Function[None] = Function(
    "ClearUserPrivilegesOnFolders",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("userName", "string", required=True),
    ),
    since="9.0",
)
CREATE_USER: Function[None] = Function(
    "CreateUser",
    Effect.MUTATING,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("userName", "string", required=True),
        Argument("privileges", "list", required=True, enum=lambda: models.UserPrivilege),
        Argument("fullName", "string"),
        Argument("distinguishedName", "string"),
        Argument("authentication", "string", enum=lambda: models.UserAuthentication),
        Argument("password", "string", secret=True),
        Argument("loginPrivileges", "list", enum=lambda: models.LoginPrivilege),
    ),
    since="9.0",
)
DELETE_APP_PASSWORDS: Function[None] = Function(
    "DeleteAppPasswords",
    Effect.DESTRUCTIVE,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("userName", "string", required=True),
    ),
    since="24.4",
)
DELETE_USER: Function[None] = Function(
    "DeleteUser",
    Effect.DESTRUCTIVE,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("userName", "string", required=True),
    ),
    since="9.0",
)
DISABLE_MFA: Function[None] = Function(
    "DisableMFA",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("userName", "string", required=True),
    ),
    since="24.4",
)
GET_USER_INFO: Function[models.UserInfo] = Function(
    "GetUserInfo",
    Effect.READ,
    result=lambda: models.UserInfo,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("userName", "string", required=True),
    ),
    since="8.5",
)
GET_USERS: Function[list[models.User]] = Function(
    "GetUsers",
    Effect.READ,
    result=lambda: list[models.User],
    arguments=(Argument("instanceID", "string", required=True),),
    since="8.5",
)
INITIALIZE_MFA: Function[models.JsonValue] = Function(
    "InitializeMFA",
    Effect.MUTATING,
    result=lambda: models.JsonValue,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("userName", "string", required=True),
    ),
    since="24.4",
)
RENAME_USER: Function[None] = Function(
    "RenameUser",
    Effect.MUTATING,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("oldUserName", "string", required=True),
        Argument("newUserName", "string", required=True),
    ),
    since="9.0",
)
SET_USER_AUTHENTICATION: Function[None] = Function(
    "SetUserAuthentication",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("userName", "string", required=True),
        Argument("authentication", "string", required=True, enum=lambda: models.UserAuthentication),
    ),
    since="9.0",
)
SET_USER_DISTINGUISHED_NAME: Function[None] = Function(
    "SetUserDistinguishedName",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("userName", "string", required=True),
        Argument("distinguishedName", "string"),
    ),
    since="9.0",
)
SET_USER_EMAIL_ADDRESSES: Function[None] = Function(
    "SetUserEmailAddresses",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("userName", "string", required=True),
        Argument("emailAddresses", "list"),
    ),
    since="9.0",
)
SET_USER_FULL_NAME: Function[None] = Function(
    "SetUserFullName",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("userName", "string", required=True),
        Argument("fullName", "string"),
    ),
    since="9.0",
)
SET_USER_LOGIN_PRIVILEGES: Function[None] = Function(
    "SetUserLoginPrivileges",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("userName", "string", required=True),
        Argument("loginPrivileges", "list", required=True, enum=lambda: models.LoginPrivilege),
    ),
    since="24.4",
)
SET_USER_PASSWORD: Function[None] = Function(
    "SetUserPassword",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("userName", "string", required=True),
        Argument("password", "string", required=True, secret=True),
    ),
    since="9.0",
)
SET_USER_POP3_USER_NAMES: Function[None] = Function(
    "SetUserPop3UserNames",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("userName", "string", required=True),
        Argument("pop3UserNames", "list"),
    ),
    since="9.0",
)
SET_USER_PRIVILEGES: Function[None] = Function(
    "SetUserPrivileges",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("userName", "string", required=True),
        Argument("privileges", "list", required=True, enum=lambda: models.UserPrivilege),
    ),
    since="9.0",
)
SET_USER_PRIVILEGES_ON_ALL_FOLDERS: Function[None] = Function(
    "SetUserPrivilegesOnAllFolders",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("userName", "string", required=True),
        Argument("privileges", "list", required=True, enum=lambda: models.FolderPrivilege),
    ),
    since="25.3",
)
SET_USER_PRIVILEGES_ON_FOLDER: Function[None] = Function(
    "SetUserPrivilegesOnFolder",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("userName", "string", required=True),
        Argument("folder", "string", required=True),
        Argument("privileges", "list", required=True, enum=lambda: models.FolderPrivilege),
    ),
    since="9.0",
)

FUNCTIONS: Mapping[str, Function[object]] = {
    function.name: function
    for function in (
        ATTACH_STORE,
        CANCEL_JOB_ASYNC,
        CAN_RUN_ARCHIVE_PROFILES,
        CLEAR_USER_PRIVILEGES_ON_FOLDERS,
        COMPACT_STORE,
        CREATE_CLIENT_ACCESS_SERVER,
        CREATE_CLIENT_ONE_TIME_URL_FOR_ARCHIVE_ADMIN,
        CREATE_CREDENTIAL,
        CREATE_DIRECTORY_ON_INSTANCE_HOST,
        CREATE_INSTANCE,
        CREATE_INSTANCE_HOST,
        CREATE_JOB,
        CREATE_LICENSE_REQUEST,
        CREATE_PROFILE,
        CREATE_STORE,
        CREATE_SYSTEM_ADMINISTRATOR,
        CREATE_SYSTEM_ADMINISTRATOR_API_PASSWORD,
        CREATE_USER,
        DEACTIVATE_SYSTEM_ADMINISTRATOR_MFA,
        DELETE_APP_PASSWORDS,
        DELETE_CLIENT_ACCESS_SERVER,
        DELETE_CREDENTIAL,
        DELETE_EMPTY_FOLDERS,
        DELETE_INSTANCE_HOST,
        DELETE_INSTANCES,
        DELETE_JOB,
        DELETE_MESSAGE,
        DELETE_PROFILE,
        DELETE_SYSTEM_ADMINISTRATOR,
        DELETE_USER,
        DETACH_STORE,
        DISABLE_MFA,
        FREEZE_INSTANCES,
        GET_ARCHIVE_ADMIN_ENABLED,
        GET_CHILD_FOLDERS,
        GET_CLIENT_ACCESS_SERVERS,
        GET_COMPLIANCE_CONFIGURATION,
        GET_CREDENTIALS,
        GET_CREDENTIAL_SETTINGS,
        GET_DIRECTORIES_ON_INSTANCE_HOST,
        GET_DIRECTORY_SERVICES_CONFIGURATION,
        GET_ENVIRONMENT_INFO,
        GET_FOLDER_STATISTICS,
        GET_INDEX_CONFIGURATION,
        GET_INSTANCE_CONFIGURATION,
        GET_INSTANCE_HOSTS,
        GET_INSTANCE_PROCESS_LIVE_STATISTICS,
        GET_INSTANCES,
        GET_INSTANCE_STATISTICS,
        GET_JOB_RESULTS,
        GET_JOBS,
        GET_MESSAGES,
        GET_PROFILES,
        GET_RETENTION_POLICIES,
        GET_SERVICE_STATUS,
        GET_SMTP_SETTINGS,
        GET_STORE_AUTO_CREATE_CONFIGURATION,
        GET_STORES,
        GET_SYSTEM_ADMINISTRATORS,
        GET_SYSTEM_SMTP_CONFIGURATION,
        GET_TIME_ZONES,
        GET_USER_INFO,
        GET_USERS,
        GET_WORKER_RESULT_REPORT,
        GET_WORKER_RESULTS,
        INITIALIZE_MFA,
        INITIALIZE_SYSTEM_ADMINISTRATOR_MFA,
        MAINTAIN_FILE_SYSTEM_DATABASES,
        MERGE_STORE,
        MOVE_FOLDER,
        PAIR_WITH_MANAGEMENT_SERVER,
        PING,
        PROCESS_RETENTION_POLICIES,
        REBUILD_SELECTED_STORE_INDEXES,
        RECOVER_STORE,
        RECREATE_RECOVERY_RECORDS,
        REFRESH_ALL_STORE_STATISTICS,
        RELOAD_BRANDING,
        RENAME_JOB,
        RENAME_STORE,
        RENAME_USER,
        REPAIR_STORE_DATABASE,
        RESTART_INSTANCES,
        RETRY_OPEN_STORES,
        RUN_JOB_ASYNC,
        RUN_PROFILE,
        RUN_TEMPORARY_PROFILE,
        SELECT_ALL_STORE_INDEXES_FOR_REBUILD,
        SEND_STATUS_REPORT,
        SET_ARCHIVE_ADMIN_ENABLED,
        SET_CLIENT_ACCESS_SERVER_CONFIGURATION,
        SET_COMPLIANCE_CONFIGURATION,
        SET_CREDENTIAL_SETTINGS,
        SET_DIRECTORY_SERVICES_CONFIGURATION,
        SET_INDEX_CONFIGURATION,
        SET_INSTANCE_CONFIGURATION,
        SET_INSTANCE_HOST_CONFIGURATION,
        SET_JOB_ENABLED,
        SET_JOB_SCHEDULE,
        SET_PROFILE_SERVER_SIDE_EXECUTION,
        SET_RETENTION_POLICIES,
        SET_SMTP_SETTINGS,
        SET_STORE_AUTO_CREATE_CONFIGURATION,
        SET_STORE_PATH,
        SET_STORE_REQUESTED_STATE,
        SET_SYSTEM_ADMINISTRATOR_CONFIGURATION,
        SET_SYSTEM_ADMINISTRATOR_PASSWORD,
        SET_SYSTEM_SMTP_CONFIGURATION,
        SET_USER_AUTHENTICATION,
        SET_USER_DISTINGUISHED_NAME,
        SET_USER_EMAIL_ADDRESSES,
        SET_USER_FULL_NAME,
        SET_USER_LOGIN_PRIVILEGES,
        SET_USER_PASSWORD,
        SET_USER_POP3_USER_NAMES,
        SET_USER_PRIVILEGES,
        SET_USER_PRIVILEGES_ON_ALL_FOLDERS,
        SET_USER_PRIVILEGES_ON_FOLDER,
        START_INSTANCES,
        STOP_INSTANCES,
        SYNC_USERS_WITH_DIRECTORY_SERVICES,
        TEST_SMTP_SETTINGS,
        TEST_SYSTEM_SMTP_CONFIGURATION,
        THAW_INSTANCES,
        TRANSFER_STORES,
        UNLOCK_STORE,
        UPGRADE_STORE,
        UPGRADE_STORES,
        VERIFY_STORE,
        VERIFY_STORES,
    )
}
"""Every function by its name on the wire."""
