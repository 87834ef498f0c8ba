"""Somebody left a message while nobody was there, with an address. So the case can go on by e-mail."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from heard.channels.chat.reading import address_left
from heard.inboxes.models import Inbox
from heard.many import among
from heard.tickets.continue_elsewhere import BadAddress, CannotContinue, continue_by_email, sends_mail
from heard.tickets.events import MessageReceived
from heard.tickets.models import Kind, Message


def offer_mail(events: Sequence[MessageReceived]) -> None:
    """Nothing is sent: the composer offers the way by e-mail, beside the window that nobody may look at."""
    ids = [event.message_id for event in events if event.message.kind == Kind.CHAT and event.message.remark]
    for message in Message.objects.filter(among("pk", ids)).select_related("ticket") if ids else ():
        address = address_left(message.remark)
        mailbox = _mailbox(message) if address else None
        if mailbox is not None:
            with suppress(BadAddress, CannotContinue):  # the message is here, whatever they typed
                continue_by_email(
                    message.ticket, address=address, inbox=mailbox, by=None, now=message.received_at
                )


def _mailbox(message: Message) -> Inbox | None:
    """The oldest of the workspace: where there are several, agents may choose another one."""
    known = Inbox.objects.filter(workspace=message.workspace_id, state=Inbox.State.CONNECTED).order_by("pk")
    return next((inbox for inbox in known if sends_mail(inbox)), None)
