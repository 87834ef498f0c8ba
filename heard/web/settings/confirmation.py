"""What customers hear as soon as their message has arrived."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from heard.confirming.change import LONGEST_TEXT, BadText, change_confirming, change_text
from heard.confirming.expected import Expected, expected
from heard.confirming.fill import PLACEHOLDERS, fill, unknown
from heard.confirming.models import ConfirmingGoal, ConfirmingText
from heard.confirming.switches import confirmable, switched_on
from heard.confirming.texts import Texts, expected_words, shipped_texts, subject
from heard.env import env
from heard.inboxes.models import Inbox
from heard.tickets.finding_words import finding_words
from heard.tickets.numbers import public_number
from heard.tickets.status_link import status_link
from heard.web.agents import AgentRequest
from heard.web.settings.gates import for_admins
from heard.web.times import language_name
from heard.workspaces.hours import Hours, hours_of
from heard.workspaces.models import Agent

EXAMPLE_NUMBER = 1042
GOALS = [
    ("", gettext_lazy("Say nothing")),
    ("30", gettext_lazy("30 minutes")),
    ("60", gettext_lazy("1 hour")),
    ("120", gettext_lazy("2 hours")),
    ("240", gettext_lazy("4 hours")),
    ("480", gettext_lazy("8 hours")),
    ("1440", gettext_lazy("24 hours")),
]


class ConfirmationForm(forms.Form):
    inboxes = forms.MultipleChoiceField(
        label=gettext_lazy("Inboxes that confirm"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Public comments are never confirmed."),
    )
    goal_minutes = forms.TypedChoiceField(
        label=gettext_lazy("Where too little is known to say when you usually answer"),
        choices=GOALS,
        required=False,
        coerce=int,
        empty_value=None,
        help_text=gettext_lazy("In opening hours. With ten answers in two weeks the time is measured."),
    )

    def __init__(self, *args: Any, inboxes: Sequence[Inbox], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["inboxes"].choices = [(str(one.pk), one.name) for one in inboxes]  # type: ignore[attr-defined]


class TextForm(forms.Form):
    within = forms.CharField(
        label=gettext_lazy("While somebody is there"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    outside = forms.CharField(
        label=gettext_lazy("While nobody is there"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 8}),
    )

    def clean_within(self) -> str:
        return self._known("within")

    def clean_outside(self) -> str:
        return self._known("outside")

    def _known(self, field: str) -> str:
        text: str = self.cleaned_data[field]
        if wrong := unknown(text):
            words = _("There is no placeholder %(wrong)s. Use one of those below.")
            raise forms.ValidationError(words % {"wrong": ", ".join(wrong)})
        return text


@dataclass(frozen=True)
class Row:
    """One language and whose words are said in it."""

    code: str
    name: str
    own: bool


@require_http_methods(["GET", "POST"])
@for_admins
def show(request: AgentRequest) -> HttpResponse:
    inboxes = _inboxes(request.agent)
    if request.method == "GET":
        return _page(request, ConfirmationForm(inboxes=inboxes, initial=_as_it_is(request.agent, inboxes)))
    form = ConfirmationForm(request.POST, inboxes=inboxes)
    if not form.is_valid():
        return _page(request, form, status=422)
    change_confirming(
        request.agent.workspace,
        on={int(pk) for pk in form.cleaned_data["inboxes"]},
        goal_minutes=form.cleaned_data["goal_minutes"],
        by=request.agent,
        now=timezone.now(),
    )
    messages.success(request, _("Saved."))
    return redirect("settings_confirmation")


@require_http_methods(["GET", "POST"])
@for_admins
def text(request: AgentRequest, language: str) -> HttpResponse:
    if language not in dict(settings.LANGUAGES):
        raise Http404
    workspace = request.agent.workspace
    if request.method == "GET":
        own = ConfirmingText.objects.visible_to(request.agent).filter(language=language).first()
        typed = {"within": own.within, "outside": own.outside} if own else {}
        return _text_page(request, TextForm(initial=typed), language)
    form = TextForm(request.POST)
    if not form.is_valid():
        return _text_page(request, form, language, status=422)
    if "preview" in request.POST:
        return _text_page(request, form, language)
    try:
        change_text(workspace, language=language, **form.cleaned_data, by=request.agent, now=timezone.now())
    except BadText as bad:
        form.add_error(None, [finding_words(one) for one in bad.findings])
        return _text_page(request, form, language, status=422)
    messages.success(request, _("Saved."))
    return redirect("settings_confirmation_text", language=language)


def _page(request: AgentRequest, form: ConfirmationForm, status: int = 200) -> HttpResponse:
    own = set(ConfirmingText.objects.visible_to(request.agent).values_list("language", flat=True))
    rows = [Row(code, language_name(code), code in own) for code, _name in settings.LANGUAGES]
    context = {"form": form, "rows": rows, "there_are_inboxes": bool(form.fields["inboxes"].choices)}  # type: ignore[attr-defined]
    return render(request, "settings/confirmation.html", context, status=status)


def _text_page(request: AgentRequest, form: TextForm, language: str, status: int = 200) -> HttpResponse:
    ours, now = shipped_texts(language), timezone.now()
    context = {
        "form": form,
        "language_name": language_name(language),
        "code": language,
        "ours": ours,
        "placeholders": PLACEHOLDERS,
        "previews": _previews(request.agent, form, ours, now=now),
    }
    return render(request, "settings/confirmation_text.html", context, status=status)


@dataclass(frozen=True)
class Preview:
    """`subject` is of mails; the other ways have none."""

    subject: str
    within: str
    outside: str


def _previews(agent: Agent, form: TextForm, ours: Texts, *, now: datetime) -> Preview:
    """With the time that would be said now, or an example of one."""
    workspace, hours = agent.workspace, hours_of(agent.workspace)
    number = public_number(workspace, EXAMPLE_NUMBER)
    values = {
        "number": number,
        "name": "Jana",
        "expected": expected_words(_now(agent, hours, now=now), hours=hours, now=now, language=ours.language),
        "link": status_link(workspace, EXAMPLE_NUMBER, public_url=env().public_url).rsplit("/", 1)[0] + "/…",
    }
    typed = {name: str(form[name].value() or "").strip() for name in ("within", "outside")}
    return Preview(
        subject(number, language=ours.language),
        fill(typed["within"] or ours.within, values),
        fill(typed["outside"] or ours.outside, values),
    )


def _now(agent: Agent, hours: Hours, *, now: datetime) -> Expected | None:
    on = switched_on(inboxes := _inboxes(agent))
    inbox = next((inbox for inbox in inboxes if inbox.pk in on), None)
    return expected(inbox, hours=hours, now=now) if inbox else None


def _inboxes(agent: Agent) -> list[Inbox]:
    known = Inbox.objects.visible_to(agent).exclude(state=Inbox.State.DISCONNECTED)
    return confirmable(known.order_by("name", "pk"))


def _as_it_is(agent: Agent, inboxes: Sequence[Inbox]) -> dict[str, object]:
    goal = ConfirmingGoal.objects.visible_to(agent).values_list("minutes", flat=True).first()
    return {"inboxes": [str(pk) for pk in switched_on(inboxes)], "goal_minutes": str(goal or "")}
