"""An admin sees how far the past has come in, and what went quiet."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from heard.inboxes.models import Inbox
from heard.ingest.models import HeldMessage, Reconciliation, Silence
from heard.workspaces.models import Agent
from tests.cast import an_agent
from tests.visitors import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static")]


def a_look(inbox: Inbox, **fields: object) -> Reconciliation:
    now = timezone.now()
    told = {
        "reason": "history",
        "since": now - timedelta(days=30),
        "until": now,
        "reached": now - timedelta(days=23),
        "started_at": now,
        "found": 240,
    }
    return Reconciliation.objects.create(workspace=inbox.workspace, inbox=inbox, **{**told, **fields})


def test_the_past_shows_how_far_it_has_come_and_can_be_stopped(anns: Client, shop: Inbox) -> None:
    look = a_look(shop)

    shown = anns.get(f"/settings/inboxes/{shop.pk}").text
    assert "7 of 30 days, 240 messages so far." in shown

    anns.post(f"/settings/inboxes/{shop.pk}/enough")

    assert Reconciliation.objects.get(pk=look.pk).state == "cancelled"
    assert "messages so far" not in anns.get(f"/settings/inboxes/{shop.pk}").text


def test_an_admin_can_ask_the_network_at_once(anns: Client, shop: Inbox) -> None:
    anns.post(f"/settings/inboxes/{shop.pk}/ask")

    assert Reconciliation.objects.get(inbox=shop).reason == "asked"


def test_only_admins_ask_and_stop(ann: Agent, shop: Inbox) -> None:
    bea = signed_in(an_agent(ann.workspace, "Bea"))
    for verb in ("ask", "enough"):
        assert bea.post(f"/settings/inboxes/{shop.pk}/{verb}").status_code == 403


@pytest.mark.parametrize("channel", ["facebook", "messenger"])
def test_connecting_offers_how_far_to_look_back(anns: Client, channel: str) -> None:
    shown = anns.get(f"/settings/inboxes/connect/{channel}").text

    assert '<option value="30" selected>The last 30 days</option>' in shown
    assert '<option value="0">Nothing: only what is written from now on</option>' in shown


def test_a_strange_quiet_is_said_to_admins_on_every_page(anns: Client, shop: Inbox, ann: Agent) -> None:
    assert "unusually quiet" not in anns.get("/alarms").text
    since = timezone.now() - timedelta(hours=6)
    Silence.objects.create(
        workspace=shop.workspace, inbox=shop, since=since, expected=14.2, noticed_at=timezone.now()
    )

    assert "is unusually quiet." in anns.get("/alarms").text
    assert 'hx-get="/alarms"' in anns.get("/settings/inboxes").text
    told = anns.get(f"/settings/inboxes/{shop.pk}").text
    assert "Nobody has written for 6 hr. Usually about 14 would have by now." in told
    bea = signed_in(an_agent(ann.workspace, "Bea"))
    assert 'hx-get="/alarms"' not in bea.get("/settings/inboxes").text


def test_what_is_missing_here_is_listed(anns: Client, shop: Inbox) -> None:
    look = a_look(shop, state="done", problem="Meta: no right to list ratings")
    HeldMessage.objects.create(
        workspace=shop.workspace,
        inbox=shop,
        external_id="5_2",
        key="k",
        at=look.until - timedelta(hours=1),
        seen_at=look.until,
    )

    shown = anns.get(f"/ledger?inbox={shop.pk}").text

    assert "There and here" in shown
    assert "<code>5_2</code>" in shown
    assert "no right to list ratings" in shown
