"""The call that a message came in, for what stands in it besides its words."""

from __future__ import annotations

from heard.channels.contract import Hook
from heard.ingest.facts import key_of_message
from heard.ingest.models import LedgerLine, RawCall
from heard.tickets.models import Message


def raw_of(message: Message) -> RawCall | None:
    """None: it has been tidied away, or came in no call of its own."""
    line = LedgerLine.objects.filter(
        inbox=message.inbox_id, key=key_of_message(message.external_id), place=LedgerLine.Place.MESSAGE
    )
    found = line.select_related("raw_call__inbox").first() if message.external_id else None
    return found.raw_call if found else None


def hook_of(call: RawCall) -> Hook:
    return Hook("POST", {}, call.headers, bytes(call.body))
