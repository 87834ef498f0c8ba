from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from heard.tickets.assign import assign
from heard.tickets.dismiss import dismiss
from heard.tickets.look import look
from heard.tickets.models import Presence, Ticket
from heard.tickets.resolve import resolve
from heard.workspaces.models import Agent
from tests.cast import Network, a_ticket, an_inbox

pytestmark = pytest.mark.django_db


def cost(visit: Callable[[], object]) -> int:
    cache.clear()  # of the counts, which are kept for a second
    with CaptureQueriesContext(connection) as captured:
        visit()
    return len(captured)


def test_home_leads_to_what_waits(of_bea: Client) -> None:
    response = of_bea.get("/", follow=True)

    assert response.redirect_chain == [("/tickets", 302)]
    assert "Nobody waits. Everybody has been answered." in response.text


def test_a_stranger_is_asked_to_sign_in_and_comes_back(client: Client) -> None:
    response = client.get("/tickets/1001")

    assert response.status_code == 302
    assert response["Location"].endswith("?next=/tickets/1001")


def test_a_fragment_for_a_stranger_sends_the_whole_browser_to_sign_in(client: Client) -> None:
    response = client.get("/tickets/fresh", headers={"HX-Request": "true"})

    assert response.status_code == 401
    assert "HX-Redirect" in response


def test_the_list_shows_who_waits_longest_first(facebook: Network, of_bea: Client) -> None:
    a_ticket(facebook, said="Where is my parcel?", by="Jana")
    a_ticket(facebook, said="Is it blue?", by="Dana")

    text = of_bea.get("/tickets").text

    assert text.index("Where is my parcel?") < text.index("Is it blue?")


def test_what_a_customer_writes_stays_text(facebook: Network, of_bea: Client) -> None:
    ticket = a_ticket(facebook, said="<script>alert(1)</script>", by='"><img src=x>')

    text = of_bea.get(f"/tickets/{ticket.number}").text

    assert "<script>alert" not in text
    assert "<img src=x>" not in text


def test_an_unknown_folder_leads_to_where_the_work_is(facebook: Network, of_bea: Client) -> None:
    a_ticket(facebook, said="Where is my parcel?")

    response = of_bea.get("/tickets?folder=nowhere&inbox=x&cursor=forged")

    assert response.status_code == 200
    assert "Where is my parcel?" in response.text


def test_mine_holds_only_mine(facebook: Network, bea: Agent, of_bea: Client) -> None:
    assign(a_ticket(facebook, said="Given to Bea"), to=bea, by=bea, now=facebook.now)
    a_ticket(facebook, said="Given to nobody")

    text = of_bea.get("/tickets?folder=mine").text

    assert "Given to Bea" in text
    assert "Given to nobody" not in text


def test_any_folder_is_narrowed_to_inboxes_and_its_links_stay_within_them(
    facebook: Network, messenger: Network, bea: Agent, of_bea: Client
) -> None:
    for network in (facebook, messenger):
        resolve(a_ticket(network, said=f"By {network.inbox.channel}"), by=bea, now=network.now, note="done")
    one, other = facebook.inbox.pk, messenger.inbox.pk

    alone = of_bea.get(f"/tickets?folder=resolved&inbox={one}").text
    both = of_bea.get(f"/tickets?folder=resolved&inbox={one}&inbox={other}").text

    assert ["By facebook" in alone, "By messenger" in alone] == [True, False]
    assert "<title>Resolved · Acme Shop facebook · Heard</title>" in alone
    assert f'?folder=answered&amp;inbox={one}"' in alone
    assert "Show Acme Shop messenger too" in alone
    assert "By facebook" in both
    assert "By messenger" in both


def test_a_colour_that_several_inboxes_share_shows_them_together(
    facebook: Network, messenger: Network, bea: Agent, of_bea: Client
) -> None:
    third = an_inbox(bea.workspace, "facebook", account="3", colour="#aa0000")
    assert "folder-group " in of_bea.get("/tickets").text

    third.delete()

    assert "folder-group " not in of_bea.get("/tickets").text


def test_more_gives_the_rows_after_those_shown(facebook: Network, of_bea: Client) -> None:
    for number in range(53):
        a_ticket(facebook, said=f"Question {number:02}", by=f"Person {number}")
    page = of_bea.get("/tickets").text
    address = page.split('id="more"')[1].split('hx-get="')[1].split('"')[0].replace("&amp;", "&")

    more = of_bea.get(address, headers={"HX-Request": "true", "HX-Target": "more"}).text

    assert page.count('class="row"') == 50
    assert [f"Question {number}" in more for number in (49, 50, 52)] == [False, True, True]
    assert "<html" not in more


def test_search_finds_words_and_says_when_there_are_none(facebook: Network, of_bea: Client) -> None:
    a_ticket(facebook, said="The lamp is broken")

    assert "The lamp is broken" in of_bea.get("/tickets?q=lamp").text
    assert "Nothing was found for “carpet”." in of_bea.get("/tickets?q=carpet").text


def test_the_list_costs_the_same_for_one_ticket_and_for_forty(
    facebook: Network, oto: Agent, bea: Agent, of_bea: Client
) -> None:
    look(a_ticket(facebook, said="First"), by=oto, now=facebook.now)
    of_bea.get("/tickets")
    one = cost(lambda: of_bea.get("/tickets"))
    for number in range(40):
        ticket = a_ticket(facebook, said=f"Question {number}", by=f"Person {number}")
        assign(ticket, to=bea, by=bea, now=facebook.now)

    assert cost(lambda: of_bea.get("/tickets")) == one
    assert one <= 6


def test_a_ticket_costs_the_same_whatever_was_said(
    facebook: Network, bea: Agent, oto: Agent, of_bea: Client
) -> None:
    first = facebook.comment("Where is my parcel?")
    ticket = facebook.ticket(first)
    address = f"/tickets/{ticket.number}"
    of_bea.get(address)
    short = cost(lambda: of_bea.get(address))
    for number in range(15):
        facebook.comment(f"Still waiting {number}", under=first, by="Dana")
        assign(ticket, to=bea if number % 2 else oto, by=bea, now=facebook.now)

    assert cost(lambda: of_bea.get(address)) == short
    assert short <= 9


def test_opening_a_ticket_changes_nothing(facebook: Network, of_bea: Client) -> None:
    ticket = a_ticket(facebook, said="Where is my parcel?")
    before = Ticket.objects.filter(pk=ticket.pk).values().get()

    of_bea.get(f"/tickets/{ticket.number}")

    assert Ticket.objects.filter(pk=ticket.pk).values().get() == before
    assert not Presence.objects.exists()


def test_htmx_gets_the_ticket_alone_with_its_title(facebook: Network, of_bea: Client) -> None:
    ticket = a_ticket(facebook, said="Where is my parcel?")
    asked = {"HX-Request": "true", "HX-Target": "ticket"}

    response = of_bea.get(f"/tickets/{ticket.number}", headers=asked)

    assert response.text.startswith(f"<title>#{ticket.number} Jana · Heard</title>")
    assert "<html" not in response.text
    assert "HX-Target" in response["Vary"]


def test_going_back_in_the_browser_gets_the_whole_page(facebook: Network, of_bea: Client) -> None:
    ticket = a_ticket(facebook, said="Where is my parcel?")
    asked = {"HX-Request": "true", "HX-Target": "ticket", "HX-History-Restore-Request": "true"}

    assert "<html" in of_bea.get(f"/tickets/{ticket.number}", headers=asked).text


def test_a_ticket_of_another_workspace_does_not_exist(facebook: Network, of_cyril: Client) -> None:
    ticket = a_ticket(facebook, said="Where is my parcel?")

    for address in ("", "/composer", "/tags"):
        assert of_cyril.get(f"/tickets/{ticket.number}{address}").status_code == 404
    assert of_cyril.get(f"/tickets/fresh?open={ticket.number}").status_code == 404


def test_fresh_gives_only_the_parts_asked_for(facebook: Network, of_bea: Client) -> None:
    ticket = a_ticket(facebook, said="Where is my parcel?")

    listed = of_bea.get("/tickets/fresh?folder=waiting&list=50").text
    opened = of_bea.get(f"/tickets/fresh?folder=waiting&open={ticket.number}").text

    assert ['id="rows"' in listed, 'id="folders"' in listed, 'id="timeline"' in listed] == [True, True, False]
    assert [
        'id="rows"' in opened,
        'id="timeline"' in opened,
        "<textarea" in opened.split('id="side"')[0],
    ] == [
        False,
        True,
        True,
    ]


def test_fresh_counts_anew_where_a_page_view_may_be_a_second_late(
    facebook: Network, bea: Agent, of_bea: Client
) -> None:
    ticket = a_ticket(facebook, said="Thank you!")
    of_bea.get("/tickets")
    dismiss(ticket, reason="Praise", by=bea, now=facebook.now + timedelta(minutes=1))

    text = of_bea.get("/tickets/fresh?folder=waiting&list=50").text

    assert 'class="count"' not in text
    assert "Nobody waits." in text


def test_the_tags_of_colleagues_are_suggested(facebook: Network, bea: Agent, of_bea: Client) -> None:
    Ticket.objects.filter(pk=a_ticket(facebook, said="One").pk).update(tags=["delivery", "urgent"])
    ticket = a_ticket(facebook, said="Two", by="Dana")
    Ticket.objects.filter(pk=ticket.pk).update(tags=["urgent"])

    text = of_bea.get(f"/tickets/{ticket.number}/tags").text

    assert 'value="delivery"' in text
    assert 'value="urgent"' not in text
