"""The table of facts: everybody reads it and adds to it, owners and admins change it. In and out by CSV."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from heard.facts.models import Fact
from heard.facts.write import (
    LONGEST_NAME,
    LONGEST_NOTE,
    LONGEST_VALUE,
    BadTruth,
    NotYours,
    WantedFact,
    may_change,
    remove_fact,
    still_right,
    write_fact,
)
from heard.replies.exchange.facts_csv import Brought, bring_in_facts, written_facts
from heard.replies.exchange.record import MOST_BYTES, Unreadable
from heard.replies.of_facts import replies_by_fact
from heard.web.agents import AgentRequest, for_agents
from heard.web.replies.exchange import remark_words
from heard.web.replies.found import today_of
from heard.web.settings.gates import for_admins
from heard.web.times import language_name
from heard.workspaces.models import Agent

# So long a fact that somebody looked at is taken to be right.
RIGHT_FOR: Final = timedelta(days=90)


class FactForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=LONGEST_NAME)
    key = forms.RegexField(
        label=gettext_lazy("Short name"),
        regex=r"^[a-z][a-z0-9_]{0,39}$",
        help_text=gettext_lazy("Saved replies say it as {fact:return_period}. Small letters, digits and _."),
    )
    value_ = forms.CharField(label=gettext_lazy("Value"), max_length=LONGEST_VALUE, required=False)
    review_on = forms.DateField(
        label=gettext_lazy("Right until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("From the next day on, whoever writes it is asked to check it."),
    )
    owner = forms.ModelChoiceField(
        label=gettext_lazy("Owner"),
        queryset=Agent.objects.none(),
        required=False,
        empty_label=gettext_lazy("Nobody owns it"),
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        max_length=LONGEST_NOTE,
        required=False,
        help_text=gettext_lazy("Where one can look it up."),
    )

    def __init__(self, *args: Any, agent: Agent, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for language, _name in settings.LANGUAGES:
            self.fields[f"value_{language}"] = forms.CharField(
                label=language_name(language), max_length=LONGEST_VALUE, required=False
            )
        here = Agent.objects.visible_to(agent).filter(is_active=True).order_by("name", "pk")
        self.fields["owner"].queryset = here  # type: ignore[attr-defined]
        if not agent.is_admin:
            del self.fields["owner"]

    @property
    def wanted(self) -> WantedFact:
        typed = self.cleaned_data
        return WantedFact(
            key=typed["key"],
            name=typed["name"],
            values={language: typed[f"value_{language}"] for language in ("", *dict(settings.LANGUAGES))},
            owner=typed.get("owner"),
            review_on=typed["review_on"],
            note=typed["note"],
        )


@require_GET
@for_agents
def show(request: AgentRequest) -> HttpResponse:
    facts = list(Fact.objects.visible_to(request.agent).select_related("owner").order_by("name", "pk"))
    context = {
        "facts": facts,
        "replies": replies_by_fact(facts, request.agent),
        "today": today_of(request.agent),
        "may_change": may_change,
    }
    return render(request, "settings/facts.html", context)


@require_http_methods(["GET", "POST"])
@for_agents
def add(request: AgentRequest) -> HttpResponse:
    return _edit(request, None)


@require_http_methods(["GET", "POST"])
@for_agents
def change(request: AgentRequest, fact_id: int) -> HttpResponse:
    return _edit(request, _fact(request, fact_id))


@require_POST
@for_agents
def checked(request: AgentRequest, fact_id: int) -> HttpResponse:
    """Somebody looked, and it is still right."""
    until = today_of(request.agent) + RIGHT_FOR
    try:
        still_right(_fact(request, fact_id), until=until, by=request.agent, now=timezone.now())
    except NotYours:
        return _refused(request)
    messages.success(request, _("Saved."))
    return redirect("settings_facts")


@require_POST
@for_agents
def remove(request: AgentRequest, fact_id: int) -> HttpResponse:
    try:
        remove_fact(_fact(request, fact_id), by=request.agent, now=timezone.now())
    except NotYours:
        return _refused(request)
    messages.success(request, _("Removed."))
    return redirect("settings_facts")


@require_GET
@for_agents
def export(request: AgentRequest) -> HttpResponse:
    facts = Fact.objects.visible_to(request.agent).select_related("owner__user").order_by("key")
    response = HttpResponse(written_facts(facts), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="facts.csv"'
    response.headers["Cache-Control"] = "no-store"
    return response


@require_http_methods(["GET", "POST"])
@for_admins
def bring_in(request: AgentRequest) -> HttpResponse:
    """Looked at first; what was looked at comes back with the second click."""
    if request.method == "GET":
        return render(request, "settings/facts_in.html", {"text": ""})
    sent = request.FILES.get("file")
    if sent is not None and (sent.size or 0) > MOST_BYTES:
        return _unread(request, _("A file may have %(most)s MB at most.") % {"most": MOST_BYTES >> 20})
    content = sent.read() if sent is not None else request.POST.get("text", "").encode()
    dry = request.POST.get("action") != "bring in"
    try:
        brought = bring_in_facts(content, by=request.agent, now=timezone.now(), dry=dry)
    except Unreadable as unreadable:
        return _unread(request, remark_words(unreadable.remark))
    if dry or brought.wrong:
        return _looked_at(request, content, brought)
    messages.success(request, _("Saved."))
    return redirect("settings_facts")


def _looked_at(request: AgentRequest, content: bytes, brought: Brought) -> HttpResponse:
    context = {"text": content.decode("utf-8-sig"), "brought": brought, "remark_words": remark_words}
    return render(request, "settings/facts_in.html", context, status=422 if brought.wrong else 200)


def _unread(request: AgentRequest, problem: str) -> HttpResponse:
    return render(request, "settings/facts_in.html", {"text": "", "problem": problem}, status=422)


def _fact(request: AgentRequest, fact_id: int) -> Fact:
    return get_object_or_404(Fact.objects.visible_to(request.agent), pk=fact_id)


def _refused(request: AgentRequest) -> HttpResponse:
    return render(request, "errors/forbidden.html", {"admins_only": True}, status=403)


def _edit(request: AgentRequest, fact: Fact | None) -> HttpResponse:
    if fact is not None and not may_change(fact, request.agent):
        return _refused(request)
    if request.method == "GET":
        return _page(request, FactForm(initial=_as_it_is(fact), agent=request.agent), fact)
    form = FactForm(request.POST, agent=request.agent)
    if not form.is_valid() or not _written(request, form, fact):
        return _page(request, form, fact, status=422)
    messages.success(request, _("Saved."))
    return redirect("settings_facts")


def _written(request: AgentRequest, form: FactForm, fact: Fact | None) -> bool:
    try:
        write_fact(fact, form.wanted, by=request.agent, now=timezone.now())
    except BadTruth as bad:
        problems = {
            "taken": _("Another one has this name."),
            "many": _("That is more than fits here."),
            "missing": _("Say it in one language at least."),
        }
        place = "value_" if bad.field == "values" else bad.field
        form.add_error(place, problems.get(bad.code, _("That cannot be chosen here.")))
    return not form.errors


def _as_it_is(fact: Fact | None) -> dict[str, Any]:
    if fact is None:
        return {}
    told = {name: getattr(fact, name) for name in ("name", "key", "review_on", "owner", "note")}
    return told | {f"value_{language}": value for language, value in fact.values.items()}


def _page(request: AgentRequest, form: FactForm, fact: Fact | None, status: int = 200) -> HttpResponse:
    values = [form[f"value_{language}"] for language, _name in settings.LANGUAGES]
    return render(
        request, "settings/fact.html", {"form": form, "fact": fact, "values": values}, status=status
    )
