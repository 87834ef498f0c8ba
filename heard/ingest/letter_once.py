"""One letter to several of our mailboxes is one message, in the mailbox that it names first.

Each mailbox is brought a copy of its own, in any order and perhaps at the same moment. Whichever comes first is
put where it belongs, and those that follow are then known there: the unique key of messages does the rest. Writers
choose their Message-IDs, so an id alone does not make two letters one: what differs in its words is another letter.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from django.db import connection

from heard.channels.contract import Ignored, MessageIn, Person
from heard.channels.registry import channel
from heard.contacts.identify import ANONYMOUS
from heard.inboxes.models import Inbox
from heard.ingest.facts import Arrived
from heard.ingest.raw import raw_of
from heard.tickets.letters import mailbox_at, mailboxes_of
from heard.tickets.models import Message
from heard.tickets.readable import readable

_MOST_OF_ONE_ID: Final = 20


def each_letter_once(arrived: Sequence[Arrived]) -> list[Arrived]:
    """The same facts, with letters in the inbox where they belong."""
    if not any(_is_letter(one) for one in arrived):
        return list(arrived)
    _take_turns([one for one in arrived if _is_letter(one)])
    known: dict[int, _Mailboxes] = {}
    settled = []
    for one in arrived:
        if _is_letter(one):
            ours = known.setdefault(one.inbox.pk, _Mailboxes(one.inbox))
            one = ours.settled(one)
        settled.append(one)
    return settled


def _is_letter(one: Arrived) -> bool:
    fact = one.fact
    return (
        isinstance(fact, MessageIn)
        and not fact.ours
        and fact.kind in channel(one.inbox.channel).abilities.letters
    )


def _take_turns(letters: Sequence[Arrived]) -> None:
    """Two workers with copies of the same letter: the second looks when the first has stored it."""
    keys = sorted({f"letter {one.inbox.workspace_id} {one.about}" for one in letters})
    with connection.cursor() as cursor:
        for key in keys:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])


@dataclass(frozen=True, slots=True)
class _Words:
    """What makes a letter the one that it is, besides its id."""

    author: str
    subject: str
    text: str
    files: frozenset[tuple[str, int]]

    @property
    def digest(self) -> str:
        told = repr((self.author, self.subject, self.text, sorted(self.files)))
        return hashlib.sha256(told.encode(errors="replace")).hexdigest()


class _Mailboxes:
    """The mailboxes of a workspace, and what this batch has brought to one of them."""

    def __init__(self, inbox: Inbox) -> None:
        self.inbox = inbox
        self.ours = mailboxes_of(inbox.workspace_id)
        self.brought: dict[str, _Words] = {}

    def settled(self, one: Arrived) -> Arrived:
        fact = one.fact
        assert isinstance(fact, MessageIn)
        if self._is_between_ours(fact):
            return replace(one, fact=Ignored(at=fact.at, raw=fact.raw, reason="Our own mail came back."))
        words = _words_of(fact)
        earlier = self._earlier(fact)
        same = next((row for row in earlier if _words_in(row) == words or _bytes_are(one, row)), None)
        if same is not None:
            self._note_way(same, one.inbox)
            return replace(one, inbox=same.inbox)
        before = self.brought.setdefault(fact.external_id, words)
        if earlier or before != words:
            fact = replace(fact, external_id=f"{words.digest}@again.invalid")
        home = self._home(fact)
        return replace(one, inbox=home, fact=_seen_from(home, one.inbox, fact))

    def _is_between_ours(self, fact: MessageIn) -> bool:
        """What one mailbox of ours sent to another is in its ticket already."""
        sender = mailbox_at(fact.author.address, self.ours) if fact.author else None
        if sender is None or sender.pk == self.inbox.pk:
            return False
        ours = Message.objects.filter(inbox=sender, direction=Message.Direction.OUT)
        return ours.filter(external_id=fact.external_id).exists()

    def _earlier(self, fact: MessageIn) -> list[Message]:
        rows = Message.objects.filter(
            inbox__in=self.ours.values(),
            external_id=fact.external_id,
            direction=Message.Direction.IN,
        )
        return list(
            rows.select_related("inbox__workspace", "author")
            .prefetch_related("attachments")
            .defer("search")[:_MOST_OF_ONE_ID]
        )

    def _home(self, fact: MessageIn) -> Inbox:
        named = (mailbox_at(address, self.ours) for address in fact.sent_to)
        found = next((one for one in named if one and one.state != Inbox.State.DISCONNECTED), None)
        return found or self.inbox

    def _note_way(self, message: Message, inbox: Inbox) -> None:
        """By which other mailbox it came, where its own words do not say so."""
        listed = [message.inbox, *(mailbox_at(copy["address"], self.ours) for copy in message.copies)]
        if inbox not in listed:
            copies = [*message.copies, {"address": inbox.account, "name": "", "ours": True}]
            Message.objects.filter(pk=message.pk).update(copies=copies)


def _seen_from(home: Inbox, inbox: Inbox, fact: MessageIn) -> MessageIn:
    """Who else got it, besides the mailbox that it now stands in."""
    if home.pk == inbox.pk:
        return fact
    own = {home.account.lower(): home}
    others = [one for one in fact.copies if mailbox_at(one.address, own) is None]
    return replace(fact, copies=[*others, Person(inbox.account, name=inbox.name)])


def _words_of(fact: MessageIn) -> _Words:
    author = fact.author.address if fact.author else ""
    files = frozenset((one.name, int(one.detail.get("size", 0))) for one in fact.media)
    return _Words(author, readable(fact.subject)[:500], readable(fact.text), files)


def _words_in(message: Message) -> _Words:
    author = message.author.address if message.author else ""
    author = "" if author.startswith(ANONYMOUS) else author
    files = frozenset((row.name, int(row.detail.get("size", 0))) for row in message.attachments.all())
    return _Words(author, message.subject, message.text, files)


def _bytes_are(one: Arrived, message: Message) -> bool:
    """The very same mail, read anew: what we make of it may have changed since."""
    call = raw_of(message)
    return call is not None and bytes(call.body) == bytes(one.call.body)
