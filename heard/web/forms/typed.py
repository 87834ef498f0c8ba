"""What can be typed into the builder. What it means is decided by the verbs in heard.forms."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from heard.forms.make import mailboxes
from heard.forms.models import Field, Form, IssueKind
from heard.forms.starters import INDUSTRIES
from heard.inboxes.models import Inbox
from heard.tickets.models import Priority
from heard.workspaces.models import Team, Workspace

ODD = re.compile(r"[^a-z0-9]+")
LONGEST_OPTIONS = 10_000


class NewForm(forms.Form):
    name = forms.CharField(
        label=_("Name"), max_length=120, help_text=_("Among yourselves. What customers read comes next.")
    )
    begins_as = forms.ChoiceField(
        label=_("Begin with"),
        widget=forms.RadioSelect,
        initial="shop",
        help_text=_("The list of issues is made for the trade. Everything can be changed afterwards."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reports = [
            (key, _("Incident report: %(trade)s") % {"trade": _(name)}) for key, name in INDUSTRIES.items()
        ]
        self.fields["begins_as"].choices = [*reports, ("", _("An empty form"))]  # type: ignore[attr-defined]
        self.fields["begins_as"].required = False


class ChangeForm(forms.Form):
    is_on = forms.BooleanField(label=_("The form takes answers"), required=False)
    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("Among yourselves."))
    slug = forms.CharField(
        label=_("Address"),
        max_length=60,
        required=False,
        help_text=_("The last part of the link: small letters, digits and hyphens. Empty: a key by chance."),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=settings.LANGUAGES, widget=forms.CheckboxSelectMultiple
    )
    language = forms.ChoiceField(label=_("Where a text is missing, show it in"), choices=settings.LANGUAGES)
    mailbox = forms.ModelChoiceField(
        label=_("Answers leave by"),
        queryset=Inbox.objects.none(),
        required=False,
        empty_label=_("No mailbox"),
        help_text=_("To the e-mail address that the form asked for. Connect a mailbox first."),
    )
    allowed_domains = forms.CharField(
        label=_("Web sites that may show the form"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One a line: shop.example, *.shop.example. Other sites can only link to it."),
    )

    def __init__(self, *args: Any, workspace: Workspace, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [inbox.pk for inbox in mailboxes(workspace)]
        self.fields["mailbox"].queryset = Inbox.objects.filter(pk__in=known)  # type: ignore[attr-defined]


class QuestionForm(forms.Form):
    label = forms.CharField(label=_("Question"), max_length=500)
    hint = forms.CharField(label=_("Hint"), max_length=500, required=False)
    kind = forms.ChoiceField(label=_("Kind of answer"), choices=Field.Kind.choices)
    required = forms.BooleanField(label=_("An answer is needed"), required=False)
    options = forms.CharField(
        label=_("Answers to choose from"),
        required=False,
        max_length=LONGEST_OPTIONS,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("For choices, one a line."),
    )
    key = forms.CharField(
        label=_("Name in links and programs"),
        max_length=40,
        required=False,
        help_text=_("Small letters, digits and underscores: ?order=A-1042 fills in what is called “order”."),
    )
    shown_when = forms.ModelChoiceField(
        label=_("Ask only after an answer to"),
        queryset=Field.objects.none(),
        required=False,
        empty_label=_("Ask everybody"),
    )
    shown_values = forms.MultipleChoiceField(
        label=_("Only after these answers"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None of them chosen: after any answer."),
    )

    def __init__(
        self, *args: Any, form: Form, before: list[Field], values: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        known = Field.objects.filter(form=form, pk__in=[field.pk for field in before])
        self.fields["shown_when"].queryset = known.order_by("position")  # type: ignore[attr-defined]
        self.fields["shown_values"].choices = values  # type: ignore[attr-defined]
        if not values:
            del self.fields["shown_values"]


class IssueForm(forms.Form):
    parent = forms.ModelChoiceField(
        label=_("Part of"),
        queryset=IssueKind.objects.none(),
        required=False,
        empty_label=_("Stands by itself"),
    )
    is_on = forms.BooleanField(label=_("Customers can choose it"), required=False, initial=True)
    pinned = forms.BooleanField(
        label=_("Stands first"),
        required=False,
        help_text=_("The others stand in the order of how often they were chosen in the last 90 days."),
    )
    asks_text = forms.BooleanField(label=_("Asks for words of their own"), required=False)
    team = forms.ModelChoiceField(
        label=_("Team"), queryset=Team.objects.none(), required=False, empty_label=_("The form's own")
    )
    priority = forms.ChoiceField(label=_("Priority"), choices=Priority.choices, initial=Priority.NORMAL)
    tags = forms.CharField(
        label=_("Tags"), required=False, max_length=900, help_text=_("With commas between them.")
    )

    def __init__(self, *args: Any, workspace: Workspace, issue: IssueKind | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        above = IssueKind.objects.filter(workspace=workspace, parent=None)
        above = above.exclude(pk=issue.pk) if issue else above
        self.fields["parent"].queryset = above.order_by("position")  # type: ignore[attr-defined]
        self.fields["team"].queryset = Team.objects.filter(workspace=workspace)  # type: ignore[attr-defined]
        for code, name in reversed(settings.LANGUAGES):
            field = forms.CharField(label=name, max_length=200, required=code == workspace.language)
            self.fields = {f"label_{code}": field, **self.fields}


class StartForm(forms.Form):
    industry = forms.ChoiceField(label=_("Trade"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["industry"].choices = [(key, _(name)) for key, name in INDUSTRIES.items()]  # type: ignore[attr-defined]


def plain_key(text: str, *, taken: set[str], limit: int = 40) -> str:
    """A name for programs, made from what people read; numbered where that is taken."""
    start = ODD.sub("_", text.lower()).strip("_")[: limit - 4]
    start = start if start[:1].isalpha() else f"q_{start}".strip("_")
    numbered = (f"{start}_{number}" for number in range(2, 200))
    return next(key for key in (start, *numbered) if key not in taken)
