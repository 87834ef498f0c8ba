from __future__ import annotations

import json
from datetime import timedelta

import pytest

from heard.channels.meta.usage import pause_asked

TWO_PAST_FOUR = "Sat, 03 Oct 2026 04:02:00 GMT"


def app(percent: float) -> dict[str, str]:
    usage = {"call_count": 1, "total_time": percent, "total_cputime": 2}
    return {"x-app-usage": json.dumps(usage)}


def business(percent: float, minutes: int = 0) -> dict[str, str]:
    use = {"type": "pages", "call_count": percent, "estimated_time_to_regain_access": minutes}
    return {"x-business-use-case-usage": json.dumps({"77": [{"type": "messenger", "call_count": 1}, use]})}


@pytest.mark.parametrize(
    ("headers", "pause"),
    [
        ({}, None),
        (app(79), None),
        (app(80), timedelta(minutes=1)),
        (app(90.5), timedelta(minutes=5)),
        (app(250), timedelta(minutes=15)),
        (business(79), None),
        (business(85), timedelta(minutes=1)),
        (business(100, minutes=17), timedelta(minutes=17)),
        (business(10, minutes=17), timedelta(minutes=17)),
        (app(100) | {"retry-after": "30"}, timedelta(seconds=30)),
        (business(100, minutes=2) | {"retry-after": "30"}, timedelta(minutes=2)),
        ({"retry-after": "90"}, timedelta(seconds=90)),
        ({"retry-after": "999999999"}, timedelta(days=1)),
        (business(0, minutes=10**9), timedelta(days=1)),
        (
            {"retry-after": "Sat, 03 Oct 2026 04:02:00 GMT", "date": "Sat, 03 Oct 2026 04:00:00 GMT"},
            timedelta(minutes=2),
        ),
        (
            {"retry-after": "Sat, 03 Oct 2026 04:02:00 GMT", "date": "Sat, 03 Oct 2026 05:00:00 GMT"},
            timedelta(),
        ),
    ],
)
def test_a_time_that_meta_names_counts_before_a_guess(
    headers: dict[str, str], pause: timedelta | None
) -> None:
    assert pause_asked(headers) == pause


@pytest.mark.parametrize("value", ["", "x", "[]", "7", '{"call_count":"90"}', '{"call_count":true}', "[[[["])
@pytest.mark.parametrize("name", ["x-app-usage", "x-business-use-case-usage", "retry-after"])
def test_what_makes_no_sense_asks_for_nothing(name: str, value: str) -> None:
    assert pause_asked({name: value}) in (None, timedelta(seconds=7))
