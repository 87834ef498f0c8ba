"""Mail services call over real HTTP: what was answered with 200 is stored, once, as a mail of its mailbox."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable
from contextlib import suppress

import pytest
from django.db import connection
from django.utils import timezone
from pytest_httpserver import HTTPServer

from heard.channels.contract import Hook, MessageIn
from heard.channels.registry import channel
from heard.inboxes.models import InboxHealth, InboxSecret
from heard.ingest.models import LedgerLine, RawCall
from heard.mail_hooks import carriers, views
from heard.mail_hooks.tests import conftest as calls
from heard.mail_hooks.tests.conftest import FILE, RAW, SECRET, TEXT, Call, Mailbox
from heard.tickets.models import Attachment, Message
from tests import calls as intake
from tests.cast import reloaded

IN_FIELDS = {
    "mailgun": calls.mailgun,
    "postmark": calls.postmark,
    "sendgrid": calls.sendgrid,
    "brevo": calls.brevo,
}
WHOLE = {
    "mailgun": calls.mailgun_whole,
    "mailgun, without parts": calls.mailgun_without_parts,
    "sendgrid": calls.sendgrid_whole,
    "amazon": calls.amazon,
}
EACH = {**IN_FIELDS, **WHOLE}
Made = Callable[..., Mailbox]


def carrier_of(kind: str) -> str:
    return kind.partition(",")[0]


def taken_in() -> Message:
    intake.take_all(now=timezone.now())
    return Message.objects.get()


def fact() -> MessageIn:
    call = RawCall.objects.get()
    [told] = channel("email").parse(Hook("POST", {}, call.headers, bytes(call.body)))
    assert isinstance(told, MessageIn)
    return told


@pytest.mark.parametrize("kind", IN_FIELDS)
def test_a_mail_in_fields_becomes_the_message_that_it_was(kind: str, mailbox: Made) -> None:
    box = mailbox(carrier_of(kind))

    assert box.called(IN_FIELDS[kind]()) == 200

    message = taken_in()
    assert message.inbox == box.inbox
    assert message.external_id == "fields-1@home.example"
    assert message.text.strip() == TEXT
    told = fact()
    assert told.author is not None
    assert (told.author.name, told.author.address) == ("Γιώργος", "george@home.example")
    assert (told.subject, "<b>" in told.html) == ("Πού είναι το δέμα;", True)
    if kind != "brevo":
        [file] = Attachment.objects.all()
        assert (file.name, file.content_type) == ("photo.png", "image/png")
        call = RawCall.objects.get()
        network = channel("email")
        hook = Hook("POST", {}, call.headers, bytes(call.body))
        assert network.part(hook, fact().media[0]) == FILE  # type: ignore[attr-defined]


@pytest.mark.parametrize("kind", WHOLE)
def test_a_whole_mail_is_stored_byte_by_byte(kind: str, mailbox: Made) -> None:
    box = mailbox(carrier_of(kind), trusted_hosts="mx.acme.example")

    assert box.called(WHOLE[kind]()) == 200

    call = RawCall.objects.get()
    assert bytes(call.body) == RAW
    assert call.headers["x-mailbox"] == "support@acme.example"
    assert call.headers["x-trusted-hosts"] == "mx.acme.example"
    assert taken_in().text.strip() == "Πού είναι το δέμα;"


def test_without_the_secret_nothing_is_stored_and_it_is_counted(mailbox: Made) -> None:
    for kind in EACH:
        box = mailbox(carrier_of(kind))
        call = EACH[kind]("key-of-somebody-else")

        assert box.called(call) == 401, kind
        bare = {name: value for name, value in call.headers.items() if name != "Authorization"}
        assert box.called(Call(call.body.replace(b"signature", b"unsigned!"), call.content_type, bare)) == 401
        assert box.called(Call(b"", call.content_type, bare)) == 401

        # Amazon names its password only when it is asked: no attempt of a stranger.
        counted = InboxHealth.objects.get(inbox=box.inbox).bad_signatures
        assert counted == (1 if kind == "amazon" else 3), kind
    assert not RawCall.objects.exists()


def test_a_repeated_call_is_one_message(mailbox: Made) -> None:
    """Also where the mail has no name of its own and the call is signed anew."""
    box = mailbox("mailgun")
    nameless = json.dumps([pair for pair in calls.HEADERS if pair[0] != "Message-Id"])

    for token in ("a" * 50, "b" * 50):
        told = {"message-headers": nameless, "body-plain": TEXT, "attachment-count": "1"}
        call = calls.form({**told, **calls.signed(token)}, {"attachment-1": ("a.png", "image/png", FILE)})
        assert box.called(call) == 200

    assert RawCall.objects.count() == 2
    assert taken_in().text.strip() == TEXT


def test_a_mail_of_two_megabytes_comes_whole(mailbox: Made) -> None:
    """More than Django lets a form have."""
    raw = RAW + b"again and again\r\n" * 130_000
    for carrier, call in [
        ("mailgun", calls.mailgun_whole(raw=raw)),
        ("postmark", calls.postmark(RawEmail=raw.decode("latin-1"))),
    ]:
        RawCall.objects.all().delete()
        assert mailbox(carrier).called(call) == 200
        assert len(bytes(RawCall.objects.get().body)) >= len(raw)


def test_a_call_that_is_too_large_is_refused_before_it_is_read(
    mailbox: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "MOST_BYTES", 1000)
    box = mailbox("postmark")

    assert box.called(calls.postmark()) == 413

    assert InboxHealth.objects.get().last_refused_reason == "too_large"
    assert not RawCall.objects.exists()


NASTY = {
    "NUL": calls.postmark(TextBody="be\x00fore", Subject="a\x00b"),
    "lone surrogates": calls.postmark(TextBody="be\ud800fore", Subject="\udfff"),
    "a header of two lines": calls.postmark(
        Headers=[{"Name": "X-One", "Value": "a\r\nBcc: all@acme.example"}, {"Name": "To\r\nX", "Value": "b"}]
    ),
    "two of what there is one": calls.postmark(
        Headers=[{"Name": "Message-ID", "Value": "<1@a>"}] * 3 + [{"Name": "Subject", "Value": "other"}]
    ),
    "addresses without end": calls.postmark(Headers=[{"Name": "Reply-To", "Value": "a@b," * 200_000}]),
    "files of wrong types": calls.postmark(Attachments=[1, None, {"Name": []}]),
    "headers of wrong types": calls.postmark(Headers=[None, 1, {"Name": 1}, "x"]),
    "no author": calls.postmark(FromFull=None),
    "a strange author": calls.postmark(FromFull={"Email": "nobody", "Name": "\r\nX: y"}),
    "a mail in a mail, cut": calls.postmark(
        Attachments=[{"Name": "a.eml", "ContentType": "message/rfc822", "Content": "/////w=="}]
    ),
    "a list": Call(b"[]", "application/json", calls.knows()),
    "deep": Call(b"[" * 100_000, "application/json", calls.knows()),
    "no JSON": Call(b"\xff\xfe{", "application/json", calls.knows()),
    "nothing": Call(b"", "application/json", calls.knows()),
    "a form": calls.form({"email": "x"}, headers=calls.knows()),
}


def test_whatever_is_signed_is_kept_and_nothing_crashes(mailbox: Made) -> None:
    box = mailbox("postmark")

    for name, call in NASTY.items():
        assert box.called(call) == 200, name

    assert RawCall.objects.count() == len(NASTY)
    intake.take_all(now=timezone.now())
    assert not RawCall.objects.filter(taken_in_at=None).exists()
    # Those that bear the same Message-ID are one mail.
    assert Message.objects.count() >= 10
    assert not LedgerLine.objects.filter(place=LedgerLine.Place.QUARANTINED).exists()
    assert not any(b"\nBcc: all@" in bytes(kept.body) for kept in RawCall.objects.all())


def test_a_form_that_is_broken_is_kept_where_a_password_came_with_it(mailbox: Made) -> None:
    broken = Call(b"--xYzZY\r\nno end", "multipart/form-data; boundary=xYzZY", calls.knows())
    assert mailbox("sendgrid").called(broken) == 200
    assert b"could not be read" in bytes(RawCall.objects.get().body)

    # Nobody has proved anything here.
    assert mailbox("mailgun").called(Call(broken.body, broken.content_type, {})) == 401
    broken_headers = calls.mailgun(**{"message-headers": "{["})
    assert mailbox("mailgun").called(broken_headers) == 200


def test_what_is_no_incoming_mail_is_refused_and_counted(mailbox: Made) -> None:
    delivered = {"RecordType": "Delivery", "MessageID": "1", "Recipient": "a@b.example"}
    call = Call(json.dumps(delivered).encode(), "application/json", calls.knows())

    assert mailbox("postmark").called(call) == 406
    assert mailbox("brevo").called(call) == 406
    opened = {"signature": calls.signed(), "event-data": {"event": "opened"}}
    assert mailbox("mailgun").called(Call(json.dumps(opened).encode(), "application/json", {})) == 406

    assert not RawCall.objects.exists()
    assert {one.last_refused_reason for one in InboxHealth.objects.all()} == {"no_incoming_mail"}


def test_a_file_that_brevo_does_not_give_does_not_cost_the_mail(mailbox: Made) -> None:
    call = calls.brevo(Attachments=[{"Name": "photo.png", "ContentType": "image/png", "DownloadToken": "t"}])

    assert mailbox("brevo").called(call) == 200

    assert taken_in().text.strip() == TEXT
    assert Attachment.objects.get().name == "photo.png.missing.txt"


def test_files_of_brevo_are_fetched_with_its_key(
    mailbox: Made, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(carriers, "_BREVO", httpserver.url_for("/v3/inbound/attachments/"))
    httpserver.expect_ordered_request("/v3/inbound/attachments/a/b").respond_with_data("later", status=503)
    httpserver.expect_ordered_request(
        "/v3/inbound/attachments/a/b", headers={"api-key": "xkeysib-1"}
    ).respond_with_data(FILE)
    box = mailbox("brevo", carrier_key="xkeysib-1")
    call = calls.brevo(
        Attachments=[{"Name": "photo.png", "ContentType": "image/png", "DownloadToken": "a/b"}]
    )

    assert box.called(call) == 503  # Brevo comes again
    assert not RawCall.objects.exists()
    assert box.called(call) == 200

    taken_in()
    assert Attachment.objects.get().name == "photo.png"


def test_a_call_that_is_cut_off_is_no_mail(mailbox: Made) -> None:
    box, call = mailbox("postmark"), calls.postmark()
    with socket.create_connection(("127.0.0.1", box.door.port)) as line:
        head = f"POST {box.path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {len(call.body)}\r\n"
        told = "".join(f"{name}: {value}\r\n" for name, value in call.headers.items())
        line.sendall(f"{head}{told}\r\n".encode() + call.body[:100])
        line.shutdown(socket.SHUT_WR)
        line.settimeout(5)
        with suppress(OSError):
            line.recv(100)

    assert box.called(call) == 200
    assert TEXT.encode() not in bytes(RawCall.objects.get().body)  # base64, whole
    assert taken_in().text.strip() == TEXT


def test_amazon_is_confirmed_only_at_amazons_own_address(mailbox: Made) -> None:
    box = mailbox("amazon")
    asked = calls.amazon(Type="SubscriptionConfirmation", SubscribeURL=f"{box.door.url}/readyz")

    assert box.called(asked) == 200

    [kept] = RawCall.objects.all()
    assert b"could not be read" in bytes(kept.body)


def test_an_address_that_nobody_has_is_not_found(mailbox: Made) -> None:
    box = mailbox("postmark")
    call = calls.postmark()
    for path in (
        f"/mail-hooks/mailgun/{box.inbox.key}",
        f"/mail-hooks/nobody/{box.inbox.key}",
        "/mail-hooks/postmark/unknown",
        "/mail-hooks/postmark/%00",
        "/mail-hooks/postmark/" + "x" * 500,
    ):
        assert box.called(call, path=path) == 404, path
    assert box.called(Call(b"", "text/plain", {}), method="HEAD") == 200
    assert box.called(call, method="PUT") == 405
    InboxSecret.objects.all().delete()
    assert box.called(call) == 404


def test_a_database_that_is_away_is_said_and_the_service_comes_again(
    mailbox: Made,
) -> None:
    box = mailbox("amazon")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE ingest_rawcall RENAME TO ingest_rawcall_away")
    try:
        assert box.called(calls.amazon()) == 503
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE ingest_rawcall_away RENAME TO ingest_rawcall")
    assert box.called(calls.amazon()) == 200
    assert reloaded(box.inbox).state == "connected"
    assert SECRET not in repr(RawCall.objects.get().headers)
