"""Calls on instances, users and stores in any order, compared with a small model."""

import json
from dataclasses import dataclass, field

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test

from mailstore_sdk.simulator import Simulator
from tests.simulator.conftest import Api

INSTANCES = st.sampled_from(["one", "one", "one", "two"])
USERS = st.sampled_from(["alice", "jürgen & co"])
NAMES = st.text(min_size=1, max_size=8, alphabet=st.characters(codec="utf-8", exclude_characters="\x00"))
STORES = st.integers(0, 3)
"""Which of the stores that there are; where there are fewer, one that is not there."""

PATHS = st.sampled_from([f"E:\\{number}" for number in range(6)])
STATES = st.sampled_from(["current", "normal", "writeProtected", "disabled"])
PRIVILEGES = st.lists(st.sampled_from(["login", "export", "delete"]), min_size=1, unique=True)
CONFIG = {
    "alias": None, "displayName": None, "instanceHost": "host01.example.com", "startMode": "automatic", "baseDirectory": None,
    "debugLogEnabled": False, "vssWriterEnabled": True,
}  # fmt: skip


# Most calls need something to act on, or nearly all would be refused.
with_work = precondition(lambda self: any(instance.running for instance in self.instances.values()))


@dataclass
class ModelUser:
    privileges: list
    full_name: str | None = None


@dataclass
class ModelStore:
    name: str
    path: str
    state: str = "normal"


@dataclass
class ModelInstance:
    running: bool = False
    users: dict = field(default_factory=dict)
    stores: dict = field(default_factory=dict)
    detached: set = field(default_factory=set)
    last_store: int = 1
    """CreateInstance makes the first one, which this test takes away."""

    def set_state(self, store, state):
        for other in self.stores.values():
            if state == "current" and other.state == "current":
                other.state = "normal"
        store.state = state


class Installation(RuleBasedStateMachine):
    simulator: Simulator
    api: Api

    def __init__(self):
        super().__init__()
        self.simulator.reset()
        self.instances = {}

    def agree(self, allowed, function, /, **form):
        """Call a function that must succeed exactly if the model allows it; return whether it did."""
        final = self.api.follow(self.api.call(function, **form))[-1]
        assert final["statusCode"] == ("succeeded" if allowed else "failed"), final
        return allowed

    def number(self, name, index):
        instance = self.instances.get(name) or ModelInstance()
        return [*instance.stores, *[instance.last_store + 1] * 4][index]

    def running(self, name):
        instance = self.instances.get(name)
        return instance if instance and instance.running else None

    @initialize()
    def begin(self):
        self.create_instance("one")
        self.start_all()

    @rule(name=st.just("two"))
    def create_instance(self, name):
        config = CONFIG | {"instanceID": name}
        if self.agree(name not in self.instances, "CreateInstance", config=json.dumps(config)):
            self.simulator.estate.instance(name).stores.clear()
            self.instances[name] = ModelInstance()

    @rule(name=INSTANCES, function=st.sampled_from(["StartInstances", "StopInstances", "RestartInstances"]))
    def start_or_stop(self, name, function):
        if self.agree(name in self.instances, function, instanceFilter=name):
            self.instances[name].running = function != "StopInstances"

    @precondition(lambda self: not all(instance.running for instance in self.instances.values()))
    @rule()
    def start_all(self):
        self.agree(True, "StartInstances", instanceFilter="*")
        for instance in self.instances.values():
            instance.running = True

    @precondition(lambda self: "two" in self.instances)
    @rule(name=st.just("two"))
    def delete_instance(self, name):
        if self.agree(name in self.instances, "DeleteInstances", instanceFilter=name):
            del self.instances[name]

    @with_work
    @rule(name=INSTANCES, user=USERS, privileges=PRIVILEGES)
    def create_user(self, name, user, privileges):
        instance = self.running(name)
        allowed = instance is not None and user not in instance.users
        if self.agree(allowed, "CreateUser", instanceID=name, userName=user, privileges=",".join(privileges)):
            instance.users[user] = ModelUser(privileges)

    @with_work
    @rule(name=INSTANCES, user=USERS, full_name=st.none() | NAMES)
    def set_full_name(self, name, user, full_name):
        instance = self.running(name)
        form = {} if full_name is None else {"fullName": full_name}
        if self.agree(instance is not None and user in instance.users, "SetUserFullName", instanceID=name, userName=user, **form):
            instance.users[user].full_name = full_name

    @with_work
    @rule(name=INSTANCES, user=USERS, privileges=PRIVILEGES)
    def set_privileges(self, name, user, privileges):
        instance = self.running(name)
        allowed = instance is not None and user in instance.users
        if self.agree(allowed, "SetUserPrivileges", instanceID=name, userName=user, privileges=",".join(privileges)):
            instance.users[user].privileges = privileges

    @with_work
    @rule(name=INSTANCES, old=USERS, new=USERS)
    def rename_user(self, name, old, new):
        instance = self.running(name)
        allowed = instance is not None and old in instance.users and new not in instance.users
        if self.agree(allowed, "RenameUser", instanceID=name, oldUserName=old, newUserName=new):
            instance.users[new] = instance.users.pop(old)

    @with_work
    @rule(name=INSTANCES, user=USERS)
    def delete_user(self, name, user):
        instance = self.running(name)
        if self.agree(instance is not None and user in instance.users, "DeleteUser", instanceID=name, userName=user):
            del instance.users[user]

    @with_work
    @rule(name=INSTANCES, wrong=st.sampled_from([False, False, True]), store=NAMES, path=PATHS, state=STATES)
    def add_store(self, name, wrong, store, path, state):
        instance = self.running(name)
        is_there = instance is not None and path in instance.detached
        function = "AttachStore" if is_there != wrong else "CreateStore"
        allowed = instance is not None and path not in {other.path for other in instance.stores.values()}
        allowed = allowed and (path in instance.detached) == (function == "AttachStore")
        if self.agree(allowed, function, instanceID=name, name=store, databasePath=path, requestedState=state):
            instance.last_store += 1
            instance.stores[instance.last_store] = ModelStore(store, path)
            instance.set_state(instance.stores[instance.last_store], state)
            instance.detached.discard(path)

    @with_work
    @rule(name=INSTANCES, index=STORES, state=STATES)
    def set_store_state(self, name, index, state):
        number = self.number(name, index)
        instance = self.running(name)
        allowed = instance is not None and number in instance.stores
        if allowed and state == "current":
            allowed = all(store.state != "current" for other, store in instance.stores.items() if other != number)
        if self.agree(allowed, "SetStoreRequestedState", instanceID=name, id=number, requestedState=state):
            instance.set_state(instance.stores[number], state)

    @with_work
    @rule(name=INSTANCES, index=STORES)
    def detach_store(self, name, index):
        number = self.number(name, index)
        instance = self.running(name)
        if self.agree(instance is not None and number in instance.stores, "DetachStore", instanceID=name, id=number):
            instance.detached.add(instance.stores.pop(number).path)

    @with_work
    @rule(name=INSTANCES, index=STORES)
    def verify_store(self, name, index):
        number = self.number(name, index)
        instance = self.running(name)
        allowed = instance is not None and number in instance.stores and instance.stores[number].state != "disabled"
        self.agree(allowed, "VerifyStore", instanceID=name, id=number, includeIndexes="true")

    @invariant()
    def instances_agree(self):
        rows = self.api.result("GetInstances", instanceFilter="*")
        assert {row["instanceID"]: row["status"] == "running" for row in rows} == {
            name: instance.running for name, instance in self.instances.items()
        }

    @invariant()
    def what_they_hold_agrees(self):
        for name, instance in self.instances.items():
            if instance.running:
                rows = self.api.result("GetUsers", instanceID=name)
                users = {row["userName"]: row["fullName"] for row in rows if row["userName"] not in ("$archiveadmin", "admin")}
                assert users == {user: about.full_name for user, about in instance.users.items()}
                for user, about in instance.users.items():
                    assert self.api.result("GetUserInfo", instanceID=name, userName=user)["privileges"] == about.privileges
                stores = self.api.result("GetStores", instanceID=name)
                assert {row["id"]: ModelStore(row["name"], row["databasePath"], row["requestedState"]) for row in stores} == instance.stores


@pytest.mark.spe_simulator(clock="immediate", seed="empty")
def test_the_simulator_agrees_with_the_model(api, spe_simulator):
    Installation.simulator, Installation.api = spe_simulator, api
    limits = settings(max_examples=20, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    run_state_machine_as_test(Installation, settings=limits)
