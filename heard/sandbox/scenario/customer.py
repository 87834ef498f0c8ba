"""One customer's doings: writing a text, adding to it, thanking for an answer."""

from __future__ import annotations

import random

from heard.sandbox.meta import opinions, private, public
from heard.sandbox.meta.network import Network
from heard.sandbox.meta.things import Comment, Direct, Page, Post, Review
from heard.sandbox.persons import KNOWN
from heard.sandbox.scenario.texts import Text, texts

Written = Comment | Direct | Post | Review


def somebody(rng: random.Random, language: str) -> str:
    """The handle of a known person who writes in that language."""
    return rng.choice([person.handle for person in KNOWN.values() if person.language == language])


def write(network: Network, page: Page, text: Text, rng: random.Random) -> Written:
    """Under one of the page's newest posts, in Messenger, on the page, or as a review."""
    handle = somebody(rng, text.language)
    if text.kind == "direct":
        return private.write(network, page.id, handle=handle, text=text.text)
    if text.kind == "review":
        return opinions.write_review(
            network, page, handle=handle, text=text.text, stars=None, recommends=text.recommends
        )
    posts = own_posts(network, page)
    if text.kind == "post" or not posts:
        return public.write_post(network, page, handle=handle, text=text.text)
    return public.write_comment(network, under=rng.choice(posts[-3:]), handle=handle, text=text.text)


def own_posts(network: Network, page: Page) -> list[Post]:
    """Those that the page has published by now, oldest first."""
    return [
        post
        for post in network.posts.values()
        if (post.page, post.handle) == (page.id, "") and not post.removed and post.at <= network.clock.now()
    ]


def add(network: Network, written: Written, text: str) -> None:
    """The same person goes on, where that is possible."""
    if isinstance(written, (Comment, Post)) and not written.removed:
        public.write_comment(network, under=written, handle=written.handle, text=text)
    elif isinstance(written, Direct):
        private.write(network, written.page, handle=written.handle, text=text)


def change(network: Network, written: Written, text: str) -> None:
    if isinstance(written, Comment) and not written.removed:
        public.edit_comment(network, written, text=text)


def take_back(network: Network, written: Written) -> None:
    if isinstance(written, Comment) and not written.removed:
        public.remove_comment(network, written)


def thank(network: Network, answer: Comment | Direct, rng: random.Random) -> None:
    """For an answer of the page: with a reaction, and mostly with a word as well."""
    if isinstance(answer, Direct):
        private.react(network, answer, by_page=False, name="love")
        said = rng.choice(texts().thanks[network.person(answer.handle).language])
        private.write(network, answer.page, handle=answer.handle, text=said)
        return
    asked = network.comments[answer.parent]
    public.react(network, answer, handle=asked.handle, name="like")
    if rng.random() < 0.7:
        said = rng.choice(texts().thanks[network.person(asked.handle).language])
        public.write_comment(network, under=asked, handle=asked.handle, text=said)
