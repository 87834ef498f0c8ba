from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from heard.language.detect import Detected, detect
from heard.language.second_opinion import let_go, second_opinion

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


def test_a_model_that_is_kept_in_files_answers_the_same_and_is_made_once(tmp_path: Path) -> None:
    texts = [*CERTAIN.values(), *(text[:9] for text in CERTAIN.values()), "", "👍", "ok", "x" * 3_000]
    loaded, kept = second_opinion(), second_opinion(tmp_path)
    assert [kept.classify(text) for text in texts] == [loaded.classify(text) for text in texts]

    let_go()
    assert [kept.classify(text) for text in texts] == [loaded.classify(text) for text in texts]

    [place] = tmp_path.iterdir()  # no draft is left
    made = {file.name: file.stat().st_mtime_ns for file in place.iterdir()}
    assert second_opinion(tmp_path).classify(CERTAIN["cs"]) == loaded.classify(CERTAIN["cs"])
    assert {file.name: file.stat().st_mtime_ns for file in place.iterdir()} == made


def test_without_a_place_to_keep_it_the_model_is_loaded_as_it_comes(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file, no folder")
    assert second_opinion(tmp_path / "taken").classify(CERTAIN["hu"])[0] == "hu"
