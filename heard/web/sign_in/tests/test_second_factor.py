from __future__ import annotations

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from heard.accounts import sign_in_links
from heard.web.sign_in.tests.conftest import PASSWORD
from heard.workspaces.models import Agent
from tests.visitors import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static")]


def code(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


@pytest.fixture
def with_app(with_password: Agent) -> str:
    """Ann has set up an authenticator app; its key."""
    browser = signed_in(with_password)
    page = browser.get("/account/two-factor/totp/activate/")
    found = re.search(r'id="totp-key" value="(\w+)"', page.text)
    assert found is not None
    browser.post("/account/two-factor/totp/activate/", {"code": code(found[1])})
    return found[1]


def test_the_key_of_the_app_is_sealed_in_the_database(with_app: str) -> None:
    assert with_app not in str(Authenticator.objects.filter(type="totp").values().get())


def test_recovery_codes_come_with_the_first_factor(with_app: str, with_password: Agent) -> None:
    page = signed_in(with_password).get("/account/two-factor/recovery-codes/")

    assert "10 codes are left" in page.text


def test_the_password_alone_no_longer_signs_in(with_app: str, with_password: Agent) -> None:
    browser = Client()
    page = browser.post(
        "/account/login/", {"login": with_password.user.email, "password": PASSWORD}, follow=True
    )
    assert "One more step" in page.text
    assert "_auth_user_id" not in browser.session

    # The app's code of this half minute was used for setting it up, and works once.
    cache.clear()

    browser.post("/account/two-factor/authenticate/", {"code": code(with_app)})
    assert browser.session["_auth_user_id"] == str(with_password.user_id)


def test_a_sign_in_link_does_not_go_around_the_second_factor(with_app: str, with_password: Agent) -> None:
    link = sign_in_links.issue(with_password.user, now=timezone.now(), public_url="")
    browser = Client()

    page = browser.post(link, follow=True)

    assert "One more step" in page.text
    assert "_auth_user_id" not in browser.session
