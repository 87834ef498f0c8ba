"""A passkey in a real browser: made with a device of the browser's own, then the only thing to sign in with."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect

from heard.workspaces.models import Agent
from tests.visitors import signed_in

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def page(site: str, bea: Agent, browser: Browser) -> Page:
    """Signed in, on a computer that can keep passkeys. Browsers want a name for that, not an address."""
    named = site.replace("127.0.0.1", "localhost")
    context = browser.new_context(base_url=named)
    session = signed_in(bea).cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": named}])
    page = context.new_page()
    computer = context.new_cdp_session(page)
    computer.send("WebAuthn.enable")
    computer.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    return page


def test_a_passkey_is_made_and_signs_in_without_a_password(page: Page, bea: Agent) -> None:
    page.goto("/account/two-factor/webauthn/add/")
    page.get_by_label("Name").fill("This computer")
    page.get_by_label("Sign in with it alone").check()
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_text("This computer")).to_be_visible()

    page.context.clear_cookies()
    page.goto("/account/login/")
    page.get_by_role("button", name="passkey").click()

    expect(page).to_have_url(re.compile(r"/tickets"))
