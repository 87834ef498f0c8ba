"""Acknowledged is never lost and never doubled: real processes, killed without warning, started again."""

from __future__ import annotations

import base64
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import httpx2
import psycopg
import pytest

from heard.embedded import EmbeddedPostgres, EmbeddedPostgresFailed
from heard.sandbox.running import Running, running_sandbox
from tests.front import until

ROOT = Path(__file__).parent.parent
SAYS, CHUNK = 200, 25
PATIENCE = 90

# Runs in a process of its own: this one's Django belongs to another database.
CONNECT = """
import sys, django
django.setup()
from django.utils import timezone
from heard.channels.registry import channel
from heard.inboxes.connect import connect
from heard.workspaces.create import create_workspace
import json
workspace = create_workspace("Acme", slug="acme", now=timezone.now())
for slug, credentials in json.loads(sys.argv[1]).items():
    known = channel(slug).credentials.model_validate(credentials)
    connect(workspace, slug=slug, credentials=known, by=None, now=timezone.now(), public_url=sys.argv[2])
"""


class Machine:
    """PostgreSQL, web and worker in one data directory."""

    def __init__(self, data: Path) -> None:
        self.postgres = EmbeddedPostgres(data / "postgres")
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.address = self.postgres.start()
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("HEARD_")},
            "DATABASE_URL": self.address,
            "DJANGO_SETTINGS_MODULE": "heard.settings",
            "HEARD_DATA": str(data),
            "HEARD_SECRET_KEY": "only-for-tests-" + "x" * 40,
            "HEARD_CREDENTIAL_KEYS": base64.urlsafe_b64encode(b"k" * 32).decode(),
            "HEARD_OUTBOUND_ALLOW": "127.0.0.1",
            "HEARD_PUBLIC_URL": self.url,
            "HEARD_LOG_LEVEL": "ERROR",
            "PYTHONPATH": str(ROOT),
        }
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def run(self, *arguments: str) -> None:
        done = subprocess.run(
            [sys.executable, *arguments],
            env=self.environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-3000:]

    def start(self, name: str) -> None:
        port = ["--port", str(self.port)] if name == "web" else []
        self.running[name] = subprocess.Popen(
            [sys.executable, "-m", "heard", name, *port],
            env=self.environment,
            cwd=ROOT,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def kill(self, name: str) -> None:
        """Without a word of warning, with everything that it had started."""
        process = self.running.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def kill_postgres(self) -> None:
        pid = int((self.postgres.folder / "postmaster.pid").read_text().split()[0])
        os.kill(pid, signal.SIGKILL)
        until(lambda: self._started_again(), PATIENCE)

    def _started_again(self) -> bool:
        """Its children need a moment to notice; until then a new one refuses to start."""
        try:
            self.postgres.start()
        except (EmbeddedPostgresFailed, psycopg.OperationalError):
            return False
        return True

    def answers(self) -> bool:
        with suppress(httpx2.TransportError):
            return httpx2.get(f"{self.url}/healthz", trust_env=False, timeout=2).status_code == 200
        return False

    def count(self, query: str) -> int:
        with psycopg.connect(self.address) as connection:
            row = connection.execute(query).fetchone()
        assert row is not None
        return int(row[0])

    def stop(self) -> None:
        for name in list(self.running):
            self.kill(name)
        self.postgres.stop()


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    machine = Machine(tmp_path / "data")
    try:
        yield machine
    finally:
        machine.stop()


@pytest.mark.xdist_group("kill")
def test_what_was_acknowledged_survives_every_kill(machine: Machine) -> None:
    machine.run("-m", "heard", "migrate", "--quiet")
    for name in ("web", "worker"):
        machine.start(name)
    until(machine.answers, PATIENCE)
    with running_sandbox() as sandbox:
        _connect(machine, sandbox)
        for network in ("facebook", "messenger"):
            sandbox.faults(network, duplicate=0.3, seed=4)
        kills = iter(["web", "worker", "postgres", "worker", "web", "postgres", "web"])
        for start in range(0, SAYS, CHUNK):
            for n in range(start, start + CHUNK):
                sandbox.say("messenger" if n % 2 else "facebook", by=f"customer{n % 20}", text=f"word {n}")
            _let_some_through(machine, start)
            _strike(machine, next(kills, ""))
        for network in ("facebook", "messenger"):
            sandbox.settled(network, seconds=PATIENCE)

    until(
        lambda: machine.count("SELECT count(*) FROM ingest_rawcall WHERE taken_in_at IS NULL") == 0, PATIENCE
    )
    assert machine.count("SELECT count(*) FROM tickets_message WHERE direction = 'in'") == SAYS
    assert machine.count("SELECT count(DISTINCT text) FROM tickets_message") == SAYS
    assert machine.count("SELECT count(*) FROM ingest_ledgerline WHERE place = 'message'") == SAYS
    assert machine.count("SELECT count(*) FROM ingest_ledgerline WHERE place <> 'message'") == 0
    assert machine.count("SELECT sum(duplicates) FROM ingest_rawcall") > 0


def _connect(machine: Machine, sandbox: Running) -> None:
    credentials = {slug: sandbox.credentials(slug) for slug in ("facebook", "messenger")}
    machine.run("-c", CONNECT, json.dumps(credentials), machine.url)


def _let_some_through(machine: Machine, before: int) -> None:
    """A kill hits hardest in the middle of the work."""
    until(lambda: machine.count("SELECT count(*) FROM ingest_rawcall") > before, PATIENCE)


def _strike(machine: Machine, name: str) -> None:
    if name == "postgres":
        machine.kill_postgres()
    elif name:
        machine.kill(name)
        machine.start(name)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
