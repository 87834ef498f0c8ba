"""Keep a letter's HTML, cleaned. Harmless when repeated."""

from __future__ import annotations

from django.db import transaction

from heard.channels.contract import CleansHtml
from heard.letters.models import Letter
from heard.realtime.announce import announce
from heard.tickets.models import Message


def keep_letter(message: Message, html: str, *, inline: dict[str, str], network: CleansHtml) -> Letter:
    """`html` as it came; empty for a letter of plain text. Cleaning takes its time: not within a lock."""
    shown = network.clean(html, inline=inline, remote=False) if html else None
    open_ = network.clean(html, inline=inline, remote=True) if html and shown and shown.blocked else None
    with transaction.atomic():
        letter, _made = Letter.objects.update_or_create(
            message=message,
            defaults={
                "workspace_id": message.workspace_id,
                "html": _storable(shown.html) if shown else "",
                "with_pictures": _storable(open_.html) if open_ else "",
                "blocked": shown.blocked if shown else 0,
                "policy": network.html_policy,
            },
        )
        announce([(message.workspace_id, message.ticket_id)])
    return letter


def _storable(html: str) -> str:
    return html.replace("\x00", "")
