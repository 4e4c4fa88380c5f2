"""Messages: methods with the interface of the vendor's first wrapper.

Generated from spec/functions/messages.yaml; change the catalogue and run ``make generate``.
"""

from __future__ import annotations

from typing import Any

from mailstore_sdk._generated.functions import messages as functions
from mailstore_sdk.runtime.calls import WrapperCaller


class MessagesMethods(WrapperCaller):
    """Messages."""

    def DeleteMessage(self, instanceID: str, id: str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Delete one message.

        Args:
            instanceID: Id of the instance.
            id: Id of the message: number of the store, a colon, number of the message.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.delete_message`` of mailstore_sdk.
        """
        return self._invoke(
            functions.DELETE_MESSAGE, {"instanceID": instanceID, "id": id}, auto_handle_token=autoHandleToken
        )

    def GetMessages(self, instanceID: str, folder: str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """List the messages of a folder.

        Args:
            instanceID: Id of the instance.
            folder: Path of the folder, parts divided by /.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.get_messages`` of mailstore_sdk.
        """
        return self._invoke(
            functions.GET_MESSAGES, {"instanceID": instanceID, "folder": folder}, auto_handle_token=autoHandleToken
        )
