"""Placeholders of other help desks: those that mean one of ours become it, any other a blank that people see."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from heard.placeholders.text import quoted

OURS: Final[Mapping[str, str]] = {
    **dict.fromkeys(
        (
            *("contact.name", "contact.first_name", "contact.last_name"),
            *("ticket.requester.name", "ticket.requester.first_name", "ticket.requester.last_name"),
        ),
        "customer.name",
    ),
    **dict.fromkeys(
        (
            *("agent.name", "agent.first_name", "agent.available_name", "current_user.name"),
            *("current_user.first_name", "ticket.assignee.name", "ticket.assignee.first_name"),
        ),
        "agent.first_name",
    ),
    **dict.fromkeys(("contact.email", "ticket.requester.email"), "email"),
    **dict.fromkeys(("contact.phone", "contact.phone_number", "ticket.requester.phone"), "phone"),
    **dict.fromkeys(("conversation.id", "conversation.display_id", "ticket.id"), "ticket_number"),
    **dict.fromkeys(("ticket.url", "ticket.link"), "status_link"),
    **dict.fromkeys(("account.name", "ticket.account", "ticket.brand.name"), "company"),
    "ticket.group.name": "team",
}
_THEIRS: Final = re.compile(r"\{\{\{?([^{}]{1,200})\}?\}\}|\{%[^{}]{0,500}?%\}")


def as_ours(text: str) -> tuple[str, tuple[str, ...]]:
    """The text in our wording, and what in it had to become a blank."""
    pieces: list[str] = []
    unknown: dict[str, None] = {}
    end = 0
    for found in _THEIRS.finditer(text):
        pieces.append(quoted(text[end : found.start()]))
        name = _name(found.group(1) or "")
        if name in OURS:
            pieces.append(f"{{{OURS[name]}}}")
        else:
            unknown[found.group()] = None
            pieces.append(f"[{_words(name) or '…'}]")
        end = found.end()
    return "".join([*pieces, quoted(text[end:])]), tuple(unknown)


def _name(inside: str) -> str:
    """Without filters: {{ contact.name | default: "there" }}."""
    return inside.partition("|")[0].strip().lower()


def _words(name: str) -> str:
    return " ".join(re.sub(r"[^\w]+|_", " ", name).split())[:60]
