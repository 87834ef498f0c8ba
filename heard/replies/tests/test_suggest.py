"""What customers write, and the saved reply of the library that an agent would look for."""

from __future__ import annotations

from datetime import timedelta

import pytest

from heard.replies.archive import archive
from heard.replies.facts import Facts
from heard.replies.starter import add_starter
from heard.replies.suggest import suggest
from heard.replies.tests.shelf import EN, a_reply
from heard.replies.write import Wanted, change
from heard.workspaces.models import Agent
from tests.cast import NOON

pytestmark = pytest.mark.django_db

# One of these should be among the three.
ASKED = {
    "Where is my parcel? I ordered last week.": "order-status",
    "what are your opening hours on saturday": "how-to-reach-us",
    "Is the blue jacket in stock?": "price-or-stock out-of-stock",
    "The kettle arrived broken, the handle is cracked": "faulty-item",
    "I want my money back": "refund-issued",
    "How do I return these shoes": "return-accepted",
    "please cancel my order": "change-or-cancel",
    "Still waiting for my order, it should have been here on Monday!!": "order-late",
    "You are amazing, thank you so much": "thanks thanks-passed-on",
    "This is the worst service ever, I am so disappointed": "complaint-understood bad-review",
    "I wrote to you twice and nobody replies": "enquiry-found send-ticket-number",
    "the website is down again": "outage-notice outage-update",
    "Can I talk to a real person please": "person-takes-over",
    "delete my personal data please": "data-request",
}
NOTHING = ("ok", "hello", "👍", "qwertz asdf", "", "yes, tomorrow", "see you on the 5th")


def suggested(agent: Agent, message: str, language: str = "en") -> list[str]:
    return [one.starter or one.title() for one in suggest(agent, message, language=language, now=NOON)]


def test_the_library_has_an_answer_to_what_people_ask(bea: Agent, ann: Agent) -> None:
    add_starter(bea.workspace, by=ann, now=NOON)
    found = {message: suggested(bea, message) for message in ASKED}

    assert {
        message: found[message] for message in ASKED if not {*ASKED[message].split()} & {*found[message]}
    } == {}
    assert max(map(len, found.values())) == 3
    assert [message for message in NOTHING if suggested(bea, message)] == []


def test_what_changed_counts_from_the_next_question_on(bea: Agent, ann: Agent, cyril: Agent) -> None:
    mine = a_reply(ann, {EN: "We are here from nine."}, title="Opening hours")
    question = "What are your opening hours?"
    assert suggested(bea, question) == ["Opening hours"]
    assert suggested(cyril, question) == []
    assert suggested(bea, question, language="de") == []

    later = NOON + timedelta(minutes=1)
    change(
        mine, Wanted(facts=Facts(titles={"en": "Ladders"}), texts={EN: "We lend them."}), by=ann, now=later
    )
    assert suggested(bea, question) == []
    assert suggested(bea, "Do you have ladders to lend?") == ["Ladders"]

    archive(mine, by=ann, now=later)
    assert suggested(bea, "Do you have ladders to lend?") == []


def test_nobody_is_offered_what_is_not_theirs_to_use(bea: Agent, ann: Agent, oto: Agent) -> None:
    a_reply(bea, {EN: "We are here from nine."}, title="Opening hours", draft=True)
    a_reply(ann, {EN: "Our hours."}, title="Opening hours in May", expires_on=NOON.date() - timedelta(days=1))
    a_reply(ann, {EN: "Hours of greeting."}, title="Opening hours, hello", block="greeting")

    question = "What are your opening hours?"
    assert [suggested(one, question) for one in (bea, oto)] == [["Opening hours"], []]
