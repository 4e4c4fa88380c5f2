"""Messages: asynchronous methods.

Generated from spec/functions/messages.yaml; change the catalogue and run ``make generate``.
"""

# Instances call methods of their client that programs should not.
# pyright: reportPrivateUsage=false

from __future__ import annotations

from typing import TYPE_CHECKING

from mailstore_sdk._generated.functions import messages as functions
from mailstore_sdk.aio.client import AsyncInstanceBase

if TYPE_CHECKING:
    from mailstore_sdk._generated.models import JsonValue


class InstanceMessages(AsyncInstanceBase):
    """Messages: functions of one instance."""

    async def delete_message(self, id: str) -> None:
        """Delete one message.

        The message is deleted for all users of the archive.

        Args:
            id: Id of the message: number of the store, a colon, number of the message.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: DeleteMessage (destructive). Evidence: documented, result inferred.
        """
        return await self._client._call(functions.DELETE_MESSAGE, {"instanceID": self.instance_id, "id": id})

    async def get_messages(self, folder: str) -> JsonValue:
        """List the messages of a folder.

        Args:
            folder: Path of the folder, parts separated by /.

        Returns:
            JsonValue: What the server gives back; its shape is not documented.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: GetMessages (read). Evidence: documented, result unknown.
        """
        return await self._client._call(functions.GET_MESSAGES, {"instanceID": self.instance_id, "folder": folder})
