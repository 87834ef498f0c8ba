"""The address that a network calls: of one inbox, or one for all the accounts of an app."""

from __future__ import annotations

from heard.channels.registry import channel
from heard.inboxes.credentials import CannotOpen, NotConnected, credentials_of
from heard.inboxes.models import Inbox, InboxHealth
from heard.inboxes.wire import NETWORK_ERRORS, wire_for


def hook_url(inbox: Inbox, public_url: str) -> str:
    """Where the network calls this inbox."""
    return f"{public_url.rstrip('/')}/hooks/{inbox.channel}/{inbox.key}"


def hand_over_callback(inbox: Inbox, shared: str, *, public_url: str) -> bool:
    """`inbox` is no longer called, and `shared` names what its address was for: one of the others takes it.

    False when nobody could, though somebody had to; their health pages then say that nothing comes in.
    """
    others = [other for other in _connected(inbox) if _callback_of(other) == shared]
    if not others or any(_take_over(other, public_url) for other in others):
        return True
    InboxHealth.objects.filter(inbox__in=others).update(subscribed=False)
    return False


def _connected(besides: Inbox) -> list[Inbox]:
    rows = Inbox.objects.filter(workspace=besides.workspace_id, state=Inbox.State.CONNECTED)
    return list(rows.exclude(pk=besides.pk).order_by("pk"))


def _callback_of(inbox: Inbox) -> str:
    try:
        return channel(inbox.channel).callback_of(credentials_of(inbox))
    except (NotConnected, CannotOpen):
        return ""


def _take_over(inbox: Inbox, public_url: str) -> bool:
    url = hook_url(inbox, public_url)
    try:
        channel(inbox.channel).subscribe(wire_for(credentials_of(inbox)), hook_url=url)
    except (NotConnected, CannotOpen, *NETWORK_ERRORS):
        return False
    return True
