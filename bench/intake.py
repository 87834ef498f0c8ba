"""From a stored call to ticket and message: events a second, by one worker, in its own batches."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Count
from django.utils import timezone

from bench import calls, cores
from bench.house import House
from bench.tables import Table
from heard.garbage import look_rarely
from heard.inboxes.models import Inbox
from heard.ingest.models import LedgerLine, RawCall
from heard.ingest.take_in import take_in
from heard.sandbox.scenario.texts import Bag
from heard.tickets.models import Ticket
from tests.cast import NOON, a_workspace, an_inbox

EVENTS = 8_000
CUSTOMERS = 300
CHANGES = 0.05
WARM = 400


def measure(house: House, *, events: int = EVENTS) -> Table:
    look_rarely()  # as the worker does
    workspace = a_workspace()
    _store([an_inbox(workspace, "facebook"), an_inbox(workspace, "messenger")], _bodies(events + WARM))
    _take(WARM)
    postgres = cores.postmaster(house.server.folder)
    clock, worker, database = time.perf_counter(), time.process_time(), cores.seconds(postgres)
    taken = _take(events)
    clock, worker = time.perf_counter() - clock, time.process_time() - worker
    database = cores.seconds(postgres) - database
    table = Table("Intake: stored call → ticket and message")
    table.at_least("events a second, one worker", taken / clock, 700, "")
    table.add("worker's time on a core for each event", f"{worker / taken * 1000:.2f} ms")
    table.add("PostgreSQL's time on a core for each event", f"{database / taken * 1000:.2f} ms")
    table.add("where they ended", _places())
    table.notes.append(
        f"{events:,} calls of one event each: comments and directs of {CUSTOMERS} customers in five "
        f"languages, of them {CHANGES:.0%} edits and receipts, in batches as the worker takes them."
    )
    return table


def _bodies(count: int) -> Iterator[tuple[bool, bytes]]:
    """Whether it is private, and what the network posts."""
    chance = random.Random(2)
    bag = Bag(chance)
    for serial in range(count):
        at, by, private = NOON + timedelta(seconds=serial), chance.randrange(CUSTOMERS), chance.random() < 0.5
        text = f"{bag.draw().text} {serial}"
        if chance.random() >= CHANGES:
            write = calls.direct if private else calls.comment
            yield private, write("104500", serial, by=by, text=text, at=at)
        elif private:
            yield private, calls.read_receipt("104500", by=by, at=at)
        else:
            earlier = chance.randrange(serial + 1)
            yield private, calls.comment("104500", earlier, by=by, text=text, at=at, edited=True)


def _store(inboxes: list[Inbox], bodies: Iterator[tuple[bool, bytes]]) -> None:
    rows = [
        RawCall(workspace_id=inboxes[private].workspace_id, inbox=inboxes[private], body=body)
        for private, body in bodies
    ]
    RawCall.objects.bulk_create(rows, batch_size=1000)


def _take(least: int) -> int:
    taken = 0
    while taken < least and (some := take_in(now=timezone.now())):
        taken += some
    return taken


def _places() -> str:
    places = LedgerLine.objects.values_list("place").annotate(count=Count("pk")).order_by("-count")
    told = ", ".join(f"{count:,} {place}" for place, count in places)
    return f"{told}; {Ticket.objects.count():,} tickets"
