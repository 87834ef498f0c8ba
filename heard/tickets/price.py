"""What a reply would cost at its network."""

from __future__ import annotations

from decimal import Decimal

from heard.channels import contract
from heard.channels.contract import Outgoing
from heard.inboxes import spending
from heard.tickets.route import Route


def price(text: str, way: Route) -> Decimal:
    """In US dollars; zero where the network takes nothing."""
    target = way.target.external_id if way.target else ""
    asked = Outgoing(
        kind=contract.Kind(way.kind), text=text, to=target, token="", private_reply=way.private_reply
    )
    return spending.price(way.inbox, asked)
