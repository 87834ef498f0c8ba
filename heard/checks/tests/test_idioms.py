"""Idioms and slang in a text that crosses a border, and what is left alone."""

from __future__ import annotations

from pathlib import Path

from heard.checks import idiomatic
from heard.checks.draft import Draft
from heard.checks.gate import examine
from heard.language.familiar import familiar

FOLDER = Path(idiomatic.__file__).parent / "idioms"
LANGUAGES = ("cs", "el", "en", "hu", "sl")
SAID = {
    "cs": "Držíme palce, pane Nováku, a prosíme o trpělivost.",
    "el": "Τα κάναμε θάλασσα, σας ζητάμε συγγνώμη.",
    "en": "It is a piece of cake, and you can do it here.",
    "hu": "Drukkolunk, és kérjük, hogy írjon nekünk.",
    "sl": "Držimo pesti, da bo paket jutri pri vas.",
}


def _idioms(text: str, **told: str) -> list[tuple[str, str | None, str]]:
    findings = examine(Draft(text=text, public=True, **told))  # type: ignore[arg-type]
    return [(text[f.start : f.end], f.mend, f.weight) for f in findings if f.check == "idioms"]


def test_every_language_has_its_own_list() -> None:
    for language in LANGUAGES:
        lines = (FOLDER / f"{language}.txt").read_text("utf-8").splitlines()
        said = [line.partition(" =")[0] for line in lines if line and line[0] != "#"]
        assert len(said) == len(set(said)) >= 40, language


def test_an_idiom_is_pointed_out_to_who_writes_in_a_foreign_language() -> None:
    for language, text in SAID.items():
        assert familiar(text) == language
        other = "en" if language != "en" else "cs"
        [(_, mend, weight)] = _idioms(text, language=language, author_language=other)
        assert (bool(mend), weight) == (True, "hint"), text
        assert _idioms(text, language=language, author_language=language) == []


def test_it_is_pointed_out_before_the_text_is_translated() -> None:
    assert _idioms(SAID["en"], language="el", author_language="en") == [("piece of cake", "easy", "hint")]
    assert _idioms(SAID["en"]) == []


def test_what_is_quoted_is_no_slang_of_ours() -> None:
    assert _idioms('You wrote "no worries" to us, and we thank you for it.', author_language="cs") == []
