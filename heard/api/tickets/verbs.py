"""The verbs of a ticket: find what this agent may see, make one call of the domain, show what it is now."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from heard.api.answers import answer, writes
from heard.api.asking import ApiRequest, Id, Nothing
from heard.api.findings import Checked, found
from heard.api.messages.read import answer_message, answer_queued
from heard.api.messages.shape import Message
from heard.api.pending.shape import Pending
from heard.api.pending.views import answer_pending
from heard.api.problems import wrong
from heard.api.routes import Router
from heard.api.tickets import bodies
from heard.api.tickets.named import agent_named, message_or_newest, named_message, named_thread
from heard.api.tickets.notes import Note, note_shape
from heard.api.tickets.read import answer_ticket, ticket_of
from heard.api.tickets.shape import Ticket
from heard.channels.contract import Button
from heard.following_up.switch import switch_follow_up
from heard.language.known import is_language
from heard.products.models import Product
from heard.replies.models import Macro
from heard.replies.run_macro import send_with
from heard.tickets import answer as answering
from heard.tickets import assign as assigning
from heard.tickets import dismiss as dismissing
from heard.tickets import follow_up as following
from heard.tickets import hide as hiding
from heard.tickets import like as liking
from heard.tickets import name_product as naming
from heard.tickets import note as noting
from heard.tickets import prioritise as prioritising
from heard.tickets import reopen as reopening
from heard.tickets import reply as replying
from heard.tickets import repost as reposting
from heard.tickets import resolve as resolving
from heard.tickets import snooze as snoozing
from heard.tickets import tag as tagging
from heard.tickets.models import PendingReply
from heard.tickets.pending.composed import Composed
from heard.tickets.route import route
from heard.workspaces.models import Agent

router = Router(tags=["Tickets"])


@router.post("/{int:number}/reply", response=writes(Message | Pending, 404, status=202))
def reply(request: ApiRequest, number: Id, body: bodies.Reply) -> HttpResponse:
    """Queue a reply, in public or in private. It passes the gate first: 422 tells what the gate found.

    With `at`, with `review`, and where the agent may not send, it is a pending reply and no message yet:
    its `state` is `scheduled` or `review`.
    """
    ticket = ticket_of(request.agent, number)
    composed = Composed(
        text=body.text,
        to=named_message(ticket, body.to, field="to"),
        private=body.private,
        overrides=[one if isinstance(one, str) else one.code for one in body.override],
        template=_chosen(body.template),
        files=body.files,
        buttons=[Button(one.label, one.reply, one.url) for one in body.buttons],
        copies=body.copies,
        adds=body.adds,
        via=named_thread(ticket, body.via),
        language=body.language if is_language(body.language) else "",
        signs=body.sign,
        warned=not body.heed_warnings,
    )
    queued = send_with(
        ticket,
        _macro(request.agent, body.macro),
        composed,
        by=request.agent,
        now=timezone.now(),
        at=body.at,
        review=body.review or body.reviewer is not None,
        reviewer=agent_named(request.agent, body.reviewer) if body.reviewer is not None else None,
        question=body.question,
    )
    if isinstance(queued, PendingReply):
        return answer_pending(request.agent, queued.pk, status=202)
    return answer_queued(request.agent, queued, files=bool(body.files))


@router.post("/{int:number}/check", response=writes(Checked, 404))
def check(request: ApiRequest, number: Id, body: bodies.Check) -> HttpResponse:
    """What the gate would say of a reply, hints too. Nothing is sent."""
    ticket = ticket_of(request.agent, number)
    to, via = named_message(ticket, body.to, field="to"), named_thread(ticket, body.via)
    way = route(ticket, private=body.private, to=to, via=via)
    findings = replying.findings_for(body.text, way, now=timezone.now(), by=request.agent)
    checked: Checked = {"findings": [found(one) for one in findings]}
    return answer(checked)


def _macro(agent: Agent, pk: int | None) -> Macro | None:
    """Raises Problem where there is no such macro."""
    if pk is None:
        return None
    found = Macro.objects.visible_to(agent).select_related("assignee", "team").filter(pk=pk).first()
    if found is None:
        raise wrong("body.macro", "no_such_macro", _("There is no such macro."))
    return found


def _chosen(asked: bodies.TemplateChosen | None) -> replying.Chosen | None:
    return replying.Chosen(asked.name, asked.language, asked.blanks) if asked else None


@router.post("/{int:number}/note", response=writes(Note, 404, status=201))
def note(request: ApiRequest, number: Id, body: bodies.NewNote) -> HttpResponse:
    """Say something among agents. It never leaves and answers nothing."""
    ticket = ticket_of(request.agent, number)
    made = noting.note(ticket, text=body.text, by=request.agent, now=timezone.now())
    return answer(note_shape(made), 201)


@router.post("/{int:number}/answered", response=writes(Ticket, 404))
def answered(request: ApiRequest, number: Id, body: bodies.Answered | None = None) -> HttpResponse:
    """Answered elsewhere: on the phone, in the network's own app."""
    ticket, body = ticket_of(request.agent, number), body or bodies.Answered()
    message = named_message(ticket, body.message)
    answering.answered(ticket, message=message, reason=body.reason, by=request.agent, now=timezone.now())
    return answer_ticket(request.agent, number)


@router.post("/{int:number}/dismiss", response=writes(Ticket, 404))
def dismiss(request: ApiRequest, number: Id, body: bodies.Dismiss) -> HttpResponse:
    """Needs no answer, because …"""
    ticket = ticket_of(request.agent, number)
    message = named_message(ticket, body.message)
    dismissing.dismiss(ticket, reason=body.reason, message=message, by=request.agent, now=timezone.now())
    return answer_ticket(request.agent, number)


@router.post("/{int:number}/resolve", response=writes(Ticket, 404))
def resolve(request: ApiRequest, number: Id, body: bodies.Resolve | None = None) -> HttpResponse:
    """The matter is done. Every resolution but `solved` takes a note."""
    ticket, body = ticket_of(request.agent, number), body or bodies.Resolve()
    resolving.resolve(
        ticket, resolution=body.resolution, note=body.note, by=request.agent, now=timezone.now()
    )
    return answer_ticket(request.agent, number)


@router.post("/{int:number}/reopen", response=writes(Ticket, 404))
def reopen(request: ApiRequest, number: Id, body: Nothing | None = None) -> HttpResponse:
    """Not done after all: the newest incoming message waits again."""
    reopening.reopen(ticket_of(request.agent, number), by=request.agent, now=timezone.now())
    return answer_ticket(request.agent, number)


@router.post("/{int:number}/assign", response=writes(Ticket, 404))
def assign(request: ApiRequest, number: Id, body: bodies.Assign) -> HttpResponse:
    ticket = ticket_of(request.agent, number)
    to = agent_named(request.agent, body.agent)
    assigning.assign(ticket, to=to, by=request.agent, now=timezone.now())
    return answer_ticket(request.agent, number)


@router.post("/{int:number}/snooze", response=writes(Ticket, 404))
def snooze(request: ApiRequest, number: Id, body: bodies.Snooze) -> HttpResponse:
    """Out of sight until a time. Any new message ends it."""
    ticket = ticket_of(request.agent, number)
    snoozing.snooze(ticket, until=body.until, by=request.agent, now=timezone.now())
    return answer_ticket(request.agent, number)


@router.post("/{int:number}/wake", response=writes(Ticket, 404))
def wake(request: ApiRequest, number: Id, body: Nothing | None = None) -> HttpResponse:
    """Back before its time."""
    snoozing.wake(ticket_of(request.agent, number), by=request.agent, now=timezone.now())
    return answer_ticket(request.agent, number)


@router.post("/{int:number}/follow-up", response=writes(Ticket, 404), summary="Follow up on a day")
def follow_up(request: ApiRequest, number: Id, body: bodies.FollowUp) -> HttpResponse:
    """A task among us: nobody is told, and state and waiting stay as they are."""
    ticket, now = ticket_of(request.agent, number), timezone.now()
    if body.automatic is not None:
        switch_follow_up(ticket, on=body.automatic, by=request.agent, now=now)
    if body.at is not None:
        following.follow_up_on(ticket, at=body.at, note=body.note, by=request.agent, now=now)
    elif body.automatic is None:
        following.end_follow_up(ticket, by=request.agent, now=now)
    return answer_ticket(request.agent, number)


@router.post("/{int:number}/prioritise", response=writes(Ticket, 404))
def prioritise(request: ApiRequest, number: Id, body: bodies.Prioritise) -> HttpResponse:
    """How much it presses. Waiting and order stay as they are."""
    ticket = ticket_of(request.agent, number)
    prioritising.prioritise(ticket, priority=body.priority, by=request.agent, now=timezone.now())
    return answer_ticket(request.agent, number)


@router.post("/{int:number}/product", response=writes(Ticket, 404), summary="Which product it is about")
def name_product(request: ApiRequest, number: Id, body: bodies.NameProduct) -> HttpResponse:
    ticket = ticket_of(request.agent, number)
    known = Product.objects.visible_to(request.agent).filter(code=body.product or "")
    product = known.first()
    if body.product and product is None:
        raise wrong("body.product", "no_such_product", _("There is no product with this code."))
    naming.name_product(ticket, product=product, by=request.agent, now=timezone.now())
    return answer_ticket(request.agent, number)


@router.post("/{int:number}/tag", response=writes(Ticket, 404))
def tag(request: ApiRequest, number: Id, body: bodies.Tag) -> HttpResponse:
    ticket = ticket_of(request.agent, number)
    tagging.tag(ticket, add=body.add, remove=body.remove, by=request.agent, now=timezone.now())
    return answer_ticket(request.agent, number)


@router.post("/{int:number}/like", response=writes(Message, 404))
def like(request: ApiRequest, number: Id, body: bodies.Like | None = None) -> HttpResponse:
    """Thanks without words: the message ends as `thanked`. `liked: false` takes it back."""
    ticket, body = ticket_of(request.agent, number), body or bodies.Like()
    message = message_or_newest(ticket, body.message)
    liking.like(message, liked=body.liked, by=request.agent, now=timezone.now())
    return answer_message(request.agent, message.pk)


@router.post("/{int:number}/hide", response=writes(Message, 404))
def hide(request: ApiRequest, number: Id, body: bodies.Hide | None = None) -> HttpResponse:
    """Hide a message at the network, or with `hidden: false` show it again. That answers nothing."""
    ticket, body = ticket_of(request.agent, number), body or bodies.Hide()
    message = message_or_newest(ticket, body.message)
    hiding.hide(message, hidden=body.hidden, by=request.agent, now=timezone.now())
    return answer_message(request.agent, message.pk)


@router.post("/{int:number}/repost", response=writes(Message, 404))
def repost(request: ApiRequest, number: Id, body: bodies.Repost | None = None) -> HttpResponse:
    """Show a public message to our own followers, or with `reposted: false` take that back."""
    ticket, body = ticket_of(request.agent, number), body or bodies.Repost()
    message = message_or_newest(ticket, body.message)
    reposting.repost(message, reposted=body.reposted, by=request.agent, now=timezone.now())
    return answer_message(request.agent, message.pk)
