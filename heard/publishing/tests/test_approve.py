from __future__ import annotations

import pytest

from heard.inboxes.models import Inbox
from heard.publishing.approve import OwnWords, ReasonNeeded, approve, send_back
from heard.publishing.locked import CannotChange
from heard.publishing.models import PlannedPost
from heard.publishing.pictures import add_picture
from heard.publishing.publish import publish_next
from heard.publishing.queries import awaiting
from heard.publishing.schedule import InThePast, schedule, take_out
from heard.publishing.tests.billboard import Board
from heard.publishing.tests.conftest import HOUR
from heard.publishing.tests.paper import a_png, scheduled
from heard.publishing.write import Target, rewrite
from heard.workspaces.models import Agent
from tests.cast import NOON, reloaded

State = PlannedPost.State
pytestmark = pytest.mark.usefixtures("four_eyes")


def test_it_waits_for_a_second_person(billboard: Inbox, board: Board, bea: Agent, oto: Agent) -> None:
    plan = scheduled(bea, billboard, at=None)
    assert reloaded(plan).state == State.AWAITING
    assert awaiting(oto) == [plan]
    assert not publish_next(billboard, now=NOON + HOUR)

    approve(plan, by=oto, now=NOON + HOUR)
    publish_next(billboard, now=NOON + HOUR)

    assert board.texts == ["We open on Sunday."]
    assert reloaded(plan).approved_by == oto


def test_whoever_wrote_it_cannot_approve_it(billboard: Inbox, bea: Agent, ann: Agent, oto: Agent) -> None:
    plan = scheduled(bea, billboard, at=None)
    with pytest.raises(OwnWords):
        approve(plan, by=bea, now=NOON)

    # Ann is an admin, but the words are hers now.
    rewrite(plan, text="We open on Monday.", targets=[Target(billboard)], by=ann, now=NOON)
    schedule(plan, at=None, by=bea, now=NOON)
    with pytest.raises(OwnWords):
        approve(plan, by=ann, now=NOON)

    assert approve(plan, by=oto, now=NOON).state == State.SCHEDULED


def test_a_change_after_the_approval_drops_it(billboard: Inbox, board: Board, bea: Agent, oto: Agent) -> None:
    plan = scheduled(bea, billboard, at=NOON + HOUR)
    approve(plan, by=oto, now=NOON)

    rewrite(plan, text="Something else.", targets=[Target(billboard)], by=bea, now=NOON)
    schedule(plan, at=NOON + HOUR, by=bea, now=NOON)
    assert reloaded(plan).state == State.AWAITING
    assert not publish_next(billboard, now=NOON + HOUR)

    approve(plan, by=oto, now=NOON)
    add_picture(plan, name="a.png", content=a_png(), alt="Door", by=bea, now=NOON)
    assert reloaded(plan).approved_by is None
    assert not publish_next(billboard, now=NOON + HOUR)
    assert board.held == []


def test_another_time_keeps_the_approval(billboard: Inbox, bea: Agent, oto: Agent) -> None:
    plan = scheduled(bea, billboard, at=NOON + HOUR)
    approve(plan, by=oto, now=NOON)
    take_out(plan, by=bea, now=NOON)

    assert schedule(plan, at=NOON + 2 * HOUR, by=bea, now=NOON).state == State.SCHEDULED


def test_it_is_sent_back_with_a_reason(billboard: Inbox, bea: Agent, oto: Agent) -> None:
    plan = scheduled(bea, billboard, at=None)
    with pytest.raises(ReasonNeeded):
        send_back(plan, reason=" ", by=oto, now=NOON)

    send_back(plan, reason="Which Sunday?", by=oto, now=NOON)

    assert (reloaded(plan).state, reloaded(plan).sent_back) == (State.DRAFT, "Which Sunday?")
    with pytest.raises(CannotChange):
        approve(plan, by=oto, now=NOON)


def test_when_its_time_is_over_another_one_is_chosen_first(billboard: Inbox, bea: Agent, oto: Agent) -> None:
    plan = scheduled(bea, billboard, at=NOON + HOUR)

    with pytest.raises(InThePast):
        approve(plan, by=oto, now=NOON + 2 * HOUR)
    schedule(plan, at=NOON + 3 * HOUR, by=oto, now=NOON + 2 * HOUR)

    assert approve(plan, by=oto, now=NOON + 2 * HOUR).state == State.SCHEDULED
