from __future__ import annotations

from pytest_django import DjangoAssertNumQueries

from heard.api.tests.conftest import Program
from heard.workspaces.models import Agent
from tests.cast import Network, a_ticket


def test_a_program_learns_for_whom_it_acts(program: Program, bea: Agent) -> None:
    told = program.get("/me").json()

    assert told["agent"] == {
        "id": bea.pk,
        "name": "Bea",
        "email": bea.user.email,
        "role": "agent",
        "active": True,
    }
    assert told["workspace"]["slug"] == bea.workspace.slug


def test_the_agents_of_the_workspace_are_listed(
    program: Program, ann: Agent, bea: Agent, oto: Agent, cyril: Agent
) -> None:
    first = program.get("/agents", limit=2).json()
    rest = program.get("/agents", cursor=first["next"]).json()

    assert sorted(agent["name"] for agent in first["items"] + rest["items"]) == ["Ann", "Bea", "Oto"]
    assert rest["next"] is None
    assert program.get("/agents", cursor="x").status_code == 400


def test_a_contact_has_addresses_and_tickets(program: Program, facebook: Network) -> None:
    ticket = a_ticket(facebook, said="Where is my parcel?")
    newer = a_ticket(facebook, said="And my other parcel?")

    told = program.get(f"/contacts/{ticket.contact_id}").json()

    assert told["name"] == "Jana"
    assert [(one["address"], one["channel"]) for one in told["identities"]] == [("person-jana", "facebook")]
    assert [one["number"] for one in told["tickets"]] == [newer.number, ticket.number]
    assert program.get("/contacts/999999999").status_code == 404


def test_the_number_of_queries_does_not_grow_with_the_contact(
    program: Program, facebook: Network, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(5):
        ticket = a_ticket(facebook, said=str(number))
    program.get("/me")

    with django_assert_num_queries(6):
        program.get(f"/contacts/{ticket.contact_id}")
