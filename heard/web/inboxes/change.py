"""How an inbox is shown here, and who looks after it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from heard.channels.contract import Kind
from heard.inboxes.change import Signs, change
from heard.inboxes.models import Inbox
from heard.tickets.sign import unknown_in
from heard.web.agents import AgentRequest
from heard.web.inboxes.found import inbox_or_404
from heard.web.settings.gates import for_admins
from heard.workspaces.models import Agent, Team

PUBLIC = frozenset({Kind.COMMENT, Kind.MENTION, Kind.REVIEW, Kind.POST})
SEVERAL = ("", gettext_lazy("Several, or another one"))


SIGNS = ("sign_public", "sign_private", "sign_mail")


def _signs_of(inbox: Inbox) -> set[str]:
    """Where an answer through this inbox may be read."""
    abilities = inbox.abilities
    shown = {"sign_mail"} if abilities.letters else set()
    shown |= {"sign_public"} if abilities.replies & PUBLIC else set()
    return shown | ({"sign_private"} if abilities.replies - PUBLIC - abilities.letters else set())


class InboxForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    colour = forms.RegexField(
        label=gettext_lazy("Colour"),
        regex=r"^#[0-9a-fA-F]{6}$",
        widget=forms.TextInput(attrs={"type": "color"}),
        help_text=gettext_lazy("Marks its tickets in the lists."),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of its customers"),
        choices=[SEVERAL, *settings.LANGUAGES],
        required=False,
        help_text=gettext_lazy("Where a message is too short to tell, Heard takes this one."),
    )
    team = forms.ModelChoiceField(
        label=gettext_lazy("Team"),
        queryset=Team.objects.none(),
        required=False,
        empty_label=gettext_lazy("No team"),
    )
    extended_window = forms.BooleanField(
        label=gettext_lazy("The network approved the longer time for answers by people"),
        required=False,
        help_text=gettext_lazy(
            "Switch it on only when your app has that right: otherwise late answers are refused."
        ),
    )

    sign_public = forms.CharField(
        label=gettext_lazy("Below public answers"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Many write ^{initials}. It counts towards the network's length."),
    )
    sign_private = forms.CharField(
        label=gettext_lazy("Below private answers"),
        required=False,
        max_length=500,
        help_text=gettext_lazy("Known are {initials}, {name}, {inbox} and {workspace}. Empty: nothing."),
    )
    sign_mail = forms.CharField(
        label=gettext_lazy("Below mails"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy(
            "Known are {initials}, {name}, {inbox} and {workspace}. Empty: the signature of the mailbox."
        ),
    )

    def __init__(self, *args: Any, inbox: Inbox, agent: Agent, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        teams = Team.objects.visible_to(agent).order_by("name")
        self.fields["team"].queryset = teams  # type: ignore[attr-defined]
        if inbox.abilities.extended_within is None:
            del self.fields["extended_window"]
        for name in set(SIGNS) - _signs_of(inbox):
            del self.fields[name]

    def clean_sign_public(self) -> str:
        return self._known("sign_public")

    def clean_sign_private(self) -> str:
        return self._known("sign_private")

    def clean_sign_mail(self) -> str:
        return self._known("sign_mail")

    def _known(self, field: str) -> str:
        pattern: str = self.cleaned_data[field]
        if wrong := unknown_in(pattern):
            words = _("Nobody can fill {names}.")
            raise forms.ValidationError(words.format(names=", ".join(f"{{{name}}}" for name in wrong)))
        return pattern.replace("\r\n", "\n").strip()

    def clean_colour(self) -> str:
        return str(self.cleaned_data["colour"]).lower()


@require_http_methods(["GET", "POST"])
@for_admins
def show(request: AgentRequest, inbox_id: int) -> HttpResponse:
    inbox = inbox_or_404(request, inbox_id)
    as_it_is = {
        name: getattr(inbox, name)
        for name in ("name", "colour", "language", "team", "extended_window", *SIGNS)
    }
    form = InboxForm(request.POST or None, inbox=inbox, agent=request.agent, initial=as_it_is)
    if request.method == "GET" or not form.is_valid():
        context = {"inbox": inbox, "form": form}
        return render(request, "inboxes/change.html", context, status=422 if form.errors else 200)
    wanted = {**{name: as_it_is[name] for name in ("extended_window", *SIGNS)}, **form.cleaned_data}
    signs = Signs(**{name: wanted.pop(name) for name in SIGNS})
    change(inbox, **wanted, signs=signs, by=request.agent, now=timezone.now())
    messages.success(request, _("Saved."))
    return redirect("inbox", inbox_id=inbox.pk)
