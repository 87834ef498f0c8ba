from __future__ import annotations

import pytest

from heard.channels.contract import Count
from heard.language.lengths import CannotCount, length

FAMILY = "👨‍👩‍👧"


@pytest.mark.parametrize(
    ("text", "characters", "utf8", "utf16"),
    [
        ("", 0, 0, 0),
        ("Hello", 5, 5, 5),
        ("café", 4, 5, 4),
        ("Žluťoučký kůň", 13, 19, 13),
        ("Ευχαριστώ", 9, 18, 9),
        ("日本語", 3, 9, 3),
        ("👋", 1, 4, 2),
        (FAMILY, 5, 18, 8),
        ("a\ud83d", 2, 4, 2),
    ],
)
def test_a_text_is_as_long_as_the_network_counts(text: str, characters: int, utf8: int, utf16: int) -> None:
    assert length(text, Count.CHARACTERS) == characters
    assert length(text, Count.UTF8_BYTES) == utf8
    assert length(text, Count.UTF16_UNITS) == utf16


def test_what_cannot_be_counted_is_said_and_never_guessed() -> None:
    with pytest.raises(CannotCount):
        length("Hello", Count.GRAPHEMES)
