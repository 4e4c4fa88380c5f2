"""Instances: synchronous methods.

Generated from spec/functions/instances.yaml; change the catalogue and run ``make generate``.
"""

# Instances call methods of their client that programs should not.
# pyright: reportPrivateUsage=false

from __future__ import annotations

from typing import TYPE_CHECKING

from mailstore_sdk._generated.functions import instances as functions
from mailstore_sdk.client import SyncClientBase, SyncInstanceBase
from mailstore_sdk.runtime.function import Arguments

if TYPE_CHECKING:
    from mailstore_sdk._generated.models import (
        InstanceConfiguration,
        InstanceInfo,
        InstanceProcessLiveStatistics,
        InstanceStatistics,
        JsonValue,
    )
    from mailstore_sdk.jobs import Job


class ServerInstances(SyncClientBase):
    """Instances: functions of the whole installation."""

    def create_instance(self, config: InstanceConfiguration) -> Job[JsonValue]:
        """Create an instance on an instance host.

        Args:
            config: The new instance.

        Returns:
            Job: Work that the server has begun; its result is JsonValue, whose shape is not documented.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: CreateInstance (mutating). Evidence: documented, result unknown.
        """
        arguments: Arguments = {"config": config}
        del config  # Tracebacks that show variables must not show secrets.
        return self._start(functions.CREATE_INSTANCE, arguments)

    def delete_instances(self, instance_filter: str) -> Job[None]:
        """Delete the instances that a filter selects.

        The instances are deleted with their users, settings and archives; whether files stay on the disk is not
        documented. The filter * selects every instance.

        Args:
            instance_filter: Which instances: ids separated by spaces, or * for all. See GetInstances for more.

        Returns:
            Job: Work that the server has begun; its result is None.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: DeleteInstances (destructive). Evidence: documented, result inferred.
        """
        return self._start(functions.DELETE_INSTANCES, {"instanceFilter": instance_filter})

    def freeze_instances(self, instance_filter: str) -> Job[JsonValue]:
        """Pause the instances that a filter selects, for a backup of their files.

        Freeze instances before a file-based backup and thaw them afterwards, so that their files are consistent. What
        users can do meanwhile is not documented. If an instance does not follow, startStopError of GetInstances says
        why.

        Args:
            instance_filter: Which instances: ids separated by spaces, or * for all. See GetInstances for more.

        Returns:
            Job: Work that the server has begun; its result is JsonValue, whose shape is not documented.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: FreezeInstances (idempotent). Evidence: documented, result unknown.
        """
        return self._start(functions.FREEZE_INSTANCES, {"instanceFilter": instance_filter})

    def get_instances(self, instance_filter: str = "*") -> list[InstanceInfo]:
        """List the instances that a filter selects, with their state.

        The vendor also describes a filter for all instances on one instance host, and a condition on the state at the
        end, such as «* .running». Both are uncertain, so try such a filter here before you use it in a function that
        changes something.

        Args:
            instance_filter: Which instances: ids separated by spaces, or * for all. See GetInstances for more.

        Returns:
            list[InstanceInfo]: One instance and its state each.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: GetInstances (read). Evidence: documented, result printed-sample.
        """
        return self._call(functions.GET_INSTANCES, {"instanceFilter": instance_filter})

    def restart_instances(self, instance_filter: str) -> Job[JsonValue]:
        """Restart the instances that a filter selects.

        Every call interrupts them again. If an instance does not come back, startStopError of GetInstances says why.

        Args:
            instance_filter: Which instances: ids separated by spaces, or * for all. See GetInstances for more.

        Returns:
            Job: Work that the server has begun; its result is JsonValue, whose shape is not documented.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: RestartInstances (mutating). Evidence: documented, result unknown.
        """
        return self._start(functions.RESTART_INSTANCES, {"instanceFilter": instance_filter})

    def set_instance_configuration(self, config: InstanceConfiguration) -> None:
        """Replace the configuration of an instance.

        The configuration itself names the instance. Read it with GetInstanceConfiguration, change it and send all of it
        back.

        Args:
            config: The complete configuration.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: SetInstanceConfiguration (idempotent). Evidence: documented, result inferred.
        """
        arguments: Arguments = {"config": config}
        del config  # Tracebacks that show variables must not show secrets.
        return self._call(functions.SET_INSTANCE_CONFIGURATION, arguments)

    def start_instances(self, instance_filter: str) -> Job[JsonValue]:
        """Start the instances that a filter selects.

        If an instance does not start, startStopError of GetInstances says why.

        Args:
            instance_filter: Which instances: ids separated by spaces, or * for all. See GetInstances for more.

        Returns:
            Job: Work that the server has begun; its result is JsonValue, whose shape is not documented.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: StartInstances (idempotent). Evidence: documented, result unknown.
        """
        return self._start(functions.START_INSTANCES, {"instanceFilter": instance_filter})

    def stop_instances(self, instance_filter: str) -> Job[JsonValue]:
        """Stop the instances that a filter selects.

        If an instance does not stop, startStopError of GetInstances says why.

        Args:
            instance_filter: Which instances: ids separated by spaces, or * for all. See GetInstances for more.

        Returns:
            Job: Work that the server has begun; its result is JsonValue, whose shape is not documented.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: StopInstances (idempotent). Evidence: documented, result unknown.
        """
        return self._start(functions.STOP_INSTANCES, {"instanceFilter": instance_filter})

    def thaw_instances(self, instance_filter: str) -> Job[JsonValue]:
        """End the pause of the instances that a filter selects.

        Call it after the backup that FreezeInstances was for. If an instance does not follow, startStopError of
        GetInstances says why.

        Args:
            instance_filter: Which instances: ids separated by spaces, or * for all. See GetInstances for more.

        Returns:
            Job: Work that the server has begun; its result is JsonValue, whose shape is not documented.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: ThawInstances (idempotent). Evidence: documented, result unknown.
        """
        return self._start(functions.THAW_INSTANCES, {"instanceFilter": instance_filter})


class InstanceInstances(SyncInstanceBase):
    """Instances: functions of one instance."""

    def get_instance_configuration(self) -> InstanceConfiguration:
        """Read the configuration of an instance.

        Returns:
            InstanceConfiguration: Configuration of an instance.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: GetInstanceConfiguration (read). Evidence: documented, result printed-sample.
        """
        return self._client._call(functions.GET_INSTANCE_CONFIGURATION, {"instanceID": self.instance_id})

    def get_instance_process_live_statistics(self) -> InstanceProcessLiveStatistics:
        """Read the counters of the process that runs an instance.

        The totals count from the start of the process; the difference of two readings gives a rate.

        Returns:
            InstanceProcessLiveStatistics: Counters of the process that runs an instance. Those called total have been
                counting since the process started.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: GetInstanceProcessLiveStatistics (read). Evidence: documented, result printed-sample.
        """
        return self._client._call(functions.GET_INSTANCE_PROCESS_LIVE_STATISTICS, {"instanceID": self.instance_id})

    def get_instance_statistics(self) -> InstanceStatistics:
        """Read the size and the number of messages of an instance.

        Returns:
            InstanceStatistics: Size of an instance. One MB is 1,048,576 bytes.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: GetInstanceStatistics (read). Evidence: documented, result printed-sample.
        """
        return self._client._call(functions.GET_INSTANCE_STATISTICS, {"instanceID": self.instance_id})
