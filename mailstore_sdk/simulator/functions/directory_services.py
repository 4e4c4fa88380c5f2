"""Users that are synchronized from a directory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import cast

from pydantic import JsonValue

from mailstore_sdk.simulator.errors import Refusal
from mailstore_sdk.simulator.functions.invocation import Answer, Handler, Invocation, without_passwords, work
from mailstore_sdk.simulator.state.automation import JsonObject
from mailstore_sdk.simulator.state.instance import Instance
from mailstore_sdk.simulator.state.people import DirectoryEntry, User

_Change = tuple[str, Callable[[], object]]
_DIRECTORY = "directoryServices"


def get_directory_services_configuration(call: Invocation) -> Answer:
    """Return the settings; the password is null. Assumed: without a directory, the type is ``none``."""
    return without_passwords(dict(call.instance.directory.configuration))


def set_directory_services_configuration(call: Invocation) -> Answer:
    """Replace the settings, including the password: null means no password."""
    config = call.arguments.json_object("config")
    password = config.get("password")
    call.instance.directory.password = None if password is None else str(password)
    call.instance.directory.configuration = cast("JsonObject", without_passwords(config))
    return None


def sync_users_with_directory_services(call: Invocation) -> Answer:
    """Create, change and, if the settings say so, delete users. The log lists the changes; a dry run only logs them.

    Assumed: the result is null.
    """
    instance, is_dry = call.instance, call.arguments.flag("dryRun", default=False)
    _check_login(instance)
    changes = list(_changes(instance))
    lines = ["Reading the directory...", *(line for line, _ in changes)]

    def finish() -> JsonValue:
        for _, act in () if is_dry else changes:
            act()
        return None

    return work(lines, finish, f"Done. {len(changes)} changes{' would be made' if is_dry else ''}.")


def _check_login(instance: Instance) -> None:
    directory = instance.directory
    if directory.configuration["type"] == "none":
        raise Refusal("No directory services are configured.")
    if "password" in directory.configuration and directory.password is None:
        raise Refusal("The directory refused the login: no password is set.")
    credential = directory.configuration.get("credentialId")
    if credential is not None and credential not in list(instance.credentials):
        raise Refusal(f"Credential {credential} does not exist.")


def _changes(instance: Instance) -> Iterator[_Change]:
    people = {entry.name: entry for entry in instance.directory.people}
    for name, entry in people.items():
        user = instance.users.get(name)
        if user is None:
            yield f"Creating user {name}.", _creation(instance, entry)
        elif user.authentication == _DIRECTORY and _shown(user) != _shown(entry):
            yield f"Changing user {name}.", _update(user, entry)
    if instance.directory.configuration.get("deleteUsers") is True:
        for user in list(instance.users.values()):
            if user.authentication == _DIRECTORY and user.name not in people:
                yield f"Deleting user {user.name}.", _deletion(instance, user.name)


def _shown(person: User | DirectoryEntry) -> tuple[str | None, str | None, tuple[str, ...]]:
    return person.full_name, person.distinguished_name, tuple(person.email_addresses)


def _creation(instance: Instance, entry: DirectoryEntry) -> Callable[[], None]:
    def create() -> None:
        user = User(entry.name, authentication=_DIRECTORY, privileges=["login"], privileges_on_folders={entry.name: ["read"]})
        instance.users[entry.name] = user
        instance.make_folder(entry.name)
        _update(user, entry)()

    return create


def _update(user: User, entry: DirectoryEntry) -> Callable[[], None]:
    def update() -> None:
        user.full_name, user.distinguished_name = entry.full_name, entry.distinguished_name
        user.email_addresses = [*entry.email_addresses]

    return update


def _deletion(instance: Instance, name: str) -> Callable[[], object]:
    return lambda: instance.users.pop(name, None)


HANDLERS: Mapping[str, Handler] = {
    "GetDirectoryServicesConfiguration": get_directory_services_configuration,
    "SetDirectoryServicesConfiguration": set_directory_services_configuration,
    "SyncUsersWithDirectoryServices": sync_users_with_directory_services,
}
