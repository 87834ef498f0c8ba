"""Find tickets by what was said, by number or by who wrote. Accents and case do not matter."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from django.contrib.postgres.search import SearchQuery
from django.db import DatabaseError, connection, transaction
from django.db.models import Max, Min, QuerySet

from heard.channels.reading import storable
from heard.contacts.merge import root
from heard.contacts.models import Contact
from heard.tickets.models import Message, Ticket
from heard.tickets.numbers import numbers_in
from heard.workspaces.models import Agent

SHOWN = 50
# A long conversation fills many hits with one ticket: then we look further, but not for ever.
STEP = 60
ENOUGH = 30
MOST_STEPS = 7
LONGEST_QUESTION = 500
# What is searched is in memory, as a rule: then a message by its key costs two of those that stand in a row,
# and not twelve. With the usual price the planner walks through 60,000 messages where a word is in 5,000.
# To have pages read ahead by other processes takes longer then than to read them.
IN_MEMORY = {"random_page_cost": "0.3", "effective_io_concurrency": "0"}
# A plan for any words knows nothing of how often these were said, and reads them anew for each message.
FOR_THESE_WORDS = {"plan_cache_mode": "force_custom_plan"}
BY_WORDS = {"enable_indexscan": "off", "enable_seqscan": "off"}
# The planner takes words for strangers to one another. Two common ones that nobody ever wrote together
# would have it walk through all messages; by the words' own index it is quick to see that there are none.
ONE_WORD = (IN_MEMORY | {"statement_timeout": "200ms"}, BY_WORDS | {"statement_timeout": "700ms"})
# Common words that are often together are found soonest by walking, so that is tried first and last.
SEVERAL_WORDS = (
    {"statement_timeout": "100ms"},
    BY_WORDS | {"statement_timeout": "300ms"},
    {"statement_timeout": "500ms"},
)
# A word's own index leads to every message with it, and only the newest are wanted. One that more say is found sooner
# by walking back from the newest, and of one that fewer say all are read soon.
MIDDLING = range(2_500, 16_000)
# So many times STEP of such a word should be in the newest part of all messages, which is then looked through first.
AMPLE = 4
NUMBER = re.compile(r"#?(\d{1,18})")


def search(agent: Agent, words: str, *, limit: int = SHOWN) -> list[int]:
    """Keys of tickets, the newest first, those named by their number before all others."""
    words = storable(words[:LONGEST_QUESTION]).strip()
    if not words:
        return []
    found: dict[int, None] = {}
    for look in (_by_number, _by_text, _by_contact):
        if len(found) < limit:
            found |= dict.fromkeys(look(agent, words))
    return list(found)[:limit]


def _by_number(agent: Agent, words: str) -> Sequence[int]:
    numbers = numbers_in(words, agent.workspace)
    if plain := NUMBER.fullmatch(words):
        numbers.append(int(plain[1]))
    if not numbers:
        return []
    return list(Ticket.objects.visible_to(agent).filter(number__in=numbers).values_list("pk", flat=True))


def _by_text(agent: Agent, words: str) -> Sequence[int]:
    hits = Message.objects.visible_to(agent).filter(
        search=SearchQuery(words, config="heard", search_type="websearch")
    )
    is_one = len(words.split()) == 1
    for settings in ONE_WORD if is_one else SEVERAL_WORDS:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                wanted = FOR_THESE_WORDS | settings
                cursor.execute("; ".join(f"SET LOCAL {name} = '{value}'" for name, value in wanted.items()))
                return (_of_newest_part(agent, hits) if is_one else []) or _newest(hits)
        except DatabaseError:
            # Too slow, or a question that PostgreSQL's parser gives up on.
            continue
    # Rather nothing by text than a page that hangs or breaks: number and name still answer.
    return []


def _of_newest_part(agent: Agent, hits: QuerySet[Message]) -> list[int]:
    """Nothing where it would take longer than to look at all, or finds too few."""
    expected = json.loads(hits.values("id").explain(format="json"))[0]["Plan"]["Plan Rows"]
    if expected not in MIDDLING:
        return []
    ends = Message.objects.visible_to(agent).aggregate(Min("id"), Max("id"))
    first, last = ends["id__min"] or 0, ends["id__max"] or 0
    found = _newest(hits.filter(id__gt=last - (last - first) * AMPLE * STEP // expected))
    return found if len(found) >= ENOUGH else []


def _newest(hits: QuerySet[Message]) -> list[int]:
    """A few hits at a time: PostgreSQL then walks back from the newest message, and is done soon."""
    newest = hits.order_by("-id").values_list("id", "ticket_id")
    found: dict[int, None] = {}
    last = None
    for _ in range(MOST_STEPS):
        some = list(newest[:STEP] if last is None else newest.filter(id__lt=last)[:STEP])
        found |= dict.fromkeys(ticket_id for _id, ticket_id in some)
        if len(some) < STEP or len(found) >= ENOUGH:
            break
        last = some[-1][0]
    return list(found)


def _by_contact(agent: Agent, words: str) -> Sequence[int]:
    if len(words) < 3:
        return []
    people = Contact.objects.visible_to(agent).filter(name__icontains=words).order_by("-id")[:SHOWN]
    return list(
        Ticket.objects.visible_to(agent)
        .filter(contact__in={root(person).pk if person.merged_into_id else person.pk for person in people})
        .order_by("-last_message_at")
        .values_list("pk", flat=True)[:SHOWN]
    )
