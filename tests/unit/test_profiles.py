"""Options from arguments, environment and profiles: precedence, and messages about invalid values."""

import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import keyring
import pytest
from keyring.errors import NoKeyringError
from pydantic import SecretStr

from mailstore_sdk import AsyncSPEClient, ConfigurationError, Hooks, ReadablePasswordWarning, SPEClient, UnverifiedServerWarning
from mailstore_sdk.runtime._options import profiles
from mailstore_sdk.runtime._options.options import Options
from mailstore_sdk.runtime._options.profiles import config_file
from mailstore_sdk.runtime._options.resolve import resolve

SHA1 = "00112233445566778899AABBCCDDEEFF00112233"
SHA256 = "A" * 64
WHOLE = "url = 'https://spe.example.com'\nusername = 'admin'\npassword = 'S3cret!'\n"

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Write the file that MAILSTORE_SPE_CONFIG names, with one profile."""

    def written(content: str, name: str = "prod") -> Path:
        file = tmp_path / "profiles.toml"
        file.write_text(f"[profiles.{name}]\n{content}", "utf-8")
        file.chmod(0o600)
        monkeypatch.setenv("MAILSTORE_SPE_CONFIG", str(file))
        return file

    return written


@pytest.fixture
def setenv(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    def set_all(**values: str) -> None:
        for name, text in values.items():
            monkeypatch.setenv(f"MAILSTORE_SPE_{name}", text)

    return set_all


def refused(make: Callable[[], object]) -> str:
    """The message of a refusal; the traceback must not contain the secret."""
    with pytest.raises(ConfigurationError) as caught:
        make()
    shown = "".join(traceback.TracebackException.from_exception(caught.value, capture_locals=False).format())
    assert "S3cret" not in shown
    assert "S3cret" not in f"{caught.value!r} {caught.value.__cause__} {caught.value.__context__}"
    return str(caught.value)


def value_of(options: Options, name: str) -> object:
    """One option; a secret as its text."""
    value = getattr(options, name)
    return value.get_secret_value() if isinstance(value, SecretStr) else value


def run(code: str) -> str:
    """The line of a profile that runs Python for the password."""
    return f"password_command = ['''{sys.executable}''', '-c', '''{code}''']\n"


class TestPrecedence:
    # key of the profile, variable, argument; the value of each, in ascending precedence
    OPTIONS = (
        ("url", "URL", "host", ("profile.example", "env.example", "arg.example")),
        ("username", "USER", "username", ("profile", "env", "arg")),
        ("password", "PASSWORD", "password", ("p", "e", "a")),
        ("thumbprint", "THUMBPRINT", "thumbprint", (SHA1, SHA256, "B" * 64)),
        ("protocol", "PROTOCOL", "protocol", ("session", "basic", "session")),
        ("timeout", "TIMEOUT", "timeout", (1.0, 2.0, 3.0)),
        ("proxy", "PROXY", "proxy", ("http://profile:1", "https://env", "http://arg")),
    )

    @pytest.mark.parametrize(("key", "variable", "argument", "values"), OPTIONS, ids=lambda value: value if isinstance(value, str) else "")
    def test_argument_then_environment_then_profile(
        self, write: Write, setenv: Any, key: str, variable: str, argument: str, values: tuple[Any, Any, Any]
    ) -> None:
        of_profile, of_environment, of_argument = values
        others = {"host": "spe", "username": "u", "password": "p"}
        others.pop(argument, None)
        write(f"{key} = {of_profile!r}\n")
        setenv(PROFILE="prod")
        assert value_of(resolve(others), argument) == of_profile
        setenv(**{variable: str(of_environment)})
        assert value_of(resolve(others), argument) == of_environment
        assert value_of(resolve({**others, argument: of_argument}), argument) == of_argument

    @pytest.mark.parametrize(("key", "variable", "argument", "values"), OPTIONS, ids=lambda value: value if isinstance(value, str) else "")
    def test_a_profile_that_the_program_names_comes_before_the_environment(
        self, write: Write, setenv: Any, key: str, variable: str, argument: str, values: tuple[Any, Any, Any]
    ) -> None:
        of_profile, of_environment, of_argument = values
        others = {"host": "spe", "username": "u", "password": "p"}
        others.pop(argument, None)
        setenv(**{variable: str(of_environment)})
        write("")
        assert value_of(resolve(others, "prod"), argument) == of_environment
        write(f"{key} = {of_profile!r}\n")
        assert value_of(resolve(others, "prod"), argument) == of_profile
        given = {**others, argument: of_argument}
        assert value_of(resolve(given, "prod"), argument) == of_argument

    @pytest.mark.parametrize("named", ["other", "nowhere"])
    def test_a_profile_takes_nothing_from_the_one_that_the_environment_names(self, write: Write, setenv: Any, named: str) -> None:
        write(f"{WHOLE}[profiles.other]\nproxy = 'http://other:1'\n")
        setenv(PROFILE=named)
        assert SPEClient.from_profile("prod")._transport.endpoint.proxy is None

    def test_options_of_a_profile_that_have_no_variable(self, write: Write) -> None:
        write(f"{WHOLE}retries = 5\npoll_wait = 1\njob_timeout = 9.5\nstrict = true\n")
        options = SPEClient.from_profile("prod", retries=1).options
        assert (options.retries, options.poll_wait, options.job_timeout, options.strict) == (1, 1, 9.5, True)

    def test_the_defaults_come_last(self) -> None:
        options = resolve({"host": "spe", "username": "u", "password": ""})
        given = {"host": "spe", "username": "u", "password": SecretStr(""), "port": 8474, "hooks": Hooks()}
        trust = {"protocol": "basic", "thumbprint": None, "ca_file": None, "verify": True, "proxy": None, "max_connections": 100}
        trust |= {"client_cert": None, "max_response_size": 256 * 1024 * 1024}
        times = {
            "timeout": 60.0,
            "poll_wait": 5.0,
            "job_timeout": 86_400.0,
            "backoff": 0.2,
            "max_backoff": 30.0,
            "retries": 2,
            "strict": False,
        }
        assert dict(options) == {**given, **trust, **times}

    def test_an_empty_variable_is_not_set(self, setenv: Any) -> None:
        setenv(TIMEOUT="", PROFILE="", THUMBPRINT="")
        assert resolve({"host": "spe", "username": "u", "password": "p"}).timeout == 60

    def test_the_environment_alone_makes_a_client(self, setenv: Any) -> None:
        setenv(URL="https://spe.example.com:9000", USER="admin", PASSWORD="S3cret!", PROTOCOL="session", TIMEOUT="2.5")
        client = SPEClient()
        assert repr(client) == "SPEClient('https://spe.example.com:9000', username='admin')"
        assert client.options.timeout == 2.5
        assert "S3cret" not in f"{vars(client)}"

    def test_a_profile_of_the_program_is_not_mixed_with_one_of_the_environment(self, write: Write, setenv: Any) -> None:
        write(f"{WHOLE}[profiles.test]\nthumbprint = '{SHA1}'\ntimeout = 1\n")
        setenv(PROFILE="test")
        client = AsyncSPEClient.from_profile("prod", max_connections=3)
        assert client.options.timeout == 60
        assert client._transport.endpoint.tls.thumbprint is None
        assert client._transport.endpoint.max_connections == 3

    def test_the_file_that_the_argument_names_wins(self, write: Write, tmp_path: Path) -> None:
        write(WHOLE)
        other = tmp_path / "other.toml"
        other.write_text(f"[profiles.prod]\n{WHOLE.replace('spe.', 'other.')}")
        other.chmod(0o600)
        assert "other.example.com" in repr(SPEClient.from_profile("prod", path=other))


class TestTrust:
    def trust(self, **arguments: Any) -> tuple[object, object, object]:
        given = resolve({"host": "spe", "username": "u", "password": "p", **arguments})  # type: ignore[typeddict-item] # any of them
        return given.thumbprint, given.ca_file, given.verify

    @pytest.mark.parametrize(
        ("arguments", "trust"),
        [
            ({}, (SHA1, None, True)),
            ({"ca_file": "ca.pem"}, (None, Path("ca.pem"), True)),
            ({"verify": False}, (None, None, False)),
            ({"verify": True}, (None, None, True)),
            ({"thumbprint": SHA256}, (SHA256, None, True)),
        ],
    )
    def test_trust_options_of_the_arguments_replace_all_others(
        self, setenv: Any, arguments: dict[str, object], trust: tuple[object, ...]
    ) -> None:
        setenv(THUMBPRINT=SHA1)
        assert self.trust(**arguments) == trust

    def test_trust_options_of_the_environment_replace_those_of_a_profile(self, write: Write, setenv: Any) -> None:
        write(f"thumbprint = '{SHA1}'\n")
        setenv(PROFILE="prod", CA_FILE="env.pem")
        assert self.trust() == (None, Path("env.pem"), True)

    def test_verify_false_takes_precedence_over_the_environment(self, setenv: Any) -> None:
        setenv(THUMBPRINT=SHA1)
        with pytest.warns(UnverifiedServerWarning):
            client = SPEClient("spe", username="u", password="p", verify=False)
        assert client._transport.endpoint.tls.thumbprint is None

    def test_a_ca_file_is_relative_to_the_profiles_file(self, write: Write, tmp_path: Path) -> None:
        write(f"{WHOLE}ca_file = 'ca/ca.pem'\n")
        assert resolve({}, "prod").ca_file == tmp_path / "ca" / "ca.pem"
        write(f"{WHOLE}ca_file = '/etc/ca.pem'\n")
        assert resolve({}, "prod").ca_file == Path("/etc/ca.pem")


class TestMissing:
    @pytest.mark.parametrize(("name", "variable"), [("host", "URL"), ("username", "USER"), ("password", "PASSWORD")])
    def test_a_missing_option_is_reported_with_its_three_sources(self, name: str, variable: str) -> None:
        arguments = {"host": "spe", "username": "u", "password": "p"}
        del arguments[name]
        message = refused(lambda: SPEClient(**arguments))  # type: ignore[arg-type] # a dictionary of texts
        assert message == (
            f"{name} is missing; set it in one of three ways: the argument {name}=…, MAILSTORE_SPE_{variable} in the environment, "
            "or a profile (from_profile(…) or MAILSTORE_SPE_PROFILE)"
        )

    def test_a_profile_without_password(self, write: Write) -> None:
        write("url = 'spe'\nusername = 'u'\n")
        assert "password is missing" in refused(lambda: AsyncSPEClient.from_profile("prod"))


class TestFile:
    def test_the_platforms_folder_is_used_unless_the_environment_names_a_file(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("platformdirs.user_config_path", lambda name, appauthor: Path("/place") / name)
        assert config_file() == Path("/place/mailstore-sdk/config.toml")
        monkeypatch.setenv("MAILSTORE_SPE_CONFIG", "mine.toml")
        assert config_file() == Path("mine.toml")

    def test_without_platformdirs_the_extra_is_named(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "platformdirs", None)
        message = refused(lambda: SPEClient.from_profile("prod"))
        assert "set MAILSTORE_SPE_CONFIG to its path" in message
        assert "pip install 'mailstore-sdk[profiles]'" in message
        monkeypatch.setenv("MAILSTORE_SPE_CONFIG", "mine.toml")
        assert config_file() == Path("mine.toml")

    @pytest.mark.parametrize(("name", "expected"), [("user", "username"), ("time_out", "timeout"), ("x", "timeout, retries")])
    def test_an_unknown_argument_is_named_with_what_was_expected(self, write: Write, name: str, expected: str) -> None:
        write("url = 'spe'")
        arguments: dict[str, Any] = {name: "x"}
        message = refused(lambda: SPEClient.from_profile("prod", **arguments))
        assert message.startswith(f"'{name}' is not one of Options: expected {expected}")

    def test_a_missing_file(self, tmp_path: Path) -> None:
        file = tmp_path / "none.toml"
        message = refused(lambda: SPEClient.from_profile("prod", path=file))
        assert message == f"file '{file}' cannot be read: No such file or directory; expected a TOML file with tables [profiles.NAME]"

    @pytest.mark.parametrize(
        ("content", "problem"),
        [
            (b"password = 'S3cret", "is not valid TOML: "),
            (b"password = 'S3cret\xff'", "is not valid TOML: expected UTF-8"),
            (b"[profile.prod]\npassword = 'S3cret!'", "has profile where only tables [profiles.NAME] are expected"),
            (b"profiles = 'S3cret!'", "has profiles where only tables [profiles.NAME] are expected"),
            (b"", "is missing: expected one of none: the file has no profiles"),
            (b"[profiles.test]\n[profiles.old]", "is missing: expected one of old, test"),
            (b"[profiles]\nprod = 'S3cret!'", "has profiles.prod where only tables [profiles.NAME] are expected"),
        ],
    )
    def test_an_invalid_file(self, tmp_path: Path, content: bytes, problem: str) -> None:
        file = tmp_path / "profiles.toml"
        file.write_bytes(content)
        message = refused(lambda: SPEClient.from_profile("prod", path=file))
        assert str(file) in message
        assert problem in message


class TestWrongValues:
    @pytest.mark.parametrize(
        ("line", "problem"),
        [
            ("url = 5", "url cannot be 5: it must be a valid string"),
            ("url = 'http://spe'", "url: host 'http://spe' uses http"),
            ("url = 'https://u:S3cret@spe'", "url: host 'https://…@spe' is not an address"),
            ("username = 'a:b'", "username: username 'a:b' cannot be sent"),
            ("password = 53", "password cannot be of this type: it must be a valid string"),
            ("password = ['S3cret!']", "password cannot be of this type: it must be a valid string"),
            ("pasword = 'S3cret!'", "'pasword' is not a key of a profile: expected password"),
            ("password_command = 'echo S3cret!'", "password_command cannot be of this type: it must be a valid list"),
            ("password_command = []", "password_command cannot be of this type: List should have at least 1 item"),
            ("password_command = ['echo', 5]", "password_command.1 cannot be of this type: it must be a valid string"),
            ("password_keyring = false", "password_keyring cannot be False: it must be True"),
            (
                "password = 'S3cret!'\npassword_keyring = true",
                "password and password_keyring exclude each other: give only one of password, password_command, ",
            ),
            ("thumbprint = 'AB'", "thumbprint: 'AB' is not a valid thumbprint: expected 40"),
            (
                f"thumbprint = '{SHA1}'\nca_file = 'ca.pem'",
                "thumbprint and ca_file exclude each other: give only one of thumbprint, ca_file, verify",
            ),
            ("ca_file = ''", "ca_file cannot be '': it must be a path"),
            ("protocol = 'telnet'", "protocol cannot be 'telnet': it must be 'basic' or 'session'"),
            ("timeout = '5'", "timeout cannot be '5': it must be a valid number"),
            ("timeout = true", "timeout cannot be True: it must be a valid number"),
            ("timeout = nan", "timeout cannot be nan: it must be less than"),
            ("job_timeout = 0", "job_timeout cannot be 0: it must be greater than 0"),
            ("retries = 1.5", "retries cannot be 1.5: it must be a valid integer"),
            ("retries = -1", "retries cannot be -1: it must be greater than or equal to 0"),
            ("poll_wait = -1", "poll_wait cannot be -1: it must be greater than or equal to 0"),
            ("strict = 1", "strict cannot be 1: it must be a valid boolean"),
        ],
    )
    def test_wrong_values_of_a_profile_are_reported_with_file_profile_and_key(self, write: Write, line: str, problem: str) -> None:
        file = write(f"{line}\n")
        assert refused(lambda: SPEClient.from_profile("prod")).startswith(f"profile 'prod' in '{file}': {problem}")

    @pytest.mark.parametrize(
        ("variable", "text", "problem"),
        [
            ("URL", "http://spe", "MAILSTORE_SPE_URL: host 'http://spe' uses http"),
            ("USER", "a:b", "MAILSTORE_SPE_USER: username 'a:b' cannot be sent"),
            ("THUMBPRINT", "AB", "MAILSTORE_SPE_THUMBPRINT: 'AB' is not a valid thumbprint"),
            ("PROTOCOL", "telnet", "MAILSTORE_SPE_PROTOCOL cannot be 'telnet': it must be 'basic' or 'session'"),
            ("TIMEOUT", "soon", "MAILSTORE_SPE_TIMEOUT cannot be 'soon': it must be a valid number"),
            ("TIMEOUT", "0", "MAILSTORE_SPE_TIMEOUT cannot be '0': it must be greater than 0"),
        ],
    )
    def test_wrong_values_of_the_environment_are_reported_with_the_variable(
        self, setenv: Any, variable: str, text: str, problem: str
    ) -> None:
        setenv(**{variable: text, "PASSWORD": "S3cret!"})
        assert refused(SPEClient).startswith(f"the environment: {problem}")

    def test_two_ways_to_trust_in_the_environment(self, setenv: Any) -> None:
        setenv(THUMBPRINT=SHA1, CA_FILE="ca.pem")
        assert (
            refused(SPEClient) == "the environment: thumbprint and ca_file exclude each other: give only one of thumbprint, ca_file, verify"
        )

    def test_all_are_reported_at_once(self, write: Write) -> None:
        write("timeout = 0\nretries = -1\n")
        message = refused(lambda: SPEClient.from_profile("prod"))
        assert message.endswith(
            "timeout cannot be 0: it must be greater than 0; retries cannot be -1: it must be greater than or equal to 0"
        )

    def test_options_do_not_show_their_secrets(self) -> None:
        options = resolve({"host": "spe", "username": "u", "password": "S3cret!", "proxy": "http://u:S3cret@proxy"})
        assert "S3cret" not in f"{options!r} {options} {vars(options)}"


class TestPasswordCommand:
    def password(self, write: Write, line: str) -> str:
        write(f"url = 'spe'\nusername = 'u'\n{line}")
        return resolve({}, "prod").password.get_secret_value()

    @pytest.mark.parametrize(
        ("code", "password"),
        [
            ('print("S3cret!")', "S3cret!"),
            ('print(" two words ", "", sep="\\\\n")', " two words "),
            ('import sys; sys.stdout.buffer.write(b"gr\\\\xc3\\\\xbcn\\\\r\\\\nmore")', "grün"),
            ('print("no newline", end="")', "no newline"),
        ],
    )
    def test_the_first_line_is_the_password(self, write: Write, code: str, password: str) -> None:
        assert self.password(write, run(code.replace("\\\\", "\\"))) == password

    def test_there_is_no_shell(self, write: Write) -> None:
        line = f"password_command = ['''{sys.executable}''', '-c', 'import sys; print(sys.argv[1])', '$HOME; echo']\n"
        assert self.password(write, line) == "$HOME; echo"

    @pytest.mark.parametrize(
        ("line", "problem"),
        [
            (run('print("S3cret!"); raise SystemExit(3)'), f"{sys.executable!r} ended with exit code 3"),
            (run(""), f"{sys.executable!r} printed no password: expected it as the first line of its output"),
            (run('print(); print("S3cret!")'), f"{sys.executable!r} printed no password"),
            ("password_command = ['/no/such/program', 'S3cret!']", "'/no/such/program' cannot be run: No such file or directory"),
            (
                'password_command = ["echo", "S3cret\\u0000"]',
                "'echo' cannot be run: expected a program and its arguments",
            ),
        ],
    )
    def test_a_command_without_output(self, write: Write, line: str, problem: str) -> None:
        assert f"': password_command: {problem}" in refused(lambda: self.password(write, line))

    def test_a_command_that_takes_too_long(self, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(profiles, "COMMAND_LIMIT", 0.3)
        line = run('import time; print("S3cret!", flush=True); time.sleep(60)')
        assert "took longer than 0.3 seconds" in refused(lambda: self.password(write, line))

    def test_children_of_the_command_do_not_delay_it(self, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
        assert self.password(write, "password_command = ['sh', '-c', 'echo S3cret!; sleep 60 &']\n") == "S3cret!"
        monkeypatch.setattr(profiles, "COMMAND_LIMIT", 0.3)
        line = "password_command = ['sh', '-c', '(sleep 60; echo S3cret!) & exit 0']\n"
        assert "took longer than 0.3 seconds" in refused(lambda: self.password(write, line))

    def test_endless_output(self, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(profiles, "COMMAND_LIMIT", 0.5)
        line = "password_command = ['yes', 'S3cret!']\n"
        assert "'yes' took longer than 0.5 seconds" in refused(lambda: self.password(write, line))
        monkeypatch.setattr(profiles, "COMMAND_LIMIT", 30.0)
        line = run('print("S3cret!" * 10_000)')
        assert "expected it as the first line of its output, at most 65,536 bytes" in refused(lambda: self.password(write, line))
        assert self.password(write, run('print("S3cret!"); print("more" * 100_000)')) == "S3cret!"

    def test_a_byte_order_mark_is_not_part_of_the_password(self, write: Write) -> None:
        code = 'import sys; sys.stdout.buffer.write(bytes([0xEF, 0xBB, 0xBF]) + b"S3cret!" + bytes([13, 10]))'
        assert self.password(write, run(code)) == "S3cret!"

    def test_invalid_unicode_is_refused(self, write: Write) -> None:
        write(f"url = 'spe'\nusername = 'u'\n{run('import sys; sys.stdout.buffer.write(bytes([83, 51, 255]))')}")
        assert "password cannot be sent: expected valid Unicode" in refused(lambda: SPEClient.from_profile("prod"))

    @pytest.mark.parametrize("source", ["argument", "environment"])
    def test_the_command_is_not_run_if_the_password_is_known(self, write: Write, setenv: Any, source: str) -> None:
        write("url = 'spe'\nusername = 'u'\npassword_command = ['/no/such/program']\n")
        setenv(PROFILE="prod", **({"PASSWORD": "e"} if source == "environment" else {}))
        assert resolve({"password": "e" if source == "argument" else None}).password.get_secret_value() == "e"


class TestWrittenElsewhere:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
    def test_files_written_by_windows_are_read(self, write: Write, encoding: str) -> None:
        file = write("")
        file.write_bytes("[profiles.prod]\r\nurl = 'spe'\r\nusername = 'Jürgen'\r\npassword = 'p'\r\n".encode(encoding))
        assert resolve({}, "prod").username == "Jürgen"

    @pytest.mark.parametrize("line", ["password = 'S3cret!'", "password_keyring = true\nproxy = 'http://u:S3cret!@proxy'"])
    def test_a_password_that_others_can_read_causes_a_warning(self, write: Write, line: str) -> None:
        file = write(f"url = 'spe'\nusername = 'u'\n{line}\n")
        profiles.from_file("prod")
        file.chmod(0o666)
        with pytest.warns(ReadablePasswordWarning) as caught:
            profiles.from_file("prod")
        assert str(caught[0].message) == f"other users can read the password in '{file}' (mode 0666); run: chmod 600 {file}"
        write("url = 'spe'\nusername = 'u'\npassword_keyring = true\n").chmod(0o666)
        profiles.from_file("prod")

    def test_a_user_without_a_home_folder(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail(*_: object, **__: object) -> None:
            raise RuntimeError

        monkeypatch.setattr("platformdirs.user_config_path", fail)
        assert "set HOME or XDG_CONFIG_HOME, or MAILSTORE_SPE_CONFIG to the path of the file" in refused(profiles.config_file)


class TestKeyring:
    KEYRING = "url = 'https://SPE.example.com:9000'\nusername = 'admin'\npassword_keyring = true\n"

    def test_the_password_is_kept_by_user_and_host(self, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
        entries = {("mailstore-sdk", "admin@spe.example.com"): "S3cret!", ("mailstore-sdk", "bob@spe.example.com"): "B0b"}
        monkeypatch.setattr(keyring, "get_password", lambda *entry: entries.get(entry))
        write(self.KEYRING)
        assert resolve({}, "prod").password.get_secret_value() == "S3cret!"
        assert resolve({"username": "bob"}, "prod").password.get_secret_value() == "B0b"
        message = refused(lambda: SPEClient.from_profile("prod", username="eve"))
        assert message.endswith(
            "password_keyring: the keyring has no password; store it with: keyring set mailstore-sdk eve@spe.example.com"
        )

    def test_a_machine_without_keyring(self, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail(*_: str) -> None:
            raise NoKeyringError

        monkeypatch.setattr(keyring, "get_password", fail)
        write(self.KEYRING)
        assert "the keyring cannot be read: NoKeyringError" in refused(lambda: SPEClient.from_profile("prod"))

    def test_without_the_library_the_extra_is_named(self, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "keyring", None)
        write(self.KEYRING)
        assert "password_keyring needs: pip install 'mailstore-sdk[profiles]'" in refused(lambda: SPEClient.from_profile("prod"))


def test_a_source_that_cannot_add_anything_is_not_read(setenv: Any) -> None:
    setenv(PROFILE="nowhere", TIMEOUT="soon")
    whole = {"host": "spe", "username": "u", "password": "p", "protocol": "basic", "thumbprint": SHA1, "proxy": "http://proxy"}
    options = {"timeout": 1, "retries": 1, "poll_wait": 1, "job_timeout": 1, "strict": False, "backoff": 1, "max_backoff": 1}
    assert resolve({**whole, **options}).timeout == 1  # type: ignore[typeddict-item] # a table
