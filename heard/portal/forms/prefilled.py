"""What a link knows already: words in its address, or the conversation in which an agent gave it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.http import HttpRequest

from heard.channels.reading import storable
from heard.forms.models import Field, Form
from heard.forms.shown import ShownForm
from heard.forms.signs import BadSign, read_invitation
from heard.forms.submit import NAME
from heard.tickets.models import Ticket

LONGEST = 300
# A link says what the visitor may change, and never that they agreed to something.
NEVER = {Field.Kind.FILE, Field.Kind.CONSENT}


def invited_to(request: HttpRequest, form: Form, *, now: datetime) -> tuple[str, Ticket | None]:
    """The sign as it came, and the ticket that it names; ("", None) for a sign that is none or too old."""
    signed = request.POST.get("form-invitation") or request.GET.get("t") or ""
    if not signed:
        return "", None
    try:
        return signed, read_invitation(form, signed, now=now)
    except BadSign:
        return "", None


def prefilled(request: HttpRequest, shown: ShownForm, ticket: Ticket | None) -> Mapping[str, list[str]]:
    named = {
        question.key: [storable(text)[:LONGEST] for text in request.GET.getlist(question.key)]
        for question in shown.questions
        if question.kind not in NEVER and question.key in request.GET
    }
    known = {NAME: [ticket.contact.name]} if ticket and ticket.contact.name and shown.question(NAME) else {}
    return {**known, **named}
