"""Was it sent after all? Ask the network about what stayed unconfirmed."""

from __future__ import annotations

from datetime import datetime, timedelta

from heard.channels.contract import Finds, ReconnectNeeded, Rejected, TryAgain
from heard.channels.registry import channel
from heard.inboxes.connect import require_reconnect
from heard.inboxes.credentials import CannotOpen, NotConnected, credentials_of
from heard.inboxes.models import Inbox
from heard.inboxes.renew import renewing
from heard.inboxes.wire import wire_for
from heard.outbox.deliver import outgoing
from heard.outbox.models import Dispatch
from heard.tickets.delivery import mark_sent
from heard.tickets.models import Delivery, Message

# Given the echo its time first; afterwards an agent decides.
ASKED_AFTER = timedelta(seconds=20)
ASKED_FOR = timedelta(hours=1)


def confirm_unconfirmed(*, now: datetime) -> int:
    """Gives how many the network knows of. Not found proves nothing, and changes nothing."""
    in_doubt = Dispatch.objects.filter(
        state=Dispatch.State.UNCONFIRMED,
        message__delivery=Delivery.UNCONFIRMED,
        claimed_at__lte=now - ASKED_AFTER,
        claimed_at__gte=now - ASKED_FOR,
    ).select_related("message__inbox", "message__ticket", "message__author", "message__parent")
    return sum(_confirm(dispatch.message, now=now) for dispatch in in_doubt.order_by("id")[:100])


def _confirm(message: Message, *, now: datetime) -> bool:
    network = channel(message.inbox.channel)
    message.inbox.refresh_from_db(fields=["state"])
    if not isinstance(network, Finds) or message.inbox.state != Inbox.State.CONNECTED:
        return False
    try:
        wire = wire_for(credentials_of(message.inbox))
        with renewing(message.inbox, used=wire.credentials, now=now):
            found = network.find_sent(outgoing(message), wire, since=message.at - timedelta(minutes=1))
    except ReconnectNeeded as error:
        require_reconnect(message.inbox, reason=error.reason, now=now)
        return False
    except (NotConnected, CannotOpen, Rejected, TryAgain):
        return False
    if found is None or _is_another(message, found.external_id):
        return False
    mark_sent(message, external_id=found.external_id, recipient=found.recipient, now=now)
    return True


def _is_another(message: Message, external_id: str) -> bool:
    """The same words may have been said twice: what belongs to one message is no proof for another."""
    return (
        Message.objects.filter(inbox=message.inbox, external_id=external_id).exclude(pk=message.pk).exists()
    )
