"""When somebody is there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from heard.people.hours import (
    BadHours,
    Closed,
    change_hours,
    closed_as_text,
    closed_in,
    spans_as_text,
    spans_in,
)
from heard.web.agents import AgentRequest
from heard.web.settings.gates import for_admins
from heard.workspaces.hours import Span, hours_of
from heard.workspaces.models import ClosedDay, OpeningSpan, Workspace


class HoursForm(forms.Form):
    """One line a weekday: quicker to type than a row of clocks, and it can be copied from the day before."""

    closed = forms.CharField(
        label=gettext_lazy("Days on which nobody is there"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy(
            "One date a line: 2026-12-24 Christmas Eve. Without a year, 12-25, it holds every year."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for weekday, name in WEEKDAYS.items():
            self.fields[_field(weekday)] = forms.CharField(label=name, required=False, max_length=200)
        self.order_fields([*(_field(weekday) for weekday in WEEKDAYS), "closed"])

    def clean(self) -> dict[str, Any]:
        self.spans = list(self._read_spans())
        self.dates: list[Closed] = []
        try:
            self.dates = closed_in(self.cleaned_data.get("closed", ""))
        except BadHours as bad:
            self.add_error("closed", _("“%(typed)s” is no date. Write 2026-12-24.") % {"typed": bad.typed})
        return self.cleaned_data

    def _read_spans(self) -> Iterator[Span]:
        for weekday in WEEKDAYS:
            try:
                yield from spans_in(self.cleaned_data.get(_field(weekday), ""), weekday=weekday)
            except BadHours as bad:
                words = _("“%(typed)s” says no hours. Write 9:00–12:00, 13:00–17:00.")
                self.add_error(_field(weekday), words % {"typed": bad.typed})


@require_http_methods(["GET", "POST"])
@for_admins
def show(request: AgentRequest) -> HttpResponse:
    workspace = request.agent.workspace
    if request.method == "GET":
        return _page(request, HoursForm(initial=_as_they_are(workspace)))
    form = HoursForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    change_hours(workspace, spans=form.spans, closed=form.dates, by=request.agent, now=timezone.now())
    messages.success(request, _("Saved."))
    return redirect("settings_hours")


def _page(request: AgentRequest, form: HoursForm, status: int = 200) -> HttpResponse:
    now, hours = timezone.now(), hours_of(request.agent.workspace)
    context = {
        "form": form,
        "zone": request.agent.workspace.time_zone.replace("_", " "),
        "is_open": hours.is_open(now),
        "opens_at": hours.opens_at(now),
        "now": now,
    }
    return render(request, "settings/hours.html", context, status=status)


def _as_they_are(workspace: Workspace) -> dict[str, str]:
    spans = OpeningSpan.objects.filter(workspace=workspace).order_by("opens")
    known = [Span(span.weekday, span.opens, span.closes) for span in spans]
    typed = {
        _field(weekday): spans_as_text(span for span in known if span.weekday == weekday)
        for weekday in WEEKDAYS
    }
    closed = ClosedDay.objects.filter(workspace=workspace, country="").order_by("year", "month", "day")
    return {**typed, "closed": closed_as_text(closed)}


def _field(weekday: int) -> str:
    return f"day_{weekday}"
