from __future__ import annotations

import re

import pytest
from django.core import mail
from django.test import Client

from heard.web.sign_in.tests.conftest import PASSWORD
from heard.workspaces.models import Agent
from tests.visitors import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static")]


def test_a_password_signs_in(with_password: Agent) -> None:
    browser = Client()

    answer = browser.post("/account/login/", {"login": with_password.user.email, "password": PASSWORD})

    assert answer.headers["Location"] == "/"
    assert browser.session["_auth_user_id"] == str(with_password.user_id)


def test_a_wrong_password_and_an_unknown_address_look_the_same(with_password: Agent) -> None:
    said = set()
    for email in (with_password.user.email, "nobody@example.org"):
        page = Client().post("/account/login/", {"login": email, "password": "something else"})
        found = re.search(r'role="alert".*?<p>(.*?)</p>', page.text, re.DOTALL)
        assert found is not None
        said.add((page.status_code, found[1]))

    assert len(said) == 1


def test_the_sixth_try_within_a_minute_is_refused_even_when_right(with_password: Agent) -> None:
    for _ in range(5):
        Client().post("/account/login/", {"login": with_password.user.email, "password": "wrong"})

    page = Client().post("/account/login/", {"login": with_password.user.email, "password": PASSWORD})

    assert page.status_code == 200
    assert "Too many failed login attempts" in page.text


def test_nobody_signs_up_by_themselves() -> None:
    assert Client().get("/account/signup/").status_code == 404


def test_somebody_who_left_is_told_that_the_account_is_off(with_password: Agent) -> None:
    with_password.user.is_active = False
    with_password.user.save()

    page = Client().post(
        "/account/login/", {"login": with_password.user.email, "password": PASSWORD}, follow=True
    )

    assert "This account is switched off" in page.text


def test_a_password_is_changed_after_confirming(with_password: Agent) -> None:
    browser = signed_in(with_password)
    new = "quite another set of words"

    browser.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})

    with_password.user.refresh_from_db()
    assert with_password.user.check_password(new)


def test_short_passwords_are_refused_with_words(ann: Agent) -> None:
    page = signed_in(ann).post("/account/password/set/", {"password1": "short", "password2": "short"})

    assert "12" in page.text
    ann.user.refresh_from_db()
    assert not ann.user.has_usable_password()


def test_without_mail_the_page_says_whom_to_ask() -> None:
    assert "Ask an admin" in Client().get("/account/password/reset/").text


def test_a_reset_link_sets_a_new_password(with_password: Agent) -> None:
    Client().post("/account/password/reset/", {"email": with_password.user.email})
    [sent] = mail.outbox
    [link] = re.findall(r"http://testserver(/account/password/reset/key/\S+)", str(sent.body))
    new, browser = "quite another set of words", Client()

    form = browser.get(link, follow=True)
    browser.post(form.redirect_chain[-1][0], {"password1": new, "password2": new})

    with_password.user.refresh_from_db()
    assert with_password.user.check_password(new)
    assert "This link no longer works" in Client().get(link, follow=True).text
