"""Not how quick but how true: nothing lost, nothing doubled, at full size, while everything is killed."""

from __future__ import annotations

import itertools
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.house import House
from bench.tables import Table
from heard.inboxes import wire
from heard.outbound import Outbound
from heard.sandbox.running import Running, running_sandbox
from heard.tickets.models import Delivery, Message
from tests.front import until
from tests.machine import PATIENCE, Machine
from tests.shop import a_shop
from tests.storm import answers_through, said_by_us

SAYS, CUSTOMERS, CHUNK = 2_000, 300, 100
FAULTS = {"duplicate": 0.2, "reorder": True, "batch": 20, "seed": 4}
REPLIES, ANSWERED = 500, 40
ENDS = (Delivery.SENT, Delivery.DELIVERED, Delivery.READ, Delivery.FAILED, Delivery.UNCONFIRMED)

_TICKETS_OF_SEVERAL = """
    SELECT count(*) FROM (
        SELECT ticket_id FROM tickets_message WHERE direction = 'in' AND kind = 'direct'
        GROUP BY ticket_id HAVING count(DISTINCT author_id) > 1
    ) AS mixed
"""
_CUSTOMERS_IN_SEVERAL = """
    SELECT count(*) FROM (
        SELECT author_id FROM tickets_message WHERE direction = 'in' AND kind = 'direct'
        GROUP BY author_id HAVING count(DISTINCT ticket_id) > 1
    ) AS torn
"""


def measure(house: House) -> Table:
    table = Table("Proof: nothing lost, nothing doubled")
    _incoming(table)
    _outgoing(table)
    return table


def _incoming(table: Table) -> None:
    with tempfile.TemporaryDirectory(prefix="heard-proof-") as folder:
        machine = Machine(Path(folder))
        try:
            began = time.monotonic()
            kills = _talk_and_kill(machine)
            _add_incoming(table, machine)
            table.notes.append(
                f"{SAYS:,} comments and direct messages of {CUSTOMERS} customers, a fifth delivered twice, "
                f"mixed up and in batches of {FAULTS['batch']}; killed without warning meanwhile: "
                f"{', '.join(f'{name} {count} times' for name, count in kills.items())}; "
                f"{time.monotonic() - began:.0f} s."
            )
        finally:
            machine.stop()


def _talk_and_kill(machine: Machine) -> Counter[str]:
    machine.run("-m", "heard", "migrate", "--quiet")
    for name in ("web", "worker"):
        machine.start(name)
    until(machine.answers, PATIENCE)
    victims, killed = itertools.cycle(("web", "worker", "postgres")), Counter[str]()
    with running_sandbox() as sandbox:
        machine.connect(sandbox)
        for network in ("facebook", "messenger"):
            sandbox.faults(network, **FAULTS)
        for start in range(0, SAYS, CHUNK):
            _say(sandbox, range(start, start + CHUNK))
            victim = next(victims)
            machine.strike(victim)
            killed[victim] += 1
        for network in ("facebook", "messenger"):
            sandbox.settled(network, seconds=PATIENCE * 4)
    waiting = "SELECT count(*) FROM ingest_rawcall WHERE taken_in_at IS NULL"
    until(lambda: machine.count(waiting) == 0, PATIENCE * 2)
    return killed


def _say(sandbox: Running, numbers: range) -> None:
    for n in numbers:
        network = "messenger" if n % 2 else "facebook"
        sandbox.say(network, by=f"customer{n % CUSTOMERS}", text=f"word {n}")


def _add_incoming(table: Table, machine: Machine) -> None:
    def row(what: str, query: str, expected: int) -> None:
        found = machine.count(query)
        table.add(what, f"{found:,}", f"{expected:,}", found == expected)

    heard = "FROM tickets_message WHERE direction = 'in'"
    lines = "SELECT count(*) FROM ingest_ledgerline WHERE place"
    row("messages of customers", f"SELECT count(*) {heard}", SAYS)
    row("… different ones", f"SELECT count(DISTINCT text) {heard}", SAYS)
    row("… that wait for an answer", f"SELECT count(*) {heard} AND outcome = 'open'", SAYS)
    row("tickets in which customers are mixed up", _TICKETS_OF_SEVERAL, 0)
    row("customers whose direct messages are in several tickets", _CUSTOMERS_IN_SEVERAL, 0)
    row(
        "comments, each in a ticket of its own",
        "SELECT count(*) FROM tickets_ticket WHERE kind = 'comment'",
        SAYS // 2,
    )
    row("lines of the ledger that are messages", f"{lines} = 'message'", SAYS)
    # Posts are told anew when Heard asks, after each outage, what the networks hold.
    row("… of other facts than posts", f"{lines} <> 'message' AND fact <> 'PostPublished'", 0)
    repeated = machine.count("SELECT coalesce(sum(duplicates), 0) FROM ingest_rawcall")
    table.add("delivered once more, and known", f"{repeated:,}", "some", repeated > 0)


def _outgoing(table: Table) -> None:
    with a_shop() as shop, _impatient():
        people = [f"customer{n}" for n in range(ANSWERED)]
        replies = answers_through(shop, replies=REPLIES, people=people)
        _add_outgoing(table, replies, said_by_us(shop))


@contextmanager
def _impatient() -> Iterator[None]:
    """A network that keeps silent is waited for less long than in earnest, or this would take an hour."""
    patient, short = wire.outbound, Outbound(allowed=("127.0.0.1",), total_seconds=0.4)
    wire.outbound = lambda: short  # type: ignore[assignment]
    try:
        yield
    finally:
        wire.outbound = patient


def _add_outgoing(table: Table, replies: list[Message], held: Counter[str]) -> None:
    doubled = sum(held[one.text] > 1 for one in replies)
    endless = sum(one.delivery not in ENDS for one in replies)
    failed = [one for one in replies if one.delivery == Delivery.FAILED]
    sent = [one for one in replies if one.delivery in (Delivery.SENT, Delivery.DELIVERED, Delivery.READ)]
    table.add("replies in bad weather", f"{len(replies):,}", f"{REPLIES:,}", len(replies) == REPLIES)
    table.add("… at the network more than once", f"{doubled}", "0", doubled == 0)
    table.add("… without an end", f"{endless}", "0", endless == 0)
    wrong = sum(held[one.text] != 1 for one in sent)
    table.add(f"… said to be sent ({len(sent)}) and not there", f"{wrong}", "0", wrong == 0)
    wrong = sum(held[one.text] != 0 or not one.delivery_reason for one in failed)
    table.add(
        f"… said to have failed ({len(failed)}) and there, or without a reason", f"{wrong}", "0", wrong == 0
    )
    table.notes.append(
        f"{REPLIES} replies under 429, 500, resets after acceptance, time-outs, refusals, doubled and dropped hooks."
    )
