"""Read the state of an installation. Data that cannot be read is part of the result."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from mailstore_sdk import Instance, InstanceStatus, MailStoreError, NotSentError, Outcome, SPEClient
from mailstore_sdk.cli.report import rows
from mailstore_sdk.cli.report.history import Day, History, ProfileRuns, Span, Tally, added
from mailstore_sdk.cli.terminal import one_line

T = TypeVar("T")

_PROVIDER = "$archiveadmin"
"""The service provider's own account in an instance, which is not counted as a user."""


@dataclass(frozen=True)
class Refusal:
    """Data that could not be read, and why."""

    what: str
    reason: str


@dataclass(frozen=True)
class InstanceHealth:
    """The data of one instance; None means that it could not be read, and `refusals` say why.

    Attributes:
        users: How many users there are, without the service provider's own access.
    """

    info: rows.Instance
    size: rows.Size | None = None
    stores: tuple[rows.Store, ...] | None = None
    users: int | None = None
    profiles: tuple[rows.Profile, ...] | None = None
    history: History | None = None
    refusals: tuple[Refusal, ...] = ()

    @property
    def running(self) -> bool:
        """Whether the instance is running. The names of the other states are not public."""
        return self.info.status == InstanceStatus.RUNNING

    def runs_of(self, profile: rows.Profile) -> ProfileRuns | None:
        """A summary of the runs of a profile; None without runs, or if they could not be read."""
        return self.history.profiles.get(profile.id) if self.history else None


@dataclass(frozen=True)
class Estate:
    """The data of the whole installation."""

    span: Span
    service: rows.Service | None
    instances: tuple[InstanceHealth, ...]
    refusals: tuple[Refusal, ...] = ()

    @property
    def messages(self) -> int:
        """Messages in all instances whose number could be read."""
        return sum(one.size.number_of_messages for one in self.instances if one.size)

    @property
    def size_mb(self) -> int:
        """Size of all instances whose size could be read."""
        return sum(one.size.total_size_mb for one in self.instances if one.size)

    @property
    def users(self) -> int:
        """Users of all instances whose users could be read."""
        return sum(one.users or 0 for one in self.instances)

    @property
    def running(self) -> int:
        """Number of running instances."""
        return sum(one.running for one in self.instances)

    @property
    def without_runs(self) -> tuple[str, ...]:
        """Ids of the instances whose runs are missing, in part or completely."""
        return tuple(one.info.instance_id for one in self.instances if not (one.history and one.history.complete))

    @property
    def days(self) -> tuple[Day, ...]:
        """The runs of all instances by day."""
        empty = tuple(map(Day, self.span.days))
        return added((empty, *(one.history.days for one in self.instances if one.history)))


def collect(spe: SPEClient, span: Span, *, concurrency: int) -> Estate:
    """Read all data of the report from an installation.

    Args:
        spe: An open client.
        span: The time range of the runs.
        concurrency: How many instances are asked at once.

    Raises:
        MailStoreError: Not even the list of instances is to be had.
    """
    infos = _fitting(list[rows.Instance], spe.get_instances("*"))
    ask = _Questions()
    service = ask(lambda: rows.Service.model_validate(spe.get_service_status()), "state of the services")
    reported = spe.map(lambda info: _ask(spe.instance(info.instance_id), info, span), infos, concurrency=concurrency, in_order=True)
    return Estate(span, service, tuple(map(_instance, reported)), tuple(ask.refusals))


def _instance(outcome: Outcome[rows.Instance, InstanceHealth]) -> InstanceHealth:
    if outcome.value:
        return outcome.value
    return InstanceHealth(outcome.item, refusals=(Refusal("everything", one_line(str(outcome.error))),))


def _ask(archive: Instance, info: rows.Instance, span: Span) -> InstanceHealth:
    ask = _Questions()
    return InstanceHealth(
        info,
        size=ask(lambda: rows.Size.model_validate(archive.get_instance_statistics()), "size"),
        stores=ask(lambda: _fitting(tuple[rows.Store, ...], archive.get_stores()), "archive stores"),
        users=ask(lambda: sum(user.user_name != _PROVIDER for user in _fitting(list[rows.User], archive.get_users())), "users"),
        profiles=ask(lambda: _fitting(tuple[rows.Profile, ...], archive.get_profiles()), "profiles"),
        history=ask.runs(archive, span),
        refusals=tuple(ask.refusals),
    )


@dataclass
class _Questions:
    """Sends one request after the other and records errors.

    If the server cannot be reached, it stops: each further request would only wait for the same error.
    """

    refusals: list[Refusal] = field(default_factory=list[Refusal])

    def __call__(self, question: Callable[[], T], what: str) -> T | None:
        try:
            return question()
        except NotSentError:
            raise
        except MailStoreError as error:
            self.refusals.append(Refusal(what, one_line(str(error))))
        except ValidationError as error:
            self.refusals.append(Refusal(what, one_line(rows.problem(error))))
        return None

    def runs(self, archive: Instance, span: Span) -> History | None:
        """Read the runs of a time range. Time windows that the server rejects are recorded as refusals.

        The last hour is read first: if the server rejects even that, it rejects the rest too, and smaller and smaller
        windows would mean thousands of calls.
        """
        hour = timedelta(hours=1)
        if (
            self(lambda: _fitting(list[rows.Run], archive.get_worker_results(span.end - hour, span.end, time_zone_id="UTC")), "runs")
            is None
        ):
            return None
        tally = Tally(span)
        complete = self(lambda: _fold(archive, span, tally), "some runs")
        return tally.history(complete=bool(complete))


def _fold(archive: Instance, span: Span, tally: Tally) -> bool:
    for run in archive.iter_worker_results(span.start, span.end, time_zone_id="UTC"):
        tally.add(rows.Run.model_validate(run))
    return True


def _fitting(kind: type[T], value: object) -> T:
    return TypeAdapter(kind).validate_python(value, from_attributes=True)
