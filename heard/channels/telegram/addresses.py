"""How people and messages are named: Telegram counts messages for each conversation anew.

A person is `<chat>`, a message `<chat>:<number>`. What was written to somebody whose own account the bot looks
after (a business account) begins with that connection: `<connection>:<chat>` and `<connection>:<chat>:<number>`.
All of it goes out in the body of a call, never in its address.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Address:
    chat: str
    connection: str = ""

    @property
    def fields(self) -> dict[str, Any]:
        """As a call names it."""
        business = {"business_connection_id": self.connection} if self.connection else {}
        return {"chat_id": _number(self.chat), **business}


@dataclass(frozen=True, slots=True)
class MessageName:
    address: Address
    number: str

    @property
    def fields(self) -> dict[str, Any]:
        return {**self.address.fields, "message_id": _number(self.number)}


def address(chat: str, connection: str) -> str:
    return f"{connection}:{chat}" if connection else chat


def read_address(text: str) -> Address:
    connection, _, chat = text.rpartition(":")
    return Address(chat, connection)


def read_message(external_id: str) -> MessageName:
    place, _, number = external_id.rpartition(":")
    return MessageName(read_address(place), number)


def _number(text: str) -> int | str:
    digits = text.removeprefix("-")
    return int(text) if digits.isascii() and digits.isdigit() and len(digits) < 20 else text
