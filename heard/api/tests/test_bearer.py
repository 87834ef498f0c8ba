from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from heard.api.tests.conftest import Program
from heard.workspaces.models import ApiToken
from heard.workspaces.tokens import revoke_token


@pytest.mark.django_db
@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic Zm9vOmJhcg==", "heard_x"])
def test_without_a_token_nothing_is_told(header: str) -> None:
    answer = Client().get("/api/v1/tickets", headers={"authorization": header} if header else {})

    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="heard"'
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["type"] == "urn:heard:problem:not-signed-in"


@pytest.mark.django_db
def test_an_unknown_token_is_named_invalid() -> None:
    answer = Client().get("/api/v1/tickets", headers={"authorization": "Bearer heard_nobody"})

    assert answer.status_code == 401
    assert 'error="invalid_token"' in answer.headers["WWW-Authenticate"]


def test_a_revoked_token_opens_nothing_from_the_next_call_on(program: Program) -> None:
    assert program.get("/me").status_code == 200

    revoke_token(ApiToken.objects.get(), now=timezone.now())

    assert program.get("/me").status_code == 401


def test_a_token_of_an_agent_who_left_opens_nothing(program: Program) -> None:
    program.agent.is_active = False
    program.agent.save(update_fields=["is_active"])

    assert program.get("/me").status_code == 401


def test_the_cookie_of_a_signed_in_agent_opens_nothing(program: Program) -> None:
    browser = Client()
    browser.force_login(program.agent.user)

    assert browser.get("/api/v1/me").status_code == 401


def test_problems_are_told_in_the_language_of_the_agent(program: Program) -> None:
    program.agent.user.language = "el"
    program.agent.user.save(update_fields=["language"])

    assert program.get("/tickets/1").headers["Content-Language"] == "el"
