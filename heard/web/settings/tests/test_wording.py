from __future__ import annotations

from typing import Any

import pytest

from heard.checks.levels import Level
from heard.confirming.models import ConfirmingText
from heard.workspaces.models import Agent, Wording
from heard.workspaces.wording import WantedPhrase, rules_of
from tests.visitors import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static")]

TYPED = {
    "order_numbers": "ORD-######\r\n\r\n/INV[0-9]{8}/",
    "vouchers": "SAVE*??",
    "ours": "+420 800 100 200\r\nshop@acme.example",
    "forbidden": "en: cheap = good value # sounds poor",
    "discouraged": "unfortunately",
    "words": "Heardly",
    "complaint_tags": "complaint, damaged",
    "level_personal": "warn",
    "overriding": "admins",
}


def trying(text: str, **typed: Any) -> dict[str, Any]:
    return {**TYPED, "try_text": text, "try_public": "yes", "try_language": "", **typed}


def test_an_admin_says_what_answers_are_checked_for(ann: Agent) -> None:
    browser = signed_in(ann)

    assert browser.post("/settings/wording", TYPED).status_code == 302

    rules = rules_of(ann.workspace_id)
    assert rules.order_numbers == ["ORD-######", "/INV[0-9]{8}/"]
    assert rules.phrases == [
        WantedPhrase("cheap", "good value", "sounds poor", "en"),
        WantedPhrase("unfortunately", forbidden=False),
    ]
    assert rules.complaint_tags == ["complaint", "damaged"]
    assert (rules.levels, rules.overriding) == ({"personal": Level.WARN}, Wording.Overriding.ADMINS)
    page = browser.get("/settings/wording").text
    assert "en: cheap = good value # sounds poor</textarea>" in page
    assert '<option value="warn" selected>' in page


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("order_numbers", "/(a+)+/"),
        ("vouchers", "##"),
        ("forbidden", "!"),
        ("discouraged", "?"),
        ("level_personal", "x"),
    ],
)
def test_what_cannot_be_is_shown_in_its_place(ann: Agent, field: str, typed: str) -> None:
    page = signed_in(ann).post("/settings/wording", {**TYPED, field: typed})

    assert page.status_code == 422
    assert f'id="id_{field}_error"' in page.text
    assert not Wording.objects.exists()


def test_a_text_is_tried_with_what_is_typed_and_nothing_is_saved(ann: Agent) -> None:
    browser = signed_in(ann)

    found = browser.post(
        "/settings/wording/try", trying("Write to jana@example.org"), headers={"HX-Request": "true"}
    )
    ours = browser.post("/settings/wording/try", trying("Write to shop@acme.example"))
    private = browser.post("/settings/wording/try", trying("Write to jana@example.org", try_public="no"))
    whole = browser.post("/settings/wording", trying("Dear {name}, it is late.", **{"try": "yes"}))

    assert "Look again" in found.text
    assert "<html" not in found.text
    assert "jana@example.org" not in ours.text + private.text
    assert "{name}</q>" in whole.text
    assert not Wording.objects.exists()


def test_a_right_is_given_under_people(ann: Agent, bea: Agent) -> None:
    browser = signed_in(ann)
    page = browser.get(f"/settings/people/{bea.pk}")
    assert "May send what a check stops" in page.text

    browser.post(f"/settings/people/{bea.pk}/rights", {"may_override": "on"})

    bea.refresh_from_db()
    assert bea.may_override
    browser.post(f"/settings/people/{bea.pk}/rights", {})
    bea.refresh_from_db()
    assert not bea.may_override


def test_agents_only_ask(bea: Agent) -> None:
    browser = signed_in(bea)

    assert browser.get("/settings/wording").status_code == 403
    assert browser.post("/settings/wording/try", trying("Hello")).status_code == 403


def test_what_customers_read_without_anybody_looking_is_looked_at_when_it_is_written(ann: Agent) -> None:
    browser = signed_in(ann)
    browser.post("/settings/wording", {**TYPED, "forbidden": "cheap"})
    said = {"within": "Hello {{name}}, we are cheap. {{link}}", "outside": "Hello [first name]. {{link}}"}

    refused = browser.post("/settings/confirmation/en", said)

    assert refused.status_code == 422
    assert "cheap" in refused.text.split('role="alert"')[1][:500]
    assert not ConfirmingText.objects.exists()
    fine = browser.post(
        "/settings/confirmation/en", {"within": "Hello {{name}}, we read it. {{link}}", "outside": ""}
    )
    assert fine.status_code == 302
