"""A thousand jobs on one client, and fifty threads on one session."""

import asyncio
import resource
import threading
from datetime import datetime, timedelta
from typing import Any

import pytest

from mailstore_sdk import AsyncSPEClient, SPEClient
from mailstore_sdk.simulator import Simulator

NEWEST = datetime.now().replace(hour=0, minute=0, second=0, microsecond=0)
"""The simulator has the runs of the last thirty days, as a server keeps them."""


def to(simulator: Simulator, **more: Any) -> dict[str, Any]:
    return {"host": simulator.url, "username": "admin", "password": "admin", "ca_file": simulator.ca_file, **more}


async def rows_of(archive: Any, day: int) -> Any:
    """Work whose result depends on the day."""
    start = NEWEST - timedelta(days=day)
    arguments = {"instanceID": archive.instance_id, "timeZoneID": "UTC", "profileID": None, "userName": None}
    return await archive._client.start("GetWorkerResults", fromIncluding=start, toExcluding=start + timedelta(days=1), **arguments)


def test_a_thousand_jobs_on_one_async_client(capsys: pytest.CaptureFixture[str]) -> None:
    """With the default limit of connections; by ``wait_all``, over ten of them, and by a task for each job."""

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

    async def main(simulator: Simulator) -> None:
        async with AsyncSPEClient(**to(simulator)) as spe:
            archive = spe.instance("test01")
            days = [number % 40 for number in range(1000)]
            expected = [outcome.value for outcome in await spe.jobs.wait_all([await rows_of(archive, day) for day in range(40)])]
            assert len({str(rows) for rows in expected}) > 20

            one_by_one = await asyncio.gather(*(rows_of(archive, day) for day in days))
            results = await asyncio.gather(*(job.result(timeout=300) for job in one_by_one))
            assert results == [expected[day] for day in days]

        many = simulator.connections
        async with AsyncSPEClient(**to(simulator)) as spe:
            archive = spe.instance("test01")
            together = [outcome.value async for outcome in spe.map(lambda day: rows_of(archive, day), days, in_order=True)]
            outcomes = await spe.jobs.wait_all(together, timeout=300)
            assert [outcome.value for outcome in outcomes] == [expected[day] for day in days]
        few = simulator.connections - many
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        with capsys.disabled():
            print(f"\n1,000 jobs: {many} connections with a task each, {few} with wait_all; peak {peak:.0f} MB with the simulator")  # noqa: T201 - a figure to be seen
        assert peak - before < 300, "simulator included, a few hundred kB for each job at most"
        assert many <= 100
        assert few <= 10

    with Simulator(clock="seconds:1", long_running_rows=0) as simulator:
        asyncio.run(main(simulator))


def test_fifty_threads_share_one_session_for_two_thousand_calls() -> None:
    with Simulator(protocol="session") as simulator, SPEClient(**to(simulator, protocol="session")) as spe:
        archive = spe.instance("test01")
        expected = len(archive.get_users())
        counts: list[int] = []

        def work() -> None:
            counts.extend(len(archive.get_users()) for _ in range(40))

        threads = [threading.Thread(target=work) for _ in range(50)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert counts == [expected] * 2000
        calls = [(call.function, call.status) for call in simulator.calls]
    assert [status for _, status in calls if status != 200] == []
    assert [function for function, _ in calls].count("login") == 1
    assert simulator.connections == 1
