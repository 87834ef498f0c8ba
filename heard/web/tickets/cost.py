"""What an answer costs at its network, said before it is sent."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from heard.checks.links import link_spans
from heard.inboxes.spending import CAP_IN_WORDS, within_cap
from heard.tickets.price import price
from heard.tickets.route import Route
from heard.web.times import dollars


def cost(text: str, way: Route, *, now: datetime) -> str:
    """Empty where it is free."""
    amount = price(text, way)
    if not amount:
        return ""
    if not within_cap(way.inbox, amount, now=now):
        return _(CAP_IN_WORDS)
    if link_spans(text) and price(_without_links(text), way) < amount:
        return _("This reply costs {price}: it holds a link.").format(price=dollars(amount))
    return _("This reply costs {price}.").format(price=dollars(amount))


def _without_links(text: str) -> str:
    for start, end in reversed(link_spans(text)):
        text = text[:start] + text[end:]
    return text
