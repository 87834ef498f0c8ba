from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

from heard.confirming.expected import Waited, expected, measured
from heard.confirming.models import ConfirmingGoal
from heard.confirming.texts import expected_words
from heard.tickets.models import Ticket
from heard.tickets.reply import reply
from heard.workspaces.hours import Hours, Span
from heard.workspaces.models import Agent
from tests.cast import NOON, Network

ALWAYS = Hours(ZoneInfo("UTC"))
BY_DAY = Hours(ZoneInfo("UTC"), tuple(Span(day, 9 * 60, 17 * 60) for day in range(7)))


def waited(hours_ago: float, *, minutes: float | None) -> Waited:
    since = NOON - timedelta(hours=hours_ago)
    return Waited(since, None if minutes is None else since + timedelta(minutes=minutes))


def test_it_is_the_median_rounded_up_to_what_people_say() -> None:
    lately = [waited(hours_ago=20 + step, minutes=50 + step) for step in range(11)]

    assert measured(lately, hours=ALWAYS, now=NOON) == timedelta(hours=1)


def test_too_few_say_nothing() -> None:
    assert measured([waited(20, minutes=5)] * 9, hours=ALWAYS, now=NOON) is None


def test_when_it_is_busy_those_count_who_came_when_it_was_busy() -> None:
    calm = [waited(hours_ago=300 - step * 5, minutes=10) for step in range(30)]
    rush = [waited(hours_ago=30 + step / 100, minutes=23 * 60) for step in range(30)]
    waiting = [waited(hours_ago=1 + step / 100, minutes=None) for step in range(25)]

    assert measured([*calm, *rush], hours=ALWAYS, now=NOON) == timedelta(minutes=15)
    assert measured([*calm, *rush, *waiting], hours=ALWAYS, now=NOON) == timedelta(hours=24)


def test_a_day_on_which_nothing_is_answered_is_no_quick_one() -> None:
    before = [waited(hours_ago=100 + step * 5, minutes=10) for step in range(12)]
    stuck = [waited(hours_ago=50 - step, minutes=None) for step in range(40)]

    assert measured([*before, *stuck], hours=ALWAYS, now=NOON) is None


def test_a_night_is_nobodys_waiting() -> None:
    # Asked at 16:50, answered at 9:10 the next morning.
    over_night = [waited(hours_ago=24 * step + 19 + 1 / 6, minutes=16 * 60 + 20) for step in range(1, 12)]

    assert measured(over_night, hours=BY_DAY, now=NOON) == timedelta(minutes=30)


def test_it_is_counted_on_the_calendar_of_who_answers(messenger: Network) -> None:
    ConfirmingGoal.objects.create(workspace=messenger.inbox.workspace, minutes=120)
    evening = NOON + timedelta(hours=4, minutes=11)

    found = expected(messenger.inbox, hours=BY_DAY, now=evening)

    assert found is not None
    assert (found.measured, found.at) == (False, NOON + timedelta(hours=22, minutes=30))
    words = expected_words(found, hours=BY_DAY, now=evening, language="en")
    assert words == "We want to answer by 3 Nov 2026, 10:30."


def test_the_live_queue_is_asked(messenger: Network, bea: Agent) -> None:
    for step in range(10):
        ticket = messenger.ticket(messenger.direct("?", by=f"Dana{step}"))
        Ticket.objects.filter(pk=ticket.pk).update(created_at=messenger.now)
        reply(ticket, text="On its way.", by=bea, now=messenger.tick(minutes=100))

    found = expected(messenger.inbox, hours=ALWAYS, now=messenger.tick())

    assert found is not None
    assert (found.measured, found.there) == (True, timedelta(hours=2))
    words = expected_words(found, hours=ALWAYS, now=messenger.now, language="en")
    assert words == "We usually answer within 2 hours."


def test_where_nothing_is_known_nothing_is_promised(messenger: Network) -> None:
    assert expected(messenger.inbox, hours=ALWAYS, now=NOON) is None
    assert expected_words(None, hours=ALWAYS, now=NOON, language="en") == ""
