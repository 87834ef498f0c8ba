"""Find tickets by what was said, by number or by who wrote. Accents and case do not matter."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.contrib.postgres.search import SearchQuery
from django.db import DatabaseError, connection, transaction

from heard.channels.reading import storable
from heard.contacts.models import Contact
from heard.tickets.models import Message, Ticket
from heard.tickets.numbers import numbers_in
from heard.workspaces.models import Agent

SHOWN = 50
# Messages looked at for so many tickets: a long conversation fills several hits.
HITS = 400
LONGEST_QUESTION = 500
PATIENCE = "900ms"
NUMBER = re.compile(r"#?(\d{1,18})")


def search(agent: Agent, words: str, *, limit: int = SHOWN) -> list[Ticket]:
    """The newest first, tickets named by their number before all others."""
    words = storable(words[:LONGEST_QUESTION]).strip()
    if not words:
        return []
    ids = [*_by_number(agent, words), *_by_text(agent, words), *_by_contact(agent, words)]
    wanted = list(dict.fromkeys(ids))[:limit]
    rows = (
        Ticket.objects.visible_to(agent).select_related("contact", "inbox", "assignee").in_bulk(wanted)
    )
    return [rows[pk] for pk in wanted if pk in rows]


def _by_number(agent: Agent, words: str) -> Sequence[int]:
    numbers = numbers_in(words, agent.workspace)
    if plain := NUMBER.fullmatch(words):
        numbers.append(int(plain[1]))
    return list(Ticket.objects.visible_to(agent).filter(number__in=numbers).values_list("pk", flat=True))


def _by_text(agent: Agent, words: str) -> Sequence[int]:
    hits = Message.objects.visible_to(agent).filter(
        search=SearchQuery(words, config="heard", search_type="websearch")
    )
    newest = hits.order_by("-id").values_list("ticket_id", flat=True)[:HITS]
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL statement_timeout = '{PATIENCE}'")
            return list(newest)
    except DatabaseError:
        # Too slow, or a question that PostgreSQL's parser gives up on. Rather nothing by text than a page
        # that hangs or breaks: number and name still answer.
        return []


def _by_contact(agent: Agent, words: str) -> Sequence[int]:
    if len(words) < 3:
        return []
    people = Contact.objects.visible_to(agent).filter(name__icontains=words).order_by("-id")[:SHOWN]
    return list(
        Ticket.objects.visible_to(agent)
        .filter(contact__in=[person.pk for person in people])
        .order_by("-last_message_at")
        .values_list("pk", flat=True)[:SHOWN]
    )
