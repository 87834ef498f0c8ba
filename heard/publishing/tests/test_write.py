from __future__ import annotations

import pytest

from heard.events.models import EventRecord
from heard.inboxes.models import Inbox
from heard.publishing.locked import CannotChange
from heard.publishing.models import PlannedPost, Publication
from heard.publishing.pictures import LARGEST, BadPicture, add_picture, describe_picture, remove_picture
from heard.publishing.schedule import schedule, take_out
from heard.publishing.tests.billboard import Board
from heard.publishing.tests.conftest import HOUR, an_account
from heard.publishing.tests.paper import a_jpeg, a_plan, a_png, only, scheduled
from heard.publishing.write import LONGEST, BadTarget, Target, TooMuchText, rewrite, write
from heard.workspaces.models import Agent
from tests.cast import NOON, an_inbox, reloaded

State = PlannedPost.State


def test_writing_makes_a_draft_and_sends_nothing(billboard: Inbox, bea: Agent) -> None:
    plan = a_plan(bea, billboard)

    assert (plan.state, only(plan).state) == (State.DRAFT, Publication.State.PLANNED)


def test_only_our_own_accounts_that_can_publish_are_targets(
    billboard: Inbox, board: Board, bea: Agent, cyril: Agent
) -> None:
    theirs = an_account(cyril.workspace, "billboard", board.url)
    for inbox in (theirs, an_inbox(bea.workspace, "messenger")):
        with pytest.raises(BadTarget):
            write("Hello", targets=[Target(inbox)], by=bea, now=NOON)
    with pytest.raises(TooMuchText):
        write("x" * (LONGEST + 1), targets=[Target(billboard)], by=bea, now=NOON)


def test_a_change_takes_it_out_of_the_schedule(billboard: Inbox, bea: Agent, oto: Agent) -> None:
    plan = scheduled(bea, billboard, at=NOON + HOUR)

    rewrite(plan, text="We open on Monday.", targets=[Target(billboard)], by=oto, now=NOON)

    assert reloaded(plan).state == State.DRAFT
    assert reloaded(plan).changed_by == oto
    assert only(plan).state == Publication.State.PLANNED


def test_saving_the_same_again_changes_nothing(billboard: Inbox, bea: Agent, oto: Agent) -> None:
    plan = scheduled(bea, billboard, at=NOON + HOUR)
    before = EventRecord.objects.count()

    rewrite(plan, text=plan.text, targets=[Target(billboard)], by=oto, now=NOON)

    assert reloaded(plan).state == State.SCHEDULED
    assert EventRecord.objects.count() == before


def test_accounts_come_and_go_with_their_own_words(billboard: Inbox, wall: Inbox, bea: Agent) -> None:
    plan = a_plan(bea, billboard)

    rewrite(plan, text=plan.text, targets=[Target(wall, "Sunday!")], by=bea, now=NOON)

    assert only(plan).inbox == wall
    assert only(plan).text == "Sunday!"


def test_what_went_out_cannot_be_changed(billboard: Inbox, bea: Agent) -> None:
    plan = a_plan(bea, billboard)
    PlannedPost.objects.update(state=State.PUBLISHED)

    with pytest.raises(CannotChange):
        rewrite(plan, text="Never said.", targets=[], by=bea, now=NOON)
    with pytest.raises(CannotChange):
        add_picture(plan, name="a", content=a_png(), alt="", by=bea, now=NOON)
    with pytest.raises(CannotChange):
        take_out(plan, by=bea, now=NOON)


def test_a_picture_is_what_its_bytes_say(billboard: Inbox, bea: Agent) -> None:
    plan = a_plan(bea, billboard)

    picture = add_picture(plan, name="photo.png", content=a_jpeg(80, 60), alt="", by=bea, now=NOON)

    assert (picture.content_type, picture.width, picture.height) == ("image/jpeg", 80, 60)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"<svg onload=alert(1)>", "kind"),
        (b"", "kind"),
        (b"\xff\xd8\xff\xe0", "broken"),
        (a_png(0, 10), "broken"),
        (a_png(100_000, 100_000), "pixels"),
        (a_png() + bytes(LARGEST), "size"),
    ],
)
def test_what_is_no_fit_picture_is_refused(billboard: Inbox, bea: Agent, content: bytes, code: str) -> None:
    with pytest.raises(BadPicture) as refused:
        add_picture(a_plan(bea, billboard), name="x.png", content=content, alt="", by=bea, now=NOON)

    assert refused.value.code == code


def test_pictures_are_described_and_removed(billboard: Inbox, bea: Agent) -> None:
    plan = a_plan(bea, billboard)
    picture = add_picture(plan, name="door.png", content=a_png(), alt="", by=bea, now=NOON)

    describe_picture(picture, alt=" Our door ", by=bea, now=NOON)
    assert reloaded(picture).alt == "Our door"
    remove_picture(picture, by=bea, now=NOON)

    assert not plan.pictures.exists()


def test_out_of_the_schedule_it_keeps_its_time_for_the_calendar(billboard: Inbox, bea: Agent) -> None:
    plan = schedule(a_plan(bea, billboard), at=NOON + HOUR, by=bea, now=NOON)

    take_out(plan, by=bea, now=NOON)

    assert (reloaded(plan).state, reloaded(plan).due_at) == (State.DRAFT, NOON + HOUR)
