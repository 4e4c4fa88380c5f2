"""Users from a CSV file: the report, the changes, and what never happens."""

from pathlib import Path

import pytest

from mailstore_sdk.simulator import Simulator
from tests.slow.examples.conftest import Load, Main

PASSWORD = "c4nary-Secret"
FILE = f"""\
user_name,full_name,email_addresses,privileges,password
alice,Alice Example,alice@test01.example.com a.example@test01.example.com,login,{PASSWORD}
bob,Robert Example,bob@test01.example.com robert@test01.example.com,login delete,
dora,Dora Example,dora@test01.example.com,changePassword login,{PASSWORD}
erik,,,,
"""


@pytest.fixture
def file(tmp_path: Path, spe_simulator: Simulator) -> Path:
    alice = spe_simulator.estate.instance("test01").users["alice"]
    alice.full_name, alice.privileges = "Alice Example", ["login"]
    path = tmp_path / "users.csv"
    path.write_text(FILE, encoding="utf-8-sig")
    return path


@pytest.fixture
def run(load: Load, spe_simulator: Simulator) -> Main:
    return load("import_users", spe_simulator)


def functions(server: Simulator) -> set[str]:
    return {call.function for call in server.calls}


def test_without_apply_it_only_reports(run: Main, file: Path, spe_simulator: Simulator, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("test01", file) == 0
    captured = capsys.readouterr().out
    assert "same    alice\n" in captured
    bob = spe_simulator.estate.instance("test01").users["bob"]
    assert f"change  bob: full_name {bob.full_name!r} -> 'Robert Example', email_addresses 'bob@test01.example.com' -> 'bob@" in captured
    dora = "full_name 'Dora Example', email_addresses 'dora@test01.example.com', privileges 'changePassword login'"
    assert f"create  dora: {dora}, with a password\n" in captured
    assert "create  erik: full_name '', email_addresses '', privileges '', without a password\n" in captured
    assert "Not in the file and left alone: $archiveadmin, admin, carol\n" in captured
    assert "--apply makes the changes" in captured
    assert functions(spe_simulator) == {"GetUsers", "GetUserInfo"}


def test_applying_twice_changes_nothing_the_second_time(
    run: Main, file: Path, spe_simulator: Simulator, capsys: pytest.CaptureFixture[str]
) -> None:
    users = spe_simulator.estate.instance("test01").users
    names, carol, alices = set(users), vars(users["carol"]).copy(), users["alice"].password
    assert run("test01", file, "--apply") == 0
    users = spe_simulator.estate.instance("test01").users
    assert set(users) == names | {"dora", "erik"}
    assert vars(users["carol"]) == carol
    assert users["dora"].password == PASSWORD
    assert users["alice"].password == alices != PASSWORD
    assert users["dora"].email_addresses == ["dora@test01.example.com"]
    assert users["bob"].email_addresses == ["bob@test01.example.com", "robert@test01.example.com"]
    assert set(users["bob"].privileges) == {"login", "delete"}
    assert users["erik"].privileges == []
    assert "DeleteUser" not in functions(spe_simulator)
    captured = capsys.readouterr()

    assert run("test01", file, "--apply") == 0
    again = capsys.readouterr()
    assert [line.split()[0] for line in again.out.splitlines()[:4]] == ["same"] * 4
    assert PASSWORD not in captured.out + captured.err + again.out + again.err


def test_missing_columns_change_nothing_and_empty_cells_clear(run: Main, tmp_path: Path, spe_simulator: Simulator) -> None:
    file = tmp_path / "users.csv"
    file.write_text("user_name;full_name\nbob;\n")
    before = vars(spe_simulator.estate.instance("test01").users["bob"]).copy()
    assert before["full_name"]
    assert run("test01", file, "--apply", "--delimiter", ";") == 0
    assert vars(spe_simulator.estate.instance("test01").users["bob"]) == before | {"full_name": None}


def test_one_failure_does_not_stop_the_others_and_is_repaired_by_the_next_run(
    run: Main, file: Path, spe_simulator: Simulator, capsys: pytest.CaptureFixture[str]
) -> None:
    spe_simulator.faults.add("SetUserEmailAddresses", "status", 2, status=500)
    assert run("test01", file, "--apply") == 1
    assert capsys.readouterr().out.count("failed  ") == 2
    users = spe_simulator.estate.instance("test01").users
    assert "erik" in users
    assert users["dora"].email_addresses == []
    assert run("test01", file, "--apply") == 0
    assert users["dora"].email_addresses == ["dora@test01.example.com"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("name,full_name\nx,y\n", "line 1: expected the column user_name"),
        ("user_name,passwort\nx,y\n", "found ['user_name', 'passwort']"),
        ("", "line 1: expected the column user_name"),
        (f"user_name,privileges,password\nx,login,{PASSWORD}\ny,logn,{PASSWORD}\n", "line 3, privileges: 'logn' is not known; expected one of none"),
        (f"user_name,authentication,password\nx,ldap,{PASSWORD}\n", "line 2, authentication: 'ldap' is not known"),
        (f"user_name,password\n,{PASSWORD}\n", "line 2, user_name: String should have at least 1 character"),
        (f"user_name,password\nx,{PASSWORD},{PASSWORD}\n", "line 2: expected 2 cells, found 3"),
        ("user_name\nx\nX\n", "line 3: user X is listed twice"),
    ],
)  # fmt: skip
def test_an_invalid_file_changes_nothing_and_is_reported_with_its_line(
    run: Main, tmp_path: Path, spe_simulator: Simulator, capsys: pytest.CaptureFixture[str], content: str, message: str
) -> None:
    file = tmp_path / "users.csv"
    file.write_text(content)
    assert run("test01", file, "--apply") == 1
    captured = capsys.readouterr().err
    assert message in captured
    assert PASSWORD not in captured
    assert spe_simulator.calls == []


def test_a_name_that_differs_only_in_capital_letters_is_left_to_a_person(
    run: Main, tmp_path: Path, spe_simulator: Simulator, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "users.csv"
    file.write_text("user_name\nAlice\n")
    assert run("test01", file, "--apply") == 1
    assert "failed  Alice: user alice exists" in capsys.readouterr().out
    assert functions(spe_simulator) == {"GetUsers", "GetUserInfo"}


def test_a_password_cannot_be_given_on_the_command_line(run: Main, file: Path) -> None:
    with pytest.raises(SystemExit):
        run("test01", file, "--password", PASSWORD)
