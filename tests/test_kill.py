"""Acknowledged is never lost and never doubled: real processes, killed without warning, started again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from heard.sandbox.running import running_sandbox
from tests.front import until
from tests.machine import PATIENCE, Machine

SAYS, CHUNK = 150, 25


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    machine = Machine(tmp_path / "data")
    try:
        yield machine
    finally:
        machine.stop()


@pytest.mark.first
def test_what_was_acknowledged_survives_every_kill(machine: Machine) -> None:
    machine.run("-m", "heard", "migrate", "--quiet")
    for name in ("web", "worker"):
        machine.start(name)
    until(machine.answers, PATIENCE)
    with running_sandbox() as sandbox:
        machine.connect(sandbox)
        for network in ("facebook", "messenger"):
            sandbox.faults(network, duplicate=0.3, seed=4)
        kills = iter(["web", "worker", "postgres", "worker", "web"])
        for start in range(0, SAYS, CHUNK):
            for n in range(start, start + CHUNK):
                sandbox.say("messenger" if n % 2 else "facebook", by=f"customer{n % 20}", text=f"word {n}")
            _let_some_through(machine, start)
            machine.strike(next(kills, ""))
        for network in ("facebook", "messenger"):
            sandbox.settled(network, seconds=PATIENCE)

    until(
        lambda: machine.count("SELECT count(*) FROM ingest_rawcall WHERE taken_in_at IS NULL") == 0, PATIENCE
    )
    assert machine.count("SELECT count(*) FROM tickets_message WHERE direction = 'in'") == SAYS
    assert machine.count("SELECT count(DISTINCT text) FROM tickets_message") == SAYS
    assert machine.count("SELECT count(*) FROM ingest_ledgerline WHERE place = 'message'") == SAYS
    # Posts are told anew when Heard asks, after each outage, what the networks hold.
    others = "SELECT count(*) FROM ingest_ledgerline WHERE place <> 'message' AND fact <> 'PostPublished'"
    assert machine.count(others) == 0
    assert machine.count("SELECT sum(duplicates) FROM ingest_rawcall") > 0


def _let_some_through(machine: Machine, before: int) -> None:
    """A kill hits hardest in the middle of the work."""
    until(lambda: machine.count("SELECT count(*) FROM ingest_rawcall") > before, PATIENCE)
