"""When and in which words Heard asks again by itself."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from heard.following_up.models import FollowUpReply, FollowUpRule, FollowUpText, Kind
from heard.following_up.rules import LONGEST_DAYS, OFF, Rule, change_rule
from heard.following_up.saved import choose_replies
from heard.following_up.texts import LONGEST_TEXT, NUMBER, change_texts, shipped, unknown
from heard.inboxes.models import Inbox
from heard.replies.models import SavedReply
from heard.replies.offered import approved_in
from heard.tickets.numbers import public_number
from heard.web.agents import AgentRequest
from heard.web.settings.gates import for_admins
from heard.web.times import language_name
from heard.workspaces.models import Agent

EXAMPLE_NUMBER = 1042
KINDS = tuple(kind.value for kind in Kind)


def _days(label: Any, hint: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, help_text=hint, required=False, min_value=1, max_value=LONGEST_DAYS
    )


class RuleForm(forms.Form):
    ask_after = _days(
        gettext_lazy("Ask whether it is solved, days after resolving"),
        gettext_lazy("Only where an agent resolved the ticket as solved. Left empty, nobody is asked."),
    )
    remind_after = _days(
        gettext_lazy("Remind once, after days of silence"),
        gettext_lazy("Where we answered and wait for the customer. Left empty, nobody is reminded."),
    )
    close_after = _days(
        gettext_lazy("Close the ticket, days after the reminder"),
        gettext_lazy("The customer is told, and opens it again by writing. Left empty, it stays."),
    )

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        if typed.get("close_after") and not typed.get("remind_after"):
            self.add_error("close_after", _("Only after a reminder: say above when that comes."))
        return typed


class RepliesForm(forms.Form):
    """A saved reply for each, instead of the words."""

    def __init__(self, agent: Agent, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        approved = approved_in(agent.workspace, now=timezone.now()).filter(block=SavedReply.Block.WHOLE)
        known = {one.pk: one for one in approved}
        titled = [(pk, one.title(get_language() or "")) for pk, one in known.items()]
        choices = [("", _("The words below")), *sorted(titled, key=lambda pair: pair[1].casefold())]
        for kind in Kind:
            self.fields[kind.value] = forms.TypedChoiceField(
                label=kind.label,
                choices=choices,
                required=False,
                coerce=lambda pk: known.get(int(pk)),
                empty_value=None,
            )


class TextForm(forms.Form):
    ask = forms.CharField(label=Kind.ASK.label, required=False, max_length=LONGEST_TEXT)
    remind = forms.CharField(label=Kind.REMIND.label, required=False, max_length=LONGEST_TEXT)
    close = forms.CharField(label=Kind.CLOSE.label, required=False, max_length=LONGEST_TEXT)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for shown in self.fields.values():
            shown.widget = forms.Textarea(attrs={"rows": 5})

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        for name, text in typed.items():
            if wrong := unknown(text):
                words = _("There is no placeholder %(wrong)s. Use one of those below.")
                self.add_error(name, words % {"wrong": ", ".join(wrong)})
        return typed


@require_http_methods(["GET", "POST"])
@for_admins
def show(request: AgentRequest) -> HttpResponse:
    return _rule(request, None)


@require_http_methods(["GET", "POST"])
@for_admins
def inbox(request: AgentRequest, inbox_id: int) -> HttpResponse:
    """One inbox that asks at other times, or never."""
    return _rule(request, get_object_or_404(_inboxes(request), pk=inbox_id))


@require_http_methods(["GET", "POST"])
@for_admins
def text(request: AgentRequest, language: str) -> HttpResponse:
    if language not in dict(settings.LANGUAGES):
        raise Http404
    own = FollowUpText.objects.visible_to(request.agent).filter(language=language).first()
    typed = {kind: getattr(own, kind) for kind in KINDS} if own else {}
    form = TextForm(request.POST or None, initial=typed)
    if request.method == "GET" or not form.is_valid() or "preview" in request.POST:
        return _text_page(request, form, language)
    change_texts(
        request.agent.workspace,
        language=language,
        texts=form.cleaned_data,
        by=request.agent,
        now=timezone.now(),
    )
    messages.success(request, _("Saved."))
    return redirect("settings_follow_up_text", language=language)


@require_POST
@for_admins
def replies(request: AgentRequest) -> HttpResponse:
    form = RepliesForm(request.agent, request.POST)
    if form.is_valid():
        choose_replies(request.agent.workspace, form.cleaned_data, by=request.agent, now=timezone.now())
        messages.success(request, _("Saved."))
    else:
        messages.error(request, _("Choose replies that everybody may use."))
    return redirect("settings_follow_up")


def _rule(request: AgentRequest, inbox: Inbox | None) -> HttpResponse:
    workspace, now = request.agent.workspace, timezone.now()
    row = FollowUpRule.objects.visible_to(request.agent).filter(inbox=inbox).first()
    if request.method == "POST" and "as_others" in request.POST and inbox is not None:
        change_rule(workspace, None, inbox=inbox, by=request.agent, now=now)
        messages.success(request, _("Saved."))
        return redirect("settings_follow_up")
    begins = asdict(Rule(row.ask_after, row.remind_after, row.close_after) if row else OFF)
    form = RuleForm(request.POST or None, initial=begins)
    if request.method == "GET" or not form.is_valid():
        return _page(request, form, inbox, has_own=row is not None)
    change_rule(workspace, Rule(**form.cleaned_data), inbox=inbox, by=request.agent, now=now)
    messages.success(request, _("Saved."))
    return redirect("settings_follow_up")


def _page(request: AgentRequest, form: RuleForm, inbox: Inbox | None, *, has_own: bool) -> HttpResponse:
    own = set(FollowUpText.objects.visible_to(request.agent).values_list("language", flat=True))
    ruled = set(FollowUpRule.objects.visible_to(request.agent).values_list("inbox", flat=True))
    context = {
        "form": form,
        "inbox": inbox,
        "has_own": has_own,
        "replies": None if inbox else _replies(request.agent),
        "inboxes": [(one, one.pk in ruled) for one in _inboxes(request)],
        "languages": [(code, language_name(code), code in own) for code, _name in settings.LANGUAGES],
    }
    status = 422 if form.errors else 200
    return render(request, "settings/following_up.html", context, status=status)


def _replies(agent: Agent) -> RepliesForm:
    chosen = FollowUpReply.objects.visible_to(agent).values_list("kind", "reply")
    return RepliesForm(agent, initial=dict(chosen))


def _text_page(request: AgentRequest, form: TextForm, language: str) -> HttpResponse:
    ours, number = shipped(language), public_number(request.agent.workspace, EXAMPLE_NUMBER)
    typed = {kind: str(form[kind].value() or "").strip() or ours[kind] for kind in KINDS}
    context = {
        "form": form,
        "code": language,
        "language_name": language_name(language),
        "previews": [(Kind(kind).label, typed[kind].replace(NUMBER, number)) for kind in KINDS],
    }
    status = 422 if form.errors else 200
    return render(request, "settings/following_up_text.html", context, status=status)


def _inboxes(request: AgentRequest) -> Any:
    known = Inbox.objects.visible_to(request.agent).exclude(state=Inbox.State.DISCONNECTED)
    return known.order_by("name", "pk")
