from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation

from heard.web.times import ago, exact, in_words, language_name, told

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("gone", "words"),
    [
        (timedelta(seconds=20), "now"),
        (timedelta(minutes=3), "3 min"),
        (timedelta(hours=5), "5 hr"),
        (timedelta(hours=22), "yesterday 14:00"),
        (timedelta(days=9), "12 Nov"),
        (timedelta(days=400), "17 Oct 2025"),
    ],
)
def test_times_are_told_as_people_say_them(gone: timedelta, words: str) -> None:
    assert told(NOW - gone, now=NOW) == words


@pytest.mark.parametrize(
    ("gone", "words"),
    [(timedelta(minutes=3), "3m"), (timedelta(hours=30), "1d"), (timedelta(days=9), "12 Nov")],
)
def test_lists_tell_them_narrowly(gone: timedelta, words: str) -> None:
    assert told(NOW - gone, now=NOW, narrow=True) == words


def test_they_are_told_in_the_agents_language_and_zone() -> None:
    with translation.override("cs"), timezone.override(ZoneInfo("Europe/Prague")):
        assert told(NOW - timedelta(minutes=3), now=NOW) == "3 min"
        assert exact(NOW) == "sobota 21. listopadu 2026, 13:00 CET"


def test_a_time_to_come_says_the_day() -> None:
    assert in_words(NOW + timedelta(hours=2), now=NOW) == "14:00"
    assert in_words(NOW + timedelta(days=1), now=NOW) == "tomorrow 12:00"
    assert in_words(NOW + timedelta(days=3), now=NOW) == "Tue 24 Nov 12:00"


def test_the_exact_time_is_there_for_who_points_at_it() -> None:
    html = str(ago(NOW - timedelta(minutes=3), now=NOW))

    assert 'datetime="2026-11-21T11:57:00+00:00"' in html
    assert 'title="Saturday 21 November 2026, 11:57 UTC"' in html


def test_no_time_is_nothing() -> None:
    assert ago(None) == ""


@pytest.mark.parametrize(("code", "name"), [("cs", "Czech"), ("en", "English"), ("qq", "qq"), ("", "")])
def test_languages_have_names(code: str, name: str) -> None:
    assert language_name(code) == name
