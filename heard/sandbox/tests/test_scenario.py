"""Customers who write by themselves, and a past that is made up."""

from __future__ import annotations

import time
from collections import Counter
from typing import Any

from heard.channels.registry import channel
from heard.channels.tests.wire import HttpWire
from heard.sandbox.address import Address
from heard.sandbox.clock import Clock
from heard.sandbox.delivery.engine import Engine
from heard.sandbox.ground import Ground
from heard.sandbox.meta import seed
from heard.sandbox.meta.hooks import prepare
from heard.sandbox.meta.network import Network
from heard.sandbox.meta.things import Subscription
from heard.sandbox.persons import KNOWN, Cast
from heard.sandbox.running import Running
from heard.sandbox.scenario.lively import Lively
from heard.sandbox.scenario.story import LATELY_S
from heard.sandbox.scenario.texts import texts
from heard.sandbox.storage import Storage
from heard.sandbox.tests.graph import Graph
from heard.sandbox.tests.hooks import Receiver


def _network(*, connected: bool = True) -> Network:
    storage, clock = Storage(None), Clock()
    engine = Engine(storage, clock)
    network = Network(Ground(storage, clock, Address("http://sandbox"), engine, Cast(storage)))
    for slug in ("facebook", "messenger"):
        engine.serve(slug, prepare(network))
    seed.seed(network)
    if connected:
        for app in network.apps.values():
            app.subscriptions["page"] = Subscription("http://127.0.0.1:1/hook", ["feed", "messages"])
    return network


def test_there_are_texts_in_five_languages_for_people_who_speak_them() -> None:
    languages = Counter(text.language for text in texts().texts)
    assert set(languages) == {"cs", "el", "sl", "hu", "en"}
    assert min(languages.values()) >= 10
    assert set(languages) <= {person.language for person in KNOWN.values()}
    assert set(texts().thanks) == set(texts().answers) == set(languages)


def test_customers_write_add_thank_and_are_the_same_for_the_same_seed() -> None:
    seen = []
    for _ in range(2):
        network = _network()
        lively = Lively(network, seed=4)
        for _ in range(120):
            lively.step()
        seen.append(sorted(comment.text for comment in network.comments.values()))
        kinds = Counter(type(written).__name__ for written, _ in lively._open)
        assert len(kinds) > 1
    assert seen[0] == seen[1]
    assert len(seen[0]) > 20


def test_customers_wait_while_nobody_listens() -> None:
    network = _network(connected=False)
    Lively(network).step()
    assert not network.comments
    assert not network.directs


def test_a_story_happens_in_the_past_and_in_order(
    sandbox: Running, receiver: Receiver, facebook: Graph
) -> None:
    assert sandbox.state("facebook")["comments"] == []
    assert sandbox.control("story", {"days": 5, "seed": 2})["written"] == 40
    state = sandbox.settled("facebook")
    directs = sandbox.state("messenger")["directs"]
    times = [comment["at"] for comment in state["comments"]]
    assert times == sorted(times)
    assert times[-1] - times[0] > 2 * 86400
    assert any(comment["by_page"] for comment in state["comments"])
    assert directs
    told = {value.get("comment_id") for value in receiver.values("comment")}
    assert {comment["id"] for comment in state["comments"]} <= told
    created = [value["created_time"] for value in receiver.values("comment") if value["verb"] == "add"]
    assert min(created) < times[-1] - 86400


def test_customers_write_wherever_heard_is_connected(sandbox: Running, receiver: Receiver) -> None:
    for slug in ("whatsapp", "viber", "telegram"):
        given = sandbox.credentials(slug)
        receiver.verify_token = given.get("verify_token", "")
        wire: HttpWire[Any] = HttpWire(channel(slug).credentials.model_validate(given))
        channel(slug).subscribe(wire, hook_url=receiver.url)
    before = time.time()

    sandbox.control("story", {"days": 8, "seed": 2})

    for slug in ("whatsapp", "viber", "telegram"):
        sandbox.settled(slug)
        state = sandbox.state(slug)
        said = [one for one in state["directs"] if one["at"] < before]
        assert said, slug
        assert min(one["at"] for one in said) > before - LATELY_S - 60
    assert sandbox.state("instagram")["directs"] == []


def test_a_quiet_story_is_told_to_nobody(sandbox: Running, receiver: Receiver, facebook: Graph) -> None:
    sandbox.control("story", {"days": 2, "quiet": True})
    assert sandbox.state("facebook")["deliveries"]["pending"] == 0
    assert receiver.calls == []
