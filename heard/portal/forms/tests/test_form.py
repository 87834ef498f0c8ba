"""The public form, as a browser without a script sees it."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from heard.forms.models import Form, KeptUpload, Submission
from heard.forms.signs import invitation_to, preview_of, stamp_for
from heard.forms.tests.conftest import FILLED, an_incident_form
from heard.ingest.take_in import take_in
from heard.portal.forms.puzzle import is_solved
from heard.publishing.tests.paper import a_png
from heard.tickets.models import Message, Ticket
from heard.tickets.numbers import public_number
from heard.workspaces.models import Agent
from tests.cast import NOON, Network, a_ticket, an_inbox, reloaded

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static")]

PNG = a_png()
LATER = NOON + timedelta(minutes=2)


@pytest.fixture(autouse=True)
def at_two_past_noon() -> Any:
    with time_machine.travel(LATER, tick=False):
        yield


def send(
    form: Form,
    more: dict[str, Any] | None = None,
    *,
    asked: str = "",
    stamped: Any = NOON,
    client: Client | None = None,
    **changed: Any,
) -> Any:
    typed = {**FILLED, "form-stamp": stamp_for(form, now=stamped), **changed, **(more or {})}
    return (client or Client()).post(f"/f/{form.address}{asked}", typed)


def solved(stamp: str) -> str:
    return next(str(number) for number in range(10**6) if is_solved(stamp, str(number)))


def text_of(response: Any) -> str:
    return unescape(response.content.decode())


def test_a_form_is_sent_and_tells_its_number(incident: Form) -> None:
    answer = send(incident)
    assert answer.status_code == 303
    while take_in(now=LATER):
        pass
    ticket = Ticket.objects.get(inbox=incident.inbox)

    page = Client().get(answer.headers["Location"])
    assert public_number(incident.workspace, ticket.number) in text_of(page)
    assert "A person reads your report" in text_of(page)
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Referrer-Policy"] == "no-referrer"


def test_before_the_intake_had_its_turn_the_page_looks_again_by_itself(
    incident: Form, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("heard.portal.forms.sent.PATIENCE_SECONDS", 0.0)
    page = Client().get(send(incident).headers["Location"])

    assert page.headers["Refresh"].startswith("2; url=/f/")
    assert "Your number is being made" in text_of(page)


def test_what_is_wrong_is_said_in_its_place_and_nothing_typed_is_lost(incident: Form) -> None:
    photo = SimpleUploadedFile("cup.png", PNG, "text/html")
    answer = send(incident, email="dana", photo=photo, order="A-1042 <b>")
    page = text_of(answer)

    assert answer.status_code == 422
    assert 'href="#email"' in page
    assert 'id="email-error"' in page
    assert "A-1042 <b>" in page
    assert "&lt;b&gt;" in answer.content.decode()
    [kept] = re.findall(r'name="form-kept" value="([^"]+)"', page)
    [stamp] = re.findall(r'name="form-stamp" value="([^"]+)"', page)
    again = send(incident, {"form-kept": kept, "form-stamp": stamp})
    assert again.status_code == 303
    assert Submission.objects.get().uploads.get().name == "cup.png"


def test_a_kept_file_can_be_taken_away_and_serves_no_other_form(incident: Form, ann: Agent) -> None:
    page = text_of(send(incident, email="dana", photo=SimpleUploadedFile("cup.png", PNG)))
    [kept] = re.findall(r'name="form-kept" value="([^"]+)"', page)
    other = an_incident_form(ann)

    send(other, {"form-kept": kept})
    send(incident, {"form-kept": kept, "form-drop": kept})
    assert not KeptUpload.objects.exclude(submission=None).exists()


def test_the_same_sent_again_is_sent_once(incident: Form) -> None:
    page = text_of(send(incident, email="dana", photo=SimpleUploadedFile("cup.png", PNG)))
    [kept] = re.findall(r'name="form-kept" value="([^"]+)"', page)
    [stamp] = re.findall(r'name="form-stamp" value="([^"]+)"', page)
    pressed = [send(incident, {"form-kept": kept, "form-stamp": stamp}) for _twice in range(2)]
    assert len({answer.headers["Location"] for answer in pressed}) == 1
    assert Submission.objects.get().uploads.count() == 1

    Submission.objects.all().delete()
    gone_back = [send(incident).status_code for _twice in range(2)]  # with a new stamp
    assert (gone_back, Submission.objects.count()) == ([303, 303], 1)
    assert send(incident, order="A-1043").status_code == 303
    with time_machine.travel(LATER + timedelta(hours=1), tick=False):
        other = Client(REMOTE_ADDR="192.0.2.9")  # ours has sent five, by the clock of the database
        assert send(incident, order="A-1043", client=other).status_code == 303
    assert Submission.objects.count() == 3


def test_what_something_else_is_wants_words_at_its_own_field(incident: Form) -> None:
    page = text_of(send(incident, issue=["other"]))
    assert 'href="#issue-other"' in page
    assert re.search(r'id="issue-other"[^>]+aria-describedby="issue-other-error"', page)


def test_what_is_no_picture_is_refused_and_each_reason_is_said(incident: Form) -> None:
    scripts = SimpleUploadedFile("cup.png", b"<script>alert(1)</script>", "image/png")
    many = [SimpleUploadedFile(f"{number}.png", PNG) for number in range(6)]
    answer = send(incident, photo=[scripts, SimpleUploadedFile("none.pdf", b""), *many])

    assert answer.status_code == 422
    said = text_of(answer)
    assert "“cup.png” is no picture, film or PDF. “none.pdf” is empty. At most 5 files" in said
    assert said.count('name="form-kept"') == 5
    assert not Submission.objects.exists()


@pytest.mark.parametrize("stamped", [LATER - timedelta(seconds=1), LATER - timedelta(hours=13), None])
def test_too_quick_too_old_or_without_a_stamp_it_is_shown_once_more(incident: Form, stamped: Any) -> None:
    changed: dict[str, Any] = {} if stamped else {"form-stamp": "made-up"}
    answer = send(incident, stamped=stamped or NOON, more=changed)

    assert answer.status_code == 422
    assert "The cup is in pieces." in text_of(answer)
    assert not Submission.objects.exists()


def test_who_falls_into_the_trap_works_or_waits_and_nothing_is_lost(incident: Form) -> None:
    trapped: dict[str, Any] = {"your-website": "https://spam.example"}
    answer = send(incident, trapped)
    [stamp] = re.findall(r'name="form-stamp" value="([^"]+)"', text_of(answer))
    assert answer.status_code == 422
    assert 'data-bits="14"' in text_of(answer)

    wrong = send(incident, {**trapped, "form-stamp": stamp, "form-solution": "1"})
    assert wrong.status_code == 422
    with time_machine.travel(LATER + timedelta(seconds=5), tick=False):
        right = send(incident, {**trapped, "form-stamp": stamp, "form-solution": solved(stamp)})
    assert right.status_code == 303


def test_patience_takes_the_place_of_the_puzzle(incident: Form) -> None:
    trapped: dict[str, Any] = {"your-website": "x", "form-waited": "asked"}
    [stamp] = re.findall(r'name="form-stamp" value="([^"]+)"', text_of(send(incident, {"your-website": "x"})))
    with time_machine.travel(LATER + timedelta(seconds=21), tick=False):
        answer = send(incident, {**trapped, "form-stamp": stamp})

    assert answer.status_code == 303


def test_five_a_minute_come_from_one_network(incident: Form) -> None:
    statuses = [send(incident, order=f"A-{number}").status_code for number in range(7)]

    assert statuses == [303] * 5 + [429] * 2
    household = [Client(REMOTE_ADDR=address) for address in ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9")]
    many = [send(incident, client=household[number % 2]).status_code for number in range(6)]
    assert many[-1] == 429


def test_trying_all_the_time_keeps_no_files(incident: Form) -> None:
    for _try in range(22):
        photo = SimpleUploadedFile("cup.png", PNG)
        last = send(incident, email="dana", photo=photo)

    assert last.status_code == 429
    assert KeptUpload.objects.count() == 20


def test_a_link_fills_in_what_it_knows_and_never_agrees_for_anybody(incident: Form) -> None:
    page = text_of(Client().get(f"/f/{incident.key}?order=A-1042&issue=damaged&consent=yes"))

    assert 'value="A-1042"' in page
    assert re.search(r'<option value="damaged" selected', page)
    assert not re.search(r'name="consent" value="yes" checked', page)


def test_the_link_of_an_agent_leads_into_the_conversation(incident: Form, ann: Agent) -> None:
    ticket = a_ticket(Network(an_inbox(ann.workspace, "messenger")), said="It is broken", direct=True)
    token = invitation_to(incident, ticket, now=NOON)
    page = text_of(Client().get(f"/f/{incident.key}?t={token}"))
    assert 'value="Jana"' in page

    assert send(incident, {"form-invitation": token}).status_code == 303
    while take_in(now=LATER):
        pass
    assert reloaded(ticket).messages.count() == 2


def test_a_made_up_invitation_is_no_invitation(incident: Form, ann: Agent) -> None:
    other = an_incident_form(ann)
    ticket = a_ticket(Network(an_inbox(ann.workspace, "messenger")), said="It is broken", direct=True)
    for token in (
        "x",
        invitation_to(other, ticket, now=NOON),
        invitation_to(incident, ticket, now=NOON) + "x",
    ):
        page = Client().get(f"/f/{incident.key}", {"t": token})
        assert page.status_code == 200
        assert "Jana" not in text_of(page)


def test_it_stands_in_frames_of_its_list_and_in_no_others(ann: Agent) -> None:
    form = an_incident_form(ann, allowed_domains=["shop.example", "http://127.0.0.1:8080"])
    closed = an_incident_form(ann)
    framed = Client().get(f"/f/{form.key}?frame=1")

    assert (
        "frame-ancestors https://shop.example http://127.0.0.1:8080"
        in framed.headers["Content-Security-Policy"]
    )
    assert "X-Frame-Options" not in framed.headers
    assert "frame-ancestors 'none'" in Client().get(f"/f/{closed.key}").headers["Content-Security-Policy"]
    assert Client().get(f"/f/{closed.key}").headers["X-Frame-Options"] == "DENY"
    script = Client().get(f"/f/{form.key}/embed.js")
    assert f"/f/{form.key}" in script.content.decode()


def test_a_form_that_is_off_takes_nothing_and_can_be_looked_at(ann: Agent) -> None:
    form = an_incident_form(ann, is_on=False)

    assert Client().get(f"/f/{form.key}").status_code == 410
    assert send(form).status_code == 410
    looked = f"?preview={preview_of(form)}"
    assert "Preview" in text_of(Client().get(f"/f/{form.key}{looked}"))
    assert "nothing was sent" in text_of(send(form, asked=looked))
    assert not Submission.objects.exists()


def test_the_reader_decides_the_language_among_those_of_the_form(incident: Form) -> None:
    page = Client().get(f"/f/{incident.key}?lang=el&order=A-1")
    assert 'lang="el"' in text_of(page)
    assert "?order=A-1&lang=sl" in text_of(page)
    Form.objects.update(languages=["en"])
    assert '<html lang="en"' in text_of(Client().get(f"/f/{incident.key}", headers={"Accept-Language": "el"}))


@pytest.mark.parametrize("path", ["f/nothing", "f/%00", "f/nothing/embed.js", "f/nothing/sent/x"])
def test_what_is_not_there_is_not_there(path: str, db: None) -> None:
    assert Client().get(f"/{path}").status_code == 404


def test_a_receipt_opens_only_its_own_form(incident: Form, ann: Agent) -> None:
    other = an_incident_form(ann)
    receipt = send(incident).headers["Location"].split("/sent/")[1]

    assert Client().get(f"/f/{other.key}/sent/{receipt}").status_code == 404
    assert Client().get(f"/f/{incident.key}/sent/made-up").status_code == 404
    assert not Message.objects.exists()


def test_what_is_far_too_large_is_refused_unread(incident: Form) -> None:
    answer = Client().post(f"/f/{incident.key}", FILLED, CONTENT_LENGTH=str(80 * 1024 * 1024))

    assert answer.status_code == 413
