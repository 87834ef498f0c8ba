"""Reviews of the page, and mentions of it elsewhere."""

from __future__ import annotations

from heard.channels.facebook import simulator as wording
from heard.sandbox.meta import hooks
from heard.sandbox.meta.authors import author
from heard.sandbox.meta.network import Network
from heard.sandbox.meta.things import Mention, Page, Review


def write_review(
    network: Network, page: Page, *, handle: str, text: str, stars: int | None, recommends: bool | None
) -> Review:
    """One for each person: writing again changes the first one."""
    for review in network.reviews.values():
        if (review.page, review.handle) == (page.id, handle) and not review.removed:
            edit_review(network, review, text=text, stars=stars, recommends=recommends)
            return review
    network.person(handle)
    review = Review(network.number(), page.id, handle, text, network.clock.now(), stars, recommends)
    network.add(review)
    _tell_review(network, review, "add")
    return review


def edit_review(
    network: Network, review: Review, *, text: str, stars: int | None = None, recommends: bool | None = None
) -> None:
    review.text, review.edited_at = text, network.clock.now()
    if stars is not None:
        review.stars = stars
    if recommends is not None:
        review.recommends = recommends
    network.keep(review)
    _tell_review(network, review, "edit")


def remove_review(network: Network, review: Review) -> None:
    review.removed = True
    network.keep(review)
    _tell_review(network, review, "remove")


def _tell_review(network: Network, review: Review, verb: str) -> None:
    value = wording.rating(
        verb,
        author(network, review.page, review.handle),
        story_id=review.id,
        stars=review.stars,
        recommends=review.recommends,
        text=review.text,
        created_time=int(review.edited_at or review.at),
    )
    hooks.change(network, review.page, "ratings", value, lane=review.id)


def write_mention(
    network: Network, page: Page, *, handle: str, text: str, under: Mention | None = None
) -> Mention:
    """In a post of one's own, or in a comment under somebody's post that mentioned the page before."""
    network.person(handle)
    number = network.number()
    if under is None:
        id = post = f"{network.public_id(page.id, handle)}_{number}"
    else:
        id, post = f"{under.post.rpartition('_')[2]}_{number}", under.post
    item = "post" if under is None else "comment"
    mention = Mention(id, page.id, handle, item, post, text, network.clock.now())
    network.add(mention)
    _tell_mention(network, mention, "add")
    return mention


def edit_mention(network: Network, mention: Mention, *, text: str) -> None:
    mention.text = text
    network.keep(mention)
    _tell_mention(network, mention, "edited")


def remove_mention(network: Network, mention: Mention) -> None:
    mention.removed = True
    network.keep(mention)
    _tell_mention(network, mention, "remove")


def _tell_mention(network: Network, mention: Mention, verb: str) -> None:
    text = None if verb == "remove" else mention.text
    at = int(mention.at)
    if mention.item == "comment":
        value = wording.mention_in_comment(
            verb, comment_id=mention.id, post_id=mention.post, message=text, created_time=at
        )
    else:
        who = author(network, mention.page, mention.handle)
        value = wording.mention_in_post(verb, who, post_id=mention.id, message=text, created_time=at)
    hooks.change(network, mention.page, "mention", value, lane=mention.id)
