"""Is the network still calling us? If not, ask it to again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from heard.channels.contract import NoAnswer, NotReached, ReconnectNeeded, Rejected, TryAgain
from heard.channels.registry import channel
from heard.events.publishing import publish
from heard.inboxes.about import about_inbox
from heard.inboxes.callback import ask_for_calls
from heard.inboxes.connect import note_account, require_reconnect
from heard.inboxes.credentials import CannotOpen, NotConnected, credentials_of
from heard.inboxes.events import SubscriptionMended
from heard.inboxes.models import Inbox, InboxHealth
from heard.inboxes.renew import renewing
from heard.inboxes.wire import wire_for


def mend(inbox: Inbox, *, now: datetime, public_url: str) -> bool:
    """True when the network had stopped calling us and does so again. What it says is noted either way.

    A network that unsubscribes an app does not say so: it is quiet, and quiet looks like a calm day.
    """
    try:
        network, wire = channel(inbox.channel), wire_for(credentials_of(inbox))
        with renewing(inbox, used=wire.credentials, now=now):
            account = network.inspect(wire)
        note_account(inbox, account, now=now)
        if account.subscribed is not False:
            return False
        ask_for_calls(inbox, wire.credentials, public_url=public_url)
    except (TryAgain, NoAnswer, NotReached):
        InboxHealth.objects.filter(inbox=inbox).update(checked_at=now)  # next hour is soon enough
        return False
    except ReconnectNeeded as error:
        require_reconnect(inbox, reason=error.reason, now=now)
        return False
    except (Rejected, NotConnected, CannotOpen) as error:
        InboxHealth.objects.filter(inbox=inbox).update(checked_at=now, check_problem=str(error))
        return False
    _say_so(inbox, now=now)
    return True


@transaction.atomic
def _say_so(inbox: Inbox, *, now: datetime) -> None:
    InboxHealth.objects.filter(inbox=inbox).update(subscribed=True, mended_at=now)
    publish(SubscriptionMended(**about_inbox(inbox, now=now)))
