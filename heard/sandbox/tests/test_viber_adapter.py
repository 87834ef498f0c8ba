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
    MessageIn,
    Problem,
    Receipt,
    ReconnectNeeded,
    Rejected,
    TryAgain,
    Unconfirmed,
)
from heard.channels.viber.channel import Viber
from heard.sandbox.running import Running
from heard.sandbox.tests.hooks import Receiver
from heard.sandbox.tests.talking import Talking

VIBER = Viber()


@pytest.fixture
def viber(sandbox: Running, receiver: Receiver) -> Talking:
    return Talking(sandbox, receiver, VIBER, welcome="Dobrý den")


@pytest.fixture
def api(sandbox: Running) -> Api:
    mine = sandbox.credentials("viber")
    made = Api(BotConfiguration(name="Acme", avatar="", auth_token=mine["auth_token"]))
    made._request_sender._viber_bot_api_url = mine["base_url"]
    return made


# ── Heard's adapter ──


def test_nothing_that_the_twin_sends_is_ignored(sandbox: Running, viber: Talking) -> None:
    sandbox.control("viber/open", {"as": "jana"})
    for kind in ("image", "video", "audio", "file", "sticker", "contact", "location", "link"):
        sandbox.say("viber", by="jana", media=[{"kind": kind}])
    viber.send()
    sandbox.control("viber/read", {"as": "jana"})
    sandbox.control("viber/client_status", {"as": "jana"})
    sandbox.control("viber/block", {"as": "jana"})
    facts = viber.facts()
    kinds = [one.kind for fact in facts if isinstance(fact, MessageIn) for one in fact.media]
    assert kinds == ["image", "video", "audio", "file", "sticker", "location", "link"]
    assert [fact.status for fact in facts if isinstance(fact, Receipt)] == [
        *("delivered", "delivered", "read", "read"),  # the welcome has its receipts, too
    ]
    assert [fact.name for fact in facts if isinstance(fact, Happening)] == [
        "webhook_checked",
        "conversation_started",
        "subscribed",
        "unsubscribed",
    ]


def test_what_is_sent_stands_at_the_network(sandbox: Running, viber: Talking) -> None:
    sandbox.say("viber", by="jana", text="Hi")
    sent = viber.send("Dobrý den 👋")
    answer = viber.directs()[-1]
    assert (answer["id"], answer["text"], answer["token"]) == (sent.external_id, "Dobrý den 👋", "hd:1")
    assert answer["kept"]["sender"] == "Acme Shop"


def test_refusals_have_their_problem(sandbox: Running, viber: Talking) -> None:
    refusals = (("jana-551", 9, Problem.RECIPIENT_BLOCKED), ("jana-window", 9, Problem.WINDOW_CLOSED))
    for by, length, problem in (*refusals, ("jana", 7_001, Problem.TOO_LONG)):
        sandbox.say("viber", by=by, text="Hi")
        with pytest.raises(Rejected) as caught:
            viber.send("x" * length)
        assert caught.value.problem is problem
    viber.send("x" * 7_000)


def test_bad_days_end_in_one_honest_answer(sandbox: Running, viber: Talking) -> None:
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
            viber.send()
        viber.send()


def test_the_account_and_a_person_are_told(sandbox: Running, viber: Talking) -> None:
    account = VIBER.inspect(viber.wire)
    assert (account.external_id, account.subscribed) == (sandbox.state("viber")["account"], True)
    sandbox.say("viber", by="petros", text="Γεια")
    person = VIBER.profile(viber.address(), viber.wire)
    assert person is not None
    assert person.name == "Πέτρος Παπαδόπουλος"
    VIBER.unsubscribe(viber.wire)
    assert not VIBER.inspect(viber.wire).subscribed


def test_the_welcome_is_shown_to_whoever_looks(sandbox: Running, viber: Talking) -> None:
    sandbox.control("viber/open", {"as": "jana"})
    sandbox.settled("viber")
    [welcome] = viber.directs()
    assert (welcome["text"], welcome["from_page"], welcome["by"]) == ("Dobrý den", True, "welcome")


# ── the network's own client ──


def test_the_official_client_sends(sandbox: Running, viber: Talking, api: Api) -> None:
    sandbox.say("viber", by="jana", text="Hi")
    keyboard = {"Type": "keyboard", "Buttons": [{"ActionBody": "yes", "Text": "Yes"}]}
    messages = [
        TextMessage(text="Hello", tracking_data="t1", keyboard=keyboard),
        PictureMessage(media="https://x.example/a.jpg", text="A mug"),
        ContactMessage(contact=Contact(name="Oto", phone_number="+359888123456")),
    ]
    tokens = api.send_messages(viber.address(), messages)
    said = viber.directs()[1:]
    assert [int(one["id"]) for one in said] == tokens
    assert said[0]["buttons"] == [{"title": "Yes", "payload": "yes"}]
    assert [one["kind"] for one in said[1]["media"] + said[2]["media"]] == ["image", "contact"]
    with pytest.raises(Exception, match="failed with status: 5"):
        api.send_messages("nobody", [TextMessage(text="x")])
    api.send_messages(viber.address(), KeyboardMessage(keyboard=keyboard, tracking_data="t2"))


def test_the_official_client_asks(sandbox: Running, viber: Talking, api: Api) -> None:
    sandbox.say("viber", by="jana", text="Hi")
    assert api.get_account_info()["name"] == "Acme Shop"
    assert api.get_user_details(viber.address())["name"] == "Jana Kovářová"
    assert api.get_online([viber.address()])[0]["online_status"] == 0


def test_the_official_client_reads_the_hooks(
    sandbox: Running, receiver: Receiver, viber: Talking, api: Api
) -> None:
    types = api.set_webhook(receiver.url, webhook_events=["delivered", "seen", "conversation_started"])
    assert types == ["delivered", "seen", "conversation_started"]
    receiver.says = lambda body: b""
    receiver.calls.clear()
    sandbox.control("viber/open", {"as": "jana"})
    sandbox.say("viber", by="jana", media=[{"kind": "image"}])
    api.send_messages(viber.address(), TextMessage(text="Hello"))
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
