"""Tools that mock and trace httpx see each request of a plain client."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import respx
import sentry_sdk
import vcr
from opentelemetry.instrumentation.httpx import HTTPXClientInstrumentor
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from pytest_httpx import HTTPXMock
from sentry_sdk.integrations.httpx import HttpxIntegration

from mailstore_sdk import AsyncSPEClient, SPEClient
from tests.support.raw_server import SUCCESS, RawServer

ADMIN = {"username": "admin", "password": "S3cret!", "retries": 0}
PATH = "/api/invoke/GetUsers"


def get_users(**options: Any) -> Any:
    with SPEClient(**{"host": "spe.example.com", **ADMIN, **options}) as spe:
        return spe.instance("test01").get_users()


def get_users_async(**options: Any) -> Any:
    async def call() -> Any:
        async with AsyncSPEClient(**{"host": "spe.example.com", **ADMIN, **options}) as spe:
            return await spe.instance("test01").get_users()

    return asyncio.run(call())


Call = Callable[..., Any]
pytestmark = pytest.mark.parametrize("call", [get_users, get_users_async])


@pytest.fixture
def here(raw_server: RawServer) -> dict[str, Any]:
    return {"host": "localhost", "port": raw_server.port, "ca_file": raw_server.ca_file}


@pytest.mark.parametrize("pinned", [None, "AB" * 20])
def test_respx(call: Call, pinned: str | None) -> None:
    with respx.mock(base_url="https://spe.example.com:8474") as mocked:
        route = mocked.post(PATH).respond(content=SUCCESS)
        assert call(thumbprint=pinned) == []
        assert route.calls.last.request.content == b"instanceID=test01"


def test_pytest_httpx(call: Call, httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response(url=f"https://spe.example.com:8474{PATH}", content=SUCCESS)
    assert call() == []
    assert httpx_mock.get_requests()[0].content == b"instanceID=test01"


def test_vcrpy(call: Call, here: dict[str, Any], raw_server: RawServer, tmp_path: Path) -> None:
    for _ in range(2):
        with vcr.use_cassette(tmp_path / "users.yaml", filter_headers=["authorization"]) as cassette:
            assert call(**here) == []
    assert cassette.play_count == 1, "the second time nothing is sent"
    assert len(raw_server.requests) == 1
    assert "Basic" not in (tmp_path / "users.yaml").read_text("utf-8")


@pytest.fixture
def spans() -> Iterator[InMemorySpanExporter]:
    exporter, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    instrumentor = HTTPXClientInstrumentor()
    instrumentor.instrument(tracer_provider=provider)
    yield exporter
    instrumentor.uninstrument()


def test_opentelemetry(call: Call, here: dict[str, Any], spans: InMemorySpanExporter) -> None:
    assert call(**here) == []
    (span,) = spans.get_finished_spans()
    assert (span.name, (span.attributes or {})["http.url"]) == ("POST", f"https://localhost:{here['port']}{PATH}")


class Kept(sentry_sdk.transport.Transport):
    kept: list[Any] = []  # noqa: RUF012 - Sentry makes the instance

    def capture_envelope(self, envelope: Any) -> None:
        self.kept.append(envelope)


@pytest.fixture
def sentry() -> Iterator[None]:
    """Sentry's wrappers, which it installs once in a process and never takes off."""
    clients = (httpx.Client, httpx.AsyncClient)
    unwrapped = [client.send for client in clients]
    tracing: Any = {"traces_sample_rate": 1.0, "default_integrations": False, "integrations": [HttpxIntegration()]}
    sentry_sdk.init(dsn="https://key@sentry.invalid/1", transport=Kept, **tracing)
    for client, send in zip(clients, unwrapped, strict=True):
        client.send = send  # type: ignore[method-assign] # as Sentry does
    HttpxIntegration.setup_once()
    yield
    for client, send in zip(clients, unwrapped, strict=True):
        client.send = send  # type: ignore[method-assign] # as Sentry does
    sentry_sdk.get_client().close()
    sentry_sdk.init()


def test_sentry(call: Call, here: dict[str, Any], sentry: None) -> None:
    with sentry_sdk.start_transaction(name="test") as transaction:
        assert call(**here) == []
        recorded = [span for span in transaction._span_recorder.spans if span.op == "http.client"]
    assert [span.description for span in recorded] == [f"POST https://localhost:{here['port']}{PATH}"]
