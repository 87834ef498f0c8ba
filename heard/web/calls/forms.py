"""What an agent writes down during a call."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from heard.tickets.call import Report
from heard.tickets.models import Call, Ticket
from heard.workspaces.models import Agent

NEW = "new"
LOCAL_TIME = "%Y-%m-%dT%H:%M"
YES_NO = [("", _("Not asked")), ("yes", _("Yes")), ("no", _("No"))]


class _Moment(forms.DateTimeField):
    """In the agent's own zone, as browsers give it."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=LOCAL_TIME)
    input_formats = (LOCAL_TIME, "%Y-%m-%dT%H:%M:%S")


class CallForm(forms.Form):
    number = forms.CharField(
        label=_("Telephone number"),
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )
    direction = forms.ChoiceField(
        label=_("Who called?"),
        choices=[("in", _("They called us")), ("out", _("We called them"))],
        widget=forms.RadioSelect,
        initial="in",
    )
    ticket = forms.ChoiceField(label=_("Which matter is it about?"), widget=forms.RadioSelect, initial=NEW)
    at = _Moment(label=_("When"))
    minutes = forms.IntegerField(label=_("How many minutes"), min_value=0, max_value=1440, required=False)
    result = forms.ChoiceField(
        label=_("How it ended"), choices=Call.Result.choices, widget=forms.RadioSelect, initial="reached"
    )
    reporter = forms.CharField(label=_("Who was on the line"), max_length=200, required=False)
    came_by = forms.CharField(
        label=_("How they found us"),
        max_length=100,
        required=False,
        help_text=_("A hotline, a branch office, passed on by somebody."),
    )
    text = forms.CharField(
        label=_("What was said"), max_length=20_000, required=False, widget=forms.Textarea(attrs={"rows": 5})
    )
    issue = forms.CharField(label=_("Kind of issue"), max_length=100, required=False)
    sub_issue = forms.CharField(label=_("More exactly"), max_length=100, required=False)
    severity = forms.ChoiceField(
        label=_("How grave it is"), choices=[("", _("Not said")), *Call.Severity.choices], required=False
    )
    people_affected = forms.IntegerField(
        label=_("How many people are affected"), min_value=0, max_value=2_000_000_000, required=False
    )
    safety_risk = forms.ChoiceField(label=_("Is anybody in danger?"), choices=YES_NO, required=False)
    steps_tried = forms.CharField(
        label=_("What they have tried"),
        max_length=5_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    waits = forms.BooleanField(
        label=_("They still wait for an answer of ours"),
        required=False,
        help_text=_("Otherwise the call itself was the answer."),
    )
    answers = forms.BooleanField(
        label=_("The call answered everything that waited in this ticket"), required=False
    )
    owner = forms.ChoiceField(label=_("Who looks after it"), required=False)
    call_back_at = _Moment(label=_("We promised to call back at"), required=False)
    call_back_note = forms.CharField(label=_("About what"), max_length=500, required=False)

    def __init__(self, *args: Any, agent: Agent, tickets: Sequence[Ticket], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(str(ticket.number), f"#{ticket.number} {ticket.preview[:80]}") for ticket in tickets]
        self.field("ticket").choices = [(NEW, _("A new matter")), *known]
        colleagues = Agent.objects.visible_to(agent).filter(is_active=True).order_by("name", "pk")
        self.field("owner").choices = [
            ("", _("Nobody yet")),
            *((str(one.pk), one.name) for one in colleagues),
        ]
        self.fields["at"].initial = timezone.localtime().strftime(LOCAL_TIME)

    def field(self, name: str) -> Any:
        return self.fields[name]

    def clean_severity(self) -> str:
        return str(self.cleaned_data["severity"] or "")

    def report(self) -> Report:
        given = self.cleaned_data
        words = ("reporter", "came_by", "issue", "sub_issue", "severity", "steps_tried")
        return Report(
            result=Call.Result(given["result"]),
            minutes=given["minutes"],
            people_affected=given["people_affected"],
            safety_risk={"yes": True, "no": False}.get(given["safety_risk"]),
            **{name: given[name] for name in words},
        )
