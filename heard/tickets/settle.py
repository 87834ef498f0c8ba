"""A ticket is open exactly while one of its incoming messages is. Everything that ends or renews a
message's waiting ends here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import OuterRef, Q, QuerySet, Subquery

from heard.tickets.models import Message, Outcome, State, Ticket
from heard.tickets.preview import preview_of
from heard.workspaces.models import Agent
from heard.workspaces.prepared import prepared

# The reason of messages that were read back as history and that nobody had answered.
HISTORY = "history"


def settle(ticket: Ticket, *, also: Sequence[str] = ()) -> None:
    """Derive state and waiting from the messages. The ticket's row must be locked. `also` are further fields of it
    that were changed and are to be saved with these."""
    newest = _newest(ticket=ticket.pk)
    ticket.waiting_since = newest[0][1] if newest else None
    if ticket.waiting_since is not None:
        ticket.state, ticket.resolution, ticket.resolution_note, ticket.resolved_at = State.OPEN, "", "", None
    else:
        ticket.snoozed_until = None
        if ticket.state == State.OPEN:
            ticket.state = State.ANSWERED
    ticket.preview = preview_of(newest[0][0]) if newest else ticket.preview
    ticket.save(
        update_fields=[
            "waiting_since",
            "state",
            "resolution",
            "resolution_note",
            "resolved_at",
            "snoozed_until",
            "preview",
            *also,
        ]
    )


@prepared
def _newest(*, ticket: int) -> QuerySet[Message, tuple[str, datetime | None]]:
    """What the customer said last, and since when something waits: only what they said can."""
    waits = Message.objects.filter(ticket=OuterRef("ticket"), outcome=Outcome.OPEN).order_by("at")
    heard = Message.objects.filter(ticket=ticket, direction=Message.Direction.IN).order_by("-at", "-id")
    return heard.values_list("text", Subquery(waits.values("at")[:1]))[:1]


def close_waiting(
    messages: QuerySet[Message],
    outcome: Outcome,
    *,
    by: Agent | None,
    now: datetime,
    reason: str = "",
    answer: Message | None = None,
) -> list[int]:
    """End the waiting of those of `messages` that wait. Gives the ids of what it ended.

    An answer from back then, read back after what it answered, also says how the history ended.
    """
    waiting = list(messages.filter(_ends(outcome, by)).values_list("pk", flat=True))
    Message.objects.filter(pk__in=waiting).update(
        outcome=outcome, outcome_reason=reason, outcome_by=by, outcome_at=now, answered_by=answer
    )
    return waiting


def end_by_answer(answer: Message, *, by: Agent | None, now: datetime) -> int:
    """End the waiting of what it answers. Gives how many."""
    return (
        answered_by_reply(answer)
        .filter(_ends(Outcome.ANSWERED, by))
        .update(
            outcome=Outcome.ANSWERED, outcome_reason="", outcome_by=by, outcome_at=now, answered_by=answer
        )
    )


def _ends(outcome: Outcome, by: Agent | None) -> Q:
    if outcome == Outcome.ANSWERED and by is None:
        return Q(outcome=Outcome.OPEN) | Q(outcome=Outcome.DISMISSED, outcome_reason=HISTORY, outcome_by=None)
    return Q(outcome=Outcome.OPEN)


def wait_again(messages: QuerySet[Message]) -> int:
    """The answer did not reach the contact: what it had answered waits as before."""
    return messages.update(
        outcome=Outcome.OPEN, outcome_reason="", outcome_by=None, outcome_at=None, answered_by=None
    )


def _had_come(reply: Message) -> Q:
    """What was said before a reply. The network's clock may be ahead of ours, so an agent's reply also
    answers what had reached us by then, whatever time it bears."""
    written_before = Q(at__lte=reply.at)
    return written_before | Q(received_at__lte=reply.received_at) if reply.agent_id else written_before


def answered_by_reply(reply: Message) -> QuerySet[Message]:
    """The incoming messages that a reply of ours answers.

    A direct reply answers everything before it. A public reply answers the message replied to and
    what the same author wrote before it in that thread, not the words of other people. What Heard
    says by itself answers nothing.
    """
    before = Message.objects.filter(ticket=reply.ticket_id, direction=Message.Direction.IN)
    if reply.is_by_heard:
        return before.none()
    target = reply.parent
    if not reply.public and not reply.private_reply:
        return before.filter(_had_come(reply), public=False)
    if target is None:
        return before.none()
    same_author = Q(author=target.author_id, thread=target.thread_id, at__lte=target.at)
    return before.filter(Q(pk=target.pk) | same_author)
