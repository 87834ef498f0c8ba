"""A letter that we write first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from heard.inboxes.models import Inbox
from heard.tickets.begin import LONGEST_SUBJECT
from heard.web.mails.addresses import several


class MailForm(forms.Form):
    inbox = forms.ChoiceField(label=_("From"))
    address = forms.CharField(
        label=_("To"), max_length=200, widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    name = forms.CharField(label=_("Name of the customer"), max_length=200, required=False)
    copies = forms.CharField(
        label=_("Copy to"),
        max_length=2_000,
        required=False,
        help_text=_("Addresses with commas between them."),
    )
    subject = forms.CharField(label=_("Subject"), max_length=LONGEST_SUBJECT)
    text = forms.CharField(
        label=_("Text"), max_length=100_000, widget=forms.Textarea(attrs={"rows": 12, "dir": "auto"})
    )

    def __init__(self, *args: Any, mailboxes: Sequence[Inbox], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(str(one.pk), f"{one.name} · {one.account}") for one in mailboxes]
        choices: Any = self.fields["inbox"]
        choices.choices = known

    def clean_text(self) -> str:
        """Browsers send line ends as CRLF; networks and our counters know one character."""
        return str(self.cleaned_data["text"]).replace("\r\n", "\n")

    def clean_copies(self) -> list[str]:
        return several(self.cleaned_data["copies"])
