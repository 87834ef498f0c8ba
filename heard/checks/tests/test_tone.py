from __future__ import annotations

import pytest

from heard.checks.draft import Draft
from heard.checks.tone import tone


def found(text: str, *, complaint: bool = True) -> list[tuple[str, str, str]]:
    return [
        (f.code, text[f.start : f.end], f.weight)
        for f in tone(Draft(text=text, public=True, complaint=complaint))
    ]


@pytest.mark.parametrize(
    "text", ["haha", "Hahaha!", "hehe", "lol", "LOL", "xD", "χαχα", "χα χα", "hihi", "just kidding"]
)
def test_laughter_is_found(text: str) -> None:
    assert [code for code, *_ in found(f"Sorry, {text} again.")] == ["tone.joke"]


@pytest.mark.parametrize("text", ["😂", "🎉", ":)", ":-D", ";)", ":P", "😀"])
def test_a_laughing_face_is_found_where_it_stands(text: str) -> None:
    assert found(f"Sorry {text} again.") == [("tone.emoji", text, "warn")]


def test_a_friendly_face_is_only_pointed_out() -> None:
    assert found("We are on it 🙂") == [("tone.emoji", "🙂", "hint")]


@pytest.mark.parametrize(
    "text",
    [
        "We are sorry 🙏 😔 💙",
        "See point (2:)",
        "Shahahn lives in Lolland.",
        "Open 8:00-16:00 📦 ✅",
        "Aha, that explains it.",
        "It is at https://acme.example/:D/haha",
        "You wrote “haha” to us.",
    ],
)
def test_sympathy_and_what_only_looks_like_a_joke_is_let_through(text: str) -> None:
    assert [one for one in found(text) if one[2] != "hint"] == []


def test_where_nobody_complains_everything_is_fine() -> None:
    assert found("Haha 😂 :)", complaint=False) == []
