from __future__ import annotations

import subprocess
import sys

import pytest

from heard.language.detect import Detected, detect

CERTAIN = {
    "en": "Where is my parcel? I ordered it two weeks ago.",
    "cs": "Dobrý den, kde je můj balík? Zásilka nedorazila.",
    "hu": "Jó napot, nem érkezett meg a csomagom.",
    "sl": "Paket še ni prišel, kaj naj naredim?",
    "el": "Πού είναι το δέμα μου; Δεν έχει έρθει ακόμα.",
    "de": "Guten Tag, meine Bestellung ist immer noch nicht angekommen.",
}


@pytest.mark.parametrize("language", CERTAIN)
def test_a_sentence_is_recognised_with_certainty(language: str) -> None:
    assert detect(CERTAIN[language]) == Detected(language, certain=True)


@pytest.mark.parametrize(
    "text", ["", " ", "👍👍👍", "12345", "ok", "hi", "!!!", "https://example.com/x", "@acme #1042"]
)
def test_what_says_nothing_has_no_language(text: str) -> None:
    assert detect(text) == Detected("")


def test_what_stands_around_a_sentence_does_not_change_its_language() -> None:
    noisy = f"@acme 👍 https://example.com/sklep {CERTAIN['cs']} #balik ana@example.com 5521"
    assert detect(noisy) == Detected("cs", certain=True)


@pytest.mark.parametrize("text", ["to paketo mou", "Thanks", "super"])
def test_a_guess_is_never_called_certain(text: str) -> None:
    assert not detect(text).certain


def test_half_an_emoji_does_not_break_it() -> None:
    assert detect("Where is my parcel? \ud83d").language == "en"


def test_models_are_not_loaded_at_import() -> None:
    look = "import sys, heard.language.detect; print('eldc' in sys.modules or 'py3langid' in sys.modules)"
    answer = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "False"
