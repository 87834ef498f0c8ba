"""Connecting by signing in: the consent page, the code, the tokens, the pages."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest

from heard.sandbox.running import Running

BACK = "http://127.0.0.1:1/back"


@pytest.fixture
def app(sandbox: Running) -> dict[str, str]:
    found: dict[str, str] = sandbox.control("facebook/app")
    return found


def _consent(app: dict[str, str], **answer: Any) -> dict[str, list[str]]:
    """What the browser brings back."""
    asked = {"client_id": app["app_id"], "redirect_uri": BACK, "state": "s1", "response_type": "code"}
    url = f"{app['login_url']}/dialog/oauth"
    page = httpx2.get(url, params=asked | {"scope": "pages_show_list,pages_messaging"}, trust_env=False)
    assert "Acme Shop" in page.text
    assert "pages_messaging" in page.text
    back = httpx2.post(url, params=asked, data=answer, trust_env=False).headers["location"]
    assert back.startswith(BACK)
    return parse_qs(urlsplit(back).query)


def _exchange(app: dict[str, str], **asked: str) -> httpx2.Response:
    mine = {"client_id": app["app_id"], "client_secret": app["app_secret"], **asked}
    return httpx2.get(f"{app['base_url']}/oauth/access_token", params=mine, trust_env=False)


def test_a_person_connects_pages(sandbox: Running, app: dict[str, str]) -> None:
    page = sandbox.state("facebook")["account"]
    sandbox.page("Not chosen")
    back = _consent(
        app, answer="allow", who="jana", pages=[page], scopes=["pages_show_list", "pages_messaging"]
    )
    assert back["state"] == ["s1"]
    short = _exchange(app, redirect_uri=BACK, code=back["code"][0]).json()
    assert short["expires_in"] <= 3600
    assert _exchange(app, redirect_uri=BACK, code=back["code"][0]).json()["error"]["code"] == 100
    long = _exchange(app, grant_type="fb_exchange_token", fb_exchange_token=short["access_token"]).json()
    assert long["expires_in"] > 50 * 86400
    bearer = {"Authorization": f"Bearer {long['access_token']}"}
    params = {"fields": "id,name,access_token,tasks,picture"}
    accounts = httpx2.get(f"{app['base_url']}/me/accounts", params=params, headers=bearer, trust_env=False)
    [one] = accounts.json()["data"]
    assert (one["id"], one["name"]) == (page, "Acme Shop")
    assert "MODERATE" in one["tasks"]
    mine = httpx2.get(f"{app['base_url']}/me", params={"access_token": one["access_token"]}, trust_env=False)
    assert mine.json()["id"] == page


def test_a_person_may_refuse(app: dict[str, str]) -> None:
    assert _consent(app, answer="refuse")["error"] == ["access_denied"]


def test_a_code_belongs_to_its_address(app: dict[str, str]) -> None:
    code = _consent(app, answer="allow", who="jana")["code"][0]
    error = _exchange(app, redirect_uri="http://127.0.0.1:1/other", code=code).json()["error"]
    assert error["error_subcode"] == 36008


def test_an_unknown_app_is_told_so(app: dict[str, str]) -> None:
    asked = {"client_id": "77", "redirect_uri": BACK}
    answer = httpx2.get(f"{app['login_url']}/dialog/oauth", params=asked, trust_env=False)
    assert answer.status_code == 400
    assert "not known" in answer.text
