"""Folders: the first part of a path is a user's archive."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import JsonValue

from mailstore_sdk.simulator.errors import Refusal, out_of_range
from mailstore_sdk.simulator.functions.invocation import Answer, Handler, Invocation, work
from mailstore_sdk.simulator.state.instance import Instance


def get_child_folders(call: Invocation) -> Answer:
    """List the folders below a folder, or all. The result's shape is unknown; a flat list of objects with path and name is assumed."""
    start = call.arguments.optional_text("folder") or ""
    if start:
        call.instance.folder(start)
    most = call.arguments.integer("maxLevels") if "maxLevels" in call.arguments else None
    if most is not None and most < 1:
        raise out_of_range()
    depth = _depth(start)
    paths = [path for path in sorted(call.instance.below(start)) if most is None or _depth(path) - depth <= most]
    return [{"folder": path, "name": path.rpartition("/")[2]} for path in paths]


def get_folder_statistics(call: Invocation) -> Answer:
    """Return the size of every folder, including its subfolders. Assumed: scripts use a user's row as the size of the mailbox.

    It becomes long-running work, as seen on a real server.
    """
    instance = call.instance

    def size(path: str) -> int:
        return sum(instance.folders[name].size for name in (path, *instance.below(path)))

    return work(("Collecting folder statistics...",), lambda: [{"folder": path, "size": size(path)} for path in sorted(instance.folders)])


def move_folder(call: Invocation) -> Answer:
    """Move a folder with its subfolders. Assumed: privileges on a user's archive move with it; missing parents are created."""
    instance = call.instance
    old, new = call.arguments.text("fromFolder"), call.arguments.text("toFolder")
    instance.folder(old)
    if not all(new.split("/")):
        raise out_of_range()
    if new in instance.folders:
        raise Refusal(f"Folder {new} already exists.")
    if new.startswith(f"{old}/"):
        raise Refusal(f"Folder {old} cannot be moved below itself.")
    for path in (*instance.below(old), old):
        instance.folders[new + path[len(old) :]] = instance.folders.pop(path)
    instance.make_folder(new)
    _move_privileges(instance, old, new)
    return None


def _move_privileges(instance: Instance, old: str, new: str) -> None:
    for user in instance.users.values():
        if "/" not in new and old in user.privileges_on_folders:
            user.privileges_on_folders[new] = user.privileges_on_folders.pop(old)


def delete_empty_folders(call: Invocation) -> Answer:
    """Delete folders that are empty, including their subfolders; users' archives stay. Assumed: the result is null."""
    instance = call.instance
    start = call.arguments.optional_text("folder") or ""
    if start:
        instance.folder(start)
    empty = [path for path in sorted(instance.below(start)) if "/" in path and _is_empty(instance, path)]

    def finish() -> JsonValue:
        for path in empty:
            instance.folders.pop(path, None)
        return None

    return work([f"Deleting folder {path}..." for path in empty] or ["There are no empty folders."], finish)


def _is_empty(instance: Instance, path: str) -> bool:
    return not any(instance.folders[name].messages for name in (path, *instance.below(path)))


def _depth(path: str) -> int:
    return len(path.split("/")) if path else 0


HANDLERS: Mapping[str, Handler] = {
    "GetChildFolders": get_child_folders,
    "GetFolderStatistics": get_folder_statistics,
    "MoveFolder": move_folder,
    "DeleteEmptyFolders": delete_empty_folders,
}
