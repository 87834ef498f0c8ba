"""The list of products, from the settings through a form into a ticket."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client

from heard.api.tests.conftest import Program
from heard.forms.answers import check
from heard.forms.models import Field, Form
from heard.forms.shown import LONGEST_LIST, shown
from heard.forms.submit import submit
from heard.forms.tests.conftest import FILLED, an_incident_form
from heard.forms.tests.conftest import ann as ann
from heard.forms.tests.test_submit import taken
from heard.products.models import Product
from heard.products.write import BadCode, CodeTaken, NameNeeded, product_meant, products_of, write_product
from heard.tickets.models import Ticket
from heard.workspaces.models import Agent
from tests.cast import NOON, a_workspace, an_agent, reloaded
from tests.visitors import plain_static as plain_static
from tests.visitors import signed_in


def a_product(by: Agent, code: str, **names: str) -> Product:
    return write_product(None, code=code, names=names, is_on=True, by=by, now=NOON)


def test_a_product_is_called_in_the_readers_language_and_meant_by_any_name(ann: Agent) -> None:
    cup = a_product(ann, "CUP-200", en="Red cup", cs="Červený hrnek")
    a_product(ann, "BOWL", en="Bowl")
    eve = an_agent(a_workspace("Other", slug="other"), "Eve", Agent.Role.ADMIN)
    a_product(eve, "CUP-200", en="Their cup")

    assert [one.named("cs") for one in products_of(ann.workspace, language="cs")] == ["Bowl", "Červený hrnek"]
    for typed in ("cup-200", " červený  HRNEK", "red cup"):
        assert product_meant(ann.workspace, typed) == cup
    assert product_meant(ann.workspace, "their cup") is None
    for wrong, code, names in (
        *((BadCode, "a b", {"en": "x"}), (CodeTaken, "bowl", {"en": "x"})),
        (NameNeeded, "x", {"en": " "}),
    ):
        with pytest.raises(wrong):
            write_product(None, code=str(code), names=names, is_on=True, by=ann, now=NOON)


@pytest.mark.usefixtures("plain_static")
def test_a_form_asks_for_it_and_the_ticket_is_about_it(ann: Agent) -> None:
    cup = a_product(ann, "CUP-200", en="Red cup", el="Κόκκινη κούπα")
    form = an_incident_form(ann)
    assert form.fields.get(key="product").kind == Field.Kind.PRODUCT
    assert '<option value="CUP-200">Κόκκινη κούπα</option>' in Client().get(f"/f/{form.key}?lang=el").text

    _filled(form, "CUP-200")

    ticket = Ticket.objects.get(inbox=form.inbox)
    assert ticket.product == cup
    program = Program(ann)
    assert program.get("/tickets", product="CUP-200").json()["items"][0]["product"] == "CUP-200"
    assert program.get("/tickets", product="BOWL").json()["items"] == []
    assert program.post(f"/tickets/{ticket.number}/product", product=None).json()["product"] is None
    assert program.post(f"/tickets/{ticket.number}/product", product="x").status_code == 422


@pytest.mark.usefixtures("plain_static")
def test_a_long_list_is_searched_and_typed_without_a_script(ann: Agent) -> None:
    for number in range(LONGEST_LIST + 1):
        a_product(ann, f"P{number}", en=f"Cup {number}")
    form = an_incident_form(ann)

    page = Client().get(f"/f/{form.key}?product=P3").text
    assert 'list="product-list" value="Cup 3"' in page
    assert '<option value="Cup 7"></option>' in page
    _filled(form, "cup 7")

    assert Ticket.objects.get(inbox=form.inbox).product == Product.objects.get(code="P7")
    seen = shown(form, language="en", now=NOON)
    assert "product" in check(seen, {**FILLED, "product": ["Cup 99"]}, files={}).wrong


@pytest.mark.usefixtures("plain_static")
def test_an_admin_writes_the_list_and_an_agent_names_it_beside_the_ticket(ann: Agent) -> None:
    desk = signed_in(ann)
    assert desk.post("/settings/products/add", {"code": "a b", "is_on": "on"}).status_code == 422
    desk.post("/settings/products/add", {"code": "CUP", "is_on": "on", "name_en": "Red cup"})
    cup = Product.objects.get()
    assert "Red cup" in desk.get("/settings/products").text
    form = an_incident_form(ann)
    _filled(form, "")
    ticket = Ticket.objects.get()
    assert 'name="product"' in desk.get(f"/tickets/{ticket.number}").text
    assert '<option value="Red cup">' in desk.get(f"/tickets/{ticket.number}/products").text

    desk.post(f"/tickets/{ticket.number}/product", {"product": "red cup"})

    assert reloaded(ticket).product == cup
    assert "Product: Red cup" in desk.get(f"/tickets/{ticket.number}").text
    desk.post(f"/tickets/{ticket.number}/product", {"product": "no such"})
    assert reloaded(ticket).product == cup
    desk.post(f"/settings/products/{cup.pk}", {"code": "CUP", "name_en": "Red cup"})
    assert products_of(ann.workspace, language="en") == []


def _filled(form: Form, product: str) -> None:
    seen = shown(form, language="en", now=NOON)
    checked = check(seen, {**FILLED, "product": [product]}, files={})
    assert checked.wrong == {}
    submit(seen, checked=checked, key=uuid.uuid4(), now=NOON)
    taken(form)
