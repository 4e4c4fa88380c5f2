"""Compliance and retention: asynchronous methods.

Generated from spec/functions/compliance.yaml; change the catalogue and run ``make generate``.
"""

# Instances call methods of their client that programs should not.
# pyright: reportPrivateUsage=false

from __future__ import annotations

from typing import TYPE_CHECKING

from mailstore_sdk._generated.functions import compliance as functions
from mailstore_sdk.aio.client import AsyncInstanceBase
from mailstore_sdk.runtime.function import Arguments

if TYPE_CHECKING:
    from mailstore_sdk._generated.models import ComplianceConfiguration, JsonValue, RetentionPolicy
    from mailstore_sdk.aio.jobs import AsyncJob


class InstanceCompliance(AsyncInstanceBase):
    """Compliance and retention: functions of one instance."""

    async def get_compliance_configuration(self) -> ComplianceConfiguration:
        """Read the compliance settings of an instance.

        Returns:
            ComplianceConfiguration: Legal hold, and which successful user actions are logged. More fields may exist;
                they are kept as received.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: GetComplianceConfiguration (read). Evidence: documented, result printed-sample.
        """
        return await self._client._call(functions.GET_COMPLIANCE_CONFIGURATION, {"instanceID": self.instance_id})

    async def get_retention_policies(self) -> list[RetentionPolicy]:
        """List the retention policies of an instance.

        Returns:
            list[RetentionPolicy]: Which messages are kept, and for how long. More fields may exist; they are kept as
                received each.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: GetRetentionPolicies (read). Evidence: documented, result consumed-by-code.
        """
        return await self._client._call(functions.GET_RETENTION_POLICIES, {"instanceID": self.instance_id})

    async def process_retention_policies(self) -> AsyncJob[JsonValue]:
        """Apply the retention policies of an instance now.

        Archived messages whose retention period has expired are deleted if a policy requires it. Check
        GetRetentionPolicies first.

        Returns:
            Job: Work that the server has begun; its result is JsonValue, whose shape is not documented.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: ProcessRetentionPolicies (destructive). Evidence: documented, result unknown.
        """
        return await self._client._start(functions.PROCESS_RETENTION_POLICIES, {"instanceID": self.instance_id})

    async def set_compliance_configuration(self, config: ComplianceConfiguration) -> None:
        """Set the compliance settings of an instance.

        Read the settings with GetComplianceConfiguration, change them and send all of them back.

        Args:
            config: The complete settings.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: SetComplianceConfiguration (idempotent). Evidence: documented, result inferred.
        """
        arguments: Arguments = {"instanceID": self.instance_id, "config": config}
        del config  # Tracebacks that show variables must not show secrets.
        return await self._client._call(functions.SET_COMPLIANCE_CONFIGURATION, arguments)

    async def set_retention_policies(self, config: list[RetentionPolicy]) -> None:
        """Replace the retention policies of an instance.

        The list replaces all previous policies. Messages that it selects for deletion are deleted at the next
        ProcessRetentionPolicies.

        Args:
            config: All policies.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: SetRetentionPolicies (idempotent). Evidence: documented, result inferred.
        """
        arguments: Arguments = {"instanceID": self.instance_id, "config": config}
        del config  # Tracebacks that show variables must not show secrets.
        return await self._client._call(functions.SET_RETENTION_POLICIES, arguments)
