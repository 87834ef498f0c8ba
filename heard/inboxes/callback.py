"""The address that a network calls: of one inbox, or one for all the accounts of an app."""

from __future__ import annotations

from heard.channels.contract import Credentials, SharesAddress, TakesBrought
from heard.channels.registry import channel
from heard.inboxes.credentials import CannotOpen, NotConnected, credentials_of
from heard.inboxes.models import Inbox, InboxHealth
from heard.inboxes.wire import NETWORK_ERRORS, wire_for

CARRIER_USER = "heard"  # before the secret in the address of a mail service
# The others only call an address that holds their secret. Mailgun brings whole mails where it ends in "mime".
SIGNS_EACH_CALL = ("mailgun",)


def hook_url(inbox: Inbox, public_url: str) -> str:
    """Where the network calls this inbox."""
    return f"{public_url.rstrip('/')}/hooks/{inbox.channel}/{inbox.key}"


def carrier_url(inbox: Inbox, public_url: str) -> str:
    """Where a mail service calls this mailbox, empty without one. PASSWORD stands for the secret."""
    network = channel(inbox.channel)
    if not isinstance(network, TakesBrought):
        return ""
    try:
        carrier = network.carrier(credentials_of(inbox))
    except (NotConnected, CannotOpen):
        return ""
    if carrier is None:
        return ""
    address = f"{public_url.rstrip('/')}/mail-hooks/{carrier.name}/{inbox.key}"
    if carrier.name in SIGNS_EACH_CALL:
        return f"{address}/mime"
    return address.replace("://", f"://{CARRIER_USER}:PASSWORD@", 1)


def ask_for_calls(inbox: Inbox, credentials: Credentials, *, public_url: str) -> None:
    """Asks the network to call us. Raises what the network's refusal is (`NETWORK_ERRORS`)."""
    network, url = channel(inbox.channel), hook_url(inbox, public_url)
    if not isinstance(network, SharesAddress):
        network.subscribe(wire_for(credentials), hook_url=url)
        return
    shared = network.callback_of(credentials)
    others = [other for other in _connected(inbox) if shared and _callback_of(other) == shared]
    urls = [url, *(hook_url(other, public_url) for other in others)]
    network.subscribe_at_one(wire_for(credentials), hook_urls=urls)


def hand_over_callback(inbox: Inbox, shared: str, *, public_url: str) -> bool:
    """`inbox` is no longer called, and `shared` names what its address was for: one of the others takes it.

    False when nobody could, though somebody had to; their health pages then say that nothing comes in.
    """
    others = [other for other in _connected(inbox) if _callback_of(other) == shared]
    left = _without_a_successor(others, inbox, public_url)
    InboxHealth.objects.filter(inbox__in=left).update(subscribed=False)
    return not left


def _without_a_successor(others: list[Inbox], gone: Inbox, public_url: str) -> list[Inbox]:
    """Those that nothing reaches now."""
    if not isinstance(channel(gone.channel), SharesAddress):
        return [] if any(_take_over(other, public_url) for other in others) else others
    for _ in range(2):  # the old address makes room only when nobody's news go there any more
        others = [other for other in others if not _take_over(other, public_url)]
    return others


def _connected(besides: Inbox) -> list[Inbox]:
    rows = Inbox.objects.filter(workspace=besides.workspace_id, state=Inbox.State.CONNECTED)
    return list(rows.exclude(pk=besides.pk).order_by("pk"))


def _callback_of(inbox: Inbox) -> str:
    try:
        return channel(inbox.channel).callback_of(credentials_of(inbox))
    except (NotConnected, CannotOpen):
        return ""


def _take_over(inbox: Inbox, public_url: str) -> bool:
    try:
        ask_for_calls(inbox, credentials_of(inbox), public_url=public_url)
    except (NotConnected, CannotOpen, *NETWORK_ERRORS):
        return False
    return True
