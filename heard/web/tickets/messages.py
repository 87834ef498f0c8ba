"""What an agent can do with one message."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from heard.tickets.delivery import CannotCancel, NothingToRetry, reply_with
from heard.tickets.delivery import cancel as cancel_message
from heard.tickets.delivery import send_again as send_message_again
from heard.tickets.delivery import was_sent as message_was_sent
from heard.tickets.draft import DraftConflict, keep_draft
from heard.tickets.hide import CannotHide
from heard.tickets.hide import hide as hide_message
from heard.tickets.like import CannotLike
from heard.tickets.like import like as like_message
from heard.tickets.models import Draft, Message
from heard.tickets.repost import CannotRepost
from heard.tickets.repost import repost as repost_message
from heard.web.agents import AgentRequest, for_agents
from heard.web.tickets.shown import changed, message_of, pane, ticket_of, trouble


@require_POST
@for_agents
def like(request: AgentRequest, number: int, message: int) -> HttpResponse:
    found, liked = message_of(request, number, message), request.POST.get("liked") != "no"
    try:
        like_message(found, by=request.agent, now=timezone.now(), liked=liked)
    except CannotLike:
        return trouble(request, ticket_of(request, number), _("The network does not let us like this."))
    return changed(request, found.ticket)


@require_POST
@for_agents
def hide(request: AgentRequest, number: int, message: int) -> HttpResponse:
    found, hidden = message_of(request, number, message), request.POST.get("hidden") != "no"
    try:
        hide_message(found, by=request.agent, now=timezone.now(), hidden=hidden)
    except CannotHide:
        return trouble(request, ticket_of(request, number), _("The network does not let us hide this."))
    return changed(request, found.ticket)


@require_POST
@for_agents
def repost(request: AgentRequest, number: int, message: int) -> HttpResponse:
    found, reposted = message_of(request, number, message), request.POST.get("reposted") != "no"
    try:
        repost_message(found, by=request.agent, now=timezone.now(), reposted=reposted)
    except CannotRepost:
        return trouble(request, ticket_of(request, number), _("The network does not let us repost this."))
    return changed(request, found.ticket)


@require_POST
@for_agents
def cancel(request: AgentRequest, number: int, message: int) -> HttpResponse:
    """Take it back before it leaves. What was written becomes the draft again."""
    found = message_of(request, number, message)
    try:
        cancel_message(found, by=request.agent, now=timezone.now())
    except CannotCancel:
        return trouble(request, ticket_of(request, number), _("Too late: it is on its way or gone."))
    _keep(found, request)
    if request.headers.get("HX-Target") != "ticket":
        return changed(request, found.ticket)
    response = pane(request, ticket_of(request, number))
    response.headers["HX-Trigger"] = "heard:stale"
    return response


@require_POST
@for_agents
def send_again(request: AgentRequest, number: int, message: int) -> HttpResponse:
    found = message_of(request, number, message)
    try:
        send_message_again(found, by=request.agent, now=timezone.now())
    except NothingToRetry:
        return trouble(request, ticket_of(request, number), _("It has been sent meanwhile."))
    return changed(request, found.ticket)


@require_POST
@for_agents
def was_sent(request: AgentRequest, number: int, message: int) -> HttpResponse:
    found = message_of(request, number, message)
    try:
        message_was_sent(found, by=request.agent, now=timezone.now())
    except NothingToRetry:
        return trouble(request, ticket_of(request, number), _("Meanwhile we know how it went."))
    return changed(request, found.ticket)


def _words(message: Message) -> str:
    """Of the whole reply: only one of its parts has words."""
    return next((part.text for part in reply_with(message).order_by("pk") if part.text), "")


def _keep(message: Message, request: AgentRequest) -> None:
    """Nothing typed is ever lost, and nothing typed since is overwritten."""
    mode = Draft.Mode.PUBLIC if message.public else Draft.Mode.PRIVATE
    try:
        keep_draft(
            message.ticket,
            mode=mode,
            text=_words(message),
            version=0,
            by=request.agent,
            now=timezone.now(),
            to=message.parent,
            via=message.thread if message.thread.identity_id else None,
            language=message.language if message.language != message.ticket.language else "",
        )
    except DraftConflict:
        return
