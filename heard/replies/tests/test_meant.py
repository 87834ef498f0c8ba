"""What is asked for in other words is found, in five languages; measured on the library that comes with Heard."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from django.utils import timezone

from heard.replies.find import _found, _together, search
from heard.replies.index import Index
from heard.replies.meant import concepts_of, meant
from heard.replies.models import SavedReply
from heard.replies.shipped import shipped
from heard.replies.terms import words
from heard.replies.tests.shelf import CS, EN, a_reply
from heard.workspaces.models import Agent
from tests.cast import NOON

LANGUAGES = ("en", "el", "sl", "hu", "cs")
ASKED = Path(__file__).parent / "asked_for.txt"
AMONG = 3


@pytest.fixture(scope="module")
def library() -> tuple[Index, dict[int, str]]:
    index, names = Index(), {}
    for pk, (name, one) in enumerate(shipped().items(), 1):
        row = SavedReply(pk=pk, titles=dict(one.titles), tags=list(one.facts.tags), changed_at=timezone.now())
        row.situation = one.facts.situation
        index.take(row, [(language, text) for language in one.texts for text in one.texts[language].values()])
        names[pk] = name
    return index, names


def best(index: Index, query: str, *, by_meaning: bool) -> Sequence[int]:
    typed = words(query)
    found = _found(index, typed, "")
    ranked = sorted(found, key=lambda pk: -found[pk])
    scores = meant(index, typed, strict=bool(found)) if by_meaning else {}
    alike = sorted((pk for pk in scores if pk not in found), key=lambda pk: (-scores[pk], pk))
    return _together(ranked, alike, found)[:AMONG]


def test_of_215_questions_most_find_what_they_mean_among_the_first_three(
    library: tuple[Index, dict[int, str]],
) -> None:
    index, names = library
    asked = [line.split("|") for line in ASKED.read_text(encoding="utf-8").splitlines() if line[0] != "#"]
    right = dict.fromkeys(LANGUAGES, 0)
    by_words = 0
    for wanted, *queries in asked:
        for language, query in zip(LANGUAGES, queries, strict=True):
            right[language] += wanted in (names[pk] for pk in best(index, query, by_meaning=True))
            by_words += wanted in (names[pk] for pk in best(index, query, by_meaning=False))
    assert len(asked) >= 40
    assert min(right.values()) >= 0.7 * len(asked)
    assert by_words <= 0.5 * sum(right.values())


def test_words_of_one_concept_are_the_same_in_every_language() -> None:
    said = ("parcels", "balíku", "csomagom", "paketi", "δέματα")
    assert all("parcel" in concepts_of(words(word)[0]) for word in said)
    assert concepts_of("zzz") == frozenset()


@pytest.mark.django_db
def test_what_has_the_word_comes_before_what_means_the_same_and_nobody_finds_what_is_not_theirs(
    ann: Agent, bea: Agent, cyril: Agent
) -> None:
    a_reply(ann, {EN: "We are sorry."}, title="Delivery delayed")
    a_reply(
        ann, {EN: "Sorry.", CS: "Omlouváme se."}, titles={"en": "Parcel is late", "cs": "Balík se zpozdil"}
    )
    a_reply(ann, {EN: "From nine."}, title="Opening hours")
    a_reply(ann, {EN: "Hello."}, title="Package delayed", draft=True)

    found = search(bea, "parcel is late", now=NOON)

    assert [one.title() for one in found.replies] == ["Parcel is late", "Delivery delayed"]
    assert found.meant == {found.replies[1].pk}
    assert search(bea, "parcel zzz", now=NOON).replies == []
    assert search(cyril, "parcel is late", now=NOON).replies == []
