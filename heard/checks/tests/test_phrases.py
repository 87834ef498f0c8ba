from __future__ import annotations

import pytest

from heard.checks.draft import Draft, Phrase
from heard.checks.phrases import phrases


def found(text: str, *unwanted: Phrase) -> list[tuple[str, str | None]]:
    draft = Draft(text=text, public=True, forbidden=unwanted)
    return [(text[f.start : f.end], f.mend) for f in phrases(draft)]


@pytest.mark.parametrize(
    ("phrase", "text", "seen"),
    [
        ("guarantee", "We GUARANTEE it.", ["GUARANTEE"]),
        ("guarantee", "We guaranteed it.", []),
        ("guarantee*", "We guaranteed it.", ["guaranteed"]),
        ("zaruc*", "To zaručujeme a zaručíme.", ["zaručujeme", "zaručíme"]),
        ("no problem", "No  problem, no problems.", ["No  problem"]),
        ("εγγύηση", "Η ΕΓΓΥΗΣΗ μας", ["ΕΓΓΥΗΣΗ"]),
        ("*", "Anything.", []),
        ("", "Anything.", []),
        ("acme", "See https://acme.example/acme", []),
        ("100%", "It is 100% safe.", ["100%"]),
    ],
)
def test_whole_words_are_found_however_they_are_typed(phrase: str, text: str, seen: list[str]) -> None:
    assert [written for written, _ in found(text, Phrase(phrase))] == seen


def test_what_to_say_instead_keeps_the_capital() -> None:
    assert found("Cheap and cheap.", Phrase("cheap", "good value")) == [
        ("Cheap", "Good value"),
        ("cheap", "good value"),
    ]


def test_the_reason_is_the_workspaces_own_and_a_discouraged_phrase_only_a_hint() -> None:
    draft = Draft(
        text="Sadly we cannot.",
        public=False,
        forbidden=(Phrase("sadly", reason="We do not grieve."),),
        discouraged=(Phrase("cannot"),),
    )
    first, second = phrases(draft)
    assert (first.sentence, first.weight) == ("“Sadly”: We do not grieve.", "stop")
    assert (second.code, second.weight) == ("phrase.discouraged", "hint")
