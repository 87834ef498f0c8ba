"""A Heard of real processes in a folder of its own, that can be killed and started again."""

from __future__ import annotations

import base64
import json
import os
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import httpx2
import psycopg

from heard.embedded import EmbeddedPostgres, EmbeddedPostgresFailed
from heard.sandbox.running import Running
from tests.front import until

ROOT = Path(__file__).parent.parent
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

    def connect(self, sandbox: Running) -> None:
        """Both sides of the simulated page, for a workspace of their own."""
        credentials = {slug: sandbox.credentials(slug) for slug in ("facebook", "messenger")}
        self.run("-c", CONNECT, json.dumps(credentials), self.url)

    def strike(self, name: str) -> None:
        """Kill one of them, and start it again."""
        if name == "postgres":
            self.kill_postgres()
        elif name:
            self.kill(name)
            self.start(name)

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


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
