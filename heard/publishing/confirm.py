"""Was it published after all? Ask the network about what stayed unconfirmed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import F, Q

from heard.channels.contract import FindsPosts, NewPost, ReconnectNeeded, Rejected, Sent, TryAgain
from heard.channels.registry import channel
from heard.inboxes.connect import require_reconnect
from heard.inboxes.credentials import CannotOpen, NotConnected, credentials_of
from heard.inboxes.models import Inbox
from heard.inboxes.renew import renewing
from heard.inboxes.wire import wire_for
from heard.publishing.done import mark_done
from heard.publishing.models import Publication

State = Publication.State

# Given the hook its time first; afterwards an agent decides.
ASKED_AFTER = timedelta(seconds=20)
ASKED_FOR = timedelta(hours=1)
CLOCKS_DIFFER = timedelta(minutes=2)


def confirm_unconfirmed(*, now: datetime) -> int:
    """Gives how many the networks hold. Not found proves nothing, and changes nothing.

    Asked ever less often, twice as late each time: some networks take money for reading.
    """
    in_doubt = Publication.objects.filter(
        Q(asked_at=None) | Q(asked_at__lte=(now - (F("asked_at") - F("claimed_at")))),
        state=State.UNCONFIRMED,
        claimed_at__lte=now - ASKED_AFTER,
        claimed_at__gte=now - ASKED_FOR,
        inbox__state=Inbox.State.CONNECTED,
    ).select_related("plan", "inbox")
    return sum(_confirm(publication, now=now) for publication in in_doubt.order_by("id")[:100])


def _confirm(publication: Publication, *, now: datetime) -> bool:
    Publication.objects.filter(pk=publication.pk).update(asked_at=now)
    try:
        told = _asked(publication, now=now)
    except ReconnectNeeded as error:
        require_reconnect(publication.inbox, reason=error.reason, now=now)
        return False
    except (NotConnected, CannotOpen, Rejected, TryAgain):
        return False
    found = next((one for one in told if not _is_another(publication, one.external_id)), None)
    return found is not None and mark_done(
        publication, external_id=found.external_id, permalink=found.permalink, now=now
    )


def _asked(publication: Publication, *, now: datetime) -> Sequence[Sent]:
    """Without words there is nothing to know a post by."""
    network = channel(publication.inbox.channel)
    if not isinstance(network, FindsPosts) or not publication.text.strip() or not publication.claimed_at:
        return []
    wire = wire_for(credentials_of(publication.inbox))
    post = NewPost(text=publication.text, token=str(publication.token))
    with renewing(publication.inbox, used=wire.credentials, now=now):
        return network.find_published(post, wire, since=publication.claimed_at - CLOCKS_DIFFER)


def _is_another(publication: Publication, external_id: str) -> bool:
    """The same words may have been said twice: what belongs to one publication is no proof for another."""
    others = Publication.objects.filter(inbox=publication.inbox_id, post__external_id=external_id)
    return others.exclude(pk=publication.pk).exists()
