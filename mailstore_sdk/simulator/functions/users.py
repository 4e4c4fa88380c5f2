"""Users of an instance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pydantic import JsonValue

from mailstore_sdk.simulator.estate import ALL_LOGINS, User
from mailstore_sdk.simulator.functions.invocation import Answer, Handler, Invocation
from mailstore_sdk.simulator.refusal import Refusal, out_of_range


def get_users(call: Invocation) -> Answer:
    """One line for each user."""
    return [_row(user) for user in call.instance.users.values()]


def get_user_info(call: Invocation) -> Answer:
    """Everything about a user; folders only for those who do not see all folders anyway."""
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
    """Add a user, who may read the folder of the same name and log in everywhere unless told otherwise.

    Both are assumptions: the sources differ on the login privileges and tell nothing about folders.
    """
    arguments = call.arguments
    name = arguments.text("userName")
    if not name:
        raise out_of_range()
    if name in call.instance.users:
        raise Refusal(f"User {name} already exists.")
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
    return None


def set_user_password(call: Invocation) -> Answer:
    """Set the password, which no function tells."""
    _user(call).password = call.arguments.text("password")
    return None


def delete_user(call: Invocation) -> Answer:
    """Remove the user; archived messages are not touched."""
    del call.instance.users[_user(call).name]
    return None


def granted(privileges: Sequence[str], alone: Sequence[str]) -> list[str]:
    """The privileges to keep: ``none`` means nothing.

    Raises:
        Refusal: One that must stand alone does not.
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


HANDLERS: Mapping[str, Handler] = {
    "GetUsers": get_users,
    "GetUserInfo": get_user_info,
    "CreateUser": create_user,
    "SetUserPassword": set_user_password,
    "DeleteUser": delete_user,
}
