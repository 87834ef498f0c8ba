"""What can be typed of a macro. What it means is decided by `heard.replies.write_macro`."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from heard.replies.models import Macro, SavedReply
from heard.replies.write_macro import LONGEST_NAME, LONGEST_SNOOZE, Deeds
from heard.tickets.models import Resolution
from heard.workspaces.models import Agent, Team

ME = "me"


class ReplyChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # no generic at run time
    """By their titles in the language of the pages."""

    def label_from_instance(self, reply: SavedReply) -> str:
        return reply.title(get_language() or "en")


class MacroForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=LONGEST_NAME)
    key = forms.CharField(
        label=_("Letter"),
        max_length=1,
        required=False,
        help_text=_("One letter or digit: pressed after “m”, it runs the macro."),
    )
    reply = ReplyChoice(
        label=_("Saved reply"), queryset=SavedReply.objects.none(), required=False, empty_label=_("None")
    )
    sends = forms.BooleanField(
        label=_("Send it at once"),
        required=False,
        help_text=_(
            "Only if nothing is left to fill in and the check finds nothing. Otherwise it waits in the composer."
        ),
    )
    assignee = forms.ChoiceField(label=_("Assign to"), required=False)
    team = forms.ModelChoiceField(
        label=_("Team"), queryset=Team.objects.none(), required=False, empty_label=_("As it is")
    )
    tags = forms.CharField(
        label=_("Tags"), max_length=1000, required=False, help_text=_("With commas between them.")
    )
    snooze_hours = forms.IntegerField(
        label=_("Snooze for hours"),
        min_value=1,
        max_value=LONGEST_SNOOZE,
        required=False,
        help_text=_("For macros without a reply: after one, nobody waits any more."),
    )
    resolution = forms.ChoiceField(
        label=_("Resolve as"), choices=[("", _("Do not resolve")), *Resolution.choices], required=False
    )
    resolution_note = forms.CharField(
        label=_("Why, in a sentence"),
        max_length=1000,
        required=False,
        help_text=_("Needed for every end but “Solved”."),
    )

    def __init__(self, *args: Any, agent: Agent, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        replies = SavedReply.objects.visible_to(agent).filter(archived_at=None)
        colleagues = Agent.objects.visible_to(agent).filter(is_active=True).order_by("name", "pk")
        self._colleagues = {str(one.pk): one for one in colleagues}
        names = [(pk, one.name) for pk, one in self._colleagues.items()]
        self.fields["reply"].queryset = replies.order_by("pk")  # type: ignore[attr-defined]
        self.fields["team"].queryset = Team.objects.visible_to(agent).order_by("name")  # type: ignore[attr-defined]
        self.fields["assignee"].choices = [  # type: ignore[attr-defined]
            *[("", _("As it is")), (ME, _("Whoever runs it"))],
            *names,
        ]

    @property
    def deeds(self) -> Deeds:
        typed = dict(self.cleaned_data)
        assignee = typed.pop("assignee")
        tags = typed.pop("tags").split(",")
        colleague = self._colleagues.get(assignee)
        return Deeds(**typed, assignee=colleague, assigns_me=assignee == ME, tags=tags)


def as_it_is(macro: Macro) -> dict[str, Any]:
    names = ("name", "key", "reply", "sends", "team", "snooze_hours", "resolution", "resolution_note")
    return {
        **{name: getattr(macro, name) for name in names},
        "assignee": ME if macro.assigns_me else str(macro.assignee_id or ""),
        "tags": ", ".join(macro.tags),
    }
