from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from heard.inboxes.models import Inbox
from heard.publishing.fit import PostStopped
from heard.publishing.models import PlannedPost
from heard.publishing.moments import NoSuchHour, moment
from heard.publishing.pictures import add_picture
from heard.publishing.schedule import InThePast, NowhereToPublish, TooFarAhead, schedule
from heard.publishing.tests.paper import a_jpeg, a_plan, a_png, scheduled
from heard.publishing.write import Target, write
from heard.workspaces.models import Agent
from tests.cast import NOON, reloaded


def codes(stopped: PostStopped) -> list[str]:
    return [one.finding.code for one in stopped.found]


@pytest.mark.parametrize(
    ("day", "hour", "zone", "utc"),
    [
        (date(2027, 1, 5), time(9), "Europe/Athens", datetime(2027, 1, 5, 7, tzinfo=UTC)),
        (date(2027, 7, 5), time(9), "Europe/Athens", datetime(2027, 7, 5, 6, tzinfo=UTC)),
        # It comes twice that night, and the first one is meant.
        (date(2026, 10, 25), time(2, 30), "Europe/Ljubljana", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
    ],
)
def test_a_time_is_said_in_the_workspace_s_zone(day: date, hour: time, zone: str, utc: datetime) -> None:
    assert moment(day, hour, zone) == utc


def test_an_hour_that_the_clocks_jump_over_is_refused_with_the_next_one() -> None:
    with pytest.raises(NoSuchHour) as refused:
        moment(date(2027, 3, 28), time(2, 30), "Europe/Ljubljana")

    assert refused.value.instead.strftime("%H:%M") == "03:30"


def test_the_past_and_the_far_future_are_refused(billboard: Inbox, bea: Agent) -> None:
    plan = a_plan(bea, billboard)
    with pytest.raises(InThePast):
        schedule(plan, at=NOON - timedelta(minutes=2), by=bea, now=NOON)
    with pytest.raises(TooFarAhead):
        schedule(plan, at=NOON + timedelta(days=400), by=bea, now=NOON)
    with pytest.raises(NowhereToPublish):
        schedule(a_plan(bea), at=None, by=bea, now=NOON)


def test_a_text_that_is_too_long_for_one_network_stops_it_with_that_network_s_name(
    billboard: Inbox, wall: Inbox, bea: Agent
) -> None:
    plan = a_plan(bea, billboard, wall, text="x" * 50)
    add_picture(plan, name="a.jpg", content=a_jpeg(), alt="A", by=bea, now=NOON)

    with pytest.raises(PostStopped) as stopped:
        schedule(plan, at=None, by=bea, now=NOON)

    [found] = stopped.value.found
    assert (found.publication.inbox, found.finding.code) == (wall, "length.over")
    assert reloaded(plan).state == PlannedPost.State.DRAFT


def test_the_rules_for_pictures_are_kept(billboard: Inbox, wall: Inbox, bea: Agent) -> None:
    with pytest.raises(PostStopped) as stopped:
        scheduled(bea, wall, text="Sunday")
    assert codes(stopped.value) == ["post.needed"]

    plan = a_plan(bea, wall, text="Sunday")
    for number in range(2):
        add_picture(plan, name=f"{number}.png", content=a_png(), alt="A", by=bea, now=NOON)
    with pytest.raises(PostStopped) as stopped:
        schedule(plan, at=None, by=bea, now=NOON)
    assert codes(stopped.value) == ["post.many", "post.kind", "post.kind"]

    large = a_plan(bea, billboard)
    add_picture(large, name="l.png", content=a_png(), alt="A", by=bea, now=NOON)
    large.pictures.update(size=2 * 1024 * 1024)
    with pytest.raises(PostStopped) as stopped:
        schedule(large, at=None, by=bea, now=NOON)
    assert codes(stopped.value) == ["post.size"]


def test_blanks_and_missing_descriptions_stop_it_until_somebody_answers_for_them(
    billboard: Inbox, bea: Agent
) -> None:
    plan = a_plan(bea, billboard, text="Dear {name}, hello.")
    add_picture(plan, name="a.png", content=a_png(), alt="", by=bea, now=NOON)
    with pytest.raises(PostStopped) as stopped:
        schedule(plan, at=None, by=bea, now=NOON)
    assert codes(stopped.value) == ["blanks.unfilled", "post.alt"]

    schedule(plan, at=None, by=bea, now=NOON, overrides=codes(stopped.value))

    assert reloaded(plan).state == PlannedPost.State.SCHEDULED


def test_nothing_to_say_and_nothing_to_show_is_no_post(billboard: Inbox, bea: Agent) -> None:
    with pytest.raises(PostStopped) as stopped:
        schedule(write("", targets=[Target(billboard)], by=bea, now=NOON), at=None, by=bea, now=NOON)
    assert codes(stopped.value) == ["empty"]

    plan = write("", targets=[Target(billboard)], by=bea, now=NOON)
    add_picture(plan, name="a.png", content=a_png(), alt="Our door", by=bea, now=NOON)
    assert schedule(plan, at=None, by=bea, now=NOON).state == PlannedPost.State.SCHEDULED
