"""May a machine of ours answer this? Two machines that answer each other never stop."""

from __future__ import annotations

from datetime import datetime, timedelta

from heard.channels.words import N_
from heard.inboxes.models import Inbox
from heard.tickets.models import Delivery, Message

ONE_IN = timedelta(hours=24)
FLOOD, FLOOD_WITHIN = 5, timedelta(minutes=10)

BY_A_MACHINE = N_("A machine wrote this.")
BY_OURSELVES = N_("This comes from an address of our own.")
ANSWERED_LATELY = N_("This address has had an automatic answer within a day.")
TOO_MANY = N_("So many mails come from this address that a machine seems to write them.")


def brake(asked: Message, *, now: datetime) -> str:
    """Why no machine may answer, in English; empty where it may.

    In a conversation by chat or messenger people are quick, and a bot may say more than one thing a day.
    """
    if asked.automatic:
        return BY_A_MACHINE
    if asked.kind not in asked.inbox.abilities.letters or asked.author is None:
        return ""
    of_author = Message.objects.filter(inbox=asked.inbox_id, author=asked.author)
    if _is_ours(asked):
        return BY_OURSELVES
    automatic = of_author.filter(direction=Message.Direction.OUT, automatic=True, at__gt=now - ONE_IN)
    if automatic.exclude(delivery__in=(Delivery.FAILED, Delivery.CANCELLED)).exists():
        return ANSWERED_LATELY
    came = of_author.filter(direction=Message.Direction.IN, received_at__gt=now - FLOOD_WITHIN)
    return TOO_MANY if came.count() > FLOOD else ""


def _is_ours(asked: Message) -> bool:
    """From one of the workspace's own mailboxes, or said to be."""
    assert asked.author is not None
    mailboxes = Inbox.objects.filter(workspace=asked.workspace_id, account__iexact=asked.author.address)
    return mailboxes.exists()
