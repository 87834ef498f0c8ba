"""What was said before an inbox was connected: how far back, how far along, and enough of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from heard.channels.contract import Channel, Reconciles
from heard.env import env
from heard.inboxes.models import Inbox
from heard.ingest.backfill import cancel_backfill
from heard.ingest.models import Reconciliation
from heard.ingest.reconcile import begin
from heard.web.agents import AgentRequest
from heard.web.inboxes.found import inbox_or_404
from heard.web.settings.gates import for_admins

CHOICES = (0, 7, 30, 90)


@dataclass(frozen=True)
class UnderWay:
    """Days of history: how many have come, of how many."""

    done: int
    days: int
    messages: int


def history_under_way(inbox: Inbox, look: Reconciliation | None) -> UnderWay | None:
    if look is None or look.state != Reconciliation.State.RUNNING:
        return None
    if look.reason != Reconciliation.Reason.HISTORY:
        return None
    return UnderWay((look.reached - look.since).days, (look.until - look.since).days, look.found)


def days_choices(network: Channel[Any]) -> list[tuple[int, str, bool]]:
    """Days, in words, and whether it is the choice of the installation. Empty where nothing can be read back."""
    if not isinstance(network, Reconciles):
        return []
    usual = env().history_days
    return [(days, _in_words(days), days == usual) for days in sorted({*CHOICES, usual})]


def chosen_days(request: AgentRequest) -> int | None:
    """None where nothing was chosen: then the installation's setting counts."""
    typed = request.POST.get("history", "")
    known = {str(days): days for days in (*CHOICES, env().history_days)}
    return known.get(typed)


@require_POST
@for_admins
def cancel(request: AgentRequest, inbox_id: int) -> HttpResponse:
    inbox = inbox_or_404(request, inbox_id)
    cancel_backfill(inbox, now=timezone.now())
    messages.success(request, _("Enough of the past. What has come stays."))
    return redirect("inbox", inbox_id=inbox.pk)


@require_POST
@for_admins
def ask(request: AgentRequest, inbox_id: int) -> HttpResponse:
    inbox = inbox_or_404(request, inbox_id)
    begin(inbox, reason=Reconciliation.Reason.ASKED, now=timezone.now())
    messages.success(request, _("Heard asks the network what it holds. What is missing comes in by itself."))
    return redirect("inbox", inbox_id=inbox.pk)


def _in_words(days: int) -> str:
    if not days:
        return _("Nothing: only what is written from now on")
    return ngettext("The last day", "The last %(count)s days", days) % {"count": days}
