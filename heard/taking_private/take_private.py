"""One act: a public word that we look after it, and a private message to the one who complained."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db import transaction

from heard.checks.finding import Finding
from heard.events.publishing import publish
from heard.taking_private.events import TicketTakenPrivate
from heard.taking_private.safe_form import in_order, link_of, make_form, new_key
from heard.tickets.about import about
from heard.tickets.models import Message, Ticket
from heard.tickets.reply import ReplyStopped, reply
from heard.tickets.route import NoWay
from heard.workspaces.models import Agent

PLACE = "{safe_form_link}"
Part = Literal["public", "private"]


class TakeStopped(Exception):
    """The gate found something in one of the two. Neither went out."""

    def __init__(self, part: Part, findings: list[Finding]) -> None:
        super().__init__(part, ", ".join(one.code for one in findings))
        self.part, self.findings = part, findings


@dataclass(frozen=True, slots=True)
class Taken:
    public: Message
    private: Message


def take_private(
    ticket: Ticket,
    *,
    to: Message,
    public_text: str,
    private_text: str,
    by: Agent,
    now: datetime,
    wants: Collection[str] = (),
    overrides: Collection[str] = (),
    warned: bool = False,
) -> Taken:
    """Answers `to`, a public message, both ways, or not at all.

    With `wants` the private text brings the link to a safe form, where `{safe_form_link}` stands in it, else at
    its end. Raises TakeStopped, NoWay, or MayNotSend of `reply`.
    """
    if not to.public:
        raise NoWay("nothing_to_answer")
    key = new_key() if in_order(wants) else ""
    with transaction.atomic():
        private = _send(
            "private",
            ticket,
            to=to,
            text=_with_link(private_text, key),
            by=by,
            now=now,
            overrides=overrides,
            warned=warned,
        )
        public = _send(
            "public", ticket, to=to, text=public_text, by=by, now=now, overrides=overrides, warned=warned
        )
        if key:
            make_form(ticket, private=private, wants=wants, key=key, by=by, now=now)
        publish(
            TicketTakenPrivate(
                **about(ticket, now=now, by=by),
                public_id=public.pk,
                private_id=private.pk,
                wants=in_order(wants),
            )
        )
    return Taken(public, private)


def _send(
    part: Part,
    ticket: Ticket,
    *,
    to: Message,
    text: str,
    by: Agent,
    now: datetime,
    overrides: Collection[str],
    warned: bool,
) -> Message:
    try:
        return reply(
            ticket,
            text=text,
            to=to,
            private=part == "private",
            overrides=overrides,
            warned=warned,
            by=by,
            now=now,
        )
    except ReplyStopped as stopped:
        raise TakeStopped(part, stopped.findings) from stopped


def _with_link(text: str, key: str) -> str:
    """Without a form the place of its link is a blank like any other, and the gate stops it."""
    if not key:
        return text
    link = link_of(key)
    return text.replace(PLACE, link) if PLACE in text else f"{text.rstrip()}\n\n{link}"
