"""A tour of the SDK: environment, instances, users, a store verification with progress, a cancelled one, a typed error.

Runs against the embedded simulator, or against a real server named by SPE_URL, SPE_USER and SPE_PASSWORD (and
SPE_THUMBPRINT where its certificate is self-signed). A real server is only read unless you give --write.
"""

from __future__ import annotations

import argparse
import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from mailstore_sdk import FunctionFailedError, Instance, Job, JobCancelledError, MailStoreError, SPEClient, StoreState

if TYPE_CHECKING:
    from collections.abc import Generator

console = Console(highlight=False, soft_wrap=True)


def main() -> int:
    """Connect and show everything once."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--write", action="store_true", help="on a real server, also run the functions that change something")
    write: bool = arguments.parse_args().write
    try:
        if "SPE_URL" in os.environ:
            with real_server() as spe:
                tour(spe, write=write)
        else:
            with simulator() as spe:
                tour(spe, write=True)
    except MailStoreError as error:
        console.print(f"[red]{type(error).__name__}[/]: ", end="")
        console.print(str(error), markup=False)
        return 1
    return 0


@contextmanager
def real_server() -> Generator[SPEClient]:
    """A client for the server named in the environment."""
    environ = os.environ
    missing = [name for name in ("SPE_USER", "SPE_PASSWORD") if name not in environ]
    if missing:
        sys.exit(f"SPE_URL is set; set {' and '.join(missing)} too")
    with SPEClient(
        environ["SPE_URL"],
        username=environ["SPE_USER"],
        password=environ["SPE_PASSWORD"],
        thumbprint=environ.get("SPE_THUMBPRINT"),
    ) as spe:
        yield spe


@contextmanager
def simulator() -> Generator[SPEClient]:
    """A client for an SPE simulator of its own."""
    from mailstore_sdk.simulator import Simulator

    with (
        Simulator(seed="demo", clock="seconds:3") as server,
        SPEClient(server.url, username=server.username, password=server.password, ca_file=server.ca_file, poll_wait=0.5) as spe,
    ):
        console.print(f"Simulator at {server.url}")
        yield spe


def tour(spe: SPEClient, *, write: bool) -> None:
    """Show what the SDK does, each line from a call."""
    show_environment(spe)
    archive = show_instances(spe)
    if archive is None:
        console.print("No instance is running: the tour ends here.")
        return
    show_users(archive)
    show_error(archive)
    if write:
        verify_stores(archive)


def show_environment(spe: SPEClient) -> None:
    """Version and machine, and the messages of the services."""
    environment = spe.get_environment_info()
    heading("Environment")
    console.print(f"SPE {environment.version} on {environment.server_name}, licensed to {environment.licensee_name}")
    for message in spe.get_service_status().messages or []:
        console.print(f"  {message.type}: {message.text}")


def show_instances(spe: SPEClient) -> Instance | None:
    """All instances; returns the first running one."""
    heading("Instances")
    running: Instance | None = None
    table = Table.grid(padding=(0, 2))
    for info in spe.get_instances():
        table.add_row("", info.instance_id, info.status, info.instance_host)
        if running is None and info.status == "running":
            running = spe.instance(info.instance_id)
    console.print(table)
    return running


def show_users(archive: Instance) -> None:
    """The users of an instance with their details."""
    heading(f"Users of {archive.instance_id}")
    table = Table.grid(padding=(0, 2))
    for user in archive.get_users():
        info = archive.get_user_info(user.user_name)
        table.add_row("", info.user_name, ", ".join(info.privileges) or "-", ", ".join(info.email_addresses) or "-")
    console.print(table)


def show_error(archive: Instance) -> None:
    """The error of a failed call."""
    heading("A typed error")
    try:
        archive.get_user_info("zoe")
    except FunctionFailedError as error:
        console.print(f"  {type(error).__name__}: {error}")
        console.print(f"  function={error.function} arguments={error.arguments}")


def verify_stores(archive: Instance) -> None:
    """Verify a store to the end, and another until it is cancelled."""
    heading("Archive stores")
    stores = [store for store in archive.get_stores() if store.requested_state is not StoreState.DISABLED]
    for store in stores:
        console.print(f"  {store.id}: {store.name}, {store.requested_state}, {store.statistics_count} messages")

    heading(f"Verifying store {stores[0].id}")
    follow(archive.verify_store(stores[0].id))

    heading(f"Verifying store {stores[-1].id}, cancelled on the way")
    job = archive.verify_store(stores[-1].id)
    next(iter(job))
    job.cancel()
    try:
        job.result(timeout=60)
    except JobCancelledError as error:
        console.print(f"  {type(error).__name__}: {error}")


def follow(job: Job[None]) -> None:
    """Show a job's progress and log until its end."""
    columns = (TextColumn("  {task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f} %"), TimeElapsedColumn())
    with Progress(*columns, console=console) as progress:
        task = progress.add_task(job.function, total=100)
        for status in job:
            for line in status.log.splitlines():
                progress.console.print(f"  {line}")
            progress.update(task, completed=status.percent or 0)
    job.result(timeout=60)
    console.print(f"  {job.status.state}")


def heading(text: str) -> None:
    """Print the heading of a part of the tour."""
    console.print(f"\n[bold]{text}[/]")


if __name__ == "__main__":
    sys.exit(main())
