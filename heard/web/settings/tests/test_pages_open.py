"""Every page of settings, inboxes and the ledger opens, in every language."""

from __future__ import annotations

import pytest

from heard.people.teams import make_team
from heard.people.tokens import issue_token
from heard.workspaces.models import Agent
from tests.cast import NOON, Network, an_agent, an_inbox
from tests.visitors import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static")]


@pytest.mark.parametrize("language", ["en", "el", "sl", "hu", "cs"])
def test_every_page_opens_in_every_language(ann: Agent, language: str) -> None:
    bea = an_agent(ann.workspace, "Bea")
    team = make_team(ann.workspace, name="Parcels", members=[bea], by=ann, now=NOON)
    issue_token(ann, name="Report", now=NOON)
    page = an_inbox(ann.workspace)
    Network(page).comment("Where is my parcel?")
    ann.user.language = language
    ann.user.save()
    browser = signed_in(ann)

    for address in (
        "/settings",
        "/settings/security",
        "/settings/workspace",
        "/settings/hours",
        "/settings/confirmation",
        "/settings/confirmation/el",
        "/settings/languages",
        "/settings/languages/service",
        "/settings/people",
        "/settings/people/add",
        f"/settings/people/{bea.pk}",
        "/settings/teams",
        "/settings/teams/add",
        f"/settings/teams/{team.pk}",
        "/settings/tokens",
        "/settings/inboxes",
        "/settings/inboxes/connect/facebook",
        "/settings/inboxes/connect/messenger",
        f"/settings/inboxes/{page.pk}",
        f"/settings/inboxes/{page.pk}/change",
        f"/settings/inboxes/{page.pk}/reconnect",
        f"/settings/inboxes/{page.pk}/disconnect",
        "/ledger",
        f"/ledger?inbox={page.pk}&period=week&place=message",
        "/account/logout/",
        "/account/password/set/",
        "/account/two-factor/",
        "/account/two-factor/totp/activate/",
        "/account/two-factor/webauthn/",
        "/account/two-factor/webauthn/add/",
        "/account/sessions/",
    ):
        answer = browser.get(address)
        assert answer.status_code == 200, (address, answer.headers.get("Location"))
        assert f'<html lang="{language}"' in answer.text
