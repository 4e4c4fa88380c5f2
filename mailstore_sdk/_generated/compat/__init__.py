"""The interface of the vendor's wrapper: what it must not show.

Generated from spec/; change the catalogue and run ``make generate``.
"""

SECRET_FIELDS: frozenset[str] = frozenset(["password"])
"""Fields of results whose values are secret."""

SECRET_RESULTS: frozenset[str] = frozenset(
    [
        "AttachStore",
        "CreateClientOneTimeUrlForArchiveAdmin",
        "CreateCredential",
        "CreateInstance",
        "CreateJob",
        "CreateProfile",
        "CreateStore",
        "CreateSystemAdministratorAPIPassword",
        "DeleteEmptyFolders",
        "FreezeInstances",
        "GetChildFolders",
        "GetCredentialSettings",
        "GetDirectoriesOnInstanceHost",
        "GetMessages",
        "GetStoreAutoCreateConfiguration",
        "GetWorkerResultReport",
        "InitializeMFA",
        "InitializeSystemAdministratorMFA",
        "ProcessRetentionPolicies",
        "RecoverStore",
        "RestartInstances",
        "RunProfile",
        "RunTemporaryProfile",
        "SendStatusReport",
        "StartInstances",
        "StopInstances",
        "SyncUsersWithDirectoryServices",
        "TestSmtpSettings",
        "TestSystemSmtpConfiguration",
        "ThawInstances",
        "TransferStores",
    ]
)
"""Functions whose whole result is secret, or may be, because its content is unknown."""
