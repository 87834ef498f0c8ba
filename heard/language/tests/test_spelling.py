"""Hunspell's own library, with a dictionary of five words, and with those that the distribution brings."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

import pytest

from heard.language.hunspell import HunspellSpeller, library
from heard.language.spelling import Misspelt

pytestmark = pytest.mark.skipif(library() is None, reason="hunspell's library is not installed")

AFFIXES = "SET ISO8859-2\nTRY aeoxzb\nSFX A Y 1\nSFX A 0 y .\n"
WORDS = "5\nbalík/A\ndorazil\nváš\nzítra\ndon't\n"


@pytest.fixture
def speller(tmp_path: Path) -> Iterator[HunspellSpeller]:
    (tmp_path / "cs_CZ.aff").write_text(AFFIXES, encoding="iso8859-2")
    (tmp_path / "cs_CZ.dic").write_text(WORDS, encoding="iso8859-2")
    made = HunspellSpeller(library(), [tmp_path / "none", tmp_path])
    yield made
    made.close()


def suggested(speller: HunspellSpeller, text: str) -> list[Misspelt]:
    """What it says once it has had the time that it takes."""
    list(speller.misspelt(text, "cs"))
    speller.settle()
    return list(speller.misspelt(text, "cs"))


def test_only_what_no_dictionary_has_is_misspelt(speller: HunspellSpeller) -> None:
    assert speller.languages == ["cs"]
    [wrong] = suggested(speller, "Váš balík dorazzil, balíky don’t zítra.")
    assert (wrong.start, wrong.end) == (10, 18)
    assert wrong.suggestions[0] == "dorazil"


@pytest.mark.parametrize("language", ["sl", "el", "xx", ""])
def test_where_there_is_no_dictionary_nothing_is_misspelt(speller: HunspellSpeller, language: str) -> None:
    assert list(speller.misspelt("dorazzil", language)) == []


def test_a_word_in_another_alphabet_is_left_alone(speller: HunspellSpeller) -> None:
    assert list(speller.misspelt("δέμα", "cs-CZ")) == []


def test_odd_words_do_no_harm(speller: HunspellSpeller) -> None:
    dice = random.Random(5)
    odd = "aáž'’-\u0301\ud800𝒳ß\0ı☺ 1\n"
    for _ in range(300):
        text = "".join(dice.choices(odd, k=dice.randrange(60))) + "x" * dice.randrange(200)
        for found in speller.misspelt(text, "cs"):
            assert 0 <= found.start < found.end <= len(text)
    speller.settle()


INSTALLED = Path("/usr/share/hunspell")
SAID = {
    "en": ("Your parcel leaves our house tomorrow morning.", "tomorow", "tomorrow"),
    "cs": ("Příští týden vám náhradní díl pošleme zdarma.", "zdaarma", "zdarma"),
    "sl": ("Vaš paket bo jutri zjutraj pri vas, hvala za potrpljenje.", "potrpljenjje", "potrpljenje"),
    "hu": ("A csomagját holnap reggel küldjük, köszönjük a türelmét.", "köszönjükk", "köszönjük"),
    "el": ("Το δέμα σας φεύγει αύριο το πρωί, ευχαριστούμε πολύ.", "ευχαρριστούμε", "ευχαριστούμε"),
}


@pytest.mark.skipif(
    HunspellSpeller(None, [INSTALLED]).missing != [],
    reason="hunspell's dictionaries are not all installed: apt-get install hunspell-{cs,el,en-us,hu,sl}",
)
def test_the_dictionaries_of_all_five_languages_know_their_letters_and_answer_at_once() -> None:
    speller = HunspellSpeller(library(), [INSTALLED])
    for language, (text, wrong, right) in SAID.items():
        assert list(speller.misspelt(f"{text} {wrong}", language)) == [] or language in speller.languages
        speller.settle()
        assert list(speller.misspelt(text, language)) == [], language
        list(speller.misspelt(f"{text} {wrong}", language))
        speller.settle()
        begun = perf_counter()
        [found] = speller.misspelt(f"{text} {wrong}", language)
        assert perf_counter() - begun < 0.02
        assert right in found.suggestions
    speller.close()
