"""The twin of WhatsApp: what a number hears, what it may send, and how it refuses."""

from __future__ import annotations

import json
from typing import Any

import httpx2
import pytest

from heard.channels.contract import (
    AddressChanged,
    Blank,
    FilledTemplate,
    Happening,
    Hook,
    Incoming,
    Kind,
    Media,
    MessageDeleted,
    MessageEdited,
    MessageIn,
    Outgoing,
    Problem,
    Reaction,
    Receipt,
    ReconnectNeeded,
    Rejected,
    Template,
    TryAgain,
    Unconfirmed,
)
from heard.channels.tests.wire import HttpWire
from heard.channels.whatsapp.channel import WhatsApp
from heard.channels.whatsapp.credentials import WhatsAppCredentials
from heard.sandbox.running import Running
from heard.sandbox.tests.hooks import Receiver

WHATSAPP = WhatsApp()


class Number:
    """The adapter at the twin, with what the hooks brought read into facts."""

    def __init__(self, sandbox: Running, receiver: Receiver) -> None:
        self.sandbox, self.receiver = sandbox, receiver
        self.wire = HttpWire(WhatsAppCredentials.model_validate(sandbox.credentials("whatsapp")))
        receiver.verify_token = self.wire.credentials.verify_token.get_secret_value()

    def facts(self) -> list[Incoming]:
        self.sandbox.settled("whatsapp")
        calls, self.receiver.calls = self.receiver.calls, []
        for headers, body in calls:
            WHATSAPP.verify(Hook("POST", {}, headers, body), self.wire.credentials)
        return [fact for _, body in calls for fact in WHATSAPP.parse(Hook("POST", {}, {}, body))]

    def fact(self) -> Any:
        [fact] = self.facts()
        return fact

    def asked(self, by: str = "jana", **rest: Any) -> MessageIn:
        self.sandbox.say("whatsapp", by=by, text=rest.pop("text", "Hello"), **rest)
        said = self.fact()
        assert isinstance(said, MessageIn)
        return said

    def send(self, to: str, **rest: Any) -> str:
        said = {"kind": Kind.DIRECT, "text": "Hello", "to": to, "token": "out:1"} | rest
        return WHATSAPP.send(Outgoing(**said), self.wire).external_id


@pytest.fixture
def number(sandbox: Running, receiver: Receiver) -> Number:
    made = Number(sandbox, receiver)
    WHATSAPP.subscribe(made.wire, hook_url=receiver.url)
    receiver.calls.clear()
    return made


def test_connecting_shakes_hands_and_tells_who_we_are(number: Number) -> None:
    account = WHATSAPP.inspect(number.wire)
    assert (account.external_id, account.name) == (number.wire.credentials.account, "Acme Shop")
    assert (account.subscribed, account.expires_at) == (True, None)
    WHATSAPP.unsubscribe(number.wire)
    assert WHATSAPP.inspect(number.wire).subscribed is False
    with pytest.raises(Rejected):
        WHATSAPP.subscribe(number.wire, hook_url="http://127.0.0.1:1/")


def test_a_person_is_known_by_id_and_number_or_by_id_alone(number: Number) -> None:
    plain, hidden = number.asked("jana"), number.asked("oto-hidden")
    assert plain.author
    assert hidden.author
    assert len(plain.author.aliases) == 1
    assert (hidden.author.aliases, hidden.author.handle) == ((), "@oto-hidden")


@pytest.mark.parametrize("kind", ["image", "video", "audio", "file", "sticker"])
def test_files_are_fetched_with_our_token(kind: str, number: Number) -> None:
    [media] = number.asked(text="", media=[{"kind": kind}]).media
    assert media.kind == kind
    place = WHATSAPP.locate(media, number.wire)
    assert place is not None
    fetched = httpx2.get(place.url, headers=dict(place.headers), trust_env=False)
    assert fetched.status_code == 200
    assert fetched.headers["content-type"] == media.content_type
    assert httpx2.get(place.url, trust_env=False).status_code == 401
    number.sandbox.clock(301)
    assert httpx2.get(place.url, headers=dict(place.headers), trust_env=False).status_code == 404


def test_a_file_that_nobody_sent_is_nowhere(number: Number) -> None:
    assert WHATSAPP.locate(Media("image", detail={"id": "1"}), number.wire) is None


def test_places_and_contacts_are_words_and_media(number: Number) -> None:
    assert number.asked(text="", media=[{"kind": "location"}]).media[0].kind == "location"
    assert number.asked(text="", media=[{"kind": "contact"}]).note == "contacts"


def test_what_customers_do_to_messages(number: Number) -> None:
    said = number.asked().external_id
    number.sandbox.edit("whatsapp", said, "Hello again")
    edited = number.fact()
    number.sandbox.delete("whatsapp", said)
    deleted = number.fact()
    assert isinstance(edited, MessageEdited)
    assert (edited.external_id, edited.text) == (said, "Hello again")
    assert isinstance(deleted, MessageDeleted)
    assert deleted.external_id == said


def test_an_answer_is_sent_delivered_read_and_liked(number: Number) -> None:
    said = number.asked()
    id = number.send(said.thread, quotes=said.external_id)
    sent, delivered = number.facts()
    number.sandbox.control("whatsapp/read", {"as": "jana"})
    read = number.fact()
    number.sandbox.react("whatsapp", id, by="jana")
    liked = number.fact()
    for receipt, status in ((sent, "sent"), (delivered, "delivered"), (read, "read")):
        assert isinstance(receipt, Receipt)
        assert (receipt.status, receipt.external_ids, receipt.token) == (status, (id,), "out:1")
    assert isinstance(liked, Reaction)
    assert (liked.external_id, liked.emoji) == (id, "👍")
    assert number.sandbox.state("whatsapp")["directs"][-1]["reply_to"] == said.external_id


def test_our_like_is_a_reaction(number: Number) -> None:
    said = number.asked()
    WHATSAPP.react(said.external_id, to=said.thread, liked=True, wire=number.wire)
    assert number.sandbox.state("whatsapp")["directs"][0]["reactions"] == {"": "👍"}
    WHATSAPP.react(said.external_id, to=said.thread, liked=False, wire=number.wire)
    assert number.sandbox.state("whatsapp")["directs"][0]["reactions"] == {}


def test_what_is_written_in_the_app_comes_as_ours(number: Number) -> None:
    said = number.asked()
    number.sandbox.own_app("whatsapp", "From the phone", to="jana")
    echo = number.fact()
    assert isinstance(echo, MessageIn)
    assert (echo.ours, echo.text, echo.to) == (True, "From the phone", said.thread)


def test_who_takes_another_number_is_told_with_both_ids(number: Number) -> None:
    said = number.asked()
    assert said.author
    after = number.sandbox.control("whatsapp/move", {"as": "jana"})
    by_number, by_id = number.facts()
    assert isinstance(by_number, AddressChanged)
    assert isinstance(by_id, AddressChanged)
    assert (by_number.old, by_number.new) == (said.author.aliases[0], after["phone"])
    assert (by_id.old, by_id.new) == (said.thread, after["user_id"])
    with pytest.raises(Rejected) as gone:
        number.send(said.thread)
    assert gone.value.problem is Problem.RECIPIENT_BLOCKED
    assert number.send(after["phone"])


def test_after_a_day_a_free_answer_is_accepted_and_fails(number: Number) -> None:
    said = number.asked()
    number.sandbox.clock(24 * 3600 + 60)
    id = number.send(said.thread)
    failed = number.fact()
    assert isinstance(failed, Receipt)
    assert (failed.status, failed.external_ids) == ("failed", (id,))
    assert "131047" in failed.reason


def test_after_a_day_a_template_goes(number: Number) -> None:
    said = number.asked()
    number.sandbox.clock(24 * 3600 + 60)
    template = next(
        one for one in WHATSAPP.templates(number.wire) if (one.name, one.language) == ("parcel_update", "en")
    )
    assert template.blanks == tuple(Blank("", word, "body") for word in ("Jana", "5521", "Monday"))
    chosen = FilledTemplate(template, ("Jana", "17", "Friday"))
    number.send(said.thread, template=chosen)
    kept = number.sandbox.state("whatsapp")["directs"][-1]
    assert kept["text"] == "Hello Jana, your order 17 is on its way. It arrives on Friday.\n\nAcme Shop"
    assert [getattr(fact, "status", "") for fact in number.facts()] == ["sent", "delivered"]


def test_only_approved_templates_are_offered_and_sent(number: Number) -> None:
    said = number.asked()
    offered = {(one.name, one.language) for one in WHATSAPP.templates(number.wire)}
    assert offered == {("parcel_update", "en"), ("parcel_update", "cs"), ("still_there", "en")}
    number.sandbox.control("whatsapp/template", {"name": "summer_sale"})
    number.sandbox.control("whatsapp/template", {"name": "still_there", "status": "PAUSED"})
    assert ("summer_sale", "en") in {(one.name, one.language) for one in WHATSAPP.templates(number.wire)}
    for name, problem in (("still_there", Problem.PERMISSION), ("nothing", Problem.GONE)):
        chosen = FilledTemplate(Template(name, "en", "{{1}}", blanks=(Blank(place="body"),)), ("Jana",))
        with pytest.raises(Rejected) as caught:
            number.send(said.thread, template=chosen)
        assert caught.value.problem is problem


def test_a_template_wants_all_its_words(number: Number) -> None:
    said = number.asked()
    chosen = FilledTemplate(Template("still_there", "en", "{{1}}"), ())
    with pytest.raises(Rejected) as caught:
        number.send(said.thread, template=chosen)
    assert caught.value.code == "132000"


def test_a_pressed_button_is_a_message(number: Number) -> None:
    said = number.asked()
    id = number.send(said.thread)
    number.facts()
    number.sandbox.control("whatsapp/press", {"id": id, "title": "Yes", "payload": "YES"})
    pressed = number.fact()
    assert isinstance(pressed, MessageIn)
    assert (pressed.text, pressed.note, pressed.parent) == ("Yes", "button YES", id)


@pytest.mark.parametrize(
    ("by", "problem"),
    [
        ("jana-551", Problem.RECIPIENT_BLOCKED),
        ("jana-window", Problem.WINDOW_CLOSED),
        ("jana-429", TryAgain),
        ("jana-190", ReconnectNeeded),
    ],
)
def test_a_handle_asks_for_a_refusal(by: str, problem: Any, number: Number) -> None:
    said = number.asked(by)
    with pytest.raises((Rejected, TryAgain, ReconnectNeeded)) as caught:
        number.send(said.thread)
    assert problem is (caught.value.problem if isinstance(caught.value, Rejected) else caught.type)


def test_sent_and_then_failed(number: Number) -> None:
    said = number.asked("jana-failed")
    number.send(said.thread)
    statuses = [fact.status for fact in number.facts() if isinstance(fact, Receipt)]
    assert statuses == ["sent", "failed"]


@pytest.mark.parametrize(
    ("answer", "raised"),
    [
        (429, TryAgain),
        (500, TryAgain),
        ("token_expired", ReconnectNeeded),
        ("reset_after_accept", Unconfirmed),
    ],
)
def test_faults_end_in_the_right_class(answer: Any, raised: type[Exception], number: Number) -> None:
    said = number.asked()
    number.sandbox.faults("whatsapp", answer=answer, times=1)
    with pytest.raises(raised):
        number.send(said.thread)


def test_too_many_to_one_person_are_held_up(number: Number) -> None:
    said = number.asked()
    for _ in range(45):
        number.send(said.thread)
    with pytest.raises(TryAgain) as caught:
        number.send(said.thread)
    assert caught.value.code == "131056"


def test_a_text_may_have_4096_characters(number: Number) -> None:
    said = number.asked()
    assert number.send(said.thread, text="ž" * 4_096)
    with pytest.raises(Rejected) as caught:
        number.send(said.thread, text="ž" * 4_097)
    assert caught.value.problem is Problem.TOO_LONG


def test_somebody_who_blocked_us_gets_nothing(number: Number) -> None:
    said = number.asked()
    number.sandbox.control("whatsapp/block", {"as": "jana"})
    with pytest.raises(Rejected) as caught:
        number.send(said.thread)
    assert caught.value.problem is Problem.RECIPIENT_BLOCKED


def test_a_dead_token_is_said_and_a_new_one_works(number: Number, receiver: Receiver) -> None:
    number.sandbox.control("whatsapp/revoke", {})
    with pytest.raises(ReconnectNeeded):
        WHATSAPP.inspect(number.wire)
    again = Number(number.sandbox, receiver)
    assert WHATSAPP.inspect(again.wire).name == "Acme Shop"


def test_pages_and_numbers_share_one_host(sandbox: Running, number: Number) -> None:
    page = sandbox.credentials("facebook")
    assert page["base_url"] == number.wire.credentials.base_url
    answer = httpx2.get(
        f"{page['base_url']}/{page['account']}", params={"access_token": page["page_token"]}, trust_env=False
    )
    assert answer.status_code == 200


def test_the_customers_page_shows_the_conversation(sandbox: Running, number: Number) -> None:
    number.asked(text="Where is my parcel?")
    shown = httpx2.get(f"{sandbox.url}/whatsapp", trust_env=False, follow_redirects=True)
    assert shown.status_code == 200
    assert "WhatsApp" in shown.text


def test_account_news_is_a_happening(number: Number, sandbox: Running) -> None:
    change = {"field": "account_update", "value": {"event": "DISABLED_UPDATE"}}
    told = {"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": [change]}]}
    assert sandbox.deliver("whatsapp", json.dumps(told).encode()) == 200
    assert isinstance(number.fact(), Happening)
