"""Users of an instance."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from pydantic import JsonValue

from mailstore_sdk.simulator.arguments import Arguments
from mailstore_sdk.simulator.errors import Refusal
from mailstore_sdk.simulator.functions.invocation import Answer, Handler, Invocation
from mailstore_sdk.simulator.state.estate import check_new_name
from mailstore_sdk.simulator.state.people import ALL_LOGINS, MFA_OFF, MFA_ON, PROVIDER_USER, User


def get_users(call: Invocation) -> Answer:
    """List all users, sorted by name as seen on a server."""
    return [_row(user) for _, user in sorted(call.instance.users.items(), key=lambda item: item[0].casefold())]


def get_user_info(call: Invocation) -> Answer:
    """Return a user's settings; privileges on folders only for users without access to all folders."""
    user = _user(call)
    info: dict[str, JsonValue] = {
        "userName": user.name,
        "fullName": user.full_name,
        "distinguishedName": user.distinguished_name,
        "authentication": user.authentication,
        "mfaStatus": user.mfa_status,
        "emailAddresses": [*user.email_addresses],
        "pop3UserNames": [*user.pop3_user_names],
        "privileges": [*user.privileges],
        "loginPrivileges": [*user.login_privileges],
    }
    if not user.is_admin:
        info["privilegesOnFolders"] = [
            {"folder": folder, "privileges": [*privileges]} for folder, privileges in user.privileges_on_folders.items()
        ]
    return info


def create_user(call: Invocation) -> Answer:
    """Add a user.

    Assumed: all login privileges by default, since the sources differ on them; the server creates a folder of the same
    name and lets the user read it, since they do not mention folders.
    """
    arguments = call.arguments
    name = arguments.text("userName")
    check_new_name(call.instance.users, name, "User")
    logins = arguments.texts("loginPrivileges") if "loginPrivileges" in arguments else list(ALL_LOGINS)
    call.instance.users[name] = User(
        name,
        arguments.optional_text("fullName"),
        arguments.optional_text("distinguishedName"),
        arguments.optional_text("authentication") or "integrated",
        arguments.optional_text("password"),
        privileges=granted(arguments.texts("privileges"), alone=("none", "admin")),
        login_privileges=granted(logins, alone=("none",)),
        privileges_on_folders={name: ["read"]},
    )
    call.instance.make_folder(name)
    return None


def rename_user(call: Invocation) -> Answer:
    """Rename the user; folders and the privileges on them keep their names."""
    instance = call.instance
    user = instance.user(call.arguments.text("oldUserName"))
    name = call.arguments.text("newUserName")
    _refuse_provider(user)
    check_new_name(instance.users, name, "User")
    user.name = name
    instance.users = {user.name: user for user in instance.users.values()}
    return None


def set_user_privileges_on_folder(call: Invocation) -> Answer:
    """Set the privileges on a top-level folder; ``none`` removes them."""
    folder = call.arguments.text("folder")
    if "/" in folder:
        raise Refusal(f"Folder {folder} is not a folder of the top level.", "System.ArgumentException")
    call.instance.folder(folder)
    _grant(_user(call), [folder], call.arguments)
    return None


def set_user_privileges_on_all_folders(call: Invocation) -> Answer:
    """Set the same privileges on every existing top-level folder."""
    _grant(_user(call), [folder for folder in call.instance.folders if "/" not in folder], call.arguments)
    return None


def clear_user_privileges_on_folders(call: Invocation) -> Answer:
    """Remove all of a user's privileges on folders."""
    _user(call).privileges_on_folders.clear()
    return None


def delete_user(call: Invocation) -> Answer:
    """Remove the user; archived messages stay."""
    user = _user(call)
    _refuse_provider(user)
    del call.instance.users[user.name]
    return None


def _grant(user: User, folders: Sequence[str], arguments: Arguments) -> None:
    privileges = granted(arguments.texts("privileges"), alone=("none",))
    for folder in folders:
        user.privileges_on_folders.pop(folder, None)
        if privileges:
            user.privileges_on_folders[folder] = [*privileges]


def _refuse_provider(user: User) -> None:
    """Assumed: the service provider's own user cannot be changed."""
    if user.name == PROVIDER_USER:
        raise Refusal(f"User {user.name} cannot be renamed or deleted.")


def _setter(attribute: str, read: Callable[[Arguments], object]) -> Handler:
    """Make a handler that replaces one attribute of a user."""

    def set_(call: Invocation) -> Answer:
        setattr(_user(call), attribute, read(call.arguments))
        return None

    return set_


def granted(privileges: Sequence[str], alone: Sequence[str]) -> list[str]:
    """Return the privileges to store: ``none`` becomes an empty list.

    Raises:
        Refusal: A value that cannot be combined is one of several.
    """
    for privilege in alone:
        if privilege in privileges and len(privileges) > 1:
            raise Refusal(f"The privilege {privilege} cannot be combined with others.", "System.ArgumentException")
    return [privilege for privilege in privileges if privilege != "none"]


def _user(call: Invocation) -> User:
    return call.instance.user(call.arguments.text("userName"))


def _row(user: User) -> JsonValue:
    return {
        "userName": user.name,
        "fullName": user.full_name,
        "distinguishedName": user.distinguished_name,
        "mfaStatus": user.mfa_status,
    }


def _texts_or_none(name: str) -> Callable[[Arguments], list[str]]:
    """Make a reader of a list argument that is empty if not sent."""
    return lambda arguments: arguments.texts(name) if name in arguments else []


HANDLERS: Mapping[str, Handler] = {
    "GetUsers": get_users,
    "GetUserInfo": get_user_info,
    "CreateUser": create_user,
    "RenameUser": rename_user,
    # An omitted name is cleared, as the vendor says. Assumed: omitted lists are too.
    "SetUserFullName": _setter("full_name", lambda arguments: arguments.optional_text("fullName")),
    "SetUserDistinguishedName": _setter("distinguished_name", lambda arguments: arguments.optional_text("distinguishedName")),
    "SetUserEmailAddresses": _setter("email_addresses", _texts_or_none("emailAddresses")),
    "SetUserPop3UserNames": _setter("pop3_user_names", _texts_or_none("pop3UserNames")),
    "SetUserAuthentication": _setter("authentication", lambda arguments: arguments.text("authentication")),
    "SetUserPassword": _setter("password", lambda arguments: arguments.text("password")),
    "SetUserPrivileges": _setter("privileges", lambda arguments: granted(arguments.texts("privileges"), ("none", "admin"))),
    "SetUserLoginPrivileges": _setter("login_privileges", lambda arguments: granted(arguments.texts("loginPrivileges"), ("none",))),
    "SetUserPrivilegesOnFolder": set_user_privileges_on_folder,
    "SetUserPrivilegesOnAllFolders": set_user_privileges_on_all_folders,
    "ClearUserPrivilegesOnFolders": clear_user_privileges_on_folders,
    # The result of InitializeMFA is unknown; null is assumed.
    "InitializeMFA": _setter("mfa_status", lambda _: MFA_ON),
    "DisableMFA": _setter("mfa_status", lambda _: MFA_OFF),
    "DeleteAppPasswords": _setter("app_passwords", lambda _: []),
    "DeleteUser": delete_user,
}
