"""Telephone calls, as agents write them down. No network speaks to us, and nothing is sent."""

from __future__ import annotations

from typing import ClassVar

from heard.channels.contract import (
    UNKNOWN_TIME,
    Abilities,
    Account,
    BadSignature,
    Channel,
    Credentials,
    Hook,
    Ignored,
    Incoming,
    Kind,
    Outgoing,
    Problem,
    Rejected,
    Sent,
    Wire,
)


class Phone(Channel[Credentials]):
    slug: ClassVar[str] = "phone"
    name: ClassVar[str] = "Telephone"
    abilities: ClassVar[Abilities] = Abilities(
        receives=frozenset({Kind.CALL}), replies=frozenset(), text_limits={}
    )
    credentials = Credentials

    def verify(self, hook: Hook, credentials: Credentials) -> None:
        raise BadSignature("Nobody calls us for the telephone.")

    def parse(self, hook: Hook) -> list[Incoming]:
        return [Ignored(at=UNKNOWN_TIME, reason="Calls are written down by agents.")]

    def send(self, message: Outgoing, wire: Wire[Credentials]) -> Sent:
        raise Rejected("Nothing can be sent by telephone.", problem=Problem.INVALID)

    def inspect(self, wire: Wire[Credentials]) -> Account:
        return Account(external_id=wire.credentials.account, name=self.name)
