"""A saved reply is put into an answer, and how much of it was changed before it left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Avg, Count, Max, QuerySet

from heard.events.publishing import publish
from heard.replies.differences import share_kept
from heard.replies.events import SavedReplyInserted, about
from heard.replies.models import ReplyUse, SavedReply
from heard.replies.ways import Way
from heard.tickets.events import MessageQueued
from heard.tickets.models import Message, Ticket
from heard.workspaces.models import Agent
from heard.workspaces.prepared import prepared

# Less than this is no trace of it: the words are everybody's.
TRACE: Final = 0.2
LONGEST_DRAFT: Final = timedelta(days=30)


@transaction.atomic
def note_inserted(
    reply: SavedReply, *, way: Way, ticket: Ticket, text: str, by: Agent, now: datetime
) -> ReplyUse:
    """`text` is what was put there, filled in as far as it was known."""
    use = ReplyUse.objects.create(
        workspace_id=reply.workspace_id,
        reply=reply,
        language=way.language,
        formality=way.formality,
        audience=way.audience,
        ticket=ticket,
        agent=by,
        text=text.replace("\x00", ""),
        inserted_at=now,
    )
    publish(
        SavedReplyInserted(
            **about(reply, now=now, by=by),
            ticket_id=ticket.pk,
            language=way.language,
        )
    )
    return use


def note_sent(events: Sequence[MessageQueued]) -> None:
    """Settle what was inserted into these answers. What left no trace in them may still be on its way into another."""
    asked = {(event.ticket_id, event.by_id) for event in events if event.by_id}
    if not asked:
        return
    since = min(event.at for event in events) - LONGEST_DRAFT
    waiting = _waiting(
        tickets=tuple({ticket for ticket, _agent in asked if ticket}),
        agents=tuple({agent for _ticket, agent in asked if agent}),
        since=since,
    )
    uses = [use for use in waiting if (use.ticket_id, use.agent_id) in asked]
    if uses:
        _settle(uses, events)


@prepared
def _waiting(*, tickets: Sequence[int], agents: Sequence[int], since: datetime) -> QuerySet[ReplyUse]:
    return ReplyUse.objects.filter(ticket__in=tickets, agent__in=agents, message=None, inserted_at__gte=since)


def _settle(uses: Sequence[ReplyUse], events: Sequence[MessageQueued]) -> None:
    """An answer may go as several messages: together they are what was sent."""
    texts = Message.objects.in_bulk([event.message_id for event in events])
    sent: dict[tuple[int | None, int | None], list[Message]] = defaultdict(list)
    for event in events:
        sent[event.ticket_id, event.by_id].append(texts[event.message_id])
    settled = []
    for use in uses:
        messages = sent[use.ticket_id, use.agent_id]
        kept = share_kept(use.text, "\n".join(message.text for message in messages))
        if kept >= TRACE:
            use.message, use.kept = messages[0], kept
            settled.append(use)
    ReplyUse.objects.bulk_update(settled, ["message", "kept"])


class Used:
    """How often a reply left in an answer, when last, and how much of it was kept on average."""

    def __init__(self, times: int = 0, last: datetime | None = None, kept: float | None = None) -> None:
        self.times, self.last, self.kept = times, last, kept


def used(replies: Sequence[SavedReply]) -> dict[int, Used]:
    """By the reply's id, for each of them."""
    rows = (
        ReplyUse.objects.filter(reply__in=[reply.pk for reply in replies])
        .exclude(message=None)
        .values_list("reply")
        .annotate(Count("pk"), Max("inserted_at"), Avg("kept"))
    )
    counted = {reply: Used(times, last, kept) for reply, times, last, kept in rows}
    return {reply.pk: counted.get(reply.pk, Used()) for reply in replies}
