from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from heard.accounts.models import User
from heard.asgi import LISTS
from heard.tickets.look import look
from heard.web.tickets.live_lists import Question, answers, question_in
from heard.web.tickets.where import Where
from heard.workspaces.models import Agent
from tests.cast import Network, a_ticket
from tests.front import Door, running_front, until
from tests.visitors import signed_in

BY_ITSELF = {"X-Heard-Live": "1", "HX-Request": "true"}
FRESH = f"{LISTS}?folder=waiting&list=50"
DJANGOS = "let Django answer"


def asked(browser: Client) -> Question:
    session = browser.cookies[settings.SESSION_COOKIE_NAME].value
    return Question(session, Where(), 50, time.monotonic())


def seen(*browsers: Client) -> list[str]:
    found = answers([asked(browser) for browser in browsers])
    return [answer.html.decode() if answer else DJANGOS for answer in found]


@pytest.fixture
def at_work(of_bea: Client, of_oto: Client, of_cyril: Client) -> None:
    """Everybody's session has been used."""
    for browser in (of_bea, of_oto, of_cyril):
        assert browser.get("/tickets/tags").status_code == 404


@pytest.fixture
def door(transactional_db: None, plain_static: None) -> Iterator[Door]:
    with running_front(pages=True) as door:
        until(lambda: door.front.lists)
        yield door


def test_a_crowd_is_told_the_same_as_each_alone_by_one_reading(
    facebook: Network, bea: Agent, oto: Agent, of_bea: Client, of_oto: Client, of_cyril: Client, at_work: None
) -> None:
    look(a_ticket(facebook, said="Where is my parcel?"), by=bea, now=timezone.now())
    User.objects.filter(pk=oto.user_id).update(language="cs")
    with time_machine.travel(timezone.now(), tick=False):
        with CaptureQueriesContext(connection) as queries:
            bea_sees, oto_sees, cyril_sees = seen(of_bea, of_oto, of_cyril)

        assert sum("django_session" in query["sql"] for query in queries) == 1
        assert sum('FROM "tickets_presence"' in query["sql"] for query in queries) == 2  # a workspace each
        assert [bea_sees, oto_sees, cyril_sees] == [
            browser.get(FRESH, headers=BY_ITSELF).text for browser in (of_bea, of_oto, of_cyril)
        ]
    assert "Where is my parcel?" in bea_sees
    assert "Where is my parcel?" not in cyril_sees


def test_whoever_is_not_plainly_at_work_is_left_to_django(
    facebook: Network, bea: Agent, oto: Agent, of_bea: Client, of_oto: Client, at_work: None
) -> None:
    a_ticket(facebook, said="Where is my parcel?")
    fresh = signed_in(bea)

    assert DJANGOS not in seen(of_bea, of_oto)
    assert seen(fresh) == [DJANGOS]
    with time_machine.travel(timezone.now() + timedelta(hours=13), tick=False):
        assert seen(of_bea) == [DJANGOS]

    oto.user.set_password("another good password")
    oto.user.save()
    assert seen(of_oto) == [DJANGOS]
    Agent.objects.filter(pk=bea.pk).update(is_active=False)
    assert seen(of_bea) == [DJANGOS]
    Agent.objects.filter(pk=bea.pk).update(is_active=True)
    User.objects.filter(pk=bea.user_id).update(is_active=False)
    assert seen(of_bea) == [DJANGOS]
    User.objects.filter(pk=bea.user_id).update(is_active=True)
    assert seen(of_bea) != [DJANGOS]
    Session.objects.filter(pk=asked(of_bea).session).delete()
    assert seen(of_bea) == [DJANGOS]


def test_only_what_an_open_page_asks_of_a_shared_list_is_answered_in_front_of_django() -> None:
    cookie = (b"cookie", f"{settings.SESSION_COOKIE_NAME}=abc".encode())
    host, live = (b"host", b"testserver"), (b"x-heard-live", b"1")

    def taken(query: bytes, *fields: tuple[bytes, bytes], method: str = "GET") -> bool:
        return question_in({"method": method, "query_string": query, "headers": list(fields)}) is not None

    assert reverse("tickets-fresh") == LISTS
    assert taken(b"folder=unassigned&inbox=7&list=12", host, live, cookie)
    for query in (
        b"folder=mine&list=1",
        b"folder=to-review&list=1",
        b"folder=came-back&list=1",
        b"q=a&list=1",
    ):
        assert not taken(query, host, live, cookie)
    assert not taken(b"folder=waiting", host, live, cookie)
    assert not taken(b"list=1&open=1042", host, live, cookie)
    assert not taken(b"list=1", host, live, cookie, method="POST")
    assert not taken(b"list=1", host, live)
    assert not taken(b"list=1", host, cookie)
    assert not taken(b"list=1", host, (b"x-heard-live", b"away"), cookie)
    assert not taken(b"list=1", (b"host", b"evil.example"), live, cookie)
    nul = (b"cookie", f'{settings.SESSION_COOKIE_NAME}="a\\000c"'.encode())
    assert not taken(b"list=1", host, live, nul)
    assert not taken(b"list=1" + b"&a=1" * 2_000, host, live, cookie)


def test_the_front_answers_over_http_until_somebody_signs_out(
    door: Door, facebook: Network, bea: Agent
) -> None:
    a_ticket(facebook, said="Where is my parcel?")
    browser = signed_in(bea)
    session = browser.cookies[settings.SESSION_COOKIE_NAME].value

    def fetch() -> tuple[int, bool, str]:
        connection = door.connection()
        cookie = f"{settings.SESSION_COOKIE_NAME}={session}"
        connection.request("GET", FRESH, headers={**BY_ITSELF, "Cookie": cookie, "Host": "testserver"})
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer.status, "Where is my parcel?" in text, answer.headers.get("X-Stream", "")[:6]

    assert fetch() == (200, True, "/live?")  # Django, for the session is new
    assert fetch() == (200, True, "")
    browser.post("/sign-out/")
    Session.objects.all().delete()
    assert fetch() == (401, False, "")
