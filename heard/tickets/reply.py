"""The only way out. Every reply, from a page, the API, a macro or a rule, passes here."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from heard.channels.contract import Button, FilledTemplate, Person
from heard.checks.finding import Finding
from heard.checks.gate import standing
from heard.events.publishing import publish
from heard.inboxes.templates import BlanksMissing, NoSuchTemplate, as_kept, fill
from heard.tickets.about import about_message
from heard.tickets.events import GateOverridden, MessageQueued
from heard.tickets.examined import findings_for
from heard.tickets.files import attach
from heard.tickets.letters import everybody_else, subject_of
from heard.tickets.locked import locked_alone
from heard.tickets.mail_address import BadAddress, mail_address
from heard.tickets.models import Delivery, Draft, Message, Thread, Ticket
from heard.tickets.numbers import public_number
from heard.tickets.parts import Part, parts
from heard.tickets.route import NoWay, Route, route
from heard.tickets.settle import end_by_answer, settle
from heard.tickets.sign import letter_signature, signed
from heard.uploads.taken import NoSuchFile, end, uploads_of
from heard.workspaces.models import Agent

__all__ = [
    "BadAddress",
    "BlanksMissing",
    "Chosen",
    "MayNotSend",
    "NoSuchFile",
    "NoSuchTemplate",
    "NoWay",
    "ReplyStopped",
    "findings_for",
    "reply",
]


@dataclass(frozen=True, slots=True)
class Chosen:
    """A template of the inbox by its name, and the words for its blanks."""

    name: str
    language: str
    blanks: Sequence[str] = ()


class MayNotSend(Exception):
    """`by` may write, and a colleague has to approve it: `pending.send` asks for that."""


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
    files: Sequence[int] = (),
    buttons: Sequence[Button] = (),
    via: Thread | None = None,
    copies: Collection[str] = (),
    adds: Collection[str] = (),
    language: str = "",
    signs: bool = True,
    approved_by: Agent | None = None,
    warned: bool = False,
) -> Message:
    """Queue an answer. It leaves after the workspace's time for taking it back.

    `to` is the message answered; without it, the one that waits. `overrides` are codes of findings
    that `by` takes responsibility for. With `template` the answer is that text, filled in, and `text` is
    empty. `files` are ids of what `by` has uploaded. Where they do not fit into one message the answer goes
    as several, and the first is given. `via` is a thread that the case goes on in elsewhere. `copies` are
    addresses of people who got the letter that is answered, and get the answer too; `adds` are of people who
    get a letter for the first time. `language` is the one it is written in, the ticket's where it is empty.
    Unless `signs` is False it ends with what the inbox signs with. `warned`: what only warns does not stop it.
    Raises ReplyStopped, NoWay, BadAddress, NoSuchFile or, without `approved_by`, MayNotSend; with `template`
    also NoSuchTemplate or BlanksMissing.
    """
    if not by.sends and approved_by is None:
        raise MayNotSend
    with transaction.atomic():
        ticket = locked_alone(ticket.pk)
        way = route(ticket, private=private, to=to, via=via)
        filled = fill_in(template, way) if template else None
        text = filled.text if filled else signed(text, way, by=by) if signs else text
        uploads = uploads_of(files, by=by, lock=True)
        found = findings_for(
            text,
            way,
            now=now,
            by=by,
            template=filled is not None,
            files=uploads,
            buttons=buttons,
            approved_by=approved_by,
        )
        stopping = standing(found, overridden=overrides, warned=warned)
        if stopping:
            raise ReplyStopped(stopping)
        divided = parts(text, uploads, taken=way.files, counts=way.counts, buttons=buttons)
        also = [*_also(way, copies), *_added(way, adds, but=copies)]
        messages = _queue(
            ticket, way, divided, template=filled, copies=also, language=language, by=by, now=now
        )
        _sign_letter(messages[-1], way, signs=signs)
        message = messages[0]
        if uploads:
            end(uploads)
        end_by_answer(message, by=by, now=now)
        _forget_draft(ticket, by=by, mode=Draft.Mode.PUBLIC if way.public else Draft.Mode.PRIVATE)
        ticket.last_message_at = max(now, ticket.last_message_at)
        settle(ticket, also=["last_message_at"])
        # Warnings that stopped nobody were overridden by nobody.
        overridden = standing(found, overridden=(), warned=warned)
        codes = sorted({one.code for one in overridden})
        publish(
            *(
                MessageQueued(
                    **about_message(one, now=now, by=by),
                    public=way.public,
                    overridden=codes,
                    approved_by_id=approved_by.pk if approved_by else None,
                )
                for one in messages
            ),
            *([_overridden(message, overridden, by=approved_by or by, now=now)] if overridden else []),
        )
    return message


def _overridden(message: Message, findings: Sequence[Finding], *, by: Agent, now: datetime) -> GateOverridden:
    spans: list[dict[str, str | int]] = [
        {"check": one.check, "code": one.code, "weight": one.weight, "start": one.start, "end": one.end}
        for one in findings
    ]
    return GateOverridden(**about_message(message, now=now, by=by), findings=spans)


def _sign_letter(message: Message, way: Route, *, signs: bool) -> None:
    """A letter's signature stands below what is said, and is no part of it."""
    if way.is_letter and message.agent:
        message.signature = (letter_signature(way, by=message.agent) or None) if signs else ""
        message.save(update_fields=["signature"])


def _also(way: Route, copies: Collection[str]) -> list[Person]:
    """Nobody else: what was said in a conversation must not leave it by a slip."""
    if not way.is_letter or way.target is None:
        return []
    return [one for one in everybody_else(way.target) if one.address in copies]


def _added(way: Route, adds: Collection[str], *, but: Collection[str]) -> list[Person]:
    """Letters only: nowhere else can somebody be let in."""
    if not way.is_letter:
        return []
    known = {way.identity.address if way.identity else "", way.inbox.account, *but}
    return [Person(address) for address in dict.fromkeys(map(mail_address, adds)) if address not in known]


def fill_in(template: Chosen, way: Route) -> FilledTemplate:
    """Raises NoWay, NoSuchTemplate or BlanksMissing."""
    if not way.takes_templates:
        raise NoWay("no_templates")
    return fill(way.inbox, template.name, template.language, template.blanks)


def _queue(
    ticket: Ticket,
    way: Route,
    divided: Sequence[Part],
    *,
    template: FilledTemplate | None,
    copies: Sequence[Person],
    language: str,
    by: Agent,
    now: datetime,
) -> list[Message]:
    messages: list[Message] = []
    for part in divided:
        message = _message(ticket, way, part, template=template, copies=copies, by=by, now=now)
        message.language = language or ticket.language
        message.part_of = messages[0] if messages else None
        message.save(force_insert=True)
        if part.files:
            attach(message, part.files)
        messages.append(message)
    return messages


def _message(
    ticket: Ticket,
    way: Route,
    part: Part,
    *,
    template: FilledTemplate | None,
    copies: Sequence[Person],
    by: Agent,
    now: datetime,
) -> Message:
    return Message(
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
        text=part.text,
        subject=_subject(ticket, way),
        copies=[{"address": one.address, "name": one.name} for one in copies],
        public=way.public,
        private_reply=way.private_reply,
        extended=way.is_extended(now),
        template=as_kept(template) if template else None,
        buttons=[asdict(button) for button in part.buttons],
        at=now,
        received_at=now,
        delivery=Delivery.QUEUED,
        token=Message.new_token(),
    )


def _subject(ticket: Ticket, way: Route) -> str:
    """Whoever gets the first word of us elsewhere sees that it is the same case."""
    if way.target is not None or way.thread.identity_id is None:
        return subject_of(ticket)[:500] if way.is_letter else ""
    about = ticket.subject or way.inbox.name
    return f"[{public_number(ticket.workspace, ticket.number)}] {about}"[:500]


def _forget_draft(ticket: Ticket, *, by: Agent, mode: Draft.Mode) -> None:
    Draft.objects.filter(ticket=ticket, agent=by, mode=mode).delete()
