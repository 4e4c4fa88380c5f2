"""The people of the demo."""

from __future__ import annotations

from mailstore_sdk.simulator.state.people import DirectoryEntry, User

_EVERYBODY = 4
"""Number of users of a demo of size 1."""


def users(domain: str, size: int) -> list[User]:
    """Create the users of an instance; all after the first four are numbered."""
    named = [
        User("admin", "Administrator", password="admin", privileges=["admin"]),
        User(
            "alice",
            "Alice Example",
            _distinguished("Alice Example", domain),
            authentication="directoryServices",
            email_addresses=[f"alice@{domain}", f"a.example@{domain}"],
            privileges=["login"],
            privileges_on_folders={"alice": ["read"]},
        ),
        User(
            "bob",
            "Bob Example",
            password="bob",
            email_addresses=[f"bob@{domain}"],
            pop3_user_names=["bob-pop3"],
            privileges=["login", "changePassword", "archive", "export"],
            privileges_on_folders={"bob": ["read", "write"], "alice": ["read"]},
            app_passwords=["outlook", "phone"],
        ),
        User(
            "carol",
            email_addresses=[f"carol@{domain}"],
            login_privileges=["web"],
            privileges_on_folders={"carol": ["read", "write", "delete"]},
        ),
    ]
    return named + [_numbered(number, domain) for number in range(_EVERYBODY + 1, _EVERYBODY * size + 1)]


def _numbered(number: int, domain: str) -> User:
    name = f"user{number:04}"
    return User(
        name,
        f"User {number}",
        password=name,
        email_addresses=[f"{name}@{domain}"],
        privileges=["login"],
        privileges_on_folders={name: ["read"]},
    )


def directory(domain: str) -> list[DirectoryEntry]:
    """Create the directory's entries: alice with a new name, and dave, who is not a user yet."""
    return [
        DirectoryEntry(
            "alice", "Alice Example-Jones", _distinguished("Alice Example-Jones", domain), [f"alice@{domain}", f"a.example@{domain}"]
        ),
        DirectoryEntry("dave", "Dave Example", _distinguished("Dave Example", domain), [f"dave@{domain}"]),
    ]


def _distinguished(name: str, domain: str) -> str:
    return f"CN={name},DC={',DC='.join(domain.split('.'))}"
