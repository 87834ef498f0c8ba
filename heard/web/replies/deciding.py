"""What is done with a saved reply as a whole."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from heard.replies import approve as approving
from heard.replies import archive as archiving
from heard.replies.approve import NothingToApprove, ReasonNeeded
from heard.replies.facts import BadFact
from heard.replies.models import SavedReply
from heard.replies.rights import ForAdmins, NotYours
from heard.replies.wording import BadWording
from heard.replies.write import ChangedMeanwhile, NothingSaid
from heard.uploads.taken import NoSuchFile
from heard.uploads.upload import BadFile
from heard.web.agents import AgentRequest, for_agents
from heard.web.replies.found import id_asked, reply_or_404
from heard.web.replies.words import fact_words


@require_POST
@for_agents
def approve(request: AgentRequest, reply_id: int) -> HttpResponse:
    return _decide(
        request,
        reply_id,
        lambda reply: approving.approve(
            reply, by=request.agent, now=timezone.now(), seen=id_asked(request.POST.get("seen", ""))
        ),
        _("Approved. Everybody may use it."),
    )


@require_POST
@for_agents
def send_back(request: AgentRequest, reply_id: int) -> HttpResponse:
    reason = request.POST.get("reason", "")
    return _decide(
        request,
        reply_id,
        lambda reply: approving.send_back(reply, reason=reason, by=request.agent, now=timezone.now()),
        _("Sent back to its owner."),
    )


@require_POST
@for_agents
def drop_change(request: AgentRequest, reply_id: int) -> HttpResponse:
    return _decide(
        request,
        reply_id,
        lambda reply: approving.drop_change(reply, by=request.agent, now=timezone.now()),
        _("Dropped. It says what was approved."),
    )


@require_POST
@for_agents
def archive(request: AgentRequest, reply_id: int) -> HttpResponse:
    return _decide(
        request,
        reply_id,
        lambda reply: archiving.archive(reply, by=request.agent, now=timezone.now()),
        _("Archived. Nobody is offered it any more."),
    )


@require_POST
@for_agents
def bring_back(request: AgentRequest, reply_id: int) -> HttpResponse:
    return _decide(
        request,
        reply_id,
        lambda reply: archiving.bring_back(reply, by=request.agent, now=timezone.now()),
        _("It is in use again."),
    )


def _decide(
    request: AgentRequest, reply_id: int, verb: Callable[[SavedReply], object], done: str
) -> HttpResponse:
    try:
        verb(reply_or_404(request, reply_id))
    except ForAdmins:
        messages.error(request, _("Only admins approve saved replies."))
    except NotYours:
        messages.error(request, _("Only its owner and admins may change it."))
    except NothingToApprove:
        messages.error(request, _("It no longer waits for approval."))
    except ReasonNeeded:
        messages.error(request, _("Say what should be changed."))
    except ChangedMeanwhile:
        messages.error(request, _("The change was written anew meanwhile. Look at it again."))
    except (BadWording, NothingSaid, BadFile, NoSuchFile):
        messages.error(request, _("The change cannot be taken over as it is. Send it back or drop it."))
    except BadFact as bad:
        messages.error(request, fact_words(bad))
    else:
        messages.success(request, done)
    return redirect("saved_reply", reply_id=reply_id)
