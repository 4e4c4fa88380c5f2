"""Initial states: a small invented installation, or an empty one."""

from __future__ import annotations

import pickle
import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from pydantic import JsonValue

from mailstore_sdk.simulator import demo_people
from mailstore_sdk.simulator.functions.instances import new_instance, store_path
from mailstore_sdk.simulator.state.archive import Folder, Store
from mailstore_sdk.simulator.state.automation import Job, JobRun, JsonObject, Profile, WorkerRun
from mailstore_sdk.simulator.state.estate import INSTANCE_HOST, Estate
from mailstore_sdk.simulator.state.instance import Credential, Directory, Instance
from mailstore_sdk.simulator.state.machines import Host

Rows = list[tuple[list[WorkerRun], list[JobRun]]]

_SECOND_HOST = "host02.example.com"
_OUTCOMES = {"succeeded": 90, "completedWithErrors": 6, "failed": 3, "cancelled": 1}
_RUNS = 240
_RUN_DAYS = 30
_JOB_RUN_DAYS = 90
"""How long a server keeps the rows of runs, according to observed replies."""

_NEW_LAYOUT = 2025
"""The first year whose stores have their indexes in a subfolder."""

_SILENCE = timedelta(days=9)
"""How long ago one of the profiles ran last."""

_STRETCHES = 10
_CLIENT_MACHINE = "CLIENT01"
_FAILING = "The mail server refused the login of journal@example.com."
_COMPLIANCE: JsonValue = {
    "legalHoldEnabled": False,
    "logSuccessfulUserActivities": ["SessionLogin", "SessionLogout", "UserAdd", "UserDelete", "UserUpdate"],
}
_TEN_YEARS: JsonValue = {
    "name": "Ten years", "enabled": True, "period": 10, "periodInterval": "year", "referenceDateType": "ArchiveDate",
    "delete": False, "searchCriteria": None,
}  # fmt: skip
_DIRECTORY: JsonObject = {
    "type": "activeDirectory", "serverName": "dc.example.com", "protocol": "LDAP", "authenticationType": "standardAuthentication",
    "userName": "EXAMPLE\\svc", "password": None, "baseDN": "DC=example,DC=com", "microsoftExchangeUsersOnly": False,
    "enabledUsersOnly": True, "usersVisibleInAddressListsOnly": False, "groups": ["Archive users"], "userNameFormat": "samAccountName",
    "authenticationProtocol": "networkAuthentication", "openIdDiscoveryUrl": None, "openIdClientID": None, "openIdRedirectUrl": None,
    "openIdForceAdfsLogin": False, "deleteUsers": True,
}  # fmt: skip


def empty_estate(version: str, random_seed: int = 0, size: int = 1) -> Estate:
    """Create an installation with an instance host and no instance."""
    del random_seed, size  # the same for all
    return Estate(version)


def demo_estate(version: str, random_seed: int = 0, size: int = 1, today: date | None = None) -> Estate:
    """Create two running instances and a stopped one, with users, archive stores and the profile runs of a month.

    It has problems to find: a profile that fails, one that does not run, and stores that need an upgrade, a rebuild, a
    repair or a recovery.
    It is the same for the same seed on the same day: the runs end yesterday. `size` multiplies users, stores and runs.
    """
    day = today or date.today()  # noqa: DTZ011 - a day of the server's
    state, rows = _first_state(version, random_seed, size, day)
    estate: Estate = pickle.loads(state)  # noqa: S301 - made here
    for instance, (runs, job_runs) in zip(estate.instances.values(), rows, strict=True):
        instance.runs, instance.job_runs = [*runs], [*job_runs]
    return estate


@lru_cache(maxsize=4)
def _first_state(version: str, random_seed: int, size: int, today: date) -> tuple[bytes, Rows]:
    """Return the state without the rows of runs, and these, which never change: each reset needs a new copy, quickly."""
    chance = random.Random(random_seed)  # noqa: S311 - invented data
    midnight = datetime.combine(today, time())
    estate = Estate(version, smtp=_smtp("spe.example.com"))
    estate.hosts[_SECOND_HOST] = Host(_SECOND_HOST, thumbprint="33221100FFEEDDCCBBAA99887766554433221100")
    for number in (1, 2, 3):
        estate.add_instance(_instance(number, midnight, chance, size))
    _spoil(estate.instance("test02"), midnight)
    _fail_journal(estate.instance("test03"), midnight)
    for instance_id in ("test01", "test02"):
        estate.start_instance(estate.instance(instance_id))
        started = estate.instance(instance_id).process
        if started:
            started.started = midnight - timedelta(days=7)
    rows = [(instance.runs, instance.job_runs) for instance in estate.instances.values()]
    for instance in estate.instances.values():
        instance.runs, instance.job_runs = [], []
    return pickle.dumps(estate), rows


SEEDS: Mapping[str, Callable[[str, int, int], Estate]] = {"demo": demo_estate, "empty": empty_estate}


def _smtp(host: str) -> JsonObject:
    return {
        "hostname": f"smtp.{host}", "port": 587, "protocol": "SMTP-TLS", "ignoreSslPolicyErrors": False, "authenticationRequired": True,
        "username": f"archive@{host}", "password": "smtp", "fromDisplayName": "Archive", "fromEmailAddress": f"archive@{host}",
        "recipientEmailAddress": f"admin@{host}",
    }  # fmt: skip


def _instance(number: int, midnight: datetime, chance: random.Random, size: int) -> Instance:
    name = f"test{number:02}"
    domain = f"{name}.example.com"
    instance = new_instance(
        {
            "instanceID": name,
            "alias": name,
            "displayName": f"Test {number:02}",
            "instanceHost": _SECOND_HOST if number == 3 else INSTANCE_HOST,  # noqa: PLR2004 - the last one
            "startMode": "automatic",
            "baseDirectory": f"D:\\archive\\{name}",
        }
    )
    instance.users |= {user.name: user for user in demo_people.users(domain, size)}
    instance.stores = {store.id: store for store in _stores(instance, midnight, chance, size)}
    _fill_folders(instance)
    instance.profiles = {profile.id: profile for profile in _profiles(domain)}
    instance.runs = _runs(instance, midnight, chance, size)
    _arrange(instance, midnight)
    instance.directory = Directory(dict(_DIRECTORY), "directory", demo_people.directory(domain))
    instance.numbers = {
        "store": max(instance.stores),
        "profile": max(instance.profiles),
        "job": max(instance.jobs),
        "credential": max(instance.credentials),
        "message": 10**6,
    }
    return instance


def _stores(instance: Instance, midnight: datetime, chance: random.Random, size: int) -> list[Store]:
    def store(number: int, name: str, state: str, messages: int) -> Store:
        size = messages * chance.randint(40_000, 90_000)
        created, path = date.fromisoformat(f"{name}-01"), store_path(instance, name)
        index_path = path if created.year < _NEW_LAYOUT else ""
        return Store(number, name, path, state, messages, size, created=created, index_path=index_path)

    stores = [
        store(1, "2025-07", "normal", 400),
        store(2, "2026-01", "current", chance.randint(100, 300)),
        store(3, "2024-01", "disabled", 1_200),
    ]
    stores[0].needs_rebuild = instance.id == "test01"
    stores[2].deleted = 25
    for number in range(4, 3 * size + 1):
        month = midnight.date().replace(day=1) - timedelta(days=30 * number)
        stores.append(store(number, f"{month:%Y-%m}", "normal", chance.randint(100, 2_000)))
    path = f"D:\\archive\\{instance.id}\\2025-12"
    instance.detached[path] = Store(0, "Messages 2025-12", path, messages=80, size=4_000_000, needs_upgrade=True)
    return stores


def _fill_folders(instance: Instance) -> None:
    """Spread the messages of the stores over the folders of the users."""
    for user in instance.users:
        if not user.startswith("$"):
            for path in (f"{user}/Inbox", f"{user}/Sent", f"{user}/Old"):
                instance.make_folder(path)
    folders = [folder for path, folder in instance.folders.items() if path.endswith(("/Inbox", "/Sent"))]
    for store in instance.stores.values():
        _spread(store, folders)


def _spread(store: Store, folders: list[Folder]) -> None:
    for index, folder in enumerate(folders):
        messages = [f"{store.id}:{number}" for number in range(index + 1, store.messages + 1, len(folders))]
        folder.messages += messages
        folder.size += store.size * len(messages) // max(store.messages, 1)


def _profiles(domain: str) -> list[Profile]:
    def properties(name: str, owner: str, account: str) -> JsonObject:
        details: JsonObject = {
            "host": f"imap.{domain}", "protocol": "IMAP-TLS", "userName": account, "emailAddress": account, "password": "imap",
            "targetUserFolder": owner, "timeout": "0",
        }  # fmt: skip
        execution: JsonObject = {"automatic": True, "automaticPauseBetweenExecutions": 300}
        return {
            "name": name, "owner": owner, "type": "I", "connector": "IMAP", "details": details, "serverSideExecution": execution,
        }  # fmt: skip

    return [
        Profile(1, properties("Mailboxes of alice and bob", "alice", f"alice@{domain}")),
        Profile(2, properties("Journal", "admin", f"journal@{domain}")),
        Profile(3, properties("Mailbox of carol", "carol", f"carol@{domain}")),
    ]


def _arrange(instance: Instance, midnight: datetime) -> None:
    """Add jobs, a credential and settings."""
    created = midnight - timedelta(days=365)
    jobs = {
        "Nightly synchronisation": ("SyncUsersWithDirectoryServices", "03:30:00"),
        "Retention": ("ProcessRetentionPolicies", "04:00:00"),
    }
    for number, (name, (action, moment)) in enumerate(jobs.items(), 1):
        instance.jobs[number] = Job(number, name, action, "admin", created, {"timeZoneId": "$Local", "time": moment})
    for day in range(_JOB_RUN_DAYS, 0, -1):
        for job in instance.jobs.values():
            start = datetime.combine(midnight.date() - timedelta(days=day), time.fromisoformat(str(job.schedule["time"])))
            job.last_start, job.last_complete = start, start + timedelta(seconds=1)
            instance.job_runs.append(JobRun(len(instance.job_runs) + 1, job.id, job.action, start, job.last_complete, "succeeded"))
    instance.credentials[1] = Credential(
        1,
        "Office365_Modern",
        "Microsoft 365",
        {
            "ApplicationId": "00000000-0000-0000-0000-000000000002",
            "TenantId": "00000000-0000-0000-0000-000000000001",
            "CertificateThumbprint": "9F86D081884C7D659A2FEAA0C55AD015A3BF4F1B",
            "CertificateExpirationDate": "2030-01-01T00:00:00Z",
        },
    )
    instance.settings = {"compliance": _COMPLIANCE, "retention": [_TEN_YEARS], "smtp": _smtp("example.com")}


def _spoil(instance: Instance, midnight: datetime) -> None:
    """Give an instance problems to find."""
    instance.profiles[2].fault = _FAILING
    silent, other = instance.profiles[3], instance.profiles[1]
    for index, run in enumerate(instance.runs):
        if run.profile_id == silent.id and run.start > midnight - _SILENCE:
            instance.runs[index] = replace(run, profile_id=other.id, profile_name=other.name)
    _fail_journal(instance, midnight)
    instance.stores[1].needs_upgrade = True
    instance.stores[1].damaged = 3
    number = max(instance.stores)
    for trouble in ("unavailable", "locked", "corrupt"):
        number += 1
        name = f"2023-{number:02}"
        path = store_path(instance, name)
        store = Store(number, name, path, messages=150, size=9_000_000, trouble=trouble, index_path=path)
        store.passphrase = "recovery key" if trouble == "locked" else None
        instance.stores[number] = store
    instance.numbers["store"] = number


def _fail_journal(instance: Instance, midnight: datetime) -> None:
    """Add a failed last run of the journal."""
    number, start = max(run.id for run in instance.runs) + 1, midnight - timedelta(minutes=1)
    machine = instance.host.partition(".")[0].upper()
    instance.runs.append(WorkerRun(number, "admin", "failed", 0, start, start + timedelta(seconds=5), machine, 2, "Journal"))


def _runs(instance: Instance, midnight: datetime, chance: random.Random, size: int) -> list[WorkerRun]:
    """Create runs until yesterday. Numbers grow with the end of a run; the rows are several sorted sequences, as seen on a server."""
    spans = sorted((_span(midnight, chance) for _ in range(_RUNS * size)), key=lambda span: span[1])
    runs = [_run(number, span, instance, chance) for number, span in enumerate(spans, 1)]
    for last in {run.profile_id: run for run in runs}.values():
        runs[last.id - 1] = replace(last, result="succeeded")  # The final failure is not random.
    return [run for first in range(_STRETCHES) for run in runs[first::_STRETCHES]]


def _span(midnight: datetime, chance: random.Random) -> tuple[datetime, datetime]:
    start = midnight - timedelta(days=_RUN_DAYS) + timedelta(seconds=chance.randrange(_RUN_DAYS * 86_400 - 300))
    return start, start + timedelta(seconds=chance.randint(1, 300))


def _run(number: int, span: tuple[datetime, datetime], instance: Instance, chance: random.Random) -> WorkerRun:
    start, complete = span
    user = chance.choice(["admin", "alice", "bob", "carol"])
    if number % 40 == 0:  # as seen on a server: runs from a client have no stored profile
        return WorkerRun(number, user, "succeeded", 0, start, complete, _CLIENT_MACHINE)
    profile = instance.profiles[chance.choice([*instance.profiles])]
    result = chance.choices(list(_OUTCOMES), list(_OUTCOMES.values()))[0]
    machine = instance.host.partition(".")[0].upper()
    return WorkerRun(number, user, result, chance.randrange(400), start, complete, machine, profile.id, profile.name)
