from __future__ import annotations

import pytest

from heard.channels.contract import Kind, MessageIn, Person, Post
from heard.tickets.fill_in import fill_in
from heard.tickets.models import Post as Kept
from heard.workspaces.models import Workspace
from tests.cast import NOON, Network, an_inbox

WORDS = "Why does @acme.shop not answer my letters about the broken lamp?"


@pytest.fixture
def instagram(acme: Workspace) -> Network:
    return Network(an_inbox(acme, "instagram", "17841474524784050"))


def _mention(network: Network, id: str, *, text: str = "") -> None:
    fact = MessageIn(
        at=NOON, kind=Kind.MENTION, external_id=id, thread=id, post=Post(id), author=None, text=text
    )
    network.take(fact)


def _told(network: Network, id: str, text: str) -> None:
    Kept.objects.filter(external_id=id).update(
        text=text, author_name="ana.p", permalink="https://i.example/p/17"
    )
    fill_in(network.inbox, Kept.objects.get(external_id=id))


def test_a_mention_that_came_as_an_id_gets_its_words(instagram: Network) -> None:
    _mention(instagram, "17_18")

    _told(instagram, "17_18", WORDS)

    message, ticket = instagram.message("17_18"), instagram.ticket("17_18")
    assert (message.text, message.edited_at) == (WORDS, None)
    assert message.permalink == "https://i.example/p/17"
    assert (ticket.preview, ticket.language, ticket.is_open) == (WORDS, "en", True)
    assert ticket.contact.name == "ana.p"


def test_words_that_are_there_already_stay(instagram: Network) -> None:
    _mention(instagram, "17_18", text="Hello")

    _told(instagram, "17_18", WORDS)

    assert instagram.message("17_18").text == "Hello"


def test_a_comment_never_takes_the_words_of_its_post(instagram: Network) -> None:
    person = Person("6841", name="ana.p")
    fact = MessageIn(at=NOON, kind=Kind.COMMENT, external_id="1", thread="1", post=Post("17"), author=person)
    instagram.take(fact)

    _told(instagram, "17", WORDS)

    assert instagram.message("1").text == ""
