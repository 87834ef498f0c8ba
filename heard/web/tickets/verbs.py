"""What an agent can do with a ticket. Each finds the ticket, makes one call, shows what changed."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from heard.tickets.answer import NothingWaits
from heard.tickets.answer import answered as answered_elsewhere
from heard.tickets.assign import NotAColleague
from heard.tickets.assign import assign as assign_ticket
from heard.tickets.dismiss import ReasonNeeded
from heard.tickets.dismiss import dismiss as dismiss_ticket
from heard.tickets.models import Priority, Resolution
from heard.tickets.prioritise import prioritise as prioritise_ticket
from heard.tickets.reopen import NothingToReopen
from heard.tickets.reopen import reopen as reopen_ticket
from heard.tickets.resolve import NoteNeeded, StillWaiting
from heard.tickets.resolve import resolve as resolve_ticket
from heard.tickets.snooze import CannotSnooze
from heard.tickets.snooze import snooze as snooze_ticket
from heard.tickets.snooze import wake as wake_ticket
from heard.tickets.tag import BadTag
from heard.tickets.tag import tag as tag_ticket
from heard.web.agents import AgentRequest, for_agents
from heard.web.tickets.shown import changed, ticket_of, trouble
from heard.web.tickets.snoozing import NoSuchTime, time_meant
from heard.web.times import in_words
from heard.workspaces.models import Agent


@require_POST
@for_agents
def assign(request: AgentRequest, number: int) -> HttpResponse:
    ticket = ticket_of(request, number)
    given = request.POST.get("agent", "")
    to = None
    if given:
        colleagues = Agent.objects.visible_to(request.agent)
        to = colleagues.filter(pk=int(given) if given.isdecimal() else 0, is_active=True).first()
        if to is None:
            return trouble(request, ticket, _("That colleague no longer works here."))
    try:
        assign_ticket(ticket, to=to, by=request.agent, now=timezone.now())
    except NotAColleague:
        return trouble(request, ticket, _("That colleague no longer works here."))
    return changed(request, ticket)


@require_POST
@for_agents
def snooze(request: AgentRequest, number: int) -> HttpResponse:
    ticket, now = ticket_of(request, number), timezone.now()
    try:
        until = time_meant(request.POST.get("until", ""), now=now)
        snooze_ticket(ticket, until=until, by=request.agent, now=now)
    except NoSuchTime:
        return trouble(request, ticket, _("That is no date and time."), place="snooze")
    except CannotSnooze:
        text = _("A ticket can be snoozed while somebody waits in it, and only until a time to come.")
        return trouble(request, ticket, text, place="snooze")
    toast = _("#{number} comes back {time}.").format(number=number, time=in_words(until, now=now))
    return changed(request, ticket, toast=toast)


@require_POST
@for_agents
def wake(request: AgentRequest, number: int) -> HttpResponse:
    ticket = ticket_of(request, number)
    wake_ticket(ticket, by=request.agent, now=timezone.now())
    return changed(request, ticket)


@require_POST
@for_agents
def resolve(request: AgentRequest, number: int) -> HttpResponse:
    ticket = ticket_of(request, number)
    given = request.POST.get("resolution", Resolution.SOLVED)
    if given not in Resolution.values:
        return trouble(request, ticket, _("Choose how it ended."), place="resolve")
    resolution, note = Resolution(given), request.POST.get("note", "")
    try:
        resolve_ticket(ticket, by=request.agent, now=timezone.now(), resolution=resolution, note=note)
    except NoteNeeded:
        return trouble(
            request,
            ticket,
            _("Say in a sentence why, so that a colleague understands it later."),
            place="resolve",
        )
    except StillWaiting:
        text = _("Somebody still waits for an answer here. Answer them, or say below how it was solved.")
        return trouble(request, ticket, text, place="resolve")
    return changed(request, ticket, toast=_("#{number} is resolved.").format(number=number))


@require_POST
@for_agents
def dismiss(request: AgentRequest, number: int) -> HttpResponse:
    ticket = ticket_of(request, number)
    reason = request.POST.get("other", "").strip() or request.POST.get("reason", "")
    try:
        dismiss_ticket(ticket, reason=reason, by=request.agent, now=timezone.now())
    except ReasonNeeded:
        return trouble(request, ticket, _("Say why this needs no answer."), place="dismiss")
    except NothingWaits:
        return trouble(request, ticket, _("Nobody waits for an answer here any more."), place="dismiss")
    return changed(request, ticket, toast=_("#{number} needs no answer.").format(number=number))


@require_POST
@for_agents
def answered(request: AgentRequest, number: int) -> HttpResponse:
    ticket = ticket_of(request, number)
    reason = request.POST.get("reason", "").strip()
    try:
        answered_elsewhere(ticket, by=request.agent, now=timezone.now(), reason=reason)
    except NothingWaits:
        return trouble(request, ticket, _("Nobody waits for an answer here any more."))
    return changed(request, ticket, toast=_("#{number} was answered elsewhere.").format(number=number))


@require_POST
@for_agents
def reopen(request: AgentRequest, number: int) -> HttpResponse:
    ticket = ticket_of(request, number)
    try:
        reopen_ticket(ticket, by=request.agent, now=timezone.now())
    except NothingToReopen:
        return trouble(request, ticket, _("It is open already, or nobody ever wrote in it."))
    return changed(request, ticket)


@require_POST
@for_agents
def prioritise(request: AgentRequest, number: int) -> HttpResponse:
    ticket = ticket_of(request, number)
    given = request.POST.get("priority", "")
    if given not in Priority.values:
        return trouble(request, ticket, _("Choose a priority."))
    prioritise_ticket(ticket, priority=Priority(given), by=request.agent, now=timezone.now())
    return changed(request, ticket)


@require_POST
@for_agents
def tag(request: AgentRequest, number: int) -> HttpResponse:
    ticket = ticket_of(request, number)
    add, remove = request.POST.get("add", ""), request.POST.get("remove", "")
    try:
        tag_ticket(
            ticket,
            add=[name for name in add.split(",") if name.strip()],
            remove=[remove] if remove else [],
            by=request.agent,
            now=timezone.now(),
        )
    except BadTag:
        return trouble(
            request, ticket, _("A tag has at most 40 characters, and a ticket at most 20 tags."), place="tag"
        )
    return changed(request, ticket)
