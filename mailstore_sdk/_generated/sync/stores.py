"""Archive stores: synchronous methods.

Generated from spec/functions/stores.yaml; change the catalogue and run ``make generate``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailstore_sdk._generated import functions
from mailstore_sdk.calls import Caller

if TYPE_CHECKING:
    from mailstore_sdk._generated.literals import StoreStateValue
    from mailstore_sdk._generated.models import Store, StoreState
    from mailstore_sdk.jobs import Job


class InstanceStores(Caller):
    """Archive stores: functions of one instance."""

    def get_stores(self, *, include_size: bool | None = None) -> list[Store]:
        """List the archive stores of an instance.

        Args:
            include_size: Measure the stores too, which takes long on slow storage; the server's own default is not
                known. Since 12.0.

        Returns:
            list[Store]: One archive store of an instance each.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: GetStores (read). Known since 9.0. Needs a system administrator's login.
        Evidence: arguments documented, result printed-sample (wrapper2014, wrapper2024, psgen2024, live25.3,
        zabbix6.2).
        """
        return self._call(functions.GET_STORES, {"includeSize": include_size})

    def set_store_requested_state(self, id: int, requested_state: StoreState | StoreStateValue) -> None:
        """Set the state that an archive store shall be in.

        Args:
            id: Number of the archive store.
            requested_state: The state wanted. Known values: current, normal, writeProtected, disabled.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: SetStoreRequestedState (idempotent). Known since 9.0. Needs a system administrator's login.
        Evidence: arguments documented, result inferred (wrapper2014, wrapper2024, psgen2024).
        Note: The sister product's page marks requestedState as optional; every wrapper requires it, and a call without
            it would ask for nothing.
        """
        return self._call(functions.SET_STORE_REQUESTED_STATE, {"id": id, "requestedState": requested_state})

    def verify_store(self, id: int, *, include_indexes: bool = True) -> Job[None]:
        """Check one archive store for missing or damaged messages.

        The log tells what is checked and what is found; the result is empty.

        Args:
            id: Number of the archive store.
            include_indexes: Check the full-text indexes too. Since 12.0.

        Returns:
            Job: Work that the server has begun; its result is None.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: VerifyStore (idempotent). Known since 8.5. Needs a system administrator's login.
        Evidence: arguments documented, result printed-sample, long-running printed-sample (tutorial-2014, wrapper2014,
        wrapper2024, psgen2024, live25.3).
        Note: The texts of 2014 call it with the store alone; the reference requires includeIndexes, and every later
            wrapper sends true unless told otherwise, as the SDK does.
        """
        return self._start(functions.VERIFY_STORE, {"id": id, "includeIndexes": include_indexes})
