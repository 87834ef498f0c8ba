"""The only way out. Every reply, from a page, the API, a macro or a rule, passes here."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from heard.checks.finding import Finding
from heard.checks.gate import Draft as Examined
from heard.checks.gate import examine, standing
from heard.events.publishing import publish
from heard.tickets.about import about_message
from heard.tickets.events import MessageQueued
from heard.tickets.models import Delivery, Draft, Message, Outcome, Ticket
from heard.tickets.route import NoWay, Route, route
from heard.tickets.settle import answered_by_reply, close_waiting, settle
from heard.workspaces.models import Agent

__all__ = ["NoWay", "ReplyStopped", "findings_for", "reply"]


class ReplyStopped(Exception):
    """The gate found something. `findings` says what; some of it a person may override."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__(", ".join(finding.code for finding in findings))
        self.findings = findings


def reply(
    ticket: Ticket,
    *,
    text: str,
    by: Agent,
    now: datetime,
    to: Message | None = None,
    private: bool = False,
    overrides: Collection[str] = (),
) -> Message:
    """Queue an answer. It leaves after the workspace's time for taking it back.

    `to` is the message answered; without it, the one that waits. `overrides` are codes of findings
    that `by` takes responsibility for. Raises ReplyStopped or NoWay.
    """
    with transaction.atomic():
        ticket = Ticket.objects.select_for_update(no_key=True).get(pk=ticket.pk)
        way = route(ticket, private=private, to=to)
        found = findings_for(text, way, now=now)
        stopping = standing(found, overridden=overrides)
        if stopping:
            raise ReplyStopped(stopping)
        message = _queue(ticket, way, text=text, by=by, now=now)
        close_waiting(answered_by_reply(message), Outcome.ANSWERED, by=by, now=now, answer=message)
        _forget_draft(ticket, by=by, mode=Draft.Mode.PUBLIC if way.public else Draft.Mode.PRIVATE)
        settle(ticket)
        publish(
            MessageQueued(
                **about_message(message, now=now, by=by),
                public=way.public,
                overridden=sorted({one.code for one in found}),
            )
        )
    return message


def findings_for(text: str, way: Route, *, now: datetime) -> list[Finding]:
    """What the gate says of a text on its way out; the composer asks while it is typed."""
    return examine(
        Examined(
            text=text,
            public=way.public,
            limit=way.limit,
            counts=way.counts,
            window_closed=way.is_closed(now),
            window_closed_at=way.extended_until or way.closes_at,
        )
    )


def _queue(ticket: Ticket, way: Route, *, text: str, by: Agent, now: datetime) -> Message:
    ticket.last_message_at = max(now, ticket.last_message_at)
    ticket.save(update_fields=["last_message_at"])
    return Message.objects.create(
        workspace_id=ticket.workspace_id,
        ticket=ticket,
        thread=way.thread,
        inbox=way.inbox,
        direction=Message.Direction.OUT,
        kind=way.kind,
        author=way.identity,
        agent=by,
        parent=way.target,
        parent_external_id=way.target.external_id if way.target else "",
        text=text,
        public=way.public,
        private_reply=way.private_reply,
        extended=way.is_extended(now),
        at=now,
        received_at=now,
        delivery=Delivery.QUEUED,
        token=Message.new_token(),
    )


def _forget_draft(ticket: Ticket, *, by: Agent, mode: Draft.Mode) -> None:
    Draft.objects.filter(ticket=ticket, agent=by, mode=mode).delete()
