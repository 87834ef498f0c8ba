"""How WhatsApp knows people: by an id for each business, and by a number that some of them hide."""

from __future__ import annotations

from dataclasses import dataclass

from heard.sandbox.persons import digits
from heard.sandbox.talks.things import Account, Conversation

HIDES = "-hidden"  # a handle that ends so has a username and shows no number


@dataclass(frozen=True, slots=True)
class Ids:
    """`phone` is the number in digits, `shown` what of it a business gets to see."""

    phone: str
    user_id: str
    hidden: bool

    @property
    def shown(self) -> str:
        return "" if self.hidden else self.phone


def ids(account: Account, conversation: Conversation) -> Ids:
    """Who changes the number gets a new id, too."""
    moves = str(conversation.kept.get("moves", 0))
    return Ids(
        phone="420" + digits("whatsapp number", conversation.handle, moves, length=9),
        user_id=first_id(account.id, conversation.handle, moves),
        hidden=conversation.handle.endswith(HIDES),
    )


def first_id(account: str, handle: str, moves: str = "0") -> str:
    return "CZ." + digits("whatsapp id", account, handle, moves, length=20)
