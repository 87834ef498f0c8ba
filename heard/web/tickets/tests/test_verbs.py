from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from heard.tickets.models import Message, Resolution, State, Ticket
from heard.workspaces.models import Agent
from tests.cast import Network, a_ticket, reloaded

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def ticket(facebook: Network) -> Ticket:
    return a_ticket(facebook, said="Where is my parcel?")


def act(client: Client, ticket: Ticket, verb: str, **fields: Any) -> Any:
    address = f"/tickets/{ticket.number}/{verb}?folder=waiting"
    return client.post(address, fields, headers=HTMX)


def test_without_javascript_a_verb_leads_back_to_the_ticket(
    ticket: Ticket, bea: Agent, of_bea: Client
) -> None:
    response = of_bea.post(f"/tickets/{ticket.number}/assign?folder=unassigned", {"agent": bea.pk})

    assert response.status_code == 302
    assert response["Location"] == f"/tickets/{ticket.number}?folder=unassigned"
    assert reloaded(ticket).assignee == bea


def test_with_htmx_a_verb_answers_with_what_changed(ticket: Ticket, bea: Agent, of_bea: Client) -> None:
    response = act(of_bea, ticket, "assign", agent=bea.pk)

    assert response.status_code == 200
    assert response["HX-Trigger"] == "heard:stale"
    assert 'id="ticket-head"' in response.text
    assert "Bea took the ticket" in response.text
    assert "<html" not in response.text


def test_nobody_gets_the_ticket_back(ticket: Ticket, bea: Agent, of_bea: Client) -> None:
    act(of_bea, ticket, "assign", agent=bea.pk)
    act(of_bea, ticket, "assign", agent="")

    assert reloaded(ticket).assignee is None


@pytest.mark.parametrize("given", ["x", "0", "99999999999999999999"])
def test_a_colleague_who_is_none_gets_no_ticket(given: str, ticket: Ticket, of_bea: Client) -> None:
    response = act(of_bea, ticket, "assign", agent=given)

    assert response.status_code == 422
    assert "no longer works here" in response.text


def test_somebody_of_another_workspace_gets_no_ticket(ticket: Ticket, cyril: Agent, of_bea: Client) -> None:
    assert act(of_bea, ticket, "assign", agent=cyril.pk).status_code == 422
    assert reloaded(ticket).assignee is None


def test_a_ticket_is_snoozed_until_tomorrow_morning_and_woken(ticket: Ticket, of_bea: Client) -> None:
    response = act(of_bea, ticket, "snooze", until="tomorrow")
    snoozed_until = reloaded(ticket).snoozed_until

    assert "comes back tomorrow" in response.text
    assert snoozed_until is not None
    assert snoozed_until.hour == 9
    act(of_bea, ticket, "wake")
    assert reloaded(ticket).snoozed_until is None


@pytest.mark.parametrize("given", ["", "soon", "2020-01-01T10:00", "9999-99-99T99:99"])
def test_a_time_that_is_none_is_said_at_its_place(given: str, ticket: Ticket, of_bea: Client) -> None:
    response = act(of_bea, ticket, "snooze", until=given)

    assert response.status_code == 422
    assert 'id="trouble-snooze"' in response.text
    assert response["HX-Reswap"] == "patch"


def test_solved_while_somebody_waits_is_explained(ticket: Ticket, of_bea: Client) -> None:
    response = act(of_bea, ticket, "resolve", resolution="solved")

    assert response.status_code == 422
    assert "Somebody still waits for an answer here." in response.text
    assert reloaded(ticket).state == State.OPEN


def test_a_resolution_other_than_solved_needs_a_sentence(ticket: Ticket, of_bea: Client) -> None:
    assert "Say in a sentence why" in act(of_bea, ticket, "resolve", resolution="spam").text
    assert act(of_bea, ticket, "resolve", resolution="spam", note="Sells watches").status_code == 200
    assert reloaded(ticket).resolution == Resolution.SPAM


def test_an_unknown_resolution_is_none(ticket: Ticket, of_bea: Client) -> None:
    assert act(of_bea, ticket, "resolve", resolution="magic").status_code == 422


def test_needs_no_answer_takes_a_reason(ticket: Ticket, of_bea: Client) -> None:
    assert act(of_bea, ticket, "dismiss", reason=" ").status_code == 422
    assert act(of_bea, ticket, "dismiss", reason="Nothing was asked").status_code == 200
    assert Message.objects.get(ticket=ticket).outcome_reason == "Nothing was asked"
    assert act(of_bea, ticket, "dismiss", reason="Again").status_code == 422


def test_the_reason_that_was_written_counts_before_the_one_that_was_offered(
    ticket: Ticket, of_bea: Client
) -> None:
    act(of_bea, ticket, "dismiss", reason="Spam", other="Answered in the shop")

    assert Message.objects.get(ticket=ticket).outcome_reason == "Answered in the shop"


def test_answered_elsewhere_and_reopened(ticket: Ticket, of_bea: Client) -> None:
    act(of_bea, ticket, "answered")
    assert reloaded(ticket).state == State.ANSWERED

    act(of_bea, ticket, "reopen")
    assert reloaded(ticket).state == State.OPEN
    assert act(of_bea, ticket, "reopen").status_code == 422


def test_several_tags_at_once_and_one_away(ticket: Ticket, of_bea: Client) -> None:
    act(of_bea, ticket, "tag", add="Delivery, urgent ,")
    act(of_bea, ticket, "tag", remove="urgent")

    assert reloaded(ticket).tags == ["delivery"]
    assert act(of_bea, ticket, "tag", add="x" * 41).status_code == 422


def test_the_next_ticket_opens_where_the_page_names_one(
    ticket: Ticket, facebook: Network, of_bea: Client
) -> None:
    following = a_ticket(facebook, said="Is it blue?", by="Dana")

    response = act(of_bea, ticket, "dismiss", reason="Spam", next=following.number)

    assert response["HX-Retarget"] == "#ticket"
    assert response["HX-Push-Url"] == f"/tickets/{following.number}?folder=waiting"
    assert "Is it blue?" in response.text
    assert f"#{ticket.number} needs no answer." in response.text


def test_the_next_ticket_of_another_workspace_does_not_open(
    ticket: Ticket, bea: Agent, cyril: Agent, of_bea: Client
) -> None:
    Ticket.objects.filter(pk=ticket.pk).update(number=7)
    response = of_bea.post("/tickets/7/answered?folder=waiting", {"next": "8"}, headers=HTMX)

    assert "HX-Retarget" not in response


def test_every_verb_wants_a_post_and_the_workspace(ticket: Ticket, of_bea: Client, of_cyril: Client) -> None:
    for verb in (
        "assign",
        "snooze",
        "wake",
        "resolve",
        "dismiss",
        "answered",
        "reopen",
        "tag",
        "look",
        "leave",
    ):
        assert of_bea.get(f"/tickets/{ticket.number}/{verb}").status_code == 405
        assert of_cyril.post(f"/tickets/{ticket.number}/{verb}").status_code == 404


def test_every_verb_wants_the_token_against_forgery(ticket: Ticket, bea: Agent, of_bea: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = of_bea.cookies

    assert strict.post(f"/tickets/{ticket.number}/assign", {"agent": bea.pk}).status_code == 403


def test_who_looks_is_told_to_colleagues(
    ticket: Ticket, oto: Agent, of_bea: Client, plain_static: None
) -> None:
    from tests.visitors import signed_in

    act(of_bea, ticket, "look", writing="yes")
    text = signed_in(oto).get(f"/tickets/{ticket.number}").text

    assert "Bea is writing" in text
    act(of_bea, ticket, "leave")
    assert "Bea is" not in signed_in(oto).get(f"/tickets/{ticket.number}").text
    assert ticket.presences.get().seen_at <= timezone.now()
