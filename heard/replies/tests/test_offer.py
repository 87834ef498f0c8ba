"""What Heard knows by itself, what it keeps to itself in public, and what it asks for."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from heard.contacts.models import Contact, Identity
from heard.people.teams import make_team
from heard.placeholders.fill import AgentName, Person
from heard.placeholders.known import PLACEHOLDERS
from heard.replies.models import SavedReply, Variant
from heard.replies.offer import Offer, Place, offer, place_for
from heard.replies.pick import Because
from heard.replies.tests.shelf import CS, CS_PUBLIC, EN, EN_PUBLIC, EN_TU, a_reply
from heard.replies.ways import Way
from heard.tickets.assign import assign
from heard.tickets.models import Ticket
from heard.tickets.route import route
from heard.workspaces.models import Agent, OpeningSpan
from tests.cast import NOON, Network, a_ticket, reloaded

pytestmark = pytest.mark.django_db


def place(ticket: Ticket, agent: Agent, *, private: bool = False, **wanted: Any) -> Place:
    return place_for(ticket, route(ticket, private=private), agent=agent, **wanted)


def offered(reply: SavedReply, there: Place, **said: str) -> Offer:
    found = offer(reply, list(reply.variants.all()), there, said=said)
    assert found
    return found


def test_what_is_known_is_filled_in_and_the_rest_is_asked_for(
    bea: Agent, oto: Agent, messenger: Network
) -> None:
    ticket = a_ticket(messenger, said="Where is my parcel?", by="Jana Black", direct=True)
    team = make_team(bea.workspace, name="Parcels", members=[oto], by=bea, now=NOON)
    assign(ticket, to=oto, team=team, by=bea, now=NOON)
    OpeningSpan.objects.bulk_create(
        OpeningSpan(workspace=bea.workspace, weekday=day, opens=540, closes=1020 if day < 5 else 720)
        for day in range(6)
    )

    known = place(reloaded(ticket), bea, private=True).values(_variant(bea))

    assert known["customer.name"] == Person("Jana Black")
    assert known["agent.first_name"] == AgentName("Bea")
    assert known["colleague"] == AgentName("Oto")
    assert (known["company"], known["team"]) == ("Acme", "Parcels")
    assert str(known["ticket_number"]).startswith(f"HRD-{ticket.number}-")
    assert str(ticket.number) in str(known["status_link"])
    assert (known["hours"], known["time_zone"]) == (
        "Mon–Fri 9:00–17:00, Sat 9:00–12:00",
        "UTC",
    )
    assert set(known) <= set(PLACEHOLDERS)

    reply = a_reply(
        bea, {EN: "{customer.name}: {order_number}, {agent.gender, select, male {he} other {we}}"}
    )
    found = offered(reply, place(ticket, bea, private=True))
    assert (found.text, [one.name for one in found.asked]) == (
        "Jana Black: {order_number}, we",
        ["order_number"],
    )
    filled = offered(reply, place(ticket, bea, private=True), order_number="A-7")
    assert (filled.text, filled.filled.missing) == ("Jana Black: A-7, we", ())


def _variant(by: Agent) -> Variant:
    return a_reply(by, {EN: "…"}, title="Anything").variants.get()


def test_nothing_personal_is_told_or_offered_in_public(bea: Agent, facebook: Network) -> None:
    ticket = a_ticket(facebook, said="Where is my parcel?", by="Jana Black")
    there = place(ticket, bea)
    reply = a_reply(
        bea, {EN: "Your number is {ticket_number}.", EN_PUBLIC: "We wrote to you, {customer.name}."}
    )

    personal = {name for name, one in PLACEHOLDERS.items() if one.personal}
    assert not personal & set(there.values(_variant(bea)))
    assert offered(reply, there).text == "We wrote to you, Jana Black."
    assert offered(reply, place(ticket, bea, audience="private")).text == "We wrote to you, Jana Black."
    secret = a_reply(bea, {EN: "{ticket_number}", CS: "{order_number}"}, title="Secret")
    assert offer(secret, list(secret.variants.all()), there) is None


def test_whoever_wrote_is_called_by_name_and_never_by_how_they_sign_on(bea: Agent, facebook: Network) -> None:
    root = facebook.comment("Nice", by="Jana Black")
    other = facebook.comment("Where is mine?", by="Dana White", under=root)
    ticket = facebook.ticket(root)
    reply = a_reply(bea, {EN_PUBLIC: "Hello, {customer.name}.", EN: "x"})

    def said_to(external_id: str) -> str:
        way = route(ticket, private=False, to=facebook.message(external_id))
        return offered(reply, place_for(ticket, way, agent=bea)).text

    assert (said_to(root), said_to(other)) == ("Hello, Jana Black.", "Hello, Dana White.")
    Contact.objects.filter(name="Jana Black").update(name="jana_83")
    Identity.objects.filter(name="Jana Black").update(name="jana_83", handle="@jana_83")
    ticket = reloaded(ticket)
    assert said_to(root) == "Hello."


def test_language_and_address_are_the_customers_unless_the_agent_wants_others(
    bea: Agent, messenger: Network
) -> None:
    ticket = a_ticket(messenger, said="Kde je můj balík? Čekám už dva týdny.", direct=True)
    reply = a_reply(bea, {EN: "Formal.", EN_TU: "Informal.", CS: "Česky.", CS_PUBLIC: "Veřejně."})

    assert offered(reply, place(ticket, bea, private=True)).text == "Česky."
    Contact.objects.filter(pk=ticket.contact_id).update(formality="informal")
    mine = offered(reply, place(reloaded(ticket), bea, private=True))
    assert (mine.text, list(mine.chosen.because)) == ("Česky.", [Because.NO_FORMALITY])
    wanted = {"language": "en", "formality": "informal"}
    assert offered(reply, place(ticket, bea, private=True, **wanted)).text == "Informal."
    assert offered(reply, place(ticket, bea, private=True, audience="public")).text == "Veřejně."


def test_a_text_that_cannot_be_read_is_shown_as_it_stands(bea: Agent, messenger: Network) -> None:
    ticket = a_ticket(messenger, said="Where is my parcel?", direct=True)
    reply = a_reply(bea, {EN: "Hello."})
    reply.variants.update(text="Hello, {custmer.name}.")

    found = offered(reply, place(ticket, bea, private=True))

    assert found.text == "Hello, {custmer.name}."
    assert found.filled.missing


def test_when_an_answer_comes_is_asked_only_where_a_text_says_it(bea: Agent, messenger: Network) -> None:
    ticket = a_ticket(messenger, said="Where is my parcel?", direct=True)
    Contact.objects.filter(pk=ticket.contact_id).update(time_zone="Europe/Athens")
    asked: list[int] = []

    def expected() -> datetime:
        asked.append(1)
        return datetime(2026, 11, 2, 14, 0, tzinfo=UTC)

    way = route(ticket, private=True)
    there = place_for(reloaded(ticket), way, agent=bea, expected=expected)
    assert offered(a_reply(bea, {EN: "Soon."}), there).text == "Soon."
    assert asked == []
    assert "16:00" in offered(a_reply(bea, {EN: "By {eta}, {eta}."}, title="By"), there).text
    assert asked == [1]


def test_a_long_text_gives_way_where_it_does_not_fit(bea: Agent, messenger: Network) -> None:
    ticket = a_ticket(messenger, said="Where is my parcel?", direct=True)
    short = Way("en", "formal", "private", "short")
    reply = a_reply(bea, {EN: "{company} " * 450, short: "Soon."})

    found = offered(reply, place(ticket, bea, private=True))

    assert (found.text, list(found.chosen.because)) == ("Soon.", [Because.LENGTH])
