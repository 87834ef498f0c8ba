"""Connect an account of a network, keep the connection, end it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from heard.channels.contract import Account, Credentials
from heard.channels.registry import channel
from heard.events.publishing import publish
from heard.inboxes.about import about_inbox
from heard.inboxes.callback import ask_for_calls, hand_over_callback
from heard.inboxes.credentials import CannotOpen, NotConnected, credentials_of, store_credentials
from heard.inboxes.events import InboxConnected, InboxDisconnected, InboxReconnected, ReconnectRequired
from heard.inboxes.models import Inbox, InboxHealth, InboxSecret
from heard.inboxes.wire import NETWORK_ERRORS, wire_for
from heard.workspaces.models import Agent, Workspace


class ConnectFailed(Exception):
    """The network did not accept it; `reason` is what it said."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def connect(
    workspace: Workspace,
    *,
    slug: str,
    credentials: Credentials,
    by: Agent | None,
    now: datetime,
    public_url: str,
    history_days: int | None = None,
) -> Inbox:
    """A new inbox, or the same one again: connecting an account twice keeps its history.

    `history_days`: how far back a new one reads what was said before; None for the setting.

    The row comes before the network is asked to call us, because it may call back at once to see
    that we are there. Raises ConnectFailed and leaves nothing behind that was not there before.
    """
    account = _inspect(slug, credentials)
    with transaction.atomic():
        inbox, made = Inbox.objects.get_or_create(
            workspace=workspace,
            channel=slug,
            account=account.external_id,
            defaults={"name": account.name, "picture_url": account.picture_url, "created_at": now},
        )
        before = _open(inbox, credentials, now=now)
    try:
        _subscribe(inbox, credentials, public_url=public_url)
    except ConnectFailed:
        if made:
            inbox.delete()
        else:
            _put_back(inbox, before)
        raise
    # It was looked at before it was asked to call us.
    connected = InboxConnected(**about_inbox(inbox, by=by, now=now), history_days=history_days)
    _settle(inbox, replace(account, subscribed=True), connected, now=now)
    return inbox


def reconnect(
    inbox: Inbox, *, credentials: Credentials, by: Agent | None, now: datetime, public_url: str
) -> None:
    """New credentials for the same account; what waits to be sent goes on. Raises ConnectFailed."""
    account = _inspect(inbox.channel, credentials)
    if account.external_id != inbox.account:
        raise ConnectFailed(f"These credentials belong to “{account.name}”, not to “{inbox.name}”.")
    with transaction.atomic():
        before = _open(inbox, credentials, now=now)
    try:
        _subscribe(inbox, credentials, public_url=public_url)
    except ConnectFailed:
        _put_back(inbox, before)
        raise
    reconnected = InboxReconnected(**about_inbox(inbox, by=by, now=now))
    _settle(inbox, replace(account, subscribed=True), reconnected, now=now)


def disconnect(inbox: Inbox, *, by: Agent | None, now: datetime, public_url: str) -> None:
    """Destroy the credentials. Tickets stay. The network is asked to stop calling, as far as it listens.

    Where the network calls one address for several accounts, another of them takes it over.
    """
    shared = ""
    try:
        credentials = credentials_of(inbox)
        shared = channel(inbox.channel).callback_of(credentials)
        channel(inbox.channel).unsubscribe(wire_for(credentials))
    except (NotConnected, CannotOpen, *NETWORK_ERRORS):
        pass  # it may be the very reason for disconnecting
    with transaction.atomic():
        InboxSecret.objects.filter(inbox=inbox).delete()
        _set_state(inbox, Inbox.State.DISCONNECTED, "", now=now)
        publish(InboxDisconnected(**about_inbox(inbox, by=by, now=now)))
    if shared:
        hand_over_callback(inbox, shared, public_url=public_url)


def check(inbox: Inbox, *, now: datetime) -> None:
    """The test call of the health page. Raises ConnectFailed, and notes the answer either way."""
    try:
        account = _inspect(inbox.channel, _credentials(inbox))
    except ConnectFailed as failed:
        InboxHealth.objects.filter(inbox=inbox).update(checked_at=now, check_problem=failed.reason)
        raise
    note_account(inbox, account, now=now)


def require_reconnect(inbox: Inbox, *, reason: str, now: datetime) -> None:
    """The network refused our credentials while we worked: stop sending, keep taking in, say so once."""
    with transaction.atomic():
        changed = Inbox.objects.filter(pk=inbox.pk, state=Inbox.State.CONNECTED).update(
            state=Inbox.State.RECONNECT, state_reason=reason, state_since=now
        )
        if changed:
            publish(ReconnectRequired(**about_inbox(inbox, now=now), reason=reason))


def _credentials(inbox: Inbox) -> Credentials:
    try:
        return credentials_of(inbox)
    except (NotConnected, CannotOpen) as error:
        raise ConnectFailed(str(error)) from error


def _inspect(slug: str, credentials: Credentials) -> Account:
    try:
        return channel(slug).inspect(wire_for(credentials))
    except NETWORK_ERRORS as error:
        raise ConnectFailed(str(error)) from error


def _subscribe(inbox: Inbox, credentials: Credentials, *, public_url: str) -> None:
    try:
        ask_for_calls(inbox, credentials, public_url=public_url)
    except NETWORK_ERRORS as error:
        raise ConnectFailed(str(error)) from error


def _open(inbox: Inbox, credentials: Credentials, *, now: datetime) -> InboxSecret | None:
    """Gives the credentials that stood there before."""
    before = InboxSecret.objects.filter(inbox=inbox).first()
    store_credentials(inbox, credentials, now=now)
    InboxHealth.objects.get_or_create(inbox=inbox, defaults={"workspace_id": inbox.workspace_id})
    return before


def _put_back(inbox: Inbox, before: InboxSecret | None) -> None:
    """The network did not accept the new credentials: those that may still work are not lost to them."""
    with transaction.atomic():
        if before is None:
            InboxSecret.objects.filter(inbox=inbox).delete()
        else:
            before.save()


def _settle(
    inbox: Inbox, account: Account, event: InboxConnected | InboxReconnected, *, now: datetime
) -> None:
    with transaction.atomic():
        _set_state(inbox, Inbox.State.CONNECTED, "", now=now)
        InboxHealth.objects.filter(inbox=inbox).update(
            expires_at=None, renewed_at=None, renew_after=None, renew_problem=""
        )
        note_account(inbox, account, now=now)
        publish(event)


def _set_state(inbox: Inbox, state: Inbox.State, reason: str, *, now: datetime) -> None:
    inbox.state, inbox.state_reason, inbox.state_since = state, reason, now
    inbox.save(update_fields=["state", "state_reason", "state_since"])


def note_account(inbox: Inbox, account: Account, *, now: datetime) -> None:
    """What a test call brought, for the health page."""
    inbox.plan = account.plan[:40]
    Inbox.objects.filter(pk=inbox.pk).exclude(plan=inbox.plan).update(plan=inbox.plan)
    # A network that does not say when our access ends takes nothing from what its renewal said.
    end = {"expires_at": account.expires_at} if account.expires_at else {}
    InboxHealth.objects.filter(inbox=inbox).update(
        **end,
        checked_at=now,
        check_problem="",
        subscribed=account.subscribed,
        scopes=sorted(account.scopes) if account.scopes is not None else None,
    )
