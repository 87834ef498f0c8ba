"""A number to write to, and the facts of WhatsApp's fixtures."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import SecretStr
from pytest_httpserver import HTTPServer

from heard.channels.conftest import Read
from heard.channels.contract import Hook
from heard.channels.tests.wire import HttpWire
from heard.channels.whatsapp.credentials import WhatsAppCredentials
from heard.channels.whatsapp.deliveries import parse

NUMBER = "106540352242922"
FIXTURES = Path(__file__).parent.parent / "fixtures"


@pytest.fixture
def read() -> Read:
    return lambda name: parse(Hook("POST", {}, {}, (FIXTURES / f"{name}.json").read_bytes()))


@pytest.fixture
def wire(httpserver: HTTPServer) -> HttpWire[WhatsAppCredentials]:
    return HttpWire(
        WhatsAppCredentials(
            account=NUMBER,
            business_account="102290129340398",
            access_token=SecretStr("token-of-acme"),
            app_secret=SecretStr("sim-secret"),
            verify_token=SecretStr("verify-me"),
            base_url=httpserver.url_for("/v26.0"),
        )
    )
