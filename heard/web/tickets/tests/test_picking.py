"""Saved replies without a script: pages that lead into the draft. And what the composer asks for."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from heard.language.dates import date_written
from heard.publishing.tests.paper import a_png
from heard.replies.files import File, Files
from heard.replies.models import ReplyUse, SavedReply
from heard.replies.tests.shelf import CS, EN, EN_PUBLIC, a_reply
from heard.replies.write import Wanted, change
from heard.tickets.models import Draft, Ticket
from heard.tickets.reply import reply as send_reply
from heard.tickets.resolve import resolve
from heard.uploads.models import UploadedFile
from heard.workspaces.models import Agent
from tests.cast import Network, a_ticket

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def status(ann: Agent) -> SavedReply:
    texts = {EN: "Order {order_number} comes on {delivery_date}.", EN_PUBLIC: "It is on its way."}
    return a_reply(ann, texts, title="Order status", shortcut="status")


@pytest.fixture
def ticket(messenger: Network) -> Ticket:
    messenger.now = timezone.now() - timedelta(hours=1)
    return a_ticket(messenger, said="Where is my parcel?", direct=True)


def address(ticket: Ticket, reply: SavedReply | None = None, use: str = "") -> str:
    one = f"/{reply.pk}{use}" if reply else ""
    return f"/tickets/{ticket.number}/saved-replies{one}?mode=private"


def test_without_a_script_a_reply_is_found_filled_in_and_put_into_the_draft(
    ticket: Ticket, status: SavedReply, of_bea: Client
) -> None:
    page = of_bea.get(f"{address(ticket)}&q=stat").text
    assert address(ticket, status) in page
    form = of_bea.get(address(ticket, status)).text
    assert 'name="order_number"' in form
    assert 'type="date"' in form

    typed = {"order_number": "A-7", "delivery_date": "2026-11-30"}
    for _time in range(2):
        answer = of_bea.post(address(ticket, status, "/use"), typed)
        assert answer.status_code == 302
    said = "Order A-7 comes on 30\u00a0November\u00a02026."
    assert Draft.objects.get(ticket=ticket).text == f"{said}\n\n{said}"
    assert said in of_bea.get(answer.headers["Location"]).text
    assert ReplyUse.objects.filter(reply=status, ticket=ticket).count() == 2


def test_the_composer_is_shown_which_variant_and_why(
    ticket: Ticket, status: SavedReply, ann: Agent, of_bea: Client, django_assert_max_num_queries: Any
) -> None:
    a_reply(ann, {CS: "Dobrý den."}, title="Hello", source_language="cs")
    for number in range(10):
        a_reply(ann, {EN: f"Answer {number}."}, title=f"Answer {number}")
    with django_assert_max_num_queries(24):
        rows = of_bea.get(address(ticket), headers=HTMX).text

    assert rows.index("Fits this message") < rows.index("Order status") < rows.index("All saved replies")
    assert "English, formal." in rows
    assert "Czech, formal. There is none in this language: English." in rows
    assert "2 blanks to fill in" in rows
    other = of_bea.get(f"{address(ticket)}&formality=informal&audience=public", headers=HTMX).text
    assert "It is on its way." in other
    assert "There is no informal one." in other


def test_a_preview_changes_nothing(ticket: Ticket, status: SavedReply, of_bea: Client) -> None:
    shown = of_bea.post(address(ticket, status), {"order_number": "<b>A-7"}, headers=HTMX).text

    assert "Order &lt;b&gt;A-7 comes on {delivery_date}." in shown
    assert not ReplyUse.objects.exists()
    assert not Draft.objects.exists()


def test_its_files_come_along_where_the_network_takes_them(
    ticket: Ticket, facebook: Network, status: SavedReply, ann: Agent, bea: Agent, of_bea: Client
) -> None:
    change(status, Wanted(files=Files(new=[File("map.png", a_png())])), by=ann, now=timezone.now())

    put = of_bea.post(address(ticket, status, "/use"), {}, headers=HTMX).text

    mine = UploadedFile.objects.get()
    assert (mine.agent, mine.name) == (bea, "map.png")
    assert f'name="file" value="{mine.pk}"' in put
    change(status, Wanted(files=Files(new=[File("a.pdf", b"%PDF-1.7")])), by=ann, now=timezone.now())
    comment = a_ticket(facebook, said="Where is my parcel?")
    in_public = f"/tickets/{comment.number}/saved-replies/{status.pk}/use?mode=public"
    assert "Its files cannot be sent this way: map.png, a.pdf." in of_bea.post(in_public, headers=HTMX).text
    assert UploadedFile.objects.count() == 1


def test_what_is_not_to_be_used_is_not_there(
    ticket: Ticket, facebook: Network, ann: Agent, cyril: Agent, of_bea: Client, of_cyril: Client
) -> None:
    draft = a_reply(ann, {EN: "Secret."}, title="Draft of an admin", draft=True)
    theirs = a_reply(cyril, {EN: "Theirs."}, title="Of another workspace")
    personal = a_reply(ann, {EN: "Order {order_number}."}, title="Only private")
    public = a_ticket(facebook, said="Hello?")

    for reply in (draft, theirs):
        assert of_bea.get(address(ticket, reply)).status_code == 404
        assert of_bea.post(address(ticket, reply, "/use")).status_code == 404
    assert (
        of_bea.post(f"/tickets/{public.number}/saved-replies/{personal.pk}/use?mode=public").status_code
        == 404
    )
    assert of_cyril.get(address(ticket)).status_code == 404
    assert of_bea.get(f"{address(ticket)}&to=x&via=-1&language=zz&mode=zz").status_code == 200


def test_in_a_note_every_wording_may_stand_and_the_customer_is_named_not_addressed(
    facebook: Network, ann: Agent, of_bea: Client
) -> None:
    reply = a_reply(ann, {CS: "{customer.name} volala."}, title="Called", source_language="cs")
    facebook.now = timezone.now() - timedelta(days=30)
    old = a_ticket(facebook, said="Kde je můj balík?", by="Jana Nováková", direct=True)
    in_note = f"/tickets/{old.number}/saved-replies"

    rows = of_bea.get(f"{in_note}?mode=note", headers=HTMX).text
    assert "Jana Nováková volala." in rows
    assert "It is worded for" not in rows
    assert "data-picks" in of_bea.get(f"/tickets/{old.number}?mode=note").text.split('id="panel-note"')[1]
    of_bea.post(f"{in_note}/{reply.pk}/use?mode=note")
    assert Draft.objects.get(ticket=old, mode="note").text == "Jana Nováková volala."


def test_the_line_about_the_last_case_goes_into_private_answers_and_notes_alone(
    messenger: Network, facebook: Network, bea: Agent, of_bea: Client
) -> None:
    messenger.now = timezone.now() - timedelta(days=40)
    first = a_ticket(messenger, said="My parcel is broken.", by="Jana Black", direct=True)
    assert "pick-last-time" not in of_bea.get(address(first), headers=HTMX).text
    send_reply(first, text="A new one comes.", by=bea, now=messenger.tick())
    resolve(first, by=bea, now=messenger.tick())
    day = date_written(messenger.now.date(), "en")
    messenger.now = timezone.now() - timedelta(minutes=5)
    second = a_ticket(messenger, said="Where is the new one?", by="Jana Black", direct=True)
    assert second != first

    assert "pick-last-time" in of_bea.get(address(second), headers=HTMX).text
    assert "pick-last-time" not in of_bea.get(f"{address(second)}&q=order", headers=HTMX).text
    use = f"/tickets/{second.number}/last-time/use?mode="
    of_bea.post(f"{use}private&language=en")
    said = f"Last time ({day}) it was about “My parcel is broken”. It was solved then."
    assert Draft.objects.get(ticket=second).text == said
    assert of_bea.post(f"{use}public").status_code == 404
    comment = a_ticket(facebook, said="Hello?")
    found = of_bea.post(
        f"/tickets/{comment.number}/check", {"mode": "public", "text": said}, headers=HTMX
    ).text
    assert "Everyone will see that this customer had a case before." in found


def test_where_nothing_can_be_answered_nothing_is_offered(
    ticket: Ticket, status: SavedReply, of_bea: Client
) -> None:
    page = of_bea.get(f"/tickets/{ticket.number}/saved-replies?mode=public", headers=HTMX).text

    assert "There is no way to answer like this any more." in page
    assert "Order status" not in page
