"""The builder, page by page, as an admin goes through it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from heard.events.models import EventRecord
from heard.forms.models import Field, Form, FormText, IssueKind
from heard.forms.tests.conftest import an_incident_form
from heard.tickets.models import Priority
from heard.workspaces.models import Agent
from tests.cast import Network, a_ticket, a_workspace, an_agent, an_inbox, reloaded
from tests.visitors import plain_static as plain_static
from tests.visitors import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static")]


@pytest.fixture
def ann(db: None) -> Agent:
    return an_agent(a_workspace(), "Ann", Agent.Role.ADMIN)


@pytest.fixture
def incident(ann: Agent) -> Form:
    return an_incident_form(ann)


@pytest.fixture
def desk(ann: Agent) -> Client:
    return signed_in(ann)


def test_a_form_is_made_from_the_report_of_a_trade_and_turned_on(desk: Client, ann: Agent) -> None:
    desk.post("/settings/forms/add", {"name": "Report", "begins_as": "telecom"})
    form = Form.objects.get()
    page = desk.get(f"/settings/forms/{form.pk}").text
    assert "What is wrong?" in page
    assert "embed.js" in page
    assert not form.fields.filter(key="order").exists()  # nothing that a telephone company sells has one

    changed = {
        "name": "Report",
        "slug": "help-me",
        "is_on": "on",
        "language": "en",
        "languages": ["en", "el"],
        "allowed_domains": "shop.example\n*.shop.example",
    }
    assert desk.post(f"/settings/forms/{form.pk}", changed).status_code == 302
    form = reloaded(form)
    assert (form.slug, form.is_on, form.languages) == ("help-me", True, ["en", "el"])
    assert form.allowed_domains == ["shop.example", "*.shop.example"]
    assert Client().get("/f/help-me").status_code == 200
    kinds = set(EventRecord.objects.filter(workspace=ann.workspace, by=ann).values_list("kind", flat=True))
    assert {"FormMade", "FieldAdded", "FormWorded", "IssueKindAdded", "FormChanged"} <= kinds


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("slug", "Help Me"),
        ("allowed_domains", "shop.example; script-src *"),
        ("language", "hu"),
        ("name", ""),
    ],
)
def test_what_makes_no_sense_is_said_in_its_place(
    desk: Client, incident: Form, field: str, value: str
) -> None:
    typed: dict[str, Any] = {"name": "Report", "slug": "", "language": "en", "languages": ["en"]}
    answer = desk.post(f"/settings/forms/{incident.pk}", {**typed, field: value})

    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in answer.text


def test_an_address_is_given_once(desk: Client, incident: Form, ann: Agent) -> None:
    other = an_incident_form(ann, slug="help")
    typed = {"name": "Report", "slug": "help", "language": "en", "languages": ["en"]}

    assert desk.post(f"/settings/forms/{incident.pk}", typed).status_code == 422
    assert reloaded(other).slug == "help"


def test_questions_are_added_changed_moved_and_removed(desk: Client, incident: Form) -> None:
    start = f"/settings/forms/{incident.pk}/questions"
    issue = incident.fields.get(key="issue")
    typed = {"label": "Which colour?", "kind": "choice", "options": "Red\nBlue", "shown_when": issue.pk}
    assert desk.post(f"{start}/add", typed).status_code == 302
    field = incident.fields.get(key="which_colour")
    assert field.options == ["red", "blue"]

    page = desk.get(f"{start}/{field.pk}").text
    assert "It arrived damaged" in page
    changed = {**typed, "options": "Blue\nGreen", "shown_values": ["damaged", "faulty"]}
    assert desk.post(f"{start}/{field.pk}", changed).status_code == 302
    field = reloaded(field)
    assert (field.key, field.options, field.shown_values) == (
        "which_colour",
        ["blue", "green"],
        ["damaged", "faulty"],
    )

    desk.post(f"{start}/{field.pk}/move", {"to": "up"})
    assert [one.key for one in incident.fields.order_by("position")][-2:] == ["which_colour", "consent"]
    desk.post(f"{start}/{issue.pk}/move", {"to": "down"})
    order = incident.fields.get(key="order")
    for _step in range(3):
        desk.post(f"{start}/{order.pk}/move", {"to": "up"})
    keys = [one.key for one in incident.fields.order_by("position")]
    assert keys.index("order") > keys.index("issue")  # it depends on it

    desk.post(f"{start}/{issue.pk}/remove")
    assert reloaded(field).shown_when is None
    assert not FormText.objects.filter(field=issue.pk).exists()


@pytest.mark.parametrize(
    ("name", "value"), [("key", "Two words"), ("key", "lang"), ("key", "what"), ("kind", "made-up")]
)
def test_a_question_that_cannot_be_is_refused(desk: Client, incident: Form, name: str, value: str) -> None:
    typed = {"label": "More?", "kind": "text", "key": "more", name: value}
    answer = desk.post(f"/settings/forms/{incident.pk}/questions/add", typed)

    assert answer.status_code == 422
    assert Field.objects.filter(form=incident).count() == 11


def test_languages_stand_side_by_side_with_what_is_missing(desk: Client, incident: Form) -> None:
    FormText.objects.filter(form=incident, language="el").delete()
    page = desk.get(f"/settings/forms/{incident.pk}/words").text
    assert "missing" in page

    name = ".title..el"
    assert f'name="{name}"' in page
    desk.post(f"/settings/forms/{incident.pk}/words", {name: "Αναφορά", "made.up": "x"})
    assert "Αναφορά" in Client().get(f"/f/{incident.key}?lang=el").text


def test_issues_are_worded_routed_and_pinned(desk: Client, incident: Form, ann: Agent) -> None:
    assert "It arrived damaged" in desk.get("/settings/issues").text
    typed = {
        "label_en": "It smells",
        "label_el": "Μυρίζει",
        "priority": "high",
        "tags": "Smell, ",
        "pinned": "on",
    }
    assert desk.post("/settings/issues/add", {**typed, "is_on": "on"}).status_code == 302
    kind = IssueKind.objects.get(key="it-smells")
    assert (kind.priority, kind.tags, kind.pinned) == (Priority.HIGH, ["smell"], True)
    page = Client().get(f"/f/{incident.key}?lang=el").text
    assert page.index("Μυρίζει") < page.index("damaged")

    above = IssueKind.objects.get(key="damaged")
    assert desk.post(f"/settings/issues/{kind.pk}", {**typed, "parent": above.pk}).status_code == 302
    assert "Μυρίζει" not in Client().get(f"/f/{incident.key}?lang=el").text  # no longer on
    assert desk.post(f"/settings/issues/{above.pk}", {**typed, "parent": kind.pk}).status_code == 422
    assert desk.post(f"/settings/issues/{kind.pk}", {**typed, "tags": "x" * 50}).status_code == 422
    desk.post("/settings/issues/start", {"industry": "travel"})
    assert IssueKind.objects.filter(key="luggage").exists()
    desk.post(f"/settings/issues/{above.pk}/remove")
    assert not IssueKind.objects.filter(pk__in=[kind.pk, above.pk]).exists()


def test_the_composer_offers_links_that_lead_into_private_conversations_alone(
    desk: Client, incident: Form, ann: Agent
) -> None:
    direct = a_ticket(Network(an_inbox(ann.workspace, "messenger")), said="It broke", direct=True)
    public = a_ticket(Network(an_inbox(ann.workspace, "facebook")), said="It broke")

    def links(ticket: Any, mode: str) -> str:
        address = reverse("ticket_forms", kwargs={"number": ticket.number})
        return desk.get(address, {"mode": mode}, headers={"HX-Request": "true"}).text

    assert "t=" in links(direct, "private")
    for page in (links(direct, "public"), links(public, "private"), links(public, "public")):
        assert f"/f/{incident.key}?lang=en" in page
        assert "t=" not in page.split("data-inserts=")[1].split(">")[0]


def test_agents_change_no_forms(incident: Form, ann: Agent) -> None:
    bea = signed_in(an_agent(ann.workspace, "Bea"))

    assert bea.get("/settings/forms").status_code == 403
    assert bea.post(f"/settings/forms/{incident.pk}", {}).status_code == 403
    assert bea.post("/settings/issues/start", {"industry": "travel"}).status_code == 403
