"""Credentials that die are renewed in time, by a job, and once more when a network refuses them early.

A renewal may end the old ones, so the new ones are stored before anything else happens.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import Q

from heard.channels.contract import (
    Credentials,
    NoAnswer,
    NotReached,
    ReconnectNeeded,
    Rejected,
    Renewed,
    Renews,
    TryAgain,
    Unconfirmed,
)
from heard.channels.registry import CHANNELS, channel
from heard.inboxes.connect import require_reconnect
from heard.inboxes.credentials import CannotOpen, NotConnected, credentials_of, opened, store_credentials
from heard.inboxes.models import Inbox, InboxHealth, InboxSecret
from heard.inboxes.wire import wire_for

log = logging.getLogger(__name__)

AT_ONCE = timedelta(seconds=1)
AGAIN_AFTER = timedelta(minutes=5)
# Refused so soon after a renewal, it is not their age that the network minds.
JUST_RENEWED = timedelta(minutes=2)

NOT_NOW = (NoAnswer, NotReached, Rejected, TryAgain, Unconfirmed)


def renew_due(*, now: datetime) -> int:
    """Every inbox whose credentials end soon. Gives how many were renewed."""
    return sum(renew(health.inbox, now=now) for health in _due(now))


def renew(inbox: Inbox, *, now: datetime) -> bool:
    """False when it has to wait, or a person must connect again; the health page then says why.

    After an Unconfirmed the old ones stay and are tried again: either the network still takes them, or it
    says ReconnectNeeded, and a person is asked.
    """
    try:
        renewed = _renew(inbox, now=now)
    except ReconnectNeeded as error:
        _note(inbox, problem=error.reason, after=None)
        require_reconnect(inbox, reason=error.reason, now=now)
        return False
    except NOT_NOW as error:
        wish = error.after if isinstance(error, TryAgain) else None
        _note(inbox, problem=str(error), after=now + (wish or AGAIN_AFTER))
        return False
    except (NotConnected, CannotOpen):
        return False
    if renewed is not None:
        _note(inbox, problem="", after=None, expires_at=renewed.expires_at, renewed_at=now)
    return True


@contextmanager
def renewing(inbox: Inbox, *, used: Credentials, now: datetime) -> Iterator[None]:
    """Around a call: where the credentials it `used` were or can be renewed, a refusal means TryAgain."""
    try:
        yield
    except ReconnectNeeded as error:
        after = _another_try_after(inbox, used, now=now)
        if after is None:
            raise
        raise TryAgain(error.reason, after=after, code=error.code) from error


def _another_try_after(inbox: Inbox, used: Credentials, *, now: datetime) -> timedelta | None:
    """None when a person has to connect again."""
    if _others_than(inbox, used):
        return AT_ONCE  # renewed while the call was under way
    if not isinstance(channel(inbox.channel), Renews):
        return None
    health = InboxHealth.objects.get(inbox=inbox)
    if health.renewed_at and now - health.renewed_at < JUST_RENEWED:
        return None
    if health.renew_after and health.renew_after > now:
        return health.renew_after - now
    if renew(inbox, now=now):
        return AT_ONCE
    return AGAIN_AFTER if _is_connected(inbox) else None


def _others_than(inbox: Inbox, used: Credentials) -> bool:
    try:
        return credentials_of(inbox) != used
    except (NotConnected, CannotOpen):
        return False


def _is_connected(inbox: Inbox) -> bool:
    inbox.refresh_from_db(fields=["state"])
    return inbox.state == Inbox.State.CONNECTED


def _renew(inbox: Inbox, *, now: datetime) -> Renewed | None:
    """None when another worker has just done it."""
    network = channel(inbox.channel)
    if not isinstance(network, Renews):
        return None
    changed_at = InboxSecret.objects.values_list("changed_at", flat=True).filter(inbox=inbox).first()
    renewed: Renewed | None = None
    try:
        with transaction.atomic():
            # Held while the network is asked: a second renewal would void what the first one brings.
            secret = InboxSecret.objects.select_for_update().filter(inbox=inbox).first()
            if secret is None:
                raise NotConnected(inbox.name)
            if secret.changed_at != changed_at:
                return None
            old = opened(inbox.channel, inbox.pk, bytes(secret.sealed))
            renewed = network.renew(wire_for(old))
            store_credentials(inbox, renewed.credentials, now=now)
    except (OperationalError, InterfaceError):
        if renewed is None:
            raise
        # The database went away with the only new ones in our hands: once more, on another connection.
        log.warning("storing the renewed credentials of inbox %d once more", inbox.pk, exc_info=True)
        connection.close()
        store_credentials(inbox, renewed.credentials, now=now)
    return renewed


def _due(now: datetime) -> list[InboxHealth]:
    soon = Q(pk__in=[])
    for slug, network in CHANNELS.items():
        if isinstance(network, Renews):
            soon |= Q(inbox__channel=slug, expires_at__lte=now + network.renew_before)
    patient = Q(renew_after=None) | Q(renew_after__lte=now)
    rows = InboxHealth.objects.filter(soon, patient, inbox__state=Inbox.State.CONNECTED)
    return list(rows.select_related("inbox").order_by("expires_at")[:100])


def _note(inbox: Inbox, *, problem: str, after: datetime | None, **fields: datetime | None) -> None:
    InboxHealth.objects.filter(inbox=inbox).update(renew_problem=problem, renew_after=after, **fields)
