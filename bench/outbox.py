"""Replies a second through the simulated networks: queued by an agent, sent over HTTP, marked sent."""

from __future__ import annotations

import time
from datetime import UTC, datetime

from django.utils import timezone

from bench import demo
from bench.house import House
from bench.tables import Table, ms, percentile
from heard.channels.contract import Kind
from heard.inboxes.models import Inbox
from heard.tickets.models import Delivery, Message, Ticket
from heard.tickets.reply import reply
from heard.workspaces.models import Agent, Workspace

REPLIES = 300
ALONE = 20
PATIENCE_SECONDS = 180.0
ASKED = "Where is parcel number"
SAID = "Hello, thank you for your message. I am looking into it and will get back to you today."


def measure(house: House) -> Table:
    with demo.running_demo(house) as urls:
        workspace = Workspace.objects.get(slug="demo")
        Workspace.objects.filter(pk=workspace.pk).update(undo_seconds=0)
        agent = Agent.objects.filter(workspace=workspace).earliest("pk")
        tickets = _tickets_waiting(workspace, urls.sandbox, REPLIES + ALONE)
        alone = [_seconds_until_sent([ticket], agent) for ticket in tickets[:ALONE]]
        seconds = _seconds_until_sent(tickets[ALONE:], agent)
    table = Table("Outbox: reply → network → sent")
    table.add("replies a second, two inboxes, queued all at once", f"{REPLIES / seconds:,.1f}")
    table.add("one reply, queued → sent, p50", f"{ms(percentile(alone, 0.5)):,.0f} ms")
    table.add("one reply, queued → sent, p95", f"{ms(percentile(alone, 0.95)):,.0f} ms")
    table.notes.append(
        f"{REPLIES} replies to comments and directs through the sandbox over HTTP, in one worker; the sandbox "
        "and the web half run on the same cores. Each inbox sends one reply after the other, in order."
    )
    return table


def _tickets_waiting(workspace: Workspace, sandbox: demo.Sandbox, count: int) -> list[Ticket]:
    """Written by customers at the simulated networks, half of them in public."""
    began = datetime.now(UTC)
    for serial in range(count):
        network, kind = ("facebook", "comment") if serial % 2 else ("messenger", "direct")
        said = {"as": f"bench{serial}", "kind": kind, "text": f"{ASKED} {10_000 + serial}?"}
        sandbox.post(f"{network}/say", said)
    until = time.monotonic() + PATIENCE_SECONDS
    new = Ticket.objects.filter(
        workspace=workspace,
        created_at__gte=began,
        kind__in=(Kind.COMMENT, Kind.DIRECT),
        messages__text__startswith=ASKED,  # the demo's own customers go on writing, in their languages
        inbox__state=Inbox.State.CONNECTED,
    )
    while new.count() < count:
        _require_patience(until, "the tickets to arrive")
    return list(new.order_by("pk")[:count])


def _seconds_until_sent(tickets: list[Ticket], agent: Agent) -> float:
    began = time.perf_counter()
    ids = [reply(ticket, text=SAID, by=agent, now=timezone.now()).pk for ticket in tickets]
    under_way = Message.objects.filter(pk__in=ids, delivery__in=(Delivery.QUEUED, Delivery.SENDING))
    until = time.monotonic() + PATIENCE_SECONDS
    while under_way.exists():
        _require_patience(until, "the replies to be sent")
    seconds = time.perf_counter() - began
    failed = Message.objects.filter(pk__in=ids, delivery__in=(Delivery.FAILED, Delivery.UNCONFIRMED)).count()
    if failed:
        raise AssertionError(f"{failed} of {len(ids)} replies were not sent")
    return seconds


def _require_patience(until: float, what: str) -> None:
    if time.monotonic() > until:
        raise TimeoutError(f"waited {PATIENCE_SECONDS:g} seconds for {what}")
    time.sleep(0.01)
