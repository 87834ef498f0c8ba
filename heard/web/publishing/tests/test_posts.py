"""The pages of planned posts, as a browser without scripts uses them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
import time_machine
from django.test import Client

from heard.inboxes.models import Inbox
from heard.public_files import LASTS, public_address
from heard.publishing.models import PlannedPost, Publication
from heard.publishing.pictures import add_picture
from heard.publishing.publish import publish_next, rescue_claimed
from heard.publishing.tests.billboard import Board
from heard.publishing.tests.conftest import HOUR
from heard.publishing.tests.paper import a_plan, a_png, only, scheduled
from heard.workspaces.models import Agent, Workspace
from tests.cast import NOON
from tests.visitors import signed_in

pytestmark = pytest.mark.usefixtures("plain_static")
State = PlannedPost.State


@pytest.fixture(autouse=True)
def _noon() -> object:
    with time_machine.travel(NOON, tick=False):
        yield


def form(*inboxes: Inbox, **fields: object) -> dict[str, object]:
    return {
        "text": "We open on Sunday.",
        "inbox": [inbox.pk for inbox in inboxes],
        "day": "",
        "hour": "",
        "action": "save",
        **fields,
    }


def test_a_post_is_written_and_scheduled_by_the_clock_of_the_company(
    browser_of_bea: Client, billboard: Inbox, athens: Workspace
) -> None:
    answer = browser_of_bea.post(
        "/posts/new", form(billboard, action="schedule", day="2026-11-05", hour="09:00")
    )

    plan = PlannedPost.objects.get()
    assert answer.url == f"/posts/{plan.pk}"  # type: ignore[attr-defined]
    assert (plan.state, plan.due_at) == (State.SCHEDULED, datetime(2026, 11, 5, 7, tzinfo=UTC))
    page = browser_of_bea.get(f"/posts/{plan.pk}").text
    assert "09:00" in page
    assert "Scheduled" in page


def test_a_time_that_does_not_exist_is_explained_and_nothing_is_lost(
    browser_of_bea: Client, billboard: Inbox, athens: Workspace
) -> None:
    typed = form(billboard, action="schedule", day="2027-03-28", hour="03:30")

    answer = browser_of_bea.post("/posts/new", typed)

    assert answer.status_code == 422
    assert "04:30" in answer.text
    assert "We open on Sunday." in answer.text


@pytest.mark.parametrize(
    ("day", "hour"), [("", ""), ("soon", "x"), ("2026-11-05", ""), ("0001-01-01", "00:00")]
)
def test_a_time_that_is_none_is_asked_for_again(
    browser_of_bea: Client, billboard: Inbox, athens: Workspace, day: str, hour: str
) -> None:
    answer = browser_of_bea.post("/posts/new", form(billboard, action="schedule", day=day, hour=hour))

    assert answer.status_code == 422
    assert not Publication.objects.filter(state="queued").exists()


def test_what_is_too_long_is_kept_and_does_not_go_out(
    browser_of_bea: Client, billboard: Inbox, board: Board
) -> None:
    answer = browser_of_bea.post("/posts/new", form(billboard, text="x" * 101, action="now"))

    assert answer.status_code == 422
    assert "1 characters too long" in answer.text
    assert PlannedPost.objects.get().state == State.DRAFT
    assert not publish_next(billboard, now=NOON)


def test_a_blank_goes_out_only_when_somebody_says_that_it_is_right(
    browser_of_bea: Client, billboard: Inbox
) -> None:
    typed = form(billboard, text="Dear {name}.", action="now")
    assert browser_of_bea.post("/posts/new", typed).status_code == 422
    plan = PlannedPost.objects.get()

    answer = browser_of_bea.post(f"/posts/{plan.pk}/change", {**typed, "override": "blanks.unfilled"})

    assert answer.status_code == 302
    assert PlannedPost.objects.get().state == State.SCHEDULED


def test_pictures_are_added_described_and_shown(browser_of_bea: Client, billboard: Inbox) -> None:
    file = BytesIO(a_png())
    file.name = "door.png"
    browser_of_bea.post("/posts/new", {**form(billboard), "pictures": file})
    plan = PlannedPost.objects.get()
    picture = plan.pictures.get()

    browser_of_bea.post(f"/posts/{plan.pk}/change", form(billboard, **{f"alt-{picture.pk}": "Our door"}))

    assert plan.pictures.get().alt == "Our door"
    shown = browser_of_bea.get(f"/posts/pictures/{picture.key}")
    assert (shown["Content-Type"], shown["X-Content-Type-Options"]) == ("image/png", "nosniff")
    browser_of_bea.post(f"/posts/{plan.pk}/change", form(billboard, left_out=str(picture.pk)))
    assert not plan.pictures.exists()


def test_what_is_no_picture_is_refused_in_words(browser_of_bea: Client, billboard: Inbox) -> None:
    file = BytesIO(b"<svg onload=alert(1)>")
    file.name = "door.png"

    answer = browser_of_bea.post("/posts/new", {**form(billboard), "pictures": file})

    assert answer.status_code == 422
    assert "Only JPEG, PNG" in answer.text
    assert not PlannedPost.objects.exists()


def test_a_network_fetches_a_picture_by_its_address_for_an_hour(billboard: Inbox, bea: Agent) -> None:
    picture = add_picture(a_plan(bea, billboard), name="door.png", content=a_png(), alt="", by=bea, now=NOON)
    address = public_address(picture.key, picture.name).split("8000", 1)[1]

    assert b"".join(Client().get(address)) == a_png()
    assert Client().get(address.replace("/file", "x/file")).status_code == 404
    with time_machine.travel(NOON + LASTS + timedelta(seconds=2)):
        assert Client().get(address).status_code == 404


@pytest.mark.parametrize("view", ["month", "week", "list"])
def test_the_calendar_shows_what_is_planned(
    browser_of_bea: Client, billboard: Inbox, wall: Inbox, bea: Agent, view: str
) -> None:
    scheduled(bea, billboard, at=NOON + 24 * HOUR)
    a_plan(bea, wall, text="An idea")

    page = browser_of_bea.get(f"/posts?view={view}&day=2026-11-02").text
    narrowed = browser_of_bea.get(f"/posts?view={view}&day=2026-11-02&inbox={wall.pk}").text

    assert "We open on Sunday." in page
    assert "An idea" in page
    assert "We open on Sunday." not in narrowed


@pytest.mark.parametrize("day", ["", "x", "9999-12-31", "0001-01-01", "2026-02-30"])
def test_any_day_can_be_asked_for(browser_of_bea: Client, day: str) -> None:
    for view in ("month", "week", "list", "other"):
        assert browser_of_bea.get("/posts", {"view": view, "day": day}).status_code == 200


def test_a_calendar_asks_the_same_number_of_questions_for_many_posts(
    browser_of_bea: Client, billboard: Inbox, bea: Agent, django_assert_max_num_queries: object
) -> None:
    for hour in range(12):
        scheduled(bea, billboard, at=NOON + hour * HOUR)

    with django_assert_max_num_queries(24):  # type: ignore[operator]
        browser_of_bea.get("/posts")


def test_a_second_person_approves_or_sends_back(
    browser_of_bea: Client, billboard: Inbox, bea: Agent, oto: Agent, four_eyes: Workspace
) -> None:
    browser_of_bea.post("/posts/new", form(billboard, action="now"))
    plan, of_oto = PlannedPost.objects.get(), signed_in(oto)
    assert plan.state == State.AWAITING
    assert "somebody else has to approve it" in browser_of_bea.get(f"/posts/{plan.pk}").text
    browser_of_bea.post(f"/posts/{plan.pk}/approve")
    assert PlannedPost.objects.get().state == State.AWAITING

    assert "We open on Sunday." in of_oto.get("/posts/to-approve").text
    of_oto.post(f"/posts/{plan.pk}/send-back", {"reason": "Which Sunday?"})
    assert "Which Sunday?" in browser_of_bea.get(f"/posts/{plan.pk}/change").text
    browser_of_bea.post(
        f"/posts/{plan.pk}/change", form(billboard, text="We open on Sunday, 8 November.", action="now")
    )
    of_oto.post(f"/posts/{plan.pk}/approve")

    assert PlannedPost.objects.get().state == State.SCHEDULED


def test_a_post_is_cancelled_and_taken_out(browser_of_bea: Client, billboard: Inbox, bea: Agent) -> None:
    plan = scheduled(bea, billboard, at=NOON + HOUR)

    browser_of_bea.post(f"/posts/{plan.pk}/take-out")
    assert PlannedPost.objects.get().state == State.DRAFT
    browser_of_bea.post(f"/posts/{plan.pk}/cancel")

    assert PlannedPost.objects.get().state == State.CANCELLED
    assert browser_of_bea.get(f"/posts/{plan.pk}/change").status_code == 302


def test_a_post_in_doubt_offers_both_answers(
    browser_of_bea: Client, billboard: Inbox, board: Board, bea: Agent
) -> None:
    plan = scheduled(bea, billboard)
    Publication.objects.update(state="sending", claimed_at=NOON - HOUR)
    rescue_claimed(now=NOON)
    page = browser_of_bea.get(f"/posts/{plan.pk}").text
    assert "It is there" in page
    assert "publish again" in page

    browser_of_bea.post(f"/posts/{plan.pk}/publications/{only(plan).pk}/again")
    publish_next(billboard, now=NOON)
    assert board.texts == ["We open on Sunday."]
    assert "https://billboard.example/post-1" in browser_of_bea.get(f"/posts/{plan.pk}").text


def test_the_preview_counts_and_warns_while_it_is_written(browser_of_bea: Client, billboard: Inbox) -> None:
    answer = browser_of_bea.post(
        "/posts/preview", form(billboard, text="x" * 101), headers={"HX-Request": "true"}
    )

    assert "101 / 100" in answer.text
    assert "<html" not in answer.text


def test_accounts_of_others_cannot_be_chosen(browser_of_bea: Client, billboard: Inbox, cyril: Agent) -> None:
    billboard.workspace = cyril.workspace
    billboard.save()

    browser_of_bea.post("/posts/new", form(billboard))

    assert not Publication.objects.exists()
