"""The columns that tables show of each function, the most important first: a narrow terminal drops the last ones.

Other functions show all of theirs, as does every function with --all-columns. Columns in which nothing is are left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

COLUMNS: Mapping[str, Sequence[str]] = {
    "GetClientAccessServers": ("serverName", "port"),
    "GetInstanceHosts": ("serverName", "port", "baseDirectory"),
    "GetInstances": ("instanceID", "status", "displayName", "instanceHost", "startStopError", "startMode", "alias"),
    "GetJobResults": ("startTime", "action", "result", "completeTime", "jobId"),
    "GetJobs": ("id", "name", "enabled", "action", "nextStartDateTimeUtc", "lastCompleteDateTimeUtc"),
    "GetProfiles": ("id", "name", "type", "owner"),
    "GetRetentionPolicies": ("name", "enabled", "period", "periodInterval", "delete"),
    "GetStores": (
        "id",
        "name",
        "requestedState",
        "error",
        "statisticsSize",
        "statisticsCount",
        "needsUpgrade",
        "searchIndexesNeedRebuild",
    ),
    "GetUsers": ("userName", "fullName", "mfaStatus"),
    "GetWorkerResults": ("startTime", "profileName", "result", "itemsArchived", "userName", "completeTime"),
}
