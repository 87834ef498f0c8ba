"""The call-centre form: who called, what was said, what we promised."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from heard.contacts.models import Contact, Identity
from heard.contacts.numbers import NoNumber, e164
from heard.tickets.assign import assign
from heard.tickets.call import NotYet, WordsNeeded, log_call, open_by_call
from heard.tickets.call_back import InThePast
from heard.tickets.continue_elsewhere import continue_by_phone
from heard.tickets.models import Kind, Message, State, Ticket
from heard.web.agents import AgentRequest, for_agents
from heard.web.calls.forms import NEW, CallForm
from heard.web.fragments import asks_for, fragment
from heard.web.numbers import is_number
from heard.workspaces.models import Agent

PAGE = "calls/new.html"
MOST = 8


@dataclass(frozen=True, slots=True)
class Caller:
    """Who is behind a number, as far as we know, and what they want from us at present."""

    number: str = ""
    contact: Contact | None = None
    tickets: Sequence[Ticket] = ()


@require_http_methods(["GET", "POST"])
@for_agents
def new(request: AgentRequest) -> HttpResponse:
    """`number` and `ticket` may stand in the address: a page that knows the caller leads here."""
    given = request.POST if request.method == "POST" else request.GET
    found = caller(request.agent, given.get("number", ""), given.get("ticket", ""))
    if request.method == "POST" and not asks_for(request, "matters"):
        form = CallForm(request.POST, agent=request.agent, tickets=found.tickets)
        if form.is_valid() and (message := _written(request, form)) is not None:
            messages.success(request, _("The call is written down."))
            return redirect("ticket", number=message.ticket.number)
        return render(request, PAGE, {"form": form, "caller": found}, status=422)
    chosen = given.get("ticket") or (str(found.tickets[0].number) if found.tickets else NEW)
    initial = {"number": given.get("number", ""), "ticket": chosen}
    form = CallForm(initial=initial, agent=request.agent, tickets=found.tickets)
    if asks_for(request, "matters"):
        return fragment(request, PAGE, "matters", context={"form": form, "caller": found})
    return render(request, PAGE, {"form": form, "caller": found})


def caller(agent: Agent, number: str, ticket: str) -> Caller:
    named = _named(agent, ticket)
    try:
        number = e164(number, workspace=agent.workspace) if number else ""
    except NoNumber:
        number = ""
    contact = _known_by(agent, number) or (named[0].contact if named else None)
    theirs = Ticket.objects.visible_to(agent).filter(contact=contact) if contact else Ticket.objects.none()
    running = theirs.exclude(state=State.RESOLVED).order_by("-last_message_at")
    rows = [*named, *running.exclude(pk__in=[one.pk for one in named]).select_related("contact")[:MOST]]
    return Caller(number, contact, rows)


def _named(agent: Agent, ticket: str) -> list[Ticket]:
    if not is_number(ticket):
        return []
    known = Ticket.objects.visible_to(agent).select_related("contact")
    return [get_object_or_404(known, number=int(ticket))]


def _known_by(agent: Agent, number: str) -> Contact | None:
    """By the telephone first, then by networks that call people by their numbers."""
    if not number:
        return None
    plain = number.removeprefix("+")
    known = (
        Identity.objects.visible_to(agent)
        .filter(address__in=(number, plain))
        .exclude(proof=Identity.Proof.CLAIMED)
    )
    threads = known.filter(thread__kind=Kind.CALL)
    found = threads.select_related("contact").first() or known.select_related("contact").first()
    return found.contact if found else None


def _written(request: AgentRequest, form: CallForm) -> Message | None:
    """None where something was wrong; the form says what."""
    given, now = form.cleaned_data, timezone.now()
    try:
        with transaction.atomic():
            message = _log(request, form)
            if given["call_back_at"]:
                continue_by_phone(
                    message.ticket,
                    number=given["number"],
                    at=given["call_back_at"],
                    note=given["call_back_note"],
                    by=request.agent,
                    now=now,
                )
            if given["owner"]:
                owner = Agent.objects.visible_to(request.agent).get(pk=int(given["owner"]))
                assign(message.ticket, to=owner, by=request.agent, now=now)
            return message
    except NoNumber:
        form.add_error("number", _("That is no telephone number. Write it with the country code."))
    except NotYet:
        form.add_error("at", _("A call is written down after it was made."))
    except WordsNeeded:
        form.add_error("text", _("Say in a few words what was said."))
    except InThePast:
        form.add_error("call_back_at", _("That time is over."))
    return None


def _log(request: AgentRequest, form: CallForm) -> Message:
    given, now = form.cleaned_data, timezone.now()
    if given["ticket"] == NEW:
        return open_by_call(
            number=given["number"],
            incoming=given["direction"] == "in",
            at=given["at"],
            text=given["text"],
            report=form.report(),
            waits=given["waits"],
            by=request.agent,
            now=now,
        )
    ticket = get_object_or_404(Ticket.objects.visible_to(request.agent), number=int(given["ticket"]))
    return log_call(
        ticket,
        number=given["number"],
        incoming=given["direction"] == "in",
        at=given["at"],
        text=given["text"],
        report=form.report(),
        waits=given["waits"],
        answers=given["answers"],
        by=request.agent,
        now=now,
    )
