"""Messages of a folder, which SPE listed until 9.0."""

from __future__ import annotations

from collections.abc import Mapping

from mailstore_sdk.simulator.errors import Refusal
from mailstore_sdk.simulator.functions.invocation import Answer, Handler, Invocation


def get_messages(call: Invocation) -> Answer:
    """List the messages of a folder, without those of subfolders. Their shape is unknown; objects with an id are assumed."""
    return [{"id": message} for message in call.instance.folder(call.arguments.text("folder")).messages]


def delete_message(call: Invocation) -> Answer:
    """Delete a message from its folder and its store."""
    message, instance = call.arguments.text("id"), call.instance
    folder = next((folder for folder in instance.folders.values() if message in folder.messages), None)
    if folder is None:
        raise Refusal(f"Message {message} does not exist.")
    folder.size -= folder.size // len(folder.messages)
    folder.messages.remove(message)
    store = instance.stores.get(int(message.partition(":")[0]))
    if store:
        store.messages -= 1
        store.deleted += 1
    return None


HANDLERS: Mapping[str, Handler] = {"GetMessages": get_messages, "DeleteMessage": delete_message}
