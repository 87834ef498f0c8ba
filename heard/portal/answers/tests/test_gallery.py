"""The public page of saved replies: off until an admin wants it, and nothing on it but what was chosen."""

from __future__ import annotations

import json

import pytest
from django.core.cache import cache
from django.test import Client

from heard.events.models import EventRecord
from heard.portal.answers.views import MOST_OF_A_NETWORK
from heard.replies.exchange.files_json import read_json
from heard.replies.folders import add_folder
from heard.replies.gallery import change_gallery, show_in_gallery
from heard.replies.models import Folder
from heard.replies.read_in import Form, read_in
from heard.replies.rights import ForAdmins
from heard.replies.tests.shelf import CS, EN, EN_TU, a_reply, stale_in, texts_of
from heard.replies.write import say
from heard.workspaces.models import Agent, Workspace
from tests.cast import NOON
from tests.visitors import plain_static as plain_static

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static", "fresh")]


@pytest.fixture
def fresh(ann: Agent) -> None:
    """No page and no count of an earlier test, and an address to type."""
    cache.clear()
    Workspace.objects.filter(pk=ann.workspace_id).update(slug="acme")


@pytest.fixture
def shelf(ann: Agent) -> Folder:
    top = add_folder("Open to all", parent=None, by=ann, now=NOON)
    below = add_folder("Parcels", parent=top, by=ann, now=NOON)
    texts = {EN: "Hello {customer.name}, order {order_number} is on its way.", EN_TU: "Hi!", CS: "Na cestě."}
    parcels = a_reply(ann, texts, titles={"en": "Parcel", "cs": "Zásilka"}, folder=below, tags=["inside"])
    say(parcels, EN, "Dear {customer.name}, order {order_number} is on its way.", by=ann, now=NOON)
    a_reply(ann, {EN: "Not for all."}, title="Secret")
    a_reply(ann, {EN: "Not yet."}, title="Draft", folder=top, draft=True)
    return top


def page(client: Client, language: str = "en") -> str:
    cache.clear()
    return client.get(f"/answers/acme?lang={language}").text


def test_nothing_is_shown_until_an_admin_chooses_it(
    client: Client, shelf: Folder, ann: Agent, bea: Agent
) -> None:
    assert client.get("/answers/acme").status_code == client.get("/answers/nobody").status_code == 404
    with pytest.raises(ForAdmins):
        change_gallery(bea.workspace, is_on=True, folders=[], by=bea, now=NOON)

    change_gallery(ann.workspace, is_on=True, folders=[shelf.pk], by=ann, now=NOON)

    shown = page(client)
    assert "Dear, order [Order number] is on its way." in shown
    assert "Formal · Private" in shown
    for hidden in ("Secret", "Not yet", "inside", "Open to all", "Ann", "{order_number}"):
        assert hidden not in shown
    assert "Na cestě." in page(client, "cs")
    assert "Na cestě." not in shown
    single = a_reply(ann, {EN: "By itself."}, title="Single")
    show_in_gallery(single, on=True, by=ann, now=NOON)
    assert "By itself." in page(client)
    answer = client.get("/answers/acme")
    assert (answer.headers["Cache-Control"], answer.cookies) == ("public, max-age=60", {})
    change_gallery(ann.workspace, is_on=False, folders=[], by=ann, now=NOON)
    assert client.get("/answers/acme").status_code == 404
    assert EventRecord.objects.filter(kind="GalleryChanged").count() == 2


def test_its_file_is_read_by_another_heard_and_says_no_more_than_the_page(
    client: Client, shelf: Folder, ann: Agent, cyril: Agent
) -> None:
    change_gallery(ann.workspace, is_on=True, folders=[shelf.pk], by=ann, now=NOON)

    content = client.get("/answers/acme/saved-replies.json").text

    assert "inside" not in content
    assert [one["titles"]["en"] for one in json.loads(content)["replies"]] == ["Parcel"]
    assert "Hello {customer.name}" not in content  # what the source said before
    outcome = read_in(read_json(content), form=Form.JSON, by=cyril, now=NOON)
    assert outcome.wrong == []
    read = cyril.workspace.savedreply_set.get()
    assert texts_of(read)[CS] == "Na cestě."
    assert stale_in(read) == {CS}


def test_whoever_asks_too_often_waits(client: Client, ann: Agent) -> None:
    change_gallery(ann.workspace, is_on=True, folders=[], by=ann, now=NOON)

    answers = [client.get("/answers/acme") for _time in range(MOST_OF_A_NETWORK + 1)]

    assert [answer.status_code for answer in answers[-2:]] == [200, 429]
