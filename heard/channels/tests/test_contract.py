"""What every channel must keep. Runs over the registry and the example that new ones are copied from."""

from __future__ import annotations

import json
import re
import socket
import xml.etree.ElementTree as ElementTree
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NoReturn

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import SecretStr
from pytest_httpserver import HTTPServer

from heard.channels import contract, registry
from heard.channels.contract import (
    BadSignature,
    Channel,
    Hook,
    Ignored,
    Kind,
    MessageIn,
    Outgoing,
    ReconnectNeeded,
    Rejected,
    TryAgain,
    Unconfirmed,
    Unreadable,
)
from heard.channels.example.channel import Example
from heard.channels.registry import CHANNELS, UnknownChannel
from heard.channels.tests.samples import PLANTED, credentials_of
from heard.channels.tests.servers import hanging_up, nobody_listens
from heard.channels.tests.wire import HttpWire

HOME = Path(contract.__file__).parent
EVERY = [*CHANNELS.values(), Example()]
# Most speak JSON by HTTP, to an address that a test can change. Those that do not prove the same beside themselves;
# what Heard holds itself is sent without a call, so no call can go wrong.
BY_HTTP = [
    channel
    for channel in EVERY
    if "base_url" in channel.credentials.model_fields
    and not channel.abilities.instant
    and not channel.abilities.letters  # their practice service is called once, and mails go by SMTP
]
FIXTURES = [
    pytest.param(channel, path, id=f"{channel.slug}-{path.stem}")
    for channel in EVERY
    for path in sorted((HOME / channel.slug / "fixtures").glob("*.json"))
]
STATUSES = [200, 201, 204, 302, 400, 401, 403, 404, 408, 409, 422, 429, 500, 502, 503]
ODD_BODIES = [b"", b"<html>", b"[]", b"{}", b'{"error":{}}', b'{"error":7}', b'{"id":[]}']
NOT_JSON = {
    "empty": b"",
    "text": b"hello",
    "half": b"{",
    "utf-16": b"\xff\xfe{}",
    "bomb": b"[" * 100_000,
    "deep": b'{"a":' * 65 + b"1" + b"}" * 65,
}
PRIVATE = {Kind.DIRECT, Kind.EMAIL, Kind.CHAT, Kind.FORM, Kind.CALL}
ANSWERS = (TryAgain, Rejected, ReconnectNeeded, Unconfirmed)

_ANY_PATH = re.compile(".*")

every_channel = pytest.mark.parametrize("channel", EVERY, ids=lambda channel: channel.slug)
by_http = pytest.mark.parametrize("channel", BY_HTTP, ids=lambda channel: channel.slug)
every_fixture = pytest.mark.parametrize(("channel", "path"), FIXTURES)


def a_call(body: bytes, headers: Mapping[str, str] | None = None) -> Hook:
    return Hook("POST", {}, headers or {}, body)


def a_reply(channel: Channel[Any], **changed: Any) -> Outgoing:
    if not channel.abilities.replies:
        pytest.skip("nothing goes out by it")
    kind = sorted(channel.abilities.replies)[0]
    return Outgoing(**{"kind": kind, "text": "Hello", "to": "1_2", "token": "hd:1"} | changed)


def wire_to(channel: Channel[Any], url: str) -> HttpWire[Any]:
    return HttpWire(credentials_of(channel, base_url=url))


# ── registration ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("slug", CHANNELS)
def test_a_channel_is_registered_under_its_own_slug(slug: str) -> None:
    assert registry.channel(slug).slug == slug


def test_the_example_is_not_in_the_registry() -> None:
    with pytest.raises(UnknownChannel):
        registry.channel("example")


@every_channel
def test_a_channel_brings_its_papers(channel: Channel[Any]) -> None:
    home = HOME / channel.slug
    assert (home / "setup.md").read_text().startswith("# ")
    assert (home / "README.md").read_text().startswith("# ")
    assert ElementTree.parse(home / "icon.svg").getroot().tag.endswith("svg")
    assert list((home / "fixtures").glob("*.*"))


@by_http
@pytest.mark.parametrize(
    "poison", [b"NaN", b"-Infinity", b"1e400", b"9" * 5000, b'"\\ud83d"', b'"\\u0000"', b'"\xff"']
)
def test_a_bad_value_costs_itself_and_not_its_neighbours(channel: Channel[Any], poison: bytes) -> None:
    for path in sorted((HOME / channel.slug / "fixtures").glob("*.json")):
        body = path.read_bytes().rstrip()
        if body.startswith(b"{"):
            poisoned = body[:-1] + b',"poison":' + poison + b"}"
            assert len(channel.parse(a_call(poisoned))) == len(channel.parse(a_call(body)))


# ── in ────────────────────────────────────────────────────────────────────────────────────────────


@every_fixture
def test_a_fixture_is_read_completely_always_alike_and_without_the_network(
    channel: Channel[Any], path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any, **__: Any) -> NoReturn:
        raise AssertionError("parse opened a socket")

    monkeypatch.setattr(socket, "socket", refuse)
    facts = channel.parse(a_call(path.read_bytes()))

    ignored = [fact.reason for fact in facts if isinstance(fact, Ignored)]
    assert facts
    assert bool(ignored) is path.stem.startswith("ignored_"), ignored
    assert channel.parse(a_call(path.read_bytes())) == facts
    for fact in facts:
        assert fact.at.tzinfo is not None
        assert json.loads(json.dumps(fact.raw)) == fact.raw
        if isinstance(fact, MessageIn):
            _is_of_a_kind_that_the_abilities_name(channel, fact)


def _is_of_a_kind_that_the_abilities_name(channel: Channel[Any], fact: MessageIn) -> None:
    owner = CHANNELS.get(fact.channel, channel)
    assert fact.kind in owner.abilities.receives
    assert fact.public is (fact.kind not in PRIVATE)
    assert fact.external_id
    assert fact.thread


@by_http
@pytest.mark.parametrize(
    "body",
    [
        "null",
        "{}",
        "[]",
        "3",
        '"text"',
        '{"object":"page","entry":[{"id":"1","changes":[{"field":["feed"],"value":{}}]}]}',
        '{"events":[{"type":7}]}',
    ],
)
def test_unknown_input_is_ignored_with_a_reason(channel: Channel[Any], body: str) -> None:
    facts = channel.parse(a_call(body.encode()))
    assert facts
    assert all(isinstance(fact, Ignored) and fact.reason.endswith(".") for fact in facts)


@by_http
@pytest.mark.parametrize("body", NOT_JSON.values(), ids=NOT_JSON)
def test_what_is_not_json_is_unreadable(channel: Channel[Any], body: bytes) -> None:
    with pytest.raises(Unreadable):
        channel.parse(a_call(body))


def _inside(channel: Channel[Any]) -> st.SearchStrategy[Any]:
    """The channel's own fixtures with any JSON in any place of them."""
    fixtures = [
        json.loads(path.read_text()) for path in sorted((HOME / channel.slug / "fixtures").glob("*.json"))
    ]
    return st.tuples(st.sampled_from(fixtures), st.randoms(use_true_random=False), anything).map(_spoilt)


def _spoilt(parts: tuple[Any, Any, Any]) -> Any:
    document, random, value = parts
    document = json.loads(json.dumps(document))
    place = document
    while True:
        steps = list(place) if isinstance(place, dict) else list(range(len(place)))
        if not steps:
            return document
        step = random.choice(steps)
        if not isinstance(place[step], dict | list) or random.random() < 0.2:
            place[step] = value
            return document
        place = place[step]


anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(min_value=10**30)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=[])),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@by_http
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_any_json_is_read_without_an_error(channel: Channel[Any], data: st.DataObject) -> None:
    document = data.draw(anything | _inside(channel))
    for fact in channel.parse(a_call(json.dumps(document).encode())):
        kept = json.dumps(fact.raw, ensure_ascii=False, allow_nan=False)
        assert "\x00" not in kept
        assert "\\u0000" not in kept
        kept.encode()  # fails on half an emoji


@every_channel
def test_a_call_without_a_signature_is_refused(channel: Channel[Any]) -> None:
    with pytest.raises(BadSignature):
        channel.verify(a_call(b"{}"), credentials_of(channel))


# ── out ───────────────────────────────────────────────────────────────────────────────────────────


@by_http
@pytest.mark.parametrize("status", STATUSES)
def test_every_answer_of_a_network_ends_in_a_named_exception(
    channel: Channel[Any], status: int, httpserver: HTTPServer
) -> None:
    for body in ODD_BODIES:
        httpserver.clear()
        httpserver.expect_request(_ANY_PATH).respond_with_data(body, status=status)
        answer = _answer_to_a_send(channel, httpserver.url_for(""))
        assert isinstance(answer, ANSWERS), f"{body!r}: {answer!r}"
        if status < 300 or status >= 500:
            # Nothing says that it was refused, so nobody may try again.
            assert type(answer) is Unconfirmed, f"{body!r}: {answer!r}"


def _answer_to_a_send(channel: Channel[Any], url: str) -> object:
    try:
        return channel.send(a_reply(channel), wire_to(channel, url))
    except Exception as stopped:
        return stopped


@by_http
def test_a_send_that_reached_nobody_is_tried_again(channel: Channel[Any]) -> None:
    with pytest.raises(TryAgain):
        channel.send(a_reply(channel), wire_to(channel, nobody_listens()))


@by_http
def test_a_send_whose_answer_got_lost_is_unconfirmed(channel: Channel[Any]) -> None:
    with hanging_up() as url, pytest.raises(Unconfirmed):
        channel.send(a_reply(channel), wire_to(channel, url))


@by_http
def test_a_test_call_whose_answer_got_lost_is_tried_again(channel: Channel[Any]) -> None:
    if channel.made_here:
        pytest.skip("there is no network to ask")
    with hanging_up() as url, pytest.raises(TryAgain):
        channel.inspect(wire_to(channel, url))


@every_channel
def test_moderating_is_tried_again_when_the_answer_got_lost(channel: Channel[Any]) -> None:
    if not isinstance(channel, contract.Moderates):
        pytest.skip("cannot moderate")
    with hanging_up() as url, pytest.raises(TryAgain):
        channel.like("1_2", liked=True, wire=wire_to(channel, url))


@by_http
@pytest.mark.parametrize("to", ["../../me", "1/2", "1?x=1", "1#x", "%2e%2e", "a b", "é"])
def test_an_id_cannot_change_which_call_is_made(
    channel: Channel[Any], to: str, httpserver: HTTPServer
) -> None:
    taken = {"id": "1", "message_id": "1", "messages": [{"id": "1"}]}
    httpserver.expect_request(_ANY_PATH).respond_with_json(taken)
    try:
        channel.send(a_reply(channel, to=to), wire_to(channel, httpserver.url_for("")))
    except Unconfirmed:
        pass  # not what this network would answer; what was asked is what counts
    except Rejected:
        assert not httpserver.log
        return
    [(request, _)] = httpserver.log
    assert not request.query_string
    assert to not in request.path


# ── abilities, credentials, rights ────────────────────────────────────────────────────────────────


@every_channel
def test_abilities_agree_with_each_other(channel: Channel[Any]) -> None:
    can = channel.abilities
    assert can.replies <= can.receives
    assert can.replies <= set(can.text_limits)
    assert all(limit > 0 for limit in can.text_limits.values())
    assert can.likes | can.hides | can.deletes | can.private_replies <= can.receives
    assert Kind.DIRECT not in can.private_replies
    assert bool(can.private_replies) is bool(can.private_channel)
    if can.private_channel:
        assert Kind.DIRECT in CHANNELS[can.private_channel].abilities.replies
    if can.extended_within and can.reply_within:
        assert can.extended_within > can.reply_within


@every_channel
def test_who_may_like_hide_or_delete_has_the_power_to(channel: Channel[Any]) -> None:
    can = channel.abilities
    if can.hides or can.deletes:
        assert isinstance(channel, contract.Moderates)
    if can.likes:
        assert isinstance(channel, contract.Moderates | contract.Reacts)
    if can.templates_after:
        assert isinstance(channel, contract.HasTemplates)


@by_http
def test_secrets_show_nowhere(channel: Channel[Any], httpserver: HTTPServer) -> None:
    credentials = credentials_of(channel, base_url=httpserver.url_for(""))
    assert PLANTED not in repr(credentials) + str(credentials)
    assert PLANTED not in credentials.model_dump_json()
    # A network that quotes what we sent, as some do.
    quoted = " ".join(value.get_secret_value() for _, value in credentials if isinstance(value, SecretStr))
    said = {"error": {"message": f"Malformed access token {quoted}", "code": 190}, "message": quoted}
    httpserver.expect_request(_ANY_PATH).respond_with_json(said, status=400)
    wire = HttpWire(credentials)
    for attempt in (lambda: channel.send(a_reply(channel), wire), lambda: channel.inspect(wire)):
        with pytest.raises(ANSWERS) as caught:
            attempt()
        assert PLANTED not in repr(caught.value) + str(caught.value) + repr(vars(caught.value))


@every_channel
def test_every_field_of_the_connect_form_explains_itself(channel: Channel[Any]) -> None:
    for name, field in channel.credentials.model_fields.items():
        assert field.title, name
        assert field.description, name
        hidden = any(word in name for word in ("secret", "token", "password", "key"))
        assert hidden is ("SecretStr" in str(field.annotation)), name


@every_channel
def test_every_right_is_explained_in_plain_words(channel: Channel[Any]) -> None:
    for scope in channel.scopes:
        assert scope.allows.endswith(".")
        assert scope.without.endswith(".")
    assert len({scope.name for scope in channel.scopes}) == len(channel.scopes)


@every_channel
def test_asking_what_a_network_holds_costs_nothing_until_it_is_read(channel: Channel[Any]) -> None:
    if not isinstance(channel, contract.Reconciles):
        pytest.skip("cannot be reconciled")
    now = datetime(2026, 10, 3, tzinfo=UTC)
    facts = channel.held(wire_to(channel, nobody_listens()), since=now, until=now)
    with pytest.raises(TryAgain):
        next(facts)
