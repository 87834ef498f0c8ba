from __future__ import annotations

from datetime import timedelta

import pytest

from heard.channels.contract import Button
from heard.kept_files import path_of
from heard.outbox.models import Dispatch
from heard.publishing.tests.paper import a_png
from heard.tickets.delivery import cancel, mark_failed, mark_sent, send_again
from heard.tickets.draft import place_of
from heard.tickets.models import Attachment, Delivery, Message, Ticket
from heard.tickets.reply import NoSuchFile, ReplyStopped, reply
from heard.uploads.models import UploadedFile
from heard.uploads.upload import upload
from heard.workspaces.models import Agent
from tests.cast import NOON, Network, reloaded

LATER = NOON + timedelta(hours=1)
pytestmark = pytest.mark.django_db


def uploaded(by: Agent, name: str = "door.png", content: bytes = b"", alt: str = "") -> int:
    return upload(name=name, content=content or a_png(), by=by, now=LATER, alt=alt).pk


def asked(network: Network, text: str = "Where is my parcel?") -> Ticket:
    return network.ticket(network.direct(text))


def replies(ticket: Ticket) -> list[Message]:
    return list(ticket.messages.filter(direction="out").order_by("pk"))


def codes(stopped: pytest.ExceptionInfo[ReplyStopped]) -> list[str]:
    return [one.code for one in stopped.value.findings]


def test_words_and_files_go_as_messages_of_their_own_where_the_network_wants_that(
    messenger: Network, bea: Agent
) -> None:
    ticket = asked(messenger)
    files = [uploaded(bea, alt="The door"), uploaded(bea, "price list.pdf", b"%PDF-1.4 prices")]

    first = reply(ticket, text="Look here.", files=files, by=bea, now=LATER)

    words, picture, document = replies(ticket)
    assert first == words
    assert (words.text, words.part_of, words.attachments.count()) == ("Look here.", None, 0)
    assert [one.part_of for one in (picture, document)] == [words, words]
    [door], [prices] = picture.attachments.all(), document.attachments.all()
    assert (door.kind, door.state, door.detail["alt"]) == ("image", Attachment.State.STORED, "The door")
    assert (prices.kind, prices.name, prices.content_type) == ("file", "price list.pdf", "application/pdf")
    assert path_of(str(door.key)).read_bytes() == a_png()
    assert len({words.token, picture.token, document.token}) == 3
    assert Dispatch.objects.filter(action="send", state="queued").count() == 3
    assert not UploadedFile.objects.exists()
    assert not reloaded(ticket).is_open


def test_a_picture_speaks_for_itself(messenger: Network, bea: Agent) -> None:
    message = reply(asked(messenger), text="", files=[uploaded(bea)], by=bea, now=LATER)

    assert (message.text, message.attachments.count()) == ("", 1)


def test_a_public_answer_is_one_message_with_its_picture(facebook: Network, bea: Agent) -> None:
    ticket = facebook.ticket(facebook.comment("Where are you?"))

    message = reply(ticket, text="Here.", files=[uploaded(bea)], by=bea, now=LATER)

    assert (message.text, message.attachments.count(), len(replies(ticket))) == ("Here.", 1, 1)


def test_what_the_network_does_not_take_is_stopped_with_a_reason(
    facebook: Network, messenger: Network, bea: Agent
) -> None:
    comment = facebook.ticket(facebook.comment("Where are you?"))
    one, two = uploaded(bea), uploaded(bea)
    document = uploaded(bea, "prices.pdf", b"%PDF-1.4 prices")

    with pytest.raises(ReplyStopped) as stopped:
        reply(comment, text="Here.", files=[one, two], by=bea, now=LATER)
    assert codes(stopped) == ["files.many"]
    with pytest.raises(ReplyStopped) as stopped:
        reply(comment, text="Here.", files=[document], by=bea, now=LATER)
    assert codes(stopped) == ["files.kind"]
    with pytest.raises(ReplyStopped) as stopped:
        reply(comment, text="Here.", files=[one], private=True, by=bea, now=LATER)
    assert codes(stopped) == ["files.or_text"]
    UploadedFile.objects.filter(pk=one).update(size=9 * 1024 * 1024)
    with pytest.raises(ReplyStopped) as stopped:
        reply(asked(messenger), text="", files=[one], by=bea, now=LATER)
    assert codes(stopped) == ["files.size"]
    assert UploadedFile.objects.count() == 3, "nothing is lost by being stopped"


def test_files_of_others_and_files_sent_before_are_not_there(
    messenger: Network, bea: Agent, oto: Agent, cyril: Agent
) -> None:
    ticket, mine = asked(messenger), uploaded(bea)
    reply(ticket, text="", files=[mine], by=bea, now=LATER)

    for file in (mine, uploaded(oto), uploaded(cyril)):
        with pytest.raises(NoSuchFile):
            reply(ticket, text="Look.", files=[file], by=bea, now=LATER)


def test_half_an_answer_is_none(messenger: Network, bea: Agent) -> None:
    ticket = asked(messenger)
    reply(ticket, text="Look here.", files=[uploaded(bea)], by=bea, now=LATER)
    words, picture = replies(ticket)
    mark_sent(words, external_id="m_1", now=LATER)

    mark_failed(picture, problem="media_rejected", reason="Too blurred", now=LATER)
    assert reloaded(ticket).is_open

    send_again(picture, by=bea, now=LATER)
    assert not reloaded(ticket).is_open
    assert reloaded(words).delivery == Delivery.SENT


def test_what_follows_a_part_that_failed_does_not_go_alone(messenger: Network, bea: Agent) -> None:
    ticket = asked(messenger)
    reply(ticket, text="Look here.", files=[uploaded(bea)], by=bea, now=LATER)
    words, picture = replies(ticket)

    mark_failed(words, problem="invalid", reason="No", now=LATER)
    assert reloaded(picture).delivery == Delivery.FAILED
    assert reloaded(ticket).is_open

    send_again(words, by=bea, now=LATER)
    assert reloaded(ticket).is_open, "the picture is still missing"
    send_again(picture, by=bea, now=LATER)
    assert not reloaded(ticket).is_open


def test_taking_back_takes_all_of_it_back_and_returns_the_files(messenger: Network, bea: Agent) -> None:
    ticket = asked(messenger)
    reply(ticket, text="Look here.", files=[uploaded(bea, alt="Door")], by=bea, now=LATER)
    words, picture = replies(ticket)

    cancel(picture, by=bea, now=LATER)

    assert {reloaded(one).delivery for one in (words, picture)} == {Delivery.CANCELLED}
    assert reloaded(ticket).is_open
    [back] = UploadedFile.objects.all()
    assert (back.place, back.alt, back.agent) == (place_of(ticket, "private"), "Door", bea)
    reply(ticket, text="Look here.", files=[back.pk], by=bea, now=LATER + timedelta(minutes=1))
    assert path_of(str(back.key)).exists()


def test_buttons_stand_under_the_last_words(messenger: Network, bea: Agent) -> None:
    ticket = asked(messenger)
    buttons = [Button("Yes"), Button("No")]

    reply(ticket, text="Is it this one?", files=[uploaded(bea)], buttons=buttons, by=bea, now=LATER)

    picture, words = replies(ticket)
    assert picture.attachments.count() == 1
    assert [one["label"] for one in words.buttons] == ["Yes", "No"]


@pytest.mark.parametrize(
    ("text", "buttons", "code"),
    [
        ("Which?", [Button(str(number)) for number in range(14)], "buttons.many"),
        ("Which?", [Button("x" * 21)], "buttons.long"),
        ("Which?", [Button("Yes"), Button("yes ")], "buttons.twice"),
        ("Which?", [Button("Site", url="https://acme.example")], "buttons.link"),
        ("Which?", [Button(" ")], "buttons.label"),
    ],
)
def test_buttons_that_the_network_does_not_take_are_stopped(
    messenger: Network, bea: Agent, text: str, buttons: list[Button], code: str
) -> None:
    with pytest.raises(ReplyStopped) as stopped:
        reply(asked(messenger), text=text, buttons=buttons, by=bea, now=LATER)
    assert codes(stopped) == [code]


def test_there_are_no_buttons_in_public(facebook: Network, bea: Agent) -> None:
    ticket = facebook.ticket(facebook.comment("Where are you?"))
    with pytest.raises(ReplyStopped) as stopped:
        reply(ticket, text="Which?", buttons=[Button("Yes")], by=bea, now=LATER)
    assert codes(stopped) == ["buttons.none"]
