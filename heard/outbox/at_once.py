"""What lies with Heard itself is there as soon as it is queued: said and sent are one transaction.

No call is made, so there is nothing to claim, to repeat or to be in doubt about, and no job to wake. Only where
something waits in that inbox already does it queue up behind it, as everything does.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from heard.channels.contract import Holds, Kind, Outgoing, Rejected
from heard.channels.registry import channel
from heard.inboxes.models import Inbox
from heard.outbox.models import Dispatch
from heard.outbox.sent_last import note_sent
from heard.tickets.delivery import mark_there
from heard.tickets.models import Message
from heard.workspaces.prepared import prepared


def left_at_once(message: Message, *, now: datetime) -> bool:
    """False where it has to be sent as others are. Its ticket is locked by whoever queued it."""
    inbox = message.inbox
    network = channel(inbox.channel)
    if not isinstance(network, Holds) or inbox.state != Inbox.State.CONNECTED or _under_way(inbox=inbox.pk):
        return False
    try:
        sent = network.put(_as_said(message))
    except Rejected:
        return False
    mark_there(message, external_id=sent.external_id, now=now)
    note_sent(inbox, now=now)
    return True


def _as_said(message: Message) -> Outgoing:
    """Its files lie where they shall be."""
    return Outgoing(
        kind=Kind(message.kind),
        text=message.text,
        to=message.author.address if message.author else "",
        token=str(message.token or ""),
        private_reply=message.private_reply,
        automatic=message.automatic,
    )


@prepared
def _under_way(*, inbox: int) -> QuerySet[Dispatch, tuple[int]]:
    waiting = Dispatch.objects.filter(
        Q(state=Dispatch.State.QUEUED) | Q(state=Dispatch.State.SENDING), inbox=inbox
    )
    return waiting.values_list("pk")[:1]
