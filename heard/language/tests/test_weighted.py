"""Expected numbers are those that twitter-text publishes for its own conformance tests, or were read on X."""

from __future__ import annotations

import pytest

from heard.channels.contract import Count
from heard.channels.web_addresses import web_addresses
from heard.language.lengths import length

FAMILY = "👨‍👩‍👧‍👦"
LONG_LABEL = "randomurl" * 7


@pytest.mark.parametrize(
    ("text", "weight"),
    [
        ("", 0),
        ("Hello, world! 👋", 16),
        ("café", 4),
        ("cafe\u0301", 4),
        ("Ευχαριστώ", 9),
        ("日本語", 6),
        (FAMILY, 2),
        ("🙋🏽👨‍🎤", 4),
        ("😷👾😡🔥💩", 10),
        ("🇨🇿", 2),
        ("1️⃣", 2),
        ("❤️", 2),
        ("©", 1),
        ("©️", 2),
        ("A" + "\ufb2c", 4),
        ("a\r\nb\rc", 5),
        ("see https://example.com/a/very/long/path?x=1 ok", 30),
        ("visit example.com now", 33),
        ("x.com/y", 23),
        ("Hi http://test.co", 26),
        ("285 chars- http://www.twitter.com/jack " + "xxxxxxxxxx-" * 24, 299),
        ("https://www.twitter.com/aloha " * 10, 240),
        ("の" * 140, 280),
        (LONG_LABEL + "s.com", 68),
        ("(https://example.com)", 25),
        ("https://example.com/a_(b)", 23),
        ("https://example.com.", 24),
        ("@example.com", 12),
        ("name@example.com", 16),
        ("example.comです", 27),
        ("e.g. this", 9),
        ("file.txt", 8),
    ],
)
def test_a_post_is_as_long_as_x_counts(text: str, weight: int) -> None:
    assert length(text, Count.WEIGHTED) == weight


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("http://☃.net/ and foo.co.jp", ["http://☃.net/", "foo.co.jp"]),
        ("http://example.com:8080/x?y=z&a.", ["http://example.com:8080/x?y=z&a"]),
        ("http://www.domain4352-.com/", []),
        ("ftp://www.example.com", []),
        ("日本語example.com/a", ["example.com/a"]),
        ("HTTPS://www.ExaMPLE.COM/index.html", ["HTTPS://www.ExaMPLE.COM/index.html"]),
        ("example.com.notatld/x", ["example.com"]),
        ("http://example.invalidtld", []),
        ("https://xn--80ak6aa92e.xn--p1ai/a", ["https://xn--80ak6aa92e.xn--p1ai/a"]),
    ],
)
def test_addresses_are_found_as_x_finds_them(text: str, found: list[str]) -> None:
    assert [text[one.start : one.end] for one in web_addresses(text)] == found


def test_a_long_text_is_counted_quickly() -> None:
    assert length("a." * 50_000, Count.WEIGHTED) == 100_000
    assert length("https://" * 10_000, Count.WEIGHTED) == 80_000
