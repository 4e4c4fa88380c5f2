"""The package as a whole: what it exports, and what importing it loads."""

import subprocess
import sys
from importlib import import_module

import pytest

import mailstore_sdk
from tests.support.processes import environ
from tests.support.project import ROOT


def python(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, env=environ())
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_every_public_name_exists() -> None:
    for name in mailstore_sdk.__all__:
        assert getattr(mailstore_sdk, name) is getattr(mailstore_sdk, name)
    assert set(mailstore_sdk.__all__) <= set(dir(mailstore_sdk))
    assert len(set(mailstore_sdk.__all__)) == len(mailstore_sdk.__all__)


def test_the_errors_are_an_attribute_of_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    errors = import_module("mailstore_sdk.errors")
    monkeypatch.delattr(mailstore_sdk, "errors")
    assert mailstore_sdk.errors is errors
    assert python("import mailstore_sdk; print(mailstore_sdk.errors.NotSentError.__name__)") == "NotSentError"


def test_everything_can_be_loaded_in_advance() -> None:
    mailstore_sdk.preload()
    assert set(mailstore_sdk.__all__) <= set(vars(mailstore_sdk))


def test_a_missing_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="module 'mailstore_sdk' has no attribute 'SPEKlient'"):
        mailstore_sdk.SPEKlient  # type: ignore[attr-defined] # noqa: B018 - the missing name is the point
    with pytest.raises(ImportError):
        from mailstore_sdk import get_userz  # type: ignore[attr-defined] # noqa: F401 - the missing name is the point


def test_importing_loads_nothing_heavy() -> None:
    code = "import sys, mailstore_sdk; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    loaded = set(python(code).split())
    assert not loaded & {
        "dataclasses",
        "inspect",
        "pydantic",
        "httpx",
        "h11",
        "click",
        "rich",
        "starlette",
        "uvicorn",
        "jinja2",
        "mailstore_codegen",
        "ssl",
    }


def test_the_first_call_loads_only_the_models_it_needs() -> None:
    code = (
        "import sys; from mailstore_sdk import SPEClient\n"
        "SPEClient('spe', username='a', password='b').close()\n"
        "print(*(name for name in sys.modules if '_generated.models.' in name or name.partition('.')[0] in ('starlette', 'click', 'rich')))"
    )
    # httpx imports its own command line if click and rich are installed; that is not caused by this package.
    assert not [name for name in python(code).split() if "_generated" in name or name.startswith("starlette")]


def test_the_vendor_wrappers_interface_is_not_loaded_unless_used() -> None:
    loads = "print(*(name for name in sys.modules if name.startswith('mailstore_sdk') and 'compat' in name))"
    assert python(f"import sys, mailstore_sdk as m; m.SPEClient; {loads}") == ""
    assert "mailstore_sdk._generated.models." not in python("import sys, mailstore_sdk.compat; print(*sys.modules)")


def test_each_stage_loads_only_what_it_needs() -> None:
    """The package, a client, a first typed result, everything: no more modules of ours than the stage needs, and none of others' fields."""
    code = """
import sys
def report(stage):
    ours = [name for name in sys.modules if name.partition(".")[0] == "mailstore_sdk"]
    beyond = {name for name in ours if name.split(".")[1:2] and name.split(".")[1] in ("cli", "simulator", "compat")}
    beyond |= sys.modules.keys() & {"mailstore_codegen", "starlette", "jinja2", "ruamel"}
    print(stage, len(ours), *sorted(beyond))
import mailstore_sdk
report("import")
spe = mailstore_sdk.SPEClient("spe", username="a", password="b")
archive = spe.instance("test01")
report("client")
from mailstore_sdk._generated import functions
from mailstore_sdk.runtime._protocol.replies import Decoder
Decoder().read(functions.GET_USERS, b'{"statusCode": "succeeded", "result": []}')
spe.close()
report("result")
models = [name for name in sys.modules if name.startswith("mailstore_sdk._generated.models.")]
assert models == ["mailstore_sdk._generated.models.users"], models
mailstore_sdk.preload()
models = [name for name in sys.modules if name.startswith("mailstore_sdk._generated.models.")]
groups = [name for name in sys.modules if name.startswith("mailstore_sdk._generated.functions.")]
print(len(models), len(groups), "mailstore_sdk.jobs" in sys.modules, "mailstore_sdk.simulator" in sys.modules)
"""
    generated = ROOT / "mailstore_sdk" / "_generated"
    models, groups = (len(list((generated / folder).glob("*.py"))) - 1 for folder in ("models", "functions"))
    imported, client, result, preloaded = python(code).splitlines()
    assert imported == "import 2"
    assert [int(line.partition(" ")[2]) <= most for line, most in ((client, 84), (result, 85))] == [True, True], (client, result)
    assert preloaded == f"{models} {groups} True False"


def test_the_simulator_says_which_extra_it_needs() -> None:
    code = "import sys; sys.modules['starlette'] = None; import runpy; runpy.run_module('mailstore_sdk.simulator', run_name='__main__')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "pip install 'mailstore-sdk[simulator]'" in done.stderr


def test_the_package_run_as_a_module_is_the_command_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "argv", ["mailstore_sdk", "--version"])
    with pytest.raises(SystemExit) as stopped:
        import_module("mailstore_sdk.__main__")
    assert stopped.value.code == 0
    assert capsys.readouterr().out == f"mailstore, version {mailstore_sdk.__version__}\n"
