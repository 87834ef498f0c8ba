"""A mailbox as the desk sees one: a channel whose kind is e-mail, kept small. It sends into a list."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from pydantic import SecretStr

from heard.channels.contract import Abilities, Kind, Outgoing, Sent, Wire
from heard.channels.example.channel import Example
from heard.channels.registry import CHANNELS
from heard.inboxes.credentials import store_credentials
from heard.inboxes.models import Inbox, InboxHealth
from heard.workspaces.models import Workspace
from tests.cast import NOON

SLUG = "mailbox"
_MAIL = frozenset({Kind.EMAIL})


class Mailbox(Example):
    slug: ClassVar[str] = SLUG
    name: ClassVar[str] = "Mailbox"
    abilities: ClassVar[Abilities] = Abilities(
        receives=_MAIL, replies=_MAIL, text_limits={Kind.EMAIL: 100_000}
    )

    def __init__(self) -> None:
        self.sent: list[Outgoing] = []

    def send(self, message: Outgoing, wire: Wire[Any]) -> Sent:
        self.sent.append(message)
        return Sent(f"<{message.token}@acme.example>")


@contextmanager
def mailboxes() -> Iterator[Mailbox]:
    before = CHANNELS.get(SLUG)
    CHANNELS[SLUG] = box = Mailbox()
    try:
        yield box
    finally:
        del CHANNELS[SLUG]
        if before is not None:
            CHANNELS[SLUG] = before


def a_mailbox(workspace: Workspace, account: str = "help@acme.example") -> Inbox:
    inbox = Inbox.objects.create(
        workspace=workspace, channel=SLUG, account=account, name="Acme help", created_at=NOON
    )
    InboxHealth.objects.create(inbox=inbox, workspace=workspace)
    credentials = Mailbox.credentials(account=account, token=SecretStr("t"), hook_secret=SecretStr("s"))
    store_credentials(inbox, credentials, now=NOON)
    return inbox
