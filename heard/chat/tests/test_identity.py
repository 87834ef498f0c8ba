from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from typing import Any

import jwt
import pytest
from django.utils import timezone

from heard.chat.identity import Refused, claims_of
from heard.chat.models import Visitor, Widget
from heard.chat.tests.conftest import Browser
from heard.chat.widgets import drop_secrets, make_secret
from heard.inboxes.models import Inbox
from heard.tickets.models import Message
from heard.workspaces.models import Agent
from tests import calls
from tests.front import Door, until

SECRET = "s" * 43
KEY = "window-1"


def signed(secret: str = SECRET, *, algorithm: str = "HS256", **changed: Any) -> str:
    now = int(time.time())
    claims = {"sub": "4711", "aud": KEY, "iat": now, "exp": now + 300, "jti": str(uuid.uuid4())} | changed
    claims = {name: value for name, value in claims.items() if value is not None}
    return jwt.encode(claims, secret, algorithm=algorithm)


def test_what_the_site_signed_a_moment_ago_is_believed() -> None:
    claims = claims_of(signed(name="Jana K.", email="jana@example.com"), secrets=[SECRET], audience=KEY)
    assert (claims.subject, claims.name, claims.email) == ("4711", "Jana K.", "jana@example.com")


def test_during_a_rotation_both_secrets_count() -> None:
    assert claims_of(signed("o" * 43), secrets=[SECRET, "o" * 43], audience=KEY).subject == "4711"


NOW = int(time.time())
FORGED: dict[str, Callable[[], str]] = {
    "another secret": lambda: signed("x" * 43),
    "no signature": lambda: jwt.encode(
        {"sub": "1", "aud": KEY, "iat": NOW, "exp": NOW + 60, "jti": "1"}, "", algorithm="none"
    ),
    "another algorithm": lambda: signed("x" * 64, algorithm="HS512"),
    "another window": lambda: signed(aud="window-2"),
    "several windows": lambda: signed(aud=[KEY, "window-2"]),
    "over": lambda: signed(iat=NOW - 600, exp=NOW - 60),
    "good for too long": lambda: signed(exp=int(time.time()) + 3600),
    "from the future": lambda: signed(iat=int(time.time()) + 3600, exp=int(time.time()) + 3900),
    "ends before it begins": lambda: signed(iat=int(time.time()) + 20, exp=int(time.time()) + 10),
    "without a number": lambda: signed(sub=None),
    "an empty number": lambda: signed(sub=""),
    "a long number": lambda: signed(sub="x" * 121),
    "a number with a line in it": lambda: signed(sub="4711\nadmin"),
    "without an end": lambda: signed(exp=None),
    "without a beginning": lambda: signed(iat=None),
    "without a number used once": lambda: signed(jti=None),
    "not a token": lambda: "a.b.c",
    "much too long": lambda: signed(name="x" * 5_000),
}


@pytest.mark.parametrize("made", FORGED.values(), ids=FORGED)
def test_nothing_else_is_believed(made: Callable[[], str]) -> None:
    with pytest.raises(Refused):
        claims_of(made(), secrets=[SECRET], audience=KEY)


def test_without_a_secret_nobody_is_believed() -> None:
    with pytest.raises(Refused):
        claims_of(signed(), secrets=[], audience=KEY)


@pytest.fixture
def word(window: Inbox, dana: Agent) -> Callable[..., str]:
    """What the site signs for one of its visitors."""
    secret = make_secret(Widget.objects.get(inbox=window), by=dana, now=timezone.now())

    def words(subject: str, **more: Any) -> str:
        return signed(secret, sub=subject, aud=window.key, **more)

    return words


def test_what_was_said_before_signing_in_goes_on_under_the_name(
    visitor: Browser, word: Callable[..., str], door: Door, window: Inbox
) -> None:
    visitor.opens()
    nameless = visitor.token
    visitor.says("Before", str(uuid.uuid4()))
    calls.take_all(now=timezone.now())
    visitor.opens(word("4711", name="Jana K."))
    assert (visitor.told["identity"], visitor.told["goes_on"]) == ("accepted", True)
    assert visitor.token != nameless
    visitor.says("After", str(uuid.uuid4()))
    calls.take_all(now=timezone.now())

    assert Browser(door.url, window, token=nameless).says("Old", str(uuid.uuid4())).status_code == 401
    before, after = Message.objects.order_by("pk")
    assert before.ticket_id == after.ticket_id
    assert after.author is not None
    assert (after.author.address, after.author.name, after.verified) == ("user:4711", "Jana K.", True)


def test_another_person_in_the_same_browser_begins_anew(visitor: Browser, word: Callable[..., str]) -> None:
    first = visitor.opens(word("4711")).token
    assert visitor.opens(word("4712")).told["goes_on"] is False
    assert visitor.token != first
    # Signed out: nobody's history is shown to whoever comes next.
    assert visitor.opens().told["goes_on"] is False
    assert list(Visitor.objects.filter(closed_at=None).values_list("subject", flat=True)) == [""]


def test_a_signed_page_is_good_for_one_browser(
    visitor: Browser, word: Callable[..., str], door: Door, window: Inbox
) -> None:
    page = word("4711")
    visitor.opens(page)
    assert visitor.opens(page).told["identity"] == "accepted"  # reloaded
    thief = Browser(door.url, window).opens(page)
    assert thief.told["identity"] == "used_before"
    assert Visitor.objects.get(pk=Visitor.objects.latest("pk").pk).subject == ""


def test_a_dropped_secret_counts_no_more(
    visitor: Browser, word: Callable[..., str], window: Inbox, dana: Agent
) -> None:
    widget = Widget.objects.get(inbox=window)
    assert visitor.opens(word("4711")).told["identity"] == "accepted"
    make_secret(widget, by=dana, now=timezone.now())
    drop_secrets(widget, all=False, by=dana, now=timezone.now())
    widget.refresh_from_db()
    assert SECRET not in widget.sealed_secrets
    # A window is known by heart for some seconds, and nobody may begin too often.
    until(lambda: visitor.opens(word("4711")).told["identity"] == "bad_signature", every=1)
