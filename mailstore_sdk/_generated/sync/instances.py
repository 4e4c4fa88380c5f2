"""Instances: synchronous methods.

Generated from spec/functions/instances.yaml; change the catalogue and run ``make generate``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailstore_sdk._generated import functions
from mailstore_sdk.calls import Caller

if TYPE_CHECKING:
    from mailstore_sdk._generated.models import InstanceConfiguration, InstanceInfo, JsonValue
    from mailstore_sdk.jobs import Job


class ServerInstances(Caller):
    """Instances: functions of the whole installation."""

    def create_instance(self, config: InstanceConfiguration) -> Job[JsonValue]:
        """Create an instance on an instance host.

        Args:
            config: The new instance.

        Returns:
            Job: Work that the server has begun; its result is JsonValue, whose shape is not documented.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: CreateInstance (mutating). Known since 9.0. Needs a system administrator's login.
        Evidence: arguments documented, result unknown, long-running inferred (wrapper2014, wrapper2024, live25.3,
        help-spe).
        Note: The vendor's wrappers take the configuration as JSON text here and as a dict elsewhere; on the wire both
            are JSON text.
        Note: Whether it answers with a token is inferred; a server that finishes at once gives a job that is done.
        """
        return self._start(functions.CREATE_INSTANCE, {"config": config})

    def get_instances(self, instance_filter: str) -> list[InstanceInfo]:
        """List the instances that a filter selects, with their state.

        Args:
            instance_filter: Which instances: an instance id, or * for all. Other patterns are not documented.

        Returns:
            list[InstanceInfo]: One instance and its state each.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: GetInstances (read). Known since 9.0. Needs a system administrator's login.
        Evidence: arguments documented, result printed-sample (wrapper2014, wrapper2024, live25.3, notes22.4,
        zabbix6.2).
        """
        return self._call(functions.GET_INSTANCES, {"instanceFilter": instance_filter})

    def start_instances(self, instance_filter: str) -> Job[JsonValue]:
        """Start the instances that a filter selects.

        An instance that does not start tells why in startStopError of GetInstances.

        Args:
            instance_filter: Which instances: an instance id, or * for all. Other patterns are not documented.

        Returns:
            Job: Work that the server has begun; its result is JsonValue, whose shape is not documented.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: StartInstances (idempotent). Known since 9.0. Needs a system administrator's login.
        Evidence: arguments documented, result unknown, long-running inferred (wrapper2014, wrapper2024, live25.3).
        Note: Whether it answers with a token is inferred; a server that finishes at once gives a job that is done.
        """
        return self._start(functions.START_INSTANCES, {"instanceFilter": instance_filter})
