"""What an inbox costs at its network, and the cap on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from heard.inboxes.models import Inbox, Spending
from heard.inboxes.spending import cap_spending, costs_money, is_used_up, spent
from heard.web.agents import AgentRequest, for_agents
from heard.web.inboxes.found import channel_or_404, inbox_or_404

MONTHS = 12
WHAT: dict[str, Promise] = {
    "send": gettext_lazy("Replies"),
    "publish": gettext_lazy("Posts"),
    "like": gettext_lazy("Likes"),
    "repost": gettext_lazy("Reposts"),
    "hide": gettext_lazy("Hiding"),
    "delete": gettext_lazy("Deleting"),
    "poll": gettext_lazy("Looking for new messages"),
    "search": gettext_lazy("Searching"),
    "match": gettext_lazy("Listening"),
}
ALIKE = {"unlike": "like", "unrepost": "repost", "unhide": "hide"}


class CapForm(forms.Form):
    monthly_cap = forms.DecimalField(
        label=gettext_lazy("Monthly cap in US dollars"),
        min_value=0,
        max_digits=8,
        decimal_places=2,
        required=False,
        help_text=gettext_lazy(
            "At the cap nothing more is sent and nobody looks for new messages until the next month (UTC). "
            "Leave it empty for no cap."
        ),
    )


@dataclass(frozen=True)
class Month:
    first: date
    rows: Sequence[tuple[str | Promise, int, Decimal]]

    @property
    def sum(self) -> Decimal:
        return sum((amount for _what, _count, amount in self.rows), Decimal(0))


@require_http_methods(["GET", "POST"])
@for_agents
def show(request: AgentRequest, inbox_id: int) -> HttpResponse:
    """Everybody sees it, admins set the cap."""
    inbox, now = inbox_or_404(request, inbox_id), timezone.now()
    if not costs_money(inbox):
        raise Http404
    form = CapForm(request.POST or None, initial={"monthly_cap": inbox.monthly_cap})
    if request.method == "POST" and not request.agent.is_admin:
        return render(request, "errors/forbidden.html", {"admins_only": True}, status=403)
    if request.method == "POST" and form.is_valid():
        cap_spending(inbox, monthly_cap=form.cleaned_data["monthly_cap"], by=request.agent, now=now)
        messages.success(request, _("Saved."))
        return redirect("inbox_spending", inbox_id=inbox.pk)
    context = {
        "inbox": inbox,
        "channel": channel_or_404(inbox.channel),
        "form": form,
        "spent": spent(inbox, now=now),
        "is_used_up": is_used_up(inbox, now=now),
        "months": _months(inbox),
    }
    return render(request, "inboxes/spending.html", context, status=422 if form.errors else 200)


def _months(inbox: Inbox) -> list[Month]:
    rows = Spending.objects.filter(inbox=inbox).order_by("-month", "what")
    grouped = [(month, list(group)) for month, group in groupby(rows, key=lambda row: row.month)]
    return [Month(month, _by_what(group)) for month, group in grouped[:MONTHS]]


def _by_what(rows: Sequence[Spending]) -> list[tuple[str | Promise, int, Decimal]]:
    sums: dict[str, tuple[int, Decimal]] = {}
    for row in rows:
        what = ALIKE.get(row.what, row.what)
        count, amount = sums.get(what, (0, Decimal(0)))
        sums[what] = (count + row.count, amount + row.amount)
    dearest = sorted(sums.items(), key=lambda one: -one[1][1])
    return [(WHAT.get(what, what), count, amount) for what, (count, amount) in dearest]
