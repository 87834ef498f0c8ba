"""Who talks with whom in one messaging event."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from heard.channels.contract import Person
from heard.channels.fields import as_flag, as_mapping
from heard.channels.messenger.payloads import Event, Party
from heard.channels.meta.envelope import STANDBY, Element, Stamp

GUEST: Final = "user_ref:"  # marks the address of a guest of the chat plugin


@dataclass(frozen=True, slots=True)
class Talk:
    element: Element
    event: Event

    @property
    def ours(self) -> bool:
        echo = as_flag(as_mapping(self.element.raw.get("message")).get("is_echo"))
        return bool(echo) or self.event.sender.id == self.element.page

    @property
    def address(self) -> str:
        """The customer's, whoever of the two spoke."""
        other = self.event.recipient if self.ours else self.event.sender
        return "" if other.id == self.element.page else address_of(other)

    @property
    def author(self) -> Person:
        return Person(self.element.page if self.ours else self.address)

    @property
    def note(self) -> str:
        """In standby another app holds the conversation and we only listen."""
        return STANDBY if self.element.kind == STANDBY else ""

    def stamp(self, at: datetime | None = None) -> Stamp:
        return self.element.stamp(self.event.timestamp or at)


def address_of(party: Party) -> str:
    return party.id or (f"{GUEST}{party.user_ref}" if party.user_ref else "")


def recipient_of(address: str) -> dict[str, str]:
    """How a Graph call names the person."""
    if address.startswith(GUEST):
        return {"user_ref": address.removeprefix(GUEST)}
    return {"id": address}
