from __future__ import annotations

import re

import pytest
from django.test import Client

from heard.channels.contract import Ignored
from heard.tickets.dismiss import dismiss
from heard.workspaces.models import Agent
from tests.cast import NOON, Network, a_workspace, an_agent, an_inbox
from tests.visitors import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static")]


@pytest.fixture
def ann() -> Agent:
    return an_agent(a_workspace(), "Ann", Agent.Role.ADMIN)


@pytest.fixture
def browser(ann: Agent) -> Client:
    return signed_in(ann)


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_the_numbers_add_up_before_ones_eyes(ann: Agent, browser: Client) -> None:
    page = Network(an_inbox(ann.workspace))
    page.comment("Where is my parcel?")
    dismiss(page.ticket(page.comment("Spam")), by=ann, now=NOON, reason="Advertising")
    page.take(Ignored(at=NOON, raw={"a": 1}, reason="Somebody typed."))

    shown = words(browser.get("/ledger").text)

    assert "3 received = 0 answered + 0 thanked + 1 dismissed + 1 waiting + 1 ignored + 0 kept aside" in shown


def test_a_line_leads_to_its_ticket(ann: Agent, browser: Client) -> None:
    page = Network(an_inbox(ann.workspace))
    ticket = page.ticket(page.comment("Where is my parcel?"))

    shown = browser.get("/ledger", {"inbox": str(page.inbox.pk), "place": "message"}).text

    assert f'href="/tickets/{ticket.number}">#{ticket.number}</a>' in shown


def test_older_lines_are_a_click_away(ann: Agent, browser: Client) -> None:
    page = Network(an_inbox(ann.workspace))
    for number in range(55):
        page.comment(f"Comment {number}")

    first = browser.get(f"/ledger?inbox={page.inbox.pk}")
    found = re.search(r"cursor=(\d+)#lines", first.text)

    assert found is not None
    second = browser.get(f"/ledger?inbox={page.inbox.pk}&cursor={found[1]}").text
    assert second.count("<code>MessageIn</code>") == 5


@pytest.mark.parametrize(
    "asked", [{"period": "never"}, {"inbox": "x"}, {"cursor": "x"}, {"place": "nowhere"}, {"inbox": "9" * 30}]
)
def test_nonsense_in_the_address_does_no_harm(browser: Client, asked: dict[str, str]) -> None:
    assert browser.get("/ledger", asked).status_code == 200
