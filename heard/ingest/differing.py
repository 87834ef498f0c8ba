"""Of what a network holds, that which we do not have, or have otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from heard.channels.contract import Fact, Incoming, MessageEdited, MessageHidden, MessageIn, PostPublished
from heard.channels.registry import channel
from heard.inboxes.models import Inbox
from heard.ingest.facts import key_of
from heard.ingest.models import LedgerLine
from heard.tickets.change import hidden_or_shown_since, same_words
from heard.tickets.models import Message, Post

# Hiding goes out as a job, and a busy network may make it wait.
STILL_UNDER_WAY: Final = timedelta(minutes=30)


def differing(inbox: Inbox, facts: Sequence[Incoming], *, asked_at: datetime) -> Iterator[Incoming]:
    """New ones as they are, known messages with other words as edits, and what was hidden or shown again."""
    keys = _in_ledger(inbox, facts)
    ours = _messages(inbox, facts)
    posts = _posts(inbox, facts)
    for fact in facts:
        if isinstance(fact, PostPublished):
            if _tells_more(fact, posts.get(fact.post.external_id)):
                yield _marked(fact, asked_at)
        elif isinstance(fact, MessageHidden):
            if _is_otherwise(fact, ours.get(fact.external_id), asked_at):
                yield _marked(replace(fact, at=asked_at), asked_at)
        elif key_of(fact) not in keys:
            yield fact
        elif (
            isinstance(fact, MessageIn)
            and (message := ours.get(fact.external_id))
            and _was_edited(inbox, message, fact)
        ):
            yield _edit(message, fact, asked_at)


def _in_ledger(inbox: Inbox, facts: Sequence[Incoming]) -> set[str]:
    keys = [key_of(fact) for fact in facts]
    return set(LedgerLine.objects.filter(inbox=inbox, key__in=keys).values_list("key", flat=True))


def _messages(inbox: Inbox, facts: Sequence[Incoming]) -> Mapping[str, Message]:
    ids = {fact.external_id for fact in facts if isinstance(fact, MessageIn | MessageHidden)}
    rows = Message.objects.filter(inbox=inbox, external_id__in=ids).defer("search")
    return {row.external_id: row for row in rows}


def _posts(inbox: Inbox, facts: Sequence[Incoming]) -> Mapping[str, Post]:
    ids = [fact.post.external_id for fact in facts if isinstance(fact, PostPublished)]
    return {row.external_id: row for row in Post.objects.filter(inbox=inbox, external_id__in=ids)}


def _tells_more(fact: PostPublished, known: Post | None) -> bool:
    return known is None or (bool(fact.post.text) and fact.post.text != known.text)


def _is_otherwise(fact: MessageHidden, message: Message | None, asked_at: datetime) -> bool:
    """A message that is new to us is not hidden here. What an agent did a moment ago may not have gone out yet."""
    if message is None:
        return fact.hidden
    return (message.hidden_at is not None) != fact.hidden and not hidden_or_shown_since(
        message, asked_at - STILL_UNDER_WAY
    )


def _was_edited(inbox: Inbox, message: Message, fact: MessageIn) -> bool:
    """Our own words are left alone: networks shorten links and add their own to what we send."""
    if not message.is_in or message.removed_at or not fact.text:
        return False
    return channel(inbox.channel).abilities.customer_edits and not same_words(message, fact)


def _edit(message: Message, fact: MessageIn, asked_at: datetime) -> Incoming:
    """The list does not say when it was edited: not before what we know, and before what is still to come."""
    edited = MessageEdited(
        at=max(fact.at, message.edited_at or fact.at),
        raw=fact.raw,
        account=fact.account,
        channel=fact.channel,
        external_id=fact.external_id,
        text=fact.text,
        media=fact.media,
        stars=fact.stars,
        recommends=fact.recommends,
    )
    return _marked(edited, asked_at)


def _marked(fact: Fact, asked_at: datetime) -> Incoming:
    """The same state may come back later and is then another fact."""
    marked: Incoming = replace(fact, raw={**fact.raw, "asked": asked_at.isoformat()})  # type: ignore[assignment]
    return marked
