"""Which tags an agent is likely to mean."""

from __future__ import annotations

from collections import Counter

from heard.tickets.models import Ticket
from heard.workspaces.models import Agent

LOOKED_AT = 500
SHOWN = 30


def suggestions(ticket: Ticket, *, agent: Agent) -> list[str]:
    """Those on the newest tickets of the workspace, the most used first."""
    newest = Ticket.objects.visible_to(agent).exclude(tags=[]).order_by("-last_message_at", "-id")
    used = Counter(tag for tags in newest.values_list("tags", flat=True)[:LOOKED_AT] for tag in tags)
    return [tag for tag, _count in used.most_common(SHOWN + len(ticket.tags)) if tag not in ticket.tags][
        :SHOWN
    ]
