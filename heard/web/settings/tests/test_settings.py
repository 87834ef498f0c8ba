from __future__ import annotations

import re
import time
from typing import Any

import pytest
from django.test import Client

from heard.accounts.models import User
from heard.following_up.models import FollowUpReply
from heard.people.teams import make_team
from heard.people.tokens import issue_token
from heard.replies.standing import standing_of
from heard.replies.tests.shelf import a_reply
from heard.workspaces.create import add_agent
from heard.workspaces.models import Agent, ApiToken, Team
from heard.workspaces.tokens import agent_of
from tests.cast import NOON, a_workspace, an_agent, reloaded
from tests.visitors import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static")]

PROFILE = {"name": "Beata", "language": "cs", "time_zone": "Europe/Prague", "theme": "dark"}
WORKSPACE = {
    "name": "Acme",
    "language": "sl",
    "time_zone": "Europe/Ljubljana",
    "undo_seconds": "10",
    "reopen_within_hours": "48",
    "number_prefix": "acme",
}


def test_a_profile_is_saved_and_said_in_the_new_language(bea: Agent) -> None:
    browser = signed_in(bea)

    answer = browser.post("/settings", PROFILE)

    assert answer.status_code == 302
    assert reloaded(bea).name == "Beata"
    page = browser.get("/settings")
    assert re.search(r'<html lang="cs"[^>]* data-theme="dark"', page.text)


@pytest.mark.parametrize(("field", "value"), [("language", "xx"), ("time_zone", "Mars/Base"), ("name", "")])
def test_a_wrong_value_is_shown_in_its_place(bea: Agent, field: str, value: str) -> None:
    page = signed_in(bea).post("/settings", {**PROFILE, field: value})

    assert page.status_code == 422
    assert f'id="id_{field}_error"' in page.text
    assert reloaded(bea).name == "Bea"


def test_an_admin_changes_the_workspace(ann: Agent) -> None:
    signed_in(ann).post("/settings/workspace", WORKSPACE)

    workspace = reloaded(ann.workspace)
    assert (workspace.undo_seconds, workspace.number_prefix) == (10, "ACME")


def test_an_admin_says_what_replies_say_every_time_and_a_wrong_link_is_shown_in_its_place(ann: Agent) -> None:
    browser, typed = signed_in(ann), {"contact_pages-": "https://acme.example", "languages": ["en", "cs"]}

    wrong = browser.post("/settings/workspace/replies", {**typed, "faq_links-cs": "acme"})
    browser.post("/settings/workspace/replies", typed)

    assert (wrong.status_code, 'id="faq_links-cs-error"' in wrong.text) == (422, True)
    kept = standing_of(ann.workspace)
    assert (kept.languages, kept.contact_pages) == (["en", "cs"], {"": "https://acme.example"})
    assert 'value="https://acme.example"' in browser.get("/settings/workspace/replies").text


def test_follow_ups_are_said_by_a_reply_that_everybody_may_use(ann: Agent, bea: Agent) -> None:
    browser, reply, draft = signed_in(ann), a_reply(ann, title="Solved?"), a_reply(bea, draft=True)

    browser.post("/settings/follow-up/replies", {"ask": reply.pk})
    browser.post("/settings/follow-up/replies", {"ask": draft.pk})

    assert FollowUpReply.objects.get().reply == reply
    assert f'<option value="{reply.pk}" selected>' in browser.get("/settings/follow-up").text


@pytest.mark.parametrize(
    "address",
    [
        "/settings/workspace",
        "/settings/people",
        "/settings/people/add",
        "/settings/teams",
        "/settings/teams/add",
        "/settings/inboxes/connect/facebook",
    ],
)
def test_agents_are_told_to_ask_an_admin(bea: Agent, address: str) -> None:
    page = signed_in(bea).get(address)

    assert page.status_code == 403
    assert "Only admins change this" in page.text


def test_adding_somebody_shows_a_link_once(ann: Agent) -> None:
    browser = signed_in(ann)
    typed = {"email": "dana@acme.example", "name": "Dana", "role": "agent"}

    page = browser.post("/settings/people/add", typed)

    found = re.search(r'value="http://127.0.0.1:8000(/sign-in/in_[^"]+)"', page.text)
    assert found is not None
    dana = Client()
    dana.post(found[1])
    assert dana.session["_auth_user_id"] == str(User.objects.get(email="dana@acme.example").pk)


def test_the_same_address_twice_is_said_in_its_place(ann: Agent, bea: Agent) -> None:
    typed = {"email": bea.user.email, "name": "Bea", "role": "agent"}

    page = signed_in(ann).post("/settings/people/add", typed)

    assert page.status_code == 422
    assert "in the list already" in page.text


def test_roles_change_and_the_last_admin_stays(ann: Agent, bea: Agent) -> None:
    browser = signed_in(ann)

    refused = browser.post(f"/settings/people/{ann.pk}/role", {"role": "agent"})
    browser.post(f"/settings/people/{bea.pk}/role", {"role": "admin"})

    assert "This is the only admin" in refused.text
    assert reloaded(bea).is_admin


def test_who_left_is_out_at_once_and_can_come_back(ann: Agent, bea: Agent) -> None:
    admin, agent = signed_in(ann), signed_in(bea)

    admin.post(f"/settings/people/{bea.pk}/leave")
    assert agent.get("/settings").status_code == 403
    assert "You work in no workspace" in agent.get("/settings").text

    admin.post(f"/settings/people/{bea.pk}/come-back")
    assert agent.get("/settings").status_code == 200


def test_a_new_way_in_for_a_colleague(ann: Agent, bea: Agent) -> None:
    page = signed_in(ann).post(f"/settings/people/{bea.pk}/link")

    assert "/sign-in/in_" in page.text


def test_a_team_is_made_and_removed(ann: Agent, bea: Agent) -> None:
    browser = signed_in(ann)
    browser.post("/settings/teams/add", {"name": "Parcels", "members": [bea.pk]})
    team = Team.objects.get()
    assert list(team.members.all()) == [bea]

    taken = browser.post("/settings/teams/add", {"name": "parcels"})
    assert "Another team has this name" in taken.text

    browser.post(f"/settings/teams/{team.pk}", {"name": "Returns", "members": []})
    assert reloaded(team).name == "Returns"
    browser.post(f"/settings/teams/{team.pk}/remove")
    assert not Team.objects.exists()


def test_a_token_is_shown_once_and_revoked(bea: Agent) -> None:
    browser = signed_in(bea)

    page = browser.post("/settings/tokens", {"name": "Report"})
    found = re.search(r'value="(heard_[^"]+)"', page.text)
    assert found is not None
    assert agent_of(found[1], now=NOON) == bea
    assert found[1] not in browser.get("/settings/tokens").text

    browser.post(f"/settings/tokens/{ApiToken.objects.get().pk}/revoke")
    assert agent_of(found[1], now=NOON) is None


def test_a_colleagues_token_is_not_there(ann: Agent, bea: Agent) -> None:
    issue_token(bea, name="Bea's report", now=NOON)

    browser = signed_in(ann)

    assert "Bea's report" not in browser.get("/settings/tokens").text
    assert browser.post(f"/settings/tokens/{ApiToken.objects.get().pk}/revoke").status_code == 404


def test_somebody_with_a_password_confirms_it_before_secrets(ann: Agent) -> None:
    ann.user.set_password("correct horse battery")
    ann.user.save()
    browser = signed_in(ann, proved=False)

    asked = browser.get("/settings/tokens")
    assert asked.headers["Location"] == "/account/reauthenticate/?next=%2Fsettings%2Ftokens"

    browser.post(asked.headers["Location"], {"password": "correct horse battery", "next": "/settings/tokens"})
    assert browser.get("/settings/tokens").status_code == 200


def test_a_form_left_open_for_too_long_saves_nothing_and_keeps_no_secret(ann: Agent) -> None:
    ann.user.set_password("correct horse battery")
    ann.user.save()
    browser = signed_in(ann, proved=False)
    session = browser.session
    session["form_opened_at"] = time.time() - 3600
    session.save()

    answer = browser.post("/settings/inboxes/connect/facebook", {"app_secret": "top-secret-of-acme"})

    assert answer.headers["Location"] == "/settings/inboxes/connect/facebook"
    assert "top-secret-of-acme" not in str(dict(browser.session))


def test_switching_leads_to_another_workspace_of_ones_own(ann: Agent) -> None:
    brand = a_workspace("Brand")
    add_agent(brand, ann.user, name="Ann at Brand")
    browser = signed_in(ann)

    browser.post("/settings/switch", {"workspace": brand.pk})

    assert 'value="Ann at Brand"' in browser.get("/settings").text


def test_switching_into_somebody_elses_workspace_finds_nothing(ann: Agent) -> None:
    elsewhere: Any = a_workspace("Elsewhere")

    assert signed_in(ann).post("/settings/switch", {"workspace": elsewhere.pk}).status_code == 404


def test_people_of_another_workspace_are_not_listed(ann: Agent) -> None:
    elsewhere = a_workspace("Elsewhere")
    cyril = an_agent(elsewhere, "Cyril")
    make_team(elsewhere, name="Secret team", members=[], by=cyril, now=NOON)
    browser = signed_in(ann)

    assert "Cyril" not in browser.get("/settings/people").text
    assert "Secret team" not in browser.get("/settings/teams").text
