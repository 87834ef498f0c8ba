"""Saved replies for an answer: found or suggested, filled in, put where the agent writes.

In the composer these are parts of a popover; without a script they are pages of their own, and what is chosen
goes into the draft.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from heard.confirming.expected import expected
from heard.contacts.models import Formality
from heard.language.folded import folded
from heard.replies.find import search
from heard.replies.joined import joined
from heard.replies.last_time import said_last_time
from heard.replies.models import Audience, SavedReply, Variant
from heard.replies.offer import Offer, Place, offer, place_for, place_in_note
from heard.replies.offered import offered_to
from heard.replies.put_in import PutIn, put_in
from heard.replies.suggest import suggest
from heard.replies.typed import typed_values
from heard.tickets.draft import keep_draft, place_of
from heard.tickets.models import Draft, Message, Outcome, Ticket
from heard.tickets.route import NoWay, Route, route
from heard.web.agents import AgentRequest, for_agents
from heard.web.fragments import fragment
from heard.web.numbers import is_number
from heard.web.tickets.picked import CURRENCIES, Picked, fields, picked
from heard.web.tickets.shown import (
    message_chosen,
    thread_chosen,
    ticket_context,
    ticket_of,
)
from heard.web.times import language_name
from heard.workspaces.hours import hours_of
from heard.workspaces.models import Agent

PAGE = "tickets/picker.html"
SUGGESTED_FROM = 3  # messages


@dataclass(frozen=True)
class Writing:
    """Where the agent is writing, as the composer says."""

    ticket: Ticket
    mode: str
    way: Route | None  # none for a note
    place: Place
    asked: Mapping[str, str]

    @property
    def query(self) -> str:
        """Goes on with every further question about the same answer."""
        return urlencode({"mode": self.mode, **self.asked})


@require_GET
@for_agents
def pick(request: AgentRequest, number: int) -> HttpResponse:
    """What can be put in: the found ones, or with nothing typed what fits the message and what is used most."""
    ticket = ticket_of(request, number)
    query = request.GET.get("q", "").replace("\x00", "")
    writing = _writing(request, ticket)
    rows = _rows(request, writing, query) if writing else []
    last = said_last_time(ticket, writing.place) if writing and _is_asked_for(query) else None
    return _shown(request, "rows", ticket, writing, rows=rows, query=query, last=last)


@require_http_methods(["GET", "POST"])
@for_agents
def one(request: AgentRequest, number: int, reply_id: int) -> HttpResponse:
    """One of them with its blanks. POST: how it reads by now. Changes nothing."""
    ticket = ticket_of(request, number)
    writing = _writing(request, ticket)
    found = _offer(request, reply_id, writing) if writing else None
    block = "filled" if request.method == "POST" else "one"
    row = picked(found, writing.place.wanted, reader=_reader()) if found and writing else None
    asked = fields(found, request.POST) if found else ()
    return _shown(request, block, ticket, writing, row=row, asked=asked)


@require_POST
@for_agents
def use_last_time(request: AgentRequest, number: int) -> HttpResponse:
    """The line about the customer's last case; never in public."""
    ticket = ticket_of(request, number)
    writing = _writing(request, ticket)
    done = said_last_time(ticket, writing.place) if writing else None
    if writing is None or done is None:
        raise Http404
    return _put(request, writing, done)


@require_POST
@for_agents
def use(request: AgentRequest, number: int, reply_id: int) -> HttpResponse:
    """Put it in: into the composer that asks, else into the draft."""
    ticket = ticket_of(request, number)
    writing = _writing(request, ticket)
    found = _offer(request, reply_id, writing) if writing else None
    if writing is None or found is None:
        raise Http404
    place = place_of(ticket, writing.mode)
    done = put_in(found, ticket, way=writing.way, place=place, by=request.agent, now=timezone.now())
    return _put(request, writing, done)


def _put(request: AgentRequest, writing: Writing, done: PutIn) -> HttpResponse:
    ticket = writing.ticket
    if request.headers.get("HX-Request"):
        return inserted(request, ticket, writing.mode, done)
    into_draft(request, ticket, writing.mode, done)
    return redirect(f"{reverse('ticket', kwargs={'number': ticket.number})}?mode={writing.mode}#composer")


def _is_asked_for(query: str) -> bool:
    """With nothing typed, or with how it is called."""
    typed = folded(query.strip().lstrip("/"))
    return not typed or folded(_("Last time")).startswith(typed)


def inserted(
    request: AgentRequest, ticket: Ticket, mode: str, done: PutIn, *, macro: object = None, toast: str = ""
) -> HttpResponse:
    """The text for the composer to put at the cursor, and the files that came with it."""
    context = ticket_context(request, ticket)
    context |= {"way": next(way for way in context["opened"].ways if way.mode == mode)}
    said = " ".join(filter(None, [toast, *_about_files(done)]))
    context |= {"done": done, "mode": mode, "macro": macro, "toast": said, "cancels": None, "trouble": False}
    return fragment(request, PAGE, "inserted", context=context)


def into_draft(request: AgentRequest, ticket: Ticket, mode: str, done: PutIn) -> None:
    """After what stands there already."""
    mine = (
        Draft.objects.visible_to(request.agent).filter(ticket=ticket, agent=request.agent, mode=mode).first()
    )
    before = mine.text if mine else ""
    text = joined(
        before, done.text, inline=mode == Draft.Mode.PUBLIC and done.block == SavedReply.Block.WHOLE
    )
    keep_draft(
        ticket,
        mode=Draft.Mode(mode),
        text=text,
        version=mine.version if mine else 0,
        to=message_chosen(request, ticket),
        by=request.agent,
        now=timezone.now(),
    )


def writing_in(request: AgentRequest, ticket: Ticket, *, mode: str) -> Writing | None:
    """None where there is no way to answer like that."""
    if mode == Draft.Mode.NOTE:
        return _in_note(request, ticket)
    to, via = message_chosen(request, ticket), thread_chosen(request, ticket)
    private = mode == Draft.Mode.PRIVATE
    try:
        way = route(ticket, private=private, to=to, via=via if private else None)
    except NoWay:
        return None
    if way.public == private:
        return None
    wanted = _wanted(request)
    place = place_for(
        ticket, way, agent=request.agent, expected=expected_for(ticket, request.agent), **wanted
    )
    asked = {name: value for name, value in wanted.items() if value}
    named = {name: _given(request, name) for name in ("to", "via")}
    return Writing(ticket, mode, way, place, asked | {name: one for name, one in named.items() if one})


def _in_note(request: AgentRequest, ticket: Ticket) -> Writing:
    """It goes nowhere, so there is always a way."""
    wanted = _wanted(request)
    place = place_in_note(ticket, agent=request.agent, **wanted)
    return Writing(ticket, Draft.Mode.NOTE, None, place, {name: one for name, one in wanted.items() if one})


def _wanted(request: AgentRequest) -> dict[str, str]:
    return {name: _given(request, name) for name in ("language", "formality", "audience")}


def _writing(request: AgentRequest, ticket: Ticket) -> Writing | None:
    return writing_in(request, ticket, mode=_given(request, "mode") or Draft.Mode.PUBLIC)


ALLOWED: Mapping[str, Callable[[str], bool]] = {
    "mode": lambda given: given in Draft.Mode.values,
    "language": lambda given: given in dict(settings.LANGUAGES),
    "formality": lambda given: given in Formality.values,
    "audience": lambda given: given in Audience.values,
    "to": is_number,
    "via": is_number,
}


def _given(request: AgentRequest, name: str) -> str:
    """As the page says it; empty where it says nothing that can be."""
    given = request.POST.get(name) or request.GET.get(name) or ""
    return given if ALLOWED[name](given) else ""


def expected_for(ticket: Ticket, agent: Agent) -> Callable[[], datetime | None]:
    def ask() -> datetime | None:
        found = expected(ticket.inbox, hours=hours_of(agent.workspace), now=timezone.now())
        return found.at if found else None

    return ask


def _rows(request: AgentRequest, writing: Writing, query: str) -> list[Picked]:
    agent, now = request.agent, timezone.now()
    fitting = [] if query.strip() else _suggested(writing, agent, now)
    found = search(agent, query, now=now)
    others = [one for one in found.replies if one not in fitting]
    offers = _offers([*fitting, *others], writing.place)
    row = partial(picked, wanted=writing.place.wanted, reader=_reader(), meant=found.meant)
    return [
        row(one, group="fits" if one.reply in fitting else "found" if query.strip() else "all")
        for one in offers
    ]


def _suggested(writing: Writing, agent: Agent, now: datetime) -> list[SavedReply]:
    heard = writing.ticket.messages.filter(direction=Message.Direction.IN).order_by("-at", "-id")
    waiting = list(heard.filter(outcome=Outcome.OPEN).values_list("text", flat=True)[:SUGGESTED_FROM])
    texts = waiting or list(heard.values_list("text", flat=True)[:1])
    language = writing.ticket.language or writing.place.wanted.language
    return suggest(agent, "\n".join(texts), language=language, now=now)


def _offers(replies: Sequence[SavedReply], place: Place) -> list[Offer]:
    variants: dict[int, list[Variant]] = defaultdict(list)
    for variant in Variant.objects.filter(reply__in=replies).order_by("pk"):
        variants[variant.reply_id].append(variant)
    offers = (offer(reply, variants[reply.pk], place) for reply in replies)
    return [found for found in offers if found]


def _offer(request: AgentRequest, reply_id: int, writing: Writing) -> Offer | None:
    """With what was typed into its blanks. Raises 404 where this agent may not use it."""
    reply = get_object_or_404(offered_to(request.agent, now=timezone.now()), pk=reply_id)
    variants = list(Variant.objects.filter(reply=reply).order_by("pk"))
    found = offer(reply, variants, writing.place)
    if found is None or request.method != "POST":
        return found
    zone = timezone.get_current_timezone()
    typed_in = zone if isinstance(zone, ZoneInfo) else ZoneInfo("UTC")
    said = typed_values(found.asked, request.POST.dict(), typed_in=typed_in, read_in=writing.place.about.zone)
    return offer(reply, variants, writing.place, said=said)


def _shown(
    request: AgentRequest, block: str, ticket: Ticket, writing: Writing | None, **extra: Any
) -> HttpResponse:
    context = {
        "ticket": ticket,
        "writing": writing,
        "row": None,
        "rows": (),
        "asked": (),
        "query": "",
        "last": None,
        "languages": [(code, language_name(code)) for code, _name in settings.LANGUAGES],
        "formalities": Formality.choices,
        "audiences": Audience.choices,
        "currencies": CURRENCIES,
        **extra,
    }
    if request.headers.get("HX-Request"):
        return fragment(request, PAGE, block, context=context)
    return render(request, PAGE, context)


def _about_files(done: PutIn) -> list[str]:
    if done.left_out:
        return [_("Its files cannot be sent this way: %(names)s.") % {"names": ", ".join(done.left_out)}]
    return []


def _reader() -> str:
    return get_language() or "en"
