from __future__ import annotations

from datetime import timedelta

import pytest

from heard.replies.find import find
from heard.replies.index import index_of
from heard.replies.tests.shelf import CS, EL, EN, a_reply
from heard.replies.use import note_inserted
from heard.replies.write import say
from heard.workspaces.models import Agent
from tests.cast import NOON, Network, a_ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf(ann: Agent) -> None:
    a_reply(
        ann,
        {EN: "Send it back to {company}.", EL: "Στείλτε το πίσω.", CS: "Pošlete to zpět, Řehoři."},
        titles={"en": "Return", "el": "Επιστροφή", "cs": "Vrácení zboží"},
        shortcut="back",
    )
    a_reply(ann, {EN: "We are here from nine."}, title="Opening hours", tags=["hours", "contact"])
    a_reply(ann, {EN: "The return costs nothing."}, title="Costs", shortcut="costs")
    a_reply(ann, {EN: "Nothing."}, title="Contact data", shortcut="returned")


def found(agent: Agent, query: str) -> list[str]:
    return [one.title() for one in find(agent, query, now=NOON)]


def test_everything_typed_finds_what_is_meant(bea: Agent, shelf: None) -> None:
    """Shortcut before title, title before tag, tag before text; whatever the accents, endings and alphabets."""
    table = {
        "/back": ["Return"],
        "ret": ["Contact data", "Return", "Costs"],
        "return": ["Contact data", "Return", "Costs"],
        "contact": ["Contact data", "Opening hours"],
        "HOURS": ["Opening hours"],
        "rehor": ["Return"],
        "Řehoř": ["Return"],
        "vraceni": ["Return"],
        "επιστροφη": ["Return"],
        "επιστροφης": ["Return"],
        "epistrofi": ["Return"],
        "epistrofh": ["Return"],
        "return nothing": ["Costs"],
        "nine here": ["Opening hours"],
        "company": [],
        "zzz": [],
        "return zzz": [],
        "'; drop table": [],
        "\\%_": [],
    }
    # A word that is nowhere but as a part of the syntax is none: "company" above.
    assert {query: found(bea, query) for query in table} == table


def test_what_this_agent_uses_comes_first(bea: Agent, oto: Agent, facebook: Network, shelf: None) -> None:
    ticket = a_ticket(facebook, said="How do I return it?")
    costs = find(bea, "costs", now=NOON)[0]
    for _time in range(2):
        note_inserted(costs, way=EN, ticket=ticket, text="…", by=bea, now=NOON - timedelta(days=1))

    assert found(bea, "")[0] == "Costs"
    assert found(oto, "")[0] == "Contact data"
    assert found(bea, "costs nothing") == ["Costs"]


def test_nobody_finds_what_is_another_workspaces_or_a_draft(
    bea: Agent, oto: Agent, cyril: Agent, shelf: None
) -> None:
    a_reply(bea, {EN: "Hello."}, title="Return of mine", draft=True)

    assert "Return of mine" in found(bea, "return")
    assert "Return of mine" not in found(oto, "return")
    assert found(cyril, "return") == found(cyril, "") == []


def test_after_many_changes_the_index_forgets_what_is_gone_and_finds_the_same(ann: Agent) -> None:
    names = [f"q{tens}{ones}z" for tens in "abcdef" for ones in "abcdefghij"]
    shelf = {
        name: a_reply(ann, {EN: f"Answer {name}.", EL: "απάντηση"}, title=f"Title {name}") for name in names
    }
    for number, turn in enumerate(("first", "second", "third"), 1):
        for name, one in shelf.items():
            say(one, EN, f"Answer {name} {turn}.", by=ann, now=NOON + timedelta(minutes=number))
        with index_of(ann.workspace) as index:
            slots = len(index.of_slot)

    assert slots <= 2 * len(names)
    assert find(ann, "qbcz third", now=NOON) == [shelf["qbcz"]]
    assert find(ann, "second", now=NOON) == []
    assert len(find(ann, "apantisi", now=NOON, limit=100)) == len(names)
