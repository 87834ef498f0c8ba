"""Facts for a text: those that it names, with what they say."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from heard.checks.known_facts import KnownFact
from heard.facts.models import Fact

_NAMED: Final = re.compile(r"\{\s*fact:([a-z][a-z0-9_]{0,39})\s*[,}]")


def keys_in(text: str) -> set[str]:
    return set(_NAMED.findall(text)) if "fact:" in text else set()


def facts_named(keys: Iterable[str], *, workspace_id: int) -> list[KnownFact]:
    """No query where nothing is named."""
    wanted = sorted(keys)
    rows = Fact.objects.filter(workspace_id=workspace_id, key__in=wanted) if wanted else ()
    return [_known(row) for row in rows]


def facts_of(workspace_id: int) -> list[KnownFact]:
    return [_known(row) for row in Fact.objects.filter(workspace_id=workspace_id)]


def fact_values(facts: Iterable[KnownFact], text: str, language: str) -> dict[str, str]:
    """What the placeholders of a text say in this language; one that says nothing in it stays a blank."""
    named = keys_in(text)
    said = {f"fact:{fact.key}": fact.value(language) for fact in facts if fact.key in named}
    return {name: value for name, value in said.items() if value}


def _known(row: Fact) -> KnownFact:
    return KnownFact(key=row.key, name=row.name, values=row.values)
