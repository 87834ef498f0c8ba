"""A post of ours at the simulated networks, and the comments that come back under it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from heard import public_files
from heard.channels.registry import channel
from heard.env import env
from heard.inboxes.connect import connect
from heard.inboxes.models import Inbox
from heard.publishing.confirm import confirm_unconfirmed
from heard.publishing.models import PlannedPost
from heard.publishing.pictures import add_picture
from heard.publishing.publish import publish_next
from heard.publishing.queries import tickets_under
from heard.publishing.schedule import schedule
from heard.publishing.tests.paper import a_jpeg, a_plan, only
from tests.cast import reloaded
from tests.shop import Shop, a_shop
from tests.visitors import plain_static as plain_static


@pytest.fixture
def shop(transactional_db: None, plain_static: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shop]:
    """With its pages: networks that take no uploads fetch pictures from them."""
    with a_shop(pages=True) as shop:
        reachable = replace(env(), public_url=shop.door.url)
        monkeypatch.setattr(public_files, "env", lambda: reachable)
        yield shop


def connected(shop: Shop, slug: str) -> Inbox:
    """The inbox of this network; one that the shop has not is connected first."""
    known = Inbox.objects.filter(channel=slug).first()
    return known or connect(
        shop.bea.workspace,
        slug=slug,
        credentials=channel(slug).credentials.model_validate(
            shop.sandbox.credentials(slug) | ({"told_by": "hooks"} if slug == "x" else {})
        ),
        by=shop.bea,
        now=timezone.now(),
        public_url=shop.door.url,
    )


@pytest.mark.parametrize(
    ("slug", "pictures"), [("facebook", 0), ("facebook", 1), ("facebook", 2), ("instagram", 1), ("x", 1)]
)
def test_a_comment_on_our_post_becomes_a_ticket_under_it(shop: Shop, slug: str, pictures: int) -> None:
    inbox, now = connected(shop, slug), timezone.now()
    plan = a_plan(shop.bea, inbox, text="On Sunday we open at nine.")
    for number in range(pictures):
        name = f"door {number}.jpg"
        add_picture(plan, name=name, content=a_jpeg(800, 600), alt="Our door", by=shop.bea, now=now)
    schedule(plan, at=None, by=shop.bea, now=now)

    publish_next(inbox, now=timezone.now())
    shop.hears(slug)
    assert reloaded(plan).state == PlannedPost.State.PUBLISHED, only(plan).reason
    post = only(plan).post
    assert post
    shop.sandbox.say(slug, by="jana", text="How late?", under=post.external_id)
    shop.hears(slug)

    [ticket] = tickets_under(shop.bea, plan)
    assert ticket.post == post
    assert post.text == "On Sunday we open at nine."
    assert post.permalink
    assert only(plan).permalink
    assert inbox.post_set.filter(text="On Sunday we open at nine.").count() == 1


@pytest.mark.parametrize(("slug", "pictures"), [("facebook", 0), ("instagram", 1), ("x", 0)])
def test_a_post_whose_answer_got_lost_settles_itself_by_asking(shop: Shop, slug: str, pictures: int) -> None:
    inbox, now = connected(shop, slug), timezone.now()
    plan = a_plan(shop.bea, inbox, text="On Sunday we open at nine.")
    for number in range(pictures):
        add_picture(plan, name=f"{number}.jpg", content=a_jpeg(800, 600), alt="Door", by=shop.bea, now=now)
    schedule(plan, at=None, by=shop.bea, now=now)
    only_publish = {"instagram": "media_publish", "facebook": "feed", "x": "tweets"}[slug]
    shop.sandbox.faults(slug, answer="reset_after_accept", times=1, only=only_publish, drop=1)

    publish_next(inbox, now=timezone.now())
    assert reloaded(plan).state == PlannedPost.State.UNCONFIRMED, only(plan).reason
    assert confirm_unconfirmed(now=now) == 0  # the hook is given its time
    assert confirm_unconfirmed(now=timezone.now() + timedelta(seconds=30)) == 1

    assert reloaded(plan).state == PlannedPost.State.PUBLISHED
    assert only(plan).post
    assert only(plan).permalink
