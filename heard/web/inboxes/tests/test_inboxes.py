from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_httpserver import HTTPServer

from heard.inboxes.credentials import credentials_of
from heard.inboxes.models import Inbox, InboxHealth, InboxSecret
from heard.ingest.models import LedgerLine, RawCall
from heard.web.inboxes.guide import guide
from heard.workspaces.models import Agent
from tests.cast import NOON, an_agent, an_inbox, reloaded
from tests.visitors import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static")]


def fares(inbox: Inbox, **fields: object) -> None:
    InboxHealth.objects.filter(inbox=inbox).update(**fields)


def test_a_network_that_does_not_answer_is_said_in_words_and_nothing_stays(
    anns: Client, httpserver: HTTPServer
) -> None:
    typed = {
        "account": "1",
        "page_token": "t0p-secret",
        "app_id": "2",
        "app_secret": "s3cret-app",
        "verify_token": "word",
        "base_url": "http://127.0.0.1:9/v26.0",
    }

    answer = anns.post("/settings/inboxes/connect/facebook", typed)

    assert answer.status_code == 422
    assert "It is not connected." in answer.text
    assert not Inbox.objects.exists()
    assert "t0p-secret" not in answer.text + str(dict(anns.session))


def test_secrets_that_were_typed_need_not_be_typed_again_after_a_refusal(anns: Client) -> None:
    typed = {"account": "1", "app_id": "2", "base_url": "http://127.0.0.1:9/v26.0"}
    secrets = {"page_token": "t0p-secret", "app_secret": "s3cret-app", "verify_token": "word"}
    anns.post("/settings/inboxes/connect/facebook", {**typed, **secrets})

    answer = anns.post("/settings/inboxes/connect/facebook", typed)

    assert "It is not connected." in answer.text
    assert "Saved. Leave it empty to keep it." in answer.text


def test_what_is_missing_is_said_at_the_field(anns: Client) -> None:
    answer = anns.post("/settings/inboxes/connect/facebook", {"account": "1"})

    assert answer.status_code == 422
    assert 'id="id_page_token_error"' in answer.text


def test_reconnecting_shows_no_secret(anns: Client, shop: Inbox) -> None:
    answer = anns.get(f"/settings/inboxes/{shop.pk}/reconnect")

    assert "sim-secret" not in answer.text
    assert "token-of-the-page" not in answer.text
    assert 'value="1000"' in answer.text


def test_reconnecting_with_empty_secrets_keeps_them(anns: Client, shop: Inbox) -> None:
    typed = {"account": shop.account, "app_id": "1000", "base_url": "http://127.0.0.1:9/v26.0"}

    answer = anns.post(f"/settings/inboxes/{shop.pk}/reconnect", typed)

    # The network is not there, but the form was complete.
    assert "It is not connected." in answer.text
    assert credentials_of(shop).account == shop.account


def test_disconnecting_takes_a_second_yes_and_destroys_the_access(anns: Client, shop: Inbox) -> None:
    assert "Disconnect" in anns.get(f"/settings/inboxes/{shop.pk}/disconnect").text
    assert InboxSecret.objects.exists()

    anns.post(f"/settings/inboxes/{shop.pk}/disconnect")

    assert reloaded(shop).state == "disconnected"
    assert not InboxSecret.objects.exists()


def test_an_inbox_is_changed(anns: Client, shop: Inbox) -> None:
    typed = {"name": "Acme Greece", "colour": "#AA3355", "language": "el", "team": ""}

    anns.post(f"/settings/inboxes/{shop.pk}/change", typed)

    changed = reloaded(shop)
    assert (changed.name, changed.colour, changed.language) == ("Acme Greece", "#aa3355", "el")


def test_agents_see_how_an_inbox_fares_and_change_nothing(ann: Agent, shop: Inbox) -> None:
    bea = signed_in(an_agent(ann.workspace, "Bea"))

    assert "Disconnect" not in bea.get(f"/settings/inboxes/{shop.pk}").text
    for verb in ("change", "reconnect", "disconnect"):
        assert bea.get(f"/settings/inboxes/{shop.pk}/{verb}").status_code == 403
    assert bea.post(f"/settings/inboxes/{shop.pk}/disconnect").status_code == 403
    assert reloaded(shop).state == "connected"


def test_a_lost_access_is_told_with_what_to_do(anns: Client, shop: Inbox) -> None:
    Inbox.objects.filter(pk=shop.pk).update(state="reconnect", state_reason="The token expired.")

    shown = anns.get(f"/settings/inboxes/{shop.pk}").text

    assert "The network no longer accepts our access: The token expired." in shown
    assert "Connect it again." in shown
    assert "The network no longer accepts our access" in anns.get("/settings/inboxes").text


def test_every_kind_of_trouble_is_told(anns: Client, shop: Inbox) -> None:
    now = timezone.now()
    fares(
        shop,
        subscribed=False,
        expires_at=now + timedelta(days=3),
        last_bad_signature_at=now,
        bad_signatures=3,
        last_refused_at=now,
        last_refused_reason="too large",
        check_problem="It said no.",
    )
    RawCall.objects.create(
        workspace=shop.workspace, inbox=shop, body=b"{}", received_at=now - timedelta(hours=1)
    )

    shown = anns.get(f"/settings/inboxes/{shop.pk}").text

    for words in (
        "The last test call failed: It said no.",
        "The network does not tell us when something is written.",
        "Our access ends soon",
        "1 call of the network waits to be taken in.",
        "Calls with a wrong signature were turned away",
        "too large",
    ):
        assert words in shown


def set_aside(shop: Inbox, body: bytes, reason: str = "ValueError: odd") -> LedgerLine:
    call = RawCall.objects.create(workspace=shop.workspace, inbox=shop, body=body)
    return LedgerLine.objects.create(
        workspace=shop.workspace,
        inbox=shop,
        raw_call=call,
        position=0,
        fact="call",
        key=str(call.pk),
        place=LedgerLine.Place.QUARANTINED,
        reason=reason,
        at=NOON,
    )


def test_what_was_set_aside_is_shown_as_text_only(anns: Client, shop: Inbox) -> None:
    set_aside(shop, b'{"a": "<script>alert(1)</script>\\u0000"}\x00\xff')

    shown = anns.get(f"/settings/inboxes/{shop.pk}").text

    assert "ValueError: odd" in shown
    assert "<script>alert(1)" not in shown
    assert "&lt;script&gt;alert(1)" in shown


def test_what_can_be_read_by_now_goes_through_when_tried_again(anns: Client, shop: Inbox) -> None:
    empty = json.dumps({"object": "page", "entry": []}).encode()
    line = set_aside(shop, empty)
    set_aside(shop, b"not json")

    anns.post(f"/settings/inboxes/{shop.pk}/replay/{line.pk}")
    assert LedgerLine.objects.filter(place="quarantined").count() == 1

    told = anns.post(f"/settings/inboxes/{shop.pk}/replay", follow=True)
    assert "0 of 1 event went through." in told.text


def test_ignored_events_are_counted_by_reason(anns: Client, shop: Inbox) -> None:
    for number in range(3):
        LedgerLine.objects.create(
            workspace=shop.workspace,
            inbox=shop,
            position=0,
            fact="Ignored",
            key=f"key-{number}",
            place=LedgerLine.Place.IGNORED,
            reason="Somebody typed.",
            at=NOON,
        )

    shown = anns.get(f"/settings/inboxes/{shop.pk}").text

    assert '<td>Somebody typed.</td><td class="number">3</td>' in shown


def test_a_sign_in_that_did_not_start_here_is_refused(anns: Client) -> None:
    answer = anns.get("/settings/inboxes/connect/facebook/back", {"code": "x", "state": "y"})

    assert answer.status_code == 422
    assert "was not started here" in answer.text


def test_a_state_works_once_and_in_its_own_session_only(ann: Agent, anns: Client) -> None:
    app = {"app_id": "2", "app_secret": "s3cret-app", "verify_token": "word"}
    leave = anns.post("/settings/inboxes/connect/facebook/sign-in", app)
    state = leave.text.partition("state=")[2].partition("&")[0]
    assert "s3cret-app" not in leave.text + str(dict(anns.session))

    stolen = signed_in(an_agent(ann.workspace, "Oto", Agent.Role.ADMIN))
    asked = {"state": state, "error_description": "Permissions error"}
    assert "was not started here" in stolen.get("/settings/inboxes/connect/facebook/back", asked).text
    assert "Permissions error" in anns.get("/settings/inboxes/connect/facebook/back", asked).text
    assert "was not started here" in anns.get("/settings/inboxes/connect/facebook/back", asked).text


def test_a_guide_is_blocks_of_plain_words() -> None:
    kinds = [block.kind for block in guide("facebook")]

    assert {"heading", "steps", "points", "words"} <= set(kinds)
    shown = "".join(line for block in guide("facebook") for line in block.shown())
    assert "<strong>Business</strong>" in shown
    assert "**" not in shown


def test_a_way_of_signing_in_is_chosen_and_not_typed(anns: Client) -> None:
    page = anns.get("/settings/inboxes/connect/instagram").content.decode()
    assert page.count('<option value="facebook"') == 2  # by token, and by signing in
    assert '<option value="instagram" selected' in page


def test_practice_is_offered_only_where_it_is_there(anns: Client) -> None:
    assert "Connect the practice page" not in anns.get("/settings/inboxes/connect/facebook").text
    assert anns.post("/settings/inboxes/connect/facebook/practice").status_code == 404


def test_a_health_page_takes_a_constant_number_of_queries(
    anns: Client, shop: Inbox, django_assert_max_num_queries: object
) -> None:
    for number in range(5):
        an_inbox(shop.workspace, account=f"{number}")
        set_aside(shop, b"{}", reason=f"reason {number}")

    with django_assert_max_num_queries(24):  # type: ignore[operator]
        anns.get(f"/settings/inboxes/{shop.pk}")
    with django_assert_max_num_queries(16):  # type: ignore[operator]
        anns.get("/settings/inboxes")
