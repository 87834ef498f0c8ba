"""What X takes for a call on the plan where each costs something, in US dollars (pay-per-use, 2026).

Prices are for the first time in a day (UTC): reading the same thing again that day is free, which is not
counted here, so a sum of these is never too low.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from heard.channels.contract import Kind, NewPost, Outgoing
from heard.channels.web_addresses import web_addresses

OWNED_READ: Final = Decimal("0.001")  # own posts, own mentions
POST_READ: Final = Decimal("0.005")
USER_READ: Final = Decimal("0.010")
DIRECT_READ: Final = Decimal("0.010")

POST: Final = Decimal("0.015")
POST_WITH_ADDRESS: Final = Decimal("0.200")
SUMMONED_REPLY: Final = Decimal("0.010")
DIRECT: Final = Decimal("0.015")
_DEEDS: Final = {
    "match": POST_READ,
    "like": Decimal("0.015"),
    "repost": Decimal("0.015"),
    "hide": Decimal("0.005"),
    "delete": Decimal("0.010"),
}


def price(asked: Outgoing | NewPost | str) -> Decimal:
    if isinstance(asked, str):
        return _DEEDS.get(asked, Decimal(0))
    if isinstance(asked, Outgoing) and asked.private_reply:
        return DIRECT + POST_READ  # whom the post is from has to be read first
    if isinstance(asked, Outgoing) and asked.kind is Kind.DIRECT:
        return DIRECT
    # A reply with an address counts as the dearer of the two: X does not say.
    if any(web_addresses(asked.text)):
        return POST_WITH_ADDRESS
    return SUMMONED_REPLY if isinstance(asked, Outgoing) else POST
