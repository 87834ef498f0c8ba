from __future__ import annotations

import pytest

from heard.tickets.draft import DraftConflict, keep_draft
from heard.tickets.models import Draft, Ticket
from heard.workspaces.models import Agent
from tests.cast import NOON, Network, a_ticket

PUBLIC = Draft.Mode.PUBLIC


def test_what_is_typed_is_kept_for_each_agent_and_way(facebook: Network, bea: Agent, oto: Agent) -> None:
    ticket = a_ticket(facebook, said="Where is my parcel?")

    for by, mode in ((bea, PUBLIC), (oto, PUBLIC), (bea, Draft.Mode.NOTE)):
        _type(ticket, f"{by.name} {mode}", 0, by, mode=mode)

    assert Draft.objects.count() == 3
    assert Draft.objects.get(agent=bea, mode=PUBLIC).text == "Bea public"


def test_each_keeping_is_a_new_version(facebook: Network, bea: Agent) -> None:
    ticket = a_ticket(facebook, said="Where is my parcel?")
    first = _type(ticket, "On", 0, bea)

    assert first is not None
    second = _type(ticket, "On its way", first.version, bea)

    assert second is not None
    assert (second.version, second.text) == (2, "On its way")


def test_another_window_is_never_overwritten(facebook: Network, bea: Agent) -> None:
    ticket = a_ticket(facebook, said="Where is my parcel?")
    _type(ticket, "On", 0, bea)
    _type(ticket, "On its way", 1, bea)

    with pytest.raises(DraftConflict) as conflict:
        _type(ticket, "Sorry", 1, bea)

    assert conflict.value.theirs.text == "On its way"
    assert Draft.objects.get().text == "On its way"


def test_two_new_drafts_at_once_are_a_conflict_too(facebook: Network, bea: Agent) -> None:
    ticket = a_ticket(facebook, said="Where is my parcel?")
    _type(ticket, "One window", 0, bea)

    with pytest.raises(DraftConflict):
        _type(ticket, "Another window", 0, bea)


def test_the_same_words_from_two_windows_are_no_conflict(facebook: Network, bea: Agent) -> None:
    ticket = a_ticket(facebook, said="Where is my parcel?")
    _type(ticket, "On its way", 0, bea)

    assert _type(ticket, "On its way", 0, bea) is not None


def test_emptying_it_deletes_it(facebook: Network, bea: Agent) -> None:
    ticket = a_ticket(facebook, said="Where is my parcel?")
    _type(ticket, "On", 0, bea)

    assert _type(ticket, "", 1, bea) is None
    assert _type(ticket, "", 0, bea) is None
    assert not Draft.objects.exists()


def _type(ticket: Ticket, text: str, version: int, by: Agent, *, mode: Draft.Mode = PUBLIC) -> Draft | None:
    return keep_draft(ticket, mode=mode, text=text, version=version, by=by, now=NOON)
