"""The window on our customers' own web sites. The network is Heard itself: nothing is called, nothing is far."""

from __future__ import annotations

from typing import ClassVar, Final

from heard.channels.chat.credentials import ChatCredentials
from heard.channels.chat.practice import tell_the_site
from heard.channels.chat.reading import facts
from heard.channels.contract import (
    Abilities,
    Account,
    BadSignature,
    Channel,
    Files,
    Hook,
    Incoming,
    Kind,
    Outgoing,
    Problem,
    Rejected,
    Sent,
    Wire,
)

_CHAT: Final = frozenset({Kind.CHAT})
LONGEST_LINE: Final = 4_000
LARGEST_FILE: Final = 10 * 1024 * 1024
MOST_FILES: Final = 5


class Chat(Channel[ChatCredentials]):
    slug: ClassVar[str] = "chat"
    name: ClassVar[str] = "Chat"
    abilities: ClassVar[Abilities] = Abilities(
        receives=_CHAT,
        replies=_CHAT,
        text_limits={Kind.CHAT: LONGEST_LINE},
        receipts=frozenset({"read"}),
        media_in=frozenset({"image", "file"}),
        files={Kind.CHAT: Files(sizes={"*/*": LARGEST_FILE}, most=MOST_FILES)},
        instant=True,
    )
    credentials = ChatCredentials

    def verify(self, hook: Hook, credentials: ChatCredentials) -> None:
        """What visitors write is stored by our own front, which knows them. Nobody else has anything to tell."""
        raise BadSignature("A chat is not called from outside.")

    def parse(self, hook: Hook) -> list[Incoming]:
        return list(facts(hook.body))

    def send(self, message: Outgoing, wire: Wire[ChatCredentials]) -> Sent:
        return self.put(message)

    def put(self, message: Outgoing) -> Sent:
        """It is there already: the visitor's stream shows what was sent, under our own token."""
        if message.kind not in self.abilities.replies or message.private_reply or not message.to:
            raise Rejected("A chat has lines to its visitors only.", problem=Problem.INVALID)
        return Sent(message.token)

    def inspect(self, wire: Wire[ChatCredentials]) -> Account:
        return Account(wire.credentials.account, name=wire.credentials.account)

    def subscribe(self, wire: Wire[ChatCredentials], *, hook_url: str) -> None:
        tell_the_site(wire, hook_url)
