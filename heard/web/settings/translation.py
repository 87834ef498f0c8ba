"""In which languages a workspace speaks: how it addresses people, who translates, and which words stay."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from heard.contacts.address import WHERE_NOBODY_SAID, change_usual_formality
from heard.contacts.models import Formality, UsualFormality
from heard.language.known import LANGUAGES
from heard.translating.glossary import LONGEST, BadTerm, NewTerm, add_term, remove_term
from heard.translating.models import Term, Translator
from heard.translating.setting import AddressNeeded, KeyNeeded, Setting, change_translator, switch_off
from heard.translating.translate import translate, used_in_month
from heard.translating.troubles import WORDS, CannotTranslate
from heard.web.agents import AgentRequest
from heard.web.settings.gates import for_admins, proved
from heard.web.tickets.tongue import provider_name
from heard.web.times import language_name
from heard.workspaces.models import Agent

MOST_CAP = 1_000_000_000
# A sentence that every service knows, and that says nothing about anybody.
TRIED = "Good morning. Thank you for your patience."


class TranslatorForm(forms.Form):
    provider = forms.ChoiceField(
        label=gettext_lazy("Service"), choices=Translator.Provider.choices, widget=forms.RadioSelect
    )
    base_url = forms.URLField(
        label=gettext_lazy("Address of the server"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=gettext_lazy("For LibreTranslate: https://translate.example.com. DeepL has its own."),
    )
    key = forms.CharField(
        label=gettext_lazy("Key"),
        required=False,
        max_length=200,
        strip=True,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy(
            "Kept encrypted and never shown again. Leave it empty to keep the one that is there."
        ),
    )
    monthly_cap = forms.IntegerField(
        label=gettext_lazy("Characters a month at most"),
        required=False,
        min_value=0,
        max_value=MOST_CAP,
        help_text=gettext_lazy("Empty: as many as the service allows."),
    )


def _languages() -> list[tuple[str, str]]:
    named = sorted(((code, language_name(code)) for code in LANGUAGES), key=lambda one: one[1].casefold())
    return [("", _("All languages")), *named]


class TermForm(forms.Form):
    text = forms.CharField(label=gettext_lazy("Word"), max_length=LONGEST)
    translation = forms.CharField(
        label=gettext_lazy("Always translated as"),
        max_length=LONGEST,
        required=False,
        help_text=gettext_lazy("Empty: it stays as it is."),
    )
    source = forms.ChoiceField(label=gettext_lazy("From"), choices=_languages, required=False)
    target = forms.ChoiceField(label=gettext_lazy("Into"), choices=_languages, required=False)


class AddressForm(forms.Form):
    """One choice for each language that we answer in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, _name in settings.LANGUAGES:
            self.fields[code] = forms.ChoiceField(label=language_name(code), choices=Formality.choices)


@dataclass(frozen=True)
class State:
    """How the service fares."""

    row: Translator
    used: int

    @property
    def name(self) -> str:
        return provider_name(self.row.provider)

    @property
    def problem(self) -> str:
        return str(WORDS[self.row.problem]) if self.row.problem in WORDS else ""

    @property
    def share(self) -> Decimal | None:
        """Of the cap, from 0 to 1."""
        cap = self.row.monthly_cap
        return min(Decimal(1), Decimal(self.used) / cap) if cap else None


@require_safe
@for_admins
def show(request: AgentRequest) -> HttpResponse:
    return _page(request)


@require_http_methods(["GET", "POST"])
@for_admins
@proved
def translator(request: AgentRequest) -> HttpResponse:
    if request.method == "GET":
        return _translator_page(request, TranslatorForm(initial=_as_it_is(request.agent)))
    form = TranslatorForm(request.POST)
    if not form.is_valid():
        return _translator_page(request, form, status=422)
    asked = form.cleaned_data
    setting = Setting(
        Translator.Provider(asked["provider"]),
        asked["base_url"].rstrip("/"),
        asked["key"] or None,
        asked["monthly_cap"],
    )
    try:
        change_translator(request.agent.workspace, setting, by=request.agent, now=timezone.now())
    except KeyNeeded:
        form.add_error("key", _("Enter the key. One that was kept for another address is not used here."))
        return _translator_page(request, form, status=422)
    except AddressNeeded:
        form.add_error("base_url", _("Enter the address of your server."))
        return _translator_page(request, form, status=422)
    messages.success(request, _("Saved. Try it now."))
    return redirect("settings_translation")


@require_POST
@for_admins
def test(request: AgentRequest) -> HttpResponse:
    """One sentence of ours, there and then."""
    own = request.agent.user.language
    target = own if own != "en" else "de"
    try:
        [told] = translate(request.agent.workspace, [TRIED], source="en", target=target, now=timezone.now())
    except CannotTranslate as failed:
        messages.error(request, f"{failed.words} {failed.detail}".strip())
    else:
        messages.success(request, _("It works: “%(text)s”") % {"text": told.text})
    return redirect("settings_translation")


@require_POST
@for_admins
def off(request: AgentRequest) -> HttpResponse:
    switch_off(request.agent.workspace, by=request.agent, now=timezone.now())
    messages.success(request, _("Nothing is translated any more, and the key is destroyed."))
    return redirect("settings_translation")


@require_POST
@for_admins
def address(request: AgentRequest) -> HttpResponse:
    form = AddressForm(request.POST)
    if not form.is_valid():
        return _page(request, address_form=form, status=422)
    usual = {code: Formality(value) for code, value in form.cleaned_data.items()}
    change_usual_formality(request.agent.workspace, usual, by=request.agent, now=timezone.now())
    messages.success(request, _("Saved."))
    return redirect("settings_translation")


@require_POST
@for_admins
def term_add(request: AgentRequest) -> HttpResponse:
    form = TermForm(request.POST)
    if not form.is_valid():
        return _page(request, term_form=form, status=422)
    asked = form.cleaned_data
    wanted = NewTerm(asked["text"], asked["source"], asked["target"], asked["translation"])
    try:
        add_term(request.agent.workspace, wanted, by=request.agent, now=timezone.now())
    except BadTerm:
        form.add_error("target", _("Say into which language it is translated like that."))
        return _page(request, term_form=form, status=422)
    messages.success(request, _("Added."))
    return redirect("settings_translation")


@require_POST
@for_admins
def term_remove(request: AgentRequest, term_id: int) -> HttpResponse:
    term = get_object_or_404(Term.objects.visible_to(request.agent), pk=term_id)
    remove_term(term, by=request.agent, now=timezone.now())
    messages.success(request, _("Removed."))
    return redirect("settings_translation")


def _page(
    request: AgentRequest,
    *,
    address_form: AddressForm | None = None,
    term_form: TermForm | None = None,
    status: int = 200,
) -> HttpResponse:
    row = Translator.objects.visible_to(request.agent).first()
    context = {
        "state": State(row, used_in_month(row.workspace_id, now=timezone.now())) if row else None,
        "terms": Term.objects.visible_to(request.agent).order_by("text", "source", "target"),
        "address_form": address_form or AddressForm(initial=_usual(request.agent)),
        "term_form": term_form or TermForm(),
        "now": timezone.now(),
    }
    return render(request, "settings/translation.html", context, status=status)


def _translator_page(request: AgentRequest, form: TranslatorForm, status: int = 200) -> HttpResponse:
    return render(request, "settings/translator.html", {"form": form}, status=status)


def _usual(agent: Agent) -> dict[str, str]:
    known = UsualFormality.objects.visible_to(agent).values_list("language", "formality")
    return {code: WHERE_NOBODY_SAID.value for code, _name in settings.LANGUAGES} | dict(known)


def _as_it_is(agent: Agent) -> dict[str, Any]:
    row = Translator.objects.visible_to(agent).first()
    if row is None:
        return {"provider": Translator.Provider.LIBRETRANSLATE}
    return {"provider": row.provider, "base_url": row.base_url, "monthly_cap": row.monthly_cap}
