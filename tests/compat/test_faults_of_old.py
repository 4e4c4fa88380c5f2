"""What the vendor's wrapper of 2014 does and this package does not; each fault is a test of its own."""

import threading
import urllib.request

import pytest

import mailstore_sdk.compat as mailstore
from mailstore_sdk import AuthenticationError, CertificateError
from mailstore_sdk.simulator import Simulator
from tests.compat.conftest import Connect
from tests.support.raw_server import RawServer


def test_false_is_sent(first: Connect, new: Simulator) -> None:
    client = first()
    client.SetArchiveAdminEnabled("test01", False)
    assert client.GetArchiveAdminEnabled("test01")["result"] is False
    assert new.estate.instance("test01").provider_access is False


def test_zero_is_sent(first: Connect, new: Simulator) -> None:
    first().GetChildFolders("test01", maxLevels=0)
    assert new.calls[-1].arguments == {"instanceID": "test01", "maxLevels": "0"}


def test_no_opener_is_installed_for_the_whole_process(first: Connect) -> None:
    before = getattr(urllib.request, "_opener", None)
    assert first().Ping()["statusCode"] == "succeeded"
    assert getattr(urllib.request, "_opener", None) is before


def test_two_clients_of_a_process_keep_their_own_credentials(first: Connect) -> None:
    right, wrong = first(), first(password="wrong")
    for _ in range(2):
        with pytest.raises(AuthenticationError):
            wrong.Ping()
        assert right.Ping()["statusCode"] == "succeeded"


def test_a_connection_is_used_again(first: Connect, new: Simulator) -> None:
    before = new.connections
    client = first()
    for _ in range(5):
        client.Ping()
    assert new.connections == before + 1


def test_credentials_are_sent_with_the_first_request() -> None:
    with RawServer() as server:
        with mailstore.spe.Client(host="localhost", port=server.port, ca_file=server.ca_file) as client:
            client.Ping()
        (request,) = server.requests
    assert b"\r\nAuthorization: Basic YWRtaW46YWRtaW4=\r\n" in request


def test_low_level_calls_have_one_slash(first: Connect) -> None:
    with RawServer() as server:
        with mailstore.spe.Client(host="localhost", port=server.port, ca_file=server.ca_file) as client:
            client.CancelAsync({"token": "t", "statusVersion": 0})
            client.GetStatus({"token": "t", "statusVersion": 0})
    assert [request.split()[1] for request in server.requests] == [b"/api/cancel-async", b"/api/get-status"]


def test_the_certificate_is_checked(first: Connect, new: Simulator) -> None:
    with pytest.raises(CertificateError) as caught:
        first(ca_file=None).Ping()
    assert new.thumbprint in str(caught.value).replace(":", "").upper()
    assert first(ca_file=None, thumbprint=new.thumbprint).Ping()["statusCode"] == "succeeded"


def test_threads_can_share_a_client(old: Simulator) -> None:
    statuses: list[str] = []
    with mailstore.spe.Client(host="localhost", port=old.port, protocol="session", ca_file=old.ca_file) as client:
        threads = [threading.Thread(target=lambda: statuses.append(client.GetUsers("test01")["statusCode"])) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert statuses == ["succeeded"] * 8
    assert {call.status for call in old.calls} == {200}
