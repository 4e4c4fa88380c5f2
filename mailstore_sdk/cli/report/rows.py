"""The fields that the report reads from the server's replies, validated and with their texts made safe."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, TypeAlias

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, ValidationError

from mailstore_sdk.cli.terminal import one_line


def _in_utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _text(value: object) -> object:
    return str(value) if isinstance(value, str) else value  # the value of an open enum's member


Plain: TypeAlias = Annotated[str, BeforeValidator(_text), AfterValidator(one_line)]
Moment: TypeAlias = Annotated[datetime, AfterValidator(_in_utc)]


class Row(BaseModel):
    """Some fields of a reply. A reply that does not match raises `ValidationError`."""

    model_config = ConfigDict(from_attributes=True, frozen=True, hide_input_in_errors=True)


class Environment(Row):
    """The management server."""

    server_name: Plain
    version: Plain
    licensee_name: Plain


class Server(Row):
    """One server of the installation."""

    server_name: Plain
    server_type: Plain
    active: bool


class Message(Row):
    """One service message, as monitoring uses it for alerts."""

    type: Plain
    text: Plain
    is_sub_item: bool


class Service(Row):
    """State of all services."""

    environment_info: Environment
    server_infos: tuple[Server, ...]
    messages: tuple[Message, ...] | None


class Instance(Row):
    """One instance and its state."""

    instance_id: Plain
    display_name: Plain | None
    instance_host: Plain
    start_mode: Plain
    status: Plain
    start_stop_error: Plain | None


class Size(Row):
    """Size of an instance; one MB is 1,048,576 bytes."""

    total_size_mb: int
    database_file_size_mb: int
    content_file_size_mb: int
    index_file_size_mb: int
    number_of_messages: int


class Store(Row):
    """One archive store."""

    id: int
    name: Plain
    requested_state: Plain
    error: Plain | None
    statistics_count: int | None
    needs_upgrade: bool
    search_indexes_need_rebuild: bool


class User(Row):
    """One user."""

    user_name: str


class Execution(Row):
    """How the server runs a profile on a schedule."""

    automatic: bool


class Profile(Row):
    """One profile."""

    id: int
    name: Plain
    server_side_execution: Execution | None


class Run(Row):
    """One run of a profile."""

    id: int
    result: Plain
    items_archived: int
    start_time: Moment
    profile_id: int | None = None


def problem(error: ValidationError) -> str:
    """Describe the first error, without the value."""
    first = error.errors(include_url=False, include_input=False)[0]
    return f"an unexpected reply: {'.'.join(map(str, first['loc']))}: {first['msg']}"
