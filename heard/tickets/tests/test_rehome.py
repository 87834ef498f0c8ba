from __future__ import annotations

from heard.tickets.models import Resolution, State
from heard.tickets.reply import reply
from heard.workspaces.models import Agent
from tests.cast import Network, reloaded


def test_a_stray_conversation_of_two_generations_goes_home(facebook: Network) -> None:
    root = facebook.comment("Late again")
    facebook.take(facebook.a_comment("c", "And mine", by="Dana", under="b"))
    facebook.take(facebook.a_comment("b", "Mine too", by="Oto", under="a"))
    facebook.take(facebook.a_comment("a", "Really", by="Ann", under=root))

    assert {facebook.ticket(id).pk for id in ("a", "b", "c")} == {facebook.ticket(root).pk}


def test_going_home_keeps_waiting_and_our_answers(facebook: Network, bea: Agent) -> None:
    root = facebook.comment("Late again")
    below = facebook.comment("And mine", by="Dana", under="middle")
    stray = facebook.ticket(below)
    answer = reply(stray, text="Sorry.", by=bea, now=facebook.tick())

    facebook.take(facebook.a_comment("middle", "Mine too", by="Oto", under=root))

    home = facebook.ticket(root)
    assert reloaded(answer).ticket == home
    assert facebook.message(below).outcome == "answered"
    assert home.waiting_since == facebook.message(root).at
    assert home.last_message_at >= reloaded(answer).at
    left = reloaded(stray)
    assert (left.state, left.resolution, left.waiting_since) == (State.RESOLVED, Resolution.DUPLICATE, None)
    assert left.resolution_note == f"#{home.number}"


def test_both_timelines_tell_of_it(facebook: Network) -> None:
    root = facebook.comment("Late again")
    below = facebook.comment("And mine", by="Dana", under="middle")
    stray = facebook.ticket(below)
    facebook.take(facebook.a_comment("middle", "Mine too", by="Oto", under=root))

    told = stray.workspace.eventrecord_set.filter(kind__in=("TicketJoined", "TicketResolved"))

    assert set(told.values_list("ticket_id", flat=True)) == {stray.pk, facebook.ticket(root).pk}
