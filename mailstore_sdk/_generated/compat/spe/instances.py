"""Instances: methods with the interface of the vendor's first wrapper.

Generated from spec/functions/instances.yaml; change the catalogue and run ``make generate``.
"""

from __future__ import annotations

from typing import Any

from mailstore_sdk._generated.functions import instances as functions
from mailstore_sdk.runtime.calls import Arguments, WrapperCaller


class InstancesMethods(WrapperCaller):
    """Instances."""

    def CreateInstance(
        self, config: dict[str, Any] | list[Any] | str, autoHandleToken: bool | None = None
    ) -> dict[str, Any]:
        """Create an instance on an instance host.

        Args:
            config: The new instance.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``SPEClient.create_instance`` of mailstore_sdk.
        """
        arguments: Arguments = {"config": config}
        del config  # Tracebacks that show variables must not show secrets.
        return self._invoke(functions.CREATE_INSTANCE, arguments, auto_handle_token=autoHandleToken)

    def DeleteInstances(self, instanceFilter: str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Delete the instances that a filter selects.

        Args:
            instanceFilter: Which instances: ids separated by spaces, or * for all. See GetInstances for more.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``SPEClient.delete_instances`` of mailstore_sdk.
        """
        return self._invoke(
            functions.DELETE_INSTANCES, {"instanceFilter": instanceFilter}, auto_handle_token=autoHandleToken
        )

    def FreezeInstances(self, instanceFilter: str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Pause the instances that a filter selects, for a backup of their files.

        Args:
            instanceFilter: Which instances: ids separated by spaces, or * for all. See GetInstances for more.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``SPEClient.freeze_instances`` of mailstore_sdk.
        """
        return self._invoke(
            functions.FREEZE_INSTANCES, {"instanceFilter": instanceFilter}, auto_handle_token=autoHandleToken
        )

    def GetInstanceConfiguration(self, instanceID: str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Read how an instance is set up.

        Args:
            instanceID: Id of the instance.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.get_instance_configuration`` of mailstore_sdk.
        """
        return self._invoke(
            functions.GET_INSTANCE_CONFIGURATION, {"instanceID": instanceID}, auto_handle_token=autoHandleToken
        )

    def GetInstanceProcessLiveStatistics(self, instanceID: str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Read the counters of the process that runs an instance.

        Args:
            instanceID: Id of the instance.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.get_instance_process_live_statistics`` of mailstore_sdk.
        """
        return self._invoke(
            functions.GET_INSTANCE_PROCESS_LIVE_STATISTICS,
            {"instanceID": instanceID},
            auto_handle_token=autoHandleToken,
        )

    def GetInstanceStatistics(self, instanceID: str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Read the size and the number of messages of an instance.

        Args:
            instanceID: Id of the instance.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.get_instance_statistics`` of mailstore_sdk.
        """
        return self._invoke(
            functions.GET_INSTANCE_STATISTICS, {"instanceID": instanceID}, auto_handle_token=autoHandleToken
        )

    def GetInstances(self, instanceFilter: str = "*", autoHandleToken: bool | None = None) -> dict[str, Any]:
        """List the instances that a filter selects, with their state.

        Args:
            instanceFilter: Which instances: ids separated by spaces, or * for all. See GetInstances for more.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``SPEClient.get_instances`` of mailstore_sdk.
        """
        return self._invoke(
            functions.GET_INSTANCES, {"instanceFilter": instanceFilter}, auto_handle_token=autoHandleToken
        )

    def RestartInstances(self, instanceFilter: str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Restart the instances that a filter selects.

        Args:
            instanceFilter: Which instances: ids separated by spaces, or * for all. See GetInstances for more.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``SPEClient.restart_instances`` of mailstore_sdk.
        """
        return self._invoke(
            functions.RESTART_INSTANCES, {"instanceFilter": instanceFilter}, auto_handle_token=autoHandleToken
        )

    def SetInstanceConfiguration(
        self, config: dict[str, Any] | list[Any] | str, autoHandleToken: bool | None = None
    ) -> dict[str, Any]:
        """Replace the configuration of an instance.

        Args:
            config: The whole configuration.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``SPEClient.set_instance_configuration`` of mailstore_sdk.
        """
        arguments: Arguments = {"config": config}
        del config  # Tracebacks that show variables must not show secrets.
        return self._invoke(functions.SET_INSTANCE_CONFIGURATION, arguments, auto_handle_token=autoHandleToken)

    def StartInstances(self, instanceFilter: str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Start the instances that a filter selects.

        Args:
            instanceFilter: Which instances: ids separated by spaces, or * for all. See GetInstances for more.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``SPEClient.start_instances`` of mailstore_sdk.
        """
        return self._invoke(
            functions.START_INSTANCES, {"instanceFilter": instanceFilter}, auto_handle_token=autoHandleToken
        )

    def StopInstances(self, instanceFilter: str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Stop the instances that a filter selects.

        Args:
            instanceFilter: Which instances: ids separated by spaces, or * for all. See GetInstances for more.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``SPEClient.stop_instances`` of mailstore_sdk.
        """
        return self._invoke(
            functions.STOP_INSTANCES, {"instanceFilter": instanceFilter}, auto_handle_token=autoHandleToken
        )

    def ThawInstances(self, instanceFilter: str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """End the pause of the instances that a filter selects.

        Args:
            instanceFilter: Which instances: ids separated by spaces, or * for all. See GetInstances for more.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``SPEClient.thaw_instances`` of mailstore_sdk.
        """
        return self._invoke(
            functions.THAW_INSTANCES, {"instanceFilter": instanceFilter}, auto_handle_token=autoHandleToken
        )
