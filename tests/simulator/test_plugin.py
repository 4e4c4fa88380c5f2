"""The pytest fixtures that come with the package, as tests of other people use them."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest

from mailstore_sdk import AsyncSPEClient, SPEClient
from mailstore_sdk.simulator import Simulator
from tests.support.processes import environ


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


def run(folder: Path, source: str, *arguments: str) -> str:
    """Run tests as in a project of its own; return what pytest says."""
    (folder / "test_theirs.py").write_text(source)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", os.devnull, "-W", "error", *arguments, str(folder)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env=environ())
    return done.stdout + done.stderr


@pytest.mark.spe_simulator(clock="immediate")
def test_the_client(spe_client: SPEClient) -> None:
    instance = spe_client.instance("test01")
    assert [user.user_name for user in instance.get_users()][:2] == ["$archiveadmin", "admin"]
    instance.verify_store(1).result(timeout=60)


@pytest.mark.anyio
@pytest.mark.spe_simulator(clock="immediate")
async def test_the_async_client(async_spe_client: AsyncSPEClient) -> None:
    instance = async_spe_client.instance("test01")
    assert [user.user_name for user in await instance.get_users()][:2] == ["$archiveadmin", "admin"]
    await (await instance.verify_store(1)).result(timeout=60)


def test_the_async_client_in_a_plain_test(async_spe_client: AsyncSPEClient, spe_simulator: Simulator) -> None:
    async def ping() -> None:
        await async_spe_client.raw.ping()
        await async_spe_client.with_options(retries=0).ping()

    asyncio.run(ping())
    assert [call.function for call in spe_simulator.calls] == ["Ping", "Ping"]


@pytest.mark.spe_simulator(spe_version="8.5")
def test_the_clients_speak_the_protocol_of_the_version(
    spe_client: SPEClient, async_spe_client: AsyncSPEClient, spe_simulator: Simulator
) -> None:
    assert spe_client.get_environment_info().user_name == "admin"
    asyncio.run(async_spe_client.get_environment_info())
    assert [call.function for call in spe_simulator.calls] == ["login", "GetEnvironmentInfo", "login", "GetEnvironmentInfo"]


def test_an_unused_client(async_spe_client: AsyncSPEClient) -> None:
    assert not isinstance(async_spe_client, SPEClient)


def test_a_loop_that_continues() -> None:
    """A plugin may run many tests in one loop; then the fixture closes its client after the test."""
    from mailstore_sdk.simulator.loop_client import LoopClient

    with Simulator() as simulator, asyncio.Runner() as runner:
        client = LoopClient(host=simulator.url, username="admin", password="admin", ca_file=simulator.ca_file)
        runner.run(client.ping())
        client.finish()
        with pytest.raises(Exception, match="the client is closed"):
            runner.run(client.ping())


THEIRS = """
import asyncio, pytest

@pytest.fixture
def anyio_backend():
    return "asyncio"

@pytest.fixture
async def carol(anyio_backend, async_spe_client):
    archive = async_spe_client.instance("test01")
    yield (await archive.get_user_info("carol")).user_name
    await archive.delete_user("carol")  # the client is open until the end

@pytest.mark.anyio
async def test_with_a_fixture_of_their_own(carol, async_spe_client):
    assert carol == "carol"
    assert len(await async_spe_client.instance("test01").get_users()) == 5

@pytest.mark.parametrize("number", range(4))
def test_state_of_its_own(spe_client, spe_simulator, number):
    spe_client.instance("test01").delete_user("bob")
    assert len(spe_simulator.calls) == 1

async def test_without_a_plugin(async_spe_client):
    raise AssertionError("this is never run")
"""


def test_the_fixtures_in_another_project(tmp_path: Path) -> None:
    output = run(tmp_path, THEIRS, "-n", "2", "-p", "xdist")
    assert "5 passed" in output
    assert "1 failed" in output
    assert "async def functions are not natively supported" in output
    assert "never" not in output.replace("coroutine 'test_without_a_plugin' was never awaited", "")


def test_the_plugin_imports_little() -> None:
    heavy = {"uvicorn", "starlette", "httpx", "pydantic", "trustme", "asyncio"}
    program = f"import sys; old = set(sys.modules); import mailstore_sdk.simulator.pytest_plugin; print(sorted((set(sys.modules) - old) & {heavy!r}))"
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout == "[]\n"
