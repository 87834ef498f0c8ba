"""Saved replies with 2,000 of them, 20 variants each: found, suggested, shown and put in, page and database together."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping, Sequence
from itertools import product

from django.conf import settings
from django.test import Client
from django.utils import timezone

from bench.house import House
from bench.load.desk import Size
from bench.load.loading import loaded_desk
from bench.load.words import vocabulary
from bench.people import sign_in
from bench.tables import Table, ms, percentile
from heard.many import insert_many
from heard.replies.find import find
from heard.replies.index import index_of
from heard.replies.models import SavedReply, Variant
from heard.replies.suggest import suggest
from heard.tickets.models import Ticket
from heard.workspaces.models import Agent

REPLIES = 2_000
LANGUAGES = ("en", "el", "sl", "hu", "cs")
WAYS = tuple(product(LANGUAGES, ("formal", "informal"), ("public", "private")))  # 20
TIMES = 40
LONG = 60  # words of a text
MOST_MS = 100


def measure(house: House) -> Table:
    agent = loaded_desk(house, Size(tickets=200, messages=1_000))
    words = {language: vocabulary(language)[:9_000] for language in LANGUAGES}
    one = _load(agent, words)
    ticket = Ticket.objects.filter(
        workspace=agent.workspace, state="open", inbox__channel="messenger"
    ).first()
    table = Table(
        f"Picker: {SavedReply.objects.count():,} saved replies, {Variant.objects.count():,} variants"
    )
    began = time.perf_counter()
    with index_of(agent.workspace):
        table.add("all words read for the first time", f"{ms(time.perf_counter() - began):,.0f} ms")
    SavedReply.objects.filter(pk=one).update(version=2, changed_at=timezone.now())
    began = time.perf_counter()
    with index_of(agent.workspace):
        table.at_most("after a change of one of them", ms(time.perf_counter() - began), MOST_MS, "ms")
    message = " ".join(words["en"][200:230])
    now = timezone.now()
    _add(
        table, "three that fit a message of 30 words", lambda: suggest(agent, message, language="en", now=now)
    )
    for typed in ("", "a", words["en"][300], f"{words['cs'][40]} {words['cs'][90]}"):
        _add(table, f"found by “{typed}”", lambda typed=typed: find(agent, typed, now=now))  # type: ignore[misc]
    _over_http(
        table, agent, ticket or Ticket.objects.filter(workspace=agent.workspace)[0], one, words["en"][300]
    )
    table.notes.append(f"{TIMES} calls each. HTTP: Django's whole stack in this process, without a socket.")
    return table


def _over_http(table: Table, agent: Agent, ticket: Ticket, one: int, word: str) -> None:
    client = Client(headers={"HX-Request": "true", "Host": "127.0.0.1"})
    client.cookies[settings.SESSION_COOKIE_NAME] = sign_in(agent).session
    place = f"/tickets/{ticket.number}/saved-replies"
    tried = [f"{place}?mode={mode}" for mode in ("private", "public")]
    opens = next(address for address in tried if "picker-row" in client.get(address).text)
    _add(table, "the picker opens, p95", lambda: client.get(opens))
    _add(table, "a word typed, p95", lambda: client.get(f"{opens}&q={word}"))
    _add(table, "put in, p95", lambda: client.post(opens.replace("?", f"/{one}/use?")))


def _add(table: Table, what: str, run: Callable[[], object]) -> None:
    run()
    spent = []
    for _time in range(TIMES):
        began = time.perf_counter()
        run()
        spent.append(ms(time.perf_counter() - began))
    table.at_most(what, percentile(spent, 0.95), MOST_MS, "ms")


def _load(agent: Agent, words: Mapping[str, Sequence[str]]) -> int:
    """Gives the id of one of them."""
    dice = random.Random(5)

    def text(language: str, length: int) -> str:
        return " ".join(dice.choices(words[language], k=length))

    now = timezone.now()
    replies = [
        SavedReply(
            workspace=agent.workspace,
            titles={language: text(language, 4) for language in LANGUAGES},
            tags=[text("en", 1)],
            created_at=now,
            changed_at=now,
        )
        for _number in range(REPLIES)
    ]
    insert_many(replies)
    variants = (
        Variant(
            workspace=agent.workspace,
            reply=reply,
            language=language,
            formality=formality,
            audience=audience,
            text=f"{{customer.name}}, {text(language, LONG)}.",
        )
        for reply in replies
        for language, formality, audience in WAYS
    )
    insert_many(list(variants), keys=False)
    return replies[0].pk
