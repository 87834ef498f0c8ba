"""To a token of another workspace nothing here exists."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from heard.api.api import api
from heard.api.tests.conftest import Program
from heard.facts.write import WantedFact, write_fact
from heard.forms.tests.conftest import a_form
from heard.ingest.models import LedgerLine
from heard.publishing.write import write
from heard.replies.tests.shelf import EN, a_reply
from heard.tickets.note import note
from heard.translating.glossary import NewTerm, add_term
from heard.workspaces.models import Agent
from tests.cast import NOON, Network, a_ticket, a_workspace, an_agent, an_inbox
from tests.undone import undone

BODIES: dict[str, dict[str, Any]] = {
    "reply": {"text": "Hello"},
    "note": {"text": "Hello"},
    "check": {"text": "Hello"},
    "dismiss": {"reason": "Spam"},
    "assign": {"agent": "me"},
    "tag": {"add": ["late"]},
    "posts": {"text": "Hello"},
    "queries": {"name": "Our name", "text": "acme"},
    "send-back": {"reason": "Not like this"},
    "snooze": {"until": "2090-01-01T00:00:00Z"},
    "product": {"product": None},
    "prioritise": {"priority": "high"},
    "continue": {"address": "jana@example.com", "inbox": 1},
    "tickets": {"inbox": 1, "address": "jana@example.com", "subject": "Hello", "text": "Hello"},
    "take-private": {"to": 1, "public_text": "We look after it.", "private_text": "Please tell me."},
    "follow-up": {"at": "2090-01-01T00:00:00Z"},
    "calls": {"number": "+420601123456", "incoming": True, "result": "reached", "text": "Hello"},
    "call-back": {"number": "+420601123456", "at": "2090-01-01T00:00:00Z"},
    "merge": {"contact": 1},
    "not-the-same": {"contact": 1},
    "unmerge": {"merge": 1},
    "speak": {"language": "cs"},
    "address": {"formality": "formal"},
    "translate": {"text": "Hello"},
    "terms": {"text": "Acme"},
    "replies": {"titles": {"en": "Hello"}, "variants": [{"language": "en", "text": "Hello"}]},
    "change": {"tags": ["late"]},
    "return": {"comment": "Not like this"},
    "submissions": {"answers": {}},
}
CANARY = "canary"
PREFIX = "/api/v1/"


def operations() -> list[tuple[str, str]]:
    paths = api.get_openapi_schema(path_prefix=PREFIX)["paths"]
    return [(method, path.removeprefix("/api/v1")) for path, methods in paths.items() for method in methods]


# Acme and what it has are made once for all operations, each of which leaves them as they were.


@pytest.fixture(scope="module")
def of_acme(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, Any]]:
    """What each noun of a path is filled with: something of Acme, where everything carries the canary."""
    with django_db_blocker.unblock(), undone():
        yield _something_of_everything(an_agent(a_workspace("Acme"), "Bea"))


@pytest.fixture
def program(of_acme: dict[str, Any]) -> Iterator[Program]:
    """Cyril's, who works somewhere else."""
    with undone():
        yield Program(an_agent(a_workspace("Other"), "Cyril", Agent.Role.ADMIN))


def _something_of_everything(bea: Agent) -> dict[str, Any]:
    facebook = Network(an_inbox(bea.workspace, "facebook"))
    facebook.inbox.name = f"{CANARY} inbox"
    facebook.inbox.save(update_fields=["name"])
    ticket = a_ticket(facebook, said=f"{CANARY} text", by=f"{CANARY} person")
    note(ticket, text=f"{CANARY} note", by=bea, now=NOON)
    LedgerLine.objects.update(place=LedgerLine.Place.QUARANTINED, reason=CANARY)
    fact = WantedFact(key="cup", name=CANARY, values={"": CANARY})
    return {
        "tickets": ticket.number,
        "messages": ticket.messages.get().pk,
        "contacts": ticket.contact_id,
        "quarantine": LedgerLine.objects.get().pk,
        "inboxes": facebook.inbox.pk,
        "translation": add_term(bea.workspace, NewTerm(CANARY), by=bea, now=NOON).pk,
        "replies": a_reply(bea, {EN: f"{CANARY} reply"}, title=CANARY).pk,
        "forms": a_form(bea, CANARY).pk,
        "facts": write_fact(None, fact, by=bea, now=NOON).key,
        "posts": write(f"{CANARY} post", targets=[], by=bea, now=NOON).pk,
    }


@pytest.mark.parametrize(("method", "path"), operations())
def test_of_another_workspace_nothing_is_told(
    of_acme: dict[str, Any], program: Program, method: str, path: str
) -> None:
    noun = path.split("/")[1]
    named = re.sub(r"\{\w+\}", str(of_acme.get(noun)), path)

    if noun == "uploads":
        file = SimpleUploadedFile("a.txt", b"Hello")
        answer = program.client.post(f"{PREFIX}uploads", {"file": file})
    elif method == "get":
        query = {"inbox": of_acme["inboxes"]} if noun == "ledger" else {}
        answer = program.get(named, **query)
    elif method == "put":
        given = {"name": "Hello", "values": {"en": "Hello"}} if noun == "facts" else {}
        answer = program.client.put(f"/api/v1{named}", json.dumps(given), content_type="application/json")
    else:
        body = BODIES.get(path.rsplit("/", 1)[1], {})
        names_one = "inbox" in body
        answer = program.post(named, **{**body, **({"inbox": of_acme["inboxes"]} if names_one else {})})

    # A fact's key is its workspace's own: whoever names one of another writes a new one of theirs.
    foreign = ("{" in path and noun != "facts") or (method == "post" and noun == "tickets")
    assert answer.status_code in ((404,) if foreign else (200, 201)), answer.content
    assert CANARY not in answer.content.decode()


def test_tickets_of_the_same_number_are_two_tickets(program: Program) -> None:
    bea = an_agent(a_workspace("Acme"), "Bea")
    facebook = Network(an_inbox(bea.workspace, "facebook"))
    ours = a_ticket(facebook, said="Ours")
    theirs = a_ticket(Network(an_inbox(program.agent.workspace, "facebook")), said="Theirs")

    assert ours.number == theirs.number
    assert Program(bea).get(f"/tickets/{ours.number}").json()["preview"] == "Ours"
    assert program.get(f"/tickets/{ours.number}").json()["preview"] == "Theirs"
    assert [item["preview"] for item in program.get("/tickets").json()["items"]] == ["Theirs"]
    assert program.get("/tickets", q="Ours").json()["items"] == []
    assert program.get("/tickets", inbox=facebook.inbox.pk).json()["items"] == []
