"""What can be done with a reply that is written and waits."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from heard.tickets.models import Message, PendingReply, Ticket
from heard.tickets.pending.come_back import take_back as take_back_reply
from heard.tickets.pending.hold import TooLate, notice
from heard.tickets.pending.review import CommentNeeded, NotAReviewer, approve, return_to_author
from heard.tickets.reply import BlanksMissing, NoSuchFile, NoSuchTemplate, NoWay, ReplyStopped
from heard.web.agents import AgentRequest, for_agents
from heard.web.fragments import fragment
from heard.web.tickets.pending_shown import NO_WAY
from heard.web.tickets.shown import PAGE, changed, ticket_of, trouble, whole_page


@require_POST
@for_agents
def take_back(request: AgentRequest, number: int, pending_id: int) -> HttpResponse:
    """What was written becomes its author's draft again."""
    ticket = ticket_of(request, number)
    try:
        take_back_reply(_found(request, ticket, pending_id), by=request.agent, now=timezone.now())
    except TooLate:
        return trouble(request, ticket, _too_late())
    return changed(request, ticket, toast=_("It does not go out. The text is a draft again."), anew=True)


@require_POST
@for_agents
def let_out(request: AgentRequest, number: int, pending_id: int) -> HttpResponse:
    ticket = ticket_of(request, number)
    found = _found(request, ticket, pending_id)
    text = request.POST.get("text", "").replace("\r\n", "\n").replace("\x00", "")
    try:
        left = approve(
            found,
            by=request.agent,
            now=timezone.now(),
            text=text if "text" in request.POST else None,
            overrides=request.POST.getlist("override"),
        )
    except ReplyStopped as stopped:
        return _stopped(request, ticket, found, stopped, text)
    except NotAReviewer:
        return trouble(request, ticket, _("A colleague who may send has to approve this."))
    except TooLate:
        return trouble(request, ticket, _too_late())
    except (NoWay, NoSuchFile, NoSuchTemplate, BlanksMissing):
        return trouble(request, ticket, str(NO_WAY))
    toast = _("The reply of {name} goes out.").format(name=found.agent.name)
    return changed(request, ticket, toast=toast, cancels=left if isinstance(left, Message) else None)


@require_POST
@for_agents
def give_back(request: AgentRequest, number: int, pending_id: int) -> HttpResponse:
    ticket = ticket_of(request, number)
    found = _found(request, ticket, pending_id)
    comment = request.POST.get("comment", "").replace("\x00", "")
    try:
        return_to_author(found, comment=comment, by=request.agent, now=timezone.now())
    except CommentNeeded:
        return trouble(request, ticket, _("Say what to change."), place=f"pending-{found.pk}")
    except NotAReviewer:
        return trouble(request, ticket, _("A colleague who may send has to approve this."))
    except TooLate:
        return trouble(request, ticket, _too_late())
    toast = _("{name} has the reply again, with your comment.").format(name=found.agent.name)
    return changed(request, ticket, toast=toast)


@require_POST
@for_agents
def noticed(request: AgentRequest, number: int) -> HttpResponse:
    """The agent knows what came back to them here."""
    ticket = ticket_of(request, number)
    notice(ticket, by=request.agent, now=timezone.now())
    return changed(request, ticket)


def _found(request: AgentRequest, ticket: Ticket, pending_id: int) -> PendingReply:
    known = PendingReply.objects.visible_to(request.agent).select_related("agent", "ticket")
    return get_object_or_404(known, pk=pending_id, ticket=ticket)


def _stopped(
    request: AgentRequest, ticket: Ticket, pending: PendingReply, stopped: ReplyStopped, text: str
) -> HttpResponse:
    context = {
        "pending_findings": stopped.findings,
        "stopped_pending": pending.pk,
        "reviewed_text": text,
        "overridden": request.POST.getlist("override"),
    }
    if not request.headers.get("HX-Request"):
        return whole_page(request, ticket, status=422, **context)
    response = fragment(request, PAGE, "pending_findings", context=context, status=422)
    response.headers["HX-Retarget"] = f"#pending-findings-{pending.pk}"
    response.headers["HX-Reswap"] = "innerHTML"
    return response


def _too_late() -> str:
    return _("It left or came back meanwhile.")
