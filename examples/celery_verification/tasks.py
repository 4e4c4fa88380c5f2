"""The tasks. A store is started once or not at all; waiting and checking can be repeated at will."""

from __future__ import annotations

import smtplib
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

from celery import Celery
from celery.schedules import crontab
from celery.utils.log import get_task_logger

from celery_verification.ledger import FolderLedger, Ledger, RedisLedger
from celery_verification.night import GOOD, Night, Plan, Stage, Store
from celery_verification.settings import Settings, read_settings
from mailstore_sdk import (
    FunctionFailedError,
    Job,
    JobCancelledError,
    JobLostError,
    JobTimeoutError,
    MailStoreError,
    SPEClient,
    StoreState,
)

LONGEST = 24 * 60 * 60
"""Seconds after which a verification is no longer followed."""

logger = get_task_logger(__name__)
settings = read_settings()


def make_app(settings: Settings) -> Celery:
    """The application over the broker of the settings."""
    app = Celery("celery_verification", broker=settings.broker)
    if settings.folder:
        messages = str(Path(settings.folder) / "messages")
        options = {"data_folder_in": messages, "data_folder_out": messages, "control_folder": f"{settings.folder}/control"}
        app.conf.update(broker_url="filesystem://", broker_transport="celery_verification.folder_broker:Transport")
        app.conf.broker_transport_options = options
    app.conf.update(task_ignore_result=True, worker_prefetch_multiplier=1, worker_enable_remote_control=False, timezone="UTC")
    app.conf.beat_scheduler = "celery.beat:Scheduler"  # without a file: a missed night is not started later
    app.conf.beat_schedule = {
        "begin": {"task": "begin", "schedule": crontab(hour=str(settings.hour), minute="0")},
        "proceed": {"task": "proceed", "schedule": settings.tick, "options": {"expires": settings.tick}},
    }
    return app


app = make_app(settings)


def open_ledger() -> Ledger:
    """The ledger, next to the broker."""
    return FolderLedger(Path(settings.folder) / "nights") if settings.folder else RedisLedger(settings.broker)


@app.task(name="begin")
def begin(night: str | None = None) -> None:
    """Plan a night, unless another one is not over yet."""
    ledger = open_ledger()
    if unfinished := open_nights(ledger):
        logger.warning("night %s is not over; no other is started", unfinished[0])
        return
    with SPEClient() as spe:
        plan = make_plan(spe)
    night = night or f"{datetime.now(UTC):%Y-%m-%d}"
    if ledger.write(night, "plan", plan.model_dump_json()):
        start_more(ledger, night)
    else:
        logger.warning("night %s exists already; choose another name", night)


def open_nights(ledger: Ledger) -> list[str]:
    """Nights that are planned and not reported yet."""
    return [name for name in ledger.nights() if "plan" in (facts := ledger.facts(name)) and "mailed" not in facts]


def make_plan(spe: SPEClient) -> Plan:
    """Plan stores that are not disabled, of running instances."""
    plan = Plan()
    for info in spe.get_instances():
        if info.status != "running":
            plan.skipped.append(f"{info.instance_id}: the instance is {info.status}")
            continue
        for found in spe.instance(info.instance_id).get_stores():
            store = Store(instance_id=info.instance_id, store_id=found.id, name=found.name)
            if found.requested_state == StoreState.DISABLED:
                plan.skipped.append(f"{store}: the store is disabled")
            else:
                plan.stores.append(store)
    return plan


@app.task(name="proceed", acks_late=True)
def proceed() -> None:
    """Check the nights that are not over, and send the tasks that are due; the scheduler sends this with every tick."""
    ledger = open_ledger()
    for name in open_nights(ledger):
        night = Night(ledger.facts(name))
        for number in night.at(Stage.BEGUN):
            if night.seconds_since_begun(number) > settings.patience:
                ledger.write(
                    name,
                    f"outcome-{number}",
                    "a worker stopped while it started the verification; check the server for it",
                )
        for number in night.at(Stage.RUNNING):
            if night.seconds_since_begun(number) > LONGEST:
                ledger.write(name, f"outcome-{number}", "still running after a day; it is no longer followed")
            else:
                wait.apply_async((name, number), expires=settings.tick)
        start_more(ledger, name)


def start_more(ledger: Ledger, name: str) -> None:
    """Send as many starts as may run at once; if all are over, send the mail."""
    night = Night(ledger.facts(name))
    free = settings.at_once - len(night.at(Stage.BEGUN, Stage.RUNNING))
    for number in night.at(Stage.PLANNED)[: max(free, 0)]:
        start.apply_async((name, number), expires=settings.tick)
    if night.is_over and ledger.write(name, "mailed", datetime.now(UTC).isoformat()):
        mail.delay(name)


@app.task(name="start")
def start(name: str, number: int) -> None:
    """Start one verification and save its token; a second worker does nothing."""
    ledger = open_ledger()
    store = Night(ledger.facts(name)).plan.stores[number]
    if not ledger.write(name, f"begun-{number}", datetime.now(UTC).isoformat()):
        return
    try:
        with SPEClient() as spe:
            job = spe.instance(store.instance_id).verify_store(store.store_id)
    except MailStoreError as error:
        if error.server_acted == "no":
            ledger.withdraw(name, f"begun-{number}")
            raise
        # The message says what is known: that it failed, or that the server may be verifying the store.
        end(ledger, name, number, str(error))
        return
    if job.done:
        end(ledger, name, number, outcome_of(job))
        return
    ledger.write(name, f"token-{number}", job.token)
    wait.apply_async((name, number), expires=settings.tick)


@app.task(name="wait", acks_late=True, reject_on_worker_lost=True)
def wait(name: str, number: int) -> None:
    """Wait for a verification of any worker, for a limited time; if it has not ended, the next tick sends another task."""
    ledger = open_ledger()
    night = Night(ledger.facts(name))
    if night.stage(number) is not Stage.RUNNING:
        return
    with SPEClient() as spe:
        job = spe.resume(night.facts[f"token-{number}"])
        try:
            job.wait(settings.tick)
        except JobTimeoutError:
            return
        except JobLostError as error:
            end(ledger, name, number, str(error))
        else:
            end(ledger, name, number, outcome_of(job))


def outcome_of(job: Job[None] | Job[object]) -> str:
    """Return how a finished job ended."""
    try:
        job.result()
    except (FunctionFailedError, JobCancelledError) as error:
        return str(error)
    return GOOD


def end(ledger: Ledger, name: str, number: int, outcome: str) -> None:
    """Record an outcome, and start another store."""
    ledger.write(name, f"outcome-{number}", outcome)
    start_more(ledger, name)


@app.task(name="mail", autoretry_for=(OSError,), retry_backoff=True, max_retries=10)
def mail(name: str) -> None:
    """Send the summary of a night."""
    night = Night(open_ledger().facts(name))
    message = EmailMessage()
    message["Subject"] = f"Verification of {name}: {len(night.plan.stores)} stores, {night.problems()} with problems"
    message["From"], message["To"] = settings.mail_from, settings.mail_to
    message.set_content("\n".join(night.lines()))
    if not settings.mail_to:
        logger.info("%s\n%s", message["Subject"], "\n".join(night.lines()))
        return
    host, _, port = settings.smtp.partition(":")
    with smtplib.SMTP(host, int(port), timeout=60) as server:
        server.send_message(message)
