from __future__ import annotations

import pytest

from heard.language.known import direction, is_language, language_in


@pytest.mark.parametrize(
    ("tag", "language"),
    [("cs", "cs"), ("pt-BR", "pt"), ("el_GR", "el"), (" SL ", "sl"), ("nb-NO", "no"), ("iw", "he")],
)
def test_a_tag_names_a_language(tag: str, language: str) -> None:
    assert language_in(tag) == language
    assert is_language(language)


@pytest.mark.parametrize("tag", ["", "c", "-", "xx", "english", "zxx", "c\0s"])
def test_what_is_none_is_none(tag: str) -> None:
    assert language_in(tag) == ""


def test_arabic_and_hebrew_run_from_the_right() -> None:
    assert [direction(code) for code in ("ar", "he", "fa", "el", "cs", "")] == ["rtl"] * 3 + ["ltr"] * 3
