"""Create and change the users of an instance from a CSV file, and report what differs.

Without --apply nothing is changed: you get only the report. No user is ever deleted; users that are not in the file are
listed and left alone.

The first line of the file names the columns: user_name, and any of full_name, distinguished_name, authentication
(integrated or directoryServices), email_addresses and privileges (separated by spaces; the primary address first),
password. A property without a column is left alone; an empty cell clears it. The password is set when a user is created,
and never compared, changed or shown: keep such a file where only you can read it.

The server and the login come from the environment or a profile (MAILSTORE_SPE_URL and so on, MAILSTORE_SPE_PROFILE).
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationError

from mailstore_sdk import Instance, MailStoreError, SPEClient, UserAuthentication, UserInfo, UserPrivilege


def split(cell: object) -> object:
    """Split a cell at its spaces."""
    return cell.split() if isinstance(cell, str) else cell


def known(value: UserPrivilege | UserAuthentication) -> UserPrivilege | UserAuthentication:
    """Refuse an unknown value. The SDK accepts it, as a newer server may know it, but in a file it is probably a typo."""
    if not value.is_known:
        raise ValueError(f"{value.value!r} is not known; expected one of {', '.join(type(value))}")
    return value


class Row(BaseModel):
    """A user in the file; None if there is no such column."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True, str_strip_whitespace=True)

    user_name: str = Field(min_length=1)
    full_name: str | None = None
    distinguished_name: str | None = None
    authentication: Annotated[UserAuthentication, AfterValidator(known)] | None = None
    email_addresses: Annotated[list[str] | None, BeforeValidator(split)] = None
    privileges: Annotated[list[Annotated[UserPrivilege, AfterValidator(known)]] | None, BeforeValidator(split)] = None
    password: SecretStr | None = None


class Options(argparse.Namespace):
    """The options of the command line."""

    instance: str
    file: Path
    apply: bool
    delimiter: str


SETTERS: dict[str, Callable[[Instance, Row], None]] = {
    "full_name": lambda archive, row: archive.set_user_full_name(row.user_name, full_name=row.full_name or None),
    "distinguished_name": lambda archive, row: archive.set_user_distinguished_name(
        row.user_name, distinguished_name=row.distinguished_name or None
    ),
    "authentication": lambda archive, row: archive.set_user_authentication(row.user_name, row.authentication or "integrated"),
    "email_addresses": lambda archive, row: archive.set_user_email_addresses(row.user_name, email_addresses=row.email_addresses or None),
    "privileges": lambda archive, row: archive.set_user_privileges(row.user_name, row.privileges or [UserPrivilege.NONE]),
}
"""The setter of each column, for existing users."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Report, and change with --apply; return 1 if the file is invalid or a change failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("instance", help="id of the instance")
    parser.add_argument("file", type=Path, help="the CSV file")
    parser.add_argument("--apply", action="store_true", help="make the changes of the report")
    parser.add_argument("--delimiter", default=",", help="character between the cells (default: a comma)")
    options = parser.parse_args(arguments, namespace=Options())
    try:
        rows = read(options.file, options.delimiter)
        with SPEClient() as spe:
            failed = bring_in(spe, spe.instance(options.instance), rows, apply=options.apply)
    except (MailStoreError, OSError, ValueError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 1 if failed else 0


def read(path: Path, delimiter: str) -> list[Row]:
    """Return the users of the file; an error names the line."""
    with path.open(newline="", encoding="utf-8-sig") as file:
        lines = csv.reader(file, delimiter=delimiter, strict=True)
        columns = next(lines, list[str]())
        if "user_name" not in columns or not set(columns) <= Row.model_fields.keys():
            raise ValueError(f"{path}, line 1: expected the column user_name and any of {', '.join(Row.model_fields)}; found {columns}")
        rows: dict[str, Row] = {}
        for cells in filter(None, lines):
            where = f"{path}, line {lines.line_num}"
            row = checked(columns, cells, where)
            if row.user_name.lower() in rows:
                raise ValueError(f"{where}: user {row.user_name} is listed twice")
            rows[row.user_name.lower()] = row
    return [*rows.values()]


def checked(columns: list[str], cells: list[str], where: str) -> Row:
    """Check one line of the file. Errors do not show its values, as one may be a password."""
    if len(cells) != len(columns):
        raise ValueError(f"{where}: expected {len(columns)} cells, found {len(cells)}")
    try:
        return Row.model_validate(dict(zip(columns, cells, strict=True)))
    except ValidationError as error:
        fault = error.errors(include_input=False)[0]
        raise ValueError(f"{where}, {fault['loc'][0]}: {fault['msg'].removeprefix('Value error, ')}") from None


def bring_in(spe: SPEClient, archive: Instance, rows: list[Row], *, apply: bool) -> int:
    """Report on each user and make the changes; return how many failed."""
    there = {user.user_name.lower(): user.user_name for user in archive.get_users()}
    present = [there[row.user_name.lower()] for row in rows if row.user_name.lower() in there]
    infos = {outcome.item: outcome for outcome in spe.map(archive.get_user_info, present)}
    failed = 0
    for row in rows:
        outcome = infos.get(there.get(row.user_name.lower(), ""))
        try:
            if outcome and outcome.error:
                raise outcome.error
            handle(archive, row, outcome.value if outcome else None, apply=apply)
        except (MailStoreError, ValueError) as error:
            print(f"failed  {row.user_name}: {error}")
            failed += 1
    others = sorted(set(there.values()) - {row.user_name for row in rows})
    print(f"Not in the file and left alone: {', '.join(others) or 'none'}")
    if not apply:
        print("Nothing was changed; --apply makes the changes.")
    return failed


def handle(archive: Instance, row: Row, now: UserInfo | None, *, apply: bool) -> None:
    """Report on one user and make the changes."""
    if now is None:
        values = ", ".join(f"{column} {value!r}" for column, value in texts(row).items())
        print(f"create  {row.user_name}: {values or 'only the name'}, {'with' if row.password else 'without'} a password")
        if apply:
            create(archive, row)
        return
    if now.user_name != row.user_name:
        raise ValueError(f"user {now.user_name} exists, with a name that differs only in upper and lower case")
    changes = differences(row, now)
    values = ", ".join(f"{column} {before!r} -> {after!r}" for column, (before, after) in changes.items())
    print(f"change  {row.user_name}: {values}" if changes else f"same    {row.user_name}")
    if apply:
        for column in changes:
            SETTERS[column](archive, row)


def create(archive: Instance, row: Row) -> None:
    """Create a user with all values of the file."""
    archive.create_user(
        row.user_name,
        row.privileges or [UserPrivilege.NONE],
        full_name=row.full_name or None,
        distinguished_name=row.distinguished_name or None,
        authentication=row.authentication,
        password=row.password.get_secret_value() if row.password else None,
    )
    if row.email_addresses:
        SETTERS["email_addresses"](archive, row)


def differences(row: Row, now: UserInfo) -> dict[str, tuple[str, str]]:
    """Return the columns in which the server differs from the file: the cells before and after."""
    wanted = texts(row)
    present = {column: as_text(column, getattr(now, column)) for column in wanted}
    return {column: (present[column], after) for column, after in wanted.items() if present[column] != after}


def texts(row: Row) -> dict[str, str]:
    """Return the cells of a user in the file, without the password."""
    return {column: as_text(column, getattr(row, column)) for column in SETTERS if getattr(row, column) is not None}


def as_text(column: str, value: Sequence[str] | str | None) -> str:
    """Return a value as a cell. The order of privileges has no meaning, and none is the same as no privilege."""
    if column == "privileges":
        return " ".join(sorted(set(value or ()) - {"none"}))
    return str(value or "") if isinstance(value, str | None) else " ".join(value)


if __name__ == "__main__":
    sys.exit(main())
