"""Hints: on style and on spelling."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from heard.checks.draft import Draft
from heard.checks.spelling import spelling
from heard.checks.style import style
from heard.language.spelling import Misspelt


def hints(text: str, *, first: bool = False, public: bool = True) -> list[str]:
    found = list(style(Draft(text=text, public=public, first_answer=first, names=("Jana Kovářová",))))
    assert all(one.weight == "hint" for one in found)
    return [one.code for one in found]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("This is yours!!", "style.exclaims"),
        ("A! b! c! d! e!", "style.exclaims"),
        ("This is NOT OUR PARCEL, sorry.", "style.shouts"),
        ("word " * 130, "style.long"),
        ("word and " * 25 + "end.", "style.sentence"),
        ("Please calm down, we are on it.", "style.harsh"),
        ("Uklidněte se prosím.", "style.harsh"),
    ],
)
def test_what_could_be_better_is_pointed_out(text: str, code: str) -> None:
    assert code in hints(text)


def test_a_first_answer_greets_and_says_what_comes_next() -> None:
    text = "The parcel that you ordered is with the courier in Leeds, who has it in a van. " * 3
    assert "style.greeting" in hints(text, first=True)
    assert "style.next_step" in hints(text, first=True)
    assert hints("Hello. The parcel that you ordered is with the courier.", first=True) == []
    assert hints("Jana, the parcel that you ordered is with the courier.", first=True) == []
    assert hints(text[:100]) == []


def test_an_ordinary_reply_gets_no_hint() -> None:
    assert hints("Kedves Anna! Köszönjük! A USB-C kábel és a HDMI is úton van.") == []


class OneBookSpeller:
    """Knows no word with a q."""

    def misspelt(self, text: str, language: str) -> Iterator[Misspelt]:
        place = 0
        for word in text.split(" "):
            if "q" in word.lower():
                yield Misspelt(place, place + len(word), ("right", "light"))
            place += len(word) + 1


def test_a_misspelt_word_can_be_mended_and_names_links_and_blanks_are_left_alone() -> None:
    text = "Thiqs is Aqme and Qubo, {qwe} #qwe q1 https://q.example/qa qua-q and IQOS."
    draft = Draft(text=text, public=True, names=("Qubo",), speller=OneBookSpeller())
    found = [(text[f.start : f.end], f.mend, f.weight) for f in spelling(draft)]
    assert found == [("Thiqs", "right", "hint"), ("qua-q", "right", "hint")]
    assert list(spelling(Draft(text=text, public=True))) == []


def test_a_text_full_of_words_that_no_dictionary_has_is_in_another_language() -> None:
    speller = OneBookSpeller()
    assert list(spelling(Draft(text="the qaq and qeq qiq qoq", public=True, speller=speller))) == []
    links = " https://q.example/qa" * 20  # say nothing for either
    assert list(spelling(Draft(text=f"the qaq and qeq qiq qoq{links}", public=True, speller=speller))) == []
    assert len(list(spelling(Draft(text=f"the qaq and qeq{links}", public=True, speller=speller)))) == 2
