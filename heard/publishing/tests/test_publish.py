from __future__ import annotations

import threading
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.utils import timezone

from heard.channels import contract
from heard.channels.tests.servers import hanging_up, nobody_listens
from heard.events.models import EventRecord
from heard.inboxes.connect import disconnect
from heard.inboxes.credentials import store_credentials
from heard.inboxes.models import Inbox
from heard.inboxes.spending import CAP_REACHED, spent
from heard.public_files import LASTS, key_named
from heard.publishing.cancel import cancel
from heard.publishing.locked import CannotChange
from heard.publishing.models import PlannedPost, Publication
from heard.publishing.pictures import add_picture
from heard.publishing.publish import (
    LATEST,
    LEASE,
    PAUSES,
    publish_next,
    rescue_claimed,
    wake_all_due,
)
from heard.publishing.queries import tickets_under
from heard.publishing.schedule import schedule
from heard.publishing.tests.billboard import BillboardCredentials, Board
from heard.publishing.tests.conftest import HOUR
from heard.publishing.tests.paper import a_plan, a_png, only, scheduled
from heard.publishing.unconfirmed import (
    NothingToSettle,
    it_is_there,
    publish_again,
    settle_by_posts,
)
from heard.publishing.write import Target, write
from heard.tickets.posts import remember_posts
from heard.workspaces.models import Agent
from tests.cast import NOON, Network, reloaded

State, Part = PlannedPost.State, Publication.State


def test_a_post_is_at_the_network_once(billboard: Inbox, board: Board, bea: Agent) -> None:
    plan = scheduled(bea, billboard)

    assert publish_next(billboard, now=NOON)
    assert not publish_next(billboard, now=NOON)

    assert board.texts == ["We open on Sunday."]
    assert reloaded(plan).state == State.PUBLISHED
    assert only(plan).permalink == "https://billboard.example/post-1"


def test_nothing_goes_out_before_its_time(billboard: Inbox, board: Board, bea: Agent) -> None:
    scheduled(bea, billboard, at=NOON + HOUR)

    assert not publish_next(billboard, now=NOON + HOUR - timedelta(seconds=1))
    assert publish_next(billboard, now=NOON + HOUR)
    assert len(board.held) == 1


@pytest.mark.django_db(transaction=True)
def test_the_claim_is_committed_before_the_network_is_called(
    billboard: Inbox, board: Board, bea: Agent
) -> None:
    plan, seen = scheduled(bea, billboard), []
    board.meanwhile = lambda: seen.append(only(plan).state)  # the server's thread has a connection of its own

    publish_next(billboard, now=NOON)

    assert seen == [Part.SENDING]


@pytest.mark.django_db(transaction=True)
def test_several_workers_at_once_publish_it_once(billboard: Inbox, board: Board, bea: Agent) -> None:
    scheduled(bea, billboard)
    together = threading.Barrier(3)

    def work() -> None:
        together.wait()
        publish_next(Inbox.objects.get(pk=billboard.pk), now=NOON)
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert board.texts == ["We open on Sunday."]


def test_each_account_says_it_in_its_own_words(
    billboard: Inbox, wall: Inbox, board: Board, bea: Agent
) -> None:
    plan = write("The long story of our Sundays.", targets=[Target(billboard)], by=bea, now=NOON)
    other = write("Long.", targets=[Target(billboard, own_text="Sundays too.")], by=bea, now=NOON)
    for one in (plan, other):
        schedule(one, at=None, by=bea, now=NOON)

    while publish_next(billboard, now=NOON):
        pass

    assert board.texts == ["The long story of our Sundays.", "Sundays too."]


def test_comments_on_it_arrive_as_tickets_under_it(billboard: Inbox, board: Board, bea: Agent) -> None:
    plan = scheduled(bea, billboard)
    publish_next(billboard, now=NOON)

    comment = Network(billboard).comment("How late on Sunday?", on="post-1")

    [ticket] = tickets_under(bea, plan)
    assert ticket == Network(billboard).ticket(comment)
    assert ticket.post is not None
    assert (ticket.post.text, ticket.post.permalink) == (
        "We open on Sunday.",
        "https://billboard.example/post-1",
    )


def test_pictures_go_with_their_descriptions_and_an_address_for_an_hour(
    billboard: Inbox, board: Board, bea: Agent
) -> None:
    plan = a_plan(bea, billboard)
    picture = add_picture(plan, name="door.png", content=a_png(), alt="Our door", by=bea, now=NOON)
    schedule(plan, at=None, by=bea, now=NOON)

    publish_next(billboard, now=NOON)

    [sent] = board.held[0]["pictures"]
    assert (sent["alt"], sent["size"]) == ("Our door", len(a_png()))
    signed, name = sent["url"].rsplit("/", 2)[1:]
    assert name == "file.png"
    assert key_named(signed) == picture.key
    assert key_named(signed + "x") is None
    assert timedelta(minutes=30) <= LASTS <= timedelta(hours=2)


def test_a_refusal_says_why_and_is_not_repeated(billboard: Inbox, board: Board, bea: Agent) -> None:
    plan = scheduled(bea, billboard)
    board.answers(400)

    publish_next(billboard, now=NOON)
    wake_all_due(now=NOON + HOUR)
    publish_next(billboard, now=NOON + HOUR)

    assert reloaded(plan).state == State.FAILED
    assert (only(plan).reason, only(plan).code) == ("not like this", "400")
    assert board.held == []


def test_patience_is_tried_a_few_times_and_not_for_ever(billboard: Inbox, board: Board, bea: Agent) -> None:
    plan = scheduled(bea, billboard)
    board.answers(*[429] * 10)

    for hour in range(12):
        publish_next(billboard, now=NOON + hour * HOUR)

    assert only(plan).attempts == len(PAUSES) + 1
    assert reloaded(plan).state == State.FAILED


def test_where_nobody_was_reached_it_goes_out_later(billboard: Inbox, board: Board, bea: Agent) -> None:
    store_credentials(billboard, BillboardCredentials(account="acme", base_url=nobody_listens()), now=NOON)
    plan = scheduled(bea, billboard)
    publish_next(billboard, now=NOON)
    assert (reloaded(plan).state, only(plan).state) == (State.SCHEDULED, Part.QUEUED)

    store_credentials(billboard, BillboardCredentials(account="acme", base_url=board.url), now=NOON)
    publish_next(billboard, now=NOON + HOUR)

    assert reloaded(plan).state == State.PUBLISHED


def test_without_an_answer_nobody_knows_and_nobody_guesses(billboard: Inbox, bea: Agent) -> None:
    plan = scheduled(bea, billboard)
    with hanging_up() as url:
        store_credentials(billboard, BillboardCredentials(account="acme", base_url=url), now=NOON)
        publish_next(billboard, now=NOON)
    for hour in range(3):
        wake_all_due(now=NOON + hour * HOUR)
        assert not publish_next(billboard, now=NOON + hour * HOUR)

    assert reloaded(plan).state == State.UNCONFIRMED


def test_a_lost_claim_is_never_published_again_by_itself(billboard: Inbox, board: Board, bea: Agent) -> None:
    plan = scheduled(bea, billboard)
    Publication.objects.update(state=Part.SENDING, claimed_at=NOON)

    assert rescue_claimed(now=NOON + LEASE) == 0
    assert rescue_claimed(now=NOON + LEASE + timedelta(seconds=1)) == 1
    assert not publish_next(billboard, now=NOON + HOUR)

    assert reloaded(plan).state == State.UNCONFIRMED
    assert board.held == []


def test_an_agent_says_that_it_is_there(billboard: Inbox, board: Board, bea: Agent) -> None:
    plan = scheduled(bea, billboard)
    board.answers(503)
    publish_next(billboard, now=NOON)

    it_is_there(only(plan), by=bea, now=NOON + HOUR)

    assert reloaded(plan).state == State.PUBLISHED
    assert len(board.held) == 1
    with pytest.raises(NothingToSettle):
        publish_again(only(plan), by=bea, now=NOON + HOUR)


def test_an_agent_says_publish_again(billboard: Inbox, board: Board, bea: Agent) -> None:
    plan = scheduled(bea, billboard)
    Publication.objects.update(state=Part.SENDING, claimed_at=NOON)
    rescue_claimed(now=NOON + HOUR)

    publish_again(only(plan), by=bea, now=NOON + HOUR)
    publish_next(billboard, now=NOON + HOUR)

    assert board.texts == ["We open on Sunday."]
    assert reloaded(plan).state == State.PUBLISHED


def test_the_post_itself_settles_the_doubt(billboard: Inbox, board: Board, bea: Agent) -> None:
    plan = scheduled(bea, billboard)
    board.answers(503)
    publish_next(billboard, now=NOON)
    assert settle_by_posts(now=NOON) == 0

    told = contract.Post("777", text="We open on Sunday.", permalink="https://b.example/777", at=NOON)
    [post] = remember_posts(billboard, [told]).values()

    assert settle_by_posts(now=NOON) == 1
    assert only(plan).post == post
    assert settle_by_posts(now=NOON) == 0


def test_a_token_that_died_stops_it_and_nothing_goes_out_hours_late(
    billboard: Inbox, board: Board, bea: Agent
) -> None:
    plan = scheduled(bea, billboard)
    board.answers(401)
    publish_next(billboard, now=NOON)
    assert reloaded(billboard).state == Inbox.State.RECONNECT
    assert reloaded(plan).state == State.SCHEDULED

    Inbox.objects.update(state=Inbox.State.CONNECTED)
    assert not publish_next(billboard, now=NOON + LATEST + timedelta(seconds=1))

    assert reloaded(plan).state == State.FAILED
    assert board.held == []


def test_one_network_may_fail_while_the_other_has_it(
    billboard: Inbox, networks: None, board: Board, bea: Agent
) -> None:
    from heard.publishing.tests.conftest import an_account

    second = an_account(bea.workspace, "billboard", board.url, account="second")
    plan = scheduled(bea, billboard, second)
    publish_next(billboard, now=NOON)
    assert reloaded(plan).state == State.PUBLISHING

    board.answers(400)
    publish_next(second, now=NOON)

    assert reloaded(plan).state == State.FAILED
    assert sorted(plan.publications.values_list("state", flat=True)) == [Part.DONE, Part.FAILED]


def test_it_can_be_cancelled_until_it_is_claimed(billboard: Inbox, board: Board, bea: Agent) -> None:
    plan = scheduled(bea, billboard)
    cancel(plan, by=bea, now=NOON)
    assert not publish_next(billboard, now=NOON)
    assert reloaded(plan).state == State.CANCELLED

    gone = scheduled(bea, billboard)
    Publication.objects.filter(plan=gone).update(state=Part.SENDING, claimed_at=NOON)
    PlannedPost.objects.filter(pk=gone.pk).update(state=State.PUBLISHING)
    with pytest.raises(CannotChange):
        cancel(gone, by=bea, now=NOON)
    assert board.held == []


def test_an_account_that_is_disconnected_publishes_nothing(
    billboard: Inbox, board: Board, ann: Agent
) -> None:
    plan = scheduled(ann, billboard, at=NOON + HOUR)

    disconnect(billboard, by=ann, now=timezone.now(), public_url="")

    assert reloaded(plan).state == State.FAILED
    assert "disconnected" in only(plan).reason
    assert not publish_next(billboard, now=NOON + HOUR)


def test_what_it_costs_is_counted_and_ends_at_the_cap(toll: Inbox, board: Board, bea: Agent) -> None:
    Inbox.objects.filter(pk=toll.pk).update(monthly_cap=Decimal("0.70"))
    first, second = scheduled(bea, toll), scheduled(bea, toll, text="And on Monday.")

    while publish_next(toll, now=NOON):
        pass

    assert board.texts == ["We open on Sunday."]
    assert spent(toll, now=NOON) == Decimal("0.50")
    assert (reloaded(first).state, reloaded(second).state) == (State.PUBLISHED, State.FAILED)
    assert only(second).code == CAP_REACHED


def test_every_step_is_in_the_event_log(billboard: Inbox, board: Board, bea: Agent) -> None:
    plan = scheduled(bea, billboard)
    publish_next(billboard, now=NOON)

    kinds = EventRecord.objects.filter(payload__plan_id=plan.pk).order_by("id").values_list("kind", flat=True)
    assert list(kinds) == ["PlanWritten", "PlanScheduled", "PublicationDone"]
