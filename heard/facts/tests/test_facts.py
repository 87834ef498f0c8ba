"""One truth: from the table into the answer, into the hands of owners, and out and in by CSV."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from heard.events.models import EventRecord
from heard.facts.models import Fact
from heard.facts.tests.cast import A_FACT
from heard.facts.write import BadTruth, NotYours, remove_fact, still_right, write_fact
from heard.replies.exchange.facts_csv import bring_in_facts, written_facts
from heard.replies.models import SavedReply
from heard.replies.needs_checking import TAG, hold_for_checking
from heard.replies.of_facts import concerning, replies_by_fact
from heard.replies.starter import add_starter
from heard.replies.tests.shelf import EN, a_reply
from heard.tickets.examined import findings_for
from heard.tickets.models import Message, Note, Ticket
from heard.tickets.reply import ReplyStopped, reply
from heard.tickets.route import route
from heard.workspaces.models import Agent
from tests.cast import NOON, Network, a_ticket, reloaded
from tests.visitors import plain_static as plain_static
from tests.visitors import signed_in

GOOD = replace(A_FACT, review_on=None)
TEXT = "You have {fact:return_period} to send it back."


def asked(network: Network) -> Ticket:
    return a_ticket(network, said="How long do I have to send the cup back to you, please?")


def codes(text: str, ticket: Ticket, by: Agent, now: datetime) -> list[tuple[str, str | None]]:
    found = findings_for(text, route(ticket, private=False), now=now, by=by)
    return [(one.code, one.mend) for one in found if one.weight != "hint" or one.check == "facts"]


@pytest.mark.usefixtures("plain_static")
def test_a_saved_reply_says_what_the_table_says(ann: Agent, bea: Agent, facebook: Network) -> None:
    write_fact(None, GOOD, by=ann, now=NOON)
    saved = a_reply(ann, {EN: TEXT}, title="Sending back")
    desk, ticket = signed_in(bea), asked(facebook)

    shown = desk.get(f"/tickets/{ticket.number}/saved-replies/{saved.pk}?mode=public").text
    typed = desk.post(f"/tickets/{ticket.number}/check", {"mode": "public", "text": TEXT}).text

    assert "You have 30 days to send it back." in shown
    assert 'data-with="30 days"' in typed
    assert codes(TEXT, ticket, bea, facebook.now) == [("blanks.unfilled", "30 days")]
    Fact.objects.all().delete()
    assert codes(TEXT, ticket, bea, facebook.now) == [("blanks.unfilled", None)]


def test_what_is_due_warns_and_what_changed_is_mended(ann: Agent, bea: Agent, facebook: Network) -> None:
    ticket = asked(facebook)
    now = facebook.now
    fact = write_fact(None, replace(GOOD, review_on=now.date() - timedelta(days=1)), by=ann, now=now)
    other = write_fact(
        None, replace(GOOD, key="x", review_on=now.date(), values={"": "9 euros"}), by=ann, now=now
    )

    assert codes("You have 30 days, for 9 euros.", ticket, bea, now) == [("fact.due", None)]
    with pytest.raises(ReplyStopped):
        reply(ticket, text="You have 30 days.", by=bea, now=facebook.tick())

    still_right(fact, until=now.date() + timedelta(days=90), by=ann, now=now)
    assert codes("You have 30 days.", ticket, bea, now) == []
    write_fact(other, replace(GOOD, key="x", values={"": "8 euros"}), by=ann, now=now)
    assert codes("It costs 9 euros.", ticket, bea, now) == [("fact.former", "8 euros")]
    assert codes("It costs 9 euros.", ticket, bea, now + timedelta(days=200)) == []
    kinds = EventRecord.objects.filter(kind__startswith="Fact").values_list("kind", flat=True)
    assert sorted(kinds) == ["FactChecked", *["FactWritten"] * 3]


def test_the_holding_reply_goes_out_and_the_ticket_waits_on(
    ann: Agent, bea: Agent, facebook: Network
) -> None:
    add_starter(ann.workspace, by=ann, now=NOON)
    ticket = asked(facebook)
    soon = timezone.now() + timedelta(hours=3)

    nothing = hold_for_checking(ticket, by=bea, now=facebook.tick())
    assert nothing.message is None
    assert nothing.to_finish is not None
    assert "{eta}" in nothing.to_finish.text
    held = hold_for_checking(
        ticket, by=bea, now=facebook.tick(), typed="You have 30 days, I think.", expected=lambda: soon
    )

    assert held.message is not None
    assert "guess" in held.message.text
    after = reloaded(ticket)
    assert (after.is_open, TAG in after.tags, after.waiting_since is not None) == (True, True, True)
    assert Note.objects.get(ticket=ticket).text == "You have 30 days, I think."
    assert Message.objects.filter(ticket=ticket, direction=Message.Direction.OUT).count() == 1


@pytest.mark.usefixtures("plain_static")
def test_whoever_writes_what_is_due_is_offered_that(ann: Agent, bea: Agent, facebook: Network) -> None:
    write_fact(None, A_FACT, by=ann, now=NOON)
    ticket, desk = asked(facebook), signed_in(bea)
    typed = {"mode": "public", "text": "You have 30 days."}

    assert "needs-checking" in desk.post(f"/tickets/{ticket.number}/check", typed).text
    desk.post(f"/tickets/{ticket.number}/needs-checking", typed)
    assert TAG not in reloaded(ticket).tags  # there is no such saved reply yet
    add_starter(ann.workspace, by=ann, now=NOON)
    page = desk.post(f"/tickets/{ticket.number}/needs-checking", typed, follow=True)

    assert TAG in reloaded(ticket).tags
    assert Note.objects.get().text == "You have 30 days."
    assert "{eta}" in page.text


def test_owners_are_told_which_of_their_replies_say_it(ann: Agent, bea: Agent) -> None:
    before, now = NOON, NOON + timedelta(days=1)
    fact = write_fact(None, GOOD, by=ann, now=before)
    mine = a_reply(bea, {EN: TEXT}, title="Mine")
    a_reply(ann, {EN: TEXT}, title="Hers")
    a_reply(bea, {EN: "You have {fact:other} days."}, title="Other")
    SavedReply.objects.update(changed_at=before)
    assert concerning(bea, today=now.date(), now=now) == []

    write_fact(fact, replace(GOOD, values={"": "60 days"}), by=ann, now=now)

    assert {one.titles["en"] for one in replies_by_fact([fact], ann)["return_period"]} == {"Mine", "Hers"}
    [one] = concerning(bea, today=now.date(), now=now)
    assert (one.reply, one.fact, one.is_due) == (mine, fact, False)
    later = now + timedelta(days=30)
    assert concerning(bea, today=later.date(), now=later) == []
    Fact.objects.update(review_on=now.date())
    assert [one.is_due for one in concerning(bea, today=later.date(), now=later)] == [True]


def test_its_owner_and_admins_change_it_and_what_it_said_is_remembered(
    ann: Agent, bea: Agent, oto: Agent
) -> None:
    fact = write_fact(None, GOOD, by=bea, now=NOON)
    assert fact.owner == bea
    with pytest.raises(NotYours):
        write_fact(fact, GOOD, by=oto, now=NOON)
    with pytest.raises(NotYours):
        remove_fact(fact, by=oto, now=NOON)

    for days in range(12):
        fact = write_fact(fact, replace(GOOD, owner=oto, values={"": f"{days} days"}), by=ann, now=NOON)
    assert fact.owner == oto
    assert [one["value"] for one in fact.former] == [f"{days} days" for days in range(10, 0, -1)]
    back = write_fact(fact, replace(GOOD, values={"": "9 days"}), by=ann, now=NOON)
    assert "9 days" not in [one["value"] for one in back.former]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"key": "Return period"}, "key"),
        ({"key": "return_period"}, "key"),
        ({"name": ""}, "name"),
        ({"values": {"": " "}}, "values"),
        ({"values": {"xx": "1"}}, "values"),
        ({"note": "x" * 501}, "note"),
    ],
)
def test_what_cannot_be_is_refused(ann: Agent, wrong: dict[str, Any], field: str) -> None:
    write_fact(None, GOOD, by=ann, now=NOON)

    with pytest.raises(BadTruth) as refused:
        write_fact(None, replace(GOOD, **{"key": "other", **wrong}), by=ann, now=NOON)

    assert refused.value.field == field


def test_a_table_goes_out_and_comes_back_whole_or_not_at_all(ann: Agent, bea: Agent) -> None:
    write_fact(None, replace(A_FACT, values={"": "=1+1", "cs": "30 dní"}), by=ann, now=NOON)
    out = written_facts(Fact.objects.all())
    assert "'=1+1" in out

    same = bring_in_facts(out.encode(), by=ann, now=NOON, dry=False)
    text = (
        "key;name;value;value_cs;owner;review_on\n"
        f"return_period;Return period;60 days;;{bea.user.email};2027-01-31\n"
        "hours;Hours;9 to 5;;;\n"
    )
    looked = bring_in_facts(text.encode(), by=ann, now=NOON, dry=True)
    assert Fact.objects.count() == 1
    done = bring_in_facts(text.encode(), by=ann, now=NOON, dry=False)

    assert (same.same, same.added, same.changed) == (1, [], [])
    assert (looked.added, looked.changed) == (done.added, done.changed) == (["hours"], ["return_period"])
    fact = Fact.objects.get(key="return_period")
    assert (fact.values, fact.owner, fact.review_on) == ({"": "60 days"}, bea, date(2027, 1, 31))
    assert fact.note == A_FACT.note
    bad = bring_in_facts(b"key,name,value\nnew,New,1 day\nBad,Bad,x", by=ann, now=NOON, dry=False)
    assert [(one.line, one.params) for one in bad.wrong] == [(3, {"column": "key"})]
    assert not Fact.objects.filter(key="new").exists()


@pytest.mark.usefixtures("plain_static")
def test_the_table_is_kept_in_the_settings(ann: Agent, bea: Agent, oto: Agent) -> None:
    desk, other = signed_in(bea), signed_in(oto)
    typed = {"name": "Return period", "key": "return_period", "value_": "30 days", "value_cs": "30 dní"}
    assert desk.post("/settings/facts/add", {**typed, "value_": "", "value_cs": ""}).status_code == 422
    assert desk.post("/settings/facts/add", {**typed, "review_on": "2020-01-31"}).status_code == 302
    fact = Fact.objects.get()
    assert (fact.owner, fact.values) == (bea, {"": "30 days", "cs": "30 dní"})
    a_reply(bea, {EN: TEXT}, title="Sending back")

    page = other.get("/settings/facts").text
    assert "Needs checking" in page
    assert "Sending back" in page
    assert f"/settings/facts/{fact.pk}/checked" not in page
    for place in ("", "/checked", "/remove"):
        assert other.post(f"/settings/facts/{fact.pk}{place}", typed).status_code == 403
    assert "30 days" in desk.get(f"/settings/facts/{fact.pk}").text
    assert "Needs checking" in desk.get("/replies").text
    desk.post(f"/settings/facts/{fact.pk}/checked")
    assert "Needs checking" not in desk.get("/settings/facts").text
    _in_and_out(signed_in(ann))
    desk.post(f"/settings/facts/{fact.pk}/remove")
    assert list(Fact.objects.values_list("key", flat=True)) == ["hours"]


def _in_and_out(admin: Client) -> None:
    assert "return_period" in admin.get("/settings/facts/export").content.decode()
    table = "key,name,value\nhours,Hours,9 to 5"
    looked = admin.post("/settings/facts/import", {"text": table})
    assert "1 fact is new." in looked.text
    assert "9 to 5" in looked.text
    assert not Fact.objects.filter(key="hours").exists()
    assert admin.post("/settings/facts/import", {"text": "a,b\n1,2"}).status_code == 422
    assert admin.post("/settings/facts/import", {"text": "key,name,value\nX,Y,Z"}).status_code == 422
    assert admin.post("/settings/facts/import", {"text": table, "action": "bring in"}).status_code == 302
