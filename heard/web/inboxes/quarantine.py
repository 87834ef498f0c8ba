"""Try again what could not be taken in."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from heard.ingest.models import LedgerLine
from heard.ingest.quarantine import replay
from heard.web.agents import AgentRequest
from heard.web.inboxes.found import inbox_or_404
from heard.web.settings.gates import for_admins

# One request should not take minutes. The button is still there for the rest.
AT_ONCE = 100


@require_POST
@for_admins
def replay_one(request: AgentRequest, inbox_id: int, line_id: int) -> HttpResponse:
    inbox = inbox_or_404(request, inbox_id)
    lines = LedgerLine.objects.visible_to(request.agent).filter(inbox=inbox)
    line = get_object_or_404(lines, pk=line_id)
    if replay(line, by=request.agent, now=timezone.now()):
        messages.success(request, _("It went through this time."))
    else:
        messages.error(request, _("It failed again and stays where it was."))
    return redirect("inbox", inbox_id=inbox.pk)


@require_POST
@for_admins
def replay_all(request: AgentRequest, inbox_id: int) -> HttpResponse:
    inbox = inbox_or_404(request, inbox_id)
    aside = LedgerLine.objects.visible_to(request.agent).filter(
        inbox=inbox, place=LedgerLine.Place.QUARANTINED
    )
    lines = list(aside.order_by("pk")[:AT_ONCE])
    through = sum(replay(line, by=request.agent, now=timezone.now()) for line in lines)
    said = ngettext(
        "%(through)s of %(all)s event went through.",
        "%(through)s of %(all)s events went through.",
        len(lines),
    )
    messages.info(request, said % {"through": through, "all": len(lines)})
    return redirect("inbox", inbox_id=inbox.pk)
