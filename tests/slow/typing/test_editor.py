"""What an editor shows of the SDK: completions, hover texts, and definitions that a person can read."""

from collections.abc import Iterator
from pathlib import Path

import jedi
import pytest
from mailstore_codegen.catalogue.load import load

import mailstore_sdk
from tests.slow.typing.language_server import LanguageServer
from tests.support.project import ROOT

SDK = ROOT / "mailstore_sdk"
SCRIPT = """\
from mailstore_sdk import {client}, StoreState


def main(spe: {client}) -> None:
    archive = spe.instance("test01")
    {line}
"""

GETTERS = sorted(
    function.method for function in load(SDK.parent / "spec").functions if function.needs_instance and function.method.startswith("get_")
)


@pytest.fixture(scope="module", autouse=True)
def cache_of_this_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let jedi keep what it parses in a folder of its own: processes that share one read half-written files."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jedi.settings, "cache_directory", str(tmp_path_factory.mktemp("jedi")))
        yield


def at(line: str, client: str = "SPEClient") -> tuple[jedi.Script, int, int]:
    """Return a script that ends with this line, and the position of the line's bar: the cursor."""
    before = SCRIPT.format(client=client, line=line.partition("|")[0]).rstrip("\n").splitlines()
    code = SCRIPT.format(client=client, line=line.replace("|", ""))
    return jedi.Script(code, path="script.py", project=jedi.Project(SDK.parent)), len(before), len(before[-1])


def completions(line: str, client: str = "SPEClient") -> list[str]:
    script, *place = at(line, client)
    return [name.name for name in script.complete(*place)]


@pytest.mark.parametrize("client", ["SPEClient", "AsyncSPEClient"])
def test_completion_lists_the_functions_of_an_instance(client: str) -> None:
    assert completions("archive.get_|", client) == GETTERS
    assert completions("archive.iter_|", client) == ["iter_job_results", "iter_worker_results"]


@pytest.mark.parametrize(
    ("client", "line"),
    [
        ("SPEClient", "with spe as opened: opened.instance('a').get_use|"),
        ("AsyncSPEClient", "async with spe as opened: opened.instance('a').get_use|"),
        *((client, "spe.from_profile('prod').instance('a').get_use|") for client in ("SPEClient", "AsyncSPEClient")),
        *((client, "spe.with_options(retries=0).instance('a').get_use|") for client in ("SPEClient", "AsyncSPEClient")),
    ],
)
def test_completion_works_however_a_client_was_created(client: str, line: str) -> None:
    assert completions(line, client) == ["get_user_info", "get_users"]


@pytest.mark.parametrize(
    ("line", "some"),
    [
        ('archive.get_user_info("alice").|', {"user_name", "full_name", "email_addresses", "privileges", "privileges_on_folders"}),
        ("archive.get_stores()[0].|", {"id", "name", "requested_state", "database_path"}),
        ("archive.verify_store(1).|", {"result", "wait", "cancel", "token", "percent", "log", "status"}),
        ("StoreState.|", {"CURRENT", "NORMAL", "WRITE_PROTECTED", "DISABLED"}),
    ],
)
def test_completion_knows_the_results_of_calls(line: str, some: set[str]) -> None:
    assert some <= set(completions(line))


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("InstanceConfiguration(|)", {"instance_id=", "alias=", "display_name=", "vss_writer_enabled="}),
        ("InstanceConfiguration(instance_id='a', a|)", {"alias="}),
        ("RetentionPolicy(name='a', period|)", {"period=", "period_interval="}),
    ],
)
def test_completion_offers_the_fields_of_a_model_that_is_constructed(line: str, offered: set[str], tmp_path: Path) -> None:
    code = f"from mailstore_sdk import {line.partition('(')[0]}\n{line.partition('|')[0]}"
    names = {name.name for name in jedi.Script(f"{code})", project=jedi.Project(SDK.parent)).complete(2, len(code.splitlines()[1]))}
    assert offered <= names
    with LanguageServer(tmp_path) as server:
        assert offered <= server.completions(code)


def test_hovering_shows_signature_meaning_and_evidence() -> None:
    script, *place = at("archive.verify_st|ore(1)")
    (hover,) = script.help(*place)
    signature, _, text = hover.docstring().partition("\n\n")
    assert signature == "verify_store(id: int, *, include_indexes: bool=True) -> Job[None]"
    assert text.startswith("Check one archive store for missing or damaged messages.")
    for part in ("id: Number of the archive store.", "FunctionFailedError: The server", "Wire name: VerifyStore", "Evidence: "):
        assert part in text


def test_a_call_that_is_being_typed_shows_its_arguments() -> None:
    script, *place = at("archive.create_user(|)")
    (call,) = script.get_signatures(*place)
    assert [parameter.name for parameter in call.params][:3] == ["user_name", "privileges", "full_name"]


@pytest.mark.parametrize(("client", "instance"), [("spe.Client", "instanceID: str, "), ("SPEClient", "")])
def test_the_vendor_wrappers_methods_are_completed_and_hovered_over(client: str, instance: str) -> None:
    code = f"import mailstore_sdk.compat as mailstore\nclient = mailstore.{client}()\nclient.VerifySto"
    script = jedi.Script(code, path="script.py", project=jedi.Project(SDK.parent))
    assert [name.name for name in script.complete(3, len("client.VerifySto"))] == ["VerifyStore", "VerifyStores"]
    script = jedi.Script(f"{code}re", path="script.py", project=jedi.Project(SDK.parent))
    (hover,) = script.help(3, len("client.VerifySto"))
    signature, _, text = hover.docstring().partition("\n\n")
    assert signature.startswith(f"VerifyStore({instance}id: int | str, ")
    assert text == "Check one archive store for missing or damaged messages. Typed: ``Instance.verify_store``."


@pytest.mark.parametrize("line", ["archive.get_us|ers()", "archive.verify_st|ore(1)", "archive.create_us|er('x', [])"])
def test_a_definition_is_readable_generated_code(line: str) -> None:
    script, *place = at(line)
    (definition,) = script.goto(*place, follow_imports=True)
    assert definition.module_path
    assert definition.module_path.parent == SDK / "_generated" / "sync"
    (start, _), (end, _) = definition.get_definition_start_position(), definition.get_definition_end_position()
    method = definition.module_path.read_text().splitlines()[start - 1 : end]
    assert method[0].startswith(f"    def {definition.name}(")
    signature, docstring, body = "\n".join(method).split('"""')
    assert len(signature.splitlines()) <= 15
    assert "Wire name: " in docstring
    assert body.count("return self._") == 1
    assert body.count("functions.") == 1
    assert max(map(len, method)) <= 120


MODULES = {"aio", "bulk", "cli", "client", "compat", "errors", "jobs", "raw", "recording", "runtime", "simulator"}
"""The modules of the package that are public."""


def test_jedi_offers_an_import_public_names_and_public_modules() -> None:
    code = "from mailstore_sdk import "
    offered = {name.name for name in jedi.Script(code, project=jedi.Project(SDK.parent)).complete(1, len(code))}
    assert set(mailstore_sdk.__all__) <= offered
    # It ignores __all__, so it also lists imports of the modules behind star imports.
    of_the_package = {path.stem for path in SDK.iterdir() if path.is_dir() or path.suffix == ".py"}
    assert {name for name in offered & of_the_package if not name.startswith("_")} == MODULES


def test_pyright_offers_an_import_public_names_and_public_modules_only(tmp_path: Path) -> None:
    with LanguageServer(tmp_path) as server:
        offered = server.completions("from mailstore_sdk import ")
    assert {name for name in offered if not name.startswith("_")} == {*mailstore_sdk.__all__, *MODULES}
