from __future__ import annotations

from datetime import timedelta

from heard.tickets.look import LOOKING, WRITING, besides, leave, look, present
from heard.tickets.models import Presence, Ticket
from heard.workspaces.models import Agent
from tests.cast import Network, a_ticket, reloaded


def test_reading_is_seen_and_changes_nothing_else(facebook: Network, bea: Agent) -> None:
    ticket = a_ticket(facebook, said="Where is my parcel?")
    before = Ticket.objects.values().get()

    look(ticket, by=bea, now=facebook.tick())

    assert Presence.objects.get().seen_at == facebook.now
    assert Ticket.objects.values().get() == before
    assert ticket.messages.get().outcome == "open"


def test_colleagues_see_who_looks_and_who_writes(facebook: Network, bea: Agent, oto: Agent) -> None:
    ticket = a_ticket(facebook, said="Where is my parcel?")
    look(ticket, by=oto, now=facebook.now, writing=True)

    def seen(after: timedelta) -> list[tuple[str, bool]]:
        found = besides(bea, present(seen_by=bea, now=facebook.now + after))
        return [(one.name, one.writing) for one in found]

    assert seen(timedelta(seconds=1)) == [("Oto", True)]
    assert seen(WRITING) == [("Oto", False)]
    assert seen(LOOKING) == []
    assert besides(oto, present(seen_by=oto, now=facebook.now)) == []


def test_whoever_leaves_is_gone_at_once(facebook: Network, bea: Agent, oto: Agent) -> None:
    ticket = a_ticket(facebook, said="Where is my parcel?")
    look(ticket, by=oto, now=facebook.now)

    leave(ticket, by=oto)

    assert besides(bea, present(seen_by=bea, now=facebook.now)) == []
    assert reloaded(Presence.objects.get()).seen_at == facebook.now


def test_another_workspace_sees_nobody(facebook: Network, bea: Agent, cyril: Agent) -> None:
    ticket = a_ticket(facebook, said="Where is my parcel?")
    look(ticket, by=bea, now=facebook.now)

    assert besides(cyril, present(seen_by=cyril, now=facebook.now)) == []
