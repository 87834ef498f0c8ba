"""What the gate is told of a reply. What it makes of that stands in the checks' own tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from heard.checks.draft import Draft
from heard.checks.levels import Level
from heard.contacts.address import address, change_usual_formality
from heard.contacts.models import Contact, Formality, Identity
from heard.people.override_right import change_override_right
from heard.people.wording import change_wording
from heard.tickets.delivery import cancel
from heard.tickets.examined import draft_for, findings_for
from heard.tickets.models import Delivery, Message, Ticket
from heard.tickets.reply import ReplyStopped, reply
from heard.tickets.route import route
from heard.tickets.tell import tell
from heard.tickets.timeline import timeline
from heard.workspaces.models import Agent, Wording
from heard.workspaces.wording import Rules
from tests.cast import Network, a_ticket

PARCEL = "Dobrý den, kde je prosím moje zásilka? Čekám na ni už celý týden a nikdo neodpovídá."


def told(
    ticket: Ticket, by: Agent, *, rules: Rules | None = None, private: bool = False, **more: Any
) -> Draft:
    way = route(ticket, private=private)
    now = ticket.last_message_at + timedelta(minutes=1)
    return draft_for("Text", way, rules or Rules(), now=now, by=by, **more)


def test_the_reader_is_whoever_is_answered_and_not_who_began_the_thread(
    facebook: Network, bea: Agent
) -> None:
    root = facebook.comment("Where is my parcel?", by="Jana")
    other = facebook.comment("And mine?", by="Dana", under=root)
    ticket = facebook.ticket(root)

    way = route(ticket, private=False, to=facebook.message(other))

    assert list(draft_for("Text", way, Rules(), now=facebook.now, by=bea).names) == ["Dana"]


def test_all_names_and_handles_of_a_person_are_theirs(facebook: Network, bea: Agent) -> None:
    ticket = a_ticket(facebook, said="Where is my parcel?")
    Identity.objects.create(
        workspace=ticket.workspace, contact=ticket.contact, inbox=facebook.inbox, address="2", handle="janka"
    )

    draft = told(ticket, bea)

    assert set(draft.names) == {"Jana", "janka"}
    assert draft.agent_names == ["Bea"]


def test_what_this_person_got_already_is_known_wherever_it_was_said(
    facebook: Network, messenger: Network, bea: Agent
) -> None:
    here = a_ticket(facebook, said="Where is my parcel?")
    there = a_ticket(messenger, said="Where is my parcel?", direct=True)
    Identity.objects.filter(contact=there.contact).update(contact=here.contact)
    reply(there, text="It comes on Friday.", by=bea, now=messenger.tick(), private=True)
    tell(there, text="We have your message.", now=messenger.tick(), asked_for=True)
    gone = reply(here, text="It comes on Monday.", by=bea, now=facebook.tick())
    cancel(gone, by=bea, now=facebook.tick())

    draft = told(here, bea)

    assert draft.already_said == ["It comes on Friday."]
    assert draft.first_answer


def test_a_reply_that_leaves_later_has_not_been_said_yet(facebook: Network, bea: Agent) -> None:
    ticket = a_ticket(facebook, said="Where is my parcel?")
    kept = reply(ticket, text="It comes on Friday.", by=bea, now=facebook.tick())

    assert told(ticket, bea).already_said == ["It comes on Friday."]
    assert told(ticket, bea, leaving=kept).already_said == []


@pytest.mark.parametrize(
    ("known", "source", "said", "expected"),
    [
        ("", "", PARCEL, "cs"),
        ("", "", "ok", ""),
        ("cs", "detected", "ok", "cs"),
        ("en", "detected", PARCEL, ""),  # either may be right
        ("en", "said", PARCEL, "en"),
    ],
)
def test_a_language_counts_only_where_it_is_certain(
    facebook: Network, bea: Agent, known: str, source: str, said: str, expected: str
) -> None:
    ticket = a_ticket(facebook, said=said)
    Contact.objects.filter(pk=ticket.contact_id).update(language=known, language_from=source)

    assert told(ticket, bea).language == expected


def test_how_somebody_is_addressed_counts_only_where_somebody_decided_it(
    facebook: Network, ann: Agent
) -> None:
    ticket = a_ticket(facebook, said=PARCEL)
    assert told(ticket, ann).formality == ""

    change_usual_formality(ann.workspace, {"cs": Formality.INFORMAL}, by=ann, now=facebook.now)
    assert told(ticket, ann).formality == "informal"
    address(ticket.contact, formality=Formality.FORMAL, by=ann, now=facebook.now)
    assert told(ticket, ann).formality == "formal"


@pytest.mark.parametrize(
    ("message", "tags", "complains"),
    [
        ({}, [], False),
        ({"stars": 2}, [], True),
        ({"stars": 4}, [], False),
        ({"recommends": False}, [], True),
        ({}, ["Damaged"], True),
        ({}, ["other"], False),
    ],
)
def test_a_complaint_is_one_by_its_stars_or_by_a_tag(
    facebook: Network, bea: Agent, message: dict[str, Any], tags: list[str], complains: bool
) -> None:
    ticket = a_ticket(facebook, said="It came today.")
    Message.objects.filter(ticket=ticket).update(**message)
    ticket.tags = tags

    assert told(ticket, bea, rules=Rules(complaint_tags=["damaged"])).complaint == complains


def test_pages_for_one_customer_are_theirs_alone(facebook: Network, bea: Agent) -> None:
    links = told(a_ticket(facebook, said="Hello"), bea).private_links

    assert [link[-3:] for link in links] == ["/t/", "/s/"]


def test_the_number_of_queries_does_not_grow(facebook: Network, bea: Agent) -> None:
    ticket = a_ticket(facebook, said=PARCEL)
    way = route(ticket, private=False)
    _asked(way, bea, facebook)  # what the ticket is told of its workspace is asked once
    few = _asked(way, bea, facebook)
    for number in range(30):
        facebook.comment(f"Message {number}")
        answered = reply(ticket, text=f"Answer {number}.", by=bea, now=facebook.tick())
        Message.objects.filter(pk=answered.pk).update(delivery=Delivery.SENT)

    assert _asked(way, bea, facebook) == few <= 5


def _asked(way: Any, by: Agent, network: Network) -> int:
    with CaptureQueriesContext(connection) as asked:
        findings_for("It comes on Friday, Jana.", way, now=network.now, by=by)
    return len(asked)


# ── who may override ──


def test_without_the_right_a_stop_stays_one_and_says_so(facebook: Network, ann: Agent, bea: Agent) -> None:
    _only(Wording.Overriding.CHOSEN, ann)
    ticket = a_ticket(facebook, said="Where is my parcel?")
    said: dict[str, Any] = {"text": "Write to jana@acme.example", "overrides": ["personal.email"]}

    with pytest.raises(ReplyStopped) as stopped:
        reply(ticket, by=bea, now=facebook.tick(), **said)
    [finding] = stopped.value.findings
    assert (finding.overridable, finding.needs_right) == (False, True)

    change_override_right(bea, may_override=True, by=ann, now=facebook.tick())
    assert reply(ticket, by=bea, now=facebook.tick(), **said).delivery == Delivery.QUEUED


def test_whoever_sends_it_anyway_stands_in_the_timeline_with_the_place(facebook: Network, bea: Agent) -> None:
    ticket = a_ticket(facebook, said="Where is my parcel?")

    sent = reply(
        ticket,
        text="Write to jana@acme.example",
        by=bea,
        now=facebook.tick(),
        overrides=["personal.email", "blanks.unfilled"],
    )

    [record] = [one.event for one in timeline(ticket) if one.event]
    assert (record.kind, record.by, record.payload["message_id"]) == ("GateOverridden", bea, sent.pk)
    [finding] = record.payload["findings"]
    assert finding == {
        "check": "personal",
        "code": "personal.email",
        "weight": "stop",
        "start": 9,
        "end": 26,
    }
    assert sent.text[finding["start"] : finding["end"]] == "jana@acme.example"


def test_what_is_off_stops_no_person_but_still_keeps_heard_from_saying_it(
    messenger: Network, ann: Agent
) -> None:
    _only(Wording.Overriding.EVERYBODY, ann, levels={"blanks": Level.OFF})
    ticket = a_ticket(messenger, said="Where is my parcel?", direct=True)

    assert tell(ticket, text="Hello {name}, we have your message.", now=messenger.tick()) is None
    sent = reply(ticket, text="Hello {name}, it comes.", by=ann, now=messenger.tick(), private=True)
    assert sent.delivery == Delivery.QUEUED


def test_a_check_that_only_hints_stops_nothing_and_is_not_logged(facebook: Network, ann: Agent) -> None:
    _only(Wording.Overriding.EVERYBODY, ann, levels={"personal": Level.HINT})
    ticket = a_ticket(facebook, said="Where is my parcel?")

    reply(ticket, text="Write to jana@acme.example", by=ann, now=facebook.tick())

    assert not [one.event for one in timeline(ticket) if one.event]


def _only(overriding: Wording.Overriding, ann: Agent, **more: Any) -> None:
    rules = replace(Rules(), overriding=overriding, **more)
    change_wording(ann.workspace, rules, by=ann, now=ann.created_at)
