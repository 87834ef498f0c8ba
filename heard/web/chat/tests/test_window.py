from __future__ import annotations

import re

import pytest
from django.utils import timezone

from heard.chat.models import Widget
from heard.chat.tests.conftest import a_window
from heard.chat.widgets import secrets_of
from heard.events.models import EventRecord
from heard.inboxes.models import Inbox
from heard.workspaces.models import Agent
from tests.cast import reloaded
from tests.visitors import plain_static as plain_static
from tests.visitors import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static")]


@pytest.fixture
def window(ann: Agent) -> Widget:
    return Widget.objects.get(inbox=a_window(ann))


def address(window: Widget, end: str = "") -> str:
    return f"/settings/inboxes/{window.pk}/chat{end}"


def test_connecting_a_chat_takes_a_name(ann: Agent) -> None:
    page = signed_in(ann)
    assert "Give it a name" in page.get("/settings/inboxes/connect/chat").text
    answer = page.post("/settings/inboxes/connect/chat", {"account": "Our shop", "base_url": ""})

    inbox = Inbox.objects.get()
    assert answer.headers["Location"] == f"/settings/inboxes/{inbox.pk}"
    assert (inbox.name, inbox.widget.domains) == ("Our shop", [])
    shown = page.get(f"/settings/inboxes/{inbox.pk}").text
    assert f"/settings/inboxes/{inbox.pk}/chat" in shown
    assert "/hooks/" not in shown
    assert f"/chat/{inbox.key}.js" in page.get(address(inbox.widget)).text


def test_an_admin_dresses_the_window(ann: Agent, window: Widget) -> None:
    typed = {
        "domains": "Shop.Example\nhttp://127.0.0.1:8001/",
        "colour": "#FFEE00",
        "position": "start",
        "title_el": "Ρωτήστε μας",
        "opens_0": "09:00",
        "closes_0": "17:30",
    }
    assert signed_in(ann).post(address(window), typed).status_code == 302

    kept = reloaded(window)
    assert kept.domains == ["https://shop.example", "http://127.0.0.1:8001"]
    assert (kept.colour, kept.position, kept.names_shown) == ("#ffee00", "start", False)
    assert kept.texts == {"el": {"title": "Ρωτήστε μας"}}
    assert kept.hours == {"0": ["09:00", "17:30"]}
    record = EventRecord.objects.get(kind="WidgetChanged")
    assert (record.by, set(record.payload["changed"])) == (
        ann,
        {"domains", "colour", "position", "names_shown", "texts", "hours"},
    )
    page = signed_in(ann).get(address(window)).text
    assert "Ρωτήστε μας" in page
    assert re.search(r'id="hard-to-see" role="status">', page)  # yellow on white


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("domains", "*.example.com"),
        ("domains", "https://user@shop.example"),
        ("domains", "javascript:alert(1)"),
        ("colour", "red"),
        ("position", "middle"),
        ("closes_0", "08:00"),
        ("opens_0", ""),
        ("away_en", "Write to [address]."),
    ],
)
def test_what_does_not_fit_changes_nothing(ann: Agent, window: Widget, field: str, value: str) -> None:
    typed = {"domains": "", "colour": "#000000", "position": "end", "opens_0": "09:00", "closes_0": "17:00"}
    assert signed_in(ann).post(address(window), {**typed, field: value}).status_code == 422
    assert reloaded(window).colour == window.colour


def test_a_secret_is_shown_once_and_rotates(ann: Agent, window: Widget) -> None:
    page = signed_in(ann)
    made = [_made(page.post(address(window, "/secret")).text) for _ in range(3)]
    assert _kept(window) == [made[2], made[1]]
    assert made[2] not in page.get(address(window)).text + page.get(address(window, "/secret")).text
    assert made[2] not in reloaded(window).sealed_secrets

    page.post(address(window, "/secret/drop"), {"which": "old"})
    assert _kept(window) == [made[2]]
    page.post(address(window, "/secret/drop"), {"which": "all"})
    assert _kept(window) == []
    assert EventRecord.objects.filter(payload__icontains=made[2]).count() == 0


def test_agents_and_other_workspaces_have_no_business_here(bea: Agent, cyril: Agent, window: Widget) -> None:
    for end in ("", "/secret"):
        assert signed_in(bea).get(address(window, end)).status_code == 403
        assert signed_in(cyril).get(address(window, end)).status_code == 404
        assert signed_in(cyril).post(address(window, end)).status_code == 404
    assert _kept(window) == []


def test_an_inbox_without_a_window_has_no_such_page(ann: Agent, facebook: object) -> None:
    inbox = Inbox.objects.get()
    assert signed_in(ann).get(f"/settings/inboxes/{inbox.pk}/chat").status_code == 404


def test_disconnecting_keeps_what_the_window_is(ann: Agent, window: Widget) -> None:
    from heard.inboxes.connect import disconnect

    disconnect(window.inbox, by=ann, now=timezone.now(), public_url="http://127.0.0.1:1")
    assert signed_in(ann).get(address(window)).status_code == 200


def _made(page: str) -> str:
    found = re.search(r'id="secret" value="([^"]{43})"', page)
    assert found
    return found[1]


def _kept(window: Widget) -> list[str]:
    return secrets_of(window.pk, reloaded(window).sealed_secrets)
