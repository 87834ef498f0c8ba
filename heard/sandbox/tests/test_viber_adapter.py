"""Viber's own client library and Heard's own adapter, pointed at the twin: if both are content, it is true."""

from __future__ import annotations

from typing import Any

import pytest
from viberbot import Api, BotConfiguration
from viberbot.api.messages import ContactMessage, KeyboardMessage, PictureMessage, TextMessage
from viberbot.api.messages.data_types.contact import Contact
from viberbot.api.viber_requests import (
    ViberConversationStartedRequest,
    ViberDeliveredRequest,
    ViberMessageRequest,
    ViberSeenRequest,
    ViberSubscribedRequest,
    ViberUnsubscribedRequest,
)

from heard.channels.contract import (
    Happening,
    Hook,
    Ignored,
    Incoming,
    Kind,
    MessageIn,
    Outgoing,
    Problem,
    Receipt,
    ReconnectNeeded,
    Rejected,
    TryAgain,
    Unconfirmed,
)
from heard.channels.tests.wire import HttpWire
from heard.channels.viber.channel import Viber
from heard.channels.viber.credentials import ViberCredentials
from heard.sandbox.running import Running
from heard.sandbox.tests.hooks import Receiver

VIBER = Viber()
Wire = HttpWire[ViberCredentials]


@pytest.fixture
def wire(sandbox: Running, receiver: Receiver) -> Wire:
    wire = HttpWire(ViberCredentials.model_validate(sandbox.credentials("viber") | {"welcome": "Dobrý den"}))
    VIBER.subscribe(wire, hook_url=receiver.url)
    return wire


@pytest.fixture
def api(sandbox: Running) -> Api:
    mine = sandbox.credentials("viber")
    made = Api(BotConfiguration(name="Acme", avatar="", auth_token=mine["auth_token"]))
    made._request_sender._viber_bot_api_url = mine["base_url"]
    return made


def _facts(wire: Wire, receiver: Receiver) -> list[Incoming]:
    facts: list[Incoming] = []
    for headers, body in list(receiver.calls):
        hook = Hook("POST", {}, headers, body)
        VIBER.verify(hook, wire.credentials)
        facts += VIBER.parse(hook)
    return facts


def _message(to: str, text: str = "Hello") -> Outgoing:
    return Outgoing(kind=Kind.DIRECT, text=text, to=to, token="hd:1")


def _address(sandbox: Running) -> str:
    return str(sandbox.state("viber")["directs"][-1]["address"])


# ── Heard's adapter ──


def test_nothing_that_the_twin_sends_is_ignored(sandbox: Running, receiver: Receiver, wire: Wire) -> None:
    sandbox.control("viber/open", {"as": "jana"})
    for kind in ("image", "video", "audio", "file", "sticker", "contact", "location", "link"):
        sandbox.say("viber", by="jana", media=[{"kind": kind}])
    VIBER.send(_message(_address(sandbox)), wire)
    sandbox.control("viber/read", {"as": "jana"})
    sandbox.control("viber/client_status", {"as": "jana"})
    sandbox.control("viber/block", {"as": "jana"})
    sandbox.settled("viber")
    facts = _facts(wire, receiver)
    assert not [fact for fact in facts if isinstance(fact, Ignored)]
    kinds = [one.kind for fact in facts if isinstance(fact, MessageIn) for one in fact.media]
    assert kinds == ["image", "video", "audio", "file", "sticker", "location", "link"]
    assert [fact.status for fact in facts if isinstance(fact, Receipt)] == ["delivered", "read"]
    assert [fact.name for fact in facts if isinstance(fact, Happening)] == [
        "webhook_checked",
        "conversation_started",
        "subscribed",
        "unsubscribed",
    ]


def test_what_is_sent_stands_at_the_network(sandbox: Running, wire: Wire) -> None:
    sandbox.say("viber", by="jana", text="Hi")
    sent = VIBER.send(_message(_address(sandbox), "Dobrý den 👋"), wire)
    answer = sandbox.state("viber")["directs"][-1]
    assert (answer["id"], answer["text"], answer["token"]) == (sent.external_id, "Dobrý den 👋", "hd:1")
    assert answer["kept"]["sender"] == "Acme Shop"


def test_refusals_have_their_problem(sandbox: Running, wire: Wire) -> None:
    refusals = (("jana-551", 9, Problem.RECIPIENT_BLOCKED), ("jana-window", 9, Problem.WINDOW_CLOSED))
    for by, length, problem in (*refusals, ("jana", 7_001, Problem.TOO_LONG)):
        sandbox.say("viber", by=by, text="Hi")
        with pytest.raises(Rejected) as caught:
            VIBER.send(_message(_address(sandbox), "x" * length), wire)
        assert caught.value.problem is problem
    VIBER.send(_message(_address(sandbox), "x" * 7_000), wire)


def test_bad_days_end_in_one_honest_answer(sandbox: Running, wire: Wire) -> None:
    sandbox.say("viber", by="jana", text="Hi")
    days: list[tuple[Any, type[Exception]]] = [
        (429, TryAgain),
        (500, Unconfirmed),
        ("reset_after_accept", Unconfirmed),
        ("token_expired", ReconnectNeeded),
        ("blocked", Rejected),
    ]
    for answer, error in days:
        sandbox.faults("viber", answer=answer, times=1)
        with pytest.raises(error):
            VIBER.send(_message(_address(sandbox)), wire)
        VIBER.send(_message(_address(sandbox)), wire)


def test_the_account_and_a_person_are_told(sandbox: Running, wire: Wire) -> None:
    account = VIBER.inspect(wire)
    assert (account.external_id, account.subscribed) == (sandbox.state("viber")["account"], True)
    sandbox.say("viber", by="petros", text="Γεια")
    person = VIBER.profile(_address(sandbox), wire)
    assert person is not None
    assert person.name == "Πέτρος Παπαδόπουλος"
    VIBER.unsubscribe(wire)
    assert not VIBER.inspect(wire).subscribed


def test_the_welcome_is_shown_to_whoever_looks(sandbox: Running, receiver: Receiver, wire: Wire) -> None:
    def says(body: bytes) -> bytes:
        answer = VIBER.answer(Hook("POST", {}, {}, body), wire.credentials)
        return answer.body if answer else b""

    receiver.says = says
    sandbox.control("viber/open", {"as": "jana"})
    sandbox.settled("viber")
    [welcome] = sandbox.state("viber")["directs"]
    assert (welcome["text"], welcome["from_page"], welcome["by"]) == ("Dobrý den", True, "welcome")


# ── the network's own client ──


def test_the_official_client_sends(sandbox: Running, wire: Wire, api: Api) -> None:
    sandbox.say("viber", by="jana", text="Hi")
    keyboard = {"Type": "keyboard", "Buttons": [{"ActionBody": "yes", "Text": "Yes"}]}
    messages = [
        TextMessage(text="Hello", tracking_data="t1", keyboard=keyboard),
        PictureMessage(media="https://x.example/a.jpg", text="A mug"),
        ContactMessage(contact=Contact(name="Oto", phone_number="+359888123456")),
    ]
    tokens = api.send_messages(_address(sandbox), messages)
    said = sandbox.state("viber")["directs"][1:]
    assert [int(one["id"]) for one in said] == tokens
    assert said[0]["buttons"] == [{"title": "Yes", "payload": "yes"}]
    assert [one["kind"] for one in said[1]["media"] + said[2]["media"]] == ["image", "contact"]
    with pytest.raises(Exception, match="failed with status: 5"):
        api.send_messages("nobody", [TextMessage(text="x")])
    api.send_messages(_address(sandbox), KeyboardMessage(keyboard=keyboard, tracking_data="t2"))


def test_the_official_client_asks(sandbox: Running, wire: Wire, api: Api) -> None:
    sandbox.say("viber", by="jana", text="Hi")
    assert api.get_account_info()["name"] == "Acme Shop"
    assert api.get_user_details(_address(sandbox))["name"] == "Jana Kovářová"
    assert api.get_online([_address(sandbox)])[0]["online_status"] == 0


def test_the_official_client_reads_the_hooks(sandbox: Running, receiver: Receiver, api: Api) -> None:
    types = api.set_webhook(receiver.url, webhook_events=["delivered", "seen", "conversation_started"])
    assert types == ["delivered", "seen", "conversation_started"]
    receiver.wait(1)
    receiver.calls.clear()
    sandbox.control("viber/open", {"as": "jana"})
    sandbox.say("viber", by="jana", media=[{"kind": "image"}])
    api.send_messages(_address(sandbox), TextMessage(text="Hello"))
    sandbox.control("viber/read", {"as": "jana"})
    sandbox.control("viber/block", {"as": "jana"})
    sandbox.settled("viber")
    read = []
    for headers, body in receiver.calls:
        assert api.verify_signature(body, headers["x-viber-content-signature"])
        read.append(type(api.parse_request(body)))
    assert read == [
        ViberConversationStartedRequest,
        ViberSubscribedRequest,
        ViberMessageRequest,
        ViberDeliveredRequest,
        ViberSeenRequest,
        ViberUnsubscribedRequest,
    ]
