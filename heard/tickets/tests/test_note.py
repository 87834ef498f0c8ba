from __future__ import annotations

import pytest

from heard.tickets.draft import keep_draft
from heard.tickets.models import Draft, State
from heard.tickets.note import EmptyNote, note
from heard.workspaces.models import Agent
from tests.cast import Network, a_ticket, reloaded


def test_a_note_is_kept_and_answers_nobody(facebook: Network, bea: Agent) -> None:
    ticket = a_ticket(facebook, said="Where is my parcel?")

    made = note(ticket, text="  Called the carrier. ", by=bea, now=facebook.tick())

    assert (made.text, made.agent) == ("Called the carrier.", bea)
    assert reloaded(ticket).state == State.OPEN


def test_a_note_without_words_is_none(facebook: Network, bea: Agent) -> None:
    with pytest.raises(EmptyNote):
        note(a_ticket(facebook, said="Hi"), text=" \n", by=bea, now=facebook.tick())


def test_writing_a_note_uses_up_its_draft(facebook: Network, bea: Agent) -> None:
    ticket = a_ticket(facebook, said="Where is my parcel?")
    for mode in (Draft.Mode.NOTE, Draft.Mode.PUBLIC):
        keep_draft(ticket, mode=mode, text="typed", version=0, by=bea, now=facebook.now)

    note(ticket, text="Called the carrier.", by=bea, now=facebook.tick())

    assert Draft.objects.get().mode == Draft.Mode.PUBLIC
