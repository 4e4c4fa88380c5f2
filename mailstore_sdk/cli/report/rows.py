"""What the report reads of the server's replies: only these fields, checked, their texts made harmless."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, TypeAlias

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, ValidationError

from mailstore_sdk.cli.terminal import one_line


def _in_utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _text(value: object) -> object:
    return str(value) if isinstance(value, str) else value  # the member of an open enum as its text


Plain: TypeAlias = Annotated[str, BeforeValidator(_text), AfterValidator(one_line)]
Moment: TypeAlias = Annotated[datetime, AfterValidator(_in_utc)]


class Row(BaseModel):
    """Some fields of a reply. A reply that they do not fit is a `ValidationError`, never a guess."""

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
    """One message of the feed of alerts."""

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
    """How large an instance is; one MB is 1,048,576 bytes."""

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
    """How the server runs a profile by itself."""

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
    """The first thing that does not fit, without the value itself."""
    first = error.errors(include_url=False, include_input=False)[0]
    return f"a reply that is not as expected: {'.'.join(map(str, first['loc']))}: {first['msg']}"
