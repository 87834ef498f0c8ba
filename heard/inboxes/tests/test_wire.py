"""The way to a network keeps the network's secrets to itself."""

from __future__ import annotations

import logging

import pytest
from pytest_httpserver import HTTPServer

from heard.channels.registry import channel
from heard.inboxes.wire import wire_for

TOKEN = "123456:ABC-DEF-not-to-be-seen"


@pytest.mark.parametrize("loud", [logging.DEBUG, logging.INFO])
def test_a_token_in_an_address_shows_in_no_log(
    httpserver: HTTPServer, caplog: pytest.LogCaptureFixture, loud: int
) -> None:
    """Telegram wants its token there."""
    telegram = channel("telegram")
    given = {"account": "1", "bot_token": TOKEN, "base_url": httpserver.url_for("")}
    me = {"ok": True, "result": {"id": 1, "is_bot": True, "first_name": "Acme", "username": "acme_bot"}}
    httpserver.expect_request(f"/bot{TOKEN}/getMe").respond_with_json(me)
    httpserver.expect_request(f"/bot{TOKEN}/getWebhookInfo").respond_with_json({"ok": True, "result": {}})

    with caplog.at_level(loud):
        telegram.inspect(wire_for(telegram.credentials.model_validate(given)))

    ours = [record for record in caplog.records if record.name != "werkzeug"]  # the test's own server
    assert not [record for record in ours if TOKEN in record.getMessage()]
