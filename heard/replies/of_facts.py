"""Which saved replies say a fact, and whose of them somebody has to look at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import Q

from heard.facts.known import keys_in
from heard.facts.models import Fact
from heard.replies.models import SavedReply, Variant
from heard.replies.queries import replies_of
from heard.workspaces.models import Agent

LATELY: Final = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Concerned:
    """One of the agent's own replies, and the fact in it that changed or has to be looked at."""

    reply: SavedReply
    fact: Fact
    is_due: bool


def replies_by_fact(facts: Iterable[Fact], agent: Agent) -> Mapping[str, list[SavedReply]]:
    """By key, each reply once. Only what the agent sees, and nothing that is archived."""
    found: dict[str, list[SavedReply]] = {fact.key: [] for fact in facts}
    for reply, keys in _naming(found, agent):
        for key in keys & found.keys():
            found[key].append(reply)
    return found


def concerning(agent: Agent, *, today: date, now: datetime) -> Sequence[Concerned]:
    """What an owner is told: a fact in a reply of theirs is due, or was changed in the last two weeks."""
    moved = Q(review_on__lt=today) | Q(changed_at__gte=now - LATELY)
    facts = {fact.key: fact for fact in Fact.objects.visible_to(agent).filter(moved)}
    return [
        Concerned(reply, facts[key], bool((due := facts[key].review_on) and due < today))
        for reply, keys in _naming(facts, agent)
        if reply.owner_id == agent.pk
        for key in sorted(keys & facts.keys())
        if _is_news(facts[key], reply, today)
    ]


def _is_news(fact: Fact, reply: SavedReply, today: date) -> bool:
    """A reply that was written after the fact changed was written knowing it."""
    return bool(fact.review_on and fact.review_on < today) or fact.changed_at > reply.changed_at


def _naming(keys: Iterable[str], agent: Agent) -> Sequence[tuple[SavedReply, set[str]]]:
    """No query where there is nothing to look for."""
    if not list(keys):
        return []
    said: dict[int, set[str]] = {}
    texts = Variant.objects.filter(workspace=agent.workspace_id, text__contains="{fact:")
    for pk, text in texts.values_list("reply_id", "text"):
        said.setdefault(pk, set()).update(keys_in(text))
    replies = replies_of(agent).filter(archived_at=None, pk__in=said).order_by("pk")
    return [(reply, said[reply.pk]) for reply in replies]
