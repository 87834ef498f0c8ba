"""The facts of a call: which inbox each belongs to, and how to know it again."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from heard.channels.contract import (
    UNKNOWN_TIME,
    BadSignature,
    Happening,
    Hook,
    Ignored,
    Incoming,
    MessageIn,
    Receipt,
)
from heard.channels.registry import channel
from heard.inboxes.credentials import CannotOpen, NotConnected, credentials_of
from heard.inboxes.models import Inbox
from heard.ingest.held_calls import is_held, read_held
from heard.ingest.models import ListenQuery, RawCall

TAG = re.compile(r"heard-[0-9a-f]{16}")


@dataclass(frozen=True)
class Arrived:
    """One fact, where it came from and where it belongs."""

    call: RawCall
    position: int
    inbox: Inbox
    fact: Incoming
    past: bool = False  # history from before the inbox was connected: nobody waits for an answer to it
    held: bool = False  # it was read back from the network, not told by it

    @property
    def name(self) -> str:
        return type(self.fact).__name__

    @cached_property
    def key(self) -> str:
        """The same for every delivery of the same fact, and for no other."""
        return key_of(self.fact)

    @cached_property
    def about(self) -> str:
        """The network's id of the message concerned."""
        if isinstance(self.fact, Receipt):
            return self.fact.external_ids[0] if self.fact.external_ids else ""
        return str(getattr(self.fact, "external_id", ""))


def key_of(fact: Incoming) -> str:
    if isinstance(fact, MessageIn):
        return key_of_message(fact.external_id)
    more = fact.name if isinstance(fact, Happening) else ""
    return _digest(f"{type(fact).__name__} {more} {json.dumps(fact.raw, sort_keys=True, default=str)}")


def key_of_message(external_id: str) -> str:
    return _digest(f"message {external_id}")


def _digest(told: str) -> str:
    return hashlib.sha256(told.encode(errors="replace")).hexdigest()


def facts_of(call: RawCall, inbox: Inbox) -> Iterator[Arrived]:
    """Raises channels.contract.Unreadable."""
    if is_held(call):
        for position, (fact, past) in enumerate(read_held(call)):
            yield Arrived(call, position, inbox, _dated(fact, call), past=past, held=True)
        return
    hook = Hook("POST", {}, call.headers, bytes(call.body))
    for position, fact in enumerate(channel(inbox.channel).parse(hook)):
        yield _routed(call, position, inbox, _named(_dated(fact, call), inbox), hook)


def _dated(fact: Incoming, call: RawCall) -> Incoming:
    return replace(fact, at=call.received_at) if fact.at == UNKNOWN_TIME else fact


def _named(fact: Incoming, inbox: Inbox) -> Incoming:
    """What came because we listen says so by the names of our queries, not by their tags."""
    tags = TAG.findall(fact.note) if isinstance(fact, MessageIn) else []
    if not tags or not isinstance(fact, MessageIn):
        return fact
    names = ListenQuery.objects.filter(inbox=inbox, tag__in=tags).order_by("name")
    return replace(fact, note=", ".join(names.values_list("name", flat=True)))


def _routed(call: RawCall, position: int, inbox: Inbox, fact: Incoming, hook: Hook) -> Arrived:
    """One call may carry the events of several accounts; each goes to its own inbox, if it is ours."""
    slug, account = fact.channel or inbox.channel, fact.account or inbox.account
    if (slug, account) == (inbox.channel, inbox.account):
        return Arrived(call, position, inbox, fact)
    for other in _siblings(inbox, slug, account):
        if _signed_for(other, hook):
            return Arrived(call, position, other, fact)
    stranger = Ignored(
        at=fact.at, raw=fact.raw, reason=f"For the {slug} account {account}, which is not connected here."
    )
    return Arrived(call, position, inbox, stranger)


def _siblings(inbox: Inbox, slug: str, account: str) -> Sequence[Inbox]:
    found = Inbox.objects.filter(workspace_id=inbox.workspace_id, channel=slug, account=account)
    return list(found.exclude(state=Inbox.State.DISCONNECTED).select_related("workspace"))


def _signed_for(inbox: Inbox, hook: Hook) -> bool:
    """Whoever holds the secret of one inbox must not write into another one."""
    try:
        channel(inbox.channel).verify(hook, credentials_of(inbox))
    except (BadSignature, NotConnected, CannotOpen):
        return False
    return True
