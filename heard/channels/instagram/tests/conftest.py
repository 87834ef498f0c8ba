from __future__ import annotations

from typing import Any

import pytest
from pydantic import SecretStr
from pytest_httpserver import HTTPServer

from heard.channels.instagram.credentials import InstagramCredentials, Login
from heard.channels.tests.wire import HttpWire

IG = "17841474524784050"


def credentials(server: HTTPServer, login: Login, **more: Any) -> InstagramCredentials:
    url = server.url_for("/v26.0")
    return InstagramCredentials(
        account=IG,
        login=login,
        access_token=SecretStr("token-of-acme"),
        app_id="151777",
        app_secret=SecretStr("sim-secret"),
        instagram_app_secret=SecretStr("instagram-secret"),
        verify_token=SecretStr("verify-me"),
        base_url=url,
        app_url=url,
        **more,
    )


@pytest.fixture
def wire(httpserver: HTTPServer) -> HttpWire[InstagramCredentials]:
    """Signed in at Instagram."""
    return HttpWire(credentials(httpserver, "instagram"))


@pytest.fixture
def page_wire(httpserver: HTTPServer) -> HttpWire[InstagramCredentials]:
    """Signed in at Facebook."""
    return HttpWire(credentials(httpserver, "facebook"))
