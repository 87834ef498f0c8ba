from __future__ import annotations

import pytest

from heard.events.models import EventRecord
from heard.replies.offer import offer, place_for
from heard.replies.rights import ForAdmins
from heard.replies.standing import BadStanding, Standing, change_standing, languages_written, standing_of
from heard.replies.tests.shelf import CS, EN, a_reply
from heard.tickets.route import route
from heard.workspaces.models import Agent
from tests.cast import NOON, Network, a_ticket

pytestmark = pytest.mark.django_db
PAGES = {"": "https://acme.example/contact", "cs": "https://acme.example/kontakt"}


def test_what_a_workspace_says_of_itself_is_filled_in_and_not_asked_for(
    bea: Agent, ann: Agent, messenger: Network
) -> None:
    texts = {
        EN: "We speak {languages}: {contact_page} {faq_link}",
        CS: "Mluvíme: {languages}. {contact_page}",
    }
    reply = a_reply(bea, texts)
    about_one = a_reply(bea, {EN: "It is in {article_title}: {faq_link}"}, title="Article")
    ticket = a_ticket(messenger, said="Where is my parcel?", direct=True)
    standing = Standing(
        languages=["en", "cs", "sl"], contact_pages=PAGES, faq_links={"": "https://acme.example/faq"}
    )
    with pytest.raises(ForAdmins):
        change_standing(bea.workspace, standing, by=bea, now=NOON)

    for _time in range(2):
        change_standing(bea.workspace, standing, by=ann, now=NOON)

    assert EventRecord.objects.filter(kind="StandingChanged").count() == 1
    way = route(ticket, private=True)
    said = {}
    for language in ("en", "cs"):
        there = place_for(ticket, way, agent=bea, language=language)
        found = offer(reply, list(reply.variants.all()), there)
        assert found is not None
        assert not found.asked
        said[language] = found.text
    assert said == {
        "en": "We speak Czech, English and Slovenian: https://acme.example/contact https://acme.example/faq",
        "cs": "Mluvíme: angličtina, čeština a\u00a0slovinština. https://acme.example/kontakt",
    }
    asked = offer(about_one, list(about_one.variants.all()), place_for(ticket, way, agent=bea))
    assert asked is not None
    assert [one.name for one in asked.asked] == ["article_title", "faq_link"]


def test_only_links_and_languages_are_kept(ann: Agent) -> None:
    for wrong in (
        Standing(contact_pages={"": "javascript:alert(1)"}),
        Standing(faq_links={"cs": "acme"}),
        Standing(faq_links={"xx": "https://acme.example"}),
        Standing(languages=["xx"]),
    ):
        with pytest.raises(BadStanding):
            change_standing(ann.workspace, wrong, by=ann, now=NOON)
    assert standing_of(ann.workspace) == Standing()
    assert languages_written(["hu"], "hu") == "magyar"
