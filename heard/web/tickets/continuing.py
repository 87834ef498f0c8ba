"""The case goes on by e-mail or by telephone; promised calls are made or given up."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from heard.contacts.models import Claim
from heard.env import env
from heard.inboxes.models import Inbox
from heard.tickets.call_back import AlreadyEnded, InThePast, ReasonNeeded, end_call_back
from heard.tickets.continue_elsewhere import (
    BadAddress,
    CannotContinue,
    NoNumber,
    continue_by_email,
    continue_by_phone,
)
from heard.tickets.draft import DraftConflict, keep_draft
from heard.tickets.models import CallBack, Draft
from heard.tickets.proof_link import proof_link
from heard.tickets.prove import make_code
from heard.web.agents import AgentRequest, for_agents
from heard.web.numbers import number_in
from heard.web.tickets.bound import code_in_words
from heard.web.tickets.shown import changed, ticket_of, trouble
from heard.web.tickets.snoozing import NoSuchTime, time_meant


@require_POST
@for_agents
def by_email(request: AgentRequest, number: int) -> HttpResponse:
    """Nothing is sent: the composer offers a word for the customer, and the mail as a further way."""
    ticket = ticket_of(request, number)
    given = request.POST.get("inbox", "")
    inboxes = Inbox.objects.visible_to(request.agent)
    inbox = get_object_or_404(inboxes, pk=number_in(given))
    address = request.POST.get("address", "")
    try:
        continue_by_email(ticket, address=address, inbox=inbox, by=request.agent, now=timezone.now())
    except BadAddress:
        return trouble(request, ticket, _("That is no e-mail address."), place="continue")
    except CannotContinue:
        return trouble(request, ticket, _("No mail can leave by that inbox."), place="continue")
    toast = _("#{number} goes on by e-mail. Nothing was sent yet.").format(number=number)
    return changed(request, ticket, toast=toast, anew=True, announces=True)


@require_POST
@for_agents
def by_phone(request: AgentRequest, number: int) -> HttpResponse:
    ticket, now = ticket_of(request, number), timezone.now()
    try:
        continue_by_phone(
            ticket,
            number=request.POST.get("number", ""),
            at=time_meant(request.POST.get("at", ""), now=now),
            note=request.POST.get("note", "")[:500],
            by=request.agent,
            now=now,
        )
    except NoNumber:
        text = _("That is no telephone number. Write it with the country code.")
        return trouble(request, ticket, text, place="call-back")
    except (NoSuchTime, InThePast):
        return trouble(request, ticket, _("Choose a time to come."), place="call-back")
    except CannotContinue:
        return trouble(request, ticket, _("There is nobody here to call."), place="call-back")
    return changed(request, ticket, toast=_("The call is promised."))


@require_POST
@for_agents
def end(request: AgentRequest, number: int, call_back_id: int) -> HttpResponse:
    ticket = ticket_of(request, number)
    known = CallBack.objects.visible_to(request.agent).filter(ticket=ticket)
    promised = get_object_or_404(known.select_related("ticket"), pk=call_back_id)
    missed = request.POST.get("result") == CallBack.Result.MISSED
    result = CallBack.Result.MISSED if missed else CallBack.Result.DONE
    reason = request.POST.get("reason", "")
    try:
        end_call_back(promised, result=result, reason=reason, by=request.agent, now=timezone.now())
    except ReasonNeeded:
        return trouble(request, ticket, _("Say why it was not made."))
    except AlreadyEnded:
        return trouble(request, ticket, _("A colleague has ended this meanwhile."))
    return changed(request, ticket)


@require_POST
@for_agents
def code(request: AgentRequest, number: int, claim_id: int) -> HttpResponse:
    """Writes a code into the mail to an address that the customer named. The agent sends it."""
    ticket, now = ticket_of(request, number), timezone.now()
    known = Claim.objects.visible_to(request.agent).filter(claimant__contact=ticket.contact, proved_at=None)
    claim = get_object_or_404(known.select_related("identity__inbox", "workspace"), pk=claim_id)
    address, inbox = claim.identity.address, claim.identity.inbox
    try:
        thread = continue_by_email(ticket, address=address, inbox=inbox, by=request.agent, now=now)
        with transaction.atomic():
            told = make_code(claim, now=now)
            words = code_in_words(ticket, told, link=proof_link(claim, public_url=env().public_url))
            mode = Draft.Mode.PRIVATE
            keep_draft(ticket, mode=mode, text=words, version=0, by=request.agent, now=now, via=thread)
    except (BadAddress, CannotContinue):
        return trouble(request, ticket, _("No mail can leave by that inbox."))
    except DraftConflict:
        return trouble(request, ticket, _("You have begun a private answer. Send it or empty it first."))
    return changed(request, ticket, toast=_("The code stands in the mail. Send it."), anew=True)
