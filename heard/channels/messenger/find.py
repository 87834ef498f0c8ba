"""Was a message whose answer got lost accepted after all? The conversation is read back."""

from __future__ import annotations

from datetime import datetime

from heard.channels.contract import Outgoing, Rejected, Sent
from heard.channels.fields import as_aside
from heard.channels.messenger.talk import GUEST
from heard.channels.meta.conversations import Mailbox, messages_of
from heard.channels.meta.same import SameMessage


def find_sent(mailbox: Mailbox, message: Outgoing, *, since: datetime) -> Sent | None:
    """None: not found, which proves nothing yet. Raises TryAgain or ReconnectNeeded."""
    if message.to.startswith(GUEST):
        return None
    return find_with(mailbox, message.to, _same(mailbox, message, since))


def _same(mailbox: Mailbox, message: Outgoing, since: datetime) -> SameMessage:
    return SameMessage(mailbox.account, message.text, since, with_file=bool(message.files))


def find_with(mailbox: Mailbox, person: str, same: SameMessage) -> Sent | None:
    """Looks through the conversation with one person."""
    try:
        for conversation in mailbox.conversations(person=person):
            for said in messages_of(conversation):
                if same.fits(said):
                    return Sent(as_aside(said.get("id")), recipient=person)
    except Rejected:
        return None
    return None
