"""Acme's incident form, turned on, and what somebody types into it."""

from __future__ import annotations

import pytest

from heard.forms.fields import WantedField, add_field
from heard.forms.incident import make_incident_form
from heard.forms.make import Wanted, change_form, make_form
from heard.forms.models import Field, Form
from heard.workspaces.models import Agent
from tests.cast import NOON, a_workspace, an_agent


@pytest.fixture
def ann(db: None) -> Agent:
    return an_agent(a_workspace(), "Ann", Agent.Role.ADMIN)


@pytest.fixture
def incident(ann: Agent) -> Form:
    return an_incident_form(ann)


def an_incident_form(ann: Agent, *, industry: str = "shop", **changed: object) -> Form:
    form = make_incident_form(
        ann.workspace, name="Incident", industry=industry, by=ann, now=NOON, public_url="http://127.0.0.1:9"
    )
    wanted = {
        "name": form.name,
        "slug": "",
        "is_on": True,
        "language": form.language,
        "languages": form.languages,
        "allowed_domains": (),
        "mailbox": None,
    }
    change_form(form, Wanted(**(wanted | changed)), by=ann, now=NOON)  # type: ignore[arg-type]
    form.refresh_from_db()
    return form


def a_form(by: Agent, name: str) -> Form:
    """On, with one question."""
    form = make_form(by.workspace, name=name, language="en", by=by, now=NOON, public_url="http://127.0.0.1:9")
    add_field(form, WantedField(key="what", kind=Field.Kind.LONG, label=name), language="en", by=by, now=NOON)
    Form.objects.filter(pk=form.pk).update(is_on=True)
    return form


FILLED = {
    "issue": ["damaged"],
    "order": ["A-1042"],
    "what": ["The box was open.\nThe cup is in pieces."],
    "since": ["2026-10-30"],
    "solution": ["replace"],
    "name": ["Dana"],
    "email": ["Dana@Example.com"],
    "consent": ["yes"],
}
