"""What an installation holds at the start: an invented small one, or nothing."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta

from mailstore_sdk.simulator.estate import INSTANCE_HOST, PROVIDER_USER, Estate, Host, Instance, Store, User, WorkerRun

_SECOND_HOST = "host02.example.com"
_PROFILES = {1: "Mailboxes of alice and bob", 2: "Journal", 3: "Mailbox of carol"}
_OUTCOMES = {"succeeded": 90, "completedWithErrors": 6, "failed": 3, "cancelled": 1}
_RUNS_A_YEAR = 240


def empty_estate(version: str, random_seed: int = 0) -> Estate:
    """An instance host and no instance."""
    del random_seed  # the same for every seed
    return Estate(version)


def demo_estate(version: str, random_seed: int = 0, today: date | None = None) -> Estate:
    """Two running instances and a stopped one, with users, archive stores and a year of profile runs.

    It is the same for the same seed on the same day: the runs end yesterday.
    """
    chance = random.Random(random_seed)  # noqa: S311 - invented data
    midnight = datetime.combine(today or date.today(), time())  # noqa: DTZ011 - a day of the server's
    estate = Estate(version)
    estate.hosts[_SECOND_HOST] = Host(_SECOND_HOST, thumbprint="33221100FFEEDDCCBBAA99887766554433221100")
    for number in (1, 2, 3):
        instance = _instance(number, chance)
        instance.runs = _runs(instance, midnight, chance)
        estate.add_instance(instance)
    for instance_id in ("test01", "test02"):
        estate.start_instance(estate.instance(instance_id))
    return estate


SEEDS: Mapping[str, Callable[[str, int], Estate]] = {"demo": demo_estate, "empty": empty_estate}


def _instance(number: int, chance: random.Random) -> Instance:
    name = f"test{number:02}"
    domain = f"{name}.example.com"
    stores = _stores(name, chance)
    return Instance(
        id=name,
        alias=name,
        display_name=f"Test {number:02}",
        host=INSTANCE_HOST if number in (1, 2) else _SECOND_HOST,
        base_directory=f"D:\\archive\\{name}",
        options={
            "debugLogEnabled": False,
            "imapServerConnectionLogEnabled": False,
            "vssWriterEnabled": True,
            "vssWriterExcludeIndexes": False,
        },
        users={user.name: user for user in (new_provider_user(), *_users(domain))},
        stores={store.id: store for store in stores},
    )


def new_provider_user() -> User:
    """The service provider's own access to an instance."""
    return User(PROVIDER_USER, privileges=["admin"])


def _users(domain: str) -> list[User]:
    return [
        User("admin", "Administrator", password="admin", privileges=["admin"]),
        User(
            "alice",
            "Alice Example",
            f"CN=Alice Example,DC={',DC='.join(domain.split('.'))}",
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
        ),
        User(
            "carol",
            email_addresses=[f"carol@{domain}"],
            login_privileges=["web"],
            privileges_on_folders={"carol": ["read", "write", "delete"]},
        ),
    ]


def _stores(instance: str, chance: random.Random) -> list[Store]:
    def store(number: int, name: str, state: str, messages: int) -> Store:
        path = store_path(f"D:\\archive\\{instance}", number)
        return Store(number, name, path, state, messages=messages, size=messages * chance.randint(40_000, 90_000))

    stores = [
        store(1, "2025-07", "normal", 400),
        store(2, "2026-01", "current", chance.randint(100, 300)),
        store(3, "2024-01", "disabled", 1_200),
    ]
    stores[0].needs_rebuild = instance == "test01"
    return stores


def store_path(base_directory: str, number: int) -> str:
    """Folder of a store on its host."""
    return f"{base_directory}\\store{number}"


def _runs(instance: Instance, midnight: datetime, chance: random.Random) -> list[WorkerRun]:
    runs = [_run(number, midnight, instance.host, chance) for number in range(1, _RUNS_A_YEAR + 1)]
    # As in replies of real servers, rows are nearly in the order of time, not strictly.
    for index in range(0, len(runs) - 1, 10):
        runs[index], runs[index + 1] = runs[index + 1], runs[index]
    return runs


def _run(number: int, midnight: datetime, host: str, chance: random.Random) -> WorkerRun:
    days_ago = 365 - 364 * number // _RUNS_A_YEAR
    start = midnight - timedelta(days=days_ago) + timedelta(seconds=chance.randrange(86_000))
    profile = chance.choice([None, *_PROFILES] if number % 40 == 0 else [*_PROFILES])
    return WorkerRun(
        id=number,
        user_name=chance.choice(["admin", "alice", "bob", "carol"]),
        result=chance.choices(list(_OUTCOMES), list(_OUTCOMES.values()))[0],
        items_archived=chance.randrange(400),
        start=start,
        complete=start + timedelta(seconds=chance.randint(1, 300)),
        machine_name=host.partition(".")[0].upper(),
        profile_id=profile,
        profile_name=_PROFILES[profile] if profile else None,
    )
