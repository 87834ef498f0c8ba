"""The labelled messages, and what must never be taken for a mood."""

from __future__ import annotations

import pytest

from heard.language.mood import LABELLED, mood_of

LANGUAGES = ("cs", "el", "en", "hu", "sl")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_mood_of_labelled_messages_is_named_rightly_or_not_at_all(language: str) -> None:
    rows = [line.split("\t") for line in (LABELLED / f"{language}.tsv").read_text("utf-8").splitlines()]
    assert len(rows) >= 40
    told = [(wanted, mood.feeling if (mood := mood_of(text, language)) else "none") for wanted, text in rows]
    assert [one for one in told if one[1] not in (one[0], "none")] == []
    assert sum(wanted == feeling for wanted, feeling in told) >= 0.9 * len(told)


def test_the_words_that_say_so_are_given() -> None:
    mood = mood_of("This is unacceptable, I have been waiting for weeks.")
    assert mood is not None
    assert (mood.feeling, mood.words) == ("angry", ("unacceptable", "for weeks"))


def test_where_two_moods_are_heard_or_hardly_one_nothing_is_said() -> None:
    for text in (
        "Great shop, but the parcel is broken, which is disappointing.",
        "I am not angry, I only want to know where it is.",
        "Not great.",
        "Thanks, where is my parcel?",
        "Ich bin sehr wütend, das ist inakzeptabel.",
        "",
    ):
        assert mood_of(text) is None, text


def test_anger_weighs_more_than_thanks() -> None:
    mood = mood_of("Thanks for nothing. This is a scam, the worst shop ever.")
    assert mood is not None
    assert mood.feeling == "angry"


def test_a_long_odd_text_is_read_in_no_time() -> None:
    for unit in ("not ", "AAAA ", "!", "thank you so ", "\ud800\x00"):
        mood_of(unit * 20_000)
