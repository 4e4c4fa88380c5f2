"""Calls of clients from profiles and from the environment."""

import json
import sys
from pathlib import Path

import pytest

from mailstore_sdk.simulator import Simulator
from tests.support.both_clients import Connect


def test_a_profile_is_sufficient_for_a_client(connect_profile: Connect, spe_simulator: Simulator, tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_bytes(Path(spe_simulator.ca_file).read_bytes())
    file = tmp_path / "profiles.toml"
    command = json.dumps([sys.executable, "-c", "print('admin')"])
    file.write_text(f"[profiles.sim]\nurl = '{spe_simulator.url}'\nusername = 'admin'\nca_file = 'ca.pem'\npassword_command = {command}\n")
    with connect_profile("sim", path=file, timeout=7) as spe:
        assert spe.get_environment_info().user_name == "admin"
        assert spe.options.timeout == 7
    assert [call.function for call in spe_simulator.calls] == ["GetEnvironmentInfo"]


def test_the_environment_is_sufficient_for_a_client(connect: Connect, spe_simulator: Simulator, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = {"URL": spe_simulator.url, "USER": "admin", "PASSWORD": "admin", "THUMBPRINT": spe_simulator.thumbprint}
    for name, text in settings.items():
        monkeypatch.setenv(f"MAILSTORE_SPE_{name}", text)
    with connect() as spe:
        assert spe.get_environment_info().user_name == "admin"
