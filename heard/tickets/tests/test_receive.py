from __future__ import annotations

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from heard.channels.contract import Kind, MessageIn, Person
from heard.contacts.models import Contact
from heard.events.models import EventRecord
from heard.tickets.models import Message, Outcome, Resolution, State, Ticket
from heard.tickets.numbers import public_number
from heard.tickets.receive import receive
from heard.tickets.resolve import resolve
from heard.tickets.snooze import snooze
from heard.workspaces.models import Agent
from tests.cast import NOON, Network, a_ticket, an_inbox, reloaded


def test_a_comment_opens_a_ticket_that_waits_since_it_was_written(facebook: Network) -> None:
    comment = facebook.message(facebook.comment("Where is my parcel?"))

    assert comment.outcome == Outcome.OPEN
    assert comment.ticket.is_open
    assert comment.ticket.waiting_since == comment.at
    assert comment.ticket.preview == "Where is my parcel?"


def test_the_same_comment_twice_is_one_message(facebook: Network) -> None:
    fact = facebook.a_comment("c1", "Where is my parcel?")

    first, second = facebook.take(fact), facebook.take(fact)

    assert (first, second) == (["message"], [])
    assert Message.objects.count() == 1


def test_the_same_comment_twice_in_one_call_is_one_message(facebook: Network) -> None:
    fact = facebook.a_comment("c1", "Where is my parcel?")

    assert facebook.take(fact, fact) == ["message"]


def test_replies_to_a_comment_join_its_ticket_whoever_writes(facebook: Network) -> None:
    root = facebook.comment("Where is my parcel?", by="Jana")
    reply = facebook.comment("Mine is late too", by="Dana", under=root)

    assert facebook.ticket(reply) == facebook.ticket(root)
    assert facebook.message(reply).author != facebook.message(root).author


def test_two_comments_under_one_post_are_two_tickets_on_the_same_post(facebook: Network) -> None:
    first, second = facebook.ticket(facebook.comment("One")), facebook.ticket(facebook.comment("Two"))

    assert first != second
    assert first.post == second.post


def test_a_reply_that_comes_before_its_comment_shares_its_ticket(facebook: Network) -> None:
    reply = facebook.comment("Mine too", by="Dana", under="root-1")
    facebook.take(facebook.a_comment("root-1", "Late again"))

    assert facebook.ticket(reply) == facebook.ticket("root-1")
    assert facebook.message(reply).parent == facebook.message("root-1")


def test_a_reply_to_a_reply_goes_home_when_the_missing_piece_comes(facebook: Network) -> None:
    root = facebook.comment("Late again")
    below = facebook.comment("And mine", by="Dana", under="middle-1")
    stray = facebook.ticket(below)
    facebook.take(facebook.a_comment("middle-1", "Mine too", by="Oto", under=root))

    assert facebook.ticket(below) == facebook.ticket("middle-1") == facebook.ticket(root)
    assert reloaded(stray).resolution == Resolution.DUPLICATE


def test_direct_messages_of_one_person_run_in_one_ticket(messenger: Network) -> None:
    first, second = messenger.direct("Hello"), messenger.direct("Anybody there?")

    assert messenger.ticket(first) == messenger.ticket(second)


def test_a_direct_message_soon_after_resolving_reopens_the_ticket(messenger: Network, bea: Agent) -> None:
    ticket = a_ticket(messenger, said="Where is my parcel?", direct=True)
    resolve(ticket, by=bea, now=messenger.tick(), note="told her on the phone")

    again = messenger.ticket(messenger.direct("It still has not come"))

    assert again == ticket
    assert again.is_open


def test_a_direct_message_long_after_resolving_is_a_new_matter_that_follows_the_old(
    messenger: Network, bea: Agent
) -> None:
    ticket = a_ticket(messenger, said="Where is my parcel?", direct=True)
    resolve(ticket, by=bea, now=messenger.tick(), note="told her on the phone")
    messenger.tick(hours=72)

    new = messenger.ticket(messenger.direct("Another question"))

    assert new != ticket
    assert new.follows == ticket


def test_a_new_comment_reopens_a_resolved_ticket_however_old(facebook: Network, bea: Agent) -> None:
    root = facebook.comment("Where is my parcel?")
    resolve(facebook.ticket(root), by=bea, now=facebook.tick(), note="told her on the phone")
    facebook.tick(days=400)

    later = facebook.comment("It still has not come", under=root)

    assert facebook.ticket(later) == facebook.ticket(root)
    assert facebook.ticket(root).state == State.OPEN


def test_spam_stays_resolved_and_its_messages_wait_for_nobody(facebook: Network, bea: Agent) -> None:
    root = facebook.comment("Cheap watches")
    resolve(facebook.ticket(root), by=bea, now=facebook.tick(), resolution=Resolution.SPAM, note="spam")

    later = facebook.message(facebook.comment("Cheaper watches", under=root))

    assert later.outcome == Outcome.DISMISSED
    assert later.ticket.state == State.RESOLVED


def test_any_new_message_ends_the_snooze(messenger: Network, bea: Agent) -> None:
    ticket = a_ticket(messenger, said="Where is my parcel?", direct=True)
    snooze(ticket, until=messenger.now + timedelta(days=1), by=bea, now=messenger.now)

    messenger.direct("Hello?")

    assert reloaded(ticket).snoozed_until is None


def test_two_people_whom_the_network_hides_are_two_contacts(facebook: Network) -> None:
    facebook.comment("One", author=None)
    facebook.comment("Two", author=None)

    assert Contact.objects.count() == 2


def test_messages_that_come_late_are_put_where_they_were_written(messenger: Network) -> None:
    later = NOON + timedelta(hours=2)
    messenger.direct("Second", at=later)
    messenger.direct("First", at=NOON)

    ticket = Ticket.objects.get()
    assert [message.text for message in ticket.messages.order_by("at")] == ["First", "Second"]
    assert ticket.waiting_since == NOON
    assert ticket.preview == "Second"


def test_a_quoted_number_with_its_check_part_leads_to_the_older_ticket(facebook: Network) -> None:
    old = a_ticket(facebook, said="Where is my parcel?")
    facebook.comment(f"I asked before, {public_number(old.workspace, old.number)}", by="Jana")

    referred = old.workspace.eventrecord_set.get(kind="TicketReferenced")
    assert referred.payload["referred"] == old.number
    quoted = old.workspace.eventrecord_set.get(kind="TicketQuoted")
    assert (quoted.ticket_id, quoted.payload["quoted_in"]) == (old.pk, referred.payload["number"])


def test_a_number_of_another_workspace_leads_nowhere(facebook: Network, cyril: Agent) -> None:
    theirs = a_ticket(Network(an_inbox(cyril.workspace)), said="Where is my parcel?")

    facebook.comment(f"I asked before, {public_number(cyril.workspace, theirs.number)}")

    assert not EventRecord.objects.filter(kind__in=("TicketReferenced", "TicketQuoted")).exists()


def test_a_batch_costs_the_same_number_of_queries_whatever_its_size(facebook: Network) -> None:
    def queries(count: int) -> int:
        facts = [
            MessageIn(
                kind=Kind.COMMENT,
                external_id=f"b{count}-{n}",
                thread=f"b{count}-{n}",
                text="Hello",
                author=Person(f"p{count}-{n}", "Jana"),
                at=NOON,
            )
            for n in range(count)
        ]
        with CaptureQueriesContext(
            connection,
        ) as captured:
            receive(facebook.inbox, facts, now=NOON)
        return len(captured)

    facebook.comment("warm")
    assert queries(40) == queries(4)
