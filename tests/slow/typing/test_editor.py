"""What an editor shows of the SDK: completions, hover texts, and definitions that a person can read."""

import inspect
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import ModuleType

import jedi
import pytest
from mailstore_codegen.catalogue.load import load
from mailstore_codegen.write.render import render_package
from mailstore_codegen.write.tree import write_package

import mailstore_sdk
from mailstore_sdk import compat, simulator
from mailstore_sdk._generated import models
from tests.slow.typing.language_server import LanguageServer
from tests.support.project import ROOT

pytestmark = pytest.mark.xdist_group("editor")  # what jedi has parsed once takes it little time again

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


def public(names: Iterable[str]) -> list[str]:
    """The names that no one takes for private or Python's own, in order; one that is offered twice is there twice."""
    return sorted(name for name in names if not name.startswith("_"))


def offered_by_jedi(code: str, folder: Path = ROOT) -> list[str]:
    """The public ones of the names that jedi offers at the end of a script, which imports from this folder."""
    *_, last = code.splitlines()
    script = jedi.Script(code, project=jedi.Project(folder))
    return public(name.name for name in script.complete(code.count("\n") + 1, len(last)))


@pytest.fixture(scope="module")
def own_package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the package of a team, acme_spe."""
    folder = tmp_path_factory.mktemp("own")
    write_package(render_package(load(ROOT / "spec"), "acme_spe"), folder / "acme_spe")
    return folder


OFFERED = [*mailstore_sdk.__all__, *MODULES]
OFFERED_BY_AN_OWN_PACKAGE = [
    *("AsyncInstance", "AsyncSPEClient", "Instance", "SPEClient"),
    *("aio", "functions", "literals", "models", "options", "sync"),
]
GROUPS_OF_MODELS = [path.stem for path in (SDK / "_generated" / "models").glob("[a-z]*.py")]


@pytest.mark.parametrize("code", ["from mailstore_sdk import ", "import mailstore_sdk\nmailstore_sdk."])
def test_jedi_offers_public_names_and_public_modules_only(code: str) -> None:
    assert offered_by_jedi(code) == sorted(OFFERED)


def test_pyright_offers_public_names_and_public_modules_only(tmp_path: Path) -> None:
    with LanguageServer(tmp_path) as server:
        assert public(server.completions("from mailstore_sdk import ")) == sorted(OFFERED)


@pytest.mark.parametrize("package", [compat, simulator])
def test_public_packages_offer_their_names_and_modules_only(package: ModuleType, tmp_path: Path) -> None:
    code = f"from {package.__name__} import "
    modules = {path.stem for path in Path(package.__path__[0]).iterdir()}
    with LanguageServer(tmp_path) as server:
        for offered in (offered_by_jedi(code), public(server.completions(code))):
            assert {*offered} >= {*package.__all__}
            assert {*offered} - {*package.__all__} <= modules


def test_the_vendor_wrappers_interface_offers_what_the_wrapper_has() -> None:
    assert offered_by_jedi("from mailstore_sdk.compat import ") == sorted(compat.__all__)


def test_an_own_package_offers_its_names_and_modules_only(own_package: Path) -> None:
    assert offered_by_jedi("from acme_spe import ", own_package) == sorted(OFFERED_BY_AN_OWN_PACKAGE)
    assert offered_by_jedi("from acme_spe.models import ", own_package) == sorted([*models.__all__, *GROUPS_OF_MODELS])
    with LanguageServer(own_package) as server:
        assert public(server.completions("from acme_spe import ")) == sorted(OFFERED_BY_AN_OWN_PACKAGE)
        assert public(server.completions("from acme_spe.models import ")) == sorted([*models.__all__, *GROUPS_OF_MODELS])


@pytest.mark.parametrize("name", ["SPEClient", "AsyncInstance", "Job", "Hooks", "Store", "StoreState", "JobTimeoutError"])
def test_a_public_name_leads_to_its_class(name: str) -> None:
    script = jedi.Script(f"from mailstore_sdk import {name}", project=jedi.Project(ROOT))
    (definition,) = script.goto(1, len("from mailstore_sdk import "), follow_imports=True)
    assert (definition.type, definition.full_name) == ("class", f"{getattr(mailstore_sdk, name).__module__}.{name}")
    (hover,) = script.help(1, len("from mailstore_sdk import "))
    assert inspect.cleandoc(getattr(mailstore_sdk, name).__doc__) in hover.docstring()
