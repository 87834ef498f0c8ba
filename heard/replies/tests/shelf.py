"""Saved replies for tests."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from heard.replies.facts import Facts
from heard.replies.models import SavedReply
from heard.replies.stale import stale_ways
from heard.replies.variants import said_by
from heard.replies.ways import Way
from heard.replies.write import Wanted, add
from heard.workspaces.models import Agent
from tests.cast import NOON

EN = Way("en", "formal", "private")
EN_TU = Way("en", "informal", "private")
EN_PUBLIC = Way("en", "formal", "public")
CS = Way("cs", "formal", "private")
CS_TU = Way("cs", "informal", "private")
CS_PUBLIC = Way("cs", "formal", "public")
EL = Way("el", "formal", "private")

IN_ENGLISH = "Your order is on its way, {customer.name}."
IN_CZECH = "Vaše objednávka je na cestě."


def a_reply(
    by: Agent,
    texts: Mapping[Way, str] | None = None,
    *,
    title: str = "Order on its way",
    draft: bool | None = None,
    now: datetime = NOON,
    **facts: Any,
) -> SavedReply:
    titles = facts.pop("titles", {"en": title})
    wanted = Wanted(
        facts=Facts(titles=titles, **facts),
        texts={EN: IN_ENGLISH, CS: IN_CZECH} if texts is None else texts,
        draft=draft,
    )
    return add(wanted, by=by, now=now)


def texts_of(reply: SavedReply) -> dict[Way, str]:
    return {way: one.text for way, one in said_by(reply.variants.all()).items()}


def stale_in(reply: SavedReply) -> frozenset[Way]:
    return stale_ways(said_by(reply.variants.all()), reply.source_language)
