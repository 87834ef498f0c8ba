from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from heard.channels.contract import ReconnectNeeded, TryAgain
from heard.channels.email import imap
from heard.channels.email.credentials import EmailCredentials
from heard.channels.email.tests.conftest import mail_credentials
from heard.channels.tests.servers import nobody_listens
from heard.channels.tests.wire import HttpWire
from tests.mailboxes import Dovecot, needs_dovecot

pytestmark = needs_dovecot()
Wire = HttpWire[EmailCredentials]
_boxes = iter(range(20))


@pytest.fixture
def address() -> str:
    """A mailbox that nobody has used."""
    return f"box{next(_boxes)}@acme.example"


@pytest.fixture
def box(mailboxes: Dovecot, address: str) -> Wire:
    return HttpWire(mail_credentials(mailboxes.port, 1, account=address))


def a_mail(number: int, text: str = "Hello") -> bytes:
    return f"From: jana@home.example\r\nMessage-ID: <{number}@home>\r\n\r\n{text}\r\n".encode()


def test_each_mail_comes_once_and_stays_unread(mailboxes: Dovecot, box: Wire, address: str) -> None:
    mailboxes.deliver(address, a_mail(1))
    first = imap.poll(box, cursor={})
    mailboxes.deliver(address, a_mail(2))
    second = imap.poll(box, cursor=first.cursor)
    third = imap.poll(box, cursor=second.cursor)

    assert [hook.body for hook in first.calls] == [a_mail(1)]
    assert [hook.body for hook in second.calls] == [a_mail(2)]
    assert third.calls == []
    assert first.calls[0].headers["x-mailbox"] == address
    assert datetime.fromisoformat(first.calls[0].headers["x-received-at"]) <= datetime.now(UTC)
    flags = [path.name.rpartition(":2,")[2] for path in Path(mailboxes.home / "mail" / address).glob("cur/*")]
    assert "S" not in "".join(flags)


def test_many_mails_come_in_several_looks(
    mailboxes: Dovecot, box: Wire, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imap, "MOST_MAILS", 4)
    for number in range(10):
        mailboxes.deliver(address, a_mail(number))

    bodies, cursor, more = [], dict[str, str](), True
    while more:
        polled = imap.poll(box, cursor=cursor)
        bodies += [hook.body for hook in polled.calls]
        cursor, more = dict(polled.cursor), polled.more

    assert bodies == [a_mail(number) for number in range(10)]


def test_when_uids_lose_their_meaning_the_last_days_are_read_again(
    mailboxes: Dovecot, box: Wire, address: str
) -> None:
    mailboxes.deliver(address, a_mail(1))
    before = imap.poll(box, cursor={})
    mailboxes.forget_uids(address)
    mailboxes.deliver(address, a_mail(2))
    after = imap.poll(box, cursor=before.cursor)

    assert [hook.body for hook in after.calls] == [a_mail(1), a_mail(2)]
    assert after.cursor["uidvalidity"] != before.cursor["uidvalidity"]
    assert imap.poll(box, cursor=after.cursor).calls == []


def test_of_a_mail_that_is_too_large_only_the_headers_come(
    mailboxes: Dovecot, box: Wire, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imap, "LARGEST", 2000)
    mailboxes.deliver(address, a_mail(1, "x" * 5000))
    [hook] = imap.poll(box, cursor={}).calls

    assert int(hook.headers["x-too-large"]) > 5000
    assert b"Message-ID: <1@home>" in hook.body
    assert b"xxx" not in hook.body


def test_a_wrong_password_wants_a_person(mailboxes: Dovecot, address: str) -> None:
    wrong = mail_credentials(mailboxes.port, 1, account=address, password=SecretStr("not the password"))
    with pytest.raises(ReconnectNeeded) as refused:
        imap.probe(HttpWire(wrong))
    assert "not the password" not in refused.value.reason


def test_a_folder_that_is_not_there_wants_a_person(mailboxes: Dovecot, address: str) -> None:
    with pytest.raises(ReconnectNeeded):
        imap.probe(HttpWire(mail_credentials(mailboxes.port, 1, account=address, folder='No "such" one')))


def test_a_server_that_is_away_or_no_mail_server_is_tried_again(mailboxes: Dovecot) -> None:
    port = int(nobody_listens().rpartition(":")[2].split("/")[0])
    with pytest.raises(TryAgain):
        imap.probe(HttpWire(mail_credentials(port, 1)))


def test_waiting_ends_when_something_comes(mailboxes: Dovecot, box: Wire, address: str) -> None:
    news = imap.wait(box, longest=timedelta(seconds=30))
    assert next(news) is True  # what came before rang for nobody
    later = threading.Timer(0.3, mailboxes.deliver, [address, a_mail(1)])
    later.start()
    assert any(news)
    later.join()


def test_a_connection_that_lasts_too_long_is_ended(mailboxes: Dovecot, box: Wire) -> None:
    with pytest.raises(TryAgain):
        _wait_for_ever(box, seconds=0.5)


def _wait_for_ever(box: Wire, *, seconds: float) -> None:
    with imap.signed_in(box, seconds=seconds) as client:
        client.send(b"A IDLE\r\n")
        while client.readline():
            pass
        client.noop()
