"""What can be typed into the settings. What it means is decided by the verbs in heard.people."""

from __future__ import annotations

from typing import Any, Final, cast
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from heard.accounts.models import User
from heard.people.workspace import LONGEST_REOPEN_HOURS, LONGEST_UNDO_SECONDS, PREFIX
from heard.workspaces.models import Agent, Workspace

ROLES = [
    (Agent.Role.AGENT, _("Agent: answers customers")),
    (Agent.Role.ADMIN, _("Admin: also changes settings")),
]
FOR_ADMINS: Final = frozenset({Agent.Mailed.ISSUES})
THEMES = [
    (User.Theme.SYSTEM, _("As the device")),
    (User.Theme.LIGHT, _("Light")),
    (User.Theme.DARK, _("Dark")),
]


def zones() -> list[tuple[str, str]]:
    named = (zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/"))
    return [("UTC", "UTC"), *((zone, zone.replace("_", " ")) for zone in sorted(named))]


def language_field(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=settings.LANGUAGES)


class ProfileForm(forms.Form):
    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        help_text=_("Your colleagues see it, and customers where the network shows who writes."),
    )
    alias = forms.CharField(
        label=_("Name for customers"),
        max_length=120,
        required=False,
        help_text=_("What answers are signed with. Left empty, it is the name above."),
    )
    initials = forms.CharField(
        label=_("Initials"),
        max_length=6,
        required=False,
        help_text=_(
            "Below public answers, where the inbox signs with them. Left empty, they are made of the name."
        ),
    )
    gender = forms.ChoiceField(
        label=_("Grammar"),
        choices=Agent.Gender.choices,
        required=False,
        help_text=_("For languages in which a verb says it: “I have sent” differs for a woman and a man."),
    )
    language = language_field(_("Language of these pages"))
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=zones)
    theme = forms.ChoiceField(label=_("Look"), choices=THEMES, widget=forms.RadioSelect)
    mailed = forms.MultipleChoiceField(
        label=_("Tell me by e-mail, too"),
        choices=Agent.Mailed.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, is_admin: bool = False, **kwargs: Any) -> None:
        """Some mails are for admins alone."""
        super().__init__(*args, **kwargs)
        offered = [choice for choice in Agent.Mailed.choices if is_admin or choice[0] not in FOR_ADMINS]
        cast("forms.MultipleChoiceField", self.fields["mailed"]).choices = offered


class WorkspaceForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    language = language_field(_("Language for new people"))
    time_zone = forms.ChoiceField(
        label=_("Time zone"), choices=zones, help_text=_("For new people, and for reports.")
    )
    undo_seconds = forms.IntegerField(
        label=_("Seconds to take an answer back"),
        min_value=0,
        max_value=LONGEST_UNDO_SECONDS,
        help_text=_("So long an answer waits before it goes out. 0 sends at once."),
    )
    reopen_within_hours = forms.IntegerField(
        label=_("Hours in which a resolved conversation goes on"),
        min_value=1,
        max_value=LONGEST_REOPEN_HOURS,
        help_text=_("A direct message that comes later opens a new ticket, linked to the old one."),
    )
    number_prefix = forms.CharField(
        label=_("Letters before ticket numbers"),
        max_length=6,
        help_text=_("Customers see them: HRD-1042-K7. Two to six capital letters and digits."),
    )
    posts_need_approval = forms.BooleanField(
        label=_("A second person approves what is published"),
        required=False,
        help_text=_("Posts then wait until somebody other than the one who wrote them lets them out."),
    )
    replies_need_approval = forms.BooleanField(
        label=_("An admin approves the saved replies of agents"),
        required=False,
        help_text=_(
            "New ones then wait, and only their owner and admins see them. While a change waits, the words "
            "approved before are used."
        ),
    )

    def clean_number_prefix(self) -> str:
        prefix: str = self.cleaned_data["number_prefix"].upper()
        if not PREFIX.fullmatch(prefix):
            raise forms.ValidationError(_("Two to six capital letters and digits, a letter first."))
        return prefix


class PersonForm(forms.Form):
    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    name = forms.CharField(label=_("Name"), max_length=120)
    role = forms.ChoiceField(
        label=_("Role"), choices=ROLES, initial=Agent.Role.AGENT, widget=forms.RadioSelect
    )


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=ROLES, widget=forms.RadioSelect)


class RightsForm(forms.Form):
    may_override = forms.BooleanField(
        label=_("May send what a check stops"),
        required=False,
        help_text=_("It counts where not everybody may: see Checks. Admins always may."),
    )


class SendsForm(forms.Form):
    sends = forms.BooleanField(
        label=_("May send"),
        required=False,
        help_text=_("Without it they write, and a colleague looks each answer over before it goes out."),
    )


class TeamForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    members = forms.ModelMultipleChoiceField(
        label=_("Members"),
        queryset=Agent.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, workspace: Workspace, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = Agent.objects.filter(workspace=workspace, is_active=True).order_by("name", "pk")
        self.fields["members"].queryset = here  # type: ignore[attr-defined]


class TokenForm(forms.Form):
    name = forms.CharField(
        label=_("What is it for?"),
        max_length=120,
        help_text=_("So that you know later which one to revoke: “Monthly report”."),
    )
