"""Installations made by hand, for what needs no server."""

from datetime import UTC, datetime, timedelta

from mailstore_sdk.cli.report import rows
from mailstore_sdk.cli.report.collect import Estate, InstanceHealth
from mailstore_sdk.cli.report.history import Span, Tally

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
SPAN = Span.ending(NOW, 10)


def service(**changes):
    parts = {
        "environment_info": rows.Environment(server_name="spe.example.com", version="25.3.1", licensee_name="Example"),
        "server_infos": [rows.Server(server_name="host01", server_type="instanceHost", active=True)],
        "messages": [],
    }
    return rows.Service(**parts | changes)


def info(**changes):
    parts = {
        "instance_id": "one",
        "display_name": "The first",
        "instance_host": "host01",
        "start_mode": "automatic",
        "status": "running",
        "start_stop_error": None,
    }
    return rows.Instance(**parts | changes)


def size(megabytes=92, messages=1_000):
    return rows.Size(
        total_size_mb=megabytes,
        database_file_size_mb=2,
        content_file_size_mb=megabytes - 12,
        index_file_size_mb=10,
        number_of_messages=messages,
    )


def store(**changes):
    parts = {
        "id": 7,
        "name": "2026-01",
        "requested_state": "current",
        "error": None,
        "statistics_count": 5,
        "needs_upgrade": False,
        "search_indexes_need_rebuild": False,
    }
    return rows.Store(**parts | changes)


def profile(automatic=True, **changes):
    return rows.Profile(**{"id": 1, "name": "Journal", "server_side_execution": rows.Execution(automatic=automatic)} | changes)


def run(result="succeeded", *, hours=1, profile_id=1, archived=10, number=1):
    """A run that began so many hours before `NOW`."""
    return rows.Run(id=number, result=result, items_archived=archived, start_time=NOW - timedelta(hours=hours), profile_id=profile_id)


def history(*runs, complete=True):
    tally = Tally(SPAN)
    for one in runs:
        tally.add(one)
    return tally.history(complete=complete)


SOUND = (run(),)


def instance(*, runs=SOUND, **parts):
    """A running instance in good health by default."""
    about = {"size": size(), "stores": (store(),), "users": 3, "profiles": (profile(),), "history": history(*runs)} | parts
    return InstanceHealth(about.pop("info", info()), **about)


SERVED = service()


def estate(*instances, service=SERVED, refusals=()):
    return Estate(SPAN, service, instances or (instance(),), refusals)
