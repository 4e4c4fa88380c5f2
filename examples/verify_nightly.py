"""Verify all archive stores of all running instances, a few at a time, and mail a summary.

Run it from a scheduler every night. The state file has every store and the job token of its verification. If this program
or its machine stops, start it again: it waits for the running verifications, starts the missing ones, and starts none
twice. If the last run is unfinished, the next one continues it.

One limit: if the program dies or the connection breaks after a start was sent and before its token is in the file, the
job may or may not be running. Such a store is reported as unknown; check it yourself.

The server and the login come from the environment or a profile (MAILSTORE_SPE_URL and so on, MAILSTORE_SPE_PROFILE), and
for a mail server with a login, SMTP_USER and SMTP_PASSWORD from the environment, together with --starttls.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import smtplib
import ssl
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

from filelock import FileLock, Timeout
from pydantic import BaseModel

from mailstore_sdk import (
    AsyncJob,
    AsyncSPEClient,
    JobRequestError,
    JobTimeoutError,
    MailStoreError,
    StoreState,
)

GOOD = "no errors"


class Options(argparse.Namespace):
    """The options of the command line."""

    state: Path
    at_once: int
    retries: int
    hours: float
    mail_to: str
    mail_from: str
    smtp: str
    starttls: bool


class Check(BaseModel):
    """The verification of a store: planned, then tried, then with a token, then with an outcome."""

    instance_id: str
    store_id: int
    store_name: str
    tried: bool = False
    token: str | None = None
    outcome: str | None = None

    @property
    def name(self) -> str:
        """The store, as people call it."""
        return f"{self.instance_id}, store {self.store_id} ({self.store_name})"

    def __str__(self) -> str:
        return f"{self.name}: {self.outcome or 'not finished yet'}"


class Night(BaseModel):
    """All verifications of a night, and what is skipped."""

    began: datetime
    checks: list[Check] = []
    skipped: list[str] = []

    @property
    def open(self) -> list[Check]:
        """Those that have not finished."""
        return [check for check in self.checks if check.outcome is None]


def main(arguments: Sequence[str] | None = None) -> int:
    """Verify and mail; return 0 if no store has errors."""
    options = parse(arguments)
    try:
        with FileLock(f"{options.state}.lock", timeout=0):
            night = asyncio.run(verify_all(options))
            send(summary(night, options), options)
            if not night.open:
                options.state.unlink()
    except Timeout:
        return fail(f"another run is using {options.state}")
    except (MailStoreError, OSError, ValueError) as error:
        return fail(f"{error}. Start it again to continue")
    return 0 if all(check.outcome == GOOD for check in night.checks) else 1


def parse(arguments: Sequence[str] | None) -> Options:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("state", type=Path, help="the state file; it exists while verifications are not finished")
    parser.add_argument("--at-once", type=int, default=4, metavar="N", help="how many stores are verified at the same time (default: 4)")
    trying = "how often a call without a reply is retried, each time after a longer pause (default: 15, about three minutes)"
    parser.add_argument("--retries", type=int, default=15, metavar="N", help=trying)
    waiting = "how long to wait for each verification, through any outage of the server (default: 24)"
    parser.add_argument("--hours", type=float, default=24, metavar="H", help=waiting)
    parser.add_argument("--mail-to", required=True, metavar="ADDRESS", help="recipient of the summary")
    parser.add_argument("--mail-from", required=True, metavar="ADDRESS", help="sender of the summary")
    parser.add_argument("--smtp", default="localhost:25", metavar="HOST:PORT", help="the mail server (default: localhost:25)")
    parser.add_argument("--starttls", action="store_true", help="use TLS with the mail server")
    options = parser.parse_args(arguments, namespace=Options())
    if options.at_once < 1:
        parser.error("--at-once must be 1 or more")
    if "SMTP_USER" in os.environ and not options.starttls:
        parser.error("a login at the mail server (SMTP_USER) needs --starttls: without it the password is sent in plain text")
    return options


async def verify_all(options: Options) -> Night:
    """Start and follow every verification that is still open."""
    async with AsyncSPEClient(retries=options.retries, job_timeout=options.hours * 3600) as spe:
        if options.state.exists():
            night = Night.model_validate_json(options.state.read_bytes())
        else:
            night = await plan(spe)
        verifier = Verifier(spe, night, options.state)
        async for done in spe.map(verifier.finish, night.open, concurrency=options.at_once):
            print(f"{done.item}{f' ({done.error})' if done.error else ''}", flush=True)
    return night


async def plan(spe: AsyncSPEClient) -> Night:
    """Plan the night: stores that are not disabled, of running instances."""
    night = Night(began=datetime.now(UTC))
    for info in await spe.get_instances():
        if info.status != "running":
            night.skipped.append(f"{info.instance_id}: the instance is {info.status}")
            continue
        for store in await spe.instance(info.instance_id).get_stores():
            check = Check(instance_id=info.instance_id, store_id=store.id, store_name=store.name)
            if store.requested_state == StoreState.DISABLED:
                night.skipped.append(f"{check.name}: the store is disabled")
            else:
                night.checks.append(check)
    return night


class Verifier:
    """Starts and follows verifications, and writes each step to the state file before the next."""

    def __init__(self, spe: AsyncSPEClient, night: Night, state: Path) -> None:
        self.spe, self.night, self.state = spe, night, state
        self.save()

    async def finish(self, check: Check) -> None:
        """Start a verification unless that was tried before, and wait for its end.

        Raises:
            MailStoreError: It could not be followed to its end, and stays open.
        """
        if check.tried and check.token is None:
            check.outcome = "this program stopped while it started the verification; check the server for it"
            self.save()
            return
        try:
            job: AsyncJob[object] | AsyncJob[None] = self.spe.resume(check.token) if check.token else await self.start(check)
            await job.result()
            check.outcome = GOOD
        except MailStoreError as error:
            if error.server_acted == "no" or isinstance(error, JobTimeoutError | JobRequestError):
                raise  # not started, or still running
            check.outcome = str(error)
        self.save()

    async def start(self, check: Check) -> AsyncJob[None]:
        """Start a verification. The file gets the attempt before it is made, and the token after it."""
        check.tried = True
        self.save()
        try:
            job = await self.spe.instance(check.instance_id).verify_store(check.store_id)
        except MailStoreError as error:
            check.tried = error.server_acted != "no"
            self.save()
            raise
        check.token = None if job.done else job.token
        self.save()
        return job

    def save(self) -> None:
        """Replace the file in one step, so that it is whole whenever the machine stops."""
        new = self.state.with_name(self.state.name + ".new")
        with new.open("w", encoding="utf-8") as file:
            file.write(self.night.model_dump_json(indent=1))
            file.flush()
            os.fsync(file.fileno())
        new.replace(self.state)


def summary(night: Night, options: Options) -> EmailMessage:
    """Write the mail, problems first."""
    parts = {
        "Problems": [str(check) for check in night.checks if check.outcome not in (None, GOOD)],
        "Not finished; start the program again to continue": [str(check) for check in night.open],
        "Skipped": night.skipped,
        "Without errors": [check.name for check in night.checks if check.outcome == GOOD],
    }
    message = EmailMessage()
    message["Subject"] = ", ".join(f"{title.partition(';')[0]}: {len(lines)}" for title, lines in parts.items())
    message["From"], message["To"] = options.mail_from, options.mail_to
    text = [f"Verification of {night.began:%Y-%m-%d %H:%M} UTC"]
    text += ["\n".join([f"{title}:", *(f"  {' '.join(line.split())}" for line in lines)]) for title, lines in parts.items() if lines]
    message.set_content("\n\n".join(text))
    return message


def send(message: EmailMessage, options: Options) -> None:
    """Send the mail."""
    host, _, port = options.smtp.partition(":")
    with smtplib.SMTP(host, int(port or 25), timeout=60) as server:
        if options.starttls:
            server.starttls(context=ssl.create_default_context())
        if user := os.environ.get("SMTP_USER"):
            server.login(user, os.environ["SMTP_PASSWORD"])
        server.send_message(message)


def fail(text: str) -> int:
    """Report an error and return the exit code."""
    print(f"error: {text}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
