"""Compliance and retention: methods with the interface of the vendor's later wrapper.

Generated from spec/functions/compliance.yaml; change the catalogue and run ``make generate``.
"""

from __future__ import annotations

from typing import Any

from mailstore_sdk._generated.functions import compliance as functions
from mailstore_sdk.runtime.calls import Arguments, WrapperCaller


class ComplianceMethods(WrapperCaller):
    """Compliance and retention."""

    def GetComplianceConfiguration(self, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Read the compliance settings of an instance.

        Typed: ``Instance.get_compliance_configuration`` of mailstore_sdk.
        """
        return self._invoke(functions.GET_COMPLIANCE_CONFIGURATION, {}, auto_handle_token=autoHandleToken)

    def GetRetentionPolicies(self, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """List the retention policies of an instance.

        Typed: ``Instance.get_retention_policies`` of mailstore_sdk.
        """
        return self._invoke(functions.GET_RETENTION_POLICIES, {}, auto_handle_token=autoHandleToken)

    def ProcessRetentionPolicies(self, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Apply the retention policies of an instance now.

        Typed: ``Instance.process_retention_policies`` of mailstore_sdk.
        """
        return self._invoke(functions.PROCESS_RETENTION_POLICIES, {}, auto_handle_token=autoHandleToken)

    def SetComplianceConfiguration(
        self, config: dict[str, Any] | list[Any] | str, autoHandleToken: bool | None = None
    ) -> dict[str, Any]:
        """Set the compliance settings of an instance.

        Args:
            config: The whole settings.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.set_compliance_configuration`` of mailstore_sdk.
        """
        arguments: Arguments = {"config": config}
        del config  # Tracebacks that show variables must not show secrets.
        return self._invoke(functions.SET_COMPLIANCE_CONFIGURATION, arguments, auto_handle_token=autoHandleToken)

    def SetRetentionPolicies(
        self, config: dict[str, Any] | list[Any] | str, autoHandleToken: bool | None = None
    ) -> dict[str, Any]:
        """Replace the retention policies of an instance.

        Args:
            config: All policies.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.set_retention_policies`` of mailstore_sdk.
        """
        arguments: Arguments = {"config": config}
        del config  # Tracebacks that show variables must not show secrets.
        return self._invoke(functions.SET_RETENTION_POLICIES, arguments, auto_handle_token=autoHandleToken)
