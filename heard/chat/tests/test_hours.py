from __future__ import annotations

from datetime import UTC, datetime

import pytest

from heard.chat.colours import ENOUGH, contrast, words_on
from heard.chat.hours import hours_at, hours_of_workspace_at
from heard.chat.origins import BadOrigin, as_origin
from heard.chat.texts import texts_for

WEEK = {"0": ["09:00", "17:00"], "4": ["10:00", "12:00"]}  # Mondays and Fridays
PRAGUE = "Europe/Prague"


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)  # the 2nd is a Monday


def test_a_week_without_hours_is_always_open() -> None:
    assert hours_at(at(2, 3), {}, PRAGUE).is_open


def test_a_window_without_hours_keeps_the_workspaces() -> None:
    mondays, holiday = [[0, 9 * 60, 17 * 60]], [[0, 11, 9]]
    assert hours_of_workspace_at(at(2, 3), [], [], PRAGUE).is_open
    assert hours_of_workspace_at(at(2, 8), mondays, holiday, PRAGUE).is_open
    assert hours_of_workspace_at(at(2, 16), mondays, [], PRAGUE).opens == at(9, 8)
    assert hours_of_workspace_at(at(2, 16), mondays, holiday, PRAGUE).opens == at(16, 8)


def test_it_is_open_by_the_workspaces_clock() -> None:
    assert not hours_at(at(2, 7, 59), WEEK, PRAGUE).is_open
    assert hours_at(at(2, 8), WEEK, PRAGUE).until == at(2, 16)
    assert not hours_at(at(2, 16), WEEK, PRAGUE).is_open


def test_it_says_when_somebody_is_back() -> None:
    assert hours_at(at(2, 3), WEEK, PRAGUE).opens == at(2, 8)
    assert hours_at(at(2, 16), WEEK, PRAGUE).opens == at(6, 9)
    assert hours_at(at(6, 12), WEEK, PRAGUE).opens == at(9, 8)
    assert hours_at(at(6, 12), {"4": ["10:00", "12:00"]}, PRAGUE).opens == at(13, 9)


@pytest.mark.parametrize("colour", ["#000000", "#ffffff", "#777777", "#ffee00", "#1d6f78", "#ff0000"])
def test_the_words_on_any_colour_can_be_read(colour: str) -> None:
    assert contrast(colour, words_on(colour)) >= ENOUGH


def test_origins_are_as_browsers_name_them() -> None:
    assert as_origin(" Shop.Example ") == "https://shop.example"
    assert as_origin("https://shop.example:443/path?x#y") == "https://shop.example"
    assert as_origin("http://127.0.0.1:8001") == "http://127.0.0.1:8001"
    assert as_origin("bücher.example") == "https://xn--bcher-kva.example"
    for bad in (
        "",
        "*",
        "*.shop.example",
        "https://",
        "ftp://shop.example",
        "https://a@b",
        "shop example",
        "https://x:99999",
    ):
        with pytest.raises(BadOrigin):
            as_origin(bad)


def test_an_unknown_language_reads_ours() -> None:
    assert texts_for("xx-YY", {})[0] == "en"
    language, texts = texts_for("en-GB", {"en": {"title": "Hello", "send": "not theirs to change"}})
    assert (language, texts["title"], texts["send"]) == ("en", "Hello", "Send")
