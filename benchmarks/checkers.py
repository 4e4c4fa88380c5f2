"""Measure mypy and pyright on a small application, next to the same with other typed SDKs. CPU of whole processes.

The other SDKs are installed into a virtual environment of their own, ``.venv-peers``, once; where that cannot be, as
without a network, they are left out.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from benchmarks.measure import Rounds, Row, cpu_of, number_of_rounds, values_in_turns

ROUNDS = number_of_rounds(1)
PROJECT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
PEERS = PROJECT / ".venv-peers"
APPLICATIONS = {
    "mailstore_sdk": """
from mailstore_sdk import SPEClient, StoreState

with SPEClient("spe.example.com", username="admin", password="secret") as spe:
    for info in spe.get_instances("*"):
        archive = spe.instance(info.instance_id)
        names: list[str] = [user.user_name for user in archive.get_users()]
        archive.set_store_requested_state(1, StoreState.NORMAL)
        archive.verify_store(1).result(timeout=60)
""",
    "openai": """
from openai import OpenAI

client = OpenAI(api_key="secret")
names: list[str] = [model.id for model in client.models.list()]
reply = client.chat.completions.create(model=names[0], messages=[{"role": "user", "content": "Hello"}])
text: str | None = reply.choices[0].message.content
""",
    "stripe": """
from stripe import StripeClient

client = StripeClient("secret")
names: list[str | None] = [customer.name for customer in client.v1.customers.list().data]
""",
}


def measure() -> Iterator[Row]:
    """Each application, in turns; without any cache, and as often as a person runs it."""
    missing = _install()
    packages = [name for name in APPLICATIONS if name == "mailstore_sdk" or not missing]
    with tempfile.TemporaryDirectory() as folder:
        for name in packages:
            (Path(folder) / f"{name}_application.py").write_text(APPLICATIONS[name], encoding="utf-8")
        for checker in ("mypy, cold", "mypy, warm", "pyright"):
            taken = values_in_turns({name: partial(_checked, checker, Path(folder), name) for name in packages}, ROUNDS)
            yield from _rows(checker, taken, packages, missing)


def _rows(checker: str, taken: Rounds, packages: list[str], missing: str) -> Iterator[Row]:
    yield Row(f"{checker}: an application of mailstore_sdk", taken.seconds("mailstore_sdk"), "s CPU")
    for name in APPLICATIONS:
        if name in packages[1:]:
            yield Row(f"{checker}: mailstore_sdk / {name}", taken.ratio("mailstore_sdk", name))
        elif name != "mailstore_sdk":
            yield Row(f"{checker}: mailstore_sdk / {name}", None, note=missing)


def _checked(checker: str, folder: Path, name: str) -> float:
    python = sys.executable if name == "mailstore_sdk" else str(PEERS / "bin" / "python")
    application = str(folder / f"{name}_application.py")
    if checker == "pyright":
        return cpu_of([str(BIN / "pyright"), "--pythonpath", python, application])
    cache = "/dev/null" if checker == "mypy, cold" else str(folder / "cache")
    return cpu_of([str(BIN / "mypy"), "--strict", "--config-file=", f"--cache-dir={cache}", f"--python-executable={python}", application])


def _install() -> str:
    """Install the peers unless they are there; why that failed, if it did."""
    if (PEERS / ".ready").exists():
        return ""
    try:
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(PEERS)], check=True)
        install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "openai", "stripe"]
        subprocess.run([str(PEERS / "bin" / "python"), *install], check=True, capture_output=True, timeout=600)
    except (OSError, subprocess.SubprocessError) as error:
        return f"openai and stripe could not be installed ({type(error).__name__})"
    (PEERS / ".ready").touch()
    return ""
