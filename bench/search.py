"""Search: the newest 50 for words of every frequency, for two words together, and for none at all."""

from __future__ import annotations

import math
from functools import partial

from django.contrib.postgres.search import SearchQuery
from django.db import connection

from bench.house import House
from bench.load.desk import Size
from bench.load.loading import loaded_desk
from bench.load.words import SHARES, WORDS, vocabulary
from bench.questions import Asked, asked
from bench.tables import Table
from heard.tickets.models import Message, Ticket
from heard.tickets.search import SHOWN, search

TIMES = 10
STEPS = 10
SMALL = Size(tickets=10_000, messages=50_000)
SAMPLE_PERCENT = 2


def measure(house: House) -> Table:
    agent = loaded_desk(house, SMALL)
    table = Table(f"Search: {Message.objects.count():,} messages, {Ticket.objects.count():,} tickets")
    slowest = 0.0
    for rank in _ranks():
        words = [vocabulary(language)[rank - 1] for language in SHARES]
        found = [asked(partial(search, agent, word), times=TIMES) for word in words]
        common = max(_share(word) for word in words)
        _add(table, f"word {rank:,} of each language (in up to {common:.2%} of messages)", found)
        slowest = max([slowest, *(one.most for one in found)])
    for name, pairs in _pairs().items():
        found = [asked(partial(search, agent, pair), times=TIMES) for pair in pairs]
        _add(table, name, found, promised=False)
        slowest = max([slowest, *(one.most for one in found)])
    found = [asked(partial(search, agent, _strangers()), times=TIMES)]
    _add(table, "two common words that nobody wrote together", found, promised=False)
    slowest = max(slowest, found[0].most)
    found = [asked(partial(search, agent, "qqxzzy"), times=TIMES)]
    _add(table, "a word that nobody wrote", found)
    table.at_most("the slowest of all", max([slowest, found[0].most]), 1000, "ms")
    table.notes.append(
        f"{TIMES} calls a word, all statements together (number, text and contact are searched); up to "
        f"{SHOWN} tickets found. Each row shows the slowest language."
    )
    return table


def _ranks() -> list[int]:
    """From the most frequent word to the rarest, in equal steps of frequency."""
    return sorted({round(math.exp(math.log(WORDS) * step / (STEPS - 1))) for step in range(STEPS)})


def _pairs() -> dict[str, list[str]]:
    named = {
        "two common words": (2, 3),
        "a common and a rare word": (2, 9_000),
        "two rare words": (8_000, 9_000),
    }
    return {
        name: [f"{vocabulary(language)[one]} {vocabulary(language)[two]}" for language in SHARES]
        for name, (one, two) in named.items()
    }


def _strangers() -> str:
    """Of two languages with alphabets of their own."""
    return f"{vocabulary('en')[3]} {vocabulary('el')[3]}"


def _add(table: Table, what: str, found: list[Asked], *, promised: bool = True) -> None:
    """The promise is for every frequency of one word."""
    value = max(one.p50 for one in found)
    if promised:
        table.at_most(f"{what}, p50", value, 20, "ms")
    else:
        table.add(f"{what}, p50", f"{value:.1f} ms")


def _share(word: str) -> float:
    """In how many of all messages, by a sample."""
    with connection.cursor() as cursor:
        query, parameters = Message.objects.filter(
            search=SearchQuery(word, config="heard")
        ).query.sql_with_params()
        where = query.partition(" WHERE ")[2]
        cursor.execute(
            f"SELECT count(*), count(*) FILTER (WHERE {where}) FROM tickets_message "
            f"TABLESAMPLE SYSTEM ({SAMPLE_PERCENT}) REPEATABLE (1)",
            parameters,
        )
        total, hits = cursor.fetchone() or (0, 0)
    return hits / total if total else 0.0
