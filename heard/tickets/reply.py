"""The only way out. Every reply, from a page, the API, a macro or a rule, passes here."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from heard.channels.contract import FilledTemplate, Person
from heard.checks.finding import Finding
from heard.checks.gate import Draft as Examined
from heard.checks.gate import examine, standing
from heard.events.publishing import publish
from heard.inboxes.templates import BlanksMissing, NoSuchTemplate, as_kept, fill
from heard.tickets.about import about_message
from heard.tickets.automatic import brake
from heard.tickets.events import MessageQueued
from heard.tickets.letters import subject_of
from heard.tickets.models import Delivery, Draft, Message, Outcome, Ticket
from heard.tickets.route import NoWay, Route, route
from heard.tickets.settle import answered_by_reply, close_waiting, settle
from heard.workspaces.models import Agent

__all__ = ["BlanksMissing", "Chosen", "NoSuchTemplate", "NoWay", "ReplyStopped", "findings_for", "reply"]


@dataclass(frozen=True, slots=True)
class Chosen:
    """A template of the inbox by its name, and the words for its blanks."""

    name: str
    language: str
    blanks: Sequence[str] = ()


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
    template: Chosen | None = None,
    copies: Sequence[Person] = (),
    automatic: bool = False,
) -> Message:
    """Queue an answer. It leaves after the workspace's time for taking it back.

    `to` is the message answered; without it, the one that waits. `overrides` are codes of findings
    that `by` takes responsibility for. With `template` the answer is that text, filled in, and `text` is
    empty. `copies`: who gets a letter too. `automatic`: a machine answers, which it may not always. Raises
    ReplyStopped or NoWay, with `template` also NoSuchTemplate or BlanksMissing.
    """
    with transaction.atomic():
        ticket = Ticket.objects.select_for_update(no_key=True).get(pk=ticket.pk)
        way = route(ticket, private=private, to=to)
        if automatic and way.target and (reason := brake(way.target, now=now)):
            raise NoWay("braked", reason=reason)
        filled = fill_in(template, way) if template else None
        text = filled.text if filled else text
        found = findings_for(text, way, now=now, template=filled is not None)
        stopping = standing(found, overridden=overrides)
        if stopping:
            raise ReplyStopped(stopping)
        message = _queue(
            ticket, way, text=text, template=filled, copies=copies, automatic=automatic, by=by, now=now
        )
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


def fill_in(template: Chosen, way: Route) -> FilledTemplate:
    """Raises NoWay, NoSuchTemplate or BlanksMissing."""
    if not way.takes_templates:
        raise NoWay("no_templates")
    return fill(way.inbox, template.name, template.language, template.blanks)


def findings_for(text: str, way: Route, *, now: datetime, template: bool = False) -> list[Finding]:
    """What the gate says of a text on its way out; the composer asks while it is typed."""
    return examine(
        Examined(
            text=text,
            public=way.public,
            limit=way.limit,
            counts=way.counts,
            window_closed=way.is_closed(now) and not template,
            window_closed_at=way.extended_until or way.closes_at,
        )
    )


def _queue(
    ticket: Ticket,
    way: Route,
    *,
    text: str,
    template: FilledTemplate | None,
    copies: Sequence[Person],
    automatic: bool,
    by: Agent,
    now: datetime,
) -> Message:
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
        subject=subject_of(ticket)[:500] if way.is_letter else "",
        copies=[{"address": one.address, "name": one.name} for one in copies] if way.is_letter else [],
        automatic=automatic,
        public=way.public,
        private_reply=way.private_reply,
        extended=way.is_extended(now),
        template=as_kept(template) if template else None,
        at=now,
        received_at=now,
        delivery=Delivery.QUEUED,
        token=Message.new_token(),
    )


def _forget_draft(ticket: Ticket, *, by: Agent, mode: Draft.Mode) -> None:
    Draft.objects.filter(ticket=ticket, agent=by, mode=mode).delete()
