"""Wires to a server on this machine, for the adapters' own tests."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import SecretStr
from pytest_httpserver import HTTPServer

from heard.channels.contract import Hook, Incoming
from heard.channels.facebook.credentials import FacebookCredentials
from heard.channels.messenger.credentials import MessengerCredentials
from heard.channels.meta.credentials import MetaCredentials
from heard.channels.meta.deliveries import parse
from heard.channels.tests.wire import HttpWire

PAGE = "104500"
Read = Callable[[str], list[Incoming]]


def meta_credentials(kind: type[MetaCredentials], url: str) -> MetaCredentials:
    return kind(
        account=PAGE,
        page_token=SecretStr("page-token-of-acme"),
        app_id="151777",
        app_secret=SecretStr("sim-secret"),
        verify_token=SecretStr("verify-me"),
        base_url=url,
    )


@pytest.fixture
def facebook_wire(httpserver: HTTPServer) -> HttpWire[MetaCredentials]:
    return HttpWire(meta_credentials(FacebookCredentials, httpserver.url_for("/v26.0")))


@pytest.fixture
def messenger_wire(httpserver: HTTPServer) -> HttpWire[MetaCredentials]:
    return HttpWire(meta_credentials(MessengerCredentials, httpserver.url_for("/v26.0")))


@pytest.fixture
def read(request: pytest.FixtureRequest) -> Read:
    """The facts of a fixture of the channel that the test belongs to."""
    fixtures = Path(request.path).parent.parent / "fixtures"
    return lambda name: parse(Hook("POST", {}, {}, (fixtures / f"{name}.json").read_bytes()))


def a_hook(document: object) -> Hook:
    return Hook("POST", {}, {}, json.dumps(document).encode())
