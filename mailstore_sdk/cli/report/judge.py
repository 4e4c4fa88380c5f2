"""Find problems. The rules are data: each has a name, a level that can be changed, and a meaning."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from mailstore_sdk import InstanceStartMode, InstanceStatus, ServiceMessageType
from mailstore_sdk.cli.report import rows
from mailstore_sdk.cli.report.collect import Estate, InstanceHealth, Refusal
from mailstore_sdk.cli.report.history import KINDS, Kind
from mailstore_sdk.cli.sizes import human_size


class Level(StrEnum):
    """Severities in rising order, with the exit statuses of monitoring systems."""

    OK = "ok"
    UNKNOWN = "unknown"
    WARNING = "warning"
    CRITICAL = "critical"

    @property
    def gravity(self) -> int:
        """The position in the order of severity."""
        return list(Level).index(self)

    @property
    def exit_status(self) -> int:
        """The exit status of monitoring plug-ins, 0 to 3."""
        return {Level.OK: 0, Level.WARNING: 1, Level.CRITICAL: 2, Level.UNKNOWN: 3}[self]


@dataclass(frozen=True)
class Rule:
    """A rule that a report checks, and its default level."""

    name: str
    level: Level
    meaning: str


@dataclass(frozen=True)
class Limit:
    """The numbers from which something is a warning or critical; None means never."""

    warning: float | None = None
    critical: float | None = None

    def level(self, value: float) -> Level:
        """The level of a value."""
        if self.critical is not None and value >= self.critical:
            return Level.CRITICAL
        if self.warning is not None and value >= self.warning:
            return Level.WARNING
        return Level.OK


@dataclass(frozen=True)
class Measure:
    """A number that is measured, and its default limit."""

    name: str
    limit: Limit
    meaning: str


RULES: Mapping[str, Rule] = {
    rule.name: rule
    for rule in (
        Rule("unreadable", Level.UNKNOWN, "Data of the installation or a running instance that could not be read."),
        Rule("server-inactive", Level.CRITICAL, "A server of the installation that is down."),
        Rule("instance-down", Level.CRITICAL, "An instance that is not running although it starts automatically."),
        Rule("instance-off", Level.OK, "An instance that is not running and does not start automatically."),
        Rule("instance-start-failed", Level.CRITICAL, "An instance whose last start or stop failed."),
        Rule("store-error", Level.CRITICAL, "An archive store that is not in its requested state."),
        Rule("store-upgrade", Level.WARNING, "Archive stores that need an upgrade."),
        Rule("store-rebuild", Level.WARNING, "Archive stores whose search indexes need a rebuild."),
        Rule("profile-incomplete", Level.WARNING, "A profile whose latest run was completed with warnings or errors."),
        Rule("profile-otherwise", Level.OK, "A profile whose latest run neither succeeded nor failed."),
        Rule("message-error", Level.CRITICAL, "A service message of the type error."),
        Rule("message-warning", Level.WARNING, "A service message of the type warning."),
        Rule("message-information", Level.OK, "A service message of the type information."),
        Rule("message-other", Level.UNKNOWN, "A service message of an unknown type."),
    )
}
MEASURES: Mapping[str, Measure] = {
    measure.name: measure
    for measure in (
        Measure("profile-failures", Limit(1, 3), "Failed runs of a profile since its last completed run."),
        Measure("profile-silence", Limit(7), "Days since the latest run of a profile that is scheduled on the server."),
        Measure("instance-size", Limit(), "Size of an instance in GB."),
    )
}
_MESSAGE = "message-"
MB_IN_GB = 1024
_DAY = 86_400


@dataclass(frozen=True)
class Policy:
    """The levels and limits to judge by; defaults are in `RULES` and `MEASURES`."""

    levels: Mapping[str, Level] = field(default_factory=dict[str, Level])
    limits: Mapping[str, Limit] = field(default_factory=dict[str, Limit])

    def level(self, rule: str) -> Level:
        """The level of a rule."""
        return self.levels.get(rule, RULES[rule].level)

    def limit(self, measure: str) -> Limit:
        """The limit of a measure."""
        return self.limits.get(measure, MEASURES[measure].limit)


@dataclass(frozen=True)
class Finding:
    """Something that a rule or a measure found.

    Attributes:
        rule: Name of the rule or measure.
        where: The instance or server; empty for the installation as a whole.
    """

    level: Level
    rule: str
    where: str
    text: str

    @property
    def label(self) -> str:
        """The level in a word; of a service message the type that the server gave it."""
        return self.rule.removeprefix(_MESSAGE) if self.rule.startswith(_MESSAGE) else self.level


@dataclass(frozen=True)
class Verdict:
    """The findings and the service messages, the most severe first.

    Attributes:
        findings: All findings that are not ok, without service messages.
        messages: The service messages that do not repeat a finding, with their levels.
        worst: The highest value of each measure.
        limits: The limit of each measure.
    """

    findings: tuple[Finding, ...]
    messages: tuple[Finding, ...]
    worst: Mapping[str, float] = field(default_factory=dict[str, float])
    limits: Mapping[str, Limit] = field(default_factory=dict[str, Limit])

    @property
    def level(self) -> Level:
        """The most severe of all levels."""
        return worst(finding.level for finding in (*self.findings, *self.messages))

    def of(self, instance: InstanceHealth) -> tuple[Finding, ...]:
        """The findings of an instance."""
        return self._by_place.get(instance.info.instance_id, ())

    def level_of(self, instance: InstanceHealth) -> Level:
        """The most severe level of an instance."""
        return worst(finding.level for finding in self.of(instance))

    def worst_first(self, instances: Iterable[InstanceHealth]) -> list[InstanceHealth]:
        """The instances by severity, and by size within the same severity."""

        def order(one: InstanceHealth) -> tuple[int, int, str]:
            return -self.level_of(one).gravity, -(one.size.total_size_mb if one.size else 0), one.info.instance_id

        return sorted(instances, key=order)

    @cached_property
    def _by_place(self) -> Mapping[str, tuple[Finding, ...]]:
        places: dict[str, list[Finding]] = {}
        for finding in self.findings:
            places.setdefault(finding.where, []).append(finding)
        return {place: tuple(findings) for place, findings in places.items()}


def worst(levels: Iterator[Level]) -> Level:
    """The most severe level; ok without findings."""
    return max(levels, key=lambda level: level.gravity, default=Level.OK)


class _Found(NamedTuple):
    """A finding of a rule or measure at an instance.

    Attributes:
        says: Words of service messages that report the same, in addition to the name of the instance.
        value: The value of the measure.
    """

    level: Level
    rule: str
    text: str
    says: tuple[tuple[str, ...], ...] = ()
    value: float | None = None


def judge(estate: Estate, policy: Policy) -> Verdict:
    """Find the problems of an installation."""
    found = [*_services(estate, policy)]
    known: list[tuple[str, ...]] = []
    worst = dict.fromkeys(MEASURES, 0.0)
    for instance in estate.instances:
        where = instance.info.instance_id
        for one in _instance(instance, estate, policy):
            found.append(Finding(one.level, one.rule, where, one.text))
            known += ((where, *words) for words in one.says)
            if one.value is not None:
                worst[one.rule] = max(worst[one.rule], one.value)
    grave = (one for one in found if one.level is not Level.OK)
    messages = (estate.service.messages if estate.service else None) or ()
    fresh = (_message(message, policy) for message in messages if not any(_says(message.text, words) for words in known))
    return Verdict(_gravest_first(grave), _gravest_first(fresh), worst, {name: policy.limit(name) for name in MEASURES})


def _gravest_first(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda one: -one.level.gravity))


def _says(text: str, words: tuple[str, ...]) -> bool:
    """Whether a message contains all of these words, none only as part of a longer name."""
    return all(re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text) for word in words)


def _services(estate: Estate, policy: Policy) -> Iterator[Finding]:
    for refusal in estate.refusals:
        yield Finding(policy.level("unreadable"), "unreadable", "", _sentence(refusal))
    for server in estate.service.server_infos if estate.service else ():
        if not server.active:
            yield Finding(policy.level("server-inactive"), "server-inactive", "", f"{server.server_name} ({server.server_type}) is down")


def _message(message: rows.Message, policy: Policy) -> Finding:
    rule = f"{_MESSAGE}{message.type if message.type in list(ServiceMessageType) else 'other'}"
    return Finding(policy.level(rule), rule, "", f"\N{BULLET} {message.text}" if message.is_sub_item else message.text)


def _instance(instance: InstanceHealth, estate: Estate, policy: Policy) -> Iterator[_Found]:
    info = instance.info
    if info.start_stop_error:
        text = f"The last start or stop failed: {info.start_stop_error}"
        yield _Found(policy.level("instance-start-failed"), "instance-start-failed", text, ((info.start_stop_error,),))
    if instance.running:
        for refusal in instance.refusals:
            yield _Found(policy.level("unreadable"), "unreadable", _sentence(refusal))
    else:
        rule = "instance-down" if info.start_mode == InstanceStartMode.AUTOMATIC else "instance-off"
        text = f"Not running: state {info.status}, start mode {info.start_mode}"
        yield _Found(policy.level(rule), rule, text, ((InstanceStatus.RUNNING,),))
    yield from _stores(instance.stores or (), policy)
    for profile in instance.profiles or ():
        yield from _profile(profile, instance, estate, policy)
    if instance.size:
        gigabytes = instance.size.total_size_mb / MB_IN_GB
        text = f"Size: {human_size(instance.size.total_size_mb, 'MB')}"
        yield _Found(policy.limit("instance-size").level(gigabytes), "instance-size", text, value=gigabytes)


def _sentence(refusal: Refusal) -> str:
    return f"Not available: {refusal.what} ({refusal.reason})"


def _stores(stores: tuple[rows.Store, ...], policy: Policy) -> Iterator[_Found]:
    """Yield a finding for each error, and one for all stores that need the same work: after an SPE upgrade these may be all stores."""
    for store in stores:
        if store.error:
            text = f"Archive store {_named(store)}: {store.error}"
            yield _Found(policy.level("store-error"), "store-error", text, ((store.name, store.error),))
    if upgrade := [store for store in stores if store.needs_upgrade]:
        text = f"Archive stores that need an upgrade: {', '.join(map(_named, upgrade))}"
        yield _Found(policy.level("store-upgrade"), "store-upgrade", text, tuple((store.name, "upgrade") for store in upgrade))
    if rebuild := [store for store in stores if store.search_indexes_need_rebuild]:
        text = f"Archive stores whose search indexes need a rebuild: {', '.join(map(_named, rebuild))}"
        yield _Found(policy.level("store-rebuild"), "store-rebuild", text, tuple((store.name, "rebuild") for store in rebuild))


def _named(row: rows.Store | rows.Profile) -> str:
    return f"{row.name} (id {row.id})"


def _profile(profile: rows.Profile, instance: InstanceHealth, estate: Estate, policy: Policy) -> Iterator[_Found]:
    name = f"Profile {_named(profile)}"
    runs = instance.runs_of(profile)
    if runs:
        kind = KINDS.get(runs.latest.result, Kind.OTHER)
        ended = f"{name}: the latest run ended with {runs.latest.result}"
        if runs.failures:
            level = policy.limit("profile-failures").level(runs.failures)
            text = f"{name} fails: {_times(runs.failures, 'failed run')} since its last completed run"
            yield _Found(level, "profile-failures", text, ((profile.name, "failed"),), runs.failures)
        elif kind is Kind.INCOMPLETE:
            yield _Found(policy.level("profile-incomplete"), "profile-incomplete", ended)
        elif kind is Kind.OTHER:
            yield _Found(policy.level("profile-otherwise"), "profile-otherwise", ended)
    automatic = profile.server_side_execution and profile.server_side_execution.automatic
    if instance.history and instance.history.complete and automatic:
        silent = (estate.span.end - (runs.latest.start_time if runs else estate.span.start)).total_seconds() / _DAY
        text = f"{name} is scheduled, but has not run for {silent:,.1f} days" + ("" if runs else " or more")
        yield _Found(policy.limit("profile-silence").level(silent), "profile-silence", text, value=silent)


def _times(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"
