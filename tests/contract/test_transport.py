"""The transport over real sockets: the bytes of requests, connections, and everything that can fail."""

import asyncio
import gc
import gzip
import socket
import ssl
import threading
import time
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from mailstore_sdk import AsyncSPEClient, ConfigurationError, SPEClient, errors
from tests.support.both_clients import Connect
from tests.support.processes import PATIENCE, wait_until
from tests.support.raw_server import (
    NOTHING,
    SUCCESS,
    Answer,
    HangUpError,
    RawServer,
    answer,
    cut_body,
    drip_body,
    drip_head,
    hang_up,
    http,
    reset,
    stay_silent,
    talk_past_tls,
)
from tests.support.sockets import refusing_port, silent

ADMIN = {"username": "admin", "password": "S3cret!"}


def client(connect: Connect, server: RawServer, **options: Any) -> Any:
    return connect("localhost", port=server.port, ca_file=server.ca_file, **{**ADMIN, "retries": 0, **options})


def test_a_request_is_what_the_protocol_describes(connect: Connect, raw_server: RawServer) -> None:
    raw_server.answers = [answer(), answer(NOTHING)]
    with client(connect, raw_server) as spe:
        spe.instance("test01").get_users()
        spe.instance("test01").set_user_password("alice", "ü")
    first, second = raw_server.requests
    head, _, body = first.partition(b"\r\n\r\n")
    lines = head.split(b"\r\n")
    assert lines[0] == b"POST /api/invoke/GetUsers HTTP/1.1"
    assert set(lines[1:]) == {
        b"Host: localhost:%d" % raw_server.port,
        b"Accept: application/json",
        b"Authorization: Basic YWRtaW46UzNjcmV0IQ==",
        b"Content-Type: application/x-www-form-urlencoded",
        b"User-Agent: mailstore-sdk/0.1.0",
        b"Content-Length: 17",
    }
    assert body == b"instanceID=test01"
    assert second.endswith(b"\r\n\r\ninstanceID=test01&userName=alice&password=%C3%BC")


def test_an_empty_body_still_has_its_length(connect: Connect, raw_server: RawServer) -> None:
    raw_server.answers = [answer(b'{"statusCode": "failed"}')]
    with client(connect, raw_server) as spe, pytest.raises(errors.FunctionFailedError):
        spe.get_environment_info()
    assert b"\r\nContent-Length: 0\r\n" in raw_server.requests[0]


def test_sequential_calls_share_one_connection(connect: Connect, raw_server: RawServer) -> None:
    with client(connect, raw_server) as spe:
        for _ in range(5):
            spe.instance("test01").get_users()
    assert (raw_server.connections, len(raw_server.requests)) == (1, 5)


def test_a_connection_that_the_server_closed_is_not_used_again(connect: Connect, raw_server: RawServer) -> None:
    raw_server.answers = [answer(headers=b"Connection: close\r\n")]
    with client(connect, raw_server) as spe:
        spe.instance("test01").get_users()
        spe.instance("test01").get_users()
    assert raw_server.connections == 2


def end(connection: ssl.SSLSocket) -> None:
    connection.shutdown(socket.SHUT_RDWR)
    raise ConnectionResetError


@pytest.mark.parametrize("leave", [end, reset])
def test_an_idle_connection_that_broke_is_noticed_before_it_is_used(connect: Connect, raw_server: RawServer, leave: Answer) -> None:
    def answer_and_leave(connection: ssl.SSLSocket) -> None:
        answer()(connection)
        received.wait(PATIENCE)  # a reset discards data in transit
        leave(connection)

    received = threading.Event()
    raw_server.answers = [answer_and_leave, answer(NOTHING)]
    with client(connect, raw_server) as spe:
        spe.instance("test01").get_users()
        received.set()
        wait_until(lambda: all(idle.has_ended for idle in spe._transport._idle))
        spe.instance("test01").delete_user("alice")
    assert raw_server.connections == 2


def test_further_calls_wait_if_all_connections_are_in_use(raw_server: RawServer) -> None:
    def slow(connection: ssl.SSLSocket) -> None:
        time.sleep(0.05)
        answer()(connection)

    raw_server.answers = [slow] * 12
    with client(SPEClient, raw_server, max_connections=3) as spe:
        archive = spe.instance("test01")
        threads = [threading.Thread(target=archive.get_users) for _ in range(12)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(raw_server.requests) == 12
    assert raw_server.connections <= 3


def test_many_tasks_share_few_connections(raw_server: RawServer) -> None:
    async def main() -> None:
        async with AsyncSPEClient(
            "localhost", port=raw_server.port, ca_file=raw_server.ca_file, username="admin", password="x", max_connections=3
        ) as spe:
            await asyncio.gather(*(spe.instance("test01").get_users() for _ in range(12)))

    asyncio.run(main())
    assert len(raw_server.requests) == 12
    assert raw_server.connections <= 3


def test_a_call_that_gets_no_connection_in_time(connect: Connect, raw_server: RawServer) -> None:
    def slow(connection: ssl.SSLSocket) -> None:
        asked.set()
        refused.wait(PATIENCE)
        answer()(connection)

    asked, refused = threading.Event(), threading.Event()
    raw_server.answers = [slow]
    with client(connect, raw_server, max_connections=1) as spe, ThreadPoolExecutor(1) as threads:
        first = threads.submit(spe.instance("test01").get_users)
        assert asked.wait(PATIENCE)
        with pytest.raises(errors.NotSentError, match=r"all 1 connections to localhost:\d+ were in use for 0\.3 s; make fewer calls"):
            spe.with_options(timeout=0.3).instance("test01").get_users()
        refused.set()
        assert first.result() == []
        assert spe.instance("test01").get_users() == []


def test_an_unknown_host(connect: Connect) -> None:
    with connect("spe.invalid", **ADMIN, retries=0) as spe, pytest.raises(errors.HostNotFoundError) as caught:
        spe.get_environment_info()
    assert "no address is known for the host 'spe.invalid'; check the name and your DNS" in str(caught.value)


def test_a_refused_connection_is_retried_and_then_reported(connect: Connect) -> None:
    with (
        refusing_port() as port,
        connect("localhost", port=port, **ADMIN, retries=1) as spe,
        pytest.raises(errors.ServerUnreachableError) as caught,
    ):
        spe.instance("test01").delete_user("alice")
    assert f"localhost:{port} refuses connections; check the port (8474 unless changed), and that the Management API is switched on" in str(
        caught.value
    )
    assert (caught.value.function, caught.value.arguments) == ("DeleteUser", {"instanceID": "test01", "userName": "alice"})


def test_a_host_that_does_not_answer_is_a_timeout(connect: Connect) -> None:
    with silent("127.0.0.1") as port:
        expect_timeout(connect, port, "did not accept a connection within")


def test_a_server_without_tls(connect: Connect) -> None:
    with RawServer(tls=False) as server, client(connect, server, timeout=2) as spe:
        with pytest.raises(errors.ServerUnreachableError, match="does not speak TLS as expected"):
            spe.get_environment_info()
    assert not server.requests


def test_a_server_that_does_not_finish_the_handshake(connect: Connect) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        expect_timeout(connect, listener.getsockname()[1], "did not finish the TLS handshake within")


def expect_timeout(connect: Connect, port: int, message: str) -> None:
    """Expect a call to time out in the step that the message names; on a machine too busy to get there, with a longer timeout."""
    found = ""
    for timeout in (0.5, 5, 50):
        with connect("127.0.0.1", port=port, **ADMIN, retries=0, timeout=timeout) as spe:
            with pytest.raises(errors.ServerUnreachableError) as caught:
                spe.instance("test01").delete_user("alice")
        found = str(caught.value)
        if f"{message} {timeout} s" in found:
            return
    pytest.fail(found)


class TestCertificates:
    def test_an_untrusted_certificate_is_refused_with_its_thumbprints_and_the_option_to_use(
        self, connect: Connect, raw_server: RawServer
    ) -> None:
        with connect("localhost", port=raw_server.port, **ADMIN) as spe, pytest.raises(errors.CertificateError) as caught:
            spe.get_environment_info()
        message = str(caught.value)
        sha1, sha256 = raw_server.thumbprints
        assert f"SHA-1 {sha1}, SHA-256 {sha256}" in message
        assert "set thumbprint to one of the two, or ca_file to the file of the authority that signed it" in message
        assert not raw_server.requests

    @pytest.mark.parametrize("which", [0, 1])
    def test_a_pinned_certificate_is_trusted(self, connect: Connect, raw_server: RawServer, which: int) -> None:
        with connect("localhost", port=raw_server.port, thumbprint=raw_server.thumbprints[which], **ADMIN) as spe:
            assert spe.instance("test01").get_users() == []

    def test_another_certificate_than_the_pinned_one_gets_no_request(self, connect: Connect, raw_server: RawServer) -> None:
        with connect("localhost", port=raw_server.port, thumbprint="AB" * 20, **ADMIN) as spe:
            with pytest.raises(
                errors.CertificateError, match=r"is not trusted: it is not the one pinned by thumbprint ABAB[^.]*\. The server"
            ):
                spe.get_environment_info()
        assert not raw_server.requests

    def test_the_host_name_must_match_too(self, connect: Connect) -> None:
        with RawServer("spe.example.com") as server, client(connect, server) as spe:
            with pytest.raises(errors.CertificateError, match="(?i)hostname mismatch"):
                spe.get_environment_info()
            assert not server.requests

    def test_any_certificate_is_accepted_without_verification(self, connect: Connect, raw_server: RawServer) -> None:
        with pytest.warns(errors.UnverifiedServerWarning):
            spe = connect("localhost", port=raw_server.port, verify=False, **ADMIN)
        with spe:
            assert spe.instance("test01").get_users() == []

    def test_a_server_that_is_gone_when_its_certificate_is_fetched(self, connect: Connect) -> None:
        with RawServer("spe.example.com", only_one=True) as server, client(connect, server) as spe:
            with pytest.raises(errors.CertificateError, match="Its thumbprint could not be read; set thumbprint or ca_file"):
                spe.get_environment_info()


class TestBrokenReplies:
    @pytest.mark.parametrize("act", [hang_up, cut_body, reset, talk_past_tls])
    def test_a_truncated_reply(self, connect: Connect, raw_server: RawServer, act: Any) -> None:
        raw_server.answers = [act, act]
        with client(connect, raw_server) as spe:
            with pytest.raises(
                errors.ReplyLostError, match=r"GetUsers: the connection to localhost:\d+ broke before the reply was complete"
            ):
                spe.instance("test01").get_users()
            with pytest.raises(errors.OutcomeUnknownError, match="check its state before you call again"):
                spe.instance("test01").delete_user("alice")
            assert spe.instance("test01").get_users() == [], "the client continues"

    @pytest.mark.parametrize("act", [stay_silent, drip_head, drip_body])
    def test_a_reply_that_takes_too_long(self, connect: Connect, raw_server: RawServer, act: Any) -> None:
        raw_server.answers = [answer(), act]
        with client(connect, raw_server) as spe:
            spe.instance("test01").get_users()  # opens the connection, which may take longer
            with pytest.raises(errors.ReplyTimeoutError, match=r"sent no complete reply within 0\.4 s; raise timeout"):
                spe.with_options(timeout=0.4).instance("test01").get_users()

    def test_a_late_reply_is_not_used_for_the_next_request(self, raw_server: RawServer) -> None:
        def answer_late(connection: ssl.SSLSocket) -> None:
            asked.set()
            cancelled.wait(PATIENCE)
            answer(b"late")(connection)

        async def main() -> None:
            async with client(AsyncSPEClient, raw_server) as spe:
                deletion = asyncio.create_task(spe.instance("test01").delete_user("alice"))
                assert await asyncio.to_thread(asked.wait, PATIENCE)
                deletion.cancel()
                with pytest.raises(asyncio.CancelledError):
                    await deletion
                cancelled.set()
                assert await spe.instance("test01").get_users() == []

        asked, cancelled = threading.Event(), threading.Event()
        raw_server.answers = [answer_late]
        asyncio.run(main())
        assert raw_server.connections == 2

    def test_a_connection_whose_time_expired_before_use(self, raw_server: RawServer) -> None:
        def answer_and_leave(connection: ssl.SSLSocket) -> None:
            answer()(connection)
            expired.wait(PATIENCE)
            raise HangUpError

        async def main() -> None:
            loop = asyncio.get_running_loop()
            loop.set_exception_handler(lambda _, context: troubles.append(context))
            async with client(AsyncSPEClient, raw_server) as spe:
                await spe.instance("test01").get_users()
                with pytest.raises(errors.ReplyTimeoutError):
                    await spe.with_options(timeout=1e-9).instance("test01").get_users()
                expired.set()
                await asyncio.sleep(0.2)  # time for the event loop to notice
                assert await spe.instance("test01").get_users() == []

        expired = threading.Event()
        troubles: list[Any] = []
        raw_server.answers = [answer_and_leave]
        asyncio.run(main())
        gc.collect()
        assert troubles == []

    def test_an_idle_connection_keeps_no_reply_in_memory(self, raw_server: RawServer) -> None:
        def answer_much(connection: ssl.SSLSocket) -> None:
            connection.sendall(http(SUCCESS + b" " * 10_000_000))

        async def main() -> None:
            async with client(AsyncSPEClient, raw_server) as spe:
                await spe.instance("test01").get_users()
                # The server releases its own copy of the reply a little later.
                await asyncio.to_thread(wait_until, lambda: tracemalloc.get_traced_memory()[0] < 5_000_000)

        raw_server.answers = [answer_much]
        tracemalloc.start()
        try:
            asyncio.run(main())
        finally:
            tracemalloc.stop()

    def test_more_than_one_reply_to_a_request(self, connect: Connect, raw_server: RawServer) -> None:
        raw_server.answers = [lambda connection: connection.sendall(http(NOTHING) + http(SUCCESS))]
        with client(connect, raw_server) as spe:
            spe.instance("test01").delete_user("alice")
            assert spe.instance("test01").get_users() == []
        assert raw_server.connections == 2, "what was not asked for answers no other request"

    def test_a_second_reply_in_a_separate_tls_record(self, connect: Connect, raw_server: RawServer) -> None:
        def answer_twice(connection: ssl.SSLSocket) -> None:
            connection.sendall(http(NOTHING))
            connection.sendall(http(SUCCESS))

        raw_server.answers = [answer_twice]
        with client(connect, raw_server) as spe:
            spe.instance("test01").delete_user("alice")
            wait_until(lambda: all(idle.has_ended for idle in spe._transport._idle))
            assert spe.instance("test01").get_users() == []
        assert raw_server.connections == 2, "what was not asked for answers no other request"

    def test_a_read_is_retried_after_a_lost_reply(self, connect: Connect, raw_server: RawServer) -> None:
        raw_server.answers = [hang_up, cut_body, answer()]
        with client(connect, raw_server, retries=2) as spe:
            assert spe.instance("test01").get_users() == []
        assert len(raw_server.requests) == 3

    def test_a_reply_of_many_pieces(self, connect: Connect, raw_server: RawServer) -> None:
        long = SUCCESS.replace(b'"succeeded"', b'"succeeded", "logOutput": "%s"' % (b"x" * 1_000_000))
        raw_server.answers = [answer(long)]
        with client(connect, raw_server) as spe:
            assert spe.instance("test01").get_users() == []

    def test_something_that_is_not_http(self, connect: Connect, raw_server: RawServer) -> None:
        raw_server.answers = [lambda connection: connection.sendall(b"220 mail.example.com ESMTP\r\n\r\n")]
        with client(connect, raw_server) as spe, pytest.raises(errors.ReplyLostError, match="is not valid HTTP: illegal status line"):
            spe.instance("test01").get_users()

    def test_a_page_instead_of_json(self, connect: Connect, raw_server: RawServer) -> None:
        raw_server.answers = [answer(b"<html>Welcome to the console</html>")]
        with client(connect, raw_server) as spe, pytest.raises(errors.ReplyFormatError, match="it is not JSON") as caught:
            spe.instance("test01").get_users()
        assert caught.value.body == "<html>Welcome to the console</html>"

    def test_a_redirect_is_not_followed(self, connect: Connect, raw_server: RawServer) -> None:
        raw_server.answers = [answer(b"", "302 Found", b"Location: https://elsewhere.invalid/\r\n")]
        with client(connect, raw_server) as spe, pytest.raises(errors.ServerError, match="302; redirects are not followed"):
            spe.instance("test01").get_users()
        assert len(raw_server.requests) == 1

    def test_a_reply_that_is_compressed_unrequested(self, connect: Connect, raw_server: RawServer) -> None:
        raw_server.answers = [answer(gzip.compress(SUCCESS), headers=b"Content-Encoding: gzip\r\n")]
        with client(connect, raw_server) as spe:
            assert spe.instance("test01").get_users() == []


class TestLife:
    def test_a_closed_client_is_an_error_and_closing_twice_is_harmless(self, connect: Connect, raw_server: RawServer) -> None:
        spe = client(connect, raw_server)
        spe.instance("test01").get_users()
        spe.close()
        spe.close()
        with pytest.raises(ConfigurationError, match="the client is closed"):
            spe.get_environment_info()

    @pytest.mark.parametrize("kind", [SPEClient, AsyncSPEClient])
    def test_a_client_that_was_used_and_not_closed_warns(self, raw_server: RawServer, kind: Any) -> None:
        async def use() -> None:
            spe = kind("localhost", port=raw_server.port, ca_file=raw_server.ca_file, **ADMIN)
            users = spe.instance("test01").get_users()
            if kind is AsyncSPEClient:
                await users
            with pytest.warns(ResourceWarning, match=r"SPEClient\('https://localhost:\d+', username='admin'\) was not closed"):
                spe.__del__()
            closing = spe.close()
            if kind is AsyncSPEClient:
                await closing

        asyncio.run(use())
        gc.collect()

    def test_a_client_that_was_never_used_does_not_warn(self) -> None:
        SPEClient("localhost", **ADMIN)
        gc.collect()

    def test_an_async_client_belongs_to_its_loop(self, raw_server: RawServer) -> None:
        spe = AsyncSPEClient("localhost", port=raw_server.port, ca_file=raw_server.ca_file, **ADMIN)

        async def use() -> None:
            await spe.instance("test01").get_users()

        async def refused() -> None:
            for use in (spe.instance("test01").get_users, spe.close):
                with pytest.raises(ConfigurationError, match="belongs to another event loop"):
                    await use()

        with asyncio.Runner() as runner:
            runner.run(use())
            thread = threading.Thread(target=lambda: asyncio.run(refused()))
            thread.start()
            thread.join()
            asyncio.run(refused())
            assert not spe._transport.closed
            runner.run(spe.close())

    def test_async_with_closes(self, raw_server: RawServer) -> None:
        async def main() -> AsyncSPEClient:
            async with AsyncSPEClient("localhost", port=raw_server.port, ca_file=raw_server.ca_file, **ADMIN) as spe:
                await spe.instance("test01").get_users()
            return spe

        spe = asyncio.run(main())
        assert spe._transport.closed
