from __future__ import annotations

import pytest

from heard.tickets.reply import ReplyStopped, reply
from heard.tickets.sign import initials_of, unknown_in
from heard.workspaces.models import Agent
from tests.cast import Network, a_ticket, an_inbox


def test_the_inbox_says_how_and_the_agent_who(bea: Agent) -> None:
    bea.alias, bea.workspace.name = "Beata Novak", "Acme"
    page = an_inbox(bea.workspace, "facebook", sign_public="^{initials}", sign_private="{name}, {workspace}")
    network = Network(page)
    said = [
        a_ticket(network, said="Where is my parcel?", by=name) for name in ("Jana", "Dana", "Petra", "Eva")
    ]
    now = network.tick()

    texts = [
        reply(said[0], text="It left today.", by=bea, now=now).text,
        reply(said[1], text="It left today. ^BN", by=bea, now=now).text,
        reply(said[2], text="It left today.", by=bea, now=now, signs=False).text,
        reply(said[3], text="It left today.", by=bea, now=now, private=True).text,
    ]

    assert texts == [
        "It left today. ^BN",
        "It left today. ^BN",
        "It left today.",
        "It left today.\nBeata Novak, Acme",
    ]


def test_a_signature_counts_towards_the_length(bea: Agent) -> None:
    network = Network(an_inbox(bea.workspace, "facebook", sign_public="^{initials}"))
    ticket = a_ticket(network, said="Where is my parcel?")
    text = "word " * 1599 + "words"  # as many characters as the network takes

    with pytest.raises(ReplyStopped) as stopped:
        reply(ticket, text=text, by=bea, now=network.tick())

    assert [one.check for one in stopped.value.findings] == ["length"]
    assert reply(ticket, text=text, by=bea, now=network.tick(), signs=False).text == text


@pytest.mark.parametrize(
    ("name", "initials"),
    [("Bea", "B"), ("Beata Marie Novák", "BN"), ("Ελένη Παππά", "ΕΠ"), ("", ""), ("42", "")],
)
def test_initials_are_made_of_the_first_and_the_last_name(name: str, initials: str) -> None:
    assert initials_of(name) == initials


def test_only_known_names_can_be_filled() -> None:
    assert unknown_in("^{initials} {name} {inbox} {workspace} {password}") == ["password"]
