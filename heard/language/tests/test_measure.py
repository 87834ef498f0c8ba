"""What is called certain is right, in the languages of the house and however people type them."""

from __future__ import annotations

import pytest

from heard.language.greeklish import is_greeklish, sound_of
from heard.language.measure import LONG, Sample, measured, sets

SETS = dict(sets())
# Of messages of twenty characters and more. Czech and Slovak share most of their words once the accents are gone.
MOST_UNDECIDED = {"cs": 0.15, "cs, without accents": 0.35, "others": 0.25}


@pytest.mark.parametrize("name", SETS)
def test_what_is_certain_is_right(name: str) -> None:
    long = [sample for sample in SETS[name] if len(sample.text) >= LONG]
    row = measured(name, long)

    assert row.accuracy >= 0.97, row.wrong
    assert row.undecided <= MOST_UNDECIDED.get(name, 0.1) * row.messages


@pytest.mark.parametrize("name", SETS)
def test_short_ones_are_rather_left_undecided(name: str) -> None:
    row = measured(name, [sample for sample in SETS[name] if len(sample.text) < LONG])

    assert len(row.wrong) <= 1, row.wrong


def test_there_are_sixty_messages_and_more_of_each() -> None:
    assert all(len(samples) >= 60 for samples in SETS.values())
    assert all(len(set(samples)) == len(samples) for samples in SETS.values())


def test_the_sets_would_show_a_mistake() -> None:
    assert measured("wrong", [Sample("hr", SETS["cs"][0].text)]).accuracy == 0.0


@pytest.mark.parametrize(
    ("typed", "also"),
    [
        ("thelw", "thelo"),
        ("8elw", "thelo"),
        ("euxaristw", "efharisto"),
        ("exw", "eho"),
        ("pws", "pos"),
        ("3ereis", "ksereis"),
    ],
)
def test_words_are_heard_as_they_sound(typed: str, also: str) -> None:
    assert sound_of(typed) == sound_of(also)


@pytest.mark.parametrize(
    "text", ["", "to mou", "pou pou pou", "1042", "kai kai kai kai", "den den to mia meta"]
)
def test_a_word_or_two_are_not_greek_yet(text: str) -> None:
    assert not is_greeklish(text)


def test_english_with_a_greek_word_stays_english() -> None:
    assert not is_greeklish("hello, my paraggelia number is 1042, could you check where it is please")
