"""Cards of countries, which everybody who answers keeps and may hide from their own sight."""

from __future__ import annotations

from typing import Any

from babel import Locale
from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from heard.voice.markets import (
    LONGEST,
    LONGEST_NOTES,
    BadCard,
    WantedCard,
    add_starter_cards,
    hide_card,
    remove_card,
    write_card,
)
from heard.voice.models import MarketCard
from heard.web.agents import AgentRequest, for_agents
from heard.web.numbers import is_number
from heard.web.times import language_name
from heard.workspaces.holidays import countries

SAID = ("greeting", "directness", "formality", "taboos", "notes")


class MarketForm(forms.Form):
    country = forms.ChoiceField(label=gettext_lazy("Country"))
    language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        required=False,
        help_text=gettext_lazy(
            "Whoever writes it is taken to be from there, unless their clock says otherwise."
        ),
    )
    greeting = forms.CharField(label=gettext_lazy("Greeting"), max_length=LONGEST, required=False)
    directness = forms.CharField(label=gettext_lazy("Directness"), max_length=LONGEST, required=False)
    formality = forms.CharField(label=gettext_lazy("Form of address"), max_length=LONGEST, required=False)
    taboos = forms.CharField(label=gettext_lazy("Better not"), max_length=LONGEST, required=False)
    notes = forms.CharField(
        label=gettext_lazy("Note"),
        max_length=LONGEST_NOTES,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = sorted((country_name(code), code) for code in countries())
        languages = [(code, language_name(code)) for code, _name in settings.LANGUAGES]
        self.fields["country"].choices = [(code, name) for name, code in named]  # type: ignore[attr-defined]
        self.fields["language"].choices = [("", "–"), *languages]  # type: ignore[attr-defined]


@require_GET
@for_agents
def show(request: AgentRequest) -> HttpResponse:
    cards = sorted(
        ((country_name(card.country), card) for card in MarketCard.objects.visible_to(request.agent)),
        key=lambda one: one[0],
    )
    return render(request, "settings/markets.html", {"cards": cards})


@require_http_methods(["GET", "POST"])
@for_agents
def add(request: AgentRequest) -> HttpResponse:
    return _edit(request, None)


@require_http_methods(["GET", "POST"])
@for_agents
def change(request: AgentRequest, card_id: int) -> HttpResponse:
    return _edit(request, _card(request, card_id))


@require_POST
@for_agents
def remove(request: AgentRequest, card_id: int) -> HttpResponse:
    remove_card(_card(request, card_id), by=request.agent, now=timezone.now())
    messages.success(request, _("Removed."))
    return redirect("settings_markets")


@require_POST
@for_agents
def hide(request: AgentRequest, card_id: int) -> HttpResponse:
    """From the composer it leads back to the ticket."""
    hidden = request.POST.get("hidden") == "yes"
    hide_card(_card(request, card_id), hidden=hidden, by=request.agent, now=timezone.now())
    ticket = request.POST.get("ticket", "")
    return redirect("ticket", number=int(ticket)) if is_number(ticket) else redirect("settings_markets")


@require_POST
@for_agents
def starter(request: AgentRequest) -> HttpResponse:
    add_starter_cards(by=request.agent, now=timezone.now())
    messages.success(request, _("Saved."))
    return redirect("settings_markets")


def country_name(code: str) -> str:
    return str(Locale.parse(get_language() or "en", sep="-").territories.get(code, code))


def _card(request: AgentRequest, card_id: int) -> MarketCard:
    return get_object_or_404(MarketCard.objects.visible_to(request.agent), pk=card_id)


def _edit(request: AgentRequest, card: MarketCard | None) -> HttpResponse:
    if request.method == "GET":
        as_it_is = {name: getattr(card, name) for name in ("country", "language", *SAID)} if card else {}
        return _page(request, MarketForm(initial=as_it_is), card)
    form = MarketForm(request.POST)
    if not form.is_valid() or not _written(request, form, card):
        return _page(request, form, card, status=422)
    messages.success(request, _("Saved."))
    return redirect("settings_markets")


def _written(request: AgentRequest, form: MarketForm, card: MarketCard | None) -> bool:
    try:
        write_card(card, WantedCard(**form.cleaned_data), by=request.agent, now=timezone.now())
    except BadCard as bad:
        form.add_error(bad.field, _("Another card is for this one.") if bad.code == "taken" else bad.code)
    return not form.errors


def _page(
    request: AgentRequest, form: MarketForm, card: MarketCard | None, status: int = 200
) -> HttpResponse:
    name = country_name(card.country) if card else ""
    return render(request, "settings/market.html", {"form": form, "card": card, "name": name}, status=status)
