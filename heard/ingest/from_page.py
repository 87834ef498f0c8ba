"""What a customer writes on their ticket's page comes in like everything else: kept as it came, with a line in the
ledger. The page is ours, so there is nothing to parse later and no network that would deliver it again."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime, timedelta

from django.db import transaction

from heard.ingest.models import LedgerLine, RawCall
from heard.tickets.add_to import add_to
from heard.tickets.locked import locked
from heard.tickets.models import Message, Ticket
from heard.tickets.readable import readable

WAY = "status page"
AGAIN = timedelta(minutes=10)


@transaction.atomic
def take_from_page(
    ticket: Ticket,
    *,
    text: str,
    once: str,
    now: datetime,
    answers: Message | None = None,
    way: str = WAY,
) -> Message | None:
    """None when this was sent before: by this very form, or just now by the page that somebody went back to.

    Other words by the same form are another message. `answers` as `add_to` takes it.

    Raises NothingToAddTo of `tickets.add_to`.
    """
    ticket = locked(ticket)
    key = hashlib.sha256(f"page {ticket.pk} {once} {text}".encode(errors="replace")).hexdigest()
    if LedgerLine.objects.filter(workspace=ticket.workspace_id, key=key).exists():
        return None
    if way == WAY and _said_just_now(ticket, text, now=now):
        return None
    message = add_to(ticket, text=text, now=now, answers=answers, remark=way)
    body = json.dumps({"ticket": ticket.number, "text": text, "once": once}).encode()
    call = RawCall.objects.create(
        workspace_id=ticket.workspace_id,
        inbox_id=message.inbox_id,
        headers={"heard-way": way},
        body=body,
        received_at=now,
        taken_in_at=now,
    )
    LedgerLine.objects.create(
        workspace_id=ticket.workspace_id,
        inbox_id=message.inbox_id,
        raw_call=call,
        position=0,
        fact="MessageIn",
        key=key,
        place=LedgerLine.Place.MESSAGE,
        at=now,
        created_at=now,
    )
    return message


def _said_just_now(ticket: Ticket, text: str, *, now: datetime) -> bool:
    """As the last word in the ticket: whoever goes back finds what they typed still there."""
    last = ticket.messages.filter(received_at__gt=now - AGAIN).defer("search").order_by("-pk").first()
    return last is not None and last.is_in and last.remark == WAY and last.text == readable(text).strip()
