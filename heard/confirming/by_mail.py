"""A form cannot be answered where it stands: what is said to its author goes by mail, if they left an address."""

from __future__ import annotations

from datetime import datetime

from heard.channels import contract
from heard.inboxes.models import Inbox
from heard.tickets.continue_elsewhere import BadAddress, CannotContinue, continue_by_email
from heard.tickets.models import Message


def go_on_by_mail(asked: Message, *, now: datetime) -> None:
    """Binds a conversation by mail to the ticket. Nothing where one can answer anyway, or there is no way to."""
    if asked.author is None or contract.Kind(asked.kind) in asked.inbox.abilities.replies:
        return
    mailbox = _mailbox(asked)
    if mailbox is None:
        return
    try:
        continue_by_email(asked.ticket, address=asked.author.address, inbox=mailbox, by=None, now=now)
    except (BadAddress, CannotContinue):
        return


def _mailbox(asked: Message) -> Inbox | None:
    """That of the team which looks after the ticket, else the one that the workspace connected first."""
    connected = Inbox.objects.filter(workspace=asked.workspace_id, state=Inbox.State.CONNECTED).order_by("pk")
    sending = [inbox for inbox in connected if contract.Kind.EMAIL in inbox.abilities.replies]
    team = asked.ticket.team_id
    return next((one for one in sending if team and one.team_id == team), next(iter(sending), None))
