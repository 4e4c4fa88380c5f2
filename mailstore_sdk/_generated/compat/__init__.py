"""The interface of the vendor's wrapper: what its runtime must know of the functions.

Generated from spec/; change the catalogue and run ``make generate``.
"""

from collections.abc import Mapping

SECRET_FIELDS: frozenset[str] = frozenset(["password"])
"""Fields of results whose values are secret."""

SECRET_RESULTS: frozenset[str] = frozenset(
    [
        "AttachStore",
        "CreateClientOneTimeUrlForArchiveAdmin",
        "CreateCredential",
        "CreateInstance",
        "CreateJob",
        "CreateLicenseRequest",
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
"""Functions whose whole result is secret, or may be, because nobody knows what is in it."""

NEEDED_SINCE: Mapping[str, Mapping[str, object]] = {
    "VerifyStore": {
        "includeIndexes": True,
    },
}
"""Arguments that servers want since the first wrapper, and what is sent where its scripts do not give them."""
