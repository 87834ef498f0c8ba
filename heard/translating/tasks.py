"""The jobs of translating: load, call one verb, done."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from heard.tickets.models import Ticket
from heard.translating.bring import bring
from heard.translating.models import Reader


@app.task(name="heard.translating.tasks.translate_ticket", pass_context=False)
def translate_ticket(*, ticket_id: int, language: str, tries: int) -> None:
    ticket = Ticket.objects.filter(pk=ticket_id).select_related("workspace").first()
    if ticket is not None and Reader.objects.filter(ticket=ticket, language=language).exists():
        bring(ticket, language=language, now=timezone.now(), tries=tries)
