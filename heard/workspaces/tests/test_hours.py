from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from heard.workspaces.hours import DAY_IN_MINUTES, EVERY_YEAR, FARTHEST, ROUND_THE_CLOCK, Hours, Span, overlap

LJUBLJANA = ZoneInfo("Europe/Ljubljana")
WEEK = tuple(
    Span(day, *part) for day in range(5) for part in ((9 * 60, 12 * 60), (13 * 60, 17 * 60))
)  # Monday to Friday with a pause
# Clocks that jump at two, at midnight, by half an hour, and over a whole day.
ZONES = ("Europe/Ljubljana", "Africa/Cairo", "Australia/Lord_Howe", "Pacific/Apia", "UTC")
# In each of these weeks some clock is changed.
SUNDAYS = (
    datetime(2026, 3, 29, tzinfo=UTC),
    datetime(2026, 10, 25, tzinfo=UTC),
    datetime(2026, 4, 24, tzinfo=UTC),
    datetime(2026, 4, 4, tzinfo=UTC),
    datetime(2011, 12, 30, tzinfo=UTC),
)


@st.composite
def _spans(draw: st.DrawFn) -> Span:
    opens = draw(st.integers(0, DAY_IN_MINUTES - 1))
    return Span(draw(st.integers(0, 6)), opens, draw(st.integers(opens + 1, DAY_IN_MINUTES)))


hours = st.builds(
    lambda zone, spans: Hours(ZoneInfo(zone), tuple(spans)),
    st.sampled_from(ZONES),
    st.lists(_spans(), min_size=1, max_size=12),
)
moments = st.builds(
    lambda sunday, minutes: sunday + timedelta(minutes=minutes),
    st.sampled_from(SUNDAYS),
    st.integers(-3 * DAY_IN_MINUTES, 3 * DAY_IN_MINUTES),
)
lengths = st.integers(0, 3 * DAY_IN_MINUTES).map(lambda minutes: timedelta(minutes=minutes))


def here(*parts: int, fold: int = 0) -> datetime:
    return datetime(*parts, tzinfo=LJUBLJANA, fold=fold)  # type: ignore[misc,arg-type]


@pytest.mark.parametrize(
    ("at", "is_open"),
    [
        (here(2026, 11, 2, 9, 0), True),
        (here(2026, 11, 2, 8, 59), False),
        (here(2026, 11, 2, 12, 0), False),
        (here(2026, 11, 2, 16, 59), True),
        (here(2026, 11, 7, 10, 0), False),
    ],
)
def test_it_is_open_from_the_minute_it_opens_to_the_minute_it_closes(at: datetime, is_open: bool) -> None:
    assert Hours(LJUBLJANA, WEEK).is_open(at) is is_open


def test_after_friday_comes_monday_and_a_holiday_comes_never() -> None:
    friday = here(2026, 12, 18, 18, 0)

    assert Hours(LJUBLJANA, WEEK).opens_at(friday) == here(2026, 12, 21, 9, 0)
    closed = frozenset({(2026, 12, 21), (EVERY_YEAR, 12, 22)})
    assert Hours(LJUBLJANA, WEEK, closed).opens_at(friday) == here(2026, 12, 23, 9, 0)


def test_without_hours_somebody_is_always_there_but_on_closed_days() -> None:
    always = Hours(LJUBLJANA)

    assert always.opens_at(here(2026, 11, 7, 3, 0)) == here(2026, 11, 7, 3, 0)
    assert not Hours(LJUBLJANA, (), frozenset({(EVERY_YEAR, 12, 25)})).is_open(here(2030, 12, 25, 12, 0))
    assert always.open_between(here(2026, 10, 25, 0, 0), here(2026, 10, 26, 0, 0)) == timedelta(hours=25)
    assert always.open_between(here(2026, 3, 29, 0, 0), here(2026, 3, 30, 0, 0)) == timedelta(hours=23)


def test_a_span_in_the_hour_that_is_left_out_is_none_and_one_in_the_hour_that_comes_twice_is_long() -> None:
    at_night = Hours(LJUBLJANA, (Span(6, 2 * 60 + 15, 2 * 60 + 45),))

    day = timedelta(days=1)
    assert at_night.open_between(here(2026, 3, 29), here(2026, 3, 29) + day) == timedelta()
    assert at_night.open_between(here(2026, 10, 25), here(2026, 10, 25) + day) == timedelta(minutes=90)
    assert at_night.open_between(here(2026, 11, 1), here(2026, 11, 1) + day) == timedelta(minutes=30)


def test_what_is_never_open_has_no_next_opening() -> None:
    closed = frozenset((EVERY_YEAR, month, day) for month in range(1, 13) for day in range(1, 32))

    assert Hours(LJUBLJANA, WEEK, closed).opens_at(here(2026, 1, 1)) is None
    assert Hours(LJUBLJANA, WEEK, closed).after(here(2026, 1, 1), timedelta(hours=1)) is None


def test_an_answer_within_two_hours_of_friday_evening_comes_on_monday() -> None:
    assert Hours(LJUBLJANA, WEEK).after(here(2026, 11, 6, 16, 0), timedelta(hours=2)) == here(
        2026, 11, 9, 10, 0
    )


@settings(max_examples=60, deadline=None)
@given(hours, moments)
def test_it_is_open_when_it_opens_and_closed_before_it(hours: Hours, at: datetime) -> None:
    opens = hours.opens_at(at)

    assert opens is not None
    assert opens >= at
    assert hours.is_open(opens)
    assert hours.is_open(at) == (opens == at)
    assert hours.open_between(at, opens) == timedelta()
    quarter = (opens - at) / 4
    assert not any(hours.is_open(at + quarter * step) for step in range(4) if opens > at)


@settings(max_examples=60, deadline=None)
@given(hours, moments, lengths, lengths)
def test_open_time_adds_up(hours: Hours, at: datetime, one: timedelta, other: timedelta) -> None:
    middle, end = at + one, at + one + other

    whole = hours.open_between(at, end)
    assert whole == hours.open_between(at, middle) + hours.open_between(middle, end)
    assert timedelta() <= whole <= end - at


@settings(max_examples=60, deadline=None)
@given(hours, moments, lengths)
def test_what_is_counted_forward_is_counted_back(hours: Hours, at: datetime, there: timedelta) -> None:
    done = hours.after(at, there)

    if done is None:  # open so rarely that it lies farther ahead than anybody looks
        assert hours.open_between(at, at + timedelta(days=FARTHEST - 1)) < there
    else:
        assert hours.open_between(at, done) == there


@settings(max_examples=60, deadline=None)
@given(moments, moments)
def test_always_open_is_all_the_time(one: datetime, other: datetime) -> None:
    start = min(one, other)
    end = min(max(one, other), start + timedelta(days=5))

    for zone in ZONES:
        assert Hours(ZoneInfo(zone), ROUND_THE_CLOCK).open_between(start, end) == end - start


def test_two_spans_that_only_touch_do_not_overlap() -> None:
    assert not overlap([Span(0, 60, 120), Span(0, 120, 180), Span(1, 0, 90)])
    assert overlap([Span(0, 60, 121), Span(0, 120, 180)])
