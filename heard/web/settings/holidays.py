"""Public holidays: of which countries, and which of them are days off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from babel import Locale
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from heard.people.holidays import NoSuchCountry, change_holidays
from heard.web.agents import AgentRequest
from heard.web.settings.gates import for_admins
from heard.workspaces.holidays import Holiday, countries, holidays_of, regions_of
from heard.workspaces.models import HolidayCountry


@dataclass(frozen=True, slots=True)
class Chosen:
    code: str
    name: str
    region: str
    regions: Sequence[tuple[str, str]]  # code and name, in their order
    days: Sequence[tuple[Holiday, bool]]  # is it a day off?


@require_http_methods(["GET", "POST"])
@for_admins
def show(request: AgentRequest) -> HttpResponse:
    if request.method == "GET":
        return _page(request)
    off = _off(request.POST)
    regions = {code: request.POST.get(f"region-{code}", "") for code in off}
    try:
        change_holidays(request.agent.workspace, off, regions=regions, by=request.agent, now=timezone.now())
    except NoSuchCountry:
        messages.error(request, _("The holidays of that country are not known."))
        return _page(request, status=422)
    messages.success(request, _("Saved."))
    return redirect("settings_holidays")


def _off(typed: QueryDict) -> dict[str, set[str]]:
    """What was shown and not ticked. A country that is added now begins with all of its holidays."""
    kept = [code for code in typed.getlist("country") if code != typed.get("remove")]
    off = {code: {*typed.getlist(f"shown-{code}")} - {*typed.getlist(f"on-{code}")} for code in kept}
    added = typed.get("add", "")
    return off | ({added: set()} if added and added not in off else {})


def _chosen(row: HolidayCountry, name: str, year: int, language: str) -> Chosen:
    days = holidays_of(row.country, region=row.region, year=year, language=language)
    regions = sorted(regions_of(row.country).items(), key=lambda one: one[1])
    return Chosen(row.country, name, row.region, regions, [(day, day.key not in row.off) for day in days])


def _page(request: AgentRequest, status: int = 200) -> HttpResponse:
    language, year = get_language() or "en", timezone.localdate().year
    names = Locale.parse(language, sep="-").territories
    known = HolidayCountry.objects.visible_to(request.agent).order_by("country")
    chosen = [_chosen(row, names.get(row.country, row.country), year, language) for row in known]
    there = {row.code for row in chosen}
    further = sorted((names.get(code, code), code) for code in countries() - there)
    context = {"chosen": chosen, "further": further, "year": year}
    return render(request, "settings/holidays.html", context, status=status)
