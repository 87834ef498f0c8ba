"""Some networks take a first word in the very answer to their call."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator

import pytest
from pytest_httpserver import HTTPServer

from heard.ingest.models import RawCall
from tests.cast import a_workspace
from tests.front import Door, hook_of
from tests.small import Desk, a_small_network


@pytest.fixture
def desk(transactional_db: None, httpserver: HTTPServer) -> Iterator[Desk]:
    with a_small_network(a_workspace(), httpserver) as desk:
        yield desk


def told(door: Door, desk: Desk, body: bytes) -> tuple[int, bytes]:
    connection = door.connection()
    signature = hmac.new(b"s", body, hashlib.sha256).hexdigest()
    connection.request("POST", hook_of(desk.inbox), body, {"x-example-signature": signature})
    answer = connection.getresponse()
    return answer.status, answer.read()


def test_the_welcome_goes_in_the_answer_once_the_call_is_stored(door: Door, desk: Desk) -> None:
    assert told(door, desk, b'{"welcome":1}') == (200, b'{"text":"Hello"}')
    assert RawCall.objects.count() == 1


@pytest.mark.parametrize("body", [b'{"said":[]}', b'{"stumble":1}'])
def test_without_a_word_or_with_a_mistake_it_is_an_ordinary_yes(door: Door, desk: Desk, body: bytes) -> None:
    assert told(door, desk, body) == (200, b"ok")
    assert RawCall.objects.count() == 1
