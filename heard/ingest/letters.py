"""Clean what letters look like, in a job: a stranger's HTML may take seconds."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q
from django.urls import reverse

from heard.channels.contract import CleansHtml, MessageIn
from heard.channels.registry import channel
from heard.inboxes.models import Inbox
from heard.ingest.bell import ring_for
from heard.ingest.raw import hook_of, raw_of
from heard.letters.keep import keep_letter
from heard.tickets.events import MessageReceived, PastMessageReceived
from heard.tickets.models import Message

AT_ONCE = 50


def clean_what_came(events: Sequence[MessageReceived | PastMessageReceived]) -> None:
    """One bell for each inbox with letters, however many came."""
    inboxes = {event.message.inbox_id: event.message.inbox for event in events}
    for pk, inbox in inboxes.items():
        if isinstance(channel(inbox.channel), CleansHtml):
            ring_for(pk, "clean")


def clean_letters(inbox: Inbox) -> bool:
    """The newest first. True when more is left."""
    network = channel(inbox.channel)
    kinds = network.abilities.letters
    if not isinstance(network, CleansHtml):
        return False
    letters = Message.objects.filter(inbox=inbox, kind__in=kinds, direction=Message.Direction.IN)
    waiting = letters.filter(Q(letter=None) | Q(letter__policy__lt=network.html_policy)).order_by("-id")
    rows = list(waiting.defer("search").prefetch_related("attachments")[:AT_ONCE])
    for message in rows:
        keep_letter(message, _html(message), inline=_inline(message), network=network)
    return len(rows) == AT_ONCE


def _html(message: Message) -> str:
    """Read again from the call: nobody keeps it twice."""
    call = raw_of(message)
    if call is None:
        return ""
    facts = [fact for fact in channel(call.inbox.channel).parse(hook_of(call)) if isinstance(fact, MessageIn)]
    if len(facts) == 1:
        return facts[0].html  # also where its id was another's, and we gave it one of its own
    return next((fact.html for fact in facts if fact.external_id == message.external_id), "")


def _inline(message: Message) -> dict[str, str]:
    """Content id → where our copy of the picture is to be had."""
    return {
        str(row.detail["content_id"]): reverse("attachment", kwargs={"key": row.key})
        for row in message.attachments.all()
        if row.detail.get("content_id")
    }
