"""Keep a letter's HTML, cleaned. Harmless when repeated."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from heard.channels.contract import CleanHtml, CleansHtml
from heard.letters.models import Letter
from heard.realtime.announce import announce
from heard.tickets.models import Message

# Addresses without a host are taken out of letters: ours have this one until they are cleaned.
NOWHERE = "https://heard.invalid"


def keep_letter(message: Message, html: str, *, inline: Mapping[str, str], network: CleansHtml) -> Letter:
    """`html` as it came; empty for a letter of plain text. Cleaning takes its time: not within a lock."""
    named = {name: f"{NOWHERE}{path}" for name, path in inline.items()}
    shown = network.clean(html, inline=named, remote=False) if html else None
    open_ = network.clean(html, inline=named, remote=True) if html and shown and shown.blocked else None
    with transaction.atomic():
        letter, _made = Letter.objects.update_or_create(
            message=message,
            defaults={
                "workspace_id": message.workspace_id,
                "html": _storable(shown, inline) if shown else "",
                "with_pictures": _storable(open_, inline) if open_ else "",
                "blocked": shown.blocked if shown else 0,
                "policy": network.html_policy,
            },
        )
        announce([(message.workspace_id, message.ticket_id)])
    return letter


def _storable(cleaned: CleanHtml, inline: Mapping[str, str]) -> str:
    html = cleaned.html.replace("\x00", "")
    for path in set(inline.values()):
        html = html.replace(f'"{NOWHERE}{path}"', f'"{path}"')
    return html
