"""Replies made of what the network approved beforehand."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from heard.api.tests.conftest import Program
from heard.tickets.models import Message, Ticket
from heard.workspaces.models import Agent
from tests.cast import Network, a_template, a_ticket, an_inbox, reloaded

PARCEL = {"name": "parcel", "language": "en", "blanks": ["Ana", "Monday"]}


@pytest.fixture
def ticket(bea: Agent) -> Ticket:
    """Too old for words of our own."""
    inbox = an_inbox(bea.workspace, "whatsapp", "106540352242922")
    a_template(inbox, "Hello {{1}}, your parcel comes on {{2}}.", names=["", ""])
    network = Network(inbox, timezone.now() - timedelta(days=2))
    return a_ticket(network, said="Where is my parcel?", by="Ana", direct=True)


def reply(program: Program, ticket: Ticket, **body: Any) -> Any:
    return program.post(f"/tickets/{ticket.number}/reply", **body)


def test_a_template_goes_when_the_window_is_closed(program: Program, ticket: Ticket) -> None:
    assert reply(program, ticket, text="On Monday.").status_code == 422

    answer = reply(program, ticket, template=PARCEL)

    assert answer.status_code == 202, answer.content
    assert answer.json()["text"] == "Hello Ana, your parcel comes on Monday."


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"blanks": ["Ana"]}, "blanks_missing"),
        ({"blanks": ["Ana", ""]}, "blanks_missing"),
        ({"language": "de"}, "no_such_template"),
    ],
)
def test_a_wrong_template_is_refused_in_words(
    changed: dict[str, Any], code: str, program: Program, ticket: Ticket
) -> None:
    answer = reply(program, ticket, template={**PARCEL, **changed})
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, code)
    assert reloaded(ticket).is_open
    assert not Message.objects.filter(direction="out").exists()


def test_a_network_without_templates_says_so(program: Program, messenger: Network) -> None:
    messenger.now = timezone.now() - timedelta(hours=1)
    ticket = a_ticket(messenger, said="Hello", by="Ana", direct=True)
    answer = reply(program, ticket, template=PARCEL)
    assert (answer.status_code, answer.json()["code"]) == (409, "no_templates")
