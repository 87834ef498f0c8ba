"""After a tenth of all hooks was lost: how long one look at the network takes until everything is here."""

from __future__ import annotations

import time
from datetime import timedelta

from django.utils import timezone

from bench.house import House
from bench.tables import Table
from heard.channels.registry import channel
from heard.inboxes.connect import connect
from heard.inboxes.models import Inbox
from heard.ingest.models import Reconciliation
from heard.ingest.reconcile import begin, reconcile
from heard.ingest.take_in import take_in
from heard.ingest.there import compare
from heard.sandbox.running import Running, running_sandbox
from heard.tickets.models import Message
from tests.cast import a_workspace
from tests.front import running_front

MESSAGES = 2_000
PEOPLE = 200
NETWORKS = {"facebook": "comment", "messenger": "direct"}


def measure(house: House, *, messages: int = MESSAGES) -> Table:
    table = Table("Reconciliation: a tenth of all hooks lost, a tenth doubled")
    workspace = a_workspace()
    with running_sandbox() as sandbox, running_front() as door:
        for slug, kind in NETWORKS.items():
            credentials = channel(slug).credentials.model_validate(sandbox.credentials(slug))
            inbox = connect(
                workspace,
                slug=slug,
                credentials=credentials,
                by=None,
                now=timezone.now(),
                public_url=door.url,
                history_days=0,
            )
            _talk(sandbox, slug, kind, messages)
            _take_all()
            _look(table, inbox)
    table.notes.append(f"{messages:,} messages by {PEOPLE} people at each simulated network, read over HTTP.")
    return table


def _talk(sandbox: Running, slug: str, kind: str, messages: int) -> None:
    sandbox.faults(slug, drop=0.1, duplicate=0.1, seed=1)
    for serial in range(messages):
        # Of a conversation the newest 20 messages can be read.
        sandbox.say(slug, by=f"person{serial % PEOPLE}", kind=kind, text=f"Message {serial}")
    sandbox.settled(slug, seconds=300)


def _look(table: Table, inbox: Inbox) -> None:
    before = Message.objects.filter(inbox=inbox).count()
    now, clock = timezone.now(), time.perf_counter()
    begin(inbox, reason=Reconciliation.Reason.ASKED, now=now, since=now - timedelta(hours=1))
    while reconcile(inbox, now=timezone.now()):
        _take_all()
    _take_all()
    clock = time.perf_counter() - clock
    sides = compare(inbox)
    assert sides is not None
    found = Message.objects.filter(inbox=inbox).count() - before
    table.add(f"{inbox.channel}: here before", f"{before:,}")
    table.add(f"{inbox.channel}: found, and in how long", f"{found:,} in {clock:.1f} s")
    table.at_most(f"{inbox.channel}: missing after one look", sides.missing_count, 0, "")
    table.at_most(f"{inbox.channel}: here and not there", sides.only_here_count, 0, "")


def _take_all() -> None:
    while take_in(now=timezone.now()):
        pass
